"""The catalogue of radio technologies."""

from __future__ import annotations

import json
import os
from typing import Any

from amaneku import _core


def technologies(file: str | os.PathLike[str] | None = None) -> list[dict[str, Any]]:
    """Radio technologies: the built-in ones, with those of a catalogue file of one's own.

    Each has its band, widths with peak rates, link directions, device, limits (None: not known) and `sources`,
    which say key by key where a figure comes from and whether it was verified; docs/formats/radio_catalogue.md.
    """
    return _catalogue(file)["technologies"]


def link_curves(file: str | os.PathLike[str] | None = None) -> list[dict[str, Any]]:
    """Link curves: `bits_per_symbol` that one layer carries from each `sinr_db` on."""
    return _catalogue(file)["curves"]


def _catalogue(file: str | os.PathLike[str] | None) -> dict[str, Any]:
    return json.loads(_core.radio_catalogue_json(None if file is None else os.fspath(file)))
