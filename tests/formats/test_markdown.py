"""The summary of a self-check, as GitHub reads Markdown."""

import re

import pytest
from markdown_it import MarkdownIt

from autograder.formats import markdown
from tests.formats import builders


def summary(**options: object) -> str:
    return markdown.render(builders.report(**options), builders.sheet()).decode()


def page(text: str) -> str:
    return MarkdownIt("commonmark", {"html": True}).enable(["table", "strikethrough"]).render(text)


def test_a_table_of_the_exercises_then_the_reasons():
    text = summary()
    assert text.startswith("## Exercise 9: Generative Models: 6.6 of 20 points\n")
    assert "| ❌ | 9-1 (a) | `kl_normal` | 0 of 2 |" in text
    assert "You return KL(p‖q): the two distributions are swapped." in text
    assert "```\nkl_normal(mu_1=0.0, sigma_1=1.0, mu_2=0.0, sigma_2=2.0)\n" in text
    assert r"In $`\mathrm{KL}(q\,\|\,p)`$ the mean" in text
    assert "kl_simplified`\n" not in text  # nothing is wrong there


def test_no_hidden_input():
    assert "SECRET-INPUT" not in summary()


@pytest.mark.parametrize("name", builders.HOSTILE)
def test_a_students_text_is_never_markdown_nor_html(name: str):
    html = page(markdown.render(builders.hostile(name)).decode())
    tags = set(re.findall(r"<(\w+)", html))
    assert tags <= {
        "h2",
        "h3",
        "p",
        "table",
        "thead",
        "tbody",
        "tr",
        "th",
        "td",
        "strong",
        "code",
        "pre",
        "ul",
        "li",
        "blockquote",
    }
    class_page = page(markdown.render_class([builders.hostile(name)]).data.decode())
    assert set(re.findall(r"<(\w+)", class_page)) <= {"h2", "table", "thead", "tbody", "tr", "th", "td"}


@pytest.mark.parametrize(
    "text", ["# x", "- x", "1. x", "> x", "*x*", "[a](http://b)", "~~x~~", "@all", "====", "a_b_c_"]
)
def test_prose_is_one_paragraph_without_format(text: str):
    html = page(markdown._prose(text))
    assert html.startswith("<p>")
    assert set(re.findall(r"<(\w+)", html)) == {"p"}


def test_no_address_becomes_a_link_and_no_name_a_mention():
    said = markdown._prose("see https://evil.example www.evil.example @teacher")
    assert "://" not in said
    assert "www." not in said
    assert "@" not in said


def test_a_fence_cannot_be_closed_from_inside():
    assert page("\n".join(markdown._fenced("a\n```\n<b>x</b>"))).count("<code>") == 1
    assert "<b>" not in page("\n".join(markdown._fenced("a\n```\n<b>x</b>")))


def test_a_class_without_reports_has_a_title_and_no_rows():
    assert b"| Student | Points | |" in markdown.render_class([], builders.sheet()).data


def test_a_name_stays_on_its_line():
    assert markdown._inline("anna\n| eve | 20") == "anna &#124; eve &#124; 20"
