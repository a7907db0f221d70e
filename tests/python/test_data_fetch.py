"""`amaneku data`: fetched once, resumed, checked; against a local server with the formats of the real ones."""

from __future__ import annotations

import json
import pathlib
import resource
import signal
import subprocess
import sys
import time

import numpy as np
import pytest
from data_server import CODE, EAST, KSJ, LAND_USE, NORTH, SOUTH, WEST, World, dbf, zipped

import amaneku as am
from amaneku import data

ASKED = data.Request(municipality=CODE, layers=("dem", "people", "boundaries", "roads"), margin_m=500.0)
QUICK = data.Manners(attempts=3, wait_s=0.01, timeout_s=5.0)


@pytest.fixture
def server():
    world = World()
    yield world
    world.close()


def fetched(world: World, folder: pathlib.Path, request: data.Request = ASKED, **more) -> data.Outcome:
    mirrored = data.Request(**{**request.__dict__, "base_url": world.url})
    return data.fetch(folder, mirrored, manners=QUICK, **more)


def told(folder: pathlib.Path) -> dict:
    return json.loads((folder / "data.json").read_text(encoding="utf-8"))


def files_below(folder: pathlib.Path) -> list[str]:
    return sorted(str(p.relative_to(folder)) for p in folder.rglob("*") if p.is_file() and p.name[0] != ".")


def command(folder: pathlib.Path, world: World, *more: str) -> list[str]:
    asked = ["--municipality", CODE, "--layers", "dem,people,boundaries,roads", "--margin-m", "500"]
    start = [sys.executable, "-m", "amaneku", "data", "fetch", "--to", str(folder)]
    return [*start, *asked, "--base-url", world.url, *more]


def test_a_town_comes_whole_and_comes_once(server, tmp_path):
    outcome = fetched(server, tmp_path)
    assert outcome.complete
    assert outcome.fetched + outcome.absent == outcome.wanted == len(server.asked)
    assert outcome.at_hand == 0
    assert server.most_at_once <= 2
    assert all(agent.startswith("amaneku/") for agent in server.agents)
    manifest = told(tmp_path)
    named = {name for entry in manifest["entries"] for name in entry["files"]}
    assert sorted([*named, "data.json"]) == files_below(tmp_path)
    assert "boundaries/ksj_n03/N03-20240101_30.geojson" in named
    assert "roads/ksj_n13/N13-24_5035.geojson" in named
    assert "people/estat_mesh_500m/tblT001141H5035.txt" in named
    kinds = {name.split("/")[1] for name in named if name.startswith("dem/")}
    assert kinds == {"gsi_dem5a", "gsi_dem10b"}
    assert manifest["area"]["bbox_deg"] == [WEST, SOUTH, EAST, NORTH]
    assert manifest["municipalities"][CODE]["name"] == "太地町"
    assert "国土地理院" in manifest["sources"]["gsi_dem5a"]["credit_ja"]

    server.reset()
    before = (tmp_path / "data.json").read_bytes()
    again = fetched(server, tmp_path)
    assert server.asked == []
    assert again.at_hand == again.wanted == outcome.wanted
    assert (tmp_path / "data.json").read_bytes() == before


def test_where_the_servers_have_nothing_it_is_said(server, tmp_path):
    seoul = data.Request(bbox_deg=(126.97, 37.55, 126.98, 37.56), layers=("dem", "people"), margin_m=0.0)
    outcome = fetched(server, tmp_path, seoul)
    # The hills of this server go round the Earth; its people do not.
    assert [failure.split(":")[0] for failure in outcome.failures] == ["people"]
    assert not outcome.complete


def test_offline_when_all_is_there(server, tmp_path):
    fetched(server, tmp_path)
    nowhere = data.Request(**{**ASKED.__dict__, "base_url": "http://127.0.0.1:9"})
    assert data.fetch(tmp_path, nowhere, manners=QUICK).complete


def test_killed_in_the_middle_only_the_rest_is_fetched(server, tmp_path):
    server.delay_s = 0.03
    process = subprocess.Popen(command(tmp_path, server), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    limit = time.monotonic() + 60
    while len(server.served) < 12 and time.monotonic() < limit:
        time.sleep(0.01)
    process.send_signal(signal.SIGKILL)
    process.wait()
    time.sleep(0.2)  # answers under way
    first = server.counts()
    assert len(server.served) >= 12
    assert not (tmp_path / "data.json").exists()

    server.reset()
    server.delay_s = 0.0
    outcome = fetched(server, tmp_path)
    assert outcome.complete
    second = server.counts()
    assert len(first) + len(second) >= outcome.wanted
    assert len(first & second) <= 3  # two were under way, one was not yet noted
    assert set(first) | set(second) == {*first, *second}
    assert len(set(first) | set(second)) == outcome.wanted
    assert sum(len(entry["files"]) for entry in told(tmp_path)["entries"]) + 1 == len(files_below(tmp_path))


def test_half_a_file_is_continued_where_it_broke_off(server, tmp_path):
    server.tricks["N03-20240101_30"] = ["half"]
    assert fetched(server, tmp_path).complete
    asked = [asked for path, asked in server.ranges if "N03" in path]
    assert asked[0] is None
    assert asked[1].startswith("bytes=")
    assert len(asked) == 2


def test_a_file_that_changed_meanwhile_is_fetched_anew(server, tmp_path):
    part = tmp_path / "boundaries" / "ksj_n03" / "N03-20240101_30_GML.zip.part"
    part.parent.mkdir(parents=True)
    part.write_bytes(b"of another edition")
    url = f"{server.url}/{KSJ}/ksj/gml/data/N03/N03-2024/N03-20240101_30_GML.zip"
    part.with_name(part.name + ".json").write_text(json.dumps({"url": url, "tag": '"old"'}))
    assert fetched(server, tmp_path).complete
    assert told(tmp_path)["municipalities"][CODE]["name"] == "太地町"
    assert not list(tmp_path.rglob("*.part*"))


def test_a_server_without_ranges_sends_it_all_again(server, tmp_path):
    server.tricks["N03-20240101_30"] = ["half", "no ranges"]
    assert fetched(server, tmp_path).complete


@pytest.mark.parametrize("code", ["429", "500", "503"])
def test_a_busy_server_is_asked_again(server, tmp_path, code):
    server.tricks["statmap"] = [code, code]
    assert fetched(server, tmp_path).complete
    assert sum("statmap" in path for path in server.asked) == 3


def test_a_server_that_stays_busy_is_left_alone(server, tmp_path):
    server.tricks["dem_png"] = ["503"] * 1000
    outcome = fetched(server, tmp_path)
    assert not outcome.complete
    # Both threads may be at their last one when the third failure is noted.
    assert sum("dem_png" in path for path in server.asked) <= 4 * QUICK.attempts
    assert {"boundaries", "people", "roads"} <= {name.split("/")[0] for name in files_below(tmp_path)}
    server.tricks.clear()
    server.reset()
    assert fetched(server, tmp_path).complete
    assert not any("statmap" in path or "ksj" in path for path in server.asked)


def test_a_server_that_is_down(tmp_path):
    world = World()
    world.close()
    outcome = data.fetch(tmp_path, data.Request(**{**ASKED.__dict__, "base_url": world.url}), manners=QUICK)
    assert "cannot be reached" in outcome.failures[0]
    assert files_below(tmp_path) == ["data.json"]
    assert not outcome.complete


def test_redirects_are_followed_within_http(server, tmp_path):
    server.tricks["N13-24"] = [f"to {server.url}/{KSJ}/elsewhere/N13-24_5035_GEOJSON.zip"]
    assert fetched(server, tmp_path).complete
    assert "roads/ksj_n13/N13-24_5035.geojson" in files_below(tmp_path)


@pytest.mark.parametrize("address", ["file:///etc/passwd", "ftp://127.0.0.1/x"])
def test_redirects_out_of_http_are_not(server, tmp_path, address):
    server.tricks["N13-24"] = [f"to {address}"]
    outcome = fetched(server, tmp_path)
    assert len(outcome.failures) == 1
    assert address in outcome.failures[0]


def test_endless_redirects_end(server, tmp_path):
    server.tricks["N13-24"] = [f"to {server.url}/{KSJ}/N13-24_5035_GEOJSON.zip"] * 100
    assert len(fetched(server, tmp_path).failures) == 1
    assert sum("N13-24" in path for path in server.asked) < 40


@pytest.mark.parametrize("part", ["N13-24", "dem5a_png", "statmap"])
def test_a_page_instead_of_data_is_told(server, tmp_path, part):
    server.tricks[part] = ["page"]
    outcome = fetched(server, tmp_path)
    assert "has the address changed?" in outcome.failures[0]
    assert not any(b"<html" in (tmp_path / name).read_bytes() for name in files_below(tmp_path))


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (zipped({"other.txt": b"x"}), "holds none of"),
        (zipped({"a\\N13.geojson": b"{}", "b/N13.geojson": b"{}"}), "have one name"),
        (zipped({"zeros.geojson": bytes(40_000_000)}), "packed more than"),
        (zipped({"a.geojson": b"x" * 1000})[:-30], "no whole zip"),
    ],
    ids=["nothing of it", "twice one name", "bomb", "half"],
)
def test_zips_that_are_not_what_they_should_be(server, tmp_path, content, words):
    server.changed["N13-24"] = content
    outcome = fetched(server, tmp_path)
    assert len(outcome.failures) == 1
    assert words in outcome.failures[0]
    assert not (tmp_path / "roads" / "ksj_n13" / "N13.geojson").exists()


def test_names_in_a_zip_lead_nowhere(server, tmp_path):
    server.changed["N13-24"] = zipped({"..\\..\\..\\evil.geojson": b"{}"})
    assert fetched(server, tmp_path / "data").complete
    assert (tmp_path / "data" / "roads" / "ksj_n13" / "evil.geojson").is_file()
    assert not list(tmp_path.glob("evil*"))


def test_a_wrong_checksum_is_never_kept(server, tmp_path):
    table = tmp_path / "mine.toml"
    table.write_text('[source.ksj_n13]\nlike = "ksj_n13"\nsha256 = "00"\n')
    outcome = fetched(server, tmp_path / "data", source_files=[table])
    assert "SHA-256" in outcome.failures[0]
    assert not (tmp_path / "data" / "roads" / "ksj_n13" / "N13-24_5035.geojson").exists()


def test_a_full_disk_keeps_what_was_fetched(server, tmp_path):
    """No file may be larger than 20 kB: the boundaries, small, come; a tile of heights does not fit."""
    most = 20_000

    def small_files() -> None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (most, most))

    done = subprocess.run(
        command(tmp_path, server), capture_output=True, text=True, preexec_fn=small_files, check=False
    )
    assert done.returncode == 1, done.stderr
    assert "the disk is full" in done.stderr
    assert "boundaries/ksj_n03/N03-20240101_30.geojson" in files_below(tmp_path)
    server.reset()
    assert fetched(server, tmp_path).complete
    assert not any("N03" in path for path in server.asked)


def test_what_was_changed_is_found_and_fetched_again(server, tmp_path):
    fetched(server, tmp_path)
    tile = next((tmp_path / "dem" / "gsi_dem10b").rglob("*.png"))
    whole = tile.read_bytes()
    tile.write_bytes(whole[:-1] + b"!")
    verify = [sys.executable, "-m", "amaneku", "data", "verify", str(tmp_path)]
    bad = subprocess.run(verify, capture_output=True, text=True, check=False)
    assert bad.returncode == 1
    assert str(tile.relative_to(tmp_path)) in bad.stderr
    server.reset()
    tile.unlink()
    assert fetched(server, tmp_path).fetched == 1
    assert len(server.asked) == 1
    assert tile.read_bytes() == whole
    good = subprocess.run(verify, capture_output=True, text=True, check=False)
    assert good.returncode == 0, good.stderr


def test_a_line_of_the_journal_that_broke_off_counts_for_nothing(server, tmp_path):
    fetched(server, tmp_path)
    lines = [json.dumps(entry) for entry in told(tmp_path)["entries"]]
    (tmp_path / "data.json").unlink()
    (tmp_path / ".data.jsonl").write_text("\n".join(lines[:-1]) + "\n" + lines[-1][:40])
    server.reset()
    assert fetched(server, tmp_path).complete
    assert len(server.asked) <= 1  # its file may still be there
    assert len(told(tmp_path)["entries"]) == len(lines)


def test_one_folder_takes_several_towns(server, tmp_path):
    fetched(server, tmp_path)
    server.reset()
    more = data.Request(municipality="304212", layers=("people", "boundaries"), margin_m=0.0)
    assert fetched(server, tmp_path, more).complete
    assert server.asked == []
    assert set(told(tmp_path)["municipalities"]) == {CODE, "30421"}


def test_two_at_once_do_not_tear_each_other(server, tmp_path):
    server.delay_s = 0.05
    process = subprocess.Popen(
        command(tmp_path, server), stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True
    )
    limit = time.monotonic() + 60
    while not server.asked and time.monotonic() < limit:
        time.sleep(0.01)
    with pytest.raises(am.InputError, match="another fetch"):
        fetched(server, tmp_path)
    server.delay_s = 0.0
    _, errors = process.communicate()
    assert process.returncode == 0, errors


def test_a_dry_run_asks_nobody_and_writes_nothing(server, tmp_path):
    folder = tmp_path / "none"
    outcome = fetched(server, folder, dry_run=True)
    assert not outcome.area_known
    assert list(outcome.by_source) == ["ksj_n03"]
    assert server.asked == []
    assert not folder.exists()
    fetched(server, folder, data.Request(municipality=CODE, layers=("boundaries",)))
    server.reset()
    outcome = fetched(server, folder, dry_run=True)
    assert outcome.area_known
    assert outcome.by_source["gsi_dem5a"][0] > 10
    assert outcome.bytes > 1_000_000
    assert server.asked == []


def test_land_use_becomes_heights_of_clutter(server, tmp_path):
    assert fetched(server, tmp_path, data.Request(municipality=CODE, layers=("landcover",))).complete
    grid = tmp_path / "landcover" / "ksj_l03b" / "clutter_height_5035.asc"
    head = dict(line.split() for line in grid.read_text().splitlines()[:7])
    values = np.loadtxt(grid, skiprows=7)
    expected = {"0500": 15.0, "0700": 10.0, "0100": 0.0}
    for mesh, use in LAND_USE.items():
        third = am.mesh_decode(mesh[:8])
        # Tenths of the third mesh: northwards the ninth digit, eastwards the tenth.
        south = third.south_deg + int(mesh[8]) / 1200
        west = third.west_deg + int(mesh[9]) / 800
        column = (west + 1 / 1600 - float(head["xllcorner"])) / float(head["dx"])
        row = 800 - (south + 1 / 2400 - float(head["yllcorner"])) / float(head["dy"])
        assert values[int(row), int(column)] == expected[use]
    assert (values != -9999).sum() == len(LAND_USE)


@pytest.mark.parametrize(
    ("rows", "words"),
    [
        ([("5035710000", "9999")], "is not known"),
        ([("503571000", "0500")], "no mesh of ten digits"),
        ([("5035910000", "0500")], "does not exist"),
        ([("5035710000", "0500"), ("5036710000", "0500")], "first meshes"),
    ],
)
def test_land_use_of_another_kind_is_refused(server, tmp_path, rows, words):
    server.changed["L03-b"] = zipped({"L03-b-21_5035.dbf": dbf([("L03b_001", 10), ("L03b_002", 4)], rows)})
    outcome = fetched(server, tmp_path, data.Request(municipality=CODE, layers=("landcover",)))
    assert words in outcome.failures[0]


def test_a_folder_that_cannot_be_made(server, tmp_path):
    (tmp_path / "file").write_text("in the way")
    done = subprocess.run(command(tmp_path / "file", server), capture_output=True, text=True, check=False)
    assert done.returncode == 2
    assert "file" in done.stderr
    assert "Traceback" not in done.stderr
    assert server.asked == []
