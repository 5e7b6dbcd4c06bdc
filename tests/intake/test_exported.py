"""Notebooks exported as .py files: the Markdown that stands in their comments."""

import pytest

from autograder.intake.exported import cells, is_exported


def found(source):
    return [(cell.kind, cell.source) for cell in cells(source)]


@pytest.mark.parametrize(
    ("line", "exported"),
    [
        ("# In[3]:", True),
        ("# In [ ]:", True),
        ("# In[*]:  ", True),
        ("# %%", True),
        ("#%% [markdown]", True),
        (" # In[3]:", False),
        ("# In[3]: more", False),
        ("# A comment", False),
        ("x = 1  # %%", False),
    ],
)
def test_comments_at_the_margin_mark_an_export(line, exported):
    assert is_exported(f"import torch\n{line}\n") is exported


def test_code_and_markdown_come_in_turn():
    source = "# ## 1\n# Why?\n\n# In[1]:\n\nx = 1\n\n\n# ## 2\n# Because.\n\n# In[2]:\n\ny = 2\n"
    assert found(source) == [("text", "## 1\nWhy?"), ("code", "x = 1"), ("text", "## 2\nBecause."), ("code", "y = 2")]


def test_an_editors_marks_say_which_cell_is_text():
    source = "# %%\nx = 1\n# %% [markdown]\n# Because.\n#\n# So.\n# %%\ny = 2\n# %% [md]\n#no space\n"
    assert found(source) == [("code", "x = 1"), ("text", "Because.\n\nSo."), ("code", "y = 2"), ("text", "no space")]


def test_a_comment_in_code_stays_code():
    first = "# In[1]:\n\n# says what x is\nx = 1\n"  # first in its cell
    assert found(first) == [("code", "# says what x is\nx = 1")]
    inside = "# In[1]:\nx = 1\n# and y\ny = 2\n"  # no empty line before it
    assert found(inside) == [("code", "x = 1\n# and y\ny = 2")]


def test_a_block_of_comments_apart_is_text_until_code_comes():
    assert found("# In[1]:\nx = 1\n\n# Because.\n# So.\ny = 2\n") == [
        ("code", "x = 1"),
        ("text", "Because.\nSo."),
        ("code", "y = 2"),
    ]


def test_what_python_and_editors_write_first_is_no_text():
    assert found("#!/usr/bin/env python\n# coding: utf-8\n\n# # Title\n\n# In[1]:\nx = 1\n") == [
        ("code", "#!/usr/bin/env python\n# coding: utf-8"),
        ("text", "# Title"),
        ("code", "x = 1"),
    ]


def test_no_cell_is_empty():
    assert found("# In[1]:\n\n\n# In[2]:\n\n# %% [markdown]\n#\n") == []
    assert found("") == []


def test_an_empty_line_between_two_blocks_of_comments_ends_no_text():
    assert found("# Why?\n\n# Because.\n\n# In[1]:\nx = 1\n") == [("text", "Why?\n\nBecause."), ("code", "x = 1")]
