"""``python alone.py ASSERTS SUBMISSION``: one student's file and the asserts over it, as one would write it by hand."""

import sys

with open(sys.argv[2], encoding="utf-8") as file:
    answers = {"__name__": "submission"}
    exec(compile(file.read(), sys.argv[2], "exec"), answers)
with open(sys.argv[1], encoding="utf-8") as file:
    exec(compile(file.read(), sys.argv[1], "exec"), answers)
