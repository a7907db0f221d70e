"""A plan: run() makes it, Plan and Coverage show it without copying."""

from __future__ import annotations

import json
import os
import pathlib
import tempfile
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from amaneku import _core
from amaneku._faults import checked_threads, text
from amaneku._kept import Kept
from amaneku._memory import with_files
from amaneku._stored import Stored
from amaneku._tables import Tables
from amaneku._words import Language

if TYPE_CHECKING:
    import xarray

    from amaneku._compare import Comparison

Setting = Any
"""A value of the scenario file: bool, int, float, str, a list or dict of them; an input in memory for a path."""


def run(
    scenario: str | os.PathLike[str],
    *,
    threads: int = 0,
    settings: Mapping[str, Setting] | None = None,
    on_progress: Callable[[str, float], object] | None = None,
) -> Plan:
    """Reads a scenario file and plans it.

    `settings` override keys of the file ("coverage.radius_m": 5000). Where the file names a raster or a table, a
    DataArray, a DataFrame or a GeoDataFrame may stand: {"terrain.dem": array, "population": frame, "sites":
    frame}, or [{"path": frame, "count_field": "people"}] with other keys beside it. They are kept as files in
    `from_python` beside the scenario. `threads` = 0 takes every core; the result does not depend on it. A process
    that was forked (multiprocessing.Pool) takes one, whatever is asked for; one that was started with "spawn"
    takes as many as asked. `on_progress(stage, done_fraction)` is called now and then; what it raises, and Ctrl-C,
    ends the run. InputError lists every fault of the input at once.
    """
    if on_progress is not None and not callable(on_progress):
        raise TypeError(f"on_progress is a function of (stage, done_fraction), not {type(on_progress).__name__}")
    plan = Plan(_core.run(os.fspath(scenario), checked_threads(threads), _toml(settings, scenario), on_progress))
    plan._scenario = pathlib.Path(scenario).absolute()
    return plan


def open_result(path: str | os.PathLike[str]) -> Plan:
    """The plan of a folder that a run wrote, or of its result.h5, without planning it again.

    Maps and tables are read when they are asked for. A folder is held against its manifest: every file by its
    size, the files that are read by their SHA-256 too (`amaneku verify` hashes all of them). `summary` needs
    summary.json, the places of tables network.gpkg, both beside result.h5. InputError where a file is missing,
    something else, of another format version, of another run or damaged; files from anybody are read with that in
    mind.
    """
    return Plan(Stored(path))


def check(scenario: str | os.PathLike[str], *, settings: Mapping[str, Setting] | None = None) -> None:
    """Validates a scenario file without planning it; InputError lists every fault at once."""
    _core.check(os.fspath(scenario), _toml(settings, scenario))


def demo_region(folder: str | os.PathLike[str], *, seed: int | None = None) -> pathlib.Path:
    """Writes the invented demo region into `folder`; returns the path of its scenario.toml."""
    return pathlib.Path(_core.demo_region(os.fspath(folder), seed))


class Coverage:
    """Grids of a plan, [y, x], row 0 is north; read-only views that keep the plan alive."""

    def __init__(self, planned: _core.Planned | Kept | Stored) -> None:
        self._planned = planned

    def __reduce__(self) -> tuple[Any, ...]:
        return Coverage, (_kept(self._planned),)

    @property
    def rsrp_dbm(self) -> NDArray[np.float32]:
        """Reference signal received power of the strongest sector; NaN where no sector was computed."""
        return self._planned.rsrp_dbm

    @property
    def best_server(self) -> NDArray[np.int32]:
        """Index into `sectors` of the strongest sector, -1 where there is none."""
        return self._planned.best_server

    @property
    def second_dbm(self) -> NDArray[np.float32]:
        """RSRP of the second strongest sector; NaN where fewer than two were computed."""
        return self._planned.second_dbm

    @property
    def second_server(self) -> NDArray[np.int32]:
        """Index into `sectors` of the second strongest sector, -1 where there is none."""
        return self._planned.second_server

    @property
    def interference_dbm(self) -> NDArray[np.float32]:
        """Power of all other sectors in a subcarrier of the strongest one's channel, at their loads; NaN: none."""
        return self._planned.interference_dbm

    @property
    def has_service(self) -> bool:
        """Whether a radio technology is known: without, the maps of service raise InputError."""
        return self._planned.has_service

    @property
    def sinr_db(self) -> NDArray[np.float32]:
        """SS-SINR of the strongest sector at `service.location_percent` of the places; NaN: not computed."""
        return self._planned.sinr_db

    @property
    def dl_mbps(self) -> NDArray[np.float32]:
        """Downlink rate that a person gets in the busy hour, Mbit/s; 0: not served, NaN: not computed.

        The rate alone on the carrier times the share of it that the cell's load leaves free. Without `[traffic]`
        nothing loads the cells, and it is the rate of one device alone.
        """
        return self._planned.dl_mbps

    @property
    def ul_mbps(self) -> NDArray[np.float32]:
        """Uplink rate that a person gets in the busy hour, Mbit/s, as `dl_mbps`."""
        return self._planned.ul_mbps

    @property
    def dl_alone_mbps(self) -> NDArray[np.float32]:
        """Downlink rate of one device alone on the carrier, Mbit/s; 0: not served, NaN: not computed."""
        return self._planned.dl_alone_mbps

    @property
    def ul_alone_mbps(self) -> NDArray[np.float32]:
        """Uplink rate of one device alone on the carrier, Mbit/s; 0: not served, NaN: not computed."""
        return self._planned.ul_alone_mbps

    @property
    def margin_db(self) -> NDArray[np.float32]:
        """The smaller of RSRP and SINR over the minima of the radio technology, dB; NaN: not computed."""
        return self._planned.margin_db

    @property
    def service_state(self) -> NDArray[np.uint8]:
        """0 served, 1 too weak, 2 blocked by terrain, 3 interfered, 4 uplink limited, 255 not computed."""
        return self._planned.service_state

    @property
    def cell_loads(self) -> list[dict[str, float]]:
        """Load of each sector in the busy hour, in the order of `sectors`; empty without [traffic]."""
        return self._planned.cell_loads

    @property
    def has_path_loss(self) -> bool:
        """Whether the losses of the transmitters were kept (`[output] path_loss`); without, loss_db() raises."""
        return self._planned.has_path_loss

    @property
    def sectors(self) -> list[str]:
        """Names of the sectors, "SITE/SECTOR", in the order of best_server."""
        return self._planned.sectors

    def loss_db(self, sector: int | str) -> NDArray[np.float32]:
        """Basic transmission loss from a sector's transmitter, whole grid, NaN outside its radius; a copy."""
        window, row, column = self._planned.loss_window(sector)
        whole = np.full(self._planned.grid.shape, np.nan, dtype=np.float32)
        whole[row : row + window.shape[0], column : column + window.shape[1]] = window
        return whole

    def loss_window(self, sector: int | str) -> tuple[NDArray[np.float32], tuple[slice, slice]]:
        """The same without copying: the window that was computed, and the slices (y, x) where it lies."""
        window, row, column = self._planned.loss_window(sector)
        return window, (slice(row, row + window.shape[0]), slice(column, column + window.shape[1]))

    def __repr__(self) -> str:
        return f"Coverage({len(self.sectors)} sectors on {self._planned.grid!r})"


@dataclass(frozen=True)
class Provenance:
    """What a plan was made of."""

    scenario_file: str
    """As it was named."""
    scenario_text: str = field(repr=False)
    input_sha256: dict[str, str] = field(repr=False)
    """By path as written in the scenario."""
    settings: dict[str, str]
    """What was set beside the file, as TOML."""
    credits: list[str]
    """出典, to be printed with every map."""


@dataclass(frozen=True)
class Explanation:
    """Why a cell has its value, as `amaneku explain` says it (docs/explain.md). print() shows everything."""

    verdict: str
    """One sentence."""
    text: str = field(repr=False)
    """Every term, the obstacle, the link budget, the second server."""
    details: dict[str, Any] = field(repr=False)
    """The cell as in `amaneku explain --json`: server, second, service, data_gaps ..."""

    def __str__(self) -> str:
        return self.text


class Plan:
    """What run() and open_result() return. Pickle carries its maps, figures and tables to other processes, not
    save()'s inputs; of an opened plan it carries where its files lie.
    """

    def __init__(self, planned: _core.Planned | Kept | Stored) -> None:
        self._planned = planned
        self._tables: Tables | None = None
        self._scenario: pathlib.Path | None = None
        self._folder: tempfile.TemporaryDirectory[str] | None = None
        self.coverage = Coverage(planned)

    def __reduce__(self) -> tuple[Any, ...]:
        return Plan, (_kept(self._planned),)

    def __copy__(self) -> Plan:
        return self  # nothing of it changes

    def __deepcopy__(self, memo: dict[int, Any]) -> Plan:
        return self

    @property
    def name(self) -> str:
        """The scenario's name."""
        return self._planned.name

    @property
    def grid(self) -> _core.Grid:
        """Where the cells lie, metres in `crs`."""
        return self._planned.grid

    @property
    def crs(self) -> str:
        """The plan's projected CRS, such as "EPSG:6676"."""
        return self._planned.crs

    @property
    def synthetic(self) -> bool:
        """True if any input was invented or spread by a rule."""
        return self._planned.synthetic

    @property
    def ground_asl_m(self) -> NDArray[np.float32]:
        """The bare earth, [y, x]; NaN is no data."""
        return self._planned.ground_asl_m

    @property
    def warnings(self) -> list[_core.PlanWarning]:
        """What the user must know about this result; each id once."""
        return self._planned.warnings

    @property
    def tables(self) -> Tables:
        """Every table of the plan and its studies: "municipalities", "places", "site_costs" ...; needs pandas."""
        if self._tables is None:
            self._tables = Tables(self._planned)
        return self._tables

    @property
    def costs(self) -> dict[str, Any] | None:
        """The bill: `costs` of the summary with `sites`, id to costs and payers; None without [costs]."""
        summary = self.summary
        if "costs" not in summary:
            return None
        keys = ("capex_jpy", "opex_jpy_per_year", "total_cost_jpy", "net_present_value_jpy", "assets", "subsidy")
        sites = {
            site["id"]: {key: site[key] for key in keys if key in site}
            for site in summary["sites"]
            if "capex_jpy" in site
        }
        return {**summary["costs"], "sites": sites}

    @property
    def summary(self) -> dict[str, Any]:
        """The figures of summary.json."""
        planned = self._planned
        return json.loads(
            planned.summary_json if isinstance(planned, (Kept, Stored)) else _core.summary_json(planned)
        )

    @property
    def provenance(self) -> Provenance:
        """Scenario, inputs by their hashes, settings and credits."""
        planned = self._planned
        return Provenance(
            *(planned.provenance if isinstance(planned, (Kept, Stored)) else _core.provenance(planned))
        )

    @property
    def threshold_dbm(self) -> float:
        """A cell is covered from this RSRP on (`coverage.threshold_dbm`)."""
        planned = self._planned
        return planned.threshold_dbm if isinstance(planned, Stored) else self.summary["plan"]["threshold_dbm"]

    @property
    def credits(self) -> list[str]:
        """出典: data credits, to be printed with every map."""
        return self.provenance.credits

    def save(self, folder: str | os.PathLike[str], *, lang: str = "en") -> None:
        """Writes every result file, as `amaneku run -o` does. TypeError for a plan that came through pickle, and
        for one that was opened: copy its folder.
        """
        if isinstance(self._planned, Kept):
            raise TypeError("a plan that came through pickle has no inputs to write: save() it where it was made")
        if isinstance(self._planned, Stored):
            raise TypeError(f"a plan that was opened has its files already: copy {self._planned.file.parent}")
        _core.save(self._planned, os.fspath(folder), lang)

    def explain(
        self, lon: float, lat: float, *, lang: Language = "en", scenario: str | os.PathLike[str] | None = None
    ) -> Explanation:
        """Why the cell at a place (degrees) has its value: who serves, what stands in the way, every term.

        The scenario is read again and the paths to that cell are planned again; both must be unchanged.
        `scenario` says where it is now, if it has moved. InputError outside the plan, where no sector reaches, and
        where an input has changed.
        """
        if isinstance(self._planned, Stored):
            result = self._planned.file
        else:
            scenario = scenario or self._scenario
            result = self._kept_result()
        where = None if scenario is None else os.fspath(scenario)
        details, verdict, text = _core.explain(os.fspath(result), where, float(lon), float(lat), lang)
        return Explanation(verdict=verdict, text=text, details=json.loads(details)["cells"][0])

    def changed(
        self,
        settings: Mapping[str, Setting],
        *,
        threads: int = 0,
        on_progress: Callable[[str, float], object] | None = None,
    ) -> Plan:
        """The plan of the same scenario with more set beside it; this one stays as it is.

            wider = plan.changed({"site.S01.power_dbm": 43.0})
            plan.compare(wider).people_won

        Where sites alone change ("site.ID.KEY", "site.ID/SECTOR.KEY"), the losses of all others are taken from
        this plan: the same bytes as run() gives, for less time. The files of the scenario are read again, and any
        that has changed since makes it a plan from the beginning. ValueError for a plan that was opened or
        unpickled: it does not hold its inputs. InputError lists every fault at once.
        """
        if not isinstance(self._planned, _core.Planned):
            raise ValueError("this plan was opened or unpickled and has not its inputs: run the scenario first")
        if on_progress is not None and not callable(on_progress):
            raise TypeError(
                f"on_progress is a function of (stage, done_fraction), not {type(on_progress).__name__}"
            )
        plan = Plan(
            _core.replan(
                self._planned, _toml(settings, self._scenario or ""), checked_threads(threads), on_progress
            )
        )
        plan._scenario = self._scenario
        return plan

    def with_site(self, *site_ids: str, threads: int = 0) -> Plan:
        """As changed(), with candidates of the scenario planned on."""
        return self.changed({f"site.{site}.status": "existing" for site in _ids(site_ids)}, threads=threads)

    def without(self, *site_ids: str, threads: int = 0) -> Plan:
        """As changed(), with sites that are no longer planned on: they stay on the map as candidates."""
        return self.changed({f"site.{site}.status": "candidate" for site in _ids(site_ids)}, threads=threads)

    def set_tilt(
        self,
        site: str,
        *,
        electrical_deg: float | None = None,
        mechanical_deg: float | None = None,
        sector: str | None = None,
        threads: int = 0,
    ) -> Plan:
        """As changed(), with the downtilt of a site's sectors, or of one; degrees, downwards positive."""
        where = site if sector is None else f"{site}/{sector}"
        tilts = {"electrical_downtilt_deg": electrical_deg, "mechanical_downtilt_deg": mechanical_deg}
        given = {f"site.{where}.{key}": float(value) for key, value in tilts.items() if value is not None}
        if not given:
            raise TypeError("set_tilt() needs electrical_deg or mechanical_deg")
        return self.changed(given, threads=threads)

    def compare(self, other: Plan) -> Comparison:
        """What `other` changes against this plan: people won and lost, sites, costs, cells; needs pandas."""
        from amaneku._compare import Comparison

        return Comparison(self, other)

    def to_html(self, *, lang: Language = "en") -> str:
        """A small map and the figures as HTML, which notebooks show."""
        from amaneku._html import plan_html

        return plan_html(self, lang)

    def _repr_html_(self) -> str:
        return self.to_html()

    def _kept_result(self) -> pathlib.Path:
        """result.h5 of a plan in memory, for as long as the plan lives."""
        if isinstance(self._planned, Kept):
            raise TypeError("a plan that came through pickle is explained where it was made, or from its result")
        if self._folder is None:
            folder = tempfile.TemporaryDirectory(prefix="amaneku-")
            _core.write_result(str(pathlib.Path(folder.name) / "result.h5"), self._planned)
            self._folder = folder
        return pathlib.Path(self._folder.name) / "result.h5"

    def to_xarray(self) -> xarray.Dataset:
        """The grids as a Dataset with cell-centre coordinates; needs xarray. The variables borrow, not copy.

        The coordinate `spatial_ref` holds the CRS as CF and rioxarray read it (`data.rio.crs`); GDAL, QGIS and
        rioxarray find it in the files that xarray writes, too.
        """
        try:
            import xarray
        except ImportError as missing:
            raise ImportError("plan.to_xarray() needs xarray: pip install amaneku[xarray]") from missing

        grid = self.grid
        x = grid.west_m + (np.arange(grid.nx) + 0.5) * grid.cell_m
        y = grid.north_m - (np.arange(grid.ny) + 0.5) * grid.cell_m
        dims = ("y", "x")
        service = {
            name: (dims, getattr(self.coverage, variable), {"units": unit, "long_name": meaning})
            for name, variable, unit, meaning in _SERVICE_VARIABLES
            if self.coverage.has_service
        }
        data = xarray.Dataset(
            {
                **service,
                "rsrp": (dims, self.coverage.rsrp_dbm, {"units": "dBm", "long_name": "RSRP of the best server"}),
                "best_server": (dims, self.coverage.best_server, {"long_name": "index into sectors, -1: none"}),
                "second": (dims, self.coverage.second_dbm, {"units": "dBm", "long_name": "RSRP, second server"}),
                "second_server": (dims, self.coverage.second_server, {"long_name": "index of sector, -1: none"}),
                "interference": (
                    dims,
                    self.coverage.interference_dbm,
                    {"units": "dBm", "long_name": "sum of all other sectors on the carrier of the best server"},
                ),
                "ground": (dims, self.ground_asl_m, {"units": "m", "long_name": "bare earth above sea level"}),
            },
            coords={
                "x": ("x", x, {"units": "m", "standard_name": "projection_x_coordinate"}),
                "y": ("y", y, {"units": "m", "standard_name": "projection_y_coordinate"}),
                "sectors": ("sector", np.asarray(self.coverage.sectors, dtype=object)),
                "spatial_ref": ((), np.int32(0), _crs_attributes(self.crs, grid)),
            },
            attrs={
                "Conventions": "CF-1.8",
                "name": self.name,
                "crs": self.crs,
                "synthetic": int(self.synthetic),
                "credits": "; ".join(self.credits),
            },
        )
        for variable in data.data_vars.values():
            variable.attrs["grid_mapping"] = "spatial_ref"
        return data

    def __repr__(self) -> str:
        return f"Plan({self.name!r}, {self.grid!r}, {len(self.coverage.sectors)} sectors)"


_SERVICE_VARIABLES = (
    ("sinr", "sinr_db", "dB", "SS-SINR of the best server"),
    ("dl", "dl_mbps", "Mbit/s", "downlink rate of a person in the busy hour"),
    ("ul", "ul_mbps", "Mbit/s", "uplink rate of a person in the busy hour"),
    ("margin", "margin_db", "dB", "RSRP or SINR over the minimum"),
    ("service_state", "service_state", "1", "0 served, 1 weak, 2 blocked, 3 interfered, 4 uplink, 255 none"),
)


def _kept(planned: _core.Planned | Kept | Stored) -> Kept | Stored:
    return planned if isinstance(planned, (Kept, Stored)) else Kept(planned)


def _crs_attributes(crs: str, grid: _core.Grid) -> dict[str, Any]:
    """As GDAL writes them into netCDF: CF's grid mapping with the CRS as WKT."""
    wkt = _core.crs_wkt(crs)
    corner = f"{grid.west_m!r} {grid.cell_m!r} 0.0 {grid.north_m!r} 0.0 {-grid.cell_m!r}"
    return {"crs_wkt": wkt, "spatial_ref": wkt, "GeoTransform": corner, "long_name": "CRS of the plan"}


def _ids(site_ids: tuple[str, ...]) -> tuple[str, ...]:
    if not site_ids:
        raise TypeError("name a site, by its id")
    return tuple(text("site", site) for site in site_ids)


def _toml(settings: Mapping[str, Setting] | None, scenario: str | os.PathLike[str]) -> list[tuple[str, str]]:
    """For the core; inputs in memory become files beside the scenario."""
    return [(text("key", key), _toml_value(value)) for key, value in with_files(settings or {}, scenario).items()]


def _toml_value(value: Setting) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, str):
        return json.dumps(text("setting", value), ensure_ascii=False).replace("\x7f", "\\u007f")
    if isinstance(value, (list, tuple)):
        return "[" + ", ".join(_toml_value(item) for item in value) + "]"
    if isinstance(value, (float, np.floating)):
        return repr(float(value))  # "nan" and "inf" are TOML's words too
    if isinstance(value, (int, np.integer)):
        return str(int(value))
    if isinstance(value, Mapping):
        return (
            "{" + ", ".join(f"{_toml_value(str(key))} = {_toml_value(item)}" for key, item in value.items()) + "}"
        )
    raise TypeError(f"a setting is a bool, number, text or list of them, not {type(value).__name__}")
