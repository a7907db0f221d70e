#!/usr/bin/env python3
"""Writes the table of docs/methods/calibration.md: models fitted to the drive test of Ulm.

    AMANEKU_DATA=../shared/data PYTHONPATH=build/release/python python3 docs/methods/make_calibration.py

Without terrain: the data have none. What is not known is assumed: 14 dBm from the vehicle, no gains, gateways 20 m
and vehicles 2 m above ground.
"""

from __future__ import annotations

import csv
import math
import os
import pathlib
import warnings

import numpy as np

import amaneku as am

PAGE = pathlib.Path(__file__).with_name("calibration.md")
DATA = pathlib.Path(os.environ["AMANEKU_DATA"]) / "measurements" / "ulm_lorawan868.csv"
FREQ_HZ, POWER_DBM, GATEWAY_AGL_M, VEHICLE_AGL_M = 868e6, 14.0, 20.0, 2.0
MODELS = ("free_space", "two_ray", "okumura_hata", "extended_hata")
LEAST_KM = 0.1  # nearer, the place of the gateway is not known well enough


def measured() -> dict[str, np.ndarray]:
    with DATA.open(encoding="utf-8") as file:
        rows = [row for row in csv.DictReader(file) if float(row["dist_km"]) >= LEAST_KM]
    column = {name: np.array([float(row[name]) for row in rows]) for name in ("lat", "lon", "dist_km", "n")}
    north_m = 111_132.0 * (column["lat"] - 48.4)
    east_m = 111_320.0 * math.cos(math.radians(48.4)) * (column["lon"] - 9.98)
    return {
        "measured_dbm": np.array([float(row["rssi_median_dbm"]) for row in rows]),
        "x_m": east_m,
        "y_m": north_m,
        "distance_m": 1000.0 * column["dist_km"],
        "transmitter": np.array([row["gateway"] for row in rows]),
    }


def losses_db(model: str, distance_m: np.ndarray) -> np.ndarray:
    """On level ground a smooth function of the distance: linear in its logarithm between 200 of them."""
    at = np.geomspace(distance_m.min(), distance_m.max(), 200)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", am.ValidityWarning)
        known = am.pathloss(
            model,
            [am.flat_profile(float(d), step_m=max(10.0, float(d) / 200)) for d in at],
            freq_hz=FREQ_HZ,
            tx_agl_m=GATEWAY_AGL_M,
            rx_agl_m=VEHICLE_AGL_M,
        )
    return np.interp(np.log10(distance_m), np.log10(at), known)


def row(model: str, what: str, errors: am.Errors) -> str:
    figures = (
        f"{errors.bias_db:.1f} | {errors.sigma_db:.1f} | {errors.rmse_db:.1f} | {errors.within_6_db_percent:.0f}"
    )
    return f"| {model} | {what} | {figures} |".replace("-", "\N{MINUS SIGN}")


def main() -> None:
    data = measured()
    lines = ["| model | | bias, dB | sigma, dB | rmse, dB | within 6 dB, % |", "|---|---|---|---|---|---|"]
    for model in MODELS:
        predicted = POWER_DBM - losses_db(model, data["distance_m"])
        found = am.calibrate(predicted_dbm=predicted, **data)
        for what, errors in (
            ("untuned", found.untuned),
            ("blocks of 1 km left out", found.blocks),
            ("gateways left out", found.transmitters),
        ):
            lines.append(row(model.replace("_", " "), what, errors))
        print(model, found.offset_db, found.slope_db_per_decade)
    text = PAGE.read_text(encoding="utf-8")
    head, _, rest = text.partition("<!-- table -->\n")
    tail = rest.partition("<!-- end -->")[2]
    PAGE.write_text(head + "<!-- table -->\n\n" + "\n".join(lines) + "\n\n<!-- end -->" + tail, encoding="utf-8")
    print(f"{data['distance_m'].size} measurements, {len(set(data['transmitter']))} gateways")
    print("\n".join(lines))


if __name__ == "__main__":
    main()
