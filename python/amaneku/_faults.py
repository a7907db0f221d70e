"""Arguments that are wrong, told as the core tells them."""

from __future__ import annotations

import operator
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from amaneku import _core


def refused(message: str, *, key: str, value: str = "", legal: str = "") -> _core.InputError:
    """The error, to be raised."""
    fault = _core.Fault(message=message, key=key, value=value, legal=legal)
    error = _core.InputError(str(fault))
    error.faults = (fault,)
    return error


def checked_threads(threads: int) -> int:
    """TypeError unless it is a whole number, InputError outside of the range."""
    try:
        whole = operator.index(threads)
    except TypeError:
        raise TypeError(f"threads = {threads!r}: a whole number, 0 takes every core") from None
    if 0 <= whole <= _core.most_threads:
        return whole
    raise refused("is out of range", key="threads", value=str(whole), legal=f"0 .. {_core.most_threads}")


def numbers(name: str, value: ArrayLike) -> NDArray[np.float64]:
    """TypeError, which names the argument, unless it is a number or an array of numbers."""
    try:
        array = np.asarray(value)
        if array.dtype == object and any(item is None for item in array.flat):
            raise TypeError
        return np.asarray(array, dtype=float)
    except (TypeError, ValueError):
        raise TypeError(f"{name} = {_short(value)}: a number or an array of numbers") from None


def text(name: str, value: str) -> str:
    """TypeError, which names the argument, unless it is a text, and one that can be written."""
    if not isinstance(value, str):
        raise TypeError(f"{name} = {_short(value)}: a text")
    return value.encode("utf-8", "backslashreplace").decode()


def _short(value: Any) -> str:
    shown = repr(value)
    return shown if len(shown) <= 60 else shown[:57] + "..."
