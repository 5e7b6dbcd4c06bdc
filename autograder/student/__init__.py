"""The other side of the fence: student code runs in processes of its own that know nothing of tests, oracles and grades.

host       a zygote at the strongest level of isolation that proves itself
plain      where there are no walls: an ordinary child process, for a student's own check
any_host   what both offer
student    one submission's code, running, and its replacements
loading    how its cells are run, and what to do when they are slow
outcomes   what came back, as values of the model
proxy      one exercise's answer in it, as checks see it
process    one process: asked, bounded, ended
forked     the way to a process that the zygote forked
loopback   the way to a child that calls back
endings    exit codes, ours and the system's
clock      what counts of a process's time
zygote     the process that all others are forked from
nursery    the process that zygotes are forked from, where several are wanted
requests   what is asked of it, as bytes that are made once
folded     a value as bytes within other bytes
channel, wire    what passes through the fence, and in which bytes
faults     what went wrong there, in words for the student
device     where trainings run: the CPU, or a GPU, one at a time
isolation  the walls, layer by layer, and their self-test
inside     what runs on the other side

What is offered stands in ``__init__.pyi``. It is imported when it is asked for: a host starts its zygote before this process
imports torch, so that both import it at the same time.
"""

import lazy_loader

__getattr__, __dir__, __all__ = lazy_loader.attach_stub(__name__, __file__)
