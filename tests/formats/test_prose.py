"""Sentences with formulas: typeset where possible, as their source otherwise, and never anything but mathematics."""

import xml.etree.ElementTree as ET
from html.parser import HTMLParser

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from autograder.formats._plain import plain
from autograder.formats._prose import _cleaned, html, markdown, math
from tests.formats import builders


def test_a_formula_becomes_mathml_and_code_becomes_code():
    page = html(r"Use `sigma` for $\sigma_1^2$ & more")
    assert page.startswith('Use <code>sigma</code> for <math display="inline" alttext="\\sigma_1^2"><')
    assert page.endswith("</math> &amp; more")
    assert "σ" in page


def test_money_is_no_formula():
    assert html("costs $5 and $6") == "costs $5 and $6"


@pytest.mark.parametrize(
    "latex", [r"\frac{1", r"\nosuchcommand{a}", r"\text{<b>x</b>}", "{" * 60 + "}" * 60, "x" * 5000, "}"]
)
def test_what_cannot_be_typeset_stays_as_its_source(latex: str):
    assert math(latex).startswith('<code class="latex">')
    assert "<b>" not in math(latex)


@pytest.mark.parametrize(
    "latex", [r"\href{javascript:alert(1)}{x}", r"\style{background:url(//e)}{x}", r"\class{a}{x}"]
)
def test_no_attribute_comes_through_that_is_not_mathematics(latex: str):
    formula = str(math(latex))
    assert formula.startswith(("<math", '<code class="latex">'))
    assert not {name for node in ET.fromstring(formula).iter() for name in node.attrib} & {"href", "style", "id"}


def test_no_element_comes_through_that_is_not_mathematics():
    for page in (
        "<math><mtext><b>x</b></mtext></math>",
        "<math><script/></math>",
        "<math><mfrac><mi>x</mi></mfrac></math>",
    ):
        with pytest.raises(ValueError, match="cannot typeset"):
            _cleaned(ET.fromstring(page))


def test_every_formula_of_the_examples_is_typeset():
    for line in builders.DERIVATION:
        if line.latex:
            ET.fromstring(str(math(line.latex)))
    assert "<math" in math(builders.KL)


def test_function_names_stand_apart_from_their_argument():
    assert '<mi>log</mi><mspace width="0.167em" /><mi>x</mi>' in math(r"\log x")
    assert "mspace" not in math(r"\log(x)")
    assert "mspace" not in math(r"\log\left(x\right)")


def test_a_leading_minus_is_a_sign():
    assert 'form="prefix"' in math("-x")
    assert 'form="prefix"' in math("(-x)")
    assert "form" not in math("y-x")


def test_distributed_as_is_a_relation():
    assert "<mi>x</mi><mo>∼</mo><mi>p</mi>" in math(r"x \sim p")


class Tags(HTMLParser):
    """All tags and attributes of a page."""

    def __init__(self) -> None:
        super().__init__()
        self.found: set[str] = set()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found |= {tag, *(f"{tag}.{name}" for name, _ in attrs)}


def tags(page: str) -> set[str]:
    parser = Tags()
    parser.feed(page)
    return parser.found


PIECES = [
    "<script>",
    "</math>",
    "$",
    "$$",
    "`",
    r"\text{",
    "}",
    r"\frac",
    "<img src=x onerror=y>",
    "\\",
    "&lt;",
    "a",
    " ",
    '"',
]


@settings(max_examples=300, deadline=None)
@given(st.lists(st.sampled_from(PIECES) | st.text(max_size=4), max_size=12).map("".join))
def test_no_element_of_a_students_making_reaches_the_page(text: str):
    assert not tags(html(text)) & {"script", "img", "img.src", "b", "a", "style", "math.href"}
    assert not tags(markdown(text)) & {"script", "img.onerror", "style"}


def test_a_task_is_markdown_with_formulas_and_no_html():
    page = markdown("Compute **both** `a$b$` in\n\n$$x_1 < y$$\n\n| a |\n|---|\n| $z$ |\n\n<script>1</script>")
    assert "<strong>both</strong>" in page
    assert "<code>a$b$</code>" in page
    assert page.count("<math") == 2
    assert "<table>" in page
    assert "<script>" not in page


PLAIN = {
    r"$\mathbb{E}_q[(x-\mu_2)^2]=\sigma_1^2+(\mu_1-\mu_2)^2$": "E_q[(x-μ_2)^2]=σ_1^2+(μ_1-μ_2)^2",
    rf"${builders.KL}$": "log σ_2/σ_1+(σ_1^2+(μ_1-μ_2)^2)/(2σ_2^2)-1/2",
    r"In $\mathrm{KL}(q\,\|\,p)$ `$x$`": "In KL(q‖p) `$x$`",
    r"$J^{(D)} = -\frac12\mathbb{E}_{x\sim p_{\text{data}}}[\log D(x)]$": "J^(D) = -1/2E_(x~p_data)[log D(x)]",
    r"$\hat x$ of $\sqrt{2\pi}$, $\{a\}$": "x_hat of sqrt(2π), (a)",
    r"costs $5 and $6": "costs $5 and $6",
    r"$\min_G\max_D V$": "min_G max_D V",
}


@pytest.mark.parametrize("text", PLAIN)
def test_formulas_are_spelt_out_for_a_terminal(text: str):
    assert plain(text) == PLAIN[text]


@given(st.lists(st.sampled_from(PIECES) | st.text(max_size=4), max_size=12).map("".join))
def test_spelling_out_never_fails(text: str):
    assert isinstance(plain(text), str)


def names(latex):
    return [child.tag for child in ET.fromstring(math(latex)).iter() if child.tag in ("mo", "mi", "mspace", "mn")]


def test_a_functions_name_stands_apart_from_letters_and_not_from_signs():
    assert names(r"2 \log x").count("mspace") == 2
    assert names(r"a = \log x").count("mspace") == 1
    assert names(r"\log_2 x").count("mspace") == 1


def test_a_head_that_names_nothing_is_no_head():
    page = markdown("| | shape |\n|---|:-:|\n| x | (N,) |\n")
    assert "<td></td>" in page and page.count("<th") == page.count("shape</th>") + 1  # with <thead>
