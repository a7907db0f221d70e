"""Writes handover_durations.toml from the measurements of SIGCOMM22-5GMobility/artifact, and the
Kolmogorov-Smirnov distances of the tables in docs/methods/handover.md:

    make_handover_durations.py HO-Duration_Combined.csv > FILE

The CSV is data/figure9-ho_exec_duration/HO-Duration_Combined.csv of commit c612c6f; it is not part of amaneku. Of
a handover whose report was seen: preparation is MR, execution HO + RCH. Its times are whole milliseconds, a few of
them halves: a value v stands for anything in v - 0.5 .. v + 0.5 ms.
"""

import csv
import math
import sys
from collections import defaultdict

PERCENT = [1, 5, 10, 20, 25, 30, 40, 50, 60, 70, 75, 80, 90, 95, 99, 99.9]
LEAST_MS = 0.1
TYPES = {
    "PCell": ("pcell", "change of the primary cell"),
    "MCG": ("mcg", "change of the master cell group"),
    "SCG Add.": ("scg_addition", "addition of the secondary cell group"),
    "SCG Mod.": ("scg_modification", "change of the secondary cell"),
    "SCG Rel.": ("scg_release", "release of the secondary cell group"),
}
BANDS = {"Low": ("low", "low band"), "Mid": ("mid", "mid band"), "MM": ("mmwave", "millimetre waves")}
LEAST_HANDOVERS = 100

HEADER = """\
# How long handovers take, for drives along a route. Format and every key: docs/formats/handover_durations.md. A
# file of one's own of this form adds to it, or replaces by NAME.
#
# Quantiles of two intervals: preparation, from the last measurement report to the command, while the old cell
# serves; execution, from the command to the completed random access, while nothing does. Drive tests in the USA,
# 2021 to 2022; nothing of the kind is published for Japan. The measurements are whole milliseconds: each counts as
# spread evenly over its own. Made by make_handover_durations.py.
"""


def number(text):
    try:
        return float(text)
    except ValueError:
        return math.nan


def measured(path):
    """{(technology, type, band): ([preparation in ms], [execution in ms])}"""
    found = defaultdict(lambda: ([], []))
    with open(path, newline="") as file:
        for row in csv.DictReader(file):
            preparation_ms = round(1000 * number(row["MR"]), 3) if row["MR"] else math.nan
            execution_ms = 1000 * (number(row["HO"]) + number(row["RCH"]))
            if not preparation_ms >= 0 or math.isnan(execution_ms):
                continue
            of = found[(row["Tech"], row["Type"], row["Band"])]
            of[0].append(preparation_ms)
            if execution_ms > 0:
                of[1].append(round(execution_ms, 3))
    return {kind: of for kind, of in sorted(found.items()) if len(of[0]) >= LEAST_HANDOVERS}


def share_below(values_ms, t_ms):
    return sum(min(1.0, max(0.0, t_ms - v + 0.5)) for v in values_ms) / len(values_ms)


def quantile_ms(values_ms, share):
    low, high = -0.5, max(values_ms) + 0.5
    while high - low > 1e-3:
        middle = 0.5 * (low + high)
        low, high = (middle, high) if share_below(values_ms, middle) < share else (low, middle)
    return max(LEAST_MS, round(high, 1))


def drawn_below(quantiles_ms, t_ms):
    """The inverse of duration_s() of libsim/mobility/durations.cpp."""
    logs = [math.log(q) for q in quantiles_ms]
    shares = [0.01 * p for p in PERCENT]
    if t_ms <= 0:
        return 0.0
    at = math.log(t_ms)
    i = max(0, min(len(logs) - 2, sum(q <= at for q in logs) - 1))
    if logs[i + 1] == logs[i]:
        return shares[i + 1] if at >= logs[i] else shares[i]
    share = shares[i] + (shares[i + 1] - shares[i]) * (at - logs[i]) / (logs[i + 1] - logs[i])
    return min(1.0, max(0.0, share))


def distance(quantiles_ms, values_ms, rounded):
    """Kolmogorov-Smirnov, of draws as they are or rounded as the measurements are."""
    before = 0.0
    worst = 0.0
    half_ms = 0.5 if rounded else 0.0
    for v in sorted(set(values_ms)):
        after = before + values_ms.count(v) / len(values_ms)
        worst = max(worst, abs(drawn_below(quantiles_ms, v - half_ms) - before))
        worst = max(worst, abs(drawn_below(quantiles_ms, v + half_ms) - after))
        before = after
    return worst


def main():
    print(HEADER, end="")
    listed = ", ".join(f"{p:g}" for p in PERCENT)
    for (technology, kind, band), phases in measured(sys.argv[1]).items():
        quantiles = [[quantile_ms(values, 0.01 * p) for p in PERCENT] for values in phases]
        preparation, execution = (", ".join(f"{q:g}" for q in of) for of in quantiles)
        print(f"\n[durations.{technology.lower()}_{TYPES[kind][0]}_{BANDS[band][0]}]")
        print(f'name = "{technology}, {TYPES[kind][1]}, {BANDS[band][1]}"')
        print(f"handovers = {len(phases[0])}\npercent = [{listed}]")
        print(f"preparation_ms = [{preparation}]\nexecution_ms = [{execution}]")
        print(
            'source = "quantiles over the measurements of SIGCOMM22-5GMobility/artifact c612c6f '
            f'({technology}, {kind}, {band})"'
        )
        for phase, of, values in zip(("preparation", "execution"), quantiles, phases, strict=True):
            line = f"{distance(of, values, False):.3f} ({distance(of, values, True):.3f})"
            print(technology, kind, band, phase, len(values), line, max(values), file=sys.stderr)


if __name__ == "__main__":
    main()
