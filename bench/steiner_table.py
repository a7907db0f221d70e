"""Runs bench_steiner over the published problems and writes the tables of docs/methods/steiner.md.

    python3 bench/steiner_table.py build/release/bin/bench_steiner ../shared/reference/optimisation/steiner

Or from lines that bench_steiner has printed: python3 bench/steiner_table.py --lines FILE REFERENCE
"""

import csv
import json
import subprocess
import sys
from pathlib import Path

PAGE = Path(__file__).resolve().parent.parent / "docs" / "methods" / "steiner.md"
WORK = {"small": 1_000_000_000, "10 s": 500_000_000, "60 s": 3_000_000_000}


def optima(reference: Path) -> dict[str, int]:
    """Name of the file below `reference` to its published or verified optimum."""
    facts = json.loads((reference / "optima.json").read_text())
    out = {name: fact["published_optimum"] or fact["verified_here"] for name, fact in facts.items()}
    with (reference / "pace2018_t3" / "optima.csv").open() as rows:
        out.update({f"pace2018_t3/{row['file']}": int(row["optimum"]) for row in csv.DictReader(rows)})
    return out


def measured(program: str, reference: Path, names: list[str]) -> list[dict]:
    large = [name for name in names if name.startswith("pace2018_t3/")]
    small = [name for name in names if name not in large]
    lines = []
    for files, work in ((small, WORK["small"]), (large, WORK["10 s"]), (large, WORK["60 s"])):
        command = [program, "--threads", "2", "--work", str(work), *(str(reference / name) for name in files)]
        lines += subprocess.run(command, check=True, capture_output=True, text=True).stdout.splitlines()
    return [json.loads(line) for line in lines]


def row(line: dict, best: int) -> str:
    if line["cost"] < best or line["lower_bound"] > best:
        raise SystemExit(f"{line['instance']}: {line['cost']}, {line['lower_bound']} contradict {best}")
    cost, seconds = line["cost"], f"{line['first_thread_cpu_s']:.1f} | {line['cpu_s']:.1f}"
    shares = (100 * (cost / best - 1), 100 * (1 - line["lower_bound"] / best), 100 * line["gap"])
    size = f"{line['edges']:,} | {line['terminals']:,}"
    percent = " | ".join(f"{share:.2f}" for share in shares)
    return f"| {Path(line['instance']).name} | {size} | {best:,} | {cost:,} | {percent} | {seconds} |"


def tables(lines: list[dict], best: dict[str, int]) -> str:
    known = [(line, best["/".join(Path(line["instance"]).parts[-2:])]) for line in lines]
    heads = "| problem | edges | terminals | optimum | found | % above | bound, % below | gap, % | s | CPU s |"
    out = []
    small = [(line, value) for line, value in known if "pace2018_t3" not in line["instance"]]
    if small:
        proved = sum(line["optimal"] and line["cost"] == value for line, value in small)
        spent, most = sum(line["cpu_s"] for line, _ in small), max(line["cpu_s"] for line, _ in small)
        out.append(
            f"Of {len(small)} smaller problems (PACE 2018 tracks 1 and 2, SteinLib) {proved} are proved optimal, "
            f"in {spent:.1f} s of processor time together, {most:.1f} s at most.\n"
        )
    for title in ("10 s", "60 s"):
        rows = [
            row(line, value)
            for line, value in known
            if "pace2018_t3" in line["instance"] and line["work"] == WORK[title]
        ]
        if rows:
            out.append(f"PACE 2018 track 3, work {WORK[title]:,}, about {title} on two free cores:\n")
            out.append("\n".join([heads, "|" + "---|" * heads.count(" | ") + "---|", *rows]) + "\n")
    return "\n".join(out)


def main(arguments: list[str]) -> None:
    reference = Path(arguments[-1])
    best = optima(reference)
    if arguments[0] == "--lines":
        lines = [json.loads(line) for line in Path(arguments[1]).read_text().splitlines()]
    else:
        lines = measured(arguments[0], reference, sorted(best))
    before, rest = PAGE.read_text().split("<!-- measured -->\n")
    after = rest.split("<!-- end -->\n")[1]
    PAGE.write_text(f"{before}<!-- measured -->\n\n{tables(lines, best)}\n<!-- end -->\n{after}")


if __name__ == "__main__":
    main(sys.argv[1:])
