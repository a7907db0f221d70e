"""From the code of a municipality to a report, against the local server: data fetch, new, check, run."""

from __future__ import annotations

import csv
import json
import os
import pathlib
import shlex
import shutil
import signal
import subprocess
import sys
import time
import urllib.error
import urllib.request

import numpy as np
import pytest
from data_server import CODE, EAST, KASO_EAST, NORTH, SOUTH, WEST, World, height_asl_m, is_sea, people

import amaneku as am
from amaneku import data
from amaneku.__main__ import program

PROGRAM = program()
pytestmark = pytest.mark.skipif(PROGRAM is None, reason="this package has no program")


def ran(*arguments: str, code: int = 0) -> str:
    done = subprocess.run([str(PROGRAM), *arguments], capture_output=True, text=True, check=False)
    assert done.returncode == code, done.stdout + done.stderr
    return done.stdout + done.stderr


@pytest.fixture(scope="module")
def fetched(tmp_path_factory):
    """All layers of the town, by the command that users type."""
    folder = tmp_path_factory.mktemp("town") / "data"
    world = World()
    layers = "dem,people,boundaries,roads,rail,places,landcover,designations"
    asked = ["--municipality", f"{CODE}1", "--layers", layers, "--margin-m", "1000", "--to", str(folder)]
    command = [sys.executable, "-m", "amaneku", "data", "fetch", *asked, "--base-url", world.url]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    world.close()
    assert done.returncode == 0, done.stderr
    assert "Geospatial Information Authority of Japan" in done.stdout
    return folder


@pytest.fixture
def town(fetched, tmp_path):
    shutil.copytree(fetched, tmp_path / "data")
    return tmp_path / "data"


def sites_of(folder: pathlib.Path) -> list[dict[str, str]]:
    with open(folder / "sites.csv", encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def test_from_a_code_to_a_report(town, tmp_path):
    told = ran("new", "--data", str(town))
    assert "in sight" in told
    ran("check", str(town))
    out = tmp_path / "out"
    ran("run", str(town), "-o", str(out))
    report = (out / "report.html").read_text(encoding="utf-8")
    for credit in (
        "Geospatial Information Authority of Japan",
        "Statistics Bureau of Japan",
        "国土数値情報（行政区域データ）",
        "国土数値情報（道路データ）",
    ):
        assert credit in report
    summary = json.loads((out / "summary.json").read_text(encoding="utf-8"))
    (row,) = [row for row in summary["municipalities"] if row["code"] == CODE]
    assert row["name"].endswith("太地町")
    assert row["population"] == pytest.approx(sum(people().values()), rel=0.02)  # meshes on the border
    assert summary["population"]["covered"] > 0.3 * summary["population"]["total"]
    assert {road["class"] for road in summary["roads"]} >= {"national", "local", "railway"}
    result = am.open_result(out)
    assert result.coverage.rsrp_dbm.shape[0] > 50


def test_from_a_code_to_a_report_in_one_go_killed_and_begun_again(tmp_path):
    """fetch && new && run, killed while it fetches; the same line again fetches the rest and goes on."""
    world = World()
    town, out = tmp_path / "town", tmp_path / "out"
    layers = "dem,people,boundaries,roads"
    fetch = [sys.executable, "-m", "amaneku", "data", "fetch", "--municipality", CODE, "--layers", layers]
    steps = [
        [*fetch, "--margin-m", "500", "--to", str(town), "--base-url", world.url],
        [str(PROGRAM), "new", "--data", str(town)],
        [str(PROGRAM), "run", str(town), "-o", str(out)],
    ]
    line = " && ".join(shlex.join(step) for step in steps)
    try:
        world.delay_s = 0.03
        quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
        process = subprocess.Popen(["sh", "-c", line], start_new_session=True, **quiet)
        limit = time.monotonic() + 60
        while len(world.served) < 12 and time.monotonic() < limit:
            time.sleep(0.01)
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()
        time.sleep(0.2)  # answers under way
        first = set(world.served)
        assert len(first) >= 12
        assert not (town / "scenario.toml").exists()
        world.reset()
        world.delay_s = 0.0
        done = subprocess.run(["sh", "-c", line], capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stdout + done.stderr
        assert len(first & set(world.served)) <= 3  # two were under way, one was not yet noted
    finally:
        world.close()
    summary = json.loads((out / "summary.json").read_text(encoding="utf-8"))
    assert summary["population"]["covered"] > 0.3 * summary["population"]["total"]
    assert "太地町" in (out / "report.html").read_text(encoding="utf-8")


def test_the_report_in_japanese_carries_the_credits_in_japanese(town, tmp_path):
    ran("new", "--data", str(town), "--lang", "ja")
    assert "出典" in (town / "scenario.toml").read_text(encoding="utf-8")
    ran("run", str(town), "-o", str(tmp_path / "out"), "--lang", "ja")
    report = (tmp_path / "out" / "report.html").read_text(encoding="utf-8")
    for credit in (
        "地理院タイル（標高タイル）（国土地理院）",
        "「2020 年国勢調査 地域メッシュ統計」（総務省統計局）",
    ):
        assert credit in report


def test_the_ground_is_that_of_the_tiles_and_the_sea_is_level(town, tmp_path):
    """The heights of the plan against the formula that the server made its tiles of."""
    ran("new", "--data", str(town))
    out = tmp_path / "out"
    ran("run", str(town), "-o", str(out))
    plan = am.open_result(out)
    for longitude, latitude in [
        (135.905, 33.580),
        (135.915, 33.590),
        (135.9275, 33.595),
    ]:  # the last: DEM10B alone
        profile = am.profile(plan, (longitude, latitude), (longitude + 0.005, latitude))
        metres = profile.distance_m / 1000.0 / 92.8  # a degree of longitude here
        expected = height_asl_m(longitude + metres, latitude)
        assert profile.ground_asl_m == pytest.approx(expected, abs=1.5)
    profile = am.profile(plan, (135.938, 33.570), (135.939, 33.572))
    assert profile.ground_asl_m == pytest.approx(0.0, abs=1e-3)
    assert (town / "sea.tif").exists() == bool(is_sea(EAST + 0.008, SOUTH - 0.002))


@pytest.mark.skipif(shutil.which("gdallocationinfo") is None, reason="gdal-bin is not installed")
def test_zones_are_sea_coast_up_to_100_m_and_inland(town):
    """Against the formula of the heights, where it is clear of 100 m and of the shore."""
    ran("new", "--data", str(town))
    assert 'path = "zone.tif"' in (town / "scenario.toml").read_text(encoding="utf-8")
    seen = set()
    for longitude in np.linspace(WEST, 135.938, 12):
        for latitude in np.linspace(33.571, NORTH, 9):
            near = [(longitude + dx, latitude + dy) for dx in (-6e-4, 0, 6e-4) for dy in (-6e-4, 0, 6e-4)]
            heights = np.array([height_asl_m(*at) for at in near])
            sea = [bool(is_sea(*at)) for at in near]
            if any(sea) != all(sea):
                continue
            if not any(sea) and not (np.all(heights < 95) or np.all(heights > 105)):
                continue
            expected = 1 if all(sea) else 3 if heights[4] < 100 else 4
            place = ["gdallocationinfo", "-valonly", "-wgs84", str(town / "zone.tif")]
            done = subprocess.run(
                [*place, str(longitude), str(latitude)], capture_output=True, text=True, check=True
            )
            if done.stdout.strip():
                assert int(done.stdout) == expected, (longitude, latitude, heights[4])
                seen.add(expected)
    assert seen == {1, 3, 4}
    assert "zones_all_inland" not in ran("check", str(town))


def test_designations_are_drafted_by_overlap(town):
    told = ran("new", "--data", str(town))
    with open(town / "municipalities.csv", encoding="utf-8", newline="") as file:
        (row,) = list(csv.DictReader(file))
    share = 100.0 * (KASO_EAST - WEST) / (EAST - WEST)
    assert (row["code"], row["designations"], row["fiscal_capacity_index"]) == (CODE, "", "")
    assert row["source"] == f"kaso {share:.0f} %"
    text = (town / "scenario.toml").read_text(encoding="utf-8")
    assert '# path = "municipalities.csv"' in text
    assert "国土数値情報（過疎地域データ）" in text.split("credits_ja")[1]
    assert "in sight" in told


def test_first_sites_see_the_town_and_stand_in_it(town):
    told = ran("new", "--data", str(town))
    seen, _, inside = told.split(" are in sight")[0].split("; ")[1].partition(" of ")
    assert int(seen.replace(",", "")) > 0.5 * int(inside.split(" ")[0].replace(",", ""))
    rows = sites_of(town)
    planned = [row for row in rows if row["status"] == "existing"]
    assert 1 <= len(planned) <= 12
    for row in planned:
        assert WEST <= float(row["lon"]) <= EAST
        assert SOUTH <= float(row["lat"]) <= NORTH
    roofs = {row["name"] for row in rows if row["status"] == "candidate" and row["name"]}
    assert {"太地小学校", "太地診療所"} <= roofs
    # On the hills: higher than the town is on average.
    grid = height_asl_m(*np.meshgrid(np.linspace(WEST, EAST, 50), np.linspace(SOUTH, NORTH, 50)))
    assert height_asl_m(float(planned[0]["lon"]), float(planned[0]["lat"])) > np.nanmean(grid)


def test_the_same_data_give_the_same_files(town, tmp_path):
    first, second = tmp_path / "one", tmp_path / "two"
    for folder in (first, second):
        shutil.copytree(town, folder / "data")
        ran("new", "--data", str(folder / "data"), "-o", str(folder))
        assert 'path = "data/dem/gsi_dem5a"' in (folder / "scenario.toml").read_text(encoding="utf-8")
    for name in ("scenario.toml", "sites.csv", "places.csv"):
        assert (first / name).read_bytes() == (second / name).read_bytes()


def test_around_a_place_and_on_another_band(town):
    ran("new", "--data", str(town), "--at", "135.915,33.588", "--technology", "lte_b19")
    (site,) = [row for row in sites_of(town) if row["status"] == "existing"]
    assert (float(site["lon"]), float(site["lat"])) == (135.915, 33.588)
    text = (town / "scenario.toml").read_text(encoding="utf-8")
    assert 'technology = "lte_b19"' in text
    ran("check", str(town))


def test_what_was_changed_by_hand_is_not_overwritten(town):
    ran("new", "--data", str(town))
    before = (town / "scenario.toml").read_bytes()
    assert "is there already" in ran("new", "--data", str(town), code=2)
    assert (town / "scenario.toml").read_bytes() == before


@pytest.mark.parametrize(
    ("options", "words"),
    [
        (["--municipality", "30421"], "was not fetched"),
        (["--bbox", "138.0,35.0,138.1,35.1"], "outside of the data"),
        (["--technology", "6g"], "technology"),
        (["--at", "135.915"], "--at"),
        (["--at", "135.9,33.58", "--bbox", "1,2,3,4"], "--at"),
        (["-o", "/"], "output"),
    ],
)
def test_wrong_options_are_refused(town, options, words):
    if options == ["-o", "/"]:
        options = ["-o", str(town.parent / "elsewhere")]
    told = ran("new", "--data", str(town), *options, code=2)
    assert words in told
    assert not (town / "scenario.toml").exists()


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (lambda text: text.replace("amaneku-data/1", "amaneku-data/9"), "another version"),
        (lambda text: text[: len(text) // 2], "data.json"),
        (lambda text: text.replace("boundaries/ksj_n03/", "../"), "leads out"),
        (lambda text: text.replace('"repair"', '"path"'), "no key of a scenario"),
        (lambda text: "[]", "data.json"),
    ],
)
def test_a_manifest_of_strangers(town, change, words):
    manifest = town / "data.json"
    manifest.write_text(change(manifest.read_text(encoding="utf-8")), encoding="utf-8")
    assert words in ran("new", "--data", str(town), code=2)


def test_a_file_that_is_gone_is_named(town):
    gone = next((town / "people").rglob("*.txt"))
    gone.unlink()
    told = ran("new", "--data", str(town), code=2)
    assert gone.name in told
    assert "data fetch" in told


def test_the_program_says_where_data_is(tmp_path):
    assert "python3 -m amaneku data" in ran("data", "list", code=2)


def test_outside_japan_by_the_box_alone(tmp_path):
    """Heights of a surface and people as rasters, as GLO-30 and WorldPop have them."""
    if shutil.which("gdal_translate") is None:
        pytest.skip("gdal-bin is not installed")
    grid = "ncols 360\nnrows 360\nxllcorner 85.0\nyllcorner 27.9\ncellsize 0.000277777777778\nNODATA_value -9999\n"
    x, y = np.meshgrid(np.arange(360), np.arange(360))
    heights = 900 + 200 * np.sin(x / 40) * np.cos(y / 55)
    counts = np.where((x % 30 == 15) & (y % 30 == 15), 40.0, 0.0)
    tifs = {}
    for name, values in (("dem", heights), ("people", counts)):
        source = tmp_path / f"{name}.asc"
        source.write_text(grid + "\n".join(" ".join(f"{v:.2f}" for v in row) for row in values))
        tifs[name] = tmp_path / f"{name}.tif"
        command = ["gdal_translate", "-q", "-a_srs", "EPSG:4326", str(source), str(tifs[name])]
        subprocess.run(command, check=True)
    world = World()
    world.changed = {"copernicus": tifs["dem"].read_bytes(), "worldpop": tifs["people"].read_bytes()}
    request = data.Request(
        bbox_deg=(85.02, 27.92, 85.08, 27.98),
        country="NPL",
        layers=("dem", "people"),
        margin_m=500.0,
        base_url=world.url,
    )
    outcome = data.fetch(tmp_path / "data", request)
    world.close()
    assert outcome.complete
    ran("new", "--data", str(tmp_path / "data"))
    ran("run", str(tmp_path / "data"), "-o", str(tmp_path / "out"))
    summary = json.loads((tmp_path / "out" / "summary.json").read_text(encoding="utf-8"))
    assert summary["population"]["covered"] > 0
    assert "Copernicus" in (tmp_path / "out" / "report.html").read_text(encoding="utf-8")


def test_a_newcomers_day(town, tmp_path, monkeypatch):
    """A plan from the data that is there, two sites moved on the page, saved, compared, reported, printed."""
    monkeypatch.setenv("AMANEKU_DATA", str(tmp_path))  # a folder of elevation is named below it, not copied
    ran("new", "--data", str(town))
    first, second = tmp_path / "first", tmp_path / "second"
    ran("run", str(town), "-o", str(first), "--lang", "ja")
    assert len(sites_of(town)) >= 2

    command = [str(PROGRAM), "serve", str(town), "--port", "0"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as page:
        try:
            assert page.stdout is not None
            url = page.stdout.readline().strip()
            assert url.startswith("http://127.0.0.1:")

            def asked(path: str, body: object = None) -> bytes:
                data = None if body is None else json.dumps(body).encode()
                request = urllib.request.Request(url + path, data, {"Content-Type": "application/json"})
                try:
                    with urllib.request.urlopen(request, timeout=60) as answer:
                        return answer.read()
                except urllib.error.HTTPError as error:
                    raise AssertionError(error.read()) from error

            state = json.loads(asked("api/state"))
            moved = [site for site in state["sites"] if site["existing"]][:2]
            edits = [{"site": one["id"], "lon": one["lon"] + 0.002, "lat": one["lat"] + 0.001} for one in moved]
            state = json.loads(asked("api/edit", {"revision": state["revision"], "edits": edits}))
            shown = np.frombuffer(asked(f"api/raster/rsrp_dbm?revision={state['revision']}"), dtype="<f4")
            saved = json.loads(asked("api/save", {"revision": state["revision"], "name": "moved"}))
        finally:
            page.send_signal(signal.SIGINT)
            page.communicate(timeout=60)
    assert page.returncode == 0

    # What was saved is what was seen, and the report says what has changed.
    ran("run", saved["scenario"], "-o", str(second), "--lang", "ja", "--against", str(first))
    assert am.open_result(second).coverage.rsrp_dbm.tobytes() == shown.tobytes()
    told = ran("compare", str(first), str(second), "-o", str(tmp_path / "compare"))
    compared = json.loads((tmp_path / "compare" / "compare.json").read_text(encoding="utf-8"))
    (change,) = compared["changes"]
    assert {site["id"] for site in change["sites"]["changed"]} == {one["id"] for one in moved}
    assert all(one["id"] in told for one in moved)
    report = (second / "report.html").read_text(encoding="utf-8")
    assert "前回計算からの変更点" in report
    assert all(f'<td class="whole">{one["id"]}</td>' in report for one in moved)
    assert (second / "network.qgz").stat().st_size > 1000
    if shutil.which("chromium") is None:
        pytest.skip("the report is not printed: chromium is not installed")
    ran("pdf", str(second), "-o", str(tmp_path / "report.pdf"))
    assert (tmp_path / "report.pdf").read_bytes().startswith(b"%PDF-")
