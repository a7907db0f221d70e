"""Runs with less and less memory: a plan is whole or refused, and no signal ends it."""

import collections
import json
import pathlib
import shutil
import sys
import tempfile

from world import make_world, peak, run

MIB = 1 << 20


def outcome_under(plan, out, limit_bytes):
    """What a run under a limit of the address space comes to: done, refused, or what is wrong."""
    shutil.rmtree(out, ignore_errors=True)
    outcome = run("run", plan, "-o", out, "--threads", 2, memory_bytes=limit_bytes, timeout=300)
    text = outcome.stderr.decode(errors="replace")
    if outcome.returncode < 0:
        return f"signal {-outcome.returncode}"
    if "internal error" in text or "infinite loop" in text or ".amaneku-partial" in text:
        return text
    if outcome.returncode == 0:
        return "done" if run("verify", out).returncode == 0 else "not whole"
    if outcome.returncode not in (1, 2, 127):  # 127: the libraries do not fit
        return f"exit code {outcome.returncode}"
    left = list(pathlib.Path(out).iterdir()) if pathlib.Path(out).exists() else []
    return "refused" if not left and text.strip() else f"refused, with {left}: {text}"


def sweep(plan, out, limits_mib):
    states = collections.Counter()
    for limit in limits_mib:
        states[outcome_under(plan, out, limit * MIB)] += 1
    return states


def budgets(folder, grids_m=(20, 10, 7, 5, 4, 3, 2.5, 2, 1.7, 1.5), budgets_mib=(150, 300)):
    """[(grid_m, budget, exit code, peak in MiB)] of runs with --memory."""
    plan = make_world(pathlib.Path(folder) / "plan")
    found = []
    for grid_m in grids_m:
        for budget in budgets_mib:
            out = pathlib.Path(folder) / "out"
            code, _, used, _ = peak(
                "run", plan, "-o", out, "--set", f"scenario.grid_m={grid_m}", "--memory", f"{budget}M", timeout=600
            )
            found.append((grid_m, budget, code, used))
    return found


def main():
    folder = pathlib.Path(tempfile.mkdtemp())
    plan = make_world(folder / "plan")
    states = sweep(plan, folder / "out", range(100, 1500, 20))
    print(json.dumps(states))
    kept = budgets(folder)
    for row in kept:
        print(row)
    good = set(states) <= {"done", "refused"} and all(used <= 1.05 * budget for _, budget, _, used in kept)
    return 0 if good else 1


if __name__ == "__main__":
    sys.exit(main())
