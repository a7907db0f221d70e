"""The table of sources: what is to be had where, in which format, on whose terms."""

from __future__ import annotations

import datetime
import pathlib
import string
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, fields, replace
from typing import Any

from amaneku._faults import refused

BUILT_IN = pathlib.Path(__file__).with_name("sources.toml")

LAYERS = ("dem", "people", "boundaries", "roads", "rail", "places", "landcover", "designations")
#: What one request of a source is for, and the words of its address that follow from it.
WORDS = {
    "tile": {"z", "x", "y"},
    "mesh1": {"mesh1"},
    "prefecture": {"prefecture"},
    "degree": {"ns", "lat2", "ew", "lon3"},
    "country": {"iso3", "iso3_lower"},
    "region": {"region", "region_name"},
    "once": set(),
}
FORMATS = ("gsi_png", "estat_zip", "ksj_zip", "l03b_zip", "shapefile_zip", "tiff", "file")
_ZIPS = tuple(name for name in FORMATS if name.endswith("_zip"))


@dataclass(frozen=True)
class Source:
    """One source. `scenario` are keys that its files need in the section of a scenario file."""

    name: str
    layer: str
    title: str
    url: str
    per: str
    format: str
    licence: str
    credit: str
    title_ja: str = ""
    credit_ja: str = ""
    licence_url: str = ""
    where: str = "world"
    zoom: int = 0
    chosen: bool = True
    file: str = ""
    take: tuple[str, ...] = ()
    absent_is_normal: bool = False
    typical_bytes: int = 1_000_000
    most_bytes: int = 4 << 30
    sha256: str = ""
    datum: str = ""
    vertical_datum: str = ""
    vertical_datum_ja: str = ""
    edition: str = ""
    checked: str = ""
    rank: int = 0  # within the table, the best of a layer first
    scenario: Mapping[str, Any] = field(default_factory=dict)

    @property
    def zipped(self) -> bool:
        return self.format in _ZIPS


def read_sources(files: Iterable[pathlib.Path | str] = ()) -> dict[str, Source]:
    """The built-in table and those of the files, which come before it as the better ones; a name that comes again
    replaces. InputError for a bad one."""
    sources: dict[str, Source] = {}
    own: list[str] = []
    for file in (BUILT_IN, *map(pathlib.Path, files)):
        for name, table in _tables(file).items():
            if name not in sources and file != BUILT_IN:
                own.append(name)
            sources[name] = _source(file, name, table, sources)
    order = [*own, *(name for name in sources if name not in own)]
    return {name: replace(sources[name], rank=rank) for rank, name in enumerate(order)}


def _tables(file: pathlib.Path) -> dict[str, Any]:
    try:
        import tomllib
    except ImportError:  # Python 3.10
        import tomli as tomllib
    try:
        document = tomllib.loads(file.read_text(encoding="utf-8"))
    except OSError as error:
        raise refused(str(error.strerror), key="sources", value=str(file)) from None
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise refused(f"{file.name}: {error}", key="sources", value=str(file)) from None
    for key in document:
        if key != "source":
            raise refused(f"{file.name}: there is no such section", key=key, legal="[source.NAME]")
    tables = document.get("source", {})
    if not isinstance(tables, dict) or not all(isinstance(table, dict) for table in tables.values()):
        raise refused(f"{file.name}: is no table", key="source", legal="[source.NAME]")
    return tables


def _source(file: pathlib.Path, name: str, table: dict[str, Any], known: Mapping[str, Source]) -> Source:
    def fault(message: str, key: str, value: object = "", legal: str = ""):
        return refused(
            f"{file.name}: {message}",
            key=f"source.{name}.{key}",
            value="" if value == "" else str(value),
            legal=legal,
        )

    if not name or set(name) - set(string.ascii_lowercase + string.digits + "_"):
        raise fault("is no name of a source", "", name, "a-z, 0-9 and _")
    table = dict(table)
    like = table.pop("like", None)
    values: dict[str, Any] = {}
    if like is not None:
        if like not in known:
            raise fault("there is no such source before it", "like", like)
        values = {f.name: getattr(known[like], f.name) for f in fields(Source)}
    types = {f.name: f.type for f in fields(Source)}
    for key, value in table.items():
        if key not in types or key in ("name", "rank"):
            raise fault("there is no such key", key)
        values[key] = _value(types[key], value, lambda legal, key=key, value=value: fault("", key, value, legal))
    values["name"] = name
    for key in ("layer", "title", "url", "per", "format", "licence", "credit"):
        if not values.get(key):
            raise fault("is missing", key)
    source = Source(**values)
    _check(source, fault)
    return source


def _value(kind: Any, value: Any, fault) -> Any:
    if isinstance(value, datetime.date):
        value = value.isoformat()
    if kind == "str" and isinstance(value, str) and not any(ord(letter) < 32 for letter in value):
        return value
    if kind == "bool" and isinstance(value, bool):
        return value
    if kind == "int" and isinstance(value, int) and not isinstance(value, bool) and value >= 0:
        return value
    if kind.startswith("tuple") and isinstance(value, list) and all(isinstance(item, str) for item in value):
        return tuple(value)
    if kind.startswith("Mapping") and isinstance(value, dict) and all(_plain(item) for item in value.values()):
        return value
    legal = {"str": "text", "bool": "true or false", "int": "a whole number, 0 or more"}
    raise fault(
        legal.get(kind, "a list of texts" if kind.startswith("tuple") else "texts, numbers, true or false")
    )


def _plain(value: Any) -> bool:
    if isinstance(value, list):
        return all(isinstance(item, str) for item in value)
    return isinstance(value, str | bool | int | float)


def _check(source: Source, fault) -> None:
    def one_of(key: str, value: str, legal: Iterable[str]) -> None:
        if value not in legal:
            raise fault("is not known", key, value, ", ".join(legal))

    one_of("layer", source.layer, LAYERS)
    one_of("per", source.per, WORDS)
    one_of("format", source.format, FORMATS)
    one_of("where", source.where, ("japan", "world"))
    if not source.url.startswith(("https://", "http://")):
        raise fault("is no address", "url", source.url, "https://... or http://...")
    for key, text in (("url", source.url), ("file", source.file)):
        try:
            words = {word for _, word, _, _ in string.Formatter().parse(text) if word is not None}
        except ValueError:
            raise fault("has a single brace", key, text) from None
        if words - WORDS[source.per]:
            legal = ", ".join(f"{{{word}}}" for word in sorted(WORDS[source.per])) or "no words in braces"
            raise fault(f"of a source per {source.per}", key, text, legal)
    if source.per == "tile" and not 1 <= source.zoom <= 20:
        raise fault("is out of range", "zoom", source.zoom, "1 .. 20")
    if source.zipped and not source.take:
        raise fault("is missing: which files of the zip are wanted", "take", "", '["*.geojson"]')
    if not source.file and source.url.partition("?")[0].endswith("/"):
        raise fault("is missing: the address has no name of a file", "file")
    if "/" in source.file or "\\" in source.file or source.file.startswith("."):
        raise fault("is no plain name", "file", source.file)
