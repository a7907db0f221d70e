"""The commands of README.md, as they stand there, in the folder that a newcomer has after `./run demo`."""

import os
import pathlib
import re
import subprocess
import sys

import pytest

import amaneku

ROOT = pathlib.Path(__file__).parents[2]
README = (ROOT / "README.md").read_text()
PACKAGE = pathlib.Path(amaneku.__file__).parents[1]
BUILD = PACKAGE.parent


def blocks(language: str) -> list[str]:
    return re.findall(rf"```{language}\n(.*?)```", README, re.S)


COMMANDS = [
    line.split("   #")[0].strip()
    for block in blocks("sh")
    for line in block.splitlines()
    if not line.startswith("./run")
]


@pytest.fixture(scope="module")
def checkout(tmp_path_factory):
    """A folder with a build and the demo's output, where nothing else is."""
    if not (BUILD / "bin" / "amaneku").exists():
        pytest.skip("README's commands need a build folder, and this package is an installed one")
    folder = tmp_path_factory.mktemp("checkout")
    (folder / "build").mkdir()
    (folder / "build" / "release").symlink_to(BUILD)
    run("build/release/bin/amaneku demo -o out/demo", folder)
    return folder


def run(command: str, folder: pathlib.Path) -> subprocess.CompletedProcess[str]:
    environment = {key: value for key, value in os.environ.items() if key not in {"AMANEKU_DATA", "PYTHONPATH"}}
    done = subprocess.run(
        ["bash", "-c", command], cwd=folder, env=environment, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, f"{command}\n{done.stdout[-2000:]}\n{done.stderr[-2000:]}"
    return done


def test_there_are_commands():
    assert len(COMMANDS) >= 6
    assert any("explain" in command for command in COMMANDS)


def test_every_command_runs(checkout):
    for command in COMMANDS:
        run(command.replace("python3", sys.executable), checkout)


def test_the_python_lines_run(checkout, monkeypatch):
    monkeypatch.chdir(checkout)
    exec(compile("".join(blocks("python")), "README.md", "exec"), {})
