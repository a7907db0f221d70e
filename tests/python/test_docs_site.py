"""The pages as a site: Sphinx builds them without a warning, and warns of what does not hold."""

import os
import pathlib
import shutil
import subprocess
import sys

import pytest

for package in ("sphinx", "myst_parser"):
    pytest.importorskip(package, reason="the site of docs/ needs python3-sphinx and python3-myst-parser")

CHECKOUT = pathlib.Path(__file__).parents[2]


def build(docs: pathlib.Path, site: pathlib.Path) -> subprocess.CompletedProcess:
    command = [sys.executable, "-m", "sphinx", "-W", "--keep-going", "-q", "-j", "2", "-b", "html", docs, site]
    environment = {**os.environ, "AMANEKU_SOURCES": "https://example.org/main", "MPLBACKEND": "Agg"}
    return subprocess.run(command, env=environment, capture_output=True, text=True, check=False)


def test_the_site_is_built_without_a_warning(tmp_path):
    done = build(CHECKOUT / "docs", tmp_path)
    assert (done.returncode, done.stderr) == (0, "")
    api = (tmp_path / "api.html").read_text(encoding="utf-8")
    for name in ("amaneku.run", "amaneku.Plan.compare", "amaneku.plot.coverage", "amaneku.distributed.run"):
        assert f'id="{name}"' in api
    assert "https://example.org/main/SECURITY.md" in (tmp_path / "reliability.html").read_text(encoding="utf-8")
    sources = [*(CHECKOUT / "docs").rglob("*.md"), *(CHECKOUT / "docs").rglob("*.ipynb")]
    pages = {page.relative_to(CHECKOUT / "docs").with_suffix("") for page in sources}
    assert len(pages) > 80
    assert all((tmp_path / page.with_suffix(".html")).exists() for page in pages)


def test_links_and_anchors_that_lead_nowhere_are_named(tmp_path):
    docs = tmp_path / "checkout" / "docs"
    docs.mkdir(parents=True)
    shutil.copy(CHECKOUT / "docs" / "conf.py", docs)
    shutil.copy(CHECKOUT / "CMakeLists.txt", docs.parent)
    (docs.parent / "SECURITY.md").write_text("# Inputs of strangers\n")
    (docs / "page.md").write_text("# Page\n\n## Its part\n")
    good = "# First\n\n[a](page.md) [b](page.md#its-part) [c](../SECURITY.md#inputs-of-strangers) [d](#first)\n"
    (docs / "README.md").write_text(good)
    # The small site has none of the folders of pages.
    conf = (docs / "conf.py").read_text().replace("tutorials/*\nmethods/*\nformats/*\nadr/*\nimages/*\n", "")
    (docs / "conf.py").write_text(conf)
    done = build(docs, tmp_path / "good")
    assert (done.returncode, done.stderr) == (0, "")
    bad = ["page.md#its-prat", "paeg.md", "../SECURITY.md#else", "../none.md", "#frist"]
    (docs / "README.md").write_text("# First\n\n" + "\n\n".join(f"[x]({link})" for link in bad) + "\n")
    done = build(docs, tmp_path / "bad")
    assert done.returncode != 0
    for link in bad:
        assert link.split("#")[-1] in done.stderr
