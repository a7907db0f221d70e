"""Path loss of single links: arrays in, arrays out."""

from __future__ import annotations

import warnings
from collections.abc import Iterable, Mapping, Sequence

import numpy as np
from numpy.typing import ArrayLike, NDArray

from amaneku import _core
from amaneku._faults import numbers, text

AddedLoss = str | Mapping[str, float | str]
_MOST_POINTS = 10_000_000


class ValidityWarning(UserWarning):
    """A loss was computed outside the range for which its model is valid."""


def flat_profile(distance_m: float, *, ground_asl_m: float = 0.0, step_m: float = 50.0) -> _core.Profile:
    """Level ground from the transmitter to `distance_m`, a point every `step_m` or closer."""
    for name, value in (("distance_m", distance_m), ("ground_asl_m", ground_asl_m), ("step_m", step_m)):
        if numbers(name, value).shape != ():
            raise TypeError(f"{name}: one number")
    if not (np.isfinite(distance_m) and distance_m > 0.0 and step_m > 0.0):
        raise ValueError(f"distance_m = {distance_m}, step_m = {step_m}: both are > 0 and finite")
    if distance_m / step_m > _MOST_POINTS:
        raise ValueError(f"distance_m = {distance_m}, step_m = {step_m}: at most {_MOST_POINTS} points")
    points = max(2, int(np.ceil(distance_m / step_m)) + 1)
    return _core.Profile(
        distance_m=np.linspace(0.0, distance_m, points), ground_asl_m=np.full(points, float(ground_asl_m))
    )


def pathloss(
    model: str,
    profile: _core.Profile | Sequence[_core.Profile],
    *,
    freq_hz: ArrayLike,
    tx_agl_m: ArrayLike,
    rx_agl_m: ArrayLike,
    polarization: str = "vertical",
    delta_n: ArrayLike | None = None,
    effective_earth_radius_m: ArrayLike | None = None,
    n0: ArrayLike | None = None,
    latitude_deg: ArrayLike | None = None,
    coast_distance_tx_m: ArrayLike | None = None,
    coast_distance_rx_m: ArrayLike | None = None,
    added_losses: Sequence[AddedLoss] = (),
    **parameters: float | str,
) -> float | NDArray[np.float64]:
    """Transmission loss in dB between isotropic antennas; a float when every argument is a scalar.

    `profile` is one profile or a sequence of them; it, `freq_hz` (Hz), the antenna heights (m above ground), the
    air (`delta_n` in N-units/km, or `effective_earth_radius_m`; `n0` in N-units), the latitude and the distances
    to the coast broadcast against each other. Absent distances to the coast are those of the profile's zones.
    `parameters` are the model's own, as models() lists them. `added_losses` are ids of models of the role "added",
    or dicts with "model" and its parameters: their sum is part of the loss. Outside its validity a model computes
    and a ValidityWarning is given.
    """
    profiles = [profile] if isinstance(profile, _core.Profile) else _profiles(profile)
    which = np.int64(0) if isinstance(profile, _core.Profile) else np.arange(len(profiles))
    values = _columns(
        freq_hz=freq_hz,
        tx_agl_m=tx_agl_m,
        rx_agl_m=rx_agl_m,
        effective_earth_radius_m=_earth_radius_m(delta_n, effective_earth_radius_m),
        n0=n0,
        latitude_deg=latitude_deg,
        coast_distance_tx_m=coast_distance_tx_m,
        coast_distance_rx_m=coast_distance_rx_m,
    )
    index, *arrays = np.broadcast_arrays(which, *values.values())
    columns = {name: np.ravel(array) for name, array in zip(values, arrays, strict=True)}
    loss_db, remarks = _core.path_losses(
        (text("model", model), _parameters(parameters)),
        _named(added_losses),
        profiles,
        np.ravel(index),
        text("polarization", polarization),
        columns,
    )
    for remark in remarks:
        warnings.warn(f"{model}: {remark}", ValidityWarning, stacklevel=2)
    return float(loss_db[0]) if index.shape == () else loss_db.reshape(index.shape)


def pathloss_explained(
    model: str,
    profile: _core.Profile,
    *,
    freq_hz: float,
    tx_agl_m: float,
    rx_agl_m: float,
    polarization: str = "vertical",
    delta_n: float | None = None,
    effective_earth_radius_m: float | None = None,
    n0: float | None = None,
    latitude_deg: float | None = None,
    coast_distance_tx_m: float | None = None,
    coast_distance_rx_m: float | None = None,
    added_losses: Sequence[AddedLoss] = (),
    **parameters: float | str,
) -> _core.PathLoss:
    """One path with the mode of propagation, the partial losses and the validity warnings behind its loss.

    `loss_db` is the total; `path_loss_db`, `mode`, `terms` and `warnings` are those of the path model, and
    `added_losses` has the same of each added loss. `geometry` says what the profile is, "line_of_sight" or
    "obstructed" (None without points between the ends), `method` how the model solved it: ITM's "line_of_sight" is
    a method that it uses on obstructed paths too, and `mode` is the method in a word that is true of the path.
    """
    values = _columns(
        freq_hz=freq_hz,
        tx_agl_m=tx_agl_m,
        rx_agl_m=rx_agl_m,
        effective_earth_radius_m=_earth_radius_m(delta_n, effective_earth_radius_m),
        n0=n0,
        latitude_deg=latitude_deg,
        coast_distance_tx_m=coast_distance_tx_m,
        coast_distance_rx_m=coast_distance_rx_m,
    )
    for name, value in values.items():
        if np.size(value) != 1:
            raise TypeError(f"{name}: one number, for one path")
    columns = {name: np.ravel(value) for name, value in values.items()}
    if not isinstance(profile, _core.Profile):
        raise TypeError(f"profile is a Profile, not {type(profile).__name__}")
    named = (text("model", model), _parameters(parameters))
    return _core.explain_path(named, _named(added_losses), profile, text("polarization", polarization), columns)


def _profiles(given: Sequence[_core.Profile]) -> list[_core.Profile]:
    profiles = list(given) if isinstance(given, Iterable) else [given]
    for profile in profiles:
        if not isinstance(profile, _core.Profile):
            raise TypeError(f"profile is a Profile or a sequence of them, not {type(profile).__name__}")
    return profiles


def _parameters(given: Mapping[str, float | str]) -> dict[str, float | str]:
    """Each a number or a text; TypeError names the one that is neither."""
    return {
        text("parameter", name): text(name, value) if isinstance(value, str) else _number(name, value)
        for name, value in given.items()
    }


def _number(name: str, value: float) -> float:
    number = numbers(name, value)
    if number.size != 1:
        raise TypeError(f"{name}: one number")
    return float(number.ravel()[0])


def _columns(**given: ArrayLike | None) -> dict[str, NDArray[np.float64]]:
    """Absent values by their default; a coast distance has none: NaN stands for that of the profile."""
    absent = {
        "n0": _core.default_n0,
        "latitude_deg": _core.default_latitude_deg,
        "coast_distance_tx_m": np.nan,
        "coast_distance_rx_m": np.nan,
    }
    return {
        name: numbers(name, absent[name] if value is None and name in absent else value)
        for name, value in given.items()
    }


def _named(added_losses: Sequence[AddedLoss]) -> list[tuple[str, dict[str, float | str]]]:
    if isinstance(added_losses, str) or not isinstance(added_losses, Iterable):
        raise TypeError('added_losses is a sequence of ids, or of dicts with "model" and its parameters')
    named = []
    for loss in added_losses:
        if isinstance(loss, Mapping):
            parameters = dict(loss)
            named.append((text("model", parameters.pop("model", "")), _parameters(parameters)))
        else:
            named.append((text("added_losses", loss), {}))
    return named


def _earth_radius_m(delta_n: ArrayLike | None, effective_earth_radius_m: ArrayLike | None) -> NDArray[np.float64]:
    if delta_n is not None and effective_earth_radius_m is not None:
        raise ValueError("delta_n and effective_earth_radius_m say the same thing: give one of them")
    if effective_earth_radius_m is not None:
        return numbers("effective_earth_radius_m", effective_earth_radius_m)
    if delta_n is not None:
        return np.vectorize(_core.effective_earth_radius_m, otypes=[float])(numbers("delta_n", delta_n))
    return np.asarray(_core.default_effective_earth_radius_m)
