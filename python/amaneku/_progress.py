"""A bar of tqdm for on_progress."""

from __future__ import annotations

from typing import Any


class ProgressBar:
    """`am.run(..., on_progress=am.ProgressBar())`: a bar for each stage, in notebooks a widget; needs tqdm.

    `options` go to tqdm (`file`, `leave`, `disable` ...).
    """

    def __init__(self, **options: Any) -> None:
        try:
            from tqdm.auto import tqdm
        except ImportError as missing:
            raise ImportError("am.ProgressBar needs tqdm: pip install amaneku[notebook]") from missing
        self._tqdm = tqdm
        self._options = options
        self._stage: str | None = None
        self._bar: Any = None

    def __call__(self, stage: str, done_fraction: float) -> None:
        if stage != self._stage:
            self.close()
            self._stage = stage
            self._bar = self._tqdm(total=100, desc=stage, unit="%", **self._options)
        if self._bar is None:
            return
        self._bar.update(round(100.0 * done_fraction) - self._bar.n)
        if done_fraction >= 1.0:
            self.close()

    def close(self) -> None:
        if self._bar is not None:
            self._bar.close()
            self._bar = None
