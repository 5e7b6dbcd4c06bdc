"""The pages: whole in one file, nothing of a student's making in them but text, and what each reader may see."""

import base64
import dataclasses
import hashlib
import re
from html.parser import HTMLParser
from urllib.parse import unquote

import pytest

from autograder.formats import file_name, html
from autograder.formats._class import NOTHING, UNNAMED, Rate, _bins, overview, signs
from autograder.formats._summary import told_once
from autograder.model import Finding, Line, Result, Status
from tests.formats import builders

OF_THE_CLASS = {tag for tag, _ in re.findall(r"<(\w+)(.*?)>", html._file("class.html.j2"))} | {"script"}
VOID = {"meta", "img", "br", "link", "input", "hr"}


class Page(HTMLParser):
    """Checks that elements nest, and keeps tags, attributes and the visible text."""

    def __init__(self, page: bytes) -> None:
        super().__init__()
        self.open: list[str] = []
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.text = ""
        self.feed(page.decode())
        assert not self.open

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))
        if tag not in VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        if not {"style", "script"} & set(self.open):
            self.text += data

    def values(self, attribute: str) -> list[str]:
        return [attrs[attribute] or "" for _, attrs in self.tags if attribute in attrs]


def student(audience: str = "student", **options: object) -> Page:
    return Page(html.render(builders.report(**options), builders.sheet(), audience=audience))


def classroom() -> Page:
    return Page(html.render_class(builders.classroom(), builders.sheet()).data)


@pytest.mark.parametrize("page", [student(), student("instructor"), classroom()])
def test_a_page_fetches_nothing(page: Page):
    for tag, attrs in page.tags:
        assert tag not in ("link", "iframe", "object", "embed", "base", "form")
        for name in ("src", "href", "action", "data", "srcset", "poster"):
            value = attrs.get(name) or ""
            assert value.startswith(("#", "data:image/", "feedback/")) or not value
    assert "default-src 'none'" in page.values("content")[-1]


def test_no_style_or_script_of_a_page_fetches_anything():
    for page in (html.render(builders.report()), html.render_class(builders.classroom()).data):
        code = b"".join(re.findall(rb"<(?:style|script)>.*?</|style=\".*?\"", page, re.DOTALL))
        assert len(code) > 5000
        assert not re.search(rb"url\(|@import|//[a-z]|fetch|XMLHttp|eval|innerHTML", code)


def test_the_policy_of_the_class_page_allows_its_one_script_and_no_other():
    page = html.render_class(builders.classroom()).data.decode()
    [script] = re.findall(r"<script>(.*?)</script>", page, re.DOTALL)
    digest = base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()
    [policy] = [value for value in Page(page.encode()).values("content") if value.startswith("default-src")]
    assert policy.split("; ")[1:] == [
        "base-uri 'none'",
        "form-action 'none'",
        "img-src data:",
        "style-src 'unsafe-inline'",
        f"script-src 'sha256-{digest}'",
        "frame-src 'self' file:",
    ]


def test_what_is_laid_out_does_not_grow_with_the_class():
    """A browser with scripts keeps what lies in <noscript> as text; thousands of laid out rows take seconds."""

    def laid_out(size: int) -> tuple[int, int]:
        reports = [builders.report(f"s{i:04}", written=Status.PASSED) for i in range(size)]
        page = html.render_class(reports, builders.sheet()).data
        seen = re.sub(rb"<noscript>.*?</noscript>", b"", page, flags=re.DOTALL)
        assert all(f"s{i:04}".encode() not in seen for i in range(size))
        return len(Page(seen).tags), len(page)

    (elements, small), (same, large) = laid_out(20), laid_out(120)
    assert elements == same
    assert (large - small) / 100 < 1600  # bytes per student, eight exercises and four mistakes


@pytest.mark.parametrize("audience", ["student", "instructor"])
def test_a_students_page_names_and_leads_to_nobody_else(audience: str):
    reports = builders.classroom()
    for report in reports:
        page = Page(html.render(report, builders.sheet(), audience=audience))
        assert all(href.startswith("#") for href in page.values("href"))
        assert not [other.student for other in reports if other is not report and other.student in page.text]


def test_a_students_page_has_no_script():
    assert "script" not in [tag for tag, _ in student().tags]


@pytest.mark.parametrize("name", builders.HOSTILE)
def test_nothing_a_student_writes_becomes_an_element(name: str):
    report = builders.hostile(name)
    allowed = {tag for tag, _ in student("instructor").tags} | {"code", "mtext"}
    pages = [html.render(report, audience="instructor"), html.render(report), html.render_class([report]).data]
    for page in map(Page, pages):
        assert {tag for tag, _ in page.tags} <= allowed | OF_THE_CLASS
        assert sum(tag == "script" for tag, _ in page.tags) == (page is not None and "Class overview" in page.text)
        assert not [value for value in page.values("href") if value.lower().startswith("javascript")]
        assert not any(attribute.startswith("on") for _, attrs in page.tags for attribute in attrs)


@pytest.mark.parametrize("name", builders.HOSTILE)
def test_no_control_character_reaches_a_page(name: str):
    page = html.render(builders.hostile(name), audience="instructor").decode()
    assert not re.search("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]", page)


def test_a_template_in_a_name_is_not_run():
    assert "{{ 7 * 7 }}{% raw %}" in Page(html.render(builders.hostile("template"))).text


def test_every_verdict_is_a_word_beside_its_sign():
    text = student(broken=True, written=Status.PENDING).text
    for word in ("passed", "to fix", "skipped", "to be read", "our fault"):
        assert word in text


def test_score_and_what_to_fix_first_come_first():
    text = " ".join(student().text.split())
    assert "s001 6.6 of 20 points" in text
    fixes = text[text.index("Fix first") : text.index("of 5")]
    assert fixes.index("kl_derivation") < fixes.index("vae_loss") < fixes.index("vae_training")
    assert "2 open: not lost; each exercise says when they are known" in text
    assert "11.4 missing" in text


def test_reason_counterexample_and_hint_of_a_failed_check():
    text = student().text
    assert "You return KL(p‖q): the two distributions are swapped." in text
    assert "kl_normal(mu_1=0.0, sigma_1=1.0, mu_2=0.0, sigma_2=2.0)\nexpected: 0.3181\nyou return: 0.8069" in text
    assert "Hint" in text


def test_a_student_sees_no_hidden_input_no_inside_of_our_fault_and_no_model_answer():
    text = student(broken=True).text
    assert "SECRET-INPUT" not in text
    assert "/secret/path" not in text
    assert "is how well the decoder explains" not in text
    assert "the value is off by far more than rounding explains" in text
    assert "submissions/" not in text
    text = student("instructor", broken=True).text
    assert "SECRET-INPUT" in text
    assert "/secret/path" in text
    assert "is how well the decoder explains" in text


def test_a_broken_report_shows_no_score():
    text = " ".join(student(broken=True).text.split())
    assert "No score yet, of 20" in text
    assert "No points are lost" in text


def test_an_unreadable_file_shows_its_reason_and_no_list_of_zeros():
    text = Page(html.render(builders.unreadable(), builders.sheet())).text
    assert "found a PDF. Hand in the .ipynb file itself." in text
    assert "kl_derivation" not in text


def test_a_derivation_is_a_table_with_the_verdict_beside_each_line():
    page = html.render(builders.report()).decode()
    rows = re.findall(r"<tr class=\"([a-z ]*)\"><th scope=\"row\">(\d)</th>(.*?)</tr>", page, re.DOTALL)
    assert [row[0] for row in rows] == ["passed", "passed", "failed error", "skipped", "pending"]
    assert "<math" in rows[1][2]
    assert "first error" in rows[2][2]
    assert "<code>hence q.e.d. :-)</code>" in rows[4][2]


def test_pictures_are_inside_the_page():
    sources = [attrs["src"] for tag, attrs in student().tags if tag == "img"]
    assert [source.partition(";")[0] for source in sources] == ["data:image/svg+xml", "data:image/png"]


def test_notes_isolation_and_versions_stand_on_the_page():
    text = student().text
    assert "name 'train_loader' is not defined" in text
    assert "process, no network, no files" in text
    assert "autograder 0.1.0, python 3.11.9, torch 2.13.0" in text


def test_a_long_answer_is_cut_and_says_so():
    report = builders.report()
    long = dataclasses.replace(report.results[0], answer="x" * 30_000)
    page = html.render(dataclasses.replace(report, results=(long,)))
    assert b"and 10000 more characters" in page
    assert len(page) < 70_000


def test_without_the_sheet_the_title_is_the_sheets_id():
    assert "Generative models" in Page(html.render(builders.report())).text


def test_files_that_need_a_person_come_first_in_the_class():
    page = html.render_class(builders.classroom(), builders.sheet()).data.decode()
    students = re.findall(r'class="who" data-value="(.*?)"', page)
    assert students[:2] == ["s012", "s013"]
    assert students[2:] == sorted(students[2:], key=lambda name: name.replace("&lt;", "<"))


def test_the_class_page_links_to_the_files_that_the_students_pages_are():
    links = [unquote(link) for link in classroom().values("href") if link.startswith("feedback/")]
    assert {f"feedback/{file_name(report.student)}.html" for report in builders.classroom()} == set(links)


def test_the_class_in_numbers():
    numbers = overview(builders.classroom(), builders.sheet())
    assert len(numbers.scores) == 18
    assert [(found.low, found.high, found.count) for found in numbers.bins][:5] == [
        (0, 2, 7), (2, 4, 0), (4, 6, 0), (6, 8, 3), (8, 10, 4),
    ]  # fmt: skip
    assert sum(found.count for found in numbers.bins) == 18
    rate = next(rate for rate in numbers.rates if rate.check == "every line follows from the one before")
    assert rate.counts == {**dict.fromkeys(Status, 0), Status.PASSED: 4, Status.FAILED: 8}
    assert rate.failed == pytest.approx(8 / 12)
    assert [(slip.mistake, len(slip.students)) for slip in numbers.slips[:2]] == [
        ("moment_without_shift", 8), ("kl_the_wrong_way_round", 8),
    ]  # fmt: skip


def test_where_points_were_lost_counts_what_was_not_handed_in_and_what_has_no_name():
    def result(answer: str, mistake: str | None, status: Status = Status.FAILED) -> Result:
        return Result("x", "1", 2, (Finding("c", status, 0, 2, mistake=mistake),), answer)

    results = [
        result("", None), result("a", None), result("b", None), result("c", "sign_flipped"),
        result("d", None, Status.PENDING), result("e", None, Status.BROKEN),
    ]  # fmt: skip
    reports = [dataclasses.replace(builders.report(f"s{i}"), results=(r,)) for i, r in enumerate(results)]
    [loss] = overview(reports, None).losses
    assert (loss.lost, loss.possible) == (8, 12)
    assert loss.causes == ((UNNAMED, 4, 2), (NOTHING, 2, 1), ("sign_flipped", 2, 1))
    assert [signs([r]) for r in results[2:]] == ["lh", "lh", "r", "b"]


def test_what_nobody_has_read_is_open_and_not_0():
    pending = next(r for r in builders.report(written=Status.PENDING).results if r.id == "reconstruction_term")
    report = dataclasses.replace(builders.report(), results=(pending,), possible=2.0)
    for page in (html.render(report), html.render_class([report]).data):
        said = " ".join(Page(page).text.split())
        assert "open" in said
        assert "0 of 2" not in said
        assert not re.search(rb'title="[^"]*0 of 2', page)


def test_each_open_check_says_when_it_is_known():
    alone = Finding("trains", Status.PENDING, 0, 2)
    report = dataclasses.replace(builders.report(), results=(Result("x", "1", 2, (alone,)),))
    assert "Known when what it depends on is decided." in Page(html.render(report)).text
    hidden = dataclasses.replace(alone, visibility="hidden")
    report = dataclasses.replace(report, results=(Result("x", "1", 2, (hidden,)),))
    assert "known when a person has looked at this" in Page(html.render(report)).text


def test_a_check_nobody_got_to_has_no_share():
    assert Rate("a", "1", "c", False, dict.fromkeys(Status, 0)).failed is None
    assert Rate("a", "1", "c", False, dict.fromkeys(Status, 0) | {Status.PENDING: 3}).failed is None


def test_what_nobody_has_read_yet_has_not_failed():
    counts = dict.fromkeys(Status, 0) | {Status.PENDING: 3, Status.FAILED: 1}
    assert Rate("a", "1", "c", False, counts).failed == 0.25


def test_what_several_checks_share_is_told_once_where_it_went_wrong():
    line = Line(1, "a = b", "", "first error")
    good = Finding("starts well", Status.PASSED, 1, 1, detail=(line,))
    bad = Finding("every line follows", Status.FAILED, 0, 1, detail=(line, "note"))
    report = dataclasses.replace(builders.report(), results=(Result("x", "1", 2, (good, bad)),))
    first, second = told_once(report).results[0].findings
    assert (first.detail, second.detail) == ((), (line, "note"))
    assert html.render(report).count(b'class="derivation"') == 1


@pytest.mark.parametrize(("possible", "bins"), [(40, 8), (20, 10), (7, 7), (1, 10), (17, 9), (100, 10), (0, 0)])
def test_bins_are_round_and_cover_all_points(possible: float, bins: int):
    found = _bins([0, possible], possible)
    assert len(found) == bins
    assert sum(bin.count for bin in found) == (2 if bins else 0)


def test_an_empty_class_and_a_class_of_broken_reports_have_a_page():
    assert b"No mistake was recognised" in html.render_class([]).data
    assert b"our fault" in html.render_class([builders.report(broken=True)]).data


def test_the_same_reports_give_the_same_bytes_in_any_order():
    reports = builders.classroom()
    assert html.render_class(reports).data == html.render_class(reports[::-1]).data


COLOURS = re.compile(r"--([a-z-]+): (#[0-9a-f]{3,6});")


def palettes() -> list[dict[str, str]]:
    """The light palette, and the dark one on top of it."""
    light, dark = (
        dict(COLOURS.findall(part)) for part in html._file("base.css").split("(prefers-color-scheme: dark)", 1)
    )
    return [light, light | dark]


def luminance(colour: str) -> float:
    digits = colour[1:] if len(colour) == 7 else "".join(2 * digit for digit in colour[1:])
    parts = [int(digits[i : i + 2], 16) / 255 for i in (0, 2, 4)]
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    """WCAG 2.2, success criterion 1.4.3."""
    high, low = sorted((luminance(one), luminance(other)), reverse=True)
    return (high + 0.05) / (low + 0.05)


@pytest.mark.parametrize("palette", palettes(), ids=["light", "dark"])
@pytest.mark.parametrize("status", list(Status))
def test_every_verdict_can_be_read_on_its_ground(palette: dict[str, str], status: str):
    for ground in (f"{status}-bg", "card", "paper", "well"):
        assert contrast(palette[status], palette[ground]) >= 4.5


@pytest.mark.parametrize("palette", palettes(), ids=["light", "dark"])
def test_text_can_be_read_on_every_ground(palette: dict[str, str]):
    grounds = ["card", "paper", "well", *(f"{status}-bg" for status in Status)]
    for ground in grounds:
        assert contrast(palette["ink"], palette[ground]) >= 7
        assert contrast(palette["soft"], palette[ground]) >= 4.5
    assert contrast(palette["faint"], palette["card"]) >= 4.5
    assert contrast(palette["accent"], palette["card"]) >= 4.5
