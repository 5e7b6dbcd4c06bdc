"""The sheet as a student's own check sees it: of formulas, no more than the sheet makes public."""

from dataclasses import replace

from autograder.checks import later
from autograder.model import Check, Exercise, Formulas, Sheet

LATER = "whether it is what is asked"


def own_sheet(sheet: Sheet, most: Formulas = "all") -> Sheet:
    """``sheet`` with the own check of each exercise in place of the checks that judge formulas; points stay as they are.

    Args:
        most: the most that may be public here, whatever the sheet says: a pack holds no target, so it never goes beyond "steps".
    """
    order: tuple[Formulas, ...] = ("read", "steps", "all")
    level = min(sheet.settings.formulas, most, key=order.index)
    if level == "all":
        return sheet
    return replace(sheet, exercises=tuple(_own(exercise, level) for exercise in sheet.exercises))


def _own(exercise: Exercise, level: Formulas) -> Exercise:
    judging = [check for check in exercise.checks if check.own is not None and check.visibility == "public"]
    if not judging:
        return exercise
    shown = {(own := check.own(level)).name: own for check in judging if check.own is not None}
    others = [_without(check, judging) for check in exercise.checks if check not in judging]
    rest = later(points=sum(check.points for check in judging), name=LATER, visibility="hidden")
    return replace(exercise, checks=(*shown.values(), *others, rest), wrong=())


def _without(check: Check, gone: list[Check]) -> Check:
    """``check`` without a need for one that is gone."""
    names = {other.name for other in gone}
    return replace(check, needs=tuple(need for need in check.needs if need not in names))
