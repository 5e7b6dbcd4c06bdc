"""Our side: every situation in every front end it applies to, several at once, and who gained what."""

import shutil
from collections.abc import Callable, Sequence
from dataclasses import replace

from tests.redteam import gains
from tests.redteam.gains import Gain
from tests.redteam.situation import Situation, situations
from tests.redteam.world import BIN, Ran, World

Found = Sequence[Situation]
Front = Callable[[World, Found], Ran]


def grade(where: str, jobs: int, *, course: bool = True, module: bool = False) -> Front:
    def run(world: World, found: Found) -> Ran:
        inside = where == "inside"
        folder, path = (world.handed_in, ".") if inside else (world.desk, "../class")
        return world.grade(folder, path, "../out", jobs=jobs, course=course, module=module)

    return run


def over(world: World, found: Found) -> Ran:
    """Into the results' own folder, in which the same things lie."""
    world.plant(found, world.out)
    return world.grade(world.out, "../class", ".", jobs=2)


def export(world: World, found: Found) -> Ran:
    world.grade(world.desk, "../class/anna.py", "../out")
    world.plant(found, world.out)
    return world.autograder(world.out, "export", ".", "--format", "markdown", "--to", "../exported.zip")


def check(where: str) -> Front:
    def run(world: World, found: Found) -> Ran:
        folder, path = (world.handed_in, "anna.py") if where == "inside" else (world.desk, "../class/anna.py")
        return world.autograder(folder, "check", "target", path)

    return run


def check_each(*, course: bool) -> Front:
    """The student's own file, from elsewhere: with the course named, or with no word of one."""

    def run(world: World, found: Found) -> Ran:
        done = [
            world.autograder(world.desk, "check", s.sheet, f"../class/{world.expand(s.file, s)}", course=course)
            for s in found
        ]
        return Ran(0, "\n".join(ran.said for ran in done))

    return run


def check_there(world: World, found: Found) -> Ran:
    """From the student's own folder, with no word of a course."""
    files = [(s, world.handed_in / world.expand(s.file, s)) for s in found]
    done = [world.autograder(path.parent, "check", s.sheet, path.name, course=False) for s, path in files]
    return Ran(0, "\n".join(ran.said for ran in done))


def pytest_there(where: str) -> Front:
    def run(world: World, found: Found) -> Ran:
        files = [world.expand(s.file, s) for s in found if s.file] or ["anna.py"]
        folder, before = (world.handed_in, "") if where == "inside" else (world.desk, "../class/")
        done = world.pytest(folder, *(before + name for name in files))
        return Ran(0, done.said)

    return run


def command(*words: str) -> Front:
    return lambda world, found: world.autograder(world.handed_in, *words)


def doctor(world: World, found: Found) -> Ran:
    return world.autograder(world.handed_in, "doctor")


def worker(world: World, found: Found) -> Ran:
    return replace(world.ask_worker(world.handed_in), code=0)


def nbgrader(world: World, found: Found) -> Ran:
    """Autograding, feedback and export in a course in which they lie beside, above and in what is handed in."""
    world.release_assignment()
    world.hand_in_notebooks(found)
    planted = [s for s in found if s.kind == "shadow"]
    world.plant(planted, world.nb)
    world.plant(planted, world.nb / "submitted")
    world.plant(planted, world.nb / "submitted/wrong/target")
    done = [
        world.nbgrader(word, *more)
        for word, *more in (("autograde", "target"), ("generate_feedback", "target"), ("export",))
    ]
    return Ran(0, "\n".join(ran.said for ran in done))


def regrade(world: World, found: Found) -> Ran:
    """Graded, the course changed, graded again: a report that stays as it was is stale."""
    (situation,) = found
    exercise = world.course / "exercises/target/mean_square/exercise.py"
    source = exercise.read_text().replace("def oracle(x):\n    return (x**2).mean()\n", situation.oracle)
    source = source.replace("    return ((x**2).mean(),)", "    return (oracle(x),)")
    exercise.write_text(source)
    for name, content in situation.before.items():
        world.write(world.course / name, content)
    world.grade(world.desk, "../class/anna.py", "../out")
    assert gains.scores_of(world.out)["anna"] == 1, situation.name
    for name, content in situation.after.items():
        (world.course / name).write_text(content)
    return replace(world.grade(world.desk, "../class/anna.py", "../out"), code=0)


def stray(world: World, found: Found) -> Ran:
    """In the course itself."""
    world.write(world.course / "mine.checks", "noise")
    return world.grade(world.course, "../class", "../out", course=False)


def picture(world: World, found: Found) -> Ran:
    """A picture for the feedback page, drawn by a process that was started among the submissions."""
    code = "import torch; from autograder.training.pictures import grid; grid(torch.zeros(1, 1, 2, 2), '')"
    return world.run(world.handed_in, code=code)


def handed_in(world: World, found: Found) -> Ran:
    """Exports a folder of results that lies among the submissions, with no word of a course."""
    (situation,) = found
    world.grade(world.desk, "../class/anna.py", "../out")
    shutil.copytree(world.out / "reports", world.handed_in / situation.me / "reports")
    words = ("export", situation.me, "--format", "csv", "--to", "../handed_in.csv")
    return world.autograder(world.handed_in, *words, course=False)


def twice(world: World, found: Found) -> Ran:
    return world.grade(world.desk, "../course", "../out")


def named_inside(world: World, found: Found) -> Ran:
    world.course = world.handed_in
    return world.grade(world.desk, "../class", "../out")


def gone(world: World, found: Found) -> Ran:
    code = "import os, runpy, sys; os.mkdir('gone'); os.chdir('gone'); os.rmdir('../gone'); " + (
        f"os.execv({str(BIN / 'autograder')!r}, ['autograder', 'grade', 'target', '.', '--out', 'x'])"
    )
    return world.run(world.desk, code=code)


FRONTS: dict[str, Front] = {
    "grade outside 1": grade("outside", 1),
    "grade outside 2": grade("outside", 2),
    "grade inside 1": grade("inside", 1),
    "grade inside 2": grade("inside", 2),
    "grade bare": grade("inside", 1, course=False),
    "module": grade("inside", 2, module=True),
    "over": over,
    "export": export,
    "check inside": check("inside"),
    "check each": check_each(course=True),
    "check bare": check_each(course=False),
    "check there": check_there,
    "pytest inside": pytest_there("inside"),
    "pytest outside": pytest_there("outside"),
    "release": command("release", "target", "--to", "../pack"),
    "notebook": command("notebook", "target", "--to", "../made.ipynb"),
    "doctor": doctor,
    "worker": worker,
    "nbgrader": nbgrader,
    "regrade": regrade,
    "outside": grade("outside", 1),
    "stray": stray,
    "picture": picture,
    "handed_in": handed_in,
    "twice": twice,
    "named_inside": named_inside,
    "gone": gone,
}  # fmt: skip
OF_KIND = {
    "shadow": (
        "grade inside 1", "grade inside 2", "grade outside 2", "module", "over", "export", "check inside", "pytest inside",
        "release", "notebook", "doctor", "worker", "nbgrader",
    ),
    "course": ("grade bare", "grade inside 2", "check bare", "pytest inside", "pytest outside"),
    "links": ("grade outside 1", "grade inside 2", "nbgrader"),
    "hidden": ("grade outside 1", "nbgrader"),
    "stale": ("regrade",),
    "pytest": ("pytest inside", "pytest outside", "check each", "grade inside 1"),
    "sizes": ("grade outside 1", "pytest outside", "check each"),
    "pages": ("grade outside 1", "nbgrader"),
    "settings": ("picture", "grade inside 2"),
    "tables": ("grade outside 1",),
    "claims": ("grade outside 1", "nbgrader"),
}  # fmt: skip
ALONE = ("stale",)  # kinds whose situations cannot share a course


def fronts_of(situation: Situation) -> tuple[str, ...]:
    names = (situation.front,) if situation.front else OF_KIND[situation.kind]
    return tuple(name for name in (*names, *situation.also) if name not in situation.not_for)


def plan(found: Found) -> list[tuple[str, tuple[Situation, ...]]]:
    """Runs: a front end and what is laid out for it, as much at once as goes together."""
    runs = []
    for front in FRONTS:
        here = [s for s in found if front in fronts_of(s)]
        single = [s for s in here if s.kind in ALONE or s.front]
        together = tuple(s for s in here if s not in single)
        runs += [(front, (s,)) for s in single] + ([(front, together)] if together else [])
    return runs


def run(front: str, found: Found, *, browser: bool = False) -> list[Gain]:
    """Lays ``found`` out, runs the front end, and says who gained what."""
    with World() as world:
        world.plant(found, world.handed_in)
        done = FRONTS[front](world, found)
        return [Gain(name, front, what) for name, what in _gained(world, found, front, done, browser=browser)]


def _gained(world: World, found: Found, front: str, done: Ran, *, browser: bool) -> list[tuple[str, str]]:
    gained = gains.ran(world, found)
    if front == "nbgrader":
        scores = gains.gradebook(world.nb / "gradebook.db")
        files = sorted((world.nb / "feedback").rglob("*.html"))
        pages = {str(path): path.read_text("utf-8", "replace") for path in files}
    else:
        scores, pages = gains.scores_of(world.out), gains.students_pages(world) if world.out.exists() else {}
        files = sorted((world.out / "feedback").glob("*.html"))
    gained += gains.stale(scores, found) if front == "regrade" else gains.earned(scores, found)
    gained += gains.formulas(world, found)
    gained += gains.shown(pages, found) + gains.live(pages, found) + gains.harm(done, scores, found, front)
    if browser:
        gained += gains.fires(files, [s for s in found if s.kind == "pages"])
    return gained


def everything(wanted: str = "", *, browser: bool = True) -> int:
    """Runs and prints the whole part; returns how many situations gained anything."""
    found = situations(wanted)
    gained = [gain for front, group in plan(found) for gain in run(front, group, browser=browser)]
    for gain in gained:
        print(f"  {gain.situation} [{gain.front}]: {gain.what}")
    names = {gain.situation for gain in gained}
    print(f"our side: {len(found)} programs, {len(names)} gained")
    return len(names)
