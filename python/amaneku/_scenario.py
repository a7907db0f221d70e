"""A scenario to be changed and run from Python."""

from __future__ import annotations

import copy
import difflib
import os
import pathlib
import re
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any

from amaneku import _core
from amaneku._memory import LISTS, blanked
from amaneku._plan import Plan, Setting, _toml_value, check, run

if TYPE_CHECKING:
    import pandas

_SITE_KEYS = ("name", "operator", "lon", "lat", "status")
_SECTOR_KEYS = (
    "azimuth_deg",
    "mechanical_downtilt_deg",
    "electrical_downtilt_deg",
    "tx_agl_m",
    "freq_hz",
    "power_dbm",
    "subcarriers",
    "feeder_loss_db",
    "technology",
    "bandwidth_hz",
    "load",
    "indoor",
    "year",
    "antenna",
)
"""Those of [sector_defaults] (docs/formats/scenario.md)."""
_OTHER_NAMES = {"tilt_electrical_deg": "electrical_downtilt_deg", "tilt_mechanical_deg": "mechanical_downtilt_deg"}
_WHOLE = ("subcarriers", "year")
_TEXTS = ("name", "operator", "status", "technology", "antenna")


class Record:
    """Values by name, as attributes: a typo is an AttributeError with the nearest name."""

    _keys: tuple[str, ...] = ()

    def __init__(self, **values: Setting) -> None:
        object.__setattr__(self, "_values", {})
        for name, value in values.items():
            setattr(self, name, value)

    def _key(self, name: str) -> str:
        key = _OTHER_NAMES.get(name, name)
        if key in self._keys:
            return key
        near = difflib.get_close_matches(name, self._keys, 1, 0.4)
        hint = f"; did you mean {near[0]}?" if near else f" (legal: {', '.join(self._keys)})"
        raise AttributeError(f"a {type(self).__name__.lower()} has no {name}{hint}")

    def __getattr__(self, name: str) -> Any:
        if name.startswith("__"):
            raise AttributeError(name)
        return self._values.get(self._key(name))

    def __setattr__(self, name: str, value: Setting | None) -> None:
        key = self._key(name)
        if value is None:
            self._values.pop(key, None)
        else:
            self._values[key] = value

    def __delattr__(self, name: str) -> None:
        self._values.pop(self._key(name), None)

    def __dir__(self) -> list[str]:
        return [*super().__dir__(), *self._keys]

    def __eq__(self, other: object) -> bool:
        return type(other) is type(self) and self._values == other._values

    __hash__ = None  # type: ignore[assignment]

    def __getstate__(self) -> dict[str, Any]:
        return dict(vars(self))

    def __setstate__(self, state: dict[str, Any]) -> None:
        for name, value in state.items():
            object.__setattr__(self, name, value)

    def __repr__(self) -> str:
        return f"{type(self).__name__}({', '.join(f'{key}={value!r}' for key, value in self._values.items())})"


class Sector(Record):
    """A sector of a site; what it does not say is as [sector_defaults]: None here. Units are in the names."""

    _keys = _SECTOR_KEYS


class Site(Record):
    """A site with its `sectors`, by id; lon and lat in degrees, status "existing" or "candidate"."""

    _keys = _SITE_KEYS

    def __init__(self, *, sectors: Mapping[str, Sector] | None = None, **values: Setting) -> None:
        super().__init__(**values)
        object.__setattr__(self, "sectors", dict(sectors or {}))

    def __eq__(self, other: object) -> bool:
        return super().__eq__(other) and self.sectors == other.sectors  # type: ignore[attr-defined]

    def __repr__(self) -> str:
        return super().__repr__()[:-1] + f", sectors={list(self.sectors)})"


class Sites(dict[str, Site]):
    """Sites by id, to be changed, added and removed."""

    def to_frame(self) -> pandas.DataFrame:
        """One row a sector, as a file of sites has them (docs/formats/sites.md): site_id, name, lon, lat, ..."""
        import pandas

        rows = []
        for site_id, site in self.items():
            own = {"site_id": site_id, **{key: site._values.get(key) for key in _SITE_KEYS}}
            for sector_id, sector in (site.sectors or {"": Sector()}).items():
                rows.append({**own, "sector_id": sector_id.split("@")[0], **sector._values})
        columns = ["site_id", *_SITE_KEYS, "sector_id"]
        columns += [key for key in _SECTOR_KEYS if any(key in row for row in rows)]
        return pandas.DataFrame(rows, columns=columns)

    @classmethod
    def from_frame(cls, frame: pandas.DataFrame) -> Sites:
        """The way back, also from a GeoDataFrame of points. ValueError names columns that are unknown."""
        table = _with_places(frame)
        known = {"site_id", "sector_id", *_SITE_KEYS, *_SECTOR_KEYS}
        for column in table.columns:
            if column not in known:
                near = difflib.get_close_matches(str(column), known, 1, 0.5)
                raise ValueError(f"column {column}: unknown" + (f"; did you mean {near[0]}?" if near else ""))
        missing = [column for column in ("site_id", "lon", "lat") if column not in table]
        if missing:
            raise ValueError(f"column {missing[0]}: is missing")
        return cls._of_rows(table.to_dict("records"))

    @classmethod
    def _of_rows(cls, rows: list[dict[str, Any]]) -> Sites:
        sites = cls()
        for row in rows:
            given = {key: value for key, value in row.items() if not _is_missing(value)}
            site_id = str(given["site_id"])
            values = {key: _plain(key, given[key]) for key in _SITE_KEYS if key in given}
            site = sites.setdefault(site_id, Site(**values))
            if any(site._values.get(key) != value for key, value in values.items() if key != "name"):
                raise ValueError(f"site_id {site_id}: its rows do not agree on where and what the site is")
            sector_id = str(given.get("sector_id", len(site.sectors) + 1))
            if sector_id.endswith(".0"):
                sector_id = sector_id[:-2]  # a column of numbers with gaps
            sector = Sector(**{key: _plain(key, given[key]) for key in _SECTOR_KEYS if key in given})
            while sector_id in site.sectors:  # another carrier of the sector
                sector_id = f"{sector_id.split('@')[0]}@{len(site.sectors) + 1}"
            site.sectors[sector_id] = sector
        return sites


class Scenario:
    """A scenario file with what is changed beside it; the file itself stays as it is.

        s = am.Scenario.load("scenario.toml")
        s.set("propagation.model", "p1812")
        s.sites["S01"].sectors["1"].electrical_downtilt_deg = 8
        s.sites.pop("S02")
        plan = s.run()

    What was changed is in the plan's provenance as settings, so that `explain` and `compare` know it.
    """

    def __init__(self, file: str | os.PathLike[str]) -> None:
        path = pathlib.Path(file)
        self.file = path / "scenario.toml" if path.is_dir() else path
        self._tree = _parsed(self.file)
        self._settings: dict[str, Setting] = {}
        self._sites: Sites | None = None
        self._sites_read: Sites | None = None

    @classmethod
    def load(cls, file: str | os.PathLike[str]) -> Scenario:
        """Of a file, or of the scenario.toml in a folder. InputError where it cannot be read or is no TOML."""
        return cls(file)

    def get(self, key: str) -> Any:
        """The value of a dotted key as set, else as the file has it; None where neither says anything."""
        if key in self._settings:
            return self._settings[key]
        at: Any = self._tree
        for part in key.split("."):
            if not isinstance(at, Mapping) or part not in at:
                return None
            at = at[part]
        return copy.deepcopy(at)

    def set(self, key: str, value: Setting) -> Scenario:
        """Sets a dotted key, as `--set` does; run() and check() judge it. Returns the scenario itself.

        In place of a path a DataArray, DataFrame or GeoDataFrame may stand: set("terrain.dem", array),
        set("population", [{"path": frame, "count_field": "people"}]).
        """
        if key not in LISTS and not re.fullmatch(r"[^.=\s]+(\.[^.=\s]+)+", key):
            raise ValueError(f"key = {key!r}: section.key, as in the scenario file")
        if key.split(".")[0] in ("site", "sites"):
            raise ValueError(f"key = {key!r}: sites are changed by scenario.sites")
        _toml_value(blanked(key, value))
        self._settings[key] = value
        return self

    @property
    def sites(self) -> Sites:
        """Sites of the file and of the file of sites that it names, read at the first use."""
        if self._sites is None:
            self._sites_read = self._read_sites()
            self._sites = copy.deepcopy(self._sites_read)
        return self._sites

    @sites.setter
    def sites(self, sites: Sites | pandas.DataFrame) -> None:
        _ = self.sites
        self._sites = sites if isinstance(sites, Sites) else Sites.from_frame(sites)

    @property
    def settings(self) -> dict[str, Setting]:
        """What run() sets beside the file."""
        settings = dict(self._settings)
        if self._sites is not None and self._sites != self._sites_read:
            settings["site"] = [_site_table(site_id, site) for site_id, site in self._sites.items()]
            if self.get("sites.path"):
                settings["sites"] = {}
        return settings

    def check(self) -> None:
        """InputError lists every fault at once."""
        check(self.file, settings=self.settings)

    def run(self, *, threads: int = 0, on_progress: Callable[[str, float], object] | None = None) -> Plan:
        """Plans the scenario with its changes, as run() does."""
        return run(self.file, threads=threads, settings=self.settings, on_progress=on_progress)

    def copy(self) -> Scenario:
        """Another one, to be changed by itself."""
        return copy.deepcopy(self)

    def _read_sites(self) -> Sites:
        sites = Sites()
        for table in self._tree.get("site", []):
            values = {key: table[key] for key in _SITE_KEYS if key in table}
            site = Site(**values)
            for number, sector in enumerate(table.get("sector", [{}]), start=1):
                site.sectors[_free(site.sectors, str(sector.get("id", number)))] = Sector(
                    **{key: sector[key] for key in _SECTOR_KEYS if key in sector}
                )
            sites[str(table.get("id", ""))] = site
        name = self.get("sites.path")
        if name:
            known = ["site_id", *_SITE_KEYS, "sector_id", *_SECTOR_KEYS]
            layer = self.get("sites.layer") or ""
            _, rows = _core.read_site_table(os.fspath(self._input(name)), layer, known)
            kept = [{key: value for key, value in row.items() if key in known and value != ""} for row in rows]
            sites.update(Sites._of_rows([row for row in kept if "site_id" in row]))
        return sites

    def _input(self, name: str) -> pathlib.Path:
        """As the core finds inputs: relative to the scenario, or below the folder of real data."""
        if "${AMANEKU_DATA}" in name:
            data = os.environ.get("AMANEKU_DATA")
            if not data:
                raise _core.InputError(f"sites.path = {name}: AMANEKU_DATA, the folder of real data, is not set")
            return pathlib.Path(name.replace("${AMANEKU_DATA}", data))
        return self.file.parent / name

    def __repr__(self) -> str:
        changed = f", {len(self.settings)} changes" if self.settings else ""
        return f"Scenario({str(self.file)!r}{changed})"


def _parsed(file: pathlib.Path) -> dict[str, Any]:
    try:
        import tomllib
    except ImportError:  # Python 3.10
        import tomli as tomllib
    try:
        return tomllib.loads(file.read_text(encoding="utf-8"))
    except OSError as error:
        raise _core.InputError(f"{file}: {error.strerror}") from None
    except (tomllib.TOMLDecodeError, UnicodeDecodeError):
        check(file)  # says line and column
        raise


def _free(taken: Mapping[str, Any], sector_id: str) -> str:
    """Sectors of one id on several carriers."""
    return f"{sector_id}@{len(taken) + 1}" if sector_id in taken else sector_id


def _site_table(site_id: str, site: Site) -> dict[str, Any]:
    table: dict[str, Any] = {"id": site_id, **site._values}
    if site.sectors:
        table["sector"] = [{"id": key.split("@")[0], **sector._values} for key, sector in site.sectors.items()]
    return table


def _is_missing(value: Any) -> bool:
    return value is None or value == "" or value != value or type(value).__name__ == "NAType"


def _plain(key: str, value: Any) -> Setting:
    """Of a frame or of a file, where everything is text. ValueError names what is no number."""
    if key in _TEXTS:
        return str(value)
    if key == "indoor":
        return value if isinstance(value, bool) else str(value).strip().lower() in ("true", "1", "yes", "1.0")
    try:
        return int(float(value)) if key in _WHOLE else float(value)
    except (TypeError, ValueError):
        raise ValueError(f"{key} = {value!r}: is not a number") from None


def _with_places(frame: pandas.DataFrame) -> pandas.DataFrame:
    """lon and lat from the points of a GeoDataFrame, where it has no such columns."""
    if not hasattr(frame, "geometry") or "geometry" not in frame:
        return frame
    places = frame.to_crs("EPSG:4326") if frame.crs is not None else frame
    table = frame.drop(columns="geometry")
    if "lon" not in table:
        table = table.assign(lon=places.geometry.x, lat=places.geometry.y)
    return table


__all__ = ["Scenario", "Sector", "Site", "Sites"]
