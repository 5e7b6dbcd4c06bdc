"""Archives as Brightspace and Blackboard make them."""

from tests.corpus.archive_parts import (
    CODEGRADE,
    D2L,
    D2L_NUMBER,
    DREXEL,
    GRADEFAST,
    INDEX,
    KWURST,
    MAC,
    ORGANISER,
    Archive,
    Student,
    info,
    module,
    notebook,
    zipped,
)


def brightspace() -> list[Archive]:
    mary, john = "397063-2557369 - Mary-Ann Smith - ", "411208-2557369 - John Doe - "
    folders = {
        "index.html": INDEX,
        f"{mary}Jan 9, 2024 926 PM/ex9.ipynb": notebook("Mary-Ann old"),
        f"{mary}Jan 14, 2024 1159 PM/ex9.ipynb": notebook("Mary-Ann newest"),
        f"{john}Jan 14, 2024 1204 AM/ex9.ipynb": notebook("John"),
        f"{john}Jan 14, 2024 1204 AM/losses.py": module("John's losses"),
    }
    ann, doe = ["Mary-Ann Smith", "397063"], ["John Doe", "411208"]
    noon = {
        f"{john}Jan 14, 2024 1215 PM/ex9.ipynb": notebook("John at noon"),
        f"{john}Jan 14, 2024 1105 AM/ex9.ipynb": notebook("John before noon"),
        "index.html": INDEX,
    }
    flat = {
        "index.html": INDEX,
        "397063-2557369 - Mary-Ann Smith - ex9.ipynb": notebook("Mary-Ann"),
        "411208-2557369 - John Doe - ex9 - final.ipynb": notebook("John"),
        "411208-2557369 - John Doe - losses.py": module("John's losses"),
    }
    number = {
        "A01234567_John Doe_Jan 14, 2024 2359_ex9.ipynb": notebook("John"),
        "A07654321_Mary-Ann Smith_Jan 14, 2024 1801_my_ex_9.ipynb": notebook("Mary-Ann"),
    }
    inside = {
        "index.html": INDEX,
        f"{mary}Jan 14, 2024 1159 PM/submission.zip": zipped({"hand in/ex9.ipynb": notebook("Mary-Ann"), **MAC}),
    }
    group = {
        "index.html": INDEX,
        "12-2557369 - Group 3 - Jan 14, 2024 1159 PM/ex9.ipynb": notebook("Group 3"),
        "12-2557369 - Group 4 - Jan 14, 2024 1158 PM/ex9.ipynb": notebook("Group 4"),
    }
    groups = [Student([f"Group {n}"], ["ex9.ipynb"], [f"Group {n}"]) for n in (3, 4)]
    return [
        Archive(
            "brightspace_folders",
            D2L,
            "a folder for each submission; the later one of a student counts; index.html is nobody",
            folders,
            [Student(ann, ["ex9.ipynb"], ["Mary-Ann newest"]), Student(doe, ["ex9.ipynb", "losses.py"], ["John"])],
        ),
        Archive(
            "brightspace_noon",
            D2L,
            "1215 PM is after 1105 AM, though 1105 comes first in the alphabet",
            noon,
            [Student(doe, ["ex9.ipynb"], ["John at noon"])],
        ),
        Archive(
            "brightspace_flat",
            GRADEFAST,
            "no folders; the file's own name may hold ' - '",
            flat,
            [Student(ann, ["ex9.ipynb"]), Student(doe, ["ex9 - final.ipynb", "losses.py"])],
        ),
        Archive(
            "brightspace_student_numbers",
            D2L_NUMBER,
            "number, name, date and file joined by underscores; the file's name holds underscores too",
            number,
            [
                Student(["A01234567", "John Doe"], ["ex9.ipynb"]),
                Student(["A07654321", "Mary-Ann Smith"], ["my_ex_9.ipynb"]),
            ],
        ),
        Archive(
            "brightspace_zip_inside",
            D2L,
            "the student handed in a zip made on a Mac",
            inside,
            [Student(ann, ["ex9.ipynb"], ["Mary-Ann"])],
        ),
        Archive(
            "brightspace_groups",
            "none found; by analogy with " + D2L,
            "group folders: the members stand nowhere",
            group,
            groups,
        ),
    ]


def blackboard() -> list[Archive]:
    at = "attempt_2024-01-14-21-02-38"
    j, m = f"Exercise 9_jdoe3_{at}", "Exercise 9_msmith_attempt_2024-01-13-08-00-00"
    john, mary = ["jdoe3", "John Doe"], ["msmith", "Mary-Ann Smith"]
    plain = {
        f"{j}.txt": info("John Doe", "jdoe3", {"ex9.ipynb": f"{j}_ex9.ipynb", "losses.py": f"{j}_losses.py"}),
        f"{j}_ex9.ipynb": notebook("John"),
        f"{j}_losses.py": module("John's losses"),
        f"{m}.txt": info("Mary-Ann Smith", "msmith", {"ex9.ipynb": f"{m}_ex9.ipynb"}),
        f"{m}_ex9.ipynb": notebook("Mary-Ann"),
    }
    attempts = {}
    for when, text in [
        ("2024-01-09-10-00-00", "old"),
        ("2024-01-14-21-02-38", "newest"),
        ("2024-01-12-23-59-59", "middle"),
    ]:
        base = f"Exercise 9_jdoe3_attempt_{when}"
        attempts[f"{base}.txt"] = info("John Doe", "jdoe3", {"ex9.ipynb": f"{base}_ex9.ipynb"})
        attempts[f"{base}_ex9.ipynb"] = notebook(f"John {text}")
    under = f"DL_Exercise_9_VAE_GAN_j_doe_{at}"
    scores = {
        f"{under}.txt": info("John Doe", "j_doe", {"my_ex_9.ipynb": f"{under}_my_ex_9.ipynb"}),
        f"{under}_my_ex_9.ipynb": notebook("John"),
        f"{under}_notes_attempt_2.txt": b"my own notes, a hand-in file",
    }
    number = {
        f"HW9.Su24_abc123_{at}.txt": info("Grace Hopper", "abc123", {}),
        f"HW9.Su24_abc123_{at}_hw9.py": module("Grace"),
    }
    deep = {f"{j}.txt": info("John Doe", "jdoe3", {"all.zip": f"{j}_all.zip"})}
    deep[f"{j}_all.zip"] = zipped(
        {"ex9.ipynb": notebook("John"), "code.zip": zipped({"src/losses.py": module("John's losses")}), **MAC}
    )
    text_only = {f"{m}.txt": info("Mary-Ann Smith", "msmith", {})}
    wrapped = {f"gradebook_41672.202045_Exercise 9_2024-01-15-08-00-00/{name}": data for name, data in plain.items()}
    both = [Student(john, ["ex9.ipynb", "losses.py"], ["John"]), Student(mary, ["ex9.ipynb"], ["Mary-Ann"])]
    return [
        Archive(
            "blackboard_gradebook",
            KWURST,
            "files are renamed; *_attempt_*.txt is no student and no answer",
            plain,
            both,
        ),
        Archive(
            "blackboard_attempts",
            KWURST,
            "of three attempts the last by date counts",
            attempts,
            [Student(john, ["ex9.ipynb"], ["John newest"])],
        ),
        Archive(
            "blackboard_underscores",
            CODEGRADE,
            "assignment, login and file hold underscores: the .txt says who and what",
            scores,
            [Student(["j_doe", "John Doe"], ["my_ex_9.ipynb", "notes_attempt_2.txt"], ["John"])],
        ),
        Archive(
            "blackboard_dots",
            DREXEL,
            "a dot in the assignment's name, no files listed",
            number,
            [Student(["abc123", "Grace Hopper"], ["hw9.py"])],
        ),
        Archive(
            "blackboard_nested_zips",
            ORGANISER,
            "a zip with a zip, made on a Mac",
            deep,
            [Student(john, ["ex9.ipynb", "src/losses.py"])],
        ),
        Archive(
            "blackboard_empty_hand_in",
            KWURST,
            "only the platform's text: a student who handed in nothing that can be graded, and is not lost",
            text_only,
            [Student(mary, [], named="nothing")],
        ),
        Archive(
            "blackboard_unpacked_and_zipped_again",
            DREXEL,
            "the download was unpacked into its folder and zipped again",
            wrapped,
            both,
        ),
    ]
