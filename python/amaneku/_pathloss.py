"""Path loss of single links: arrays in, arrays out."""

from __future__ import annotations

import warnings
from collections.abc import Sequence

import numpy as np
from numpy.typing import ArrayLike, NDArray

from amaneku import _core


class ValidityWarning(UserWarning):
    """A loss was computed outside the range for which its model is valid."""


def flat_profile(distance_m: float, *, ground_asl_m: float = 0.0, step_m: float = 50.0) -> _core.Profile:
    """Level ground from the transmitter to `distance_m`, a point every `step_m` or closer."""
    if not (np.isfinite(distance_m) and distance_m > 0.0 and step_m > 0.0):
        raise ValueError(f"distance_m = {distance_m}, step_m = {step_m}: both are > 0 and finite")
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
    **parameters: float | str,
) -> float | NDArray[np.float64]:
    """Basic transmission loss in dB between isotropic antennas; a float when every argument is a scalar.

    `profile` is one profile or a sequence of them; it, `freq_hz` (Hz), the antenna heights (m above ground) and
    the air (`delta_n` in N-units/km, or `effective_earth_radius_m`) broadcast against each other. `parameters`
    are the model's own, as models() lists them. Outside its validity a model computes and a ValidityWarning is
    given.
    """
    profiles = [profile] if isinstance(profile, _core.Profile) else list(profile)
    which = np.int64(0) if isinstance(profile, _core.Profile) else np.arange(len(profiles))
    radius_m = _earth_radius_m(delta_n, effective_earth_radius_m)
    columns = np.broadcast_arrays(which, freq_hz, tx_agl_m, rx_agl_m, radius_m)
    shape = columns[0].shape
    flat = tuple(np.ravel(column) for column in columns)
    loss_db, remarks = _core.path_losses(model, parameters, profiles, polarization, flat)
    for remark in remarks:
        warnings.warn(f"{model}: {remark}", ValidityWarning, stacklevel=2)
    return float(loss_db[0]) if shape == () else loss_db.reshape(shape)


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
    **parameters: float | str,
) -> _core.PathLoss:
    """One path with the mode of propagation, the partial losses and the validity warnings behind its loss."""
    radius_m = float(_earth_radius_m(delta_n, effective_earth_radius_m))
    return _core.explain_path(model, parameters, profile, polarization, (freq_hz, tx_agl_m, rx_agl_m, radius_m))


def _earth_radius_m(delta_n: ArrayLike | None, effective_earth_radius_m: ArrayLike | None) -> NDArray[np.float64]:
    if delta_n is not None and effective_earth_radius_m is not None:
        raise ValueError("delta_n and effective_earth_radius_m say the same thing: give one of them")
    if effective_earth_radius_m is not None:
        return np.asarray(effective_earth_radius_m, dtype=float)
    if delta_n is not None:
        return np.vectorize(_core.effective_earth_radius_m, otypes=[float])(delta_n)
    return np.asarray(_core.default_effective_earth_radius_m)
