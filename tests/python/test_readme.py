"""The commands of README.md, as they stand there, in the folder that a newcomer has after `./run demo`."""

import pathlib
import re
import sys

from conftest import run_in

ROOT = pathlib.Path(__file__).parents[2]
README = (ROOT / "README.md").read_text()


def blocks(language: str) -> list[str]:
    return re.findall(rf"```{language}\n(.*?)```", README, re.S)


COMMANDS = [
    line.split("   #")[0].strip()
    for block in blocks("sh")
    for line in block.splitlines()
    if not line.startswith("./run")
]


def test_there_are_commands():
    assert len(COMMANDS) >= 6
    assert any("explain" in command for command in COMMANDS)


def test_every_command_runs(checkout):
    for command in COMMANDS:
        run_in(checkout, command.replace("python3", sys.executable))


def test_the_python_lines_run(checkout, monkeypatch):
    monkeypatch.chdir(checkout)
    exec(compile("".join(blocks("python")), "README.md", "exec"), {})
