"""Writes `archives/`: downloads as four platforms make them, each with the students and the files that a fair tutor sees.

Run as `python -m tests.corpus.make_archives`. Members are stored uncompressed and dated alike, so that the same script
writes the same bytes. Every file says in its text whose it is; `marks` in the expectation repeats the text that counts.
`source` names where the layout was reported, or says that none was found.
"""

import json
import sys
from pathlib import Path

from tests.corpus.archive_parts import (
    BONN,
    GRADESCOPE,
    ILIAS,
    ILIAS_NB,
    Archive,
    Student,
    module,
    nested,
    notebook,
    zipped,
)
from tests.corpus.archives_boards import blackboard, brightspace

FOLDER = Path(__file__).parent / "archives"


def ilias() -> list[Archive]:
    ada, charles = "Lovelace_Ada_alovel_123456", "Babbage_Charles_cbabba_123457"
    is_ada, is_charles = ["alovel", "Ada Lovelace", "Lovelace_Ada"], ["cbabba", "Charles Babbage", "Babbage_Charles"]
    single = {
        f"Exercise 9/Abgaben/{ada}/ex9.ipynb": notebook("Ada"),
        f"Exercise 9/Abgaben/{charles}/ex9.ipynb": notebook("Charles"),
    }
    stamps = {
        f"Submissions/{ada}/20240109100000_ex9.ipynb": notebook("Ada old"),
        f"Submissions/{ada}/20240114210238_ex9.ipynb": notebook("Ada newest"),
    }
    bonn = {
        "Blatt 09/Abgaben/Team 40112/Ada_Lovelace_s6alovel_881/ex9.ipynb": notebook("Team 40112"),
        "Blatt 09/Abgaben/Team 40113/Charles_Babbage_s6cbabba_882/ex9.ipynb": notebook("Team 40113"),
    }
    feedback = {
        "multi_feedback_Exercise_9/status.csv": b"update,usr_id,login,status\n0,123456,alovel,notgraded\n",
        "multi_feedback_Exercise_9/status.xlsx": b"PK\x03\x04not really a workbook",
        "multi_feedback_Exercise_9/README.md": b"# Multi-Feedback\nDo not rename the folders.\n",
        f"multi_feedback_Exercise_9/Team_7/{ada}/ex9.ipynb": notebook("Team 7"),
        f"multi_feedback_Exercise_9/Team_7/{charles}/": b"",
    }
    umlauts = {"Übung 9/Abgaben/Müller-Lüdenscheidt_Jürgen_jmuelle_4711/Übung9_Jürgen.ipynb": notebook("Jürgen")}
    folders = {
        f"{ada}/ex9.ipynb": notebook("Ada"),
        f"{ada}/data/mnist.csv": b"0,0,0\n",
        f"{charles}/upload.zip": zipped({"ex9.ipynb": notebook("Charles")}),
    }
    two = [Student(is_ada, ["ex9.ipynb"], ["Ada"]), Student(is_charles, ["ex9.ipynb"], ["Charles"])]
    return [
        Archive("ilias_single", BONN, "a folder a student below the assignment and 'Abgaben'", single, two),
        Archive(
            "ilias_time_stamps",
            "ILIAS' file organisation (Modules/Exercise/dev.txt): 'TIMESTAMP_filename'",
            "the same file twice; the later stamp counts",
            stamps,
            [Student(is_ada, ["ex9.ipynb"], ["Ada newest"])],
        ),
        Archive(
            "ilias_teams",
            BONN,
            "a folder a team, below it the member who uploaded",
            bonn,
            [
                Student(["s6alovel", "Ada Lovelace"], ["ex9.ipynb"], ["Team 40112"]),
                Student(["s6cbabba", "Charles Babbage"], ["ex9.ipynb"], ["Team 40113"]),
            ],
        ),
        Archive(
            "ilias_multi_feedback_team",
            ILIAS,
            "a team's hand-in lies in the folder of one member and counts for each; status files are nobody",
            feedback,
            [Student(is_ada, ["ex9.ipynb"], ["Team 7"]), Student(is_charles, ["ex9.ipynb"], ["Team 7"])],
        ),
        Archive(
            "ilias_umlauts",
            BONN,
            "umlauts and a hyphen in names",
            umlauts,
            [Student(["jmuelle", "Jürgen Müller-Lüdenscheidt", "Müller-Lüdenscheidt_Jürgen"], ["Übung9_Jürgen.ipynb"])],
        ),
        Archive(
            "ilias_folders_only",
            ILIAS_NB,
            "no outer folder; a data file; one zip",
            folders,
            [Student(is_ada, ["ex9.ipynb", "data/mnist.csv"], ["Ada"]), two[1]],
        ),
    ]


def metadata(submissions: dict[str, list[tuple[str, str | None, str]]]) -> bytes:
    rows = ["---"]
    for folder, people in submissions.items():
        rows += [f"{folder}:", "  :submitters:"]
        for name, sid, email in people:
            rows += [
                f"  - :name: {name}",
                f"    :sid: {chr(39) + sid + chr(39) if sid else ''}".rstrip(),
                f"    :email: {email}",
            ]
        rows += [
            "  :created_at: 2024-01-14 21:02:38.000000000 Z",
            "  :score: 0.0",
            "  :status: processed",
            "  :history: []",
        ]
    return ("\n".join(rows) + "\n").encode()


def gradescope() -> list[Archive]:
    ada, charles = ("Ada Lovelace", "123456", "ada@example.org"), ("Charles Babbage", "123457", "charles@example.org")
    is_ada, is_charles = (
        ["123456", "ada@example.org", "Ada Lovelace"],
        ["123457", "charles@example.org", "Charles Babbage"],
    )
    root = "assignment_9100_export"
    single = {
        f"{root}/submission_metadata.yml": metadata({"submission_501": [ada], "submission_502": [charles]}),
        f"{root}/submission_501/ex9.ipynb": notebook("Ada"),
        f"{root}/submission_501/losses.py": module("Ada's losses"),
        f"{root}/submission_502/ex9.ipynb": notebook("Charles"),
    }
    group = {
        f"{root}/submission_metadata.yml": metadata({"submission_503": [ada, charles]}),
        f"{root}/submission_503/ex9.ipynb": notebook("Ada and Charles"),
    }
    nameless = {
        f"{root}/submission_metadata.yml": metadata(
            {"submission_504": [("Émilie du Châtelet", None, "emilie@example.org")]}
        ),
        f"{root}/submission_504/ex9.ipynb": notebook("Émilie"),
    }
    lost = {
        f"{root}/submission_505/ex9.ipynb": notebook("whoever 505 is"),
        f"{root}/submission_506/ex9.ipynb": notebook("whoever 506 is"),
    }
    both = [
        Student(is_ada, ["ex9.ipynb"], ["Ada and Charles"]),
        Student(is_charles, ["ex9.ipynb"], ["Ada and Charles"]),
    ]
    return [
        Archive(
            "gradescope_export",
            GRADESCOPE,
            "the metadata file says who handed in which folder",
            single,
            [Student(is_ada, ["ex9.ipynb", "losses.py"], ["Ada"]), Student(is_charles, ["ex9.ipynb"], ["Charles"])],
        ),
        Archive("gradescope_group", GRADESCOPE, "one folder, two submitters: it counts for each", group, both),
        Archive(
            "gradescope_without_sid",
            GRADESCOPE,
            "no student number: e-mail or name",
            nameless,
            [Student(["emilie@example.org", "Émilie du Châtelet"], ["ex9.ipynb"])],
        ),
        Archive(
            "gradescope_without_metadata",
            GRADESCOPE,
            "the metadata file was lost: folders stand for students, nobody is lost",
            lost,
            [Student(["submission_505", "505"], ["ex9.ipynb"]), Student(["submission_506", "506"], ["ex9.ipynb"])],
        ),
    ]


def bounds() -> list[Archive]:
    outer = {"Ada Lovelace/ex9.ipynb": notebook("Ada")}
    three = {"Ada Lovelace/hand in.zip": nested(notebook("Ada"), 3)}
    climbing = {
        "Ada Lovelace/code.zip": zipped(
            {"../../../evil.py": module("evil"), "/tmp/evil.py": module("evil"), "ex9.ipynb": notebook("Ada")}
        )
    }
    broken = {"Ada Lovelace/ex9.ipynb": notebook("Ada"), "Charles Babbage/ex9.zip": b"PK\x03\x04 cut off in the upload"}
    class_zip = {f"{n}.zip": zipped({"ex9.ipynb": notebook(n)}) for n in ("alovel", "cbabba")}
    ada, own = ["Ada Lovelace"], "none: bounds, not a platform"
    return [
        Archive(
            "bounds_three_zips_deep",
            own,
            "three zips inside one another are read",
            three,
            [Student(ada, ["ex9.ipynb"], ["Ada"])],
        ),
        Archive(
            "bounds_forty_zips_deep",
            own,
            "forty are not: a sentence for the instructor, and what lies beside them counts",
            outer | {"Ada Lovelace/more.zip": nested(notebook("deep"), 40)},
            [Student(ada, ["ex9.ipynb"], ["Ada"], named="zip")],
        ),
        Archive(
            "bounds_paths_that_climb",
            own,
            "members that point out of the folder are left out",
            climbing,
            [Student(ada, ["ex9.ipynb"], ["Ada"])],
        ),
        Archive(
            "bounds_broken_zip",
            own,
            "a zip that was cut off: its student is named, the others are graded",
            broken,
            [Student(ada, ["ex9.ipynb"], ["Ada"]), Student(["Charles Babbage"], [], named="ex9.zip")],
        ),
        Archive(
            "bounds_a_zip_a_student",
            own,
            "a class of zips, each named after its student",
            class_zip,
            [Student(["alovel"], ["ex9.ipynb"], ["alovel"]), Student(["cbabba"], ["ex9.ipynb"], ["cbabba"])],
        ),
    ]


def toml(archive: Archive) -> str:
    rows = [
        f"source = {json.dumps(archive.source, ensure_ascii=False)}",
        f"why = {json.dumps(archive.why, ensure_ascii=False)}",
    ]
    for student in archive.students:
        rows += ["", "[[students]]"]
        for key in ("who", "files", "marks", "named"):
            rows.append(f"{key} = {json.dumps(getattr(student, key), ensure_ascii=False)}")
    return "\n".join(rows) + "\n"


def main(folder: Path = FOLDER) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    for archive in [*brightspace(), *blackboard(), *ilias(), *gradescope(), *bounds()]:
        (folder / f"{archive.name}.zip").write_bytes(zipped(archive.members))
        (folder / f"{archive.name}.toml").write_text(toml(archive), encoding="utf-8")


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else FOLDER)
