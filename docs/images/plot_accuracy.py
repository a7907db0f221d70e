#!/usr/bin/env python3
"""Scatter plot of docs/methods/accuracy.md from the predictions that amaneku_accuracy writes.

    build/release/bin/amaneku_accuracy ../shared/data/measurements /tmp/accuracy.csv
    python3 docs/images/plot_accuracy.py /tmp/accuracy.csv docs/images/accuracy.svg

Needs matplotlib (Debian: python3-matplotlib). The same predictions give the same bytes.
"""

import csv
import math
import sys

import matplotlib

matplotlib.use("svg")
matplotlib.rcParams["svg.hashsalt"] = "amaneku"
import matplotlib.pyplot as plt  # noqa: E402

# Colours of Okabe and Ito, told apart by every kind of colour vision; the shapes differ too.
TIMES = [("50", "#0072B2", "o"), ("10", "#E69F00", "s"), ("1", "#009E73", "^")]
TITLES = {"p452": "P.452-18", "p1812": "P.1812-7", "itm": "ITM (Longley-Rice)"}
LIMITS = (120, 270)


def rmse(rows):
    errors = [float(row["computed_db"]) - float(row["measured_db"]) for row in rows]
    return math.sqrt(sum(error * error for error in errors) / len(errors))


def panel(axes, model, rows):
    axes.fill_between(LIMITS, [LIMITS[0] - 10, LIMITS[1] - 10], [LIMITS[0] + 10, LIMITS[1] + 10], color="#eeeeee")
    axes.plot(LIMITS, LIMITS, color="#444444", linewidth=1)
    for time, colour, shape in TIMES:
        part = [row for row in rows if row["model"] == model and row["time_percent"] == time]
        if not part:
            continue
        axes.scatter(
            [float(row["measured_db"]) for row in part],
            [float(row["computed_db"]) for row in part],
            s=26,
            color=colour,
            marker=shape,
            alpha=0.85,
            linewidths=0.4,
            edgecolors="white",
            label=f"{time} % of time, {len(part)} links, RMSE {rmse(part):.1f} dB",
        )
    axes.set_title(TITLES.get(model, model))
    axes.set_xlim(LIMITS)
    axes.set_ylim(LIMITS)
    axes.set_aspect("equal")
    axes.grid(color="#cccccc", linewidth=0.5)
    axes.set_axisbelow(True)
    axes.set_xlabel("measured basic transmission loss (dB)")
    axes.legend(loc="upper left", fontsize=7.5, framealpha=0.95, handletextpad=0.3)


def main():
    source, target = sys.argv[1:]
    with open(source, newline="", encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    models = [model for model in TITLES if any(row["model"] == model for row in rows)]
    figure, all_axes = plt.subplots(1, len(models), figsize=(4.3 * len(models), 4.6), squeeze=False, sharey=True)
    for axes, model in zip(all_axes[0], models, strict=True):
        panel(axes, model, rows)
    all_axes[0][0].set_ylabel("computed basic transmission loss (dB)")
    figure.tight_layout()
    figure.savefig(target, metadata={"Date": None, "Creator": None})


if __name__ == "__main__":
    main()
