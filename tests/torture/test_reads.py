"""A read that the disk fails is an error: never another map with exit code 0."""

import re
import shutil
import struct
import subprocess

import pytest
from test_doors import geojson, grid, shapefile, vrt_of_dem
from world import PROGRAM, make_world, run

STRACE = shutil.which("strace")
WGS84 = (
    'GEOGCS["GCS_WGS_1984",DATUM["D_WGS_1984",SPHEROID["WGS_1984",6378137,298.257223563]],'
    'PRIMEM["Greenwich",0],UNIT["Degree",0.017453292519943295]]'
)


def hgt(world):
    rows = [struct.pack(">1201h", *((100 + (x * y) % 700) for x in range(1201))) for y in range(1201)]
    (world / "N35E138.hgt").write_bytes(b"".join(rows))


CASES = {
    "tif": (lambda w: None, "dem.tif", "people.csv", "dem.tif"),
    "hgt": (hgt, "N35E138.hgt", "people.csv", "N35E138.hgt"),
    "asc": (grid, "dem.asc", "people.csv", "dem.asc"),
    "vrt": (lambda w: (w / "dem.vrt").write_text(vrt_of_dem("")), "dem.vrt", "people.csv", "dem.tif"),
    "csv": (lambda w: None, "dem.tif", "people.csv", "people.csv"),
    "geojson": (
        lambda w: (w / "people.geojson").write_text(geojson("")),
        "dem.tif",
        "people.geojson",
        "people.geojson",
    ),
    "shp": (lambda w: shapefile(w, WGS84), "dem.tif", "people.shp", "people.shp"),
    "dbf": (lambda w: shapefile(w, WGS84), "dem.tif", "people.shp", "people.dbf"),
    "toml": (lambda w: None, "dem.tif", "people.csv", "scenario.toml"),
}


@pytest.mark.skipif(STRACE is None, reason="strace is missing")
@pytest.mark.parametrize("name", CASES)
def test_failed_read(tmp_path, name):
    prepare, dem, people, file = CASES[name]
    world = make_world(tmp_path / "plan", dem, people)
    prepare(world)
    good = tmp_path / "good"
    outcome = run("run", world, "-o", good, "--threads", 1)
    assert outcome.returncode == 0, outcome.stderr
    command = [PROGRAM, "run", str(world), "-o", str(tmp_path / "out"), "--threads", "1"]
    log = tmp_path / "trace"
    watched = [STRACE, "-f", "-qq", "-P", str(world / file), "-e", "trace=read,pread64", "-o", str(log)]
    subprocess.run(watched + command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, check=True)
    reads = len(re.findall(r"\b(?:read|pread64)\(", log.read_text(errors="replace")))
    assert reads > 0
    for n in sorted({1 + i * (reads - 1) // 7 for i in range(8)}):
        shutil.rmtree(tmp_path / "out", ignore_errors=True)
        failed = subprocess.run(
            [
                STRACE,
                "-f",
                "-qq",
                "-P",
                str(world / file),
                "-e",
                "trace=read,pread64",
                "-e",
                f"inject=read,pread64:error=EIO:when={n}",
                "-o",
                "/dev/null",
                *command,
            ],
            capture_output=True,
            check=False,
        )
        assert b"internal error" not in failed.stderr, failed.stderr
        if failed.returncode == 0:  # what only probes the file may be tried again
            same = (good / "manifest.json").read_bytes() == (tmp_path / "out" / "manifest.json").read_bytes()
            assert same, f"read {n} of {reads} failed, and gave another result"
        else:
            assert failed.returncode == 2 and not (tmp_path / "out" / "result.h5").exists(), failed.stderr
