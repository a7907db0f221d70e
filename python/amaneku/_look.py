"""Colours and classes of maps, as the report has them, and a map as PNG without any library of plots."""

from __future__ import annotations

import struct
import zlib
from typing import Any

import numpy as np
from numpy.typing import NDArray

# Viridis of the report's legend, dark to light.
VIRIDIS = np.array(
    [
        (68, 1, 84),
        (71, 45, 123),
        (59, 82, 139),
        (44, 114, 142),
        (33, 144, 140),
        (39, 173, 129),
        (93, 200, 99),
        (170, 220, 50),
        (253, 231, 37),
    ],
    dtype=float,
)
# Darker than this, the colour would swallow the relief beneath it.
_VIRIDIS_START = 0.22
# Lighter than this, a reader who sees no blue could not tell it from the grey of what is not covered.
_VIRIDIS_END = 0.74
_GREY_NEAR_THRESHOLD, _GREY_WEAKEST = 0xDC, 0xEC
NOT_COMPUTED = (255, 255, 255)

# Okabe and Ito (2008): told apart with any colour vision.
BLUE, ORANGE, GREEN, RED = "#0072b2", "#e69f00", "#009e73", "#d55e00"
SKY, PURPLE, YELLOW, GREY = "#56b4e9", "#cc79a7", "#f0e442", "#7f7f7f"


def viridis(position: float) -> tuple[int, int, int]:
    """0 dark .. 1 light."""
    at = np.clip(position, 0.0, 1.0) * (len(VIRIDIS) - 1)
    low = min(int(at), len(VIRIDIS) - 2)
    mixed = VIRIDIS[low] + (at - low) * (VIRIDIS[low + 1] - VIRIDIS[low])
    return tuple(round(channel) for channel in mixed)  # type: ignore[return-value]


def class_colours(bounds: list[float], threshold: float) -> list[tuple[int, int, int]]:
    """Of the classes between ascending bounds, the weakest first: grey below the threshold, viridis above it."""
    weaker = sum(bound <= threshold for bound in bounds)
    stronger = len(bounds) + 1 - weaker
    greys = [
        round(_GREY_NEAR_THRESHOLD + _share(weaker - 1 - i, weaker) * (_GREY_WEAKEST - _GREY_NEAR_THRESHOLD))
        for i in range(weaker)
    ]
    end = _VIRIDIS_END if weaker else 1.0
    light = [viridis(end - _share(stronger - 1 - i, stronger) * (end - _VIRIDIS_START)) for i in range(stronger)]
    return [(grey, grey, grey) for grey in greys] + light


def _share(i: int, n: int) -> float:
    return i / (n - 1) if n > 1 else 0.0


def class_bounds(classes: list[float], threshold: float) -> list[float]:
    return sorted({*(float(bound) for bound in classes), float(threshold)})


def painted(values: NDArray[Any], bounds: list[float], threshold: float) -> NDArray[np.uint8]:
    """[y, x, RGB] of classes; white where there is no value."""
    colours = np.array([*class_colours(bounds, threshold), NOT_COMPUTED], dtype=np.uint8)
    index = np.digitize(values, bounds)
    index[~np.isfinite(values)] = len(colours) - 1
    return colours[index]


def relief(ground_asl_m: NDArray[Any], cell_m: float, exaggeration: float = 1.0) -> NDArray[np.float64]:
    """Light on the ground from the north-west, 45 degrees high: 0 dark .. 1 light; NaN without ground."""
    south, east = np.gradient(exaggeration * np.asarray(ground_asl_m, dtype=float), cell_m)
    normal = np.sqrt(1.0 + east**2 + south**2)
    # Towards the light: west, north, up.
    light = (0.5 * east + 0.5 * south + np.sqrt(0.5)) / normal
    return np.clip(light, 0.0, 1.0)


def shaded(colours: NDArray[np.uint8], light: NDArray[np.float64]) -> NDArray[np.uint8]:
    """Colours under the relief; level ground keeps its colour."""
    factor = np.clip(0.5 + 0.5 * np.nan_to_num(light, nan=np.sqrt(0.5)) / np.sqrt(0.5), 0.0, 1.25)
    return np.clip(colours * factor[..., np.newaxis], 0, 255).astype(np.uint8)


def thinned(values: NDArray[Any], most: int) -> tuple[NDArray[Any], int]:
    """Every n-th row and column, so that neither side has more than `most`."""
    step = max(1, -(-max(values.shape[:2]) // most))
    return values[::step, ::step], step


def png(colours: NDArray[np.uint8]) -> bytes:
    """[y, x, RGB] as a file."""
    height, width, _ = colours.shape
    rows = np.zeros((height, 1 + 3 * width), dtype=np.uint8)  # each begins with its filter: none
    rows[:, 1:] = colours.reshape(height, 3 * width)
    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    parts = ((b"IHDR", header), (b"IDAT", zlib.compress(rows.tobytes(), 6)), (b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
        for kind, data in parts
    )
