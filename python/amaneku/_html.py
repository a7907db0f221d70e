"""A plan in a notebook: a small map and the figures."""

from __future__ import annotations

import base64
import html
from typing import TYPE_CHECKING, Any

import numpy as np

from amaneku import _look
from amaneku._words import Language, word

if TYPE_CHECKING:
    from amaneku._plan import Plan

_MOST_PIXELS = 320


def map_png(plan: Plan) -> bytes:
    """Coverage over relief in the classes of the report, at most 320 pixels wide and high."""
    rsrp, step = _look.thinned(plan.coverage.rsrp_dbm, _MOST_PIXELS)
    ground, _ = _look.thinned(plan.ground_asl_m, _MOST_PIXELS)
    threshold = plan.threshold_dbm
    colours = _look.painted(rsrp, _look.class_bounds([-120, -110, -100, -90, -80], threshold), threshold)
    light = _look.relief(ground, step * plan.grid.cell_m) if min(ground.shape) > 1 else np.full(ground.shape, 0.7)
    return _look.png(_look.shaded(colours, light))


def plan_html(plan: Plan, lang: Language) -> str:
    rows = "".join(
        f"<tr><th style='text-align:left'>{html.escape(name)}</th><td style='text-align:left'>{value}</td></tr>"
        for name, value in _figures(plan, lang)
    )
    picture = base64.b64encode(map_png(plan)).decode()
    title = html.escape(plan.name)
    if plan.synthetic:
        title += f" <b>({word('synthetic', lang)})</b>"
    return (
        "<div class='amaneku-plan' style='display:flex;gap:1em;align-items:flex-start'>"
        f"<img alt='{html.escape(word('rsrp', lang))}' src='data:image/png;base64,{picture}'>"
        f"<div><div>{title}</div><table>{rows}</table></div></div>"
    )


def _figures(plan: Plan, lang: Language) -> list[tuple[str, str]]:
    grid = plan.grid
    rows = _headline(plan, lang)
    rows += [
        (word("sectors", lang), str(len(plan.coverage.sectors))),
        (word("grid", lang), f"{grid.nx} \u00d7 {grid.ny}, {grid.cell_m:g} m"),
        (word("crs", lang), html.escape(plan.crs)),
    ]
    if plan.warnings:
        ids = ", ".join(warning.id for warning in plan.warnings)
        rows.append((word("warnings", lang), html.escape(ids)))
    if plan.credits:
        rows.append((word("credits", lang), html.escape("; ".join(plan.credits))))
    return rows


def _headline(plan: Plan, lang: Language) -> list[tuple[str, str]]:
    """A result without its summary has none."""
    try:
        summary = plan.summary
    except ValueError:
        return []
    rows = [(word("people_covered", lang), _people(summary["population"], lang))]
    served = summary.get("service", {}).get("people", {}).get("served_percent")
    if served is not None:
        rows.append((word("served", lang), f"{served:.1f} %"))
    percent = summary["area"].get("coverage_percent")
    if percent is not None:
        rows.append((word("area_covered", lang), f"{percent:.1f} %"))
    rows.append((word("model", lang), html.escape(summary["plan"]["model"])))
    return rows


def _people(population: dict[str, Any], lang: Language) -> str:
    percent, covered, whole = (population[key] for key in ("coverage_percent", "covered", "in_plan"))
    if percent is None:
        return "\u2013"
    return f"{percent:.1f} % ({covered:,.0f} / {whole:,.0f}) {word('of_people_in_plan', lang)}"
