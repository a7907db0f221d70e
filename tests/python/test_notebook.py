"""What notebooks show and use: grids with their CRS, a map and figures as HTML, progress, Ctrl-C."""

import base64
import re
import signal
import struct
import subprocess
import sys
import time
import zlib

import numpy as np
import pytest

import amaneku as am
from amaneku import _look


def pixels(png: bytes) -> np.ndarray:
    """Of an 8-bit RGB file without filters, each chunk held against its check sum."""
    assert png[:8] == b"\x89PNG\r\n\x1a\n"
    chunks, at = {}, 8
    while at < len(png):
        (length,) = struct.unpack(">I", png[at : at + 4])
        body = png[at + 4 : at + 8 + length]
        assert zlib.crc32(body) == struct.unpack(">I", png[at + 8 + length : at + 12 + length])[0]
        chunks[body[:4]] = body[4:]
        at += 12 + length
    width, height, depth, kind, *_ = struct.unpack(">IIBBBBB", chunks[b"IHDR"])
    assert (depth, kind) == (8, 2)
    rows = np.frombuffer(zlib.decompress(chunks[b"IDAT"]), np.uint8).reshape(height, 1 + 3 * width)
    assert (rows[:, 0] == 0).all()
    return rows[:, 1:].reshape(height, width, 3)


def test_crs_of_the_dataset_is_what_cf_and_rioxarray_read(plan):
    pytest.importorskip("xarray")
    data = plan.to_xarray()
    assert all(variable.attrs["grid_mapping"] == "spatial_ref" for variable in data.data_vars.values())
    mapping = data.spatial_ref.attrs
    assert 'ID["EPSG",6676]' in mapping["crs_wkt"]
    assert mapping["spatial_ref"] == mapping["crs_wkt"]
    west, across, _, north, _, down = (float(value) for value in mapping["GeoTransform"].split())
    assert (west, north) == (plan.grid.west_m, plan.grid.north_m)
    assert (across, down) == (100.0, -100.0)
    assert data.x.values[0] == west + across / 2
    assert data.y.values[0] == north + down / 2
    assert data.attrs["Conventions"] == "CF-1.8"


def test_the_dataset_of_a_stored_result_is_the_same(plan, stored):
    pytest.importorskip("xarray")
    assert am.open_result(stored).to_xarray().identical(plan.to_xarray())


def test_a_plan_shows_a_map_and_its_figures(plan):
    page = plan._repr_html_()
    picture = pixels(base64.b64decode(re.search(r"base64,([^']+)'", page)[1]))
    assert picture.shape == (*plan.grid.shape, 3)
    computed = np.isfinite(plan.coverage.rsrp_dbm)
    colourful = np.ptp(picture.astype(int), axis=2) > 0
    assert (colourful == (computed & (plan.coverage.rsrp_dbm >= plan.threshold_dbm))).all()
    population = plan.summary["population"]
    assert f"{population['coverage_percent']:.1f} %" in page
    assert "SYNTHETIC" in page
    assert "EPSG:6676" in page
    assert "人口カバー率" in plan.to_html(lang="ja")
    with pytest.raises(ValueError, match="lang"):
        plan.to_html(lang="fr")


def test_names_are_escaped(world):
    name = "<script>alert('x')</script>"
    plan = am.run(world / "scenario.toml", settings={"scenario.name": name, "coverage.radius_m": 500.0})
    assert "<script>" not in plan.to_html()
    assert "&lt;script&gt;" in plan.to_html()


def test_light_comes_from_the_north_west():
    y, x = np.mgrid[0:20, 0:20].astype(float)
    flat = _look.relief(np.zeros((20, 20)), 10.0)[5, 5]
    assert flat == pytest.approx(np.sqrt(0.5))
    towards = {"north": -y, "west": -x, "south": y, "east": x}  # rising away from the light's side
    light = {side: _look.relief(10.0 * slope, 10.0)[5, 5] for side, slope in towards.items()}
    # Ground that falls towards the north or west faces the light.
    assert light["south"] > flat > light["north"]
    assert light["east"] > flat > light["west"]


def test_classes_are_grey_below_the_threshold():
    bounds = _look.class_bounds([-120, -110, -100, -90, -80], -105.0)
    assert bounds == [-120, -110, -105, -100, -90, -80]
    colours = _look.class_colours(bounds, -105.0)
    assert [len(set(colour)) == 1 for colour in colours] == [True] * 3 + [False] * 4
    assert colours[0][0] > colours[2][0]
    assert colours[-1] == _look.viridis(0.74)  # the strongest of the report's legend
    assert _look.class_colours([], -105.0)[-1] == (253, 231, 37)
    values = np.array([[-130.0, -105.0, -105.01, np.nan, -80.0]])
    painted = [tuple(pixel) for pixel in _look.painted(values, bounds, -105.0)[0]]
    assert painted == [colours[0], colours[3], colours[2], (255, 255, 255), colours[-1]]


def test_a_bar_for_each_stage(world):
    pytest.importorskip("tqdm")
    import io

    told = io.StringIO()
    bar = am.ProgressBar(file=told, ascii=True, mininterval=0.0)
    am.run(world / "scenario.toml", settings={"coverage.radius_m": 500.0}, on_progress=bar)
    bar.close()
    assert "coverage" in told.getvalue()
    assert "100%" in told.getvalue()


def test_without_tqdm_the_extra_is_named(monkeypatch):
    monkeypatch.setitem(sys.modules, "tqdm.auto", None)
    with pytest.raises(ImportError, match=r"amaneku\[notebook\]"):
        am.ProgressBar()


def test_without_xarray_the_extra_is_named(plan, monkeypatch):
    monkeypatch.setitem(sys.modules, "xarray", None)
    with pytest.raises(ImportError, match=r"amaneku\[xarray\]"):
        plan.to_xarray()


def test_ctrl_c_ends_a_run_within_a_second(world):
    """Of a run that would take minutes; measured from the signal to the end of the process."""
    script = (
        "import amaneku, sys\n"
        "def told(stage, done):\n"
        "    print(stage, done > 0.001, flush=True)\n"
        "settings = {'scenario.grid_m': 2.0, 'coverage.radius_m': 50e3, 'coverage.engine': 'exact'}\n"
        "try:\n"
        "    amaneku.run(sys.argv[1], settings=settings, on_progress=told)\n"
        "except KeyboardInterrupt:\n"
        "    print('interrupted', flush=True)\n"
    )
    with subprocess.Popen(
        [sys.executable, "-c", script, world / "scenario.toml"], stdout=subprocess.PIPE, text=True
    ) as process:
        assert process.stdout is not None
        while process.stdout.readline().strip() != "coverage True":  # in the midst of it
            assert process.poll() is None
        process.send_signal(signal.SIGINT)
        start = time.monotonic()
        try:
            rest, _ = process.communicate(timeout=60)
        finally:
            process.kill()  # a run that goes on is a failure here, no test that never ends
        took_s = time.monotonic() - start
    assert rest.splitlines()[-1] == "interrupted"
    assert process.returncode == 0
    assert took_s < 3.0, "a second, and as much again for a busy machine"
