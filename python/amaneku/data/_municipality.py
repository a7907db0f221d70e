"""Where a municipality lies, from the boundaries that were fetched."""

from __future__ import annotations

import json
import pathlib
from typing import Any

from amaneku._faults import refused
from amaneku.data._places import BoxDeg

try:
    import tomllib
except ImportError:  # Python 3.10
    import tomli as tomllib

#: Codes that are no more, with what they became.
_CHANGED = pathlib.Path(__file__).with_name("changed_codes.toml")


def municipalities_of(file: pathlib.Path) -> dict[str, dict[str, Any]]:
    """Code, name and box of every municipality of an N03 GeoJSON file; wards by themselves."""
    try:
        document = json.loads(file.read_text(encoding="utf-8"))
        features = document["features"]
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise refused(f"cannot be read as GeoJSON: {error!r}", key="boundaries", value=file.name) from None
    found: dict[str, dict[str, Any]] = {}
    for feature in features:
        told, geometry = feature.get("properties") or {}, feature.get("geometry")
        code = str(told.get("N03_007") or "")
        if len(code) == 6:
            code = code[:5]
        if not code or not geometry:
            continue  # 所属未定地
        box = _box(geometry["coordinates"])
        if code in found:
            box = _joined(found[code]["bbox_deg"], box)
        found[code] = {"name": _name(told), "city": _city(told), "bbox_deg": list(box)}
    if not found:
        raise refused("holds no municipality (N03_007)", key="boundaries", value=file.name)
    return found


def find(code: str, known: dict[str, dict[str, Any]], edition: str) -> tuple[str, BoxDeg, list[str]]:
    """Name, box and codes of a municipality; of a city with wards (政令指定都市) all of them."""
    if code in known:
        return known[code]["name"], tuple(known[code]["bbox_deg"]), [code]
    wards = [c for c in known if c[:2] == code[:2] and 0 < int(c) - int(code) < 30 and known[c]["city"]]
    wards = [c for c in wards if known[c]["city"] == known[wards[0]]["city"]]
    if wards and code.endswith("0"):
        box = tuple(known[wards[0]]["bbox_deg"])
        for ward in wards[1:]:
            box = _joined(box, known[ward]["bbox_deg"])
        return known[wards[0]]["city"], box, wards
    raise refused(_no_more(code, known, edition), key="municipality", value=code)


def _no_more(code: str, known: dict[str, dict[str, Any]], edition: str) -> str:
    changed = tomllib.loads(_CHANGED.read_text(encoding="utf-8"))["code"].get(code)
    if changed:
        return f"{changed['was']} became {changed['name']} ({', '.join(changed['now'])}) on {changed['on']}"
    there = ", ".join(f"{c} {told['name']}" for c, told in sorted(known.items())[:60])
    return f"is not among the municipalities of {edition}: merged since, or mistyped. There are {there}"


def _city(told: dict[str, Any]) -> str:
    """The city of a ward; "" for what is no ward of a designated city."""
    if told.get("N03_005"):
        return str(told.get("N03_004") or "")
    city = str(told.get("N03_003") or "")
    return city if city.endswith("市") and str(told.get("N03_004") or "").endswith("区") else ""


def _name(told: dict[str, Any]) -> str:
    parts = [told.get("N03_004"), told.get("N03_005")]
    if not told.get("N03_005") and _city(told):
        parts = [told.get("N03_003"), told.get("N03_004")]
    return "".join(str(part) for part in parts if part)


def _box(coordinates: Any) -> tuple[float, float, float, float]:
    west, south, east, north = 180.0, 90.0, -180.0, -90.0
    stack = [coordinates]
    while stack:
        item = stack.pop()
        if item and isinstance(item[0], int | float):
            west, east = min(west, item[0]), max(east, item[0])
            south, north = min(south, item[1]), max(north, item[1])
        else:
            stack.extend(item)
    return west, south, east, north


def _joined(a: Any, b: Any) -> tuple[float, float, float, float]:
    return min(a[0], b[0]), min(a[1], b[1]), max(a[2], b[2]), max(a[3], b[3])
