#!/usr/bin/env python3
"""Kills a small run at every call that changes the disk, and says what its folder is then: kill.py [FOLDER].

The long form of test_kill.py, which torture.py runs too. Exit code 1 where a folder is neither entirely old nor entirely new.
"""

import collections
import json
import pathlib
import random
import re
import shutil
import subprocess
import sys
import tempfile
import time

from world import PROGRAM, make_world, run

STRACE = shutil.which("strace")
CALLS = ("write", "pwrite64", "fsync", "fdatasync", "rename", "unlink", "unlinkat", "rmdir", "mkdir", "ftruncate")


def prepared(folder):
    """plan/, and old/ with an earlier result and a file of somebody else."""
    make_world(folder / "plan")
    outcome = run("run", folder / "plan", "-o", folder / "old", "--set", "scenario.name=Old", "--threads", 1)
    assert outcome.returncode == 0, outcome.stderr
    (folder / "old" / "notes.txt").write_text("mine")


def command(folder):
    return [
        PROGRAM,
        "run",
        str(folder / "plan"),
        "-o",
        str(folder / "out"),
        "--set",
        "scenario.name=New",
        "--threads",
        "1",
    ]


def copied(folder, fresh=False):
    shutil.rmtree(folder / "out", ignore_errors=True)
    if not fresh:
        shutil.copytree(folder / "old", folder / "out")


def kills(folder, calls, every=1):
    """(call, n) of a run over an earlier result; of each call the last ones, and of those before every `every`th."""
    copied(folder)
    log = folder / "trace"
    subprocess.run(
        [STRACE, "-f", "-qq", "-e", "trace=" + ",".join(calls), "-o", str(log), *command(folder)],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        check=True,
    )
    count = collections.Counter(re.findall(r"^\d+\s+(\w+)\(", log.read_text(errors="replace"), re.MULTILINE))
    for call in calls:
        for n in range(1, count[call] + 1):
            if every == 1 or n % every == 0 or n == count[call]:
                yield call, n


def state_after(folder, call, n, fresh=False, inject="signal=KILL"):
    """old, new, none (no result), or what is wrong."""
    copied(folder, fresh)
    outcome = subprocess.run(
        [
            STRACE,
            "-f",
            "-qq",
            "-e",
            f"trace={call}",
            "-e",
            f"inject={call}:{inject}:when={n}",
            "-o",
            "/dev/null",
            *command(folder),
        ],
        capture_output=True,
        check=False,
    )
    if inject != "signal=KILL" and (outcome.returncode not in (1, 2) or b"internal error" in outcome.stderr):
        return f"exit code {outcome.returncode}: {outcome.stderr.decode()}"
    return state_of(folder, fresh)


def at_random(folder, times):
    """{state: how often} of runs over an earlier result that are killed at random times of their life."""
    chance = random.Random(1)
    copied(folder)
    start = time.monotonic()
    subprocess.run(command(folder), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, check=True)
    whole_s = time.monotonic() - start
    states = collections.Counter()
    for _ in range(times):
        copied(folder)
        with subprocess.Popen(command(folder), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as process:
            time.sleep(chance.uniform(0.0, whole_s))
            process.kill()
        states[state_of(folder)] += 1
    return states


def state_of(folder, fresh=False):
    """old, new, none (no result), or what is wrong with out/."""
    out = folder / "out"
    if not fresh and (out / "notes.txt").read_text() != "mine":
        return "a file of somebody else is gone"
    verified = run("verify", out)
    if fresh and not (out / "manifest.json").exists():
        left = [p.name for p in out.iterdir() if not p.name.startswith(".")] if out.exists() else []
        return "none" if not left else "without a manifest: " + " ".join(left)
    if verified.returncode != 0:
        return verified.stderr.decode()
    if any(p.name.startswith(".amaneku-published") for p in out.iterdir()):
        return "not completed"
    state = "new" if json.loads((out / "summary.json").read_text())["scenario"]["name"] == "New" else "old"
    files = {p.name for p in out.iterdir() if not p.name.startswith(".")}
    wanted = {p.name for p in (folder / "old").iterdir()} - ({"notes.txt"} if fresh else set())
    return state if files == wanted else f"{state} with {sorted(files ^ wanted)}"


def main():
    folder = pathlib.Path(sys.argv[1] if len(sys.argv) > 1 else tempfile.mkdtemp())
    prepared(folder)
    states = collections.Counter()
    for call, n in kills(folder, CALLS):
        state = state_after(folder, call, n)
        states[state] += 1
        if state not in ("old", "new"):
            print(call, n, state)
    print(dict(states))
    return 0 if set(states) <= {"old", "new"} else 1


if __name__ == "__main__":
    sys.exit(main())
