"""The tutorials: notebooks without outputs, every cell of which runs."""

import ast
import json
import os
import pathlib
import subprocess
import sys

import pytest

TUTORIALS = sorted((pathlib.Path(__file__).parents[2] / "docs" / "tutorials").glob("*.ipynb"))
NEEDS = {"6": ("distributed",)}
RUN = """
import json, sys
import matplotlib

matplotlib.use("Agg")
if __name__ == "__main__":
    for number, cell in enumerate(json.load(open(sys.argv[1], encoding="utf-8"))["cells"]):
        if cell["cell_type"] == "code":
            exec(compile("".join(cell["source"]), f"cell {number}", "exec"))
"""


def test_there_are_six():
    assert [notebook.name[0] for notebook in TUTORIALS] == ["1", "2", "3", "4", "5", "6"]


@pytest.mark.parametrize("notebook", TUTORIALS, ids=lambda notebook: notebook.stem)
def test_a_tutorial_is_small_and_has_no_outputs(notebook):
    document = json.loads(notebook.read_text(encoding="utf-8"))
    assert notebook.stat().st_size < 20_000
    assert document["nbformat"] == 4
    assert document["cells"][0]["source"][0].startswith("# ")
    for cell in document["cells"]:
        source = "".join(cell["source"])
        if cell["cell_type"] == "code":
            assert (cell["outputs"], cell["execution_count"]) == ([], None)
            ast.parse(source)
        else:
            assert source.strip()


@pytest.mark.parametrize("notebook", TUTORIALS, ids=lambda notebook: notebook.stem)
def test_every_cell_runs(notebook, tmp_path):
    """In a process and a folder of its own, without a kernel: cells are plain Python."""
    for package in ("pandas", "matplotlib", "xarray", *NEEDS.get(notebook.name[0], ())):
        pytest.importorskip(package, reason=f"{notebook.name} needs {package}")
    (tmp_path / "cells.py").write_text(RUN)
    environment = {**os.environ, "PYTHONWARNINGS": "ignore:no font for Japanese"}
    done = subprocess.run(
        [sys.executable, "cells.py", notebook],
        cwd=tmp_path,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
        timeout=200,
    )
    assert done.returncode == 0, done.stdout[-2000:] + done.stderr[-4000:]
