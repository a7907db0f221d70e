"""Inputs that ask for more than there is: each is refused at once, with the limit in its message."""

import json
import os
import pathlib
import struct
import subprocess
import zipfile
import zlib

import pytest
from test_doors import CONTENTS, geopackage
from world import PROGRAM, make_world, peak, run, tiff

MAX_SECONDS = 1.0
MAX_MEGABYTES = 200.0


def refused(world, words, seconds=MAX_SECONDS, scenario="scenario.toml"):
    code, used, megabytes, text = peak("check", world / scenario)
    assert code == 2, (code, text[:500])
    assert words in text and "internal error" not in text, text[:500]
    assert used < seconds and megabytes < MAX_MEGABYTES, (used, megabytes)
    return text


@pytest.mark.parametrize(
    "line",
    [
        ".".join(["a"] * 20_000) + " = 1",
        "[" + ".".join(["a"] * 20_000) + "]",
        "a = " + "[" * 5000 + "]" * 5000,
        "a = " + "{a=" * 5000 + "1" + "}" * 5000,
        "a = " + "{a.a.a.a.a.a.a.a=" * 31 + "[" * 40,
        '"' + '"."'.join(["a"] * 20_000) + '" = 1',
    ],
    ids=["dotted", "header", "arrays", "tables", "both", "quoted"],
)
def test_deep_toml(tmp_path, line):
    world = make_world(tmp_path)
    with (world / "scenario.toml").open("a") as out:
        out.write("\n" + line + "\n")
    refused(world, "nested too deeply")


def test_deep_setting(tmp_path):
    world = make_world(tmp_path)
    outcome = run("check", world, "--set", ".".join(["a"] * 20_000) + "=1")
    assert outcome.returncode == 2
    assert b"at most 32 parts" in outcome.stderr
    outcome = run("check", world, "--set", "scenario.name=" + "[" * 20_000)
    assert outcome.returncode == 2, outcome.stderr[:300]


@pytest.mark.parametrize("where", ["in a section", "as sections"])
def test_unknown_keys(tmp_path, where):
    world = make_world(tmp_path)
    text = (world / "scenario.toml").read_text()
    n = 200_000
    if where == "in a section":
        text += "".join(f"k{i} = 1\n" for i in range(n))
    else:
        text += "".join(f"[s{i}]\n" for i in range(n))
    (world / "scenario.toml").write_text(text)
    code, seconds, _, text = peak("check", world)
    assert code == 2 and seconds < 10.0, (code, seconds)
    lines = text.splitlines()
    assert len(lines) == 21 and f"and {n - 20} more faults" in lines[20], lines[-3:]


def test_many_sites_take_linear_time(tmp_path):
    world = make_world(tmp_path)
    text = (world / "scenario.toml").read_text()
    text = text[: text.index("[[site]]")] + text[text.index("[propagation]") :] + '[sites]\npath = "sites.csv"\n'
    (world / "scenario.toml").write_text(text)
    used = []
    for n in (20_000, 80_000):
        rows = "".join(
            f"s{i},{138.521 + 3e-5 * (i % 1000):.6f},{35.511 + 2e-4 * (i // 1000):.6f}\n" for i in range(n)
        )
        (world / "sites.csv").write_text("site_id,lon,lat\n" + rows)
        code, seconds, _, error = peak("check", world)
        assert code == 0, error
        used.append(seconds)
    assert used[1] < 6.0 * used[0] + 0.2, used


@pytest.mark.parametrize("start", ["1", "1,2,", '"'], ids=["cell", "cells", "quote"])
def test_long_csv_line(tmp_path, start):
    world = make_world(tmp_path)
    with (world / "people.csv").open("a") as out:
        out.write(start)
        out.write("1," * 10_000_000)
    refused(world, "longer than 1 MiB")


@pytest.mark.parametrize("command", ["pathloss", "subsidy"])
def test_long_json_line(command):
    script = f"(head -c 300000000 /dev/zero | tr '\\0' x; echo; echo '{{}}') | {PROGRAM} {command}"
    before = (
        "import resource,subprocess,sys\n"
        "p=subprocess.run(['sh','-c',sys.argv[1]],stdout=subprocess.PIPE)\n"
        "print(p.stdout.decode());print(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss/1024)"
    )
    out = subprocess.run(["python3", "-c", before, script], stdout=subprocess.PIPE, check=True).stdout.decode()
    lines = out.strip().splitlines()
    assert "longer than 8 MiB" in lines[0] and "error" in json.loads(lines[1]), lines
    assert float(lines[-1]) < MAX_MEGABYTES


def test_deep_json_line():
    for command in ("pathloss", "subsidy"):
        outcome = run(command, stdin=b'{"a":' + b"[" * 1_000_000 + b"]" * 1_000_000 + b"}\n")
        assert outcome.returncode == 0
        assert b"error" in outcome.stdout


def claims(nx, ny):
    return f"ncols {nx}\nnrows {ny}\nxllcorner 138\nyllcorner 35\ncellsize 0.0001\nNODATA_value -9999\n1 2 3\n"


@pytest.mark.parametrize(("nx", "ny"), [(400_000, 50_000), (2_000_000_000, 2_000_000_000), (100, 100)])
def test_text_grid_that_claims_more(tmp_path, nx, ny):
    world = make_world(tmp_path, dem="x.asc")
    (world / "x.asc").write_text(claims(nx, ny))
    (world / "x.prj").write_text("EPSG:4326")
    refused(world, "x.asc")


def test_tiff_of_many_bands(tmp_path):
    world = make_world(tmp_path)
    (world / "dem.tif").write_bytes(tiff(nx=2, ny=2, bands=30_000))
    refused(world, "bands")


def test_packed_tiff(tmp_path):
    """One block of 8 GB in a few megabytes, and one of 1 GB."""
    for side in (65_000, 23_000):
        world = make_world(tmp_path / str(side))
        whole = tiff(nx=side, ny=side, pixels=zlib.compress(b"\0" * 1_000_000))
        # Deflate instead of none.
        whole = whole.replace(struct.pack("<HHII", 259, 3, 1, 1), struct.pack("<HHII", 259, 3, 1, 8))
        (world / "dem.tif").write_bytes(whole)
        refused(world, "dem.tif")


def test_zip_of_many_files(tmp_path):
    world = make_world(tmp_path, dem="dem.zip")
    with zipfile.ZipFile(world / "dem.zip", "w") as archive:
        for i in range(30_000):
            archive.writestr(f"{i}", b"")
    refused(world, "at most 20000")


@pytest.mark.parametrize(
    "text",
    [
        '{"type":' + "[" * 3_000_000,
        '{"type":"FeatureCollection","features":' + "[" * 300_000,
        '{"type":"FeatureCollection","features":[{"type":"Feature","geometry":{"type":"Polygon",'
        '"coordinates":' + "[" * 100_000,
    ],
    ids=["root", "features", "coordinates"],
)
def test_nested_geojson(tmp_path, text):
    world = make_world(tmp_path, people="people.geojson")
    (world / "people.geojson").write_text(text)
    refused(world, "people.geojson")


def test_shapefile_whose_header_lies(tmp_path):
    world = make_world(tmp_path, people="people.shp")
    header = struct.pack(">i5ii", 9994, 0, 0, 0, 0, 0, 2**31 - 1) + struct.pack(
        "<ii8d", 1000, 5, 138, 35, 139, 36, 0, 0, 0, 0
    )
    (world / "people.shp").write_bytes(
        header + struct.pack(">ii", 1, 2**30) + struct.pack("<i4dii", 5, 0, 0, 0, 0, 2**30, 2**30)
    )
    (world / "people.shx").write_bytes(header + struct.pack(">ii", 50, 2**30) * 4)
    (world / "people.prj").write_text("EPSG:4326")
    refused(world, "people.shp")


def test_other_formats(tmp_path):
    for name, bytes_ in (
        ("x.png", b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR" + struct.pack(">IIBBBBB", 10**9, 10**9, 16, 0, 0, 0, 0)),
        ("x.xyz", b"138.5 35.5 1\n139.5 36.5 2\n"),
        ("x.tif", claims(10**9, 10**9).encode()),
    ):
        world = make_world(tmp_path / name, dem=name)
        (world / name).write_bytes(bytes_)
        refused(world, name)


def test_geopackages_that_compute(tmp_path):
    for i, statement in enumerate(
        (
            "CREATE VIEW people AS WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i+1 FROM n) SELECT i AS fid, "
            "NULL AS geom, 1 AS population FROM n;",
            "CREATE VIEW people AS SELECT 1 AS fid, NULL AS geom, zeroblob(1000000000) AS population;",
            "CREATE TABLE people (fid INTEGER PRIMARY KEY, geom BLOB, population BLOB AS (zeroblob(900000000)));"
            "INSERT INTO people(fid) VALUES (1);",
        )
    ):
        world = make_world(tmp_path / str(i), people="people.gpkg")
        geopackage(world / "people.gpkg", statement, CONTENTS)
        refused(world, "people.gpkg")


@pytest.mark.parametrize(
    ("arguments", "stdin"),
    [
        (["models"], b""),
        (["models", "--json"], b""),
        (["technologies"], b""),
        (["mesh", "encode", "138", "35", "3"], b""),
        (["mesh", "decode", "53390000"], b""),
        (["--help"], b""),
        (["--version"], b""),
        (["pathloss"], b'{"model":"free_space","freq_hz":1e9,"distance_m":1000}\n'),
        (["subsidy"], b"{}\n"),
        (["check", "WORLD"], b""),
        (["run", "WORLD", "-o", "OUT"], b""),
        (["explain", "OUT", "--at", "138.53,35.525"], b""),
        (["verify", "OUT"], b""),
    ],
    ids=lambda a: a[0] if isinstance(a, list) else "",
)
def test_output_into_a_full_device(tmp_path_factory, arguments, stdin):
    folder = tmp_path_factory.getbasetemp() / "full"
    world, out = folder / "plan", folder / "out"
    if not folder.exists():
        make_world(world)
        assert run("run", world, "-o", out).returncode == 0
    arguments = [{"WORLD": str(world), "OUT": str(out)}.get(a, a) for a in arguments]
    with open("/dev/full", "wb") as full:
        outcome = run(*arguments, stdin=stdin, stdout=full)
    assert outcome.returncode == 1, (outcome.returncode, outcome.stderr)
    assert outcome.stderr.decode().count("\n") == 1 and b"could not be written" in outcome.stderr, outcome.stderr


@pytest.mark.parametrize("name", ["huge-ascii-grid", "many-bands"])
def test_the_bombs_as_found(name):
    cases = pathlib.Path(os.environ.get("AMANEKU_CASES", "/nowhere")) / "hostile"
    if not cases.is_dir():
        pytest.skip("no shared cases")
    code, seconds, megabytes, text = peak("check", cases / name)
    assert code == 2 and seconds < MAX_SECONDS and megabytes < MAX_MEGABYTES, (seconds, megabytes, text)


def test_the_deep_keys_as_found():
    path = pathlib.Path(os.environ.get("AMANEKU_CASES", "/nowhere")) / "hostile" / "deep-dotted-keys.toml"
    if not path.is_file():
        pytest.skip("no shared cases")
    assert run("check", path).returncode == 2
