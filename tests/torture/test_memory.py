"""Memory is refused beforehand, --memory is kept, and where the system has none left nothing is half written."""

import re

import pytest
from memory import MIB, outcome_under
from world import make_world, peak, run


def test_a_budget_that_is_too_small_is_refused_with_what_would_fit(tmp_path):
    world = make_world(tmp_path / "plan")
    fine = ["--set", "scenario.grid_m=1"]
    for command in (["check", world, *fine], ["run", world, "-o", tmp_path / "out", *fine]):
        outcome = run(*command, "--memory", "400M")
        text = outcome.stderr.decode()
        assert outcome.returncode == 2 and text.count("\n") == 1, text
        assert re.search(r"--memory = 400 MiB: the plan needs about [0-9.]+ (MiB|GiB) of memory", text), text
        assert not (tmp_path / "out").exists()
    grid_m = re.search(r"scenario\.grid_m = ([0-9.]+) fits", text).group(1)
    fits = run("check", world, "--set", f"scenario.grid_m={grid_m}", "--memory", "400M")
    assert fits.returncode == 0, fits.stderr
    finer = run("check", world, "--set", f"scenario.grid_m={0.9 * float(grid_m)}", "--memory", "400M")
    assert finer.returncode == 2
    outcome = run("check", world, "--memory", "1M")
    assert outcome.returncode == 2
    assert b"at least" in outcome.stderr
    for wrong in ("4X", "-1", "", "lots"):
        assert run("check", world, "--memory", wrong).returncode == 2


def test_a_budget_is_kept(tmp_path):
    world = make_world(tmp_path / "plan")
    plan = ["run", world, "-o", tmp_path / "out", "--set", "scenario.grid_m=3", "--threads", 2]
    code, _, used, error = peak(*plan, "--memory", "320M")
    assert code == 0, error
    assert used <= 320 * 1.05
    assert run("verify", tmp_path / "out").returncode == 0


def test_the_estimate_is_no_less_than_what_is_used(tmp_path):
    world = make_world(tmp_path / "plan")
    for settings in (
        ["--set", "scenario.grid_m=3"],
        ["--set", "scenario.grid_m=4", "--set", 'output.path_loss="never"'],
    ):
        told = run("check", world, *settings).stdout.decode()
        estimate = float(re.search(r"([0-9]+) MiB of memory", told).group(1))
        code, _, used, error = peak("run", world, "-o", tmp_path / "out", *settings)
        assert code == 0, error
        assert used <= 1.05 * estimate, (used, estimate)


@pytest.mark.parametrize("limit_mib", [120, 244, 252, 260, 300, 340, 420, 500, 700])
def test_little_address_space(tmp_path, limit_mib):
    world = make_world(tmp_path / "plan")
    assert outcome_under(world, tmp_path / "out", limit_mib * MIB) in ("done", "refused")


def test_threads_that_the_system_has_no_room_for(tmp_path):
    world = make_world(tmp_path / "plan")
    out = tmp_path / "out"
    many = run("run", world, "-o", out, "--threads", 4096, memory_bytes=800 * MIB)
    assert many.returncode in (0, 2), many.stderr
    if many.returncode == 2:
        assert b"threads = " in many.stderr and b"at most" in many.stderr, many.stderr
    for wrong in (4097, 10**9, -1, "x"):
        outcome = run("run", world, "-o", out, "--threads", wrong)
        assert outcome.returncode == 2
        assert b"internal error" not in outcome.stderr
