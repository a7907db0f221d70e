"""A run that is killed leaves its folder entirely as it was, or entirely new."""

import fcntl
import os
import shutil
import subprocess

import pytest
from kill import STRACE, kills, prepared, state_after
from world import PROGRAM, make_world, run

needs_strace = pytest.mark.skipif(STRACE is None, reason="strace is missing")


@needs_strace
def test_killed_while_it_publishes(tmp_path):
    prepared(tmp_path)
    states = {}
    # The short form: every third call that gives, takes or secures a name. kill.py has them all.
    for call, n in kills(tmp_path, ("rename", "unlink", "unlinkat", "rmdir", "fsync"), every=5):
        states[(call, n)] = state_after(tmp_path, call, n)
    assert set(states.values()) <= {"old", "new"}, states
    assert {"old", "new"} == set(states.values()), states


@needs_strace
def test_killed_in_a_new_folder(tmp_path):
    prepared(tmp_path)
    for call, n in kills(tmp_path, ("rename",), every=9):
        assert state_after(tmp_path, call, n, fresh=True) in ("none", "new")


def test_leftovers_of_killed_runs_go(tmp_path):
    world = make_world(tmp_path / "plan")
    out = tmp_path / "out"
    assert run("run", world, "-o", out).returncode == 0
    (out / ".amaneku-partial-abcdef").mkdir()
    (out / ".amaneku-partial-abcdef" / "result.h5").write_text("half")
    (out / "notes.txt").write_text("mine")
    (tmp_path / "elsewhere").mkdir()
    (out / ".amaneku-partial-linked").symlink_to(tmp_path / "elsewhere")
    assert run("run", world, "-o", out).returncode == 0
    assert not (out / ".amaneku-partial-abcdef").exists()
    assert (out / "notes.txt").read_text() == "mine"
    assert (tmp_path / "elsewhere").is_dir()
    assert run("verify", out).returncode == 0


def test_two_runs_into_one_folder(tmp_path):
    world = make_world(tmp_path / "plan")
    out = tmp_path / "out"
    out.mkdir()
    held = os.open(out, os.O_RDONLY)
    fcntl.flock(held, fcntl.LOCK_EX)
    outcome = run("run", world, "-o", out)
    assert outcome.returncode == 2
    assert b"another run of amaneku is writing" in outcome.stderr
    os.close(held)
    runs = [
        subprocess.Popen(
            [PROGRAM, "run", world, "-o", out, "--set", f"scenario.name=Run {i}"],
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
        )
        for i in range(3)
    ]
    codes = [(p.wait(), p.stderr.read()) for p in runs]
    assert any(code == 0 for code, _ in codes)
    assert all(code == 0 or (code == 2 and b"another run" in text) for code, text in codes), codes
    assert run("verify", out).returncode == 0


def test_verify_names_what_is_wrong(tmp_path):
    world = make_world(tmp_path / "plan")
    out = tmp_path / "out"
    assert run("run", world, "-o", out).returncode == 0
    good = run("verify", out)
    assert good.returncode == 0
    assert b"files" in good.stdout
    for name, change in (
        ("report.html", lambda p: p.write_bytes(p.read_bytes() + b" ")),
        ("rsrp_dbm.tif", lambda p: p.write_bytes(b"X" + p.read_bytes()[1:])),
        ("result.h5", lambda p: p.unlink()),
        ("manifest.json", lambda p: p.write_text("{}")),
    ):
        copy = tmp_path / "copy"
        shutil.rmtree(copy, ignore_errors=True)
        shutil.copytree(out, copy)
        change(copy / name)
        bad = run("verify", copy)
        assert bad.returncode == 2 and name.encode() in bad.stderr and bad.stderr.count(b"\n") == 1, bad.stderr
    other = tmp_path / "other"
    assert run("run", world, "-o", other, "--set", "scenario.name=Other").returncode == 0
    shutil.copy(other / "result.h5", out / "result.h5")
    mixed = run("explain", out, "--at", "138.53,35.525")
    assert mixed.returncode == 2
    assert b"of another run" in mixed.stderr
    assert run("verify", tmp_path / "plan").returncode == 2


def test_the_same_plan_has_the_same_manifest(tmp_path):
    world = make_world(tmp_path / "plan")
    texts = []
    for i in range(2):
        assert run("run", world, "-o", tmp_path / str(i), "--threads", 1 + i).returncode == 0
        texts.append((tmp_path / str(i) / "manifest.json").read_bytes())
    assert texts[0] == texts[1]


@needs_strace
@pytest.mark.parametrize("call", ["rename", "fsync"])
def test_errors_of_the_disk_are_errors(tmp_path, call):
    prepared(tmp_path)
    for name, n in kills(tmp_path, (call,), every=11):
        state = state_after(tmp_path, name, n, inject="error=EIO")
        assert state in ("old", "new")
