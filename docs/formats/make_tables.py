#!/usr/bin/env python3
"""Writes the columns in docs/formats/tables.md anew, from a result.h5 that has every table.

    build/release/bin/amaneku demo -o /tmp/all --set antenna_heights.tall_agl_m=25 \\
      --set 'coordination.place=[{lon=137.30, lat=33.15}]' --set selection.sites_at_most=2 \\
      --set 'selection.years=[{year=2027, sites_at_most=1}, {year=2028}]' \\
      --set backhaul.passive_optical.ratio=32
    python3 docs/formats/make_tables.py /tmp/all/result.h5

For selection_tuning use `amaneku select` on a scenario with [selection.tuning].

For backhaul_cables, iab and cable_television run a copy of /tmp/all/region whose costs.toml has prices for
fibre_further and iab_terminal beside, with a television.geojson as cable_television.md says, and in addition

      --set backhaul.fibres_per_cable=1000 --set 'backhaul.cable_television=[{path="television.geojson"}]' \\
      --set 'backhaul.iab={antenna_gain_dbi=18.0,power_dbm=26.0,margin_db=3.0,hop_delay_ms=4.0,longest_km=8.0}'

The columns of the table NAME stand between the lines <!-- columns: NAME --> and <!-- end -->. Says so and fails
where the page and the result have not the same tables. Needs h5py (Debian: python3-h5py).
"""

import pathlib
import re
import sys

import h5py

PAGE = pathlib.Path(__file__).with_name("tables.md")
TYPES = {"O": "text", "f": "number", "i": "whole number"}
NOT_TABLES = {"provenance", "settings", "warnings"}


def is_index(dataset):
    return dataset.attrs.get("CLASS") == b"DIMENSION_SCALE"


def row(name, column):
    kind = "flag" if column.dtype.itemsize == 1 else TYPES[column.dtype.kind]
    unit = column.attrs.get("units", "").removeprefix("1")
    return f"| `{name}` | {kind} | {unit} | {column.attrs['long_name']} |\n"


def columns(table):
    rows = [row(name, column) for name, column in table.items() if not is_index(column)]
    return "\n| column | type | unit | meaning |\n|---|---|---|---|\n" + "".join(rows) + "\n"


def main():
    text = PAGE.read_text(encoding="utf-8")
    named = set(re.findall(r"<!-- columns: (\w+) -->", text))
    with h5py.File(sys.argv[1]) as file:
        tables = {name for name, part in file.items() if isinstance(part, h5py.Group)} - NOT_TABLES
        for name in named & tables:
            begin = f"<!-- columns: {name} -->\n"
            at = text.index(begin) + len(begin)
            text = text[:at] + columns(file[name]) + text[text.index("<!-- end -->", at) :]
    PAGE.write_text(text, encoding="utf-8")
    for name in sorted(named ^ tables):
        print(f"{name}: only in {'tables.md' if name in named else 'the result'}", file=sys.stderr)
    return 1 if named ^ tables else 0


if __name__ == "__main__":
    sys.exit(main())
