"""Municipality codes, meshes, tiles and degrees: from a place to the files that hold it."""

from __future__ import annotations

import math
import pathlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from amaneku._faults import refused
from amaneku.data._sources import Source

BoxDeg = tuple[float, float, float, float]

#: Lengths of a degree of latitude at 35 N, and of longitude at the equator.
_METRES_OF_LATITUDE = 110_940.0
_METRES_OF_LONGITUDE = 111_320.0
_MOST_FILES = 50_000


@dataclass(frozen=True)
class Area:
    """Where data are wanted: west, south, east, north in degrees, with what else addresses ask for."""

    bbox_deg: BoxDeg
    prefectures: tuple[str, ...] = ()
    country: str = "JPN"
    region: str = ""

    @property
    def in_japan(self) -> bool:
        return self.country == "JPN"


@dataclass(frozen=True)
class Wanted:
    """A file that is wanted: its address, and where it goes below the folder."""

    source: Source = field(repr=False)
    url: str
    path: str


def checked_code(text: str) -> str:
    """Five digits of a municipality; of six the last is a check digit (JIS X 0401, 0402) and must be right."""
    digits = text.strip()
    legal = "five digits, or six with the check digit: 30422 or 304221"
    if not (digits.isascii() and digits.isdigit() and len(digits) in (5, 6)):
        raise refused("is no municipality code", key="municipality", value=text, legal=legal)
    if not 1 <= int(digits[:2]) <= 47 or digits[2:5] == "000":
        raise refused("is no code of a municipality", key="municipality", value=text, legal=legal)
    right = str((11 - sum(int(d) * w for d, w in zip(digits, range(6, 1, -1), strict=False)) % 11) % 10)
    if len(digits) == 6 and digits[5] != right:
        raise refused(
            f"has the wrong check digit; of {digits[:5]} it is {right}",
            key="municipality",
            value=text,
            legal=legal,
        )
    return digits[:5]


def checked_bbox(values: tuple[float, ...]) -> BoxDeg:
    legal = "west,south,east,north in degrees, west < east, south < north, within 84 N and 80 S"
    shown = ",".join(f"{value:g}" for value in values)
    if len(values) != 4 or not all(map(math.isfinite, values)):
        raise refused("is no box", key="bbox", value=shown, legal=legal)
    west, south, east, north = values
    if not (-180 <= west < east <= 180 and -80 <= south < north <= 84):
        raise refused("is no box", key="bbox", value=shown, legal=legal)
    return west, south, east, north


def with_margin(box: BoxDeg, margin_m: float) -> BoxDeg:
    """The box, larger by `margin_m` on every side."""
    west, south, east, north = box
    up = margin_m / _METRES_OF_LATITUDE
    farthest = math.radians(max(abs(south), abs(north)))
    across = margin_m / (_METRES_OF_LONGITUDE * max(math.cos(farthest), 0.1))
    return max(west - across, -180.0), max(south - up, -80.0), min(east + across, 180.0), min(north + up, 84.0)


def wanted_of(source: Source, area: Area) -> list[Wanted]:
    """Every file of the source that the area needs, in a fixed order."""
    wanted = []
    for words in _PARTS[source.per](source, area):
        url = source.url.format(**words)
        name = source.file.format(**words) if source.file else url.partition("?")[0].rpartition("/")[2]
        if source.per == "tile":
            name = f"{words['z']}/{words['x']}/{words['y']}{pathlib.PurePosixPath(name).suffix}"
        wanted.append(Wanted(source, url, f"{source.layer}/{source.name}/{name}"))
        if len(wanted) > _MOST_FILES:
            raise refused(
                f"takes more than {_MOST_FILES:,} files of {source.name}: take a smaller area", key="bbox"
            )
    return wanted


def _tiles(source: Source, area: Area) -> Iterator[Mapping[str, Any]]:
    west, south, east, north = area.bbox_deg
    n = 1 << source.zoom

    def row(latitude: float) -> float:
        return (1.0 - math.asinh(math.tan(math.radians(latitude))) / math.pi) / 2.0 * n

    columns = range(math.floor((west + 180.0) / 360.0 * n), min(math.floor((east + 180.0) / 360.0 * n), n - 1) + 1)
    rows = range(math.floor(row(north)), min(math.floor(row(south)), n - 1) + 1)
    if len(columns) * len(rows) > _MOST_FILES:
        raise refused(
            f"takes {len(columns) * len(rows):,} tiles of {source.name}: take a smaller area", key="bbox"
        )
    return ({"z": source.zoom, "x": x, "y": y} for x in columns for y in rows)


def _first_meshes(_: Source, area: Area) -> Iterator[Mapping[str, Any]]:
    """JIS X 0410: 40 minutes by one degree."""
    west, south, east, north = area.bbox_deg
    rows = range(math.floor(south * 1.5), math.floor(north * 1.5) + 1)
    columns = range(math.floor(west), math.floor(east) + 1)
    return ({"mesh1": f"{v:02d}{u - 100:02d}"} for v in rows for u in columns if 30 <= v <= 68 and 122 <= u <= 153)


def _degrees(_: Source, area: Area) -> Iterator[Mapping[str, Any]]:
    west, south, east, north = area.bbox_deg
    for latitude in range(math.floor(south), math.floor(north) + 1):
        for longitude in range(math.floor(west), math.floor(east) + 1):
            yield {
                "ns": "N" if latitude >= 0 else "S",
                "lat2": f"{abs(latitude):02d}",
                "ew": "E" if longitude >= 0 else "W",
                "lon3": f"{abs(longitude):03d}",
            }


def _prefectures(_: Source, area: Area) -> Iterator[Mapping[str, Any]]:
    return ({"prefecture": code} for code in area.prefectures)


def _country(_: Source, area: Area) -> Iterator[Mapping[str, Any]]:
    yield {"iso3": area.country, "iso3_lower": area.country.lower()}


def _region(_: Source, area: Area) -> Iterator[Mapping[str, Any]]:
    if area.region:
        yield {"region": area.region, "region_name": area.region.rpartition("/")[2]}


def _once(_: Source, area: Area) -> Iterator[Mapping[str, Any]]:
    yield {}


_PARTS = {
    "tile": _tiles,
    "mesh1": _first_meshes,
    "prefecture": _prefectures,
    "degree": _degrees,
    "country": _country,
    "region": _region,
    "once": _once,
}
