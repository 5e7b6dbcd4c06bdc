"""What names an engine, and what travels to a worker; the workers themselves are in ``test_cluster``."""

from urllib.error import HTTPError
from urllib.request import urlopen

import pytest

from autograder.course import parcel, unpack
from autograder.course.parcel import Parcel
from autograder.grading import engines
from autograder.grading.engines import seat
from autograder.model import CourseError, UsageError

pytest.importorskip("distributed")


@pytest.mark.parametrize(
    ("engine", "name", "address"),
    [("local", "local", ""), ("dask", "dask", ""), ("dask://h.example:8786", "dask", "h.example:8786")],
)
def test_an_engine_is_named_by_name_and_address(engine, name, address):
    assert engines.named(engine) == (name, address)


@pytest.mark.parametrize(
    "engine", ["ray", "local://h:1", "dask://", "dask://host", "dask://:8786", "dask://host:x", ""]
)
def test_what_names_no_engine_is_refused(engine):
    with pytest.raises(UsageError, match=r"engine|scheduler"):
        engines.named(engine)


def test_a_course_travels_by_its_content_and_what_was_damaged_on_the_way_is_refused(course, tmp_path):
    sent = parcel(course)
    place = unpack(sent, tmp_path)
    assert place.name == sent.digest == parcel(place).digest
    (place / "exercises" / "small" / "sheet.toml").write_text(
        "title = 'x'"
    )  # what lies in the cache is looked at each time
    assert parcel(unpack(sent, tmp_path)).digest == sent.digest
    with pytest.raises(CourseError, match="not the one that was sent"):
        unpack(Parcel("0" * 64, sent.data), tmp_path)
    assert [path.name for path in tmp_path.iterdir()] == [sent.digest]


def test_a_difference_is_named():
    said = seat.differences({"torch": "2.13.0", "numpy": "2.4.6"}, {"torch": "2.12.0", "numpy": "2.4.6"})
    assert "torch 2.12.0 (here 2.13.0)" in said and "numpy" not in said
    assert seat.differences({"torch": "1"}, {"torch": "1"}) == ""


def test_a_cluster_of_our_own_answers_no_socket():
    import psutil

    from autograder.grading.engines.dask import _own

    def listening():
        found = psutil.Process().net_connections("tcp")
        return {tuple(one.laddr) for one in found if one.status == psutil.CONN_LISTEN}

    before = listening()
    with _own(2) as cluster:
        assert cluster.scheduler_address.startswith("inproc://")
        for host, port in listening() - before:
            assert host == "127.0.0.1"
            for path in ("/", "/health", "/info/main/workers.html", "/api/v1/get_workers"):
                with pytest.raises(HTTPError, match="404"):
                    urlopen(f"http://{host}:{port}{path}")
