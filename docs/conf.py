"""How the documentation is built: `make docs`. Everything a page needs lies beside it; nothing is fetched from elsewhere."""

import re
from pathlib import Path

from bs4 import BeautifulSoup
from docutils import nodes
from latex2mathml.converter import convert

project = "autograder"
html_title = "autograder"
extensions = ["myst_parser", "sphinx.ext.autodoc", "sphinx.ext.napoleon"]
myst_enable_extensions = ["dollarmath"]
myst_heading_anchors = 3
exclude_patterns = ["_build"]
html_theme = "furo"
html_copy_source = False
html_show_sourcelink = False
html_math_renderer = "mathml"
html_css_files = ["site.css"]
html_static_path = ["_static"]
autodoc_typehints = "none"  # the signatures above the docstrings say them
autodoc_member_order = "bysource"
napoleon_use_ivar = True
suppress_warnings = ["myst.xref_missing"]  # links into the repository: LICENSE, benchmarks


def _math(display):
    """MathML, which every browser lays out by itself."""

    def visit(self, node):
        self.body.append(convert(node.astext(), display="block" if display else "inline"))
        raise nodes.SkipNode

    return visit


def _docstring(app, what, name, obj, options, lines):
    """Our docstrings are plain text: a star in (*args) begins no emphasis, and lines of TOML stand as they are."""
    found = []
    for line in lines:
        table = line.startswith("[") or " = " in line.split("(")[0]
        if what == "module" and table:
            found += [] if found and found[-1].startswith("   ") else ["", "::", ""]
            found.append("   " + line)
        else:
            parts = re.split(r"(``.*?``)", line)  # what stands in code stands as it is
            parts[::2] = [re.sub(r"(?<!\*)\*(?=\w)", r"\\*", part) for part in parts[::2]]
            found.append("".join(parts))
    lines[:] = found


def _accessible(app, exception):
    """What the theme leaves out for those who read with their ears or without a mouse: levels, names, places to stop at."""
    for path in () if exception else Path(app.outdir).rglob("*.html"):
        page = BeautifulSoup(path.read_text(encoding="utf-8"), "html.parser")
        for caption in page.select("p.caption[role=heading]"):
            caption["aria-level"] = "2"
        for selector, name in (("aside.sidebar-drawer", "Pages"), ("aside.toc-drawer", "On this page")):
            for aside in page.select(selector):
                aside["aria-label"] = name
        for scrolls in page.select("pre, .table-wrapper"):
            scrolls["tabindex"] = "0"
        for head in page.select("th"):
            if not head.get_text(strip=True):
                head.name = "td"
        if page.h1 is None and (main := page.select_one("[role=main]")):
            heading = page.new_tag("h1")
            heading.string = "Search"  # the one page that is the theme's own
            main.insert(0, heading)
        path.write_text(str(page), encoding="utf-8")


def setup(app):
    app.connect("build-finished", _accessible)
    app.connect("autodoc-process-docstring", _docstring)
    app.add_html_math_renderer("mathml", inline_renderers=(_math(False), None), block_renderers=(_math(True), None))
