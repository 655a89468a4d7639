"""Fails the allocations of the library over inputs, one after the other, by faults_sweep.

    library.py formats|recipes|start [--each N] [--part K/N] [--inputs NAME,...] [--jobs N]

formats, recipes: inputs, as inputs.py has them. start: rules are read and compiled, instead. --each, --part: as of
faults_sweep. FAULTS_SWEEP names the program.
"""

import argparse
import concurrent.futures
import os
import re
import subprocess
import sys
import tempfile
import time

HERE = os.path.dirname(os.path.abspath(__file__))
ACCOUNT = re.compile(r".*: (\d+) allocations of (\d+) stacks, (\d+) chosen; (\d+) runs: (\d+) refused, (\d+) unharmed, "
                     r"(\d+) ended by a library, (\d+) excused, (\d+) wrong")
COLUMNS = ("allocations", "stacks", "chosen", "runs", "refused", "unharmed", "ended", "excused", "wrong")
# libarchive says this when it ends a process; so often that the rest could not be seen. It writes the second part by
# itself: two threads that end at once may have both parts of one between those of the other.
NOISE = ("Fatal Internal Error in libarchive", "Out of memory")


def sweep(folder, arguments, words):
    done = subprocess.run([os.environ["FAULTS_SWEEP"], "--each", str(arguments.each), "--part", arguments.part, *words],
                          cwd=folder, capture_output=True, text=True, errors="replace", check=False)
    said = [line for line in done.stderr.splitlines() if not line.startswith(NOISE)]
    account = ACCOUNT.match(done.stdout)
    if not account or done.returncode not in (0, 1):
        said.append("%s: faults_sweep ended with %d" % (words, done.returncode))
    return done.stdout.strip(), said, [int(number) for number in account.groups()] if account else None


def make_inputs(folder, arguments):
    made = subprocess.run([sys.executable, "-B", os.path.join(HERE, "inputs.py"), folder,
                           "recipes" if arguments.what == "recipes" else "formats"], check=True, capture_output=True,
                          text=True).stdout
    wanted = set(arguments.inputs.split(",")) if arguments.inputs else None
    words = [line.split() for line in made.splitlines()]
    if arguments.what == "start":
        return [["--rules", "house.yaml", "--start"]]
    return [[*options, name] for name, *options in words if not wanted or name in wanted]


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("what", choices=("formats", "recipes", "start"))
    parser.add_argument("--each", type=int, default=0)
    parser.add_argument("--part", default="0/1")
    parser.add_argument("--inputs")
    parser.add_argument("--jobs", type=int, default=2)
    arguments = parser.parse_args()
    begin, total, bad = time.time(), [0] * len(COLUMNS), False
    with tempfile.TemporaryDirectory() as folder, concurrent.futures.ThreadPoolExecutor(arguments.jobs) as pool:
        runs = make_inputs(folder, arguments)
        for line, said, account in pool.map(lambda words: sweep(folder, arguments, words), runs):
            print("\n".join([line, *said]), flush=True)
            bad = bad or bool(said)
            total = [a + b for a, b in zip(total, account or [0] * len(COLUMNS))]
    print("%d inputs, %.0f s: " % (len(runs), time.time() - begin)
          + ", ".join("%d %s" % pair for pair in zip(total, COLUMNS)))
    sys.exit(1 if bad or total[-1] else 0)


if __name__ == "__main__":
    main()
