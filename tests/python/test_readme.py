"""The commands of README.md, as they stand there, in the folder that a newcomer has after `./run demo`."""

import pathlib
import re
import signal
import subprocess
import sys
import urllib.request

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


def serve_and_stop(folder: pathlib.Path, command: str) -> None:
    with subprocess.Popen(command.split(), cwd=folder, stdout=subprocess.PIPE, text=True) as served:
        try:
            address = re.search(r"http://127\.0\.0\.1:\d+/", served.stdout.readline())
            assert address
            with urllib.request.urlopen(address[0] + "api/plan", timeout=60) as answer:
                assert answer.status == 200
        finally:
            served.send_signal(signal.SIGINT)
            served.wait(timeout=60)


def test_every_command_runs(checkout):
    for command in COMMANDS:
        if " serve " in command:
            serve_and_stop(checkout, command)
        else:
            run_in(checkout, command.replace("python3", sys.executable))


def test_the_python_lines_run(checkout, monkeypatch):
    monkeypatch.chdir(checkout)
    exec(compile("".join(blocks("python")), "README.md", "exec"), {})
