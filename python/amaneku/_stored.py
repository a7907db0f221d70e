"""A result that was stored: answers what a plan that was just made answers, from result.h5 and what lies beside
it.
"""

from __future__ import annotations

import os
import pathlib
from collections.abc import Iterator, Mapping
from typing import Any

import numpy as np
from numpy.typing import NDArray

from amaneku import _core

_FLOAT_MAPS = {"rsrp_dbm", "second_dbm", "interference_dbm", "ground_asl_m"}
_SERVER_MAPS = {"best_server", "second_server"}
_SERVICE_MAPS = {"sinr_db", "dl_mbps", "ul_mbps", "margin_db"}
_ALONE_MAPS = {"dl_alone_mbps": "dl_mbps", "ul_alone_mbps": "ul_mbps"}
_CELL_LOADS = (
    "dl_load",
    "ul_load",
    "dl_wanted",
    "ul_wanted",
    "noise_rise_db",
    "dl_demand_mbps",
    "ul_demand_mbps",
    "dl_served_mbps",
    "ul_served_mbps",
    "people",
)


class Stored:
    """Answers what Planned answers. Maps and tables are read when they are asked for, and kept."""

    def __init__(self, path: str | os.PathLike[str]) -> None:
        self._result = _core.open_result(os.fspath(path))
        self._maps: dict[str, NDArray[Any]] = {}
        self._losses: dict[int, NDArray[np.float32]] = {}
        self.file = pathlib.Path(self._result.file)
        self.tables = StoredTables(self._result)

    def __reduce__(self) -> tuple[Any, ...]:
        return Stored, (str(self.file.resolve()),)

    def __getattr__(self, name: str) -> Any:
        if name in _FLOAT_MAPS:
            return self._map(name)
        if name in _SERVER_MAPS:
            return self._kept(name, self._result.whole_map)
        if name in _SERVICE_MAPS or name in _ALONE_MAPS:
            self._need_service()
            loaded = name in _SERVICE_MAPS or self._result.has(name)
            return self._map(name if loaded else _ALONE_MAPS[name])
        if name == "service_state":
            self._need_service()
            return self._kept(name, lambda which: _read_only(self._result.whole_map(which).astype(np.uint8)))
        if name in ("grid", "crs", "name", "synthetic", "warnings"):
            return getattr(self._result, name)
        raise AttributeError(name)

    @property
    def sectors(self) -> list[str]:
        table = self.tables["sectors"]["columns"]
        return [f"{site}/{sector}" for site, sector in zip(table["site_id"], table["sector_id"], strict=True)]

    @property
    def has_service(self) -> bool:
        return self._result.has("sinr_db")

    @property
    def has_path_loss(self) -> bool:
        return self._result.has("path_loss_db")

    @property
    def cell_loads(self) -> list[dict[str, float]]:
        columns = self.tables["sectors"]["columns"]
        if "dl_load" not in columns:
            return []
        return [{key: float(columns[key][row]) for key in _CELL_LOADS} for row in range(len(columns["dl_load"]))]

    @property
    def summary_json(self) -> str:
        file = self.file.parent / "summary.json"
        if not file.is_file():
            raise _core.InputError(f"{file}: is missing: the figures of the summary lie beside result.h5")
        _core.verify_file(os.fspath(file))
        return file.read_text(encoding="utf-8")

    @property
    def provenance(self) -> tuple[str, str, dict[str, str], dict[str, str], list[str]]:
        result = self._result
        return (
            result.scenario_file,
            result.scenario_text,
            result.input_sha256,
            result.overrides,
            result.credits,
        )

    @property
    def threshold_dbm(self) -> float:
        """A cell is covered from here on."""
        return float(self._result.settings["threshold_dbm"])

    def loss_window(self, sector: int | str) -> tuple[NDArray[np.float32], int, int]:
        labels = self.sectors
        index = labels.index(sector) if isinstance(sector, str) and sector in labels else sector
        if not isinstance(index, int) or not 0 <= index < len(labels):
            raise _core.InputError(
                f"sector = {sector}: no such sector "
                f"(legal: an index below {len(labels)} or a name from coverage.sectors)"
            )
        transmitter = int(self.tables["sectors"]["columns"]["transmitter"][index])
        if transmitter not in self._losses:
            self._losses[transmitter] = self._result.path_loss_db(transmitter)
        return _trimmed(self._losses[transmitter])

    def _map(self, name: str) -> NDArray[np.float32]:
        return self._kept(name, self._result.map)

    def _kept(self, name: str, read: Any) -> NDArray[Any]:
        if name not in self._maps:
            self._maps[name] = read(name)
        return self._maps[name]

    def _need_service(self) -> None:
        if not self.has_service:
            raise _core.InputError(
                "sector_defaults.technology: this plan has no SINR and no rates: "
                "no sector's radio technology is known"
            )


class StoredTables(Mapping[str, "dict[str, Any]"]):
    """Tables of result.h5, with their places on the ground from network.gpkg where that lies beside it."""

    def __init__(self, result: _core.StoredResult) -> None:
        self._result = result
        self._names = result.table_names
        self._read: dict[str, dict[str, Any]] = {}
        layers = pathlib.Path(result.file).parent / "network.gpkg"
        self._layers: pathlib.Path | None = layers if layers.is_file() else None
        self._verified = False

    def __getitem__(self, name: str) -> dict[str, Any]:
        if name not in self._names:
            raise KeyError(name)
        if name not in self._read:
            self._read[name] = self._result.table(name)
        return self._read[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self._names)

    def __len__(self) -> int:
        return len(self._names)

    def shapes(self, name: str) -> list[bytes] | None:
        """Well-known binary of each row, empty where it has no place; None where no layer has the table."""
        table = self[name]
        if self._layers is None:
            return None
        if not self._verified:
            _core.verify_file(os.fspath(self._layers))
            self._verified = True
        rows = _row_keys(table)
        shapes: list[bytes] = [b""] * len(rows)
        found = False
        for layer in _layer_names(name):
            try:
                fields, values, places = _core.layer_shapes(os.fspath(self._layers), layer, self._result.crs)
            except _core.InputError:
                continue  # no layer of this name
            found = True
            _place(shapes, rows, _feature_keys(table, fields, values), places)
        return shapes if found else None


def _layer_names(table: str) -> list[str]:
    if table == "population":
        return ["meshes", "population_points"]
    return [table, f"{table}_points", f"{table}_lines", f"{table}_areas"]


def _told_by(table: dict[str, Any]) -> list[str]:
    """Columns that tell rows apart: words and whole numbers, which are the same in every file."""
    return [name for name, (kind, _, _) in table["about"].items() if kind in ("text", "integer")]


def _row_keys(table: dict[str, Any]) -> list[tuple[str, ...]]:
    columns = [[_word(value) for value in table["columns"][name]] for name in _told_by(table)]
    if columns:
        return list(zip(*columns, strict=True))
    return [()] * max((len(values) for values in table["columns"].values()), default=0)


def _feature_keys(
    table: dict[str, Any], fields: list[str], values: list[list[str | None]]
) -> list[tuple[str, ...] | None]:
    wanted = _told_by(table)
    if not set(wanted) <= set(fields):
        return [None] * len(values)
    where = [fields.index(name) for name in wanted]
    return [tuple(feature[i] or "" for i in where) for feature in values]


def _word(value: Any) -> str:
    if isinstance(value, str):
        return value
    return "" if np.isnan(value) else str(int(value))


def _place(
    shapes: list[bytes], rows: list[tuple[str, ...]], features: list[tuple[str, ...] | None], places: list[bytes]
) -> None:
    """Features are in the order of their rows; rows without a place have none."""
    if features.count(None) == 0:
        row = 0
        for feature, place in zip(features, places, strict=True):
            while row < len(rows) and (rows[row] != feature or shapes[row]):
                row += 1
            if row == len(rows):
                return
            shapes[row] = place
            row += 1
    elif len(features) == len(rows):
        shapes[:] = places


def _trimmed(loss_db: NDArray[np.float32]) -> tuple[NDArray[np.float32], int, int]:
    """The window that holds every value, and its row and column."""
    computed = np.isfinite(loss_db)
    rows, columns = np.flatnonzero(computed.any(axis=1)), np.flatnonzero(computed.any(axis=0))
    if rows.size == 0:
        return loss_db[:0, :0], 0, 0
    top, left = int(rows[0]), int(columns[0])
    return loss_db[top : rows[-1] + 1, left : columns[-1] + 1], top, left


def _read_only(values: NDArray[Any]) -> NDArray[Any]:
    values.setflags(write=False)
    return values
