#!/usr/bin/env python3
"""What of the sources the tests ran, by gcov, and whether it is enough.

usage: coverage.py SOURCE BUILD [--lines PERCENT] [--branches PERCENT] [--missing FILE ...]

BUILD was configured with -DSILT_COVERAGE=ON, and its tests have been run. Counts what stands in SOURCE/src: lines that
were run, and sides of branches that were taken. An inline function of a header counts once, with what all its users did.
With --missing, the lines of a file that nothing ran. Ends with 1 if less was run than asked for.
"""

import argparse
import json
import subprocess
import sys
from collections import defaultdict
from pathlib import Path

SHOWN = 20


def read_counts(source, build):
    """{file: {line: times}} and {file: {line: [times of each side]}}, with files named from SOURCE."""
    lines, branches = defaultdict(dict), defaultdict(dict)
    for data in sorted((build / "src").rglob("*.gcda")):
        told = subprocess.run(["gcov", "--branch-probabilities", "--json-format", "--stdout", data.name],
                              cwd=data.parent, check=True, capture_output=True).stdout
        for document in told.splitlines():
            add_document(json.loads(document), source, lines, branches)
    return lines, branches


def add_document(document, source, lines, branches):
    folder = Path(document["current_working_directory"])
    for told in document["files"]:
        path = (folder / told["file"]).resolve()
        if not path.is_relative_to(source / "src"):
            continue
        name = str(path.relative_to(source))
        for line in told["lines"]:
            number = line["line_number"]
            lines[name][number] = lines[name].get(number, 0) + line["count"]
            sides = [side["count"] for side in line["branches"]]
            before = branches[name].get(number, [0] * len(sides))
            if len(before) == len(sides):  # else the compiler drew it otherwise for another user of a header
                branches[name][number] = [a + b for a, b in zip(before, sides)]


def share(done, total):
    return 100.0 * done / total if total else 100.0


def tally(counts):
    """(how many were run, how many there are) of lines or of sides."""
    flat = [count for count in counts]
    return sum(1 for count in flat if count), len(flat)


def of_file(lines, branches, name):
    sides = [count for each in branches[name].values() for count in each]
    return tally(lines[name].values()), tally(sides)


def print_worst(lines, branches):
    rows = []
    for name in lines:
        (run, total), (taken, sides) = of_file(lines, branches, name)
        rows.append((sides - taken, total - run, name))
    print(f"{'branches':>8} {'lines':>6}  not run, of the {SHOWN} files with most of them")
    for missing_sides, missing_lines, name in sorted(rows, reverse=True)[:SHOWN]:
        print(f"{missing_sides:8} {missing_lines:6}  {name}")


def main():
    parser = argparse.ArgumentParser(description="coverage of the sources by the tests")
    parser.add_argument("source", type=Path)
    parser.add_argument("build", type=Path)
    parser.add_argument("--lines", type=float, default=0)
    parser.add_argument("--branches", type=float, default=0)
    parser.add_argument("--missing", nargs="*", default=[])
    wanted = parser.parse_args()
    lines, branches = read_counts(wanted.source.resolve(), wanted.build.resolve())
    if not lines:
        sys.exit("coverage: nothing was run: configure with -DSILT_COVERAGE=ON, build, and run ctest first")
    for name in wanted.missing:
        print(name, *sorted(number for number, count in lines[name].items() if count == 0))
    totals = [of_file(lines, branches, name) for name in lines]
    run, total = (sum(each[0][i] for each in totals) for i in (0, 1))
    taken, sides = (sum(each[1][i] for each in totals) for i in (0, 1))
    print_worst(lines, branches)
    print(f"lines: {run} of {total}, {share(run, total):.2f} %")
    print(f"branches: {taken} of {sides}, {share(taken, sides):.2f} %")
    if share(run, total) < wanted.lines or share(taken, sides) < wanted.branches:
        sys.exit(f"coverage: expected {wanted.lines} % of the lines and {wanted.branches} % of the branches")


if __name__ == "__main__":
    main()
