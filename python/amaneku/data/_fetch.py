"""From a place to a folder of data: what is wanted, what is at hand, and the rest from its servers."""

from __future__ import annotations

import datetime
import errno
import fcntl
import os
import pathlib
import re
import shutil
import threading
import urllib.parse
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor, as_completed
from contextlib import contextmanager
from dataclasses import dataclass, field

from amaneku._faults import refused
from amaneku.data._download import DiskFullError, Manners, NotFetchedError, download
from amaneku.data._folder import Entry, Folder, digest
from amaneku.data._formats import unpack, what_is_wrong
from amaneku.data._landcover import write_clutter_heights
from amaneku.data._municipality import find, municipalities_of
from amaneku.data._places import Area, BoxDeg, Wanted, checked_bbox, checked_code, wanted_of, with_margin
from amaneku.data._sources import LAYERS, Source, read_sources

DEFAULT_LAYERS = ("dem", "people", "boundaries", "roads", "places")
_PARALLEL = 2
#: A server that failed so often is left alone for the rest of the run.
_MOST_FAILURES = 3
_SPARE_BYTES = 64 << 20


@dataclass(frozen=True)
class Request:
    """What to fetch. A municipality, or a box in degrees; without `layers` those of DEFAULT_LAYERS."""

    municipality: str = ""
    bbox_deg: tuple[float, ...] = ()
    country: str = "JPN"
    prefectures: tuple[str, ...] = ()
    region: str = ""
    layers: tuple[str, ...] = ()
    sources: tuple[str, ...] = ()
    margin_m: float = 5_000.0
    base_url: str = ""


@dataclass
class Outcome:
    """What a fetch did, or with `dry_run` would do. Bytes of a dry run are typical ones."""

    wanted: int = 0
    at_hand: int = 0
    fetched: int = 0
    bytes: int = 0
    absent: int = 0
    failures: list[str] = field(default_factory=list)
    by_source: dict[str, tuple[int, int]] = field(default_factory=dict)
    area_known: bool = True

    @property
    def complete(self) -> bool:
        return not self.failures


Progress = Callable[[int, int, str], None]


def fetch(
    folder: pathlib.Path | str,
    request: Request,
    *,
    source_files: Iterable[pathlib.Path | str] = (),
    dry_run: bool = False,
    manners: Manners | None = None,
    progress: Progress | None = None,
) -> Outcome:
    """Fetches what is not at hand. InputError for a wrong request; what a server or the disk refused is in
    `failures`, and all else is in the folder with its data.json."""
    sources = _chosen(request, read_sources(source_files))
    path = pathlib.Path(folder)
    if dry_run:
        return _Fetch(Folder(path), sources, request, manners or Manners(), progress).told()
    path.mkdir(parents=True, exist_ok=True)
    with _alone(path):
        return _Fetch(Folder(path), sources, request, manners or Manners(), progress).done()


def _chosen(request: Request, known: dict[str, Source]) -> list[Source]:
    """Of the layers asked for, those that are chosen by default, or that the request names."""
    for layer in request.layers:
        if layer not in LAYERS:
            raise refused("there is no such layer", key="layers", value=layer, legal=", ".join(LAYERS))
    for name in request.sources:
        if name not in known:
            raise refused("there is no such source", key="source", value=name, legal=", ".join(known))
    if bool(request.municipality) == bool(request.bbox_deg):
        raise refused("give one of them", key="municipality, bbox")
    if request.municipality:
        checked_code(request.municipality)
    else:
        checked_bbox(request.bbox_deg)
    if not 0 <= request.margin_m <= 200_000:
        raise refused("is out of range", key="margin-m", value=f"{request.margin_m:g}", legal="0 .. 200000")
    if not re.fullmatch("[A-Z]{3}", request.country):
        raise refused("is no country", key="country", value=request.country, legal="three letters, ISO 3166: NPL")
    if request.region and not re.fullmatch(r"[a-z0-9-]+(/[a-z0-9-]+)*", request.region):
        raise refused("is no region", key="region", value=request.region, legal="as Geofabrik: asia/nepal")
    where = "japan" if request.country == "JPN" else "world"
    layers = request.layers or DEFAULT_LAYERS
    named = {known[name].layer for name in request.sources}
    chosen = []
    for source in known.values():
        wanted = source.layer in layers and source.chosen and source.where == where
        # A source by name stands for its layer, but that of heights, where the others fill its voids.
        if source.layer in named and source.layer != "dem":
            wanted = False
        if wanted or source.name in request.sources:
            chosen.append(source)
    return chosen


@contextmanager
def _alone(path: pathlib.Path) -> Iterator[None]:
    """Two fetches into one folder would tear each other's parts."""
    with open(path / ".lock", "w", encoding="utf-8") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            raise refused("another fetch is at work there", key="to", value=str(path)) from None
        yield


class _Fetch:
    def __init__(
        self,
        folder: Folder,
        sources: list[Source],
        request: Request,
        manners: Manners,
        progress: Progress | None,
    ):
        self.folder = folder
        self.sources = sources
        self.request = request
        self.manners = manners
        self.progress = progress or (lambda done, wanted, name: None)
        self.outcome = Outcome()
        self.stop = threading.Event()
        self.failed_hosts: dict[str, int] = {}
        self.boundaries = [s for s in sources if s.layer == "boundaries"] or [read_sources()["ksj_n03"]]

    def told(self) -> Outcome:
        area = self._area(fetching=False)
        wanted = self._first() if area is None else self._all(area)
        self.outcome.area_known = area is not None
        self.outcome.wanted = len(wanted)
        for item in self._missing(wanted):
            files, bytes_ = self.outcome.by_source.get(item.source.name, (0, 0))
            self.outcome.by_source[item.source.name] = (files + 1, bytes_ + item.source.typical_bytes)
            self.outcome.bytes += item.source.typical_bytes
        return self.outcome

    def done(self) -> Outcome:
        area = self._area(fetching=True)
        if area is not None:
            wanted = self._all(area)
            missing = self._missing(wanted)
            self.outcome.wanted = len(wanted)
            self._get(missing)
            self._tell_of_nothing(wanted)
        try:
            self.folder.write([*self.sources, *self.boundaries])
        except OSError as error:
            self.outcome.failures.append(f"data.json: {error.strerror}: what was fetched stays; run it again")
        return self.outcome

    def _tell_of_nothing(self, wanted: list[Wanted]) -> None:
        """A layer of which no server has anything is a wrong place, or a wrong country."""
        found: dict[str, bool] = {}
        for item in wanted:
            entry = self.folder.entries.get(item.url)
            answered_no = entry is not None and not entry.files
            found[item.source.layer] = found.get(item.source.layer, False) or not answered_no
        for layer, something in found.items():
            if not something:
                self.outcome.failures.append(f"{layer}: the servers have nothing there: is the place right?")

    def _area(self, *, fetching: bool) -> Area | None:
        """None where the boundaries that say where the municipality lies are not at hand."""
        request = self.request
        if request.bbox_deg:
            box = checked_bbox(request.bbox_deg)
            prefectures = tuple(dict.fromkeys(_prefecture(code) for code in request.prefectures))
            self.folder.area = {"bbox_deg": list(box), "municipalities": [], "country": request.country}
            return self._with_margin(box, prefectures)
        if request.country != "JPN":
            raise refused("municipalities are those of Japan", key="country", value=request.country)
        code = checked_code(request.municipality)
        if fetching:
            self._get(self._missing(self._first()))
        files = self._boundary_files(code[:2])
        if not files:
            return None
        known = dict(self.folder.municipalities)
        if code not in known:
            for file in files:
                known |= municipalities_of(file)
        name, box, codes = find(code, known, self.boundaries[0].title)
        self.folder.area = {"bbox_deg": list(box), "municipalities": codes, "country": "JPN", "name": name}
        for one in codes:
            self.folder.municipalities[one] = known[one] | {"prefecture": code[:2]}
        return self._with_margin(box, (code[:2],))

    def _with_margin(self, box: BoxDeg, prefectures: tuple[str, ...]) -> Area:
        self.folder.area["margin_m"] = self.request.margin_m
        return Area(
            with_margin(box, self.request.margin_m), prefectures, self.request.country, self.request.region
        )

    def _first(self) -> list[Wanted]:
        code = checked_code(self.request.municipality)
        area = Area((0.0, 0.0, 1.0, 1.0), (code[:2],))
        return [
            item for source in self.boundaries if source.per == "prefecture" for item in wanted_of(source, area)
        ]

    def _boundary_files(self, prefecture: str) -> list[pathlib.Path]:
        urls = {item.url for item in self._first()}
        names = [name for url in urls if self.folder.has(url) for name in self.folder.entries[url].files]
        return [self.folder.path / name for name in sorted(names) if name.endswith((".geojson", ".json"))]

    def _all(self, area: Area) -> list[Wanted]:
        wanted = [item for source in self.sources for item in wanted_of(source, area)]
        return list({item.url: item for item in wanted}.values())

    def _missing(self, wanted: list[Wanted]) -> list[Wanted]:
        missing = [item for item in wanted if not self.folder.has(item.url)]
        self.outcome.at_hand = len(wanted) - len(missing) - self.outcome.fetched
        return missing

    def _get(self, missing: list[Wanted]) -> None:
        if not missing:
            return
        typical = sum(item.source.typical_bytes for item in missing)
        free = shutil.disk_usage(self.folder.path).free
        if typical + _SPARE_BYTES > free:
            self.outcome.failures.append(
                f"some {typical >> 20:,} MiB are wanted, and {free >> 20:,} MiB are free: make room, or take less"
            )
            return
        pool = ThreadPoolExecutor(_PARALLEL)
        try:
            futures = {pool.submit(self._one, item): item for item in missing}
            for count, future in enumerate(as_completed(futures), 1):
                self._note(future, futures[future])
                self.progress(count, len(missing), futures[future].source.name)
        except BaseException:
            self.stop.set()
            raise
        finally:
            pool.shutdown(wait=True, cancel_futures=True)

    def _note(self, future: Future[Entry | None], item: Wanted) -> None:
        try:
            entry = future.result()
        except NotFetchedError as error:
            self.outcome.failures.append(str(error))
            if isinstance(error, DiskFullError):
                self.stop.set()
            return
        if entry is None:
            return
        if entry.files:
            self.outcome.fetched += 1
            self.outcome.bytes += sum(size for size, _ in entry.files.values())
        else:
            self.outcome.absent += 1

    def _one(self, item: Wanted) -> Entry | None:
        if self.stop.is_set():
            return None
        host = urllib.parse.urlsplit(item.url).netloc
        if self.failed_hosts.get(host, 0) >= _MOST_FAILURES:
            raise NotFetchedError(f"{item.url}: not asked any more, its server failed {_MOST_FAILURES} times")
        try:
            entry = self._fetched(item)
            self.folder.add(entry)
            if entry.files and item.source.zipped:
                os.unlink(self.folder.path / item.path)
        except NotFetchedError as error:
            if not isinstance(error, DiskFullError):
                self.failed_hosts[host] = self.failed_hosts.get(host, 0) + 1
            raise
        except OSError as error:
            if error.errno in (errno.ENOSPC, errno.EDQUOT, errno.EFBIG):
                raise DiskFullError(
                    f"the disk is full at {item.path}: what was fetched stays; run it again"
                ) from None
            raise NotFetchedError(f"{item.path}: {error.strerror}") from None
        return entry

    def _fetched(self, item: Wanted) -> Entry:
        target = self.folder.path / item.path
        source = item.source
        today = datetime.date.today().isoformat()
        if not (target.is_file() and self._is_right(source, target) == ""):
            there = download(
                _address(item.url, self.request.base_url),
                target,
                most_bytes=source.most_bytes,
                check=lambda part: self._is_right(source, part),
                manners=self.manners,
                stop=self.stop,
            )
            if not there:
                if not source.absent_is_normal:
                    raise NotFetchedError(
                        f"{item.url}: the server has no such file: another edition, or a wrong code?"
                    )
                return Entry(source.name, item.url, {}, today)
        files = [target]
        if source.zipped:
            files = unpack(source, target)
            if source.format == "l03b_zip":
                files = _as_clutter(files)
        described = {str(file.relative_to(self.folder.path)): digest(file) for file in files}
        return Entry(source.name, item.url, described, today)

    @staticmethod
    def _is_right(source: Source, file: pathlib.Path) -> str:
        if source.sha256 and digest(file)[1] != source.sha256:
            return "has another SHA-256 than the table of sources says"
        return what_is_wrong(source, file)


def _as_clutter(tables: list[pathlib.Path]) -> list[pathlib.Path]:
    grids = [write_clutter_heights(table) for table in tables]
    for table in tables:
        table.unlink()
    return grids


def _address(url: str, base_url: str) -> str:
    """On a mirror: the host becomes the first folder."""
    if not base_url:
        return url
    parts = urllib.parse.urlsplit(url)
    query = f"?{parts.query}" if parts.query else ""
    return f"{base_url.rstrip('/')}/{parts.netloc}{parts.path}{query}"


def _prefecture(text: str) -> str:
    if not (text.isascii() and text.isdigit() and len(text) <= 2 and 1 <= int(text) <= 47):
        raise refused("is no prefecture", key="prefectures", value=text, legal="01 .. 47")
    return f"{int(text):02d}"
