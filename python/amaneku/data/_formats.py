"""What comes from servers, looked at before it is believed: tiles, zips, rasters. And zips taken apart."""

from __future__ import annotations

import fnmatch
import os
import pathlib
import zipfile
import zlib

from amaneku.data._download import NotFetchedError
from amaneku.data._sources import Source

_MOST_ENTRIES = 20_000
_MOST_UNPACKED = 16 << 30
_MOST_TIMES_PACKED = 500
#: Of a Shapefile all of these belong to the .shp.
_SHAPEFILE = (".shp", ".shx", ".dbf", ".prj", ".cpg")


def what_is_wrong(source: Source, file: pathlib.Path) -> str:
    """Why the file is not what the source says it is; "" where it is."""
    with open(file, "rb") as opened:
        head = opened.read(64)
        if source.format == "gsi_png":
            return _wrong_png(head, opened.read())
        if source.format == "tiff":
            return "" if head[:4] in (b"II*\0", b"MM\0*", b"II+\0", b"MM\0+") else _not(head, "a TIFF")
        if source.zipped:
            return _wrong_zip(file) if head[:4] == b"PK\3\4" else _not(head, "a zip")
    return ""


def _not(head: bytes, what: str) -> str:
    page = head.lstrip()[:1] == b"<"
    return f"the server sent {'a page' if page else 'something else'} and not {what}: has the address changed?"


def _wrong_png(head: bytes, rest: bytes) -> str:
    """256 x 256 pixels of red, green and blue (an alpha may be there too), eight bits each, to the end."""
    if head[:8] != b"\x89PNG\r\n\x1a\n":
        return _not(head, "a PNG")
    size, bits, colours = head[16:24], head[24], head[25]
    if size != (256).to_bytes(4, "big") * 2 or bits != 8 or colours not in (2, 6):
        return "is no elevation tile of 256 x 256 pixels of red, green and blue"
    return "" if (head + rest)[-8:-4] == b"IEND" else "ends in the middle"


def _wrong_zip(file: pathlib.Path) -> str:
    try:
        with zipfile.ZipFile(file) as archive:
            entries = archive.infolist()
            if len(entries) > _MOST_ENTRIES:
                return f"holds {len(entries):,} files, more than {_MOST_ENTRIES:,}"
            if sum(entry.file_size for entry in entries) > _MOST_UNPACKED:
                return "unpacks to more than 16 GiB"
            for entry in entries:
                if entry.file_size > 1 << 20 and entry.file_size > _MOST_TIMES_PACKED * entry.compress_size:
                    return f"{entry.filename} is packed more than {_MOST_TIMES_PACKED} times"
            bad = archive.testzip()
            return "" if bad is None else f"{bad} is damaged"
    except (zipfile.BadZipFile, zlib.error, NotImplementedError, RuntimeError, EOFError, OSError) as error:
        return f"is no whole zip: {error}"


def name_in(entry: zipfile.ZipInfo) -> str:
    """As it was meant: backslashes are slashes, and names that are not marked as UTF-8 are CP932."""
    name = entry.orig_filename
    if not entry.flag_bits & 0x800:
        raw = name.encode("cp437", "replace")
        for encoding in ("utf-8", "cp932"):
            try:
                name = raw.decode(encoding)
                break
            except UnicodeDecodeError:
                continue
    return name.split("\0")[0].replace("\\", "/")


def unpack(source: Source, archive_file: pathlib.Path) -> list[pathlib.Path]:
    """Puts the wanted files of the zip beside it, under their own names without folders; the first pattern of
    `take` that finds any decides. NotFetchedError where none does, or two have one name."""
    with zipfile.ZipFile(archive_file) as archive:
        names = {name_in(entry): entry for entry in archive.infolist() if not name_in(entry).endswith("/")}
        chosen = _chosen(source, list(names))
        if not chosen:
            raise NotFetchedError(
                f"{archive_file.name}: holds none of {', '.join(source.take)}, but {', '.join(sorted(names)[:5])}"
            )
        targets: dict[pathlib.Path, str] = {}
        for name in chosen:
            target = archive_file.with_name(_plain_name(name))
            if target in targets:
                raise NotFetchedError(f"{archive_file.name}: {targets[target]} and {name} have one name")
            targets[target] = name
        for target, name in targets.items():
            _extract(archive, names[name], target)
    return sorted(targets)


def _chosen(source: Source, names: list[str]) -> list[str]:
    visible = [n for n in names if not pathlib.PurePosixPath(n).name.startswith(".") and "__MACOSX" not in n]
    for pattern in source.take:
        found = [n for n in visible if fnmatch.fnmatchcase(f"/{n.lower()}", f"*/{pattern.lower()}")]
        if found and pattern.endswith(".shp"):
            stems = {n[:-4].lower() for n in found}
            return sorted(n for n in visible if n[:-4].lower() in stems and n[-4:].lower() in _SHAPEFILE)
        if found:
            return sorted(found)
    return []


def _plain_name(name: str) -> str:
    plain = pathlib.PurePosixPath(name).name
    if not plain or plain in (".", "..") or any(ord(letter) < 32 for letter in plain):
        raise NotFetchedError(f"{name!r} is no name of a file")
    return plain


def _extract(archive: zipfile.ZipFile, entry: zipfile.ZipInfo, target: pathlib.Path) -> None:
    part = target.with_name(target.name + ".part")
    with archive.open(entry) as packed, open(part, "wb") as out:
        while chunk := packed.read(1 << 20):
            out.write(chunk)
        out.flush()
        os.fsync(out.fileno())
    os.replace(part, target)
