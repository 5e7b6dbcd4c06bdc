"""What the archives of `make_archives.py` are made of: files, zips, students and the reports of their layouts."""

import io
import json
import zipfile
from dataclasses import dataclass, field

D2L = "a public script for a Brightspace (D2L) download: '397063-2557369 - Mary-Ann Smith - Sep 24, 2024 926 PM/document.pdf'"
GRADEFAST = "GradeFast's flat_files script (C. Lentner, J. Hartz): '^[0-9]+-[0-9]+ - (.+) - (.+.py)$'"
D2L_NUMBER = "a public parser: 'A########_name_Mon D, YYYY HHMM_filename'"
KWURST = "github.com/kwurst/bb-file-cleanup: 'Chapter 13 Problems_jdoe3_attempt_2014-04-30-21-02-38_chapter 13.pdf' and '.txt'"
CODEGRADE = "CodeGra.de's reader of Blackboard info files: 'Name: ... (id)', 'Original filename:', 'Filename:'"
DREXEL = "github.com/Zohair-coder/CS270-grading-assistant: 'gradebook_41672.202045_HW2.Su21_2021-07-21-22-23-44.zip'"
ORGANISER = "BBGradebookOrganiser: zip, __MACOSX and nested archives inside a gradebook download"
ILIAS = (
    "github.com/ilifau/ExerciseStatusFile: 'Lastname_Firstname_Login_ID/', teams 'Team_ID/Lastname_Firstname_Login_ID/'"
)
BONN = "github.com/Slandy95/eCampus-collective-team-feedback-upload: 'assignment/Abgaben/Team N/first_last_uniID_UploadID/file'"
ILIAS_NB = "github.com/DigiKlausur/ilias2nbgrader: a zip with one folder a student that holds the notebook"
GRADESCOPE = (
    "public readers of 'assignment_N_export/submission_metadata.yml' with ':submitters:', ':name:', ':sid:', ':email:'"
)


@dataclass
class Student:
    who: list[str]  # any of these is a fair name for the student
    files: list[str]
    marks: list[str] = field(default_factory=list)
    named: str = ""  # words that a note to the instructor must hold


@dataclass
class Archive:
    name: str
    source: str
    why: str
    members: dict[str, bytes]
    students: list[Student]


def notebook(text: str) -> bytes:
    cell = {
        "cell_type": "code",
        "execution_count": None,
        "id": "a",
        "metadata": {},
        "outputs": [],
        "source": f"# {text}",
    }
    return json.dumps({"cells": [cell], "metadata": {}, "nbformat": 4, "nbformat_minor": 5}).encode()


def module(text: str) -> bytes:
    return f"# {text}\nimport torch\n".encode()


def zipped(members: dict[str, bytes]) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for name, data in members.items():
            archive.writestr(zipfile.ZipInfo(name, (2024, 1, 15, 8, 0, 0)), data)
    return buffer.getvalue()


def nested(data: bytes, depth: int) -> bytes:
    for level in range(depth):
        data = zipped({f"inner_{level}.zip" if level else "ex9.ipynb": data})
    return data


INDEX = b"<html><body><table><tr><td>Mary-Ann Smith</td><td>ex9.ipynb</td></tr></table></body></html>"
MAC = {"__MACOSX/._ex9.ipynb": b"\x00\x05\x16\x07", ".DS_Store": b"\x00\x00\x00\x01Bud1", "Thumbs.db": b"\xd0\xcf"}


def info(name: str, login: str, files: dict[str, str]) -> bytes:
    when = "Sunday, January 14, 2024 9:02:38 PM CET"
    head = f"Name: {name} ({login})\nAssignment: Exercise 9\nDate Submitted: {when}\nCurrent Grade: \n\n"
    empty = "There is no student submission text data for this assignment."
    listed = "".join(f"\tOriginal filename: {a}\n\tFilename: {b}\n\n" for a, b in files.items())
    comments = "There are no student comments for this assignment."
    return f"{head}Submission Field:\n{empty}\n\nComments:\n{comments}\n\nFiles:\n{listed}".encode()
