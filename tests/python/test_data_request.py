"""What `amaneku data` takes: codes, boxes, tables of sources; and which files they mean."""

from __future__ import annotations

import math
import subprocess
import sys

import pytest

import amaneku as am
from amaneku import data
from amaneku.data._municipality import find
from amaneku.data._places import Area, checked_code, wanted_of


# 全国地方公共団体コード with their check digits, as 総務省 publishes them.
@pytest.mark.parametrize("code", ["011002", "131016", "261009", "271004", "302015", "304221", "401307", "472018"])
def test_check_digits_are_right(code):
    assert checked_code(code) == code[:5]
    assert checked_code(code[:5]) == code[:5]
    for wrong in set("0123456789") - {code[5]}:
        with pytest.raises(am.InputError, match="check digit"):
            checked_code(code[:5] + wrong)


@pytest.mark.parametrize(
    "code", ["", "3042", "3042211", "３０４２２", "30a22", "48101", "00101", "30000", "-30422"]
)
def test_what_is_no_code_is_refused(code):
    with pytest.raises(am.InputError, match="code"):
        checked_code(code)


@pytest.mark.parametrize("at", [(135.915, 33.59), (139.7454, 35.6586), (141.35, 43.06), (127.68, 26.21)])
@pytest.mark.parametrize("name", ["gsi_dem1a", "gsi_dem5a", "gsi_dem10b"])
def test_the_tile_of_a_point_holds_it(at, name):
    source = data.read_sources()[name]
    small = 1e-9
    area = Area((at[0] - small, at[1] - small, at[0] + small, at[1] + small))
    (wanted,) = wanted_of(source, area)
    z, x, y = (int(part) for part in wanted.path.removesuffix(".png").split("/")[-3:])
    assert z == source.zoom

    def latitude(row: float) -> float:
        return math.degrees(math.atan(math.sinh(math.pi * (1 - 2 * row / 2**z))))

    assert x * 360 / 2**z - 180 <= at[0] < (x + 1) * 360 / 2**z - 180
    assert latitude(y + 1) < at[1] <= latitude(y)


def test_tiles_of_a_box_leave_no_gap():
    source = data.read_sources()["gsi_dem5a"]
    box = (135.9, 33.5, 136.0, 33.6)
    tiles = {tuple(map(int, w.path.removesuffix(".png").split("/")[-2:])) for w in wanted_of(source, Area(box))}
    for i in range(50):
        for j in range(50):
            longitude, latitude = box[0] + i / 49 * 0.1, box[1] + j / 49 * 0.1
            x = int((longitude + 180) / 360 * 2**15)
            tangent = math.tan(math.radians(latitude)) + 1 / math.cos(math.radians(latitude))
            assert (x, int((1 - math.log(tangent) / math.pi) / 2 * 2**15)) in tiles


@pytest.mark.parametrize("at", [(135.915, 33.59), (139.7454, 35.6586), (141.35, 43.06), (127.68, 26.21)])
def test_first_meshes_are_those_of_the_standard(at):
    source = data.read_sources()["ksj_n13"]
    (wanted,) = wanted_of(source, Area((*at, *at)))
    assert am.mesh_encode(lon_deg=at[0], lat_deg=at[1], level=1) in wanted.url


def test_degrees_count_from_the_south_west_corner():
    source = data.read_sources()["glo30"]
    urls = [w.url for w in wanted_of(source, Area((-0.5, -0.5, 0.5, 0.5), country="GHA"))]
    assert len(urls) == 4
    assert {url.split("_10_")[1][:13].removesuffix("_") for url in urls} == {
        "S01_00_W001_0",
        "S01_00_E000_0",
        "N00_00_W001_0",
        "N00_00_E000_0",
    }


def test_of_a_city_with_wards_all_of_them():
    known = {
        "22101": {"name": "静岡市葵区", "city": "静岡市", "bbox_deg": [138.0, 35.0, 138.4, 35.6]},
        "22102": {"name": "静岡市駿河区", "city": "静岡市", "bbox_deg": [138.3, 34.8, 138.6, 35.1]},
        "22138": {"name": "浜松市中央区", "city": "浜松市", "bbox_deg": [137.0, 34.0, 137.9, 35.0]},
    }
    name, box, codes = find("22100", known, "N03")
    assert (name, codes) == ("静岡市", ["22101", "22102"])
    assert box == (138.0, 34.8, 138.6, 35.6)
    assert find("22130", known, "N03")[0] == "浜松市"
    assert find("22101", known, "N03")[2] == ["22101"]
    with pytest.raises(am.InputError, match=r"浜松市中央区 \(22138\) on 2024-01-01"):
        find("22131", known, "N03")
    with pytest.raises(am.InputError, match="22101 静岡市葵区"):
        find("22999", known, "N03")


@pytest.mark.parametrize(
    ("request_", "words"),
    [
        (data.Request(), "give one of them"),
        (data.Request(municipality="30422", bbox_deg=(1, 2, 3, 4)), "give one of them"),
        (data.Request(municipality="304225"), "check digit"),
        (data.Request(municipality="30422", layers=("weather",)), "no such layer"),
        (data.Request(municipality="30422", sources=("mine",)), "no such source"),
        (data.Request(bbox_deg=(3.0, 2.0, 1.0, 4.0)), "is no box"),
        (data.Request(bbox_deg=(1.0, 2.0, float("nan"), 4.0)), "is no box"),
        (data.Request(bbox_deg=(1.0, 2.0, 3.0, 89.0)), "is no box"),
        (data.Request(bbox_deg=(130.0, 30.0, 140.0, 40.0)), "smaller area"),
        (data.Request(bbox_deg=(130.0, 30.0, 130.1, 30.1), prefectures=("48",)), "no prefecture"),
        (data.Request(bbox_deg=(1.0, 2.0, 1.1, 2.1), country="Nepal"), "no country"),
        (data.Request(bbox_deg=(1.0, 2.0, 1.1, 2.1), country="NPL", region="../x"), "no region"),
        (data.Request(bbox_deg=(1.0, 2.0, 1.1, 2.1), country="NPL", margin_m=-1.0), "out of range"),
    ],
)
def test_wrong_requests_are_refused_before_anything_is_asked(request_, words, tmp_path):
    with pytest.raises(am.InputError, match=words):
        data.fetch(tmp_path / "data", request_, dry_run=True)
    assert not (tmp_path / "data").exists()


def test_every_source_says_its_terms():
    for source in data.read_sources().values():
        assert source.licence, source.name
        assert source.credit, source.name
        assert source.credit_ja, source.name
        assert source.title_ja, source.name
        assert source.url.startswith("https://"), source.name
        assert source.checked, source.name


GOOD = """
[source.town_dem]
layer = "dem"
title = "the town's own laser heights"
url = "https://example.org/dem/{z}/{x}/{y}.png"
per = "tile"
zoom = 15
format = "gsi_png"
where = "japan"
licence = "CC BY 4.0"
credit = "the town"
"""


def test_a_source_of_ones_own_needs_no_code(tmp_path):
    table = tmp_path / "mine.toml"
    table.write_text(GOOD)
    request = data.Request(bbox_deg=(135.9, 33.5, 135.91, 33.51), layers=("dem",), margin_m=0.0)
    outcome = data.fetch(tmp_path / "data", request, source_files=[table], dry_run=True)
    assert outcome.by_source["town_dem"][0] == outcome.by_source["gsi_dem5a"][0] > 0
    sources = data.read_sources([table])
    assert sources["town_dem"].rank < sources["gsi_dem1a"].rank < sources["gsi_dem5a"].rank


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        ("zoom = 15", "zoom = 15\nzooom = 1", "source.town_dem.zooom"),
        ("zoom = 15", "zoom = 30", "zoom"),
        ("zoom = 15", 'zoom = "15"', "a whole number"),
        ("{z}/{x}", "{mesh1}/{x}", "per tile"),
        ("{z}/{x}", "{z/{x}", "brace"),
        ("https://", "file://", "no address"),
        ('licence = "CC BY 4.0"', "", "licence"),
        ('credit = "the town"', "", "credit"),
        ('layer = "dem"', 'layer = "weather"', "layer"),
        ('format = "gsi_png"', 'format = "ksj_zip"', "take"),
        ("[source.town_dem]", "[sources.town_dem]", "no such section"),
        ("[source.town_dem]", '[source."../x"]', "no name of a source"),
        ('layer = "dem"', 'layer = "dem"\nlike = "none"', "no such source"),
        ("zoom = 15", 'zoom = 15\nfile = "../x"', "no plain name"),
        ("zoom = 15", "zoom = = 15", "mine.toml"),
    ],
)
def test_faults_of_a_table_are_named(tmp_path, old, new, words):
    assert old in GOOD
    table = tmp_path / "mine.toml"
    table.write_text(GOOD.replace(old, new))
    with pytest.raises(am.InputError, match=words):
        data.read_sources([table])


@pytest.mark.parametrize(
    ("arguments", "code", "words"),
    [
        (["list"], 0, "gsi_dem5a"),
        (["list", "--lang", "ja"], 0, "地理院標高タイル"),
        (["fetch", "--to", "x", "--municipality", "304225"], 2, "check digit"),
        (["fetch", "--to", "x", "--bbox", "a,b"], 2, "is no box"),
        (["fetch"], 2, "--to"),
        (["verify", "nowhere"], 2, "data.json"),
        (["steal"], 2, "invalid choice"),
        (["--help"], 0, "fetch"),
    ],
)
def test_the_command_says_what_is_wrong(arguments, code, words, tmp_path):
    done = subprocess.run(
        [sys.executable, "-m", "amaneku", "data", *arguments],
        capture_output=True,
        text=True,
        cwd=tmp_path,
        check=False,
    )
    assert done.returncode == code, done.stderr
    assert words in done.stdout + done.stderr
    assert "Traceback" not in done.stderr
    assert not list(tmp_path.iterdir())
