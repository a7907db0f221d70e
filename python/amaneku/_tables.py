"""Tables of a plan as frames of pandas, or of geopandas where it is installed."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any

from amaneku import _core
from amaneku._kept import Kept
from amaneku._stored import Stored, StoredTables

if TYPE_CHECKING:
    import pandas

_DTYPES = {"text": "object", "real": "float64", "integer": "Int64", "flag": "boolean"}


class Tables(Mapping[str, "pandas.DataFrame"]):
    """What the plan and its studies found, by the name that summary.json, CSV files and result.h5 use too.

    A value is a pandas frame. Where the table has a place on the ground it is a geopandas frame in the plan's CRS
    or, without geopandas, has a column `geometry` of well-known binary (None: no geometry). Units and meanings of
    the columns are in `frame.attrs["columns"]`.
    """

    def __init__(self, planned: _core.Planned | Kept | Stored) -> None:
        self._crs = planned.crs
        held = isinstance(planned, (Kept, Stored))
        self._tables: Mapping[str, dict[str, Any]] = planned.tables if held else _core.tables(planned)
        self._frames: dict[str, pandas.DataFrame] = {}

    def __getitem__(self, name: str) -> pandas.DataFrame:
        if name not in self._frames:
            table = self._tables[name]
            if isinstance(self._tables, StoredTables):
                table = {**table, "geometry": self._tables.shapes(name)}
            self._frames[name] = _frame(table, self._crs)
        return self._frames[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self._tables)

    def __len__(self) -> int:
        return len(self._tables)

    def __repr__(self) -> str:
        return f"Tables({', '.join(self._tables)})"


def _frame(table: dict[str, Any], crs: str) -> pandas.DataFrame:
    try:
        import pandas
    except ImportError as missing:
        raise ImportError("plan.tables gives frames of pandas: pip install amaneku[tables]") from missing
    about = table["about"]
    frame = pandas.DataFrame(
        {name: pandas.array(values, dtype=_DTYPES[about[name][0]]) for name, values in table["columns"].items()}
    )
    shapes = table["geometry"]
    if shapes is not None:
        frame = _with_geometry(frame, [shape or None for shape in shapes], crs)
    frame.attrs["meaning"] = table["meaning"]
    frame.attrs["columns"] = {
        name: {"unit": unit, "meaning": meaning} for name, (_, unit, meaning) in about.items()
    }
    return frame


def _with_geometry(frame: pandas.DataFrame, shapes: list[bytes | None], crs: str) -> pandas.DataFrame:
    try:
        import geopandas
    except ImportError:
        frame["geometry"] = shapes
        return frame
    return geopandas.GeoDataFrame(frame, geometry=geopandas.GeoSeries.from_wkb(shapes), crs=crs)
