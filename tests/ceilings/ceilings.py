"""Runs silt on what is made to use up memory or time, and compares what it took with the ceilings of cases.py.

    ceilings.py [--small] [--list] [NAME...]

SILT names the program. Archives come through a pipe, as they are made; nothing large is ever on the disk. Memory is
the peak resident set that the kernel counted, time is that of the processor, user and system: what else the machine
does should not matter. Address space is limited as well, so that a ceiling that is missed by far ends early. With
--small the cases are small enough for every day, and run in two sizes: what one more costs is compared.
"""

import argparse
import dataclasses
import os
import re
import resource
import signal
import subprocess
import sys
import tempfile
import time

import cases

SILT = os.environ["SILT"]
MIB = 1 << 20
WALL_SECONDS = 1200


class Outcome:
    """What one run of silt took and said."""

    def __init__(self, status, usage, wall, text):
        self.status, self.text, self.wall = status, text, wall
        self.mebibytes = usage.ru_maxrss / 1024
        self.seconds = usage.ru_utime + usage.ru_stime


def feed(stream, pipe):
    """In a process of its own: what makes the archive must not count, nor hold up what reads it."""
    signal.signal(signal.SIGPIPE, signal.SIG_DFL)
    with os.fdopen(pipe, "wb", buffering=0) as out:
        for piece in stream:
            out.write(piece)


def fork_feeder(make):
    read_end, write_end = os.pipe()
    pid = os.fork()
    if pid == 0:
        status = 1
        try:
            os.close(read_end)
            feed(make(), write_end)
            status = 0
        finally:
            os._exit(status)
    os.close(write_end)
    return pid, read_end


def limited(address_space):
    def apply():
        resource.setrlimit(resource.RLIMIT_AS, (address_space, address_space))
    return apply


def run(case, size):
    feeder, pipe = fork_feeder(lambda: case.make(size))
    with tempfile.TemporaryFile() as report:
        start = time.monotonic()
        silt = subprocess.Popen([SILT, "scan", "--name", "ceiling", "--progress=never", *case.options, "-"], stdin=pipe,
                                stdout=report, stderr=subprocess.STDOUT, preexec_fn=limited(case.address_space))
        os.close(pipe)
        signal.alarm(WALL_SECONDS)
        try:
            _, status, usage = os.wait4(silt.pid, 0)
        except BaseException:
            silt.kill()
            raise
        finally:
            signal.alarm(0)
        silt.returncode = os.waitstatus_to_exitcode(status)
        wall = time.monotonic() - start
        os.waitpid(feeder, 0)
        report.seek(0)
        return Outcome(silt.returncode, usage, wall, report.read(4 * MIB).decode(errors="replace"))


def faults_of(case, outcome, mebibytes, seconds):
    faults = []
    if outcome.status not in case.statuses:
        faults.append("ended with %d, expected %s: %s" % (outcome.status, case.statuses, outcome.text[-300:].strip()))
    if outcome.mebibytes > mebibytes:
        faults.append("took %.0f MiB, expected at most %.0f" % (outcome.mebibytes, mebibytes))
    if seconds and outcome.seconds > seconds:
        faults.append("took %.1f s of processor, expected at most %.1f" % (outcome.seconds, seconds))
    for pattern in case.says:
        if not re.search(pattern, outcome.text):
            faults.append("did not say %r" % pattern)
    return faults


def show(name, size, outcome):
    print("%-44s %9s %4d %8.1f MiB %8.2f s %8.2f s" % (name, size, outcome.status, outcome.mebibytes, outcome.seconds,
                                                       outcome.wall), flush=True)


def run_full(case):
    outcome = run(case, case.full)
    show(case.name, case.full, outcome)
    return faults_of(case, outcome, case.mebibytes, case.seconds)


def run_small(case):
    """Two sizes: what the larger one says must be right, and what one more takes.

    With one thread: blocks on their way between threads are of a number that does not grow, but the small size fills
    few of them, and the large one all.
    """
    small, large = case.small, case.small * case.times
    case = dataclasses.replace(case, options=[*case.options, "--jobs=1"])
    first, second = run(case, small), run(case, large)
    show(case.name, large, second)
    faults = faults_of(case, second, case.mebibytes, case.seconds)
    if case.again and run(case, large).text != second.text:
        faults.append("said something else when it was run again")
    if case.slope is None:
        if second.mebibytes > first.mebibytes * 1.1 + 1:
            faults.append("%d times as much took %.1f instead of %.1f MiB" % (case.times, second.mebibytes,
                                                                            first.mebibytes))
    else:
        slope = (second.mebibytes - first.mebibytes) * MIB / (large - small)
        if slope > case.slope:
            faults.append("one more takes %.0f bytes, expected at most %d" % (slope, case.slope))
    return faults


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--small", action="store_true", help="the form for every day")
    parser.add_argument("--list", action="store_true")
    parser.add_argument("names", nargs="*")
    given = parser.parse_args()
    failed = 0
    with tempfile.TemporaryDirectory() as folder:
        chosen = [case for case in cases.all_cases(folder) if not given.names or case.name in given.names]
        for case in chosen:
            if given.list:
                print(case.name)
                continue
            if given.small and case.small is None:
                continue
            faults = run_small(case) if given.small else run_full(case)
            for fault in faults:
                print("    FAILED: %s %s" % (case.name, fault))
            failed += bool(faults)
    sys.exit(1 if failed else 0)


if __name__ == "__main__":
    main()
