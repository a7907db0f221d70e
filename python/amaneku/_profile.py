"""The terrain between two places."""

from __future__ import annotations

import os
import re
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from amaneku import _core
from amaneku._plan import Plan

if TYPE_CHECKING:
    import xarray

_EPSG = re.compile(r'(?:ID|AUTHORITY)\["EPSG",\s*"?(\d+)"?\]\]\s*$')  # of the whole, at the end of WKT

Dem = str | os.PathLike | Sequence[str | os.PathLike] | Plan
"""Files of heights (the earlier one wins), a plan, or a DataArray."""


def profile(
    dem: Dem | xarray.DataArray,
    a: tuple[float, float],
    b: tuple[float, float],
    *,
    step_m: float | None = None,
    surface: str | os.PathLike[str] | None = None,
) -> _core.Profile:
    """Profile of the ground from `a` to `b`, both (longitude, latitude) in degrees, along the geodesic.

    `dem` is a raster of heights above sea level or a list of them, as [[terrain.dem]] takes them; a Plan, whose
    own ground is sampled; or a DataArray with x and y in degrees or in a projected CRS that it names (rioxarray's
    `spatial_ref`, or attribute "crs"). `step_m` is the distance of points, at most; absent: that of the raster's
    pixels. `surface` is a raster of the surface: what it stands over the ground is clutter.
    InputError where the raster has no height on the way, with how far that is from `a`.
    """
    ends = _place("a", a), _place("b", b)
    if isinstance(dem, Plan):
        spacing = step_m or dem.grid.cell_m
        length_m, lon, lat = _core.geodesic_places(*ends, spacing)
        ground = _sampled_plan(dem, lon, lat)
    elif hasattr(dem, "dims"):
        length_m, lon, lat = _core.geodesic_places(*ends, step_m or _spacing_m(dem))
        ground = _sampled_array(dem, lon, lat)
    else:
        paths = [os.fspath(dem)] if isinstance(dem, (str, os.PathLike)) else [os.fspath(path) for path in dem]
        length_m, lon, lat = _core.geodesic_places(*ends, step_m or 30.0)
        ground = _core.raster_along(paths, lon, lat, 0.0)
    distance = np.linspace(0.0, length_m, len(lon))
    _need_ground(ground, distance)
    clutter = None
    if surface is not None:
        top = _core.raster_along([os.fspath(surface)], lon, lat, 0.0)
        _need_ground(top, distance)
        clutter = np.maximum(0.0, top - ground)
    return _core.Profile(distance_m=distance, ground_asl_m=ground, clutter_m=clutter)


def _place(name: str, place: tuple[float, float]) -> tuple[float, float]:
    try:
        lon, lat = (float(value) for value in place)
    except (TypeError, ValueError):
        raise TypeError(f"{name} = {place!r}: a pair (longitude, latitude) in degrees") from None
    return lon, lat


def _need_ground(ground_asl_m: NDArray[np.float64], distance_m: NDArray[np.float64]) -> None:
    missing = np.flatnonzero(np.isnan(ground_asl_m))
    if missing.size:
        raise _core.InputError(
            f"dem: no height at {missing.size} of {ground_asl_m.size} points of the profile, "
            f"the first {distance_m[missing[0]] / 1000.0:.2f} km from a"
        )


def _bilinear(values: NDArray[Any], column: NDArray[np.float64], row: NDArray[np.float64]) -> NDArray[np.float64]:
    """As the core samples a raster: edge values hold within the outer half cell, NaN beyond and beside voids."""
    height, width = values.shape
    inside = (column >= -0.5) & (column <= width - 0.5) & (row >= -0.5) & (row <= height - 0.5)
    column, row = np.clip(column, 0, width - 1), np.clip(row, 0, height - 1)
    left = np.minimum(column.astype(int), max(width - 2, 0))
    top = np.minimum(row.astype(int), max(height - 2, 0))
    right, bottom = np.minimum(left + 1, width - 1), np.minimum(top + 1, height - 1)
    across, down = column - left, row - top
    total = np.zeros(column.shape)
    for y, weight_y in ((top, 1.0 - down), (bottom, down)):
        for x, weight_x in ((left, 1.0 - across), (right, across)):
            weight = weight_x * weight_y
            total += np.where(weight > 0.0, weight * values[y, x].astype(float), 0.0)
    return np.where(inside, total, np.nan)


def _sampled_plan(plan: Plan, lon: NDArray[np.float64], lat: NDArray[np.float64]) -> NDArray[np.float64]:
    x, y = _core.to_plan(plan.crs, lon, lat)
    grid = plan.grid
    column, row = (x - grid.west_m) / grid.cell_m - 0.5, (grid.north_m - y) / grid.cell_m - 0.5
    return _bilinear(plan.ground_asl_m, column, row)


def _crs_of(dem: xarray.DataArray) -> str | None:
    """ "AUTHORITY:CODE" of a projected CRS, None for degrees; ValueError where nothing is said."""
    said = dem.attrs.get("crs")
    if said is None and "spatial_ref" in dem.coords:
        code = _EPSG.search(dem.coords["spatial_ref"].attrs.get("crs_wkt", ""))
        said = f"EPSG:{code[1]}" if code else None
    if said is None:
        raise ValueError('dem: a DataArray without CRS; set attrs["crs"] = "EPSG:4326", or rio.write_crs(...)')
    text = said if isinstance(said, str) else said.to_string()
    return None if text.upper() in ("EPSG:4326", "EPSG:6668", "EPSG:4612", "OGC:CRS84") else text


def axes_of(name: str, dem: xarray.DataArray) -> tuple[NDArray[np.float64], NDArray[np.float64], NDArray[Any]]:
    """x, y and heights [y, x]; ValueError for anything but two evenly spaced axes."""
    squeezed = dem.squeeze(drop=True)
    names = [("y", "x"), ("lat", "lon"), ("latitude", "longitude")]
    pair = next((pair for pair in names if set(pair) == set(squeezed.dims)), None)
    if pair is None:
        raise ValueError(f"{name}: dimensions {squeezed.dims}: a DataArray has y and x, or lat and lon")
    if any(axis not in squeezed.coords for axis in pair):
        raise ValueError(f"{name}: a DataArray has no coordinates {pair[0]} and {pair[1]}: where does it lie?")
    ordered = squeezed.transpose(*pair)
    y, x = (np.asarray(ordered[axis].values, dtype=float) for axis in pair)
    for axis_name, axis in zip(pair, (y, x), strict=True):
        steps = np.diff(axis)
        if axis.size < 2 or np.ptp(steps) > 1e-3 * np.abs(steps).max() or steps[0] == 0.0:
            raise ValueError(f"{name}: axis {axis_name} is not evenly spaced")
    return x, y, np.asarray(ordered.values)


def _spacing_m(dem: xarray.DataArray) -> float:
    x, y, _ = axes_of("dem", dem)
    step = min(abs(x[1] - x[0]), abs(y[1] - y[0]))
    return step if _crs_of(dem) is not None else 111_000.0 * step


def _sampled_array(
    dem: xarray.DataArray, lon: NDArray[np.float64], lat: NDArray[np.float64]
) -> NDArray[np.float64]:
    crs = _crs_of(dem)
    x, y, values = axes_of("dem", dem)
    at_x, at_y = (lon, lat) if crs is None else _core.to_plan(crs, lon, lat)
    return _bilinear(values, (at_x - x[0]) / (x[1] - x[0]), (at_y - y[0]) / (y[1] - y[0]))
