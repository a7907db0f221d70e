"""Inputs of a scenario that are in memory: arrays and frames, kept as files beside it."""

from __future__ import annotations

import hashlib
import json
import os
import pathlib
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

import numpy as np

from amaneku import _core
from amaneku._faults import refused
from amaneku._files import write_whole

if TYPE_CHECKING:
    import geopandas
    import xarray

FOLDER = "from_python"
"""Beside the scenario, which reads from its own folder."""
LISTS = (
    "terrain.dem",
    "terrain.surface",
    "terrain.clutter_height",
    "terrain.zone",
    "population",
    "boundaries",
    "roads",
)
"""Sections that are lists: an input alone stands for a list of one."""


def _is_input(value: object) -> bool:
    """A DataArray, a DataFrame or a GeoDataFrame, told without importing their packages."""
    return (hasattr(value, "dims") and hasattr(value, "coords") and hasattr(value, "values")) or _is_frame(value)


def _is_frame(value: object) -> bool:
    return hasattr(value, "columns") and hasattr(value, "iloc")


def with_files(settings: Mapping[str, Any], scenario: str | os.PathLike[str]) -> dict[str, Any]:
    """The settings with names of files in place of inputs, which are written where they are not there yet.

    Names tell what is in them: the same input has the same name, and the result the same bytes.
    """
    path = pathlib.Path(scenario)
    folder = (path if os.path.isdir(path) else path.parent) / FOLDER  # of names that cannot be, the core tells
    out: dict[str, Any] = {}
    for key, value in settings.items():
        if key == "sites" and _is_frame(value):
            from amaneku._scenario import Sites, _site_table

            out["site"] = [_site_table(site_id, site) for site_id, site in Sites.from_frame(value).items()]
            out["sites"] = {}
        elif key in LISTS and _is_input(value):
            out[key] = [{"path": _kept(key, value, folder)}]
        else:
            out[key] = _replaced(key, value, folder)
    return out


def blanked(key: str, value: Any) -> Any:
    """The value of a key with a name in place of every input, to be judged before there are files."""
    if key in LISTS and _is_input(value):
        return ""
    if isinstance(value, Mapping):
        return {
            name: "" if name == "path" and _is_input(item) else blanked("", item) for name, item in value.items()
        }
    if isinstance(value, (list, tuple)):
        return [blanked("", item) for item in value]
    return "" if key.endswith(".path") and _is_input(value) else value


def _replaced(key: str, value: Any, folder: pathlib.Path) -> Any:
    if isinstance(value, Mapping):
        return {
            name: _kept(key, item, folder) if name == "path" and _is_input(item) else _replaced(key, item, folder)
            for name, item in value.items()
        }
    if isinstance(value, (list, tuple)):
        return [_replaced(key, item, folder) for item in value]
    if key.endswith(".path") and _is_input(value):
        return _kept(key.removesuffix(".path"), value, folder)
    return value


def _kept(key: str, value: Any, folder: pathlib.Path) -> str:
    """Its name for the scenario."""
    kind, digest, write = _raster(key, value) if not _is_frame(value) else _table(key, value)
    file = folder / f"{key.replace('.', '_')}-{digest.hexdigest()[:16]}.{kind}"
    if not file.exists():
        try:
            folder.mkdir(exist_ok=True)
        except OSError as error:
            raise refused(
                f"cannot be kept beside the scenario ({error.strerror}): copy the scenario to where you can write",
                key=key,
                value=str(folder),
            ) from None
        write(file)
    return f"{FOLDER}/{file.name}"


# Rasters.


def _raster(key: str, array: xarray.DataArray) -> Any:
    from amaneku._profile import axes_of

    crs = _crs_text(key, array)
    x, y, values = axes_of(key, array)
    if values.dtype.kind not in "fiu":
        raise refused("is no array of numbers", key=key, value=str(values.dtype))
    values = _declared(array, np.asarray(values))
    if x[0] > x[-1]:
        x, values = x[::-1], values[:, ::-1]
    if y[0] < y[-1]:  # rows from the south: the coordinates say so, and the file has them from the north
        y, values = y[::-1], values[::-1]
    transform = _transform(array, x, y)
    pixels = np.ascontiguousarray(values, dtype=np.float32)
    digest = hashlib.sha256(json.dumps([transform, crs, pixels.shape]).encode())
    digest.update(pixels.tobytes())
    return "tif", digest, lambda file: _core.write_pixels(os.fspath(file), pixels, transform, crs)


def _declared(array: xarray.DataArray, values: Any) -> Any:
    """NaN where the array says that there is nothing (rioxarray unless masked, attribute _FillValue)."""
    for name in ("_FillValue", "missing_value", "nodata"):
        nothing = array.attrs.get(name, array.encoding.get(name))
        if nothing is not None and np.isscalar(nothing) and nothing == nothing:
            return np.where(values == nothing, np.nan, values)
    return values


def _crs_text(key: str, array: xarray.DataArray) -> str:
    said = array.attrs.get("crs")
    if said is None:
        for name in (array.attrs.get("grid_mapping", array.encoding.get("grid_mapping")), "spatial_ref", "crs"):
            if isinstance(name, str) and name in array.coords:
                attributes = array.coords[name].attrs
                said = attributes.get("crs_wkt") or attributes.get("spatial_ref")
                break
    if said is None:
        raise refused(
            'is a DataArray without CRS: set attrs["crs"] = "EPSG:6676", or rio.write_crs(...)',
            key=key,
            value=" x ".join(str(size) for size in array.shape),
        )
    return said if isinstance(said, str) else said.to_wkt()


def _transform(array: xarray.DataArray, x: Any, y: Any) -> tuple[float, ...]:
    """GDAL's. As rioxarray keeps it where the centres agree with it, because these are rounded."""
    step_x, step_y = (x[-1] - x[0]) / (x.size - 1), (y[-1] - y[0]) / (y.size - 1)
    found = (x[0] - step_x / 2, step_x, 0.0, y[0] - step_y / 2, 0.0, step_y)
    if "spatial_ref" in array.coords:
        try:
            kept = tuple(float(part) for part in str(array.coords["spatial_ref"].attrs["GeoTransform"]).split())
        except (KeyError, ValueError):
            return tuple(float(part) for part in found)
        near = 1e-6 * min(abs(step_x), abs(step_y))
        if len(kept) == 6 and all(abs(a - b) <= near for a, b in zip(kept, found, strict=True)):
            return kept
    return tuple(float(part) for part in found)


# Tables.


def _table(key: str, frame: Any) -> Any:
    if frame.empty:
        raise refused("is a frame without rows", key=key)
    if hasattr(frame, "geometry") and hasattr(frame, "crs"):
        kind, content = "geojson", _geojson(key, frame)
    else:
        kind, content = "csv", frame.to_csv(index=False)
    return kind, hashlib.sha256(content.encode()), lambda file: write_whole(file, content)


def _geojson(key: str, frame: geopandas.GeoDataFrame) -> str:
    if frame.crs is None:
        raise refused("is a GeoDataFrame without CRS: frame.set_crs(...)", key=key, value=f"{len(frame)} rows")
    authority = frame.crs.to_authority()
    if authority is None or authority[0] != "EPSG":
        frame, authority = frame.to_crs("EPSG:4326"), ("EPSG", "4326")
    names = [name for name in frame.columns if name != frame.geometry.name]
    features = [
        {
            "type": "Feature",
            "properties": {str(name): _plain(frame[name].iloc[row]) for name in names},
            "geometry": None if shape is None or shape.is_empty else shape.__geo_interface__,
        }
        for row, shape in enumerate(frame.geometry)
    ]
    crs = {"type": "name", "properties": {"name": f"urn:ogc:def:crs:EPSG::{authority[1]}"}}
    document: dict[str, Any] = {"type": "FeatureCollection", "features": features}
    if authority[1] != "4326":
        document = {"type": "FeatureCollection", "crs": crs, "features": features}
    return json.dumps(document, ensure_ascii=False)


def _plain(value: Any) -> Any:
    """Of a column, as JSON has it."""
    if value is None or value != value or type(value).__name__ == "NAType":
        return None
    if isinstance(value, (bool, str, int, float)):
        return value
    if isinstance(value, np.generic):
        return value.item()
    return str(value)


__all__ = ["FOLDER", "LISTS", "blanked", "with_files"]
