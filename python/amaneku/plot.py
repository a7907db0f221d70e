"""Pictures of plans with matplotlib: axes in, axes out; English or Japanese.

    import amaneku as am
    ax = am.plot.coverage(plan)
    am.plot.road(plan, "route-1", lang="ja")

Colours can be told apart with any colour vision. `ax` is the axes to draw on; absent, a new figure is made. Every
function returns the axes. A picture of a region that was invented says so. Japanese needs a font that has it: Noto
Sans CJK, IPA, Takao, Hiragino, Yu or MS Gothic; without one, a warning says which package has one. Needs
matplotlib: `pip install amaneku[plot]`.
"""

from __future__ import annotations

import functools
import itertools
import warnings
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from amaneku import _core, _look
from amaneku._words import Language, table_word, word

if TYPE_CHECKING:
    import pandas
    from matplotlib.axes import Axes

    from amaneku._plan import Plan

__all__ = [
    "costs",
    "coverage",
    "difference",
    "fibre",
    "latency",
    "profile",
    "rates",
    "road",
    "sinr",
    "target_curves",
]

_RSRP_CLASSES = [-120.0, -110.0, -100.0, -90.0, -80.0]
_SINR_CLASSES = [-5.0, 0.0, 5.0, 10.0, 20.0]
_RATE_CLASSES = [1.0, 5.0, 10.0, 30.0, 100.0, 300.0]
_MOST_PIXELS = 1500
_JAPANESE_FONTS = (
    "Noto Sans CJK JP",
    "Noto Sans JP",
    "IPAexGothic",
    "IPAPGothic",
    "IPAGothic",
    "TakaoPGothic",
    "TakaoGothic",
    "VL PGothic",
    "VL Gothic",
    "Hiragino Sans",
    "Yu Gothic",
    "Meiryo",
    "MS Gothic",
)
_PAYERS = ("national_jpy", "prefecture_jpy", "municipality_jpy", "operator_jpy")
_PAYER_COLOURS = (_look.BLUE, _look.SKY, _look.ORANGE, _look.GREEN)
_LINES = (_look.BLUE, _look.RED, _look.GREEN, _look.PURPLE, _look.ORANGE, _look.SKY, "black")
_DASHES = ("-", "--", ":", "-.")


# ---- maps --------------------------------------------------------------------------------------------


def coverage(plan: Plan, *, ax: Axes | None = None, lang: Language = "en") -> Axes:
    """Received power in classes over shaded relief; grey is below the plan's threshold."""
    return _class_map(
        plan, plan.coverage.rsrp_dbm, _RSRP_CLASSES, plan.threshold_dbm, word("rsrp", lang), ax, lang
    )


def sinr(plan: Plan, *, ax: Axes | None = None, lang: Language = "en") -> Axes:
    """SINR of the best server. InputError where no radio technology is known."""
    return _class_map(plan, plan.coverage.sinr_db, _SINR_CLASSES, -np.inf, word("sinr", lang), ax, lang)


def rates(plan: Plan, *, direction: str = "dl", ax: Axes | None = None, lang: Language = "en") -> Axes:
    """Rate of a person in the busy hour, `direction` "dl" or "ul"; grey is not served."""
    if direction not in ("dl", "ul"):
        raise ValueError(f"direction = {direction!r}: unknown (legal: dl, ul)")
    values = plan.coverage.dl_mbps if direction == "dl" else plan.coverage.ul_mbps
    least = np.nextafter(np.float32(0.0), np.float32(1.0))
    return _class_map(plan, values, [least, *_RATE_CLASSES], float(least), word(direction, lang), ax, lang)


def difference(before: Plan, after: Plan, *, ax: Axes | None = None, lang: Language = "en") -> Axes:
    """Cells won and lost by `after` over the relief, each plan by its own threshold. InputError on other grids."""
    from amaneku._compare import KEPT, LOST, NEITHER, NO_GROUND, WON, Comparison

    cells = Comparison(before, after).cells
    colours = {NEITHER: (0xE6,) * 3, KEPT: (0xB4, 0xC8, 0xDC), WON: (0, 0x72, 0xB2), LOST: (0xE6, 0x9F, 0)}
    table = np.full((256, 3), 255, dtype=np.uint8)
    for value, colour in colours.items():
        table[value] = colour
    table[NO_GROUND] = 255
    ax = _axes(ax)
    _show(ax, before, table[_look.thinned(cells, _MOST_PIXELS)[0]], lang)
    names = {WON: "won", LOST: "lost", KEPT: "kept", NEITHER: "neither"}
    _legend(ax, [(np.array(colours[value]) / 255.0, word(name, lang)) for value, name in names.items()])
    _sites(ax, after)
    return _finished(ax, f"{before.name} \N{RIGHTWARDS ARROW} {after.name}", [before, after], lang)


def fibre(plan: Plan, *, ax: Axes | None = None, lang: Language = "en") -> Axes:
    """Cables, hops and other links of the backhaul, the sites and exchanges that they join; needs [backhaul]."""
    kinds = _backhaul_lines(plan)
    ax = _axes(ax)
    pale = np.full((*_thin_ground(plan)[0].shape, 3), 240, dtype=np.uint8)
    _show(ax, plan, pale, lang)
    styles = {
        "cable": (_look.BLUE, "-"),
        "gap": (_look.BLUE, ":"),
        "microwave": (_look.RED, "--"),
        "optics": (_look.PURPLE, "-."),
        "link": (_look.GREY, "--"),
    }
    for kind, (colour, dash) in styles.items():
        for i, line in enumerate(kinds.get(kind, [])):
            label = word(kind, lang) if i == 0 else None
            ax.plot(line[:, 0] / 1e3, line[:, 1] / 1e3, color=colour, linestyle=dash, linewidth=1.6, label=label)
    _sites(ax, plan, lang)
    exchanges = [point[0] / 1e3 for point in _coordinates(plan, "exchanges")]
    if exchanges:
        x, y = zip(*exchanges, strict=True)
        ax.plot(x, y, "s", color="black", markersize=6, label=word("exchange", lang))
    _legend_outside(ax)
    return _finished(ax, plan.name, [plan], lang)


# ---- lines -------------------------------------------------------------------------------------------


def profile(
    terrain: _core.Profile,
    *,
    freq_hz: float,
    tx_agl_m: float,
    rx_agl_m: float,
    effective_earth_radius_m: float | None = None,
    ax: Axes | None = None,
    lang: Language = "en",
) -> Axes:
    """Ground and clutter of a profile over the effective Earth, line of sight and first Fresnel zone.

    Heights are drawn with the bulge of the effective Earth (absent: the median one), so that the ray is straight.
    Radius of the zone: ITU-R P.526-15 eq. (2), n = 1.
    """
    if not (np.isfinite(freq_hz) and freq_hz > 0.0):
        raise ValueError(f"freq_hz = {freq_hz}: > 0")
    distance, ground = terrain.distance_m, terrain.ground_asl_m
    length = float(distance[-1])
    radius = effective_earth_radius_m or _core.default_effective_earth_radius_m
    bulge = distance * (length - distance) / (2.0 * radius)
    ray = np.linspace(0.0, length, 400)
    sight = np.interp(ray, [0.0, length], [ground[0] + tx_agl_m, ground[-1] + rx_agl_m])
    zone = np.sqrt(299_792_458.0 / freq_hz * ray * (length - ray) / length)
    ax = _axes(ax, size=(9.0, 3.6))
    km = distance / 1e3
    floor = float(min(ground.min(), (ground + bulge).min())) - 0.05 * max(1.0, float(np.ptp(ground + bulge)))
    ax.fill_between(km, floor, ground + bulge, color="#c9b79c", label=word("ground", lang))
    if terrain.clutter_m.size and terrain.clutter_m.max() > 0.0:
        top = ground + bulge + terrain.clutter_m
        ax.fill_between(km, ground + bulge, top, color=_look.GREEN, alpha=0.6, label=word("clutter", lang))
    label = word("fresnel", lang)
    ax.fill_between(ray / 1e3, sight - zone, sight + zone, color=_look.SKY, alpha=0.35, label=label)
    ax.plot(ray / 1e3, sight, color=_look.BLUE, label=word("sight", lang))
    for x, base, agl in ((0.0, ground[0], tx_agl_m), (length / 1e3, ground[-1], rx_agl_m)):
        ax.plot([x, x], [base, base + agl], color="black", linewidth=2.0)
    ax.set_xlim(-0.005 * length / 1e3, 1.005 * length / 1e3)
    ax.set_ylim(bottom=floor)
    ax.set_xlabel(word("distance_km", lang))
    ax.set_ylabel(word("height_m", lang))
    ax.legend(loc="best", fontsize="small", framealpha=0.9)
    return _finished(ax, f"{freq_hz / 1e6:g} MHz", [], lang)


def road(
    plan: Plan,
    route: str | None = None,
    *,
    direction: str = "there",
    ax: Axes | None = None,
    lang: Language = "en",
) -> Axes:
    """Strip chart of a route: received power, where the link is short and why, tunnels and bridges; needs
    [[route]].

    `route` is an id of the table routes; absent: the first. `direction` is "there" or "back".
    """
    course, route = _course(_rows(plan, "route_profile"), route, direction)
    km = course["at_m"].to_numpy(dtype=float) / 1e3
    ax = _axes(ax, size=(10.0, 3.6))
    rsrp = course["rsrp_dbm"].to_numpy(dtype=float)
    ax.plot(km, rsrp, color=_look.BLUE, linewidth=1.2)
    ax.axhline(plan.threshold_dbm, color="black", linewidth=0.8, linestyle=":")
    shortages = {"no_link": _look.RED, "uplink": _look.ORANGE, "downlink": _look.YELLOW, "outside": _look.GREY}
    ways = {"tunnel": "black", "bridge": _look.PURPLE}
    for column, bands, low, high in (("shortage", shortages, 0.0, 0.05), ("way", ways, 0.06, 0.09)):
        for value, colour in bands.items():
            for i, (start, end) in enumerate(_runs(course[column].to_numpy() == value, km)):
                label = word(value, lang) if i == 0 else None
                ax.axvspan(start, end, low, high, color=colour, label=label, linewidth=0)
    _handovers(ax, plan, route, direction)
    ax.set_xlim(km[0], km[-1] if km[-1] > km[0] else km[0] + 1.0)
    low, high = (np.nanmin(rsrp), np.nanmax(rsrp)) if np.isfinite(rsrp).any() else (-140.0, -60.0)
    ax.set_ylim(low - 0.18 * max(high - low, 10.0), high + 0.05 * max(high - low, 10.0))
    ax.set_xlabel(word("along_km", lang))
    ax.set_ylabel(word("rsrp", lang))
    share = ax.twinx()
    percent = 100.0 * course["without_link_share"].to_numpy(dtype=float)
    share.fill_between(km, 0.0, percent, color=_look.RED, alpha=0.25, step="mid", linewidth=0)
    share.set_ylim(0.0, 100.0)
    share.set_ylabel(word("without_link", lang))
    _dressed(share, lang)
    if ax.get_legend_handles_labels()[0]:
        _legend_outside(ax, 1.1)
    return _finished(ax, f"{plan.name}: {route} ({word(direction, lang)})", [plan], lang)


def latency(
    plan: Plan,
    route: str | None = None,
    *,
    direction: str = "there",
    ax: Axes | None = None,
    lang: Language = "en",
) -> Axes:
    """How late messages of a route's service are: median, 95 % and 99 %, and the mean of each part; needs
    [[route]].
    """
    parts, route = _course(_rows(plan, "route_latency"), route, direction)
    whole = _course(_rows(plan, "routes"), route, direction)[0].iloc[0]
    ax = _axes(ax, size=(8.0, 3.8))
    names = [table_word(str(part).replace("_", " "), lang) for part in parts["part"]]
    mean = parts["mean_ms"].to_numpy(dtype=float)
    position = np.arange(len(parts))[::-1]
    ax.barh(position, np.nan_to_num(mean), color=_look.SKY, edgecolor=_look.BLUE, linewidth=0.6)
    for y, late in zip(position, parts["p99_ms"].to_numpy(dtype=float), strict=True):
        if np.isfinite(late):
            ax.plot([late], [y], marker="|", color=_look.RED, markersize=11, markeredgewidth=1.8)
    ax.set_yticks(position, names)
    marks = (("p50", "latency_p50_ms", _look.GREEN), ("p95", "latency_p95_ms", _look.ORANGE))
    for key, column, colour in (*marks, ("p99", "latency_p99_ms", _look.RED)):
        value = whole[column]
        if _is_there(value):
            label = f"{word(key, lang)}: {float(value):.0f} ms"
            ax.axvline(float(value), color=colour, linewidth=1.2, linestyle="--", label=label)
    ax.set_xlabel(word("delay_ms", lang))
    ax.set_xlim(left=0.0)
    ax.legend(loc="best", fontsize="small", framealpha=0.9)
    return _finished(ax, f"{plan.name}: {route} ({word(direction, lang)})", [plan], lang)


# ---- bars and curves ---------------------------------------------------------------------------------


def costs(plan: Plan, *, ax: Axes | None = None, lang: Language = "en") -> Axes:
    """Purchase of each site as a stack of who pays it, the dearest first; needs [costs], payers need [subsidy]."""
    frame = _rows(plan, "site_costs").sort_values("capex_jpy", ascending=False, kind="stable")
    ax = _axes(ax, size=(8.0, 4.2))
    position = np.arange(len(frame))
    paid = [name for name in _PAYERS if name in frame and frame[name].fillna(0).any()]
    stack = [(name, _PAYER_COLOURS[_PAYERS.index(name)]) for name in paid] or [("capex_jpy", _look.BLUE)]
    base = np.zeros(len(frame))
    for name, colour in stack:
        amount = frame[name].fillna(0).to_numpy(dtype=float) / 1e6
        ax.bar(
            position, amount, bottom=base, color=colour, edgecolor="white", linewidth=0.5, label=word(name, lang)
        )
        base += amount
    ax.set_ylim(0.0, 1.05 * max(base.max(), 1e-6))
    ax.set_xticks(position, list(frame["site_id"]), rotation=90 if len(frame) > 12 else 0)
    ax.set_ylabel(word("cost_myen", lang))
    ax.legend(loc="best", fontsize="small", framealpha=0.9)
    return _finished(ax, plan.name, [plan], lang)


def target_curves(plan: Plan, *, ax: Axes | None = None, lang: Language = "en") -> Axes:
    """Metrics of [targets] by fiscal year, with what is required; of a plan whose sectors have years."""
    frame = _rows(plan, "target_curves")
    targets = _rows(plan, "targets")
    ax = _axes(ax, size=(8.0, 4.2))
    curves = frame.groupby(["metric", "scope", "operator"], sort=False, dropna=False)
    for i, ((metric, scope, operator), rows) in enumerate(curves):
        colour, marker = _LINES[i % len(_LINES)], "os^Dv"[i % 5]
        told = (str(part) for part in (metric, scope, operator) if _is_there(part) and part)
        label = ", ".join(table_word(part, lang) for part in told)
        curve = rows.sort_values("fiscal_year")
        years = curve["fiscal_year"].to_numpy(dtype=float)
        ax.plot(
            years,
            curve["actual"].to_numpy(dtype=float),
            color=colour,
            marker=marker,
            linestyle=_DASHES[i // len(_LINES) % 4],
            label=label,
        )
        same = targets[(targets["metric"] == metric) & (targets["scope"] == scope)]
        for _, target in same.iterrows():
            year, required = target["fiscal_year"], target["required"]
            if _is_there(year) and _is_there(required) and year > 0:
                ax.plot([float(year)], [float(required)], "*", markersize=12, color=colour)
    ax.plot([], [], "*", markersize=12, color="0.4", label=word("required", lang))
    ax.xaxis.get_major_locator().set_params(integer=True)
    ax.set_xlabel(word("fiscal_year", lang))
    ax.set_ylabel(word("actual", lang))
    _legend_outside(ax)
    return _finished(ax, plan.name, [plan], lang)


# ---- what they share ---------------------------------------------------------------------------------


def _pyplot() -> Any:
    try:
        import matplotlib.pyplot as pyplot
    except ImportError as missing:
        raise ImportError("am.plot needs matplotlib: pip install amaneku[plot]") from missing
    return pyplot


def _axes(ax: Axes | None, size: tuple[float, float] = (9.0, 6.4)) -> Axes:
    return _pyplot().subplots(figsize=size, layout="constrained")[1] if ax is None else ax


def _class_map(
    plan: Plan,
    values: NDArray[Any],
    classes: Sequence[float],
    threshold: float,
    title: str,
    ax: Axes | None,
    lang: Language,
) -> Axes:
    bounds = _look.class_bounds(list(classes), threshold) if np.isfinite(threshold) else list(classes)
    ax = _axes(ax)
    thin, _ = _look.thinned(values, _MOST_PIXELS)
    _show(ax, plan, _look.painted(thin, bounds, threshold), lang)
    colours = np.array(_look.class_colours(bounds, threshold)) / 255.0
    strongest = f"\N{GREATER-THAN OR EQUAL TO} {_number(bounds[-1])}"
    labels = [
        f"< {_number(bounds[0])}",
        *[_between(low, high, lang) for low, high in itertools.pairwise(bounds)],
        strongest,
    ]
    if bounds[0] < 1e-30 and bounds[0] > 0.0:  # rates: served at all
        labels[0], labels[1] = word("served_not", lang), f"< {_number(bounds[1])}"
    shown = list(zip(colours, labels, strict=True))[::-1]
    if not np.isfinite(thin).all():
        shown.append((np.ones(3), word("not_computed", lang)))
    _legend(ax, shown, title)
    _sites(ax, plan)
    return _finished(ax, plan.name, [plan], lang)


def _number(value: float) -> str:
    return f"{value:g}".replace("-", "\N{MINUS SIGN}")


def _between(low: float, high: float, lang: Language) -> str:
    return f"{_number(low)}{' to ' if lang == 'en' else '〜'}{_number(high)}"


def _thin_ground(plan: Plan) -> tuple[NDArray[Any], float]:
    ground, step = _look.thinned(plan.ground_asl_m, _MOST_PIXELS)
    return ground, step * plan.grid.cell_m


def _show(ax: Axes, plan: Plan, colours: NDArray[np.uint8], lang: Language) -> None:
    grid = plan.grid
    ground, cell_m = _thin_ground(plan)
    if min(ground.shape) > 1:
        colours = _look.shaded(colours, _look.relief(ground, cell_m))
    corners = (grid.west_m / 1e3, grid.east_m / 1e3, grid.south_m / 1e3, grid.north_m / 1e3)
    ax.imshow(colours, extent=corners, interpolation="nearest")
    ax.set_aspect("equal")
    ax.set_xlabel(word("east_km", lang))
    ax.set_ylabel(word("north_km", lang))


def _sites(ax: Axes, plan: Plan, lang: Language | None = None) -> None:
    """Named for a legend where a language is given."""
    sites = _plain_rows(plan, "sites")
    planned = sites["planned"].astype(bool)
    x, y = sites["x_m"].to_numpy(dtype=float) / 1e3, sites["y_m"].to_numpy(dtype=float) / 1e3
    kinds = ((planned, "planned_site", "black", "white", 7), (~planned, "candidate_site", "none", "black", 5))
    for which, name, fill, edge, size in kinds:
        if which.any():
            label = word(name, lang) if lang else None
            ax.plot(x[which], y[which], "^", color=fill, markeredgecolor=edge, markersize=size, label=label)


def _legend(ax: Axes, entries: Iterable[tuple[Any, str]], title: str | None = None) -> None:
    from matplotlib.patches import Patch

    patches = [Patch(facecolor=colour, edgecolor="0.5", label=label) for colour, label in entries]
    place = {"loc": "center left", "bbox_to_anchor": (1.01, 0.5), "frameon": False}
    ax.legend(handles=patches, title=title, fontsize="small", title_fontsize="small", **place)


def _legend_outside(ax: Axes, right: float = 1.01) -> None:
    ax.legend(loc="center left", bbox_to_anchor=(right, 0.5), frameon=False, fontsize="small")


def _finished(ax: Axes, title: str, plans: Sequence[Plan], lang: Language) -> Axes:
    if any(plan.synthetic for plan in plans):
        title += f" ({word('synthetic', lang)})"
    ax.set_title(title)
    credits = dict.fromkeys(credit for plan in plans for credit in plan.credits)
    if credits:
        note = "; ".join(credits)
        ax.annotate(
            note,
            (1.0, 0.0),
            xytext=(0, -38),
            xycoords="axes fraction",
            textcoords="offset points",
            ha="right",
            va="top",
            fontsize="x-small",
        )
    _dressed(ax, lang)
    return ax


def _dressed(ax: Axes, lang: Language) -> None:
    """A Japanese font behind the one that is set, for names as well as for labels."""
    from matplotlib.text import Text

    font = _japanese_font()
    texts = [text for text in ax.findobj(Text) if text.get_text()]
    if ax.get_legend() is not None:
        texts += [*ax.get_legend().get_texts(), ax.get_legend().get_title()]
    if font is None:
        if lang == "ja" or any(ord(letter) > 0x2FFF for text in texts for letter in text.get_text()):
            warnings.warn(
                "no font for Japanese was found, its letters show as boxes: install one, such as Debian's "
                "fonts-noto-cjk or fonts-ipaexfont, and remove matplotlib's cache of fonts",
                UserWarning,
                stacklevel=4,
            )
        return
    for text in {id(text): text for text in texts + ax.get_xticklabels() + ax.get_yticklabels()}.values():
        families = [family for family in text.get_fontfamily() if family != font]
        text.set_fontfamily([font, *families] if lang == "ja" else [*families, font])


@functools.cache
def _japanese_font() -> str | None:
    from matplotlib import font_manager

    there = {font.name for font in font_manager.fontManager.ttflist}
    return next((name for name in _JAPANESE_FONTS if name in there), None)


def _rows(plan: Plan, table: str) -> pandas.DataFrame:
    """InputError where the plan has none, or it has no rows."""
    if table not in plan.tables:
        raise _core.InputError(f"{table}: this plan has no such table: its scenario does not ask for that study")
    frame = _plain_rows(plan, table)
    if frame.empty:
        raise _core.InputError(f"{table}: the table of this plan has no rows")
    return frame


def _is_there(value: Any) -> bool:
    import pandas

    return bool(pandas.notna(value))


def _plain_rows(plan: Plan, table: str) -> pandas.DataFrame:
    import pandas

    return pandas.DataFrame(plan.tables[table].drop(columns="geometry", errors="ignore"))


def _course(frame: pandas.DataFrame, route: str | None, direction: str) -> tuple[pandas.DataFrame, str]:
    ids = list(dict.fromkeys(frame["id"]))
    if route is None:
        route = ids[0]
    if route not in ids:
        raise _core.InputError(f"route = {route}: no such route (legal: {', '.join(ids)})")
    course = frame[(frame["id"] == route) & (frame["direction"] == direction)]
    if course.empty:
        raise _core.InputError(f"direction = {direction}: route {route} has none (legal: there, back)")
    return course, route


def _runs(where: NDArray[np.bool_], km: NDArray[np.float64]) -> list[tuple[float, float]]:
    """Stretches on which it is true, to the middle of the neighbouring pieces."""
    edges = np.concatenate([[km[0]], (km[1:] + km[:-1]) / 2.0, [km[-1]]])
    change = np.flatnonzero(np.diff(np.concatenate([[0], where.astype(int), [0]])))
    return [(float(edges[a]), float(edges[b])) for a, b in zip(change[::2], change[1::2], strict=True)]


def _handovers(ax: Axes, plan: Plan, route: str, direction: str) -> None:
    if "handovers" not in plan.tables:
        return
    frame = _plain_rows(plan, "handovers")
    for at_m in frame.loc[(frame["id"] == route) & (frame["direction"] == direction), "at_m"]:
        ax.axvline(float(at_m) / 1e3, color="0.6", linewidth=0.6, zorder=0)


def _coordinates(plan: Plan, table: str) -> list[NDArray[np.float64]]:
    """[point, x y] of each row with a place, metres in the CRS of the plan; of areas nothing."""
    if table not in plan.tables:
        return []
    frame = plan.tables[table]
    if "geometry" not in frame:
        return []
    found = []
    for shape in frame["geometry"]:
        wkb = getattr(shape, "wkb", shape)
        if wkb:
            found.append(_points_of(bytes(wkb)))
    return [points for points in found if len(points)]


def _points_of(wkb: bytes) -> NDArray[np.float64]:
    """Of a point or a line in little-endian well-known binary."""
    kind = int.from_bytes(wkb[1:5], "little")
    if kind == 1:
        return np.frombuffer(wkb, "<f8", 2, 5).reshape(1, 2)
    if kind == 2:
        return np.frombuffer(wkb, "<f8", 2 * int.from_bytes(wkb[5:9], "little"), 9).reshape(-1, 2)
    return np.empty((0, 2))


def _backhaul_lines(plan: Plan) -> dict[str, list[NDArray[np.float64]]]:
    """Lines by what they are; InputError without [backhaul]."""
    if "backhaul_sites" not in plan.tables:
        raise _core.InputError("backhaul: this plan has no backhaul: its scenario does not ask for that study")
    kinds: dict[str, list[NDArray[np.float64]]] = {}
    if "fibre" in plan.tables:
        frame = plan.tables["fibre"]
        lines = _coordinates(plan, "fibre")
        uses = list(frame["use"]) if len(lines) == len(frame) else [""] * len(lines)
        for use, line in zip(uses, lines, strict=True):
            kinds.setdefault("gap" if use == "gap" else "cable", []).append(line)
    for table, kind in (("microwave", "microwave"), ("optics", "optics"), ("backhaul_links", "link")):
        kinds.setdefault(kind, []).extend(line for line in _coordinates(plan, table) if len(line) > 1)
    return kinds
