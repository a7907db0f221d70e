"""The lines of docs/python.md and docs/distributed.md run, in the folder that `./run demo` leaves."""

import pathlib
import re
import warnings

import pytest

PAGES = pathlib.Path(__file__).parents[2] / "docs"
PAGE = (PAGES / "python.md").read_text(encoding="utf-8")


def test_every_snippet_runs(checkout, monkeypatch):
    for package in ("pandas", "xarray", "matplotlib"):
        pytest.importorskip(package, reason=f"docs/python.md needs {package}")
    import matplotlib.pyplot as pyplot

    pyplot.switch_backend("Agg")
    monkeypatch.chdir(checkout)
    blocks = re.findall(r"```python\n(.*?)```", PAGE, re.S)
    assert len(blocks) >= 6
    names: dict[str, object] = {}
    with warnings.catch_warnings():
        warnings.filterwarnings("ignore", message="no font for Japanese")
        for block in blocks:
            exec(compile(block, "docs/python.md", "exec"), names)
    pyplot.close("all")
    assert (checkout / "coverage.png").stat().st_size > 10_000
    assert names["change"].people_won >= 0.0


def test_every_snippet_about_distributed_runs(checkout, monkeypatch):
    for package in ("pandas", "distributed"):
        pytest.importorskip(package, reason=f"docs/distributed.md needs {package}")
    monkeypatch.chdir(checkout)
    blocks = re.findall(r"```python\n(.*?)```", (PAGES / "distributed.md").read_text(encoding="utf-8"), re.S)
    names: dict[str, object] = {}
    for block in blocks:
        exec(compile(block, "docs/distributed.md", "exec"), names)
    assert list(names["frame"].error) == [""] * 3
    assert (checkout / "out" / "in_parts" / "result.h5").exists()
