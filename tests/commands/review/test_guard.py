"""Who may speak to the application, and what a student's text can do there: nothing."""

import pytest

from tests.commands.review import classroom
from tests.commands.review.conftest import BASE, Browser


def test_an_address_opens_once_and_the_cookie_is_for_this_browser_alone(folder, sheet):
    browser = Browser(folder, sheet)
    assert browser.get("/").status_code == 403
    address = browser.guard.address()
    opened = browser.client.get(address, follow_redirects=False)
    assert opened.status_code == 303
    assert {"HttpOnly", "SameSite=strict", "Path=/"} <= set(opened.headers["set-cookie"].split("; "))
    assert browser.get("/").status_code == 200
    browser.client.cookies.clear()
    assert browser.client.get(address).status_code == 403
    assert browser.get("/?token=guess").status_code == 403
    browser.client.close()


@pytest.mark.parametrize("host", ["evil.example:8931", "127.0.0.1", "127.0.0.1:80", "localhost.evil.example:8931"])
def test_another_name_that_points_here_is_not_this_host(browser, host):
    assert browser.get("/", headers={"host": host}).status_code == 421


@pytest.mark.parametrize(
    "origin", ["http://evil.example", "null", "", "https://127.0.0.1:8931", "http://127.0.0.1:8932"]
)
def test_a_form_of_another_page_changes_nothing(browser, origin):
    place = browser.group(classroom.WEAK)
    answer = browser.post(f"{place}/give", origin=origin, **browser.form(place), **{"ok-0": "1"})
    assert answer.status_code == 403
    assert browser.store.last == 0


def test_every_answer_forbids_scripts_and_requests_elsewhere(browser):
    for path in ("/", "/e/essay", "/nowhere", "/static/review.js", "/e/nothing"):
        policy = browser.get(path).headers["content-security-policy"]
        assert "default-src 'none'" in policy
        assert "unsafe" not in policy
    assert BASE.startswith("http://127.0.0.1")


def test_scripts_html_and_broken_latex_are_shown_as_they_are(browser):
    page = browser.get(f"/e/essay/a/{browser.number('fred')}").text
    assert "<script>alert" not in page
    assert "&lt;script&gt;alert(1)" in page
    assert "<img src=x" not in page
    assert "\u202e" not in page
    assert "notacommand" in page


def test_text_from_right_to_left_says_its_own_direction(browser):
    page = browser.get(f"/e/essay/a/{browser.number('gina')}").text
    assert f'dir="auto">{classroom.RTL}' in page or classroom.RTL in page.partition('dir="auto"')[2]


def test_a_text_of_a_megabyte_is_shown_in_part_and_whole_on_request(browser):
    place = f"/e/essay/a/{browser.number('hugo')}"
    page = browser.get(place)
    assert len(page.content) < 200_000
    assert len(browser.get(f"{place}/text").text) == len(classroom.ESSAYS["hugo"])


def test_code_is_coloured_and_escaped_and_pictures_are_the_reports_own(browser):
    page = browser.get(f"/e/mean_square/a/{browser.number('anna')}").text
    assert '<span class="k">def</span>' in page
    assert "<b>" not in page.partition('class="code"')[2].partition("</pre>")[0]
    assert 'src="data:image/png;base64,' in page


@pytest.mark.parametrize(("path", "status"), [("/nowhere", 404), ("/e/essay/x/y/z", 404), ("/undo", 405)])
def test_an_address_of_nothing_is_a_page_too(browser, path, status):
    answer = browser.get(path)
    assert answer.status_code == status
    assert "There is nothing at this address" in answer.text
    assert '<html lang="en">' in answer.text


def test_who_is_not_let_in_reads_why_on_a_page(folder, sheet):
    stranger = Browser(folder, sheet)
    for path in ("/", "/?token=guess"):
        answer = stranger.get(path)
        assert answer.status_code == 403
        assert "<h1>Not opened</h1>" in answer.text
        assert "<title>" in answer.text
    stranger.client.close()
    stranger.store.__exit__()


def test_a_place_that_is_not_there_is_said_in_a_sentence(browser):
    for path in ("/e/nothing", "/e/essay/a/999", "/e/essay/g/0000"):
        answer = browser.get(path)
        assert answer.status_code == 400
        assert "There is no" in answer.text or "has no exercise" in answer.text
