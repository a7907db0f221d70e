#!/usr/bin/env python3
"""The long form of this folder, with a table of what it found: torture.py [--every N] [SECTION...].

`--every N` takes each N-th kill and error only. Exit code 1 where anything failed. docs/reliability.md has the table
of the last run.
"""

import argparse
import collections
import os
import pathlib
import re
import subprocess
import sys
import tempfile
import time

import determinism
import io_errors
import kill
import memory
import payloads
from world import make_world, run

HERE = pathlib.Path(__file__).parent


def killed(folder, every):
    """A run is killed at its calls that change the disk, over an earlier result."""
    kill.prepared(folder)
    states = collections.Counter(
        kill.state_after(folder, call, n) for call, n in kill.kills(folder, kill.CALLS, every)
    )
    return states, set(states) <= {"old", "new"}


def killed_at_random(folder, every):
    """The same at random times of its life."""
    kill.prepared(folder)
    states = kill.at_random(folder, 500 // every)
    return states, set(states) <= {"old", "new"}


def disk_errors(folder, every):
    """EIO and ENOSPC at each write, fsync and rename, once and for ever."""
    kill.prepared(folder)
    states = io_errors.failed_writes(folder, every)
    return states, set(states) <= {"old", "new"}


def read_errors(folder, every):
    """EIO at each read of an input."""
    kill.prepared(folder)
    states = io_errors.failed_reads(folder, ("scenario.toml", "dem.tif", "people.csv"), 1)
    return states, set(states) <= {"refused", "same"}


def same_bytes(folder, every):
    """Threads, folders, spellings, users, locales, time zones: every file but timing.json."""
    outcome = run("demo", "-o", folder / "demo", "--set", "scenario.grid_m=300", "--set", "coverage.radius_m=5000",
                  "--progress", "none", timeout=600)  # fmt: skip
    assert outcome.returncode == 0, outcome.stderr
    settings = ("scenario.grid_m=300", "coverage.radius_m=5000")
    found = determinism.differences(folder / "demo" / "region", folder / "results", settings)
    states = collections.Counter("differs: " + name if files else "same" for name, files in found.items())
    return states, set(states) == {"same"}


def little_memory(folder, every):
    """Address space of 100 to 1500 MiB in steps of 20."""
    states = memory.sweep(make_world(folder / "plan"), folder / "out", range(100, 1500, 20 * every))
    return states, set(states) <= {"done", "refused"}


def budgets(folder, every):
    """--memory on 20 plans: kept within 5 %, or refused beforehand."""
    rows = memory.budgets(folder)
    over = [row for row in rows if row[3] > 1.05 * row[1]]
    states = collections.Counter("kept" if code == 0 else f"refused ({code})" for _, _, code, _ in rows)
    states[f"over by more than 5 %: {over}"] += len(over)
    return +states, not over


def texts(folder, every):
    """Hostile texts in every field, in HTML, KML, QML, CSV and on the terminal; pages in Chromium where it is there."""
    harmless, code, text = payloads.planned(folder / "harmless", "harmless " + payloads.MARK)
    assert code == 0, text
    states = collections.Counter()
    for i, payload in enumerate(payloads.PAYLOADS):
        out, code, text = payloads.planned(folder / str(i), payload)
        if code == 2:
            states["refused"] += 1
            continue
        found = payloads.faults(out, harmless) if code == 0 else [f"exit code {code}: {text}"]
        shown = payloads.asked_in_browser(out / "report.html") if code == 0 and i % every == 0 else None
        if shown is not None:
            states["in Chromium"] += 1
            if shown[0] == payloads.MARK or shown[1] > 0:
                found.append(f"the page ran it: {shown}")
        states["a text" if not found else f"{payload!r}: {found}"] += 1
    return states, set(states) <= {"refused", "a text", "in Chromium"}


def short_forms(folder, every):
    """The tests of ./run test in this folder: doors, foreign results, bombs, names, limits."""
    outcome = subprocess.run(
        [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", str(HERE)],
        capture_output=True,
        text=True,
        check=False,
    )
    count = {word: int(n) for n, word in re.findall(r"(\d+) (passed|failed|skipped|error)", outcome.stdout)}
    if outcome.returncode != 0:
        print(outcome.stdout, file=sys.stderr)
    return collections.Counter(count), outcome.returncode == 0


SECTIONS = {
    "kill": killed,
    "kill-random": killed_at_random,
    "disk": disk_errors,
    "reads": read_errors,
    "bytes": same_bytes,
    "memory": little_memory,
    "budget": budgets,
    "texts": texts,
    "tests": short_forms,
}


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--every", type=int, default=1, metavar="N")
    parser.add_argument("sections", nargs="*", metavar="SECTION", help=", ".join(SECTIONS))
    given = parser.parse_args()
    unknown = set(given.sections) - set(SECTIONS)
    if unknown:
        parser.error(f"no section {', '.join(sorted(unknown))}")
    os.environ.setdefault("PYTHONDONTWRITEBYTECODE", "1")
    failed = []
    print("| what | cases | outcome | s |\n|---|---|---|---|", flush=True)
    for name in given.sections or SECTIONS:
        section = SECTIONS[name]
        start = time.monotonic()
        with tempfile.TemporaryDirectory() as folder:
            states, good = section(pathlib.Path(folder).resolve(), given.every)
        if not good:
            failed.append(name)
        told = ", ".join(f"{count} {state}" for state, count in sorted(states.items()))
        cases = sum(states.values())
        print(f"| {section.__doc__} | {cases} | {told} | {time.monotonic() - start:.0f} |", flush=True)
    print("failed: " + ", ".join(failed) if failed else "nothing failed", flush=True)
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
