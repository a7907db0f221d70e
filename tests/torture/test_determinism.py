"""A result depends on its inputs alone: not on threads, folders, spellings, users, locales or times."""

import json

from determinism import differences
from world import make_world, run


def test_the_same_bytes_under_all_circumstances(tmp_path):
    world = make_world(tmp_path / "plan")
    with (world / "scenario.toml").open("a") as out:
        out.write(
            '[licence]\ncover_dbm = -84.6\ncoordination_dbm = -91.0\n[[places]]\npath = "people.csv"\nname_field = "population"\n'
        )
    found = differences(world, tmp_path / "results")
    assert len(found) >= 15
    assert not {name: files for name, files in found.items() if files}


def test_no_result_says_where_its_inputs_lay(tmp_path):
    world = make_world(tmp_path / "a place of my own" / "plan")
    (world / "dem.asc").write_text(  # no no-data value: a warning names the file
        "ncols 100\nnrows 80\nxllcorner 138.48\nyllcorner 35.49\ncellsize 0.001\n"
        + "\n".join(" ".join(["0"] * 100) for _ in range(80))
    )
    (world / "dem.prj").write_text("EPSG:4326")
    text = (world / "scenario.toml").read_text().replace("dem.tif", "dem.asc")
    (world / "scenario.toml").write_text(
        text.replace('dem.asc"', 'dem.asc"\ncrs = "EPSG:4326"')
        + "[licence]\ncover_dbm = -84.6\ncoordination_dbm = -91.0\n"
    )
    out = tmp_path / "out"
    outcome = run("run", world, "-o", out)
    assert outcome.returncode == 0, outcome.stderr
    named = [p.name for p in out.iterdir() if b"a place of my own" in p.read_bytes()]
    assert set(named) <= {"timing.json"}, named
    warnings = json.loads((out / "summary.json").read_text())["warnings"]
    assert any(w["message"].startswith("dem.asc: ") for w in warnings), warnings


def test_explain_finds_the_scenario_again(tmp_path):
    world = make_world(tmp_path / "plan")
    out = tmp_path / "deep" / "below" / "out"
    assert run("run", world, "-o", out).returncode == 0
    timing = json.loads((out / "timing.json").read_text())
    assert timing["scenario_file"] == "../../../plan/scenario.toml"
    for where in ("/", world, tmp_path):
        outcome = run("explain", out, "--at", "138.53,35.525", cwd=tmp_path if where == "/" else where)
        assert outcome.returncode == 0, outcome.stderr
    (world / "scenario.toml").write_text((world / "scenario.toml").read_text() + "# other\n")
    outcome = run("explain", out, "--at", "138.53,35.525", cwd=tmp_path)
    assert outcome.returncode == 2
    assert b"has changed since the result was made" in outcome.stderr
    # A result of a stranger cannot have any file opened by that.
    (out / "timing.json").write_text(json.dumps({"scenario_file": "../../../../../../../etc/passwd"}))
    outcome = run("explain", out, "--at", "138.53,35.525", cwd=tmp_path)
    assert outcome.returncode == 2
    assert b"root:" not in outcome.stderr
