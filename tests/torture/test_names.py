"""Names that no file can have are the user's mistake, told in one line, never an internal error."""

import pytest
from world import make_world, run

LONG = "a" * 300
LONGEST = "a" * 5000
DEEP = "a/" * 3000
NAMES = {"empty": "", "long": LONG, "longest": LONGEST, "deep": DEEP}
PLACE = ["--at", "138.53,35.525"]


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    folder = tmp_path_factory.mktemp("names")
    make_world(folder / "plan")
    assert run("run", folder / "plan", "-o", folder / "out").returncode == 0
    return folder


@pytest.mark.parametrize("name", NAMES)
def test_names_that_cannot_be(folder, name):
    given = NAMES[name]
    commands = {
        "output": ["run", folder / "plan", "-o", given],
        "scenario": ["run", given, "-o", folder / "new"],
        "check": ["check", given],
        "verify": ["verify", given],
        "explain": ["explain", given, *PLACE],
        "demo": ["demo", "-o", given],
        "steiner": ["solve", "steiner", given],
    }
    if given:
        commands["of scenario"] = ["explain", folder / "out", *PLACE, "--scenario", given]
        commands["picture"] = ["explain", folder / "out", *PLACE, "-o", given + ".svg"]
        commands["technologies"] = ["technologies", given]
    for what, command in commands.items():
        outcome = run(*command, cwd=folder)
        text = outcome.stderr.decode(errors="replace")
        assert outcome.returncode == 2 and text.count("\n") == 1, (what, outcome.returncode, text[-300:])
        assert "internal error" not in text and "filesystem error" not in text, (what, text[-300:])
    assert sorted(p.name for p in folder.iterdir()) == ["out", "plan"]


def test_the_longest_names_that_can_be(folder):
    out = folder / ("b" * 255)
    outcome = run("run", folder / "plan", "-o", out)
    assert outcome.returncode == 0, outcome.stderr
    assert run("verify", out).returncode == 0


def test_paths_in_a_scenario(folder, tmp_path):
    for name in (LONG, LONGEST, DEEP, "dem.tif/", "dem.tif/x"):
        world = make_world(tmp_path / "plan")
        text = (world / "scenario.toml").read_text().replace("dem.tif", name)
        (world / "scenario.toml").write_text(text)
        outcome = run("check", world)
        assert outcome.returncode == 2, (name[:20], outcome.stderr)
        assert b"internal error" not in outcome.stderr and b"scenario.toml:8:" in outcome.stderr, outcome.stderr


def test_a_folder_that_cannot_be_looked_into(folder, tmp_path):
    (tmp_path / "file").write_text("mine")
    for given in (tmp_path / "file", tmp_path / "file" / "below", "/dev/null/x", "/proc/1/x", "/sys/x"):
        outcome = run("run", folder / "plan", "-o", given)
        text = outcome.stderr.decode(errors="replace")
        assert outcome.returncode == 2 and "internal error" not in text, (given, text)
        assert ".amaneku-partial" not in text, text
    assert (tmp_path / "file").read_text() == "mine"
