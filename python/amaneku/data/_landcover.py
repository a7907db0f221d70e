"""Land use of 国土数値情報 L03-b as heights of clutter."""

from __future__ import annotations

import os
import pathlib

import numpy as np

from amaneku.data._download import NotFetchedError

#: Representative clutter heights by the land use of L03-b (since 2009), by ITU-R P.1812-7 Table 2: open and
#: water 0, suburban 10 m, trees 15 m. What is not named here is open.
HEIGHT_M = {500: 15, 700: 10}
KNOWN = (100, 200, 500, 600, 700, 901, 902, 1000, 1100, 1400, 1500, 1600)

_CELLS = 800  # of a first mesh, each way


def write_clutter_heights(table: pathlib.Path) -> pathlib.Path:
    """From the .dbf of a first mesh an ESRI ASCII grid beside it, JGD2011 degrees, -9999 where no mesh is."""
    mesh, use = _columns(table)
    first = {code[:4] for code in mesh}
    if len(first) != 1:
        raise NotFetchedError(f"{table.name}: holds meshes of {len(first)} first meshes, not of one")
    unknown = sorted(set(use) - set(KNOWN))
    if unknown:
        raise NotFetchedError(f"{table.name}: land use {unknown[0]:04d} is not known: another edition?")
    code = first.pop()
    digits = np.array([[int(c) for c in text[4:10]] for text in mesh])
    if digits[:, :2].max() > 7:
        raise NotFetchedError(f"{table.name}: holds a mesh that does not exist")
    row = digits[:, 0] * 100 + digits[:, 2] * 10 + digits[:, 4]
    column = digits[:, 1] * 100 + digits[:, 3] * 10 + digits[:, 5]
    heights = np.full((_CELLS, _CELLS), -9999)
    heights[_CELLS - 1 - row, column] = [HEIGHT_M.get(u, 0) for u in use]
    target = table.with_name(f"clutter_height_{code}.asc")
    head = (
        f"ncols {_CELLS}\nnrows {_CELLS}\nxllcorner {int(code[2:]) + 100}\nyllcorner {int(code[:2]) / 1.5:.12f}\n"
        f"dx {1 / _CELLS:.12f}\ndy {1 / 1.5 / _CELLS:.12f}\nNODATA_value -9999\n"
    )
    part = target.with_name(target.name + ".part")
    with open(part, "w", encoding="ascii") as out:
        out.write(head)
        np.savetxt(out, heights, fmt="%d")
        out.flush()
        os.fsync(out.fileno())
    os.replace(part, target)
    return target


def _columns(table: pathlib.Path) -> tuple[list[str], list[int]]:
    """Mesh codes of ten digits, and the land use of each."""
    bytes_ = table.read_bytes()
    count = int.from_bytes(bytes_[4:8], "little")
    head = int.from_bytes(bytes_[8:10], "little")
    width = int.from_bytes(bytes_[10:12], "little")
    if count == 0 or width < 2 or len(bytes_) < head + count * width:
        raise NotFetchedError(f"{table.name}: is no whole table")
    places: dict[str, slice] = {}
    offset = 1
    for at in range(32, head - 1, 32):
        name = bytes_[at : at + 11].split(b"\0")[0]
        places[name.decode("cp932", "replace")] = slice(offset, offset + bytes_[at + 16])
        offset += bytes_[at + 16]
    mesh = next((places[name] for name in ("メッシュ", "L03b_001") if name in places), None)
    use = next((places[name] for name in ("土地利用種", "L03b_002") if name in places), None)
    if mesh is None or use is None:
        raise NotFetchedError(f"{table.name}: has the columns {', '.join(places)}, not メッシュ and 土地利用種")
    records = [bytes_[head + i * width : head + (i + 1) * width] for i in range(count)]
    try:
        codes = [record[mesh].decode("ascii").strip() for record in records]
        uses = [int(record[use]) for record in records]
    except ValueError:
        raise NotFetchedError(f"{table.name}: a mesh or its land use is no number") from None
    if not all(len(code) == 10 and code.isdigit() for code in codes):
        raise NotFetchedError(f"{table.name}: a code is no mesh of ten digits")
    return codes, uses
