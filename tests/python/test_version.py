"""The version has one home, CMakeLists.txt; the texts that repeat it must agree."""

import pathlib
import re

import amaneku as am

ROOT = pathlib.Path(__file__).parents[2]


def test_one_version():
    declared = re.search(r"project\(amaneku VERSION ([0-9.]+)", (ROOT / "CMakeLists.txt").read_text())[1]
    assert am.__version__ == declared
    assert re.search(r"^version: (.+)$", (ROOT / "CITATION.cff").read_text(), re.M)[1] == declared
    assert f"## [{declared}]" in (ROOT / "CHANGELOG.md").read_text()
