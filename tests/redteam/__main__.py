"""The whole suite at every level this machine can offer, as this account and, where it is root, as an ordinary user.

python -m tests.redteam            a table of attacks by level; exit code 1 if a row is not as expected
python -m tests.redteam --level L  one level, as this account; --json prints the rows as data
python -m tests.redteam --our-side what lies near our own side, in every front end
"""

import argparse
import json
import os
import pwd
import subprocess
import sys
import tempfile
from collections import Counter
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor

from autograder.model import AutograderError
from tests.redteam import controls, ourside
from tests.redteam.attack import Attack, attacks
from tests.redteam.suite import Suite, as_json, naive, suited

LEVELS = ("root", "namespaces", "bubblewrap", "landlock", "rlimits")
USER = "autograder-redteam"
WALLS = ("isolation", "")  # what is run at every level; the rest does not depend on it and runs at the strongest


def one_level(level: str, wanted: str, *, walls_only: bool, as_data: bool) -> int:
    chosen = [a for a in suited(attacks(wanted), level) if not walls_only or a.stopped_by in WALLS]
    try:
        with Suite(level) as suite:
            rows = [suite.run(attack) for attack in chosen]
    except AutograderError as error:
        print(json.dumps({"unavailable": str(error)}) if as_data else f"{level}: {error}")
        return 0
    if as_data:
        print(as_json(rows))
    else:
        for row in rows:
            print(
                f"{'ok ' if row.expected else 'BAD'} {row.attack:34} score {row.score}  {'; '.join(row.breaches)[:150]}"
            )
    return int(not all(row.expected for row in rows))


def run_level(level: str, user: str, first: bool, wanted: str) -> dict[str, object]:
    """One level in a process of its own; ``user`` "" is this account."""
    command = [sys.executable, "-m", "tests.redteam", "--level", level, "--json", "--only", wanted]
    command += [] if first else ["--walls"]
    account = pwd.getpwnam(user) if user else None
    environment = {**os.environ, **({"HOME": account.pw_dir, "TMPDIR": tempfile.gettempdir()} if account else {})}
    identity = {"user": account.pw_uid, "group": account.pw_gid, "extra_groups": ()} if account else {}
    name = f"{level}/{'user' if user or os.getuid() else 'root'}"
    try:
        done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False, **identity)
    except PermissionError:
        return {
            "name": name,
            "unavailable": f"an ordinary user may not run {sys.executable}: a folder above it is closed",
        }
    if not done.stdout.strip():
        return {"name": name, "unavailable": done.stderr.strip().splitlines()[-1:] or "no output"}
    said = json.loads(done.stdout.strip().splitlines()[-1])
    return {"name": name, "rows": said} if isinstance(said, list) else {"name": name, **said}


def table(found: Sequence[dict[str, object]]) -> int:
    """Prints attacks by level; returns the number of rows that are not as expected."""
    there = [level for level in found if "rows" in level]
    cells = {(row["attack"], level["name"]): row for level in there for row in level["rows"]}
    names = sorted({attack for attack, _ in cells})
    print(f"{'attack':34}", *(f"{level['name']:>16}" for level in there))
    for name in names:
        words = []
        for level in there:
            row = cells.get((name, level["name"]))
            state = "." if row is None else "stopped" if not row["breaches"] else "SUCCEEDED"
            words.append(f"{state + ('' if row is None or row['expected'] else ' !'):>16}")
        print(f"{name:34}", *words)
    for level in found:
        if "rows" not in level:
            print(f"{level['name']}: not here: {level['unavailable']}")
            continue
        rows = level["rows"]
        bad = [row["attack"] for row in rows if not row["expected"]]
        succeeded = sum(bool(row["breaches"]) for row in rows)
        print(
            f"{level['name']}: {len(rows)} programs, {succeeded} attacks succeeded, {len(bad)} rows not as expected {bad}"
        )
    return sum(not row["expected"] for row in cells.values())


def seen_to_succeed(found: Sequence[dict[str, object]], chosen: Sequence[Attack]) -> int:
    """Attacks that walls stop must succeed where there are none: at "rlimits", or in a process of this account. Returns how many
    never did, though nothing explains it."""
    rows = [row for level in found for row in level.get("rows", ())]
    succeeded = {row["attack"] for row in rows if row["level"] == "rlimits" and row["breaches"]}
    left = [a for a in suited(chosen, "rlimits") if a.stopped_by == "isolation" and a.name not in succeeded]
    with Suite() as suite:
        for attack in left:
            suite.bait.lay()
            if naive(attack, suite.facts) == "full marks" or suite.bait.touched():
                succeeded.add(attack.name)
    never = [a for a in left if a.name not in succeeded]
    print(
        f"Seen to succeed without walls: {len(succeeded)}.", *(f"\n  not {a.name}: {a.unless or 'WHY?'}" for a in never)
    )
    return sum(not a.unless for a in never)


def switched_off(chosen: Sequence[Attack]) -> int:
    """Runs what a process of its own, limits and checks stop without them; returns the number that fared otherwise than said."""
    tried = [a for a in chosen if a.stopped_by in ("process", "limits")]
    with ThreadPoolExecutor(2) as pool:
        fared = dict(zip((a.name for a in tried), pool.map(naive, tried), strict=True))
    bad = [a.name for a in tried if fared[a.name] != (a.naive or "full marks") and a.naive != "slow"]
    print(f"In the student's own process, without limits: {dict(Counter(fared.values()))}; otherwise than said: {bad}")
    with Suite() as suite:
        semantic = {a.name: suite.without_checks(a) for a in chosen if a.stopped_by == "checks"}
    weak = [name for name, score in semantic.items() if score != 1]
    print(
        f"Without the checks that stop them: {len(semantic) - len(weak)} of {len(semantic)} earn full marks; not: {weak}"
    )
    return len(bad) + len(weak)


def everything(wanted: str) -> int:
    plans = [(level, "", i == 0) for i, level in enumerate(LEVELS) if level != "root" or os.getuid() == 0]
    made = False
    if os.getuid() == 0:
        made = subprocess.run(["useradd", "-m", USER], capture_output=True, check=False).returncode == 0
        plans += [(level, USER, False) for level in LEVELS[1:]]
    try:
        with ThreadPoolExecutor(2) as pool:
            found = list(pool.map(lambda plan: run_level(*plan, wanted), plans))
    finally:
        if made:
            subprocess.run(["userdel", "-r", USER], capture_output=True, check=False)
    chosen = attacks(wanted)
    walls = table(found) + seen_to_succeed(found, chosen) + switched_off(chosen)
    return walls + our_side(wanted)


def our_side(wanted: str) -> int:
    return ourside.everything(wanted) + controls.everything(wanted)


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.redteam")
    parser.add_argument("--level", choices=LEVELS)
    parser.add_argument("--only", default="", help="attacks whose name contains this")
    parser.add_argument("--walls", action="store_true", help="only what walls stop, and controls")
    parser.add_argument("--json", action="store_true")
    parser.add_argument(
        "--our-side", action="store_true", help="only what lies near our own side, and the positive controls"
    )
    options = parser.parse_args()
    if options.our_side:
        return int(our_side(options.only) > 0)
    if options.level:
        return one_level(options.level, options.only, walls_only=options.walls, as_data=options.json)
    return int(everything(options.only) > 0)


if __name__ == "__main__":
    sys.exit(main())
