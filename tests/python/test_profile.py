"""Profiles between two places, of files, plans and arrays."""

import math

import numpy as np
import pytest

import amaneku as am

WEST, EAST = (138.52, 35.525), (138.58, 35.525)


def test_a_ridge_in_a_file(world):
    found = am.profile(world / "N35E138.hgt", WEST, EAST)
    # Geodesic along a parallel, from the radius of the parallel on WGS 84: 1 mm in 5 km.
    lat = math.radians(35.525)
    across = 6378137.0 / math.sqrt(1 - 0.00669437999 * math.sin(lat) ** 2) * math.cos(lat)
    assert found.distance_m[-1] == pytest.approx(across * math.radians(0.06), abs=0.02)
    assert found.distance_m[0] == 0.0
    assert np.diff(found.distance_m).max() <= 30.0 + 1e-9
    assert found.ground_asl_m[0] == pytest.approx(10.0, abs=0.01)
    # Columns 655 to 665 of 1200 are at 400 m: 138.5458 to 138.5542.
    lon = 138.52 + 0.06 * found.distance_m / found.distance_m[-1]
    high = (lon > 138.5485) & (lon < 138.5515)  # cubic interpolation overshoots within two pixels of an edge
    low = (lon < 138.543) | (lon > 138.557)
    assert np.allclose(found.ground_asl_m[high], 400.0, atol=0.5)
    assert np.allclose(found.ground_asl_m[low], 10.0, atol=0.5)
    assert found.clutter_m.size == 0


def test_a_surface_is_clutter(world, tmp_path):
    surface = tmp_path / "N35E138.hgt"
    heights = np.full((1201, 1201), 25, dtype=">i2")
    heights.tofile(surface)
    found = am.profile(world / "N35E138.hgt", WEST, EAST, step_m=100.0, surface=surface)
    assert found.clutter_m[0] == pytest.approx(15.0, abs=0.01)
    assert found.clutter_m.min() == 0.0  # the ridge stands over it


def test_a_plan_has_the_ground_that_its_map_was_made_of(plan, world):
    of_plan = am.profile(plan, WEST, EAST, step_m=50.0)
    of_file = am.profile(world / "N35E138.hgt", WEST, EAST, step_m=50.0)
    assert np.allclose(of_plan.distance_m, of_file.distance_m)
    away = (of_file.ground_asl_m < 11.0) & (np.abs(np.arange(len(of_file)) - len(of_file) / 2) > 20)
    assert np.allclose(of_plan.ground_asl_m[away], 10.0, atol=0.5)
    assert 395.0 < of_plan.ground_asl_m.max() < 440.0
    loss = am.pathloss("p526", of_plan, freq_hz=2e9, tx_agl_m=30, rx_agl_m=1.5)
    assert loss > am.pathloss("free_space", of_plan, freq_hz=2e9, tx_agl_m=30, rx_agl_m=1.5) + 20.0


@pytest.fixture
def plane():
    """Heights that are linear in longitude and latitude: bilinear is exact."""
    xarray = pytest.importorskip("xarray")
    lon, lat = np.linspace(138.5, 138.6, 101), np.linspace(35.5, 35.55, 51)
    heights = 1000.0 * (lon[None, :] - 138.5) + 2000.0 * (lat[:, None] - 35.5)
    return xarray.DataArray(heights, dims=("y", "x"), coords={"y": lat, "x": lon}, attrs={"crs": "EPSG:4326"})


@pytest.mark.parametrize("turn", [slice(None), slice(None, None, -1)], ids=["y upwards", "y downwards"])
def test_an_array_in_degrees(plane, turn):
    a, b = (138.51, 35.51), (138.59, 35.54)
    found = am.profile(plane.isel(y=turn), a, b, step_m=200.0)
    assert found.ground_asl_m[0] == pytest.approx(10.0 + 20.0)
    assert found.ground_asl_m[-1] == pytest.approx(90.0 + 80.0)
    assert (np.diff(found.ground_asl_m) > 0.0).all()


def test_an_array_in_metres(plan):
    pytest.importorskip("xarray")
    data = plan.to_xarray()
    of_array, of_plan = am.profile(data.ground, WEST, EAST), am.profile(plan, WEST, EAST)
    assert np.allclose(of_array.ground_asl_m, of_plan.ground_asl_m)
    assert np.allclose(of_array.distance_m, of_plan.distance_m)


@pytest.mark.parametrize(
    ("change", "message"),
    [
        (lambda dem: dem.assign_attrs(crs=None), "CRS"),
        (lambda dem: dem.rename(x="east"), "dimensions"),
        (lambda dem: dem.isel(x=[0, 1, 5, 9]), "evenly"),
    ],
)
def test_arrays_that_say_too_little(plane, change, message):
    with pytest.raises(ValueError, match=message):
        am.profile(change(plane), WEST, EAST)


def test_voids_and_beyond(plane, world):
    with pytest.raises(am.InputError, match=r"no height at .* km from a"):
        am.profile(world / "N35E138.hgt", WEST, (139.2, 35.525), step_m=500.0)
    hole = plane.copy()
    hole[20:30, 40:60] = np.nan
    with pytest.raises(am.InputError, match="no height"):
        am.profile(hole, WEST, EAST)


@pytest.mark.parametrize(
    ("arguments", "error", "message"),
    [
        (((138.5,), EAST), TypeError, "a = "),
        ((WEST, "north"), TypeError, "b = "),
        ((WEST, WEST), am.InputError, "one place"),
        ((WEST, (200.0, 35.0)), am.InputError, "is not a place"),
        ((WEST, (math.nan, 35.0)), am.InputError, "is not a place"),
    ],
)
def test_places_that_are_none(world, arguments, error, message):
    with pytest.raises(error, match=message):
        am.profile(world / "N35E138.hgt", *arguments)


@pytest.mark.parametrize("step_m", [-5.0, 1e-6, math.nan])
def test_steps_that_are_none(world, step_m):
    with pytest.raises(am.InputError, match="step_m"):
        am.profile(world / "N35E138.hgt", WEST, EAST, step_m=step_m)


def test_files_that_are_none(tmp_path):
    (tmp_path / "dem.tif").write_text("nothing")
    with pytest.raises(am.InputError, match=r"dem\.tif"):
        am.profile(tmp_path / "dem.tif", WEST, EAST)
    with pytest.raises(am.InputError):
        am.profile([], WEST, EAST)
    with pytest.raises(am.InputError):
        am.profile("/vsicurl/http://localhost/dem.tif", WEST, EAST)
