"""A folder of fetched data: data.json says what is in it, from where, on whose terms."""

from __future__ import annotations

import hashlib
import json
import os
import pathlib
import threading
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, field
from typing import Any

from amaneku._faults import refused
from amaneku.data._sources import Source

SCHEMA = "amaneku-data/1"
MANIFEST = "data.json"
#: What was fetched since the manifest was written, a line each: an interrupted fetch leaves it.
JOURNAL = ".data.jsonl"

_TOLD = ("layer", "title", "title_ja", "format", "licence", "licence_url", "credit", "credit_ja", "datum")
_TOLD_TOO = ("vertical_datum", "vertical_datum_ja", "edition", "checked")


@dataclass(frozen=True)
class Entry:
    """What one address gave: files below the folder with their size and SHA-256; none where it is absent."""

    source: str
    url: str
    files: Mapping[str, tuple[int, str]] = field(default_factory=dict)
    fetched: str = ""


def digest(file: pathlib.Path) -> tuple[int, str]:
    with open(file, "rb") as opened:
        whole = hashlib.sha256()
        size = 0
        while chunk := opened.read(1 << 20):
            whole.update(chunk)
            size += len(chunk)
    return size, whole.hexdigest()


class Folder:
    """Entries by address, areas, and names of municipalities. Threads may add at the same time."""

    def __init__(self, path: pathlib.Path):
        self.path = path
        self.entries: dict[str, Entry] = {}
        self.sources: dict[str, dict[str, Any]] = {}
        self.municipalities: dict[str, dict[str, Any]] = {}
        self.area: dict[str, Any] = {}
        self._lock = threading.Lock()
        self._read_manifest()
        self._read_journal()

    def add(self, entry: Entry) -> None:
        """Notes it in the journal, on the disk when this returns."""
        line = json.dumps(asdict(entry), ensure_ascii=False) + "\n"
        with self._lock:
            self.entries[entry.url] = entry
            with open(self.path / JOURNAL, "a", encoding="utf-8") as journal:
                journal.write(line)
                journal.flush()
                os.fsync(journal.fileno())

    def has(self, url: str) -> bool:
        """Whether all files of the address are there, byte for byte."""
        entry = self.entries.get(url)
        return entry is not None and not self.damaged(entry)

    def damaged(self, entry: Entry) -> list[str]:
        """Files that are missing or are not what was fetched."""
        wrong = []
        for name, (size, sha256) in entry.files.items():
            file = self.path / name
            try:
                if file.stat().st_size != size or digest(file) != (size, sha256):
                    wrong.append(name)
            except OSError:
                wrong.append(name)
        return wrong

    def write(self, sources: Iterable[Source]) -> None:
        """The manifest, whole or not at all; then the journal goes."""
        used = {entry.source for entry in self.entries.values()}
        for source in sources:
            if source.name in used:
                told = {key: getattr(source, key) for key in _TOLD + _TOLD_TOO if getattr(source, key)}
                self.sources[source.name] = told | {
                    "rank": source.rank,
                    "scenario": dict(source.scenario),
                }
        document = {
            "schema": SCHEMA,
            "area": self.area,
            "municipalities": dict(sorted(self.municipalities.items())),
            "sources": {name: told for name, told in self.sources.items() if name in used},
            "entries": [asdict(entry) for _, entry in sorted(self.entries.items())],
        }
        target = self.path / MANIFEST
        part = target.with_name(MANIFEST + ".part")
        with open(part, "w", encoding="utf-8") as out:
            json.dump(document, out, ensure_ascii=False, indent=1)
            out.write("\n")
            out.flush()
            os.fsync(out.fileno())
        os.replace(part, target)
        (self.path / JOURNAL).unlink(missing_ok=True)

    def _read_manifest(self) -> None:
        file = self.path / MANIFEST
        if not file.exists():
            return
        try:
            document = json.loads(file.read_text(encoding="utf-8"))
            if document["schema"] != SCHEMA:
                raise refused("is of another version", key="schema", value=str(document["schema"]), legal=SCHEMA)
            self.area = dict(document["area"])
            self.municipalities = dict(document["municipalities"])
            self.sources = dict(document["sources"])
            for told in document["entries"]:
                entry = _entry(told)
                self.entries[entry.url] = entry
        except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
            if hasattr(error, "faults"):
                raise
            raise refused(f"cannot be read: {error!r}", key="folder", value=str(file)) from None

    def _read_journal(self) -> None:
        """A last line that broke off counts for nothing."""
        try:
            lines = (self.path / JOURNAL).read_text(encoding="utf-8", errors="replace").splitlines()
        except OSError:
            return
        for line in lines:
            try:
                entry = _entry(json.loads(line))
            except (ValueError, KeyError, TypeError, AttributeError):
                continue
            self.entries[entry.url] = entry


def _entry(told: Mapping[str, Any]) -> Entry:
    files = {}
    for name, (size, sha256) in dict(told["files"]).items():
        path = pathlib.PurePosixPath(name)
        if path.is_absolute() or ".." in path.parts or not path.parts:
            raise ValueError(f"{name} lies outside of the folder")
        files[name] = (int(size), str(sha256))
    return Entry(str(told["source"]), str(told["url"]), files, str(told.get("fetched", "")))
