"""What one plan changes against another: people, sites, costs and cells."""

from __future__ import annotations

import contextlib
import functools
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from amaneku import _core
from amaneku._words import Language

if TYPE_CHECKING:
    import pandas

    from amaneku._plan import Plan

_SAME_PLACE_M = 1.0
_SAME_PEOPLE = 1e-6
_COSTS = (
    "capex_jpy",
    "opex_jpy_per_year",
    "total_cost_jpy",
    "net_present_value_jpy",
    "national_jpy",
    "prefecture_jpy",
    "municipality_jpy",
    "operator_jpy",
)
# Rows of other tables and what the maps made of a sector: not what it is.
_NOT_OF_A_SECTOR = ("best_server", "site", "transmitter", "best_server_km2")

NEITHER, KEPT, WON, LOST, NO_GROUND = 0, 1, 2, 3, 255
"""Classes of `Comparison.cells`."""


class Comparison:
    """`after` held against `before`; frames of pandas. Each plan is judged by its own threshold and its own
    headline.

    Somebody is covered as the tables of either plan say it: the share of a mesh that is covered is the share of
    its people. People are won or lost mesh by mesh, so what one end of a municipality wins does not hide what the
    other loses. Meshes are held against each other where both plans have them at the same place with the same
    people; `people_left_out` says how many live in others.
    """

    def __init__(self, before: Plan, after: Plan) -> None:
        self.before = before
        self.after = after

    @functools.cached_property
    def _units(self) -> tuple[pandas.DataFrame, dict[str, float]]:
        return _matched(self.before, self.after)

    @functools.cached_property
    def figures(self) -> pandas.DataFrame:
        """Headline figures: index `figure`, columns before, after, change."""
        import pandas

        before, after = _figures(self.before), _figures(self.after)
        names = list(dict.fromkeys([*before, *after]))
        frame = pandas.DataFrame(
            {"before": [before.get(name) for name in names], "after": [after.get(name) for name in names]},
            index=pandas.Index(names, name="figure"),
            dtype=float,
        )
        frame["change"] = frame["after"] - frame["before"]
        return frame

    @property
    def people_won(self) -> float:
        """People covered in `after` only, mesh by mesh."""
        return float(np.maximum(self._units[0]["net"], 0.0).sum())

    @property
    def people_lost(self) -> float:
        """People covered in `before` only, mesh by mesh."""
        return float(np.maximum(-self._units[0]["net"], 0.0).sum())

    @property
    def people_left_out(self) -> dict[str, float]:
        """People of meshes that cannot be held against each other, `before` and `after`."""
        return self._units[1]

    @functools.cached_property
    def municipalities(self) -> pandas.DataFrame:
        """People won and lost by municipality, the most changed first; the last row (no code) is outside of all.

        Columns code, name, people_won, people_lost, and population_in_plan, population_covered, coverage_percent
        of either plan with _before and _after.
        """
        return _by_municipality(self)

    @functools.cached_property
    def sites(self) -> pandas.DataFrame:
        """Sites that are added, removed or changed: site_id, name, change, what (of the sectors that changed)."""
        return _site_changes(self.before, self.after)

    @functools.cached_property
    def costs(self) -> pandas.DataFrame | None:
        """Costs and payers, JPY: index `figure`, columns before, after, change; None where neither has any."""
        import pandas

        names = [
            name for name in _COSTS if any(_cost(plan, name) is not None for plan in (self.before, self.after))
        ]
        if not names:
            return None
        frame = pandas.DataFrame(
            {
                "before": pandas.array([_cost(self.before, name) for name in names], dtype="Int64"),
                "after": pandas.array([_cost(self.after, name) for name in names], dtype="Int64"),
            },
            index=pandas.Index(names, name="figure"),
        )
        frame["change"] = frame["after"] - frame["before"]
        return frame

    @functools.cached_property
    def settings(self) -> pandas.DataFrame:
        """What was set differently beside the scenario file, and inputs that are others: key, before, after."""
        import pandas

        rows = []
        first, second = self.before.provenance, self.after.provenance
        for before, after in ((first.settings, second.settings), (first.input_sha256, second.input_sha256)):
            for key in sorted({*before, *after}):
                if before.get(key) != after.get(key):
                    rows.append((key, before.get(key, ""), after.get(key, "")))
        return pandas.DataFrame(rows, columns=["key", "before", "after"])

    @functools.cached_property
    def cells(self) -> NDArray[np.uint8]:
        """[y, x]: 0 covered in neither, 1 in both, 2 won, 3 lost, 255 no ground. InputError on other grids."""
        self._need_one_grid()
        covered = [_covered(plan) for plan in (self.before, self.after)]
        classes = np.select([covered[0] & covered[1], covered[1], covered[0]], [KEPT, WON, LOST], NEITHER)
        classes = np.where(np.isnan(self.before.ground_asl_m), NO_GROUND, classes).astype(np.uint8)
        classes.setflags(write=False)
        return classes

    @functools.cached_property
    def difference_db(self) -> NDArray[np.float32]:
        """[y, x]: RSRP of `after` less that of `before`; NaN where one has none. InputError on other grids."""
        self._need_one_grid()
        change = self.after.coverage.rsrp_dbm - self.before.coverage.rsrp_dbm
        change.setflags(write=False)
        return change

    @property
    def area_km2(self) -> dict[str, float]:
        """Area with ground by class of `cells`: neither, kept, won, lost."""
        cell_km2 = 1e-6 * self.before.grid.cell_m**2
        words = {"neither": NEITHER, "kept": KEPT, "won": WON, "lost": LOST}
        return {name: cell_km2 * int((self.cells == value).sum()) for name, value in words.items()}

    def plot(self, *, lang: Language = "en", **options: Any) -> Any:
        """am.plot.difference() of the two."""
        from amaneku import plot

        return plot.difference(self.before, self.after, lang=lang, **options)

    def _need_one_grid(self) -> None:
        first, second = self.before, self.after
        same = first.crs == second.crs and _corner(first) == _corner(second)
        if not same:
            raise _core.InputError(
                f"the plans have other grids: {first.grid!r} in {first.crs}, {second.grid!r} in {second.crs}"
            )

    def _repr_html_(self) -> str:
        return self.figures.to_html(float_format="{:,.2f}".format)

    def __repr__(self) -> str:
        return (
            f"Comparison({self.before.name!r}, {self.after.name!r}: {self.people_won:,.0f} people won, "
            f"{self.people_lost:,.0f} lost)"
        )


def _covered(plan: Plan) -> NDArray[np.bool_]:
    """As the core compares: a threshold that float32 does not hold is not rounded down to a cell below it."""
    least = np.float32(plan.threshold_dbm)
    if float(least) < plan.threshold_dbm:
        least = np.nextafter(least, np.float32(np.inf))
    return plan.coverage.rsrp_dbm >= least


def _corner(plan: Plan) -> tuple[float, ...]:
    grid = plan.grid
    return grid.west_m, grid.north_m, grid.cell_m, grid.nx, grid.ny


def _plain(plan: Plan, name: str) -> pandas.DataFrame:
    """A table without its places: those of a large plan are not needed here."""
    import pandas

    frame = plan.tables[name]
    return pandas.DataFrame(frame.drop(columns="geometry", errors="ignore"))


def _figures(plan: Plan) -> dict[str, float]:
    total = _plain(plan, "population_total").set_index("part").loc["all"]
    area = _plain(plan, "area_total").iloc[0]
    figures = {
        "population_coverage_percent": total["coverage_percent"],
        "population_in_plan": total["population_in_plan"],
        "population_covered": total["population_covered"],
        "population_in_half_covered_units": total["population_in_half_covered_units"],
        "area_in_plan_km2": area["area_in_plan_km2"],
        "area_covered_km2": area["area_covered_km2"],
        "sites": float(_plain(plan, "sites")["planned"].sum()),
        "sectors": float(len(plan.coverage.sectors)),
    }
    with contextlib.suppress(_core.InputError):  # a lone result.h5 has no summary
        served = plan.summary.get("service", {}).get("people", {}).get("served_percent")
        if served is not None:
            figures["people_served_percent"] = served
    return {name: float(value) for name, value in figures.items()}


def _cost(plan: Plan, name: str) -> int | None:
    import pandas

    if "costs" not in plan.tables:
        return None
    frame = plan.tables["costs"]
    value = frame[name].iloc[0] if name in frame else None
    return None if pandas.isna(value) else int(value)


def _matched(before: Plan, after: Plan) -> tuple[pandas.DataFrame, dict[str, float]]:
    """Units that are the same in both, with `net`, the people that `after` covers more; people of all others."""
    import pandas

    wanted = ["id", "people", "x_m", "y_m", "municipality_code", "covered_percent"]
    first, second = _plain(before, "population")[wanted], _plain(after, "population")[wanted].copy()
    if before.crs != after.crs and len(second):
        lon, lat = _core.to_lonlat(after.crs, second["x_m"], second["y_m"])
        second["x_m"], second["y_m"] = _core.to_plan(before.crs, lon, lat)
    pairs = first.reset_index().merge(second.reset_index(), on="id", suffixes=("", "_after"))
    near = np.hypot(pairs["x_m_after"] - pairs["x_m"], pairs["y_m_after"] - pairs["y_m"]) <= _SAME_PLACE_M
    pairs = pairs[near].drop_duplicates("index").drop_duplicates("index_after")
    pairs = pairs[(pairs["people"] - pairs["people_after"]).abs() <= _SAME_PEOPLE]
    covered = [
        pairs[f"people{end}"] * pairs[f"covered_percent{end}"].fillna(0.0) / 100.0 for end in ("", "_after")
    ]
    units = pandas.DataFrame(
        {
            "id": pairs["id"],
            "municipality_code": pairs["municipality_code"].fillna("").astype(str),
            "net": (covered[1] - covered[0]).astype(float),
        }
    )
    left = {
        "before": float(first["people"].sum() - pairs["people"].sum()),
        "after": float(second["people"].sum() - pairs["people_after"].sum()),
    }
    return units, {end: 0.0 if abs(people) < _SAME_PEOPLE else people for end, people in left.items()}


def _of_plan(plan: Plan, end: str) -> pandas.DataFrame:
    """People by municipality in the plan, those of none under an empty code."""
    import pandas

    columns = ["population_in_plan", "population_covered", "coverage_percent"]
    all_of_them = _plain(plan, "municipalities")
    inside = all_of_them[all_of_them["in_plan"].fillna(False).astype(bool)]
    total = _plain(plan, "population_total").set_index("part")
    rows = inside[["code", "name", *columns]]
    if "outside_municipalities" in total.index:
        none = total.loc[["outside_municipalities"], columns].assign(code="", name="")
        rows = pandas.concat([rows, none], ignore_index=True)
    return rows.rename(columns={name: f"{name}_{end}" for name in columns})


def _by_municipality(comparison: Comparison) -> pandas.DataFrame:
    units = comparison._units[0]
    net = units.assign(people_won=units["net"].clip(lower=0.0), people_lost=(-units["net"]).clip(lower=0.0))
    changed = net.groupby("municipality_code")[["people_won", "people_lost"]].sum()
    frame = _of_plan(comparison.before, "before").merge(
        _of_plan(comparison.after, "after").drop(columns="name"), on="code", how="outer"
    )
    frame["name"] = frame["name"].fillna("")
    for column in ("people_won", "people_lost"):
        frame[column] = frame["code"].map(changed[column]).fillna(0.0)
    frame["_none"] = frame["code"] == ""
    frame["_most"] = -(frame["people_won"] + frame["people_lost"])
    frame = frame.sort_values(["_none", "_most", "code"]).reset_index(drop=True)
    ends = [
        f"{name}_{end}"
        for name in ("population_in_plan", "population_covered", "coverage_percent")
        for end in ("before", "after")
    ]
    return frame[["code", "name", "people_won", "people_lost", *ends]]


def _site_changes(before: Plan, after: Plan) -> pandas.DataFrame:
    import pandas

    first, second = _planned_sites(before), _planned_sites(after)
    rows = [(site, second[site][0], "added", "") for site in second if site not in first]
    rows += [(site, first[site][0], "removed", "") for site in first if site not in second]
    for site in first:
        if site in second and first[site][1:] != second[site][1:]:
            rows.append((site, second[site][0], "changed", _what_changed(first[site][1:], second[site][1:])))
    return pandas.DataFrame(rows, columns=["site_id", "name", "change", "what"])


def _planned_sites(plan: Plan) -> dict[str, tuple[str, tuple[float, float], dict[str, dict[str, Any]]]]:
    """Name, place and sectors by what they are, of the sites that are planned on."""
    import pandas

    sites = _plain(plan, "sites")
    sectors = _plain(plan, "sectors")
    loads = list(sectors.columns)
    end = loads.index("dl_load") if "dl_load" in loads else len(loads)  # beyond: what the plan found
    told = [name for name in loads[:end] if name not in _NOT_OF_A_SECTOR and name not in ("site_id", "sector_id")]
    found: dict[str, tuple[str, tuple[float, float], dict[str, dict[str, Any]]]] = {}
    for site in sites[sites["planned"].astype(bool)].itertuples():
        found[site.id] = (site.name or "", (round(site.lon_deg, 7), round(site.lat_deg, 7)), {})
    for row in sectors.to_dict("records"):
        values = {name: None if pandas.isna(row[name]) else row[name] for name in told}
        sectors_of = found[row["site_id"]][2]
        key = row["sector_id"]
        while key in sectors_of:  # another carrier of the sector
            key += "'"
        sectors_of[key] = values
    return found


def _what_changed(before: tuple[Any, dict[str, Any]], after: tuple[Any, dict[str, Any]]) -> str:
    parts = [] if before[0] == after[0] else ["place"]
    for sector in dict.fromkeys([*before[1], *after[1]]):
        if sector not in before[1]:
            parts.append(f"{sector}: added")
        elif sector not in after[1]:
            parts.append(f"{sector}: removed")
        else:
            old, new = before[1][sector], after[1][sector]
            parts += [
                f"{sector}: {key} {old.get(key)} -> {new.get(key)}" for key in new if old.get(key) != new[key]
            ]
    return "; ".join(parts)
