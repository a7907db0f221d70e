"""Sphinx: these pages, the tutorials and the reference of the Python package as one site.

    PYTHONPATH=build/release/python python3 -m sphinx -W --keep-going -b html docs out/docs

Wants sphinx and myst-parser (Debian: python3-sphinx, python3-myst-parser; PyPI: amaneku[docs]), and the package. A
warning is an error, so links and anchors hold. Links out of this folder are links below AMANEKU_SOURCES, the
address of the repository's files; without it they are text.
"""

import json
import os
import pathlib
import re

from pygments.lexers.special import TextLexer
from sphinx.highlighting import lexers
from sphinx.util import logging

DOCS = pathlib.Path(__file__).resolve().parent
CHECKOUT = DOCS.parent
SOURCES = os.environ.get("AMANEKU_SOURCES", "").rstrip("/")  # under which address the files of the repository lie

project = "amaneku"
author = "the amaneku authors"
version = release = re.search(
    r"project\(amaneku VERSION ([0-9.]+)", (CHECKOUT / "CMakeLists.txt").read_text(encoding="utf-8")
)[1]
extensions = ["myst_parser", "sphinx.ext.autodoc"]
source_suffix = {".md": "markdown", ".ipynb": "markdown"}
root_doc = "README"
exclude_patterns = ["images/*.svg"]
language = "en"

myst_heading_anchors = 4
myst_enable_extensions = ["dollarmath"]
suppress_warnings = ["myst.header"]
lexers["csv"] = TextLexer()
logger = logging.getLogger(__name__)

autodoc_typehints = "signature"
autodoc_member_order = "bysource"
html_theme = "alabaster"
html_theme_options = {"description": "wireless networks over real terrain", "page_width": "1180px"}
html_static_path: list[str] = []
html_show_sphinx = False
html_copy_source = False

CONTENTS = """
```{toctree}
:hidden:
:glob:
:maxdepth: 1

*
tutorials/*
methods/*
formats/*
adr/*
images/*
```
"""


def read_notebook(app, docname, source):
    """A tutorial as a page: its text, and its cells as code. Their outputs are made by whoever runs it."""
    if os.fspath(app.env.doc2path(docname)).endswith(".ipynb"):
        cells = json.loads(source[0])["cells"]
        texts = ("".join(cell["source"]) for cell in cells)
        pairs = zip(cells, texts, strict=True)
        parts = (f"```python\n{text}\n```" if cell["cell_type"] == "code" else text for cell, text in pairs)
        source[0] = "\n\n".join(parts)


def add_contents(app, docname, source):
    """For the site only: the first page lists its pages by hand already."""
    if docname == root_doc:
        source[0] += CONTENTS


def hold_links(app, docname, source):
    """Links that Sphinx does not look after: into the same page, and out of this folder."""
    page = source[0]

    def held(found):
        text, name, anchor = found[1], found[2], found[3] or ""
        path = (DOCS / docname).parent.joinpath(name).resolve() if name else DOCS / f"{docname}.md"
        if name and (DOCS in path.parents or path == DOCS):
            return found[0]
        there = path.exists() and CHECKOUT in path.parents
        if not there or (anchor and anchor[1:] not in anchors_of(path.read_text(encoding="utf-8"))):
            logger.warning("the link (%s%s) leads nowhere", name, anchor, location=docname)
        if not name:
            return found[0]
        return f"[{text}]({SOURCES}/{path.relative_to(CHECKOUT)}{anchor})" if SOURCES and there else text

    source[0] = re.sub(r"\[([^\[\]]*)\]\((\.\./[^)#\s]*)?(#[^)\s]*)?\)", held, page)


def anchors_of(page):
    """Of the headings, as repositories make them."""
    headings = re.findall(r"^#+ +(.+)$", page, re.M)
    words = (re.sub(r"\[([^\]]*)\]\([^)]*\)", r"\1", heading).strip().lower() for heading in headings)
    return {re.sub(r"[^\w\- ]", "", heading).replace(" ", "-") for heading in words}


def plain_docstring(app, what, name, obj, options, lines):
    """Docstrings are plain text: names between backticks are code, indented lines are an example."""
    out, code = [], False
    for line in lines:
        indented = line.startswith("    ")
        if indented and not code:
            out += ["", ".. code-block:: python", ""]
        if line.strip():
            code = indented
        out.append(line if code else re.sub(r"(`[^`]*`)|([*_|\\]|``)", escaped, line))
    lines[:] = out


def escaped(found):
    return f"`{found[1]}`" if found[1] else "\\" + found[0]


def setup(app):
    app.connect("source-read", read_notebook)
    app.connect("source-read", add_contents)
    app.connect("source-read", hold_links)
    app.connect("autodoc-process-docstring", plain_docstring)
    return {"parallel_read_safe": True}
