"""The comparison: this engine, `nbgrader autograde`, `otter run`, plain asserts and the floor, with the same calls and answers.

``make bench``, or ``python -m benchmarks.versus [--quick]``.

asked       the calls that this engine makes of a right answer, kept for the others
alone       asserts over these calls for one student, in a process of its own
floor       the same calls in one warm process
contenders  a class for each of them, and the commands that grade it
measured    wall and processor seconds and memory of commands
parts       what one more right submission is spent on here
plan        what is measured, in turns
figures     medians, costs per student, ratios, and whether they are where they should be
page        the table, docs/comparison.md and its pictures
"""
