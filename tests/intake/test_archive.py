"""Archives from a learning platform: nothing in one leads out of it, none takes the machine down."""

import io
import stat
import struct
import zipfile
from pathlib import Path

import pytest

from autograder.intake import archive
from autograder.model.errors import SubmissionError, UsageError

MB = 1_000_000


def packed(path: Path, members: list[tuple[str | zipfile.ZipInfo, bytes]]) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as file:
        for name, content in members:
            file.writestr(name, content)
    return path


def member(name: str, mode: int = 0, **attributes: int) -> zipfile.ZipInfo:
    info = zipfile.ZipInfo(name)
    info.external_attr = mode << 16
    for attribute, value in attributes.items():
        setattr(info, attribute, value)
    return info


def test_members_are_read_by_name(tmp_path: Path) -> None:
    path = packed(tmp_path / "class.zip", [("b/x.ipynb", b"2"), ("a.ipynb", b"1"), ("b/", b"")])
    with archive.opened(path) as (files, notes):
        assert [(file.parts, file.path, file.read(10)) for file in files] == [
            (("a.ipynb",), f"{path}/a.ipynb", b"1"),
            (("b", "x.ipynb"), f"{path}/b/x.ipynb", b"2"),
        ]
        assert notes == []


@pytest.mark.parametrize(
    "name", ["../../results.json", "/etc/x.ipynb", "a/../../x.ipynb", "C:\\x.ipynb", "..\\x.ipynb", "\\\\host\\x"]
)
def test_a_name_that_leads_out_is_left_out_by_name(tmp_path: Path, name: str) -> None:
    path = packed(tmp_path / "class.zip", [(name, b"evil"), ("good.ipynb", b"1")])
    with archive.opened(path) as (files, notes):
        assert [file.parts for file in files] == [("good.ipynb",)]
        assert len(notes) == 1
        assert notes[0].endswith("its name leads out of the archive; it was left out.")
    out = tmp_path / "out" / "below"
    out.mkdir(parents=True)
    assert archive.extract(path, out, max_bytes=MB) == ([out / "good.ipynb"], notes)
    assert sorted(p.name for p in tmp_path.rglob("*")) == ["below", "class.zip", "good.ipynb", "out"]


def test_backslashes_are_folders(tmp_path: Path) -> None:
    with archive.opened(packed(tmp_path / "class.zip", [("alice\\sheet.ipynb", b"1"), ("bob\\", b"")])) as (
        files,
        notes,
    ):
        assert ([file.parts for file in files], notes) == ([("alice", "sheet.ipynb")], [])


def test_links_devices_and_strange_packing_are_refused_when_read(tmp_path: Path) -> None:
    members = [
        (member("link.ipynb", stat.S_IFLNK | 0o777), b"/etc/passwd"),
        (member("pipe.ipynb", stat.S_IFIFO), b""),
        (member("lzma.ipynb", compress_type=zipfile.ZIP_LZMA), b"1"),
        (member("good.ipynb", stat.S_IFREG | 0o644), b"1"),
    ]
    path = packed(tmp_path / "class.zip", members)
    with archive.opened(path) as (files, _notes):
        by_name = {file.name: file for file in files}
        for name, sentence in (
            ("link", "holds a link"),
            ("pipe", "holds a link or a device"),
            ("lzma", "packed in a way"),
        ):
            with pytest.raises(SubmissionError, match=sentence):
                by_name[f"{name}.ipynb"].read(MB)
        assert by_name["good.ipynb"].read(MB) == b"1"
    (tmp_path / "out").mkdir()
    written, notes = archive.extract(path, tmp_path / "out", max_bytes=MB)
    unread = [p for p in written if p.name.endswith(archive.UNREAD)]
    assert ([p.name for p in written if p not in unread], len(notes)) == (["good.ipynb"], 3)
    assert sorted(p.name.partition(".")[0] for p in unread) == ["link", "lzma", "pipe"]
    assert "link.ipynb: " in unread[0].read_text() and "a link" in unread[0].read_text()
    assert stat.S_IMODE(written[0].stat().st_mode) == 0o600


def patched(path: Path, name: bytes, offset: int, value: bytes) -> Path:
    """Overwrites a field of the central directory entry of ``name``."""
    data = bytearray(path.read_bytes())
    entry = data.index(b"PK\x01\x02", data.rindex(name) - 46)
    data[entry + offset : entry + offset + len(value)] = value
    path.write_bytes(data)
    return path


def test_an_encrypted_member(tmp_path: Path) -> None:
    path = patched(packed(tmp_path / "class.zip", [("a.ipynb", b"1")]), b"a.ipynb", 8, struct.pack("<H", 1))
    with archive.opened(path) as (files, _notes), pytest.raises(SubmissionError, match="without a password"):
        files[0].read(MB)


def test_a_damaged_member_spoils_no_other(tmp_path: Path) -> None:
    path = packed(tmp_path / "class.zip", [("a.ipynb", b"A" * 1000), ("b.ipynb", b"1")])
    data = bytearray(path.read_bytes())
    data[37:45] = b"\xff" * 8  # in the packed bytes of the first member
    path.write_bytes(data)
    with archive.opened(path) as (files, _notes):
        with pytest.raises(SubmissionError, match="damaged inside the archive"):
            files[0].read(MB)
        assert files[1].read(MB) == b"1"


def test_a_member_that_claims_to_stand_outside_the_archive(tmp_path: Path) -> None:
    behind = patched(packed(tmp_path / "a.zip", [("a.ipynb", b"1")]), b"a.ipynb", 42, struct.pack("<I", 2**31))
    with archive.opened(behind) as (files, _notes), pytest.raises(SubmissionError, match="damaged inside the archive"):
        files[0].read(MB)
    before = packed(tmp_path / "b.zip", [("a.ipynb", b"1")])
    data = bytearray(before.read_bytes())
    (start,) = struct.unpack("<I", data[-6:-2])
    data[-6:-2] = struct.pack("<I", start + 10)  # so that the first member begins at -10
    before.write_bytes(data)
    with (
        pytest.raises((SubmissionError, UsageError), match=r"damaged|cannot be opened"),
        archive.opened(before) as (files, _),
    ):
        files[0].read(MB)


def test_a_large_member_is_refused_by_what_it_says_and_by_what_it_is(tmp_path: Path) -> None:
    path = packed(tmp_path / "class.zip", [("a.ipynb", b"\0" * 30 * MB)])
    with archive.opened(path) as (files, _notes), pytest.raises(SubmissionError, match=r"The file has 28\.6 MB"):
        files[0].read(MB)
    patched(path, b"a.ipynb", 24, struct.pack("<I", 1000))  # it claims to be small
    with archive.opened(path) as (files, _notes), pytest.raises(SubmissionError):
        files[0].read(MB)


def test_bombs_are_refused_by_the_largest_files_name(tmp_path: Path) -> None:
    path = packed(tmp_path / "class.zip", [("a.ipynb", b"1"), ("bomb.ipynb", b"1")])
    patched(path, b"bomb.ipynb", 24, struct.pack("<I", 600 * MB))
    with (
        pytest.raises(SubmissionError, match=r"600\.0 MB, as decompression bombs do; its largest file is bomb\.ipynb"),
        archive.opened(path),
    ):
        pass


def test_ten_thousand_files_are_refused(tmp_path: Path) -> None:
    path = tmp_path / "class.zip"
    with zipfile.ZipFile(path, "w") as file:
        for number in range(archive.MAX_MEMBERS + 1):
            file.writestr(f"{number}.ipynb", b"")
    with pytest.raises(SubmissionError, match="more than 10000 files"), archive.opened(path):
        pass


def test_a_huge_table_of_contents_is_never_held_in_memory(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(archive, "MAX_MEMBERS", 10**9)  # not counting its lines is what refuses it
    path = packed(tmp_path / "class.zip", [("a.ipynb", b"1")])
    data = path.read_bytes()
    start = data.index(b"PK\x01\x02")
    end = data.index(b"PK\x05\x06")
    table = data[start:end] * 100_000  # 5 MB
    tail = data[end : end + 12] + struct.pack("<II", len(table), start) + b"\0\0"
    path.write_bytes(data[:start] + table + tail)
    with pytest.raises(SubmissionError, match="the archive lists more than"), archive.opened(path):
        pass


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04", b"no zip at all", b"PK\x05\x06" + b"\xff" * 18])
def test_what_is_no_archive(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "class.zip").write_bytes(content)
    with (
        pytest.raises(UsageError, match=r"a zip archive from a learning platform was expected.*Download it again"),
        archive.opened(tmp_path / "class.zip"),
    ):
        pass


def test_names_in_old_encodings(tmp_path: Path) -> None:
    for raw, expected in (("Jürgen".encode(), "Jürgen"), ("Jürgen".encode("cp437"), "Jürgen")):
        stream = io.BytesIO()
        with zipfile.ZipFile(stream, "w") as file:
            file.writestr("J" * len(raw) + ".ipynb", b"1")  # ASCII: written without the flag for UTF-8
        path = tmp_path / "class.zip"
        path.write_bytes(stream.getvalue().replace(b"J" * len(raw), raw))
        with archive.opened(path) as (files, _notes):
            assert [(file.name, file.read(10)) for file in files] == [(f"{expected}.ipynb", b"1")]


@pytest.mark.filterwarnings("ignore:Duplicate name")  # zipfile, while the test writes the archive
def test_two_members_of_one_name_are_both_there(tmp_path: Path) -> None:
    path = packed(tmp_path / "class.zip", [("a.ipynb", b"1"), ("a.ipynb", b"2"), ("b", b"3"), ("b/c.ipynb", b"4")])
    with archive.opened(path) as (files, _notes):
        assert [file.read(10) for file in files] == [b"1", b"2", b"3", b"4"]
    (tmp_path / "out").mkdir()
    written, notes = archive.extract(path, tmp_path / "out", max_bytes=MB)
    assert [p.read_bytes() for p in written] == [b"1", b"3"]
    assert ["another file of the archive has this name" in note for note in notes] == [True, True]


def test_extracted_names_are_printable(tmp_path: Path) -> None:
    (tmp_path / "out").mkdir()
    written, _notes = archive.extract(
        packed(tmp_path / "c.zip", [("a\nb\u202e/\x1b[31m.ipynb", b"1")]), tmp_path / "out", max_bytes=MB
    )
    assert [p.relative_to(tmp_path).as_posix() for p in written] == ["out/a b/[31m.ipynb"]
