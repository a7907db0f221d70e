"""A model of path loss fitted to measured levels, and what it is then worth at places that it has not seen."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

if TYPE_CHECKING:
    import pandas

_HUBER = 1.345  # in standard deviations: 95 % efficient on normal residuals (P. J. Huber, Robust Statistics, 1981)
_NORMAL_MAD = 1.4826  # median absolute deviation of a normal distribution, to its standard deviation
_LEAST_SCALE_DB = 0.1
_WITHIN_DB = 6.0

Floats = NDArray[np.float64]


@dataclass(frozen=True)
class Errors:
    """Measured less predicted."""

    n: int
    bias_db: float
    sigma_db: float
    rmse_db: float
    within_6_db_percent: float

    @classmethod
    def of(cls, error_db: Floats) -> Errors:
        if error_db.size == 0:
            return cls(0, np.nan, np.nan, np.nan, np.nan)
        return cls(
            n=int(error_db.size),
            bias_db=float(error_db.mean()),
            sigma_db=float(error_db.std()),
            rmse_db=float(np.sqrt((error_db**2).mean())),
            within_6_db_percent=float(100.0 * (np.abs(error_db) <= _WITHIN_DB).mean()),
        )


@dataclass(frozen=True)
class Calibration:
    """What calibrate() found. level = predicted + offset + slope log10(distance / 1 km) - clutter loss."""

    offset_db: float
    """Of a transmitter that was not measured: the mean of the transmitters, each counting once."""
    transmitter_offset_db: dict[str, float] = field(repr=False)
    """Its own offset; empty where one offset was fitted."""
    slope_db_per_decade: float
    """Added to the slope of the model; 0 where it was not fitted."""
    clutter_loss_db: dict[str, float]
    """By class, over that of the class with the most measurements."""
    untuned: Errors
    tuned: Errors
    """At the measurements of the fit: says little."""
    blocks: Errors
    """At the measurements of blocks of ground that were left out of the fit."""
    transmitters: Errors | None
    """At those of transmitters that were left out, each in turn; None with fewer than two."""
    residual_db: Floats = field(repr=False)
    """[measurement] measured less predicted, each by the fit that has not seen its block."""
    by_sight: dict[str, Errors] = field(repr=False)
    """`blocks` by "line_of_sight" and "obstructed"; empty where it is not known."""

    def predict(
        self,
        predicted_dbm: ArrayLike,
        *,
        distance_m: ArrayLike | None = None,
        clutter: Sequence[str] | NDArray[Any] | None = None,
        transmitter: Sequence[str] | NDArray[Any] | None = None,
    ) -> Floats:
        """Levels of the model, tuned. A transmitter or class that was not measured takes offset_db and no loss."""
        level = np.array(predicted_dbm, dtype=float, ndmin=1)
        if transmitter is None:
            level += self.offset_db
        else:
            level += [self.transmitter_offset_db.get(str(name), self.offset_db) for name in transmitter]
        if self.slope_db_per_decade != 0.0:
            if distance_m is None:
                raise ValueError("distance_m: the slope that was fitted needs it")
            level += self.slope_db_per_decade * np.log10(np.asarray(distance_m, dtype=float) / 1000.0)
        if clutter is not None:
            level -= [self.clutter_loss_db.get(str(name), 0.0) for name in clutter]
        return level

    @property
    def errors(self) -> pandas.DataFrame:
        """Every kind of error, a row each; needs pandas."""
        import pandas

        kinds = {"untuned": self.untuned, "tuned": self.tuned, "blocks left out": self.blocks}
        if self.transmitters is not None:
            kinds["transmitters left out"] = self.transmitters
        kinds |= {f"blocks left out, {name}": errors for name, errors in self.by_sight.items()}
        return pandas.DataFrame([vars(errors) for errors in kinds.values()], index=list(kinds))


def calibrate(
    *,
    measured_dbm: ArrayLike,
    predicted_dbm: ArrayLike,
    x_m: ArrayLike,
    y_m: ArrayLike,
    distance_m: ArrayLike | None = None,
    clutter: Sequence[str] | NDArray[Any] | None = None,
    transmitter: Sequence[str] | NDArray[Any] | None = None,
    line_of_sight: ArrayLike | None = None,
    weight: ArrayLike | None = None,
    own_offsets: bool = True,
    block_m: float = 1000.0,
    folds: int = 10,
    seed: int = 1,
) -> Calibration:
    """Fits offset, slope and losses of clutter of a model to measured levels, all arrays [measurement].

    `predicted_dbm` is what the model says at the places of the measurements. An offset is always fitted, one for
    each `transmitter` where they are named (their powers and cables are rarely known) unless `own_offsets` is
    False; a slope over log10 of `distance_m` where that is given; a loss for each class of `clutter` but the most
    frequent. Residuals beyond 1.345 standard deviations pull by their sign alone (Huber). `weight`: such as the
    number of packets behind a median.

    Errors at the measurements of the fit flatter: neighbours see the same hill. Ground is therefore left out in
    blocks of `block_m` (`x_m`, `y_m` in metres), dealt to `folds` parts by `seed`; and each transmitter in turn,
    which is then predicted with the offset of all others. ValueError for shapes that differ, values that are not
    finite, and fewer measurements than there is to fit.
    """
    data = _Data.checked(
        {"measured_dbm": measured_dbm, "predicted_dbm": predicted_dbm, "x_m": x_m, "y_m": y_m},
        {"distance_m": distance_m, "weight": weight},
        {"clutter": clutter, "transmitter": transmitter},
        own_offsets,
    )
    if not (np.isfinite(block_m) and block_m > 0.0 and folds >= 2):
        raise ValueError(f"block_m = {block_m}, folds = {folds}: > 0 and at least 2")
    everything = np.ones(data.error_db.size, dtype=bool)
    whole = data.fit(everything)
    fold = _folds(data, block_m, folds, seed)
    residual = np.full(data.error_db.size, np.nan)
    for one in np.unique(fold):
        residual[fold == one] = data.residual_of(data.fit(fold != one), fold == one)
    return Calibration(
        offset_db=whole.offset,
        transmitter_offset_db=whole.offsets if data.own_offsets else {},
        slope_db_per_decade=whole.slope,
        clutter_loss_db={name: -value for name, value in whole.clutter.items()},
        untuned=Errors.of(data.error_db),
        tuned=Errors.of(data.residual_of(whole, everything)),
        blocks=Errors.of(residual),
        transmitters=_left_out(data),
        residual_db=residual,
        by_sight=_by_sight(residual, line_of_sight),
    )


@dataclass(frozen=True)
class _Fit:
    offset: float
    offsets: dict[str, float]
    slope: float
    clutter: dict[str, float]


@dataclass(frozen=True)
class _Data:
    error_db: Floats
    x_m: Floats
    y_m: Floats
    decades: Floats | None
    weight: Floats
    clutter: NDArray[Any] | None
    transmitter: NDArray[Any] | None
    own_offsets: bool

    @classmethod
    def checked(
        cls, needed: dict[str, Any], numbers: dict[str, Any], names: dict[str, Any], own_offsets: bool
    ) -> _Data:
        given = {name: value for name, value in {**needed, **numbers}.items() if value is not None}
        arrays = {name: np.asarray(value, dtype=float) for name, value in given.items()}
        words = {name: np.asarray(value).astype(str) for name, value in names.items() if value is not None}
        shape = arrays["measured_dbm"].shape
        for name, array in {**arrays, **words}.items():
            if array.ndim != 1 or array.shape != shape:
                raise ValueError(
                    f"{name}: has the shape {array.shape}, measured_dbm {shape}: one value a measurement"
                )
        for name, array in arrays.items():
            if not np.isfinite(array).all():
                raise ValueError(
                    f"{name}: {int((~np.isfinite(array)).sum())} values are not finite: leave them out"
                )
        for name in ("distance_m", "weight"):
            if name in arrays and not (arrays[name] > 0.0).all():
                raise ValueError(f"{name}: every value is > 0")
        data = cls(
            error_db=arrays["measured_dbm"] - arrays["predicted_dbm"],
            x_m=arrays["x_m"],
            y_m=arrays["y_m"],
            decades=np.log10(arrays["distance_m"] / 1000.0) if "distance_m" in arrays else None,
            weight=arrays.get("weight", np.ones(shape)),
            clutter=words.get("clutter"),
            transmitter=words.get("transmitter"),
            own_offsets=own_offsets and "transmitter" in words,
        )
        if shape[0] <= len(data.unknowns(np.ones(shape, dtype=bool))):
            raise ValueError(f"measured_dbm: {shape[0]} measurements are fewer than there is to fit")
        return data

    def unknowns(self, part: NDArray[np.bool_]) -> list[tuple[str, str]]:
        offsets = np.unique(self.transmitter[part]) if self.own_offsets else [""]
        unknown = [("offset", str(name)) for name in offsets]
        if self.decades is not None:
            unknown.append(("slope", ""))
        if self.clutter is not None:
            classes, counts = np.unique(self.clutter[part], return_counts=True)
            unknown += [("clutter", str(name)) for name in np.delete(classes, counts.argmax())]
        return unknown

    def column(self, kind: str, name: str, part: NDArray[np.bool_]) -> Floats:
        if kind == "offset":
            return (self.transmitter[part] == name).astype(float) if self.own_offsets else np.ones(part.sum())
        return self.decades[part] if kind == "slope" else (self.clutter[part] == name).astype(float)

    def fit(self, part: NDArray[np.bool_]) -> _Fit:
        unknown = self.unknowns(part)
        columns = np.stack([self.column(kind, name, part) for kind, name in unknown], axis=1)
        found = huber(columns, self.error_db[part], self.weight[part])
        values = dict(zip(unknown, (float(value) for value in found), strict=True))
        offsets = {name: value for (kind, name), value in values.items() if kind == "offset"}
        return _Fit(
            offset=float(np.mean(list(offsets.values()))),
            offsets=offsets,
            slope=values.get(("slope", ""), 0.0),
            clutter={name: value for (kind, name), value in values.items() if kind == "clutter"},
        )

    def residual_of(self, fit: _Fit, part: NDArray[np.bool_]) -> Floats:
        """What the fit leaves; a transmitter that it has not seen takes the offset of all, a class no loss."""
        left = self.error_db[part].copy()
        if self.own_offsets:
            left -= [fit.offsets.get(name, fit.offset) for name in self.transmitter[part]]
        else:
            left -= fit.offset
        if self.decades is not None:
            left -= fit.slope * self.decades[part]
        if self.clutter is not None:
            left -= [fit.clutter.get(name, 0.0) for name in self.clutter[part]]
        return left


def huber(columns: Floats, values: Floats, weight: Floats) -> Floats:
    """Coefficients of a robust linear fit, by reweighted least squares."""
    found = np.linalg.lstsq(columns * np.sqrt(weight)[:, None], values * np.sqrt(weight), rcond=None)[0]
    for _ in range(100):
        residual = values - columns @ found
        spread = np.median(np.abs(residual - np.median(residual)))
        scale = max(_LEAST_SCALE_DB, _NORMAL_MAD * float(spread))
        pull = weight * np.minimum(1.0, _HUBER * scale / np.maximum(np.abs(residual), 1e-12))
        root = np.sqrt(pull)
        better = np.linalg.lstsq(columns * root[:, None], values * root, rcond=None)[0]
        if np.abs(better - found).max() < 1e-6:
            return better
        found = better
    return found


def _folds(data: _Data, block_m: float, folds: int, seed: int) -> NDArray[np.int64]:
    """Blocks in their order on the ground, dealt at random: the same for the same seed."""
    corner = np.stack([np.floor(data.x_m / block_m), np.floor(data.y_m / block_m)], axis=1)
    block = np.unique(corner, axis=0, return_inverse=True)[1].ravel()
    count = int(block.max()) + 1
    if count < 2:
        raise ValueError(f"block_m = {block_m}: all measurements are in one block: take a smaller one")
    order = np.random.default_rng(seed).permutation(count)
    return (order % min(folds, count))[block]


def _left_out(data: _Data) -> Errors | None:
    if data.transmitter is None:
        return None
    names = np.unique(data.transmitter)
    if names.size < 2:
        return None
    residual = np.full(data.error_db.size, np.nan)
    for name in names:
        out = data.transmitter == name
        residual[out] = data.residual_of(data.fit(~out), out)
    return Errors.of(residual)


def _by_sight(residual_db: Floats, line_of_sight: ArrayLike | None) -> dict[str, Errors]:
    if line_of_sight is None:
        return {}
    in_sight = np.asarray(line_of_sight, dtype=bool)
    if in_sight.shape != residual_db.shape:
        raise ValueError(f"line_of_sight: has the shape {in_sight.shape}, measured_dbm {residual_db.shape}")
    return {
        "line_of_sight": Errors.of(residual_db[in_sight]),
        "obstructed": Errors.of(residual_db[~in_sight]),
    }
