#!/usr/bin/env python3
"""Inputs damaged at random: cut off somewhere, or with a few bits turned over. However they are damaged, silt ends with a
status that docs/exit-status.md has.

usage: damage.py --silt PROGRAM --driver FUZZ_BUNDLE [--library COUNT] [--program COUNT] [--seed NUMBER]

Whole inputs are those of tests/faults/inputs.py. Most runs are made in one process, by the fuzz target of a whole bundle
(`--library`, counted over all inputs): it looks at the status, the verdict and both reports, and ends by a signal if
anything is wrong. The others (`--program`) are the program's, reading a pipe, in its sandbox.
"""

import argparse
import collections
import json
import os
import random
import resource
import subprocess
import sys
import tempfile
from pathlib import Path

INPUTS = Path(__file__).resolve().parent.parent / "faults" / "inputs.py"
SECONDS = 60
MEMORY = 4 << 30
# Clean, findings, incomplete. An input from a pipe is no other program's fault: neither 2 nor 4, and never 70.
EXITS = {0, 1, 3}


def make_inputs(folder):
    """The inputs that are one file, in a folder of their own."""
    made, whole = folder / "made", folder / "whole"
    made.mkdir()
    whole.mkdir()
    subprocess.run([sys.executable, "-B", str(INPUTS), str(made)], check=True, stdout=subprocess.DEVNULL)
    files = sorted(path.rename(whole / path.name) for path in made.iterdir() if path.is_file())
    if len(files) < 30:
        sys.exit(f"damage: expected 30 inputs at least, found {len(files)}")
    return files


def damage(data, dice):
    """One cut, or one to eight bits."""
    if dice.random() < 0.5 or not data:
        return data[:dice.randrange(len(data) + 1)]
    damaged = bytearray(data)
    for _ in range(dice.randint(1, 8)):
        damaged[dice.randrange(len(damaged))] ^= 1 << dice.randrange(8)
    return bytes(damaged)


def limit_memory():
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))


def run_library(driver, files, count):
    of_each = -(-count // len(files))
    told = subprocess.run([driver, str(of_each), str(files[0].parent)], stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
    if told.returncode != 0:
        sys.exit(f"damage: {driver} {of_each} ended with {told.returncode}: {told.stdout[-2000:]}")
    print(f"library: {of_each * len(files)} damaged inputs of {len(files)} whole ones, every one with its verdict and reports")


def explain(path, damaged, problem):
    kept = Path(tempfile.gettempdir()) / "silt-damaged-input"
    kept.write_bytes(damaged)
    sys.exit(f"damage: {path.name}: {problem}; the input is kept as {kept}")


def run_program(silt, files, count, dice, limit):
    exits = collections.Counter()
    for _ in range(count):
        path = dice.choice(files)
        damaged = damage(path.read_bytes(), dice)
        try:
            ended = subprocess.run([silt, "scan", "--output", "json", "-"], input=damaged, timeout=SECONDS,
                                   capture_output=True, preexec_fn=limit_memory if limit else None)
        except subprocess.TimeoutExpired:
            explain(path, damaged, f"still at it after {SECONDS} s")
        if ended.returncode not in EXITS:
            explain(path, damaged, f"exit status {ended.returncode}: {ended.stderr.decode(errors='replace')[-500:]}")
        if ended.stdout:
            json.loads(ended.stdout)
        elif not ended.stderr:
            explain(path, damaged, "neither a report nor a sentence")
        exits[ended.returncode] += 1
    counts = ", ".join(f"{number} with {status}" for status, number in sorted(exits.items()))
    print(f"program: {count} damaged inputs ended {counts}")


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--silt", required=True)
    parser.add_argument("--driver", required=True)
    parser.add_argument("--library", type=int, default=100000)
    parser.add_argument("--program", type=int, default=2000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--sanitized", action="store_true", help="a sanitizer needs more addresses than the limit gives")
    wanted = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="silt-damage-") as folder:
        files = make_inputs(Path(folder))
        run_library(os.path.abspath(wanted.driver), files, wanted.library)
        run_program(os.path.abspath(wanted.silt), files, wanted.program, random.Random(wanted.seed), not wanted.sanitized)


if __name__ == "__main__":
    main()
