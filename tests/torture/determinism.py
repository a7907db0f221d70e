"""The same plan under other circumstances: what differs of its files is what should not."""

import hashlib
import os
import pathlib
import shutil

from world import run

TIMING = "timing.json"


def hashes(folder):
    """SHA-256 of every file but the one of the times, hidden ones too."""
    return {
        path.name: hashlib.sha256(path.read_bytes()).hexdigest()
        for path in pathlib.Path(folder).iterdir()
        if path.name != TIMING
    }


def circumstances(plan, elsewhere):
    """(name, scenario as named, current folder, variables, threads); `elsewhere` becomes a copy of the plan."""
    plan = pathlib.Path(plan).resolve()
    elsewhere = pathlib.Path(elsewhere).resolve()
    shutil.copytree(plan, elsewhere)
    link = elsewhere.parent / "link"
    link.symlink_to(plan)
    toml = plan / "scenario.toml"
    yield "1 thread, absolute path", toml, "/", {}, 1
    yield "2 threads, from its folder", ".", plan, {}, 2
    yield "3 threads, from above", f"{plan.name}/scenario.toml", plan.parent, {}, 3
    yield "8 threads, with ..", f"{plan}/../{plan.name}/./scenario.toml", "/", {}, 8
    yield "by a link", link, "/", {}, 2
    yield "another folder", elsewhere, "/", {}, 2
    yield "another user", toml, "/", {"HOME": "/nonexistent", "USER": "other", "LOGNAME": "other"}, 2
    for name in ("C", "de_DE.UTF-8", "ja_JP.UTF-8", "ja_JP.eucJP", "tr_TR.UTF-8"):
        yield f"locale {name}", toml, "/", {"LC_ALL": name, "LANG": name}, 2
    yield "another time zone", toml, "/", {"TZ": "Pacific/Kiritimati"}, 2
    yield "small stacks and arenas", toml, "/", {"MALLOC_ARENA_MAX": "1", "MALLOC_PERTURB_": "165"}, 2
    yield "OpenMP told otherwise", toml, "/", {"OMP_SCHEDULE": "static", "OMP_NUM_THREADS": "1"}, 4


def differences(plan, folder, settings=()):
    """{circumstance: files that differ from those of the first}; `folder` is for the results."""
    folder = pathlib.Path(folder)
    folder.mkdir(parents=True)
    first = None
    found = {}
    for i, (name, scenario, where, variables, threads) in enumerate(
        circumstances(plan, folder / "a b" / "計画" / "copy")
    ):
        out = folder.resolve() / f"out{i}"
        options = [part for setting in settings for part in ("--set", setting)]
        outcome = run(
            "run", scenario, "-o", out, "--threads", threads, *options,
            cwd=where, env=os.environ | variables, timeout=600,
        )  # fmt: skip
        if outcome.returncode != 0:
            found[name] = [f"exit code {outcome.returncode}: {outcome.stderr.decode(errors='replace')}"]
            continue
        made = hashes(out)
        first = first or made
        found[name] = sorted(n for n in first.keys() | made.keys() if first.get(n) != made.get(n))
        shutil.rmtree(out)
    return found
