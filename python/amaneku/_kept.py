"""What pickle carries of a plan: its maps, figures and tables, without the inputs that they were made of."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from amaneku import _core
from amaneku._faults import refused

_NAMES = (
    "grid",
    "crs",
    "name",
    "synthetic",
    "warnings",
    "sectors",
    "rsrp_dbm",
    "best_server",
    "second_dbm",
    "second_server",
    "interference_dbm",
    "ground_asl_m",
    "has_path_loss",
    "has_service",
    "cell_loads",
)
_SERVICE = ("sinr_db", "dl_mbps", "ul_mbps", "dl_alone_mbps", "ul_alone_mbps", "margin_db", "service_state")
Window = tuple[NDArray[np.float32], int, int]


class Kept:
    """Answers what Planned answers."""

    def __init__(self, planned: _core.Planned) -> None:
        self._values: dict[str, Any] = {name: getattr(planned, name) for name in _NAMES}
        for name in _SERVICE:
            self._values[name] = _or_error(lambda name=name: getattr(planned, name))
        self._windows: list[Window | _core.InputError] = _windows(planned)
        self.summary_json = _core.summary_json(planned)
        self.tables = _core.tables(planned)
        self.provenance = _core.provenance(planned)

    def __getattr__(self, name: str) -> Any:
        if name.startswith("__") or "_values" not in vars(self) or name not in self._values:
            raise AttributeError(name)
        return _value(self._values[name])

    def loss_window(self, sector: int | str) -> Window:
        labels = self.sectors
        index = labels.index(sector) if isinstance(sector, str) and sector in labels else sector
        if not isinstance(index, int) or not 0 <= index < len(labels):
            legal = f"an index below {len(labels)} or a name from coverage.sectors"
            raise refused("no such sector", key="sector", value=str(sector), legal=legal)
        return _value(self._windows[index])

    def __setstate__(self, state: dict[str, Any]) -> None:
        self.__dict__.update(state)
        arrays = [value for value in self._values.values() if isinstance(value, np.ndarray)]
        arrays += [window[0] for window in self._windows if isinstance(window, tuple)]
        for array in arrays:
            array.setflags(write=False)


def _or_error(ask: Any) -> Any:
    try:
        return ask()
    except _core.InputError as error:
        return error


def _value(kept: Any) -> Any:
    if isinstance(kept, _core.InputError):
        raise kept
    return kept


def _windows(planned: _core.Planned) -> list[Window | _core.InputError]:
    """Sectors of one transmitter share their window, here and in the pickle."""
    shared: dict[int, Window] = {}
    windows: list[Window | _core.InputError] = []
    for sector in range(len(planned.sectors)):
        window = _or_error(lambda sector=sector: planned.loss_window(sector))
        if isinstance(window, tuple):
            window = shared.setdefault(window[0].__array_interface__["data"][0], window)
        windows.append(window)
    return windows
