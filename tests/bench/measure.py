"""Runs programs in turns and says what they took: A B C A B C, so that what else the machine does meets all alike.

Before each run its input is read once, because the host may have evicted it from memory. Times of the processor and the
peak of memory are those that the kernel tells when a program is waited for (wait4): the times are sums over the program
and every process that it waited for itself, the peak is that of the largest of them. silt waits for the process that
audits; `python3 -B measure.py` shows that both are counted. RUN names the program that starts the others (run.c).
"""

import fcntl
import os
import select
import statistics
import subprocess
import sys
import tempfile
import time

MIB = 1 << 20


class Contestant:
    """A program and what it reads. `feed`: a command whose output is its input through a pipe, and is not counted."""

    def __init__(self, name, command, reads=(), feed=None, before=None, output=os.devnull, answer=None, statuses=(0,)):
        self.name, self.command, self.reads, self.feed, self.before = name, command, list(reads), feed, before
        self.output, self.answer, self.statuses = output, answer, statuses


class Sample:
    def __init__(self, wall, cpu, peak, status):
        self.wall, self.cpu, self.peak, self.status = wall, cpu, peak, status


class Summary:
    """What the samples of a contestant come to: medians, the least, the largest peak."""

    def __init__(self, samples):
        self.wall = statistics.median(sample.wall for sample in samples)
        self.cpu = statistics.median(sample.cpu for sample in samples)
        self.least_wall = min(sample.wall for sample in samples)
        self.least_cpu = min(sample.cpu for sample in samples)
        self.peak = max(sample.peak for sample in samples)
        self.statuses = sorted({sample.status for sample in samples})


def read_once(path):
    """A file, or all files below a folder."""
    if os.path.isdir(path):
        for folder, _, names in os.walk(path):
            for name in names:
                read_once(os.path.join(folder, name))
        return
    room = bytearray(MIB)
    with open(path, "rb", buffering=0) as file:
        while file.readinto(room):
            pass


def run(contestant):
    feeder = subprocess.Popen(contestant.feed, stdout=subprocess.PIPE) if contestant.feed else None
    with tempfile.NamedTemporaryFile(prefix="silt-run.") as report, open(contestant.output, "wb") as output:
        subprocess.run([os.environ["RUN"], report.name] + contestant.command, stdout=output, stderr=subprocess.DEVNULL,
                       stdin=feeder.stdout if feeder else subprocess.DEVNULL, check=True)
        wall, cpu, peak, status = report.read().split()
    if feeder:
        feeder.stdout.close()
        if feeder.wait() != 0:
            sys.exit("%s ended with %d" % (" ".join(contestant.feed), feeder.returncode))
    sample = Sample(float(wall), float(cpu), int(peak) / 1024, int(status))
    if sample.status not in contestant.statuses:
        sys.exit("%s ended with %d" % (" ".join(contestant.command)[:300], sample.status))
    return contestant.answer(sample) if contestant.answer else sample


def interleaved(contestants, rounds):
    """A Summary for each name."""
    samples = {contestant.name: [] for contestant in contestants}
    for _ in range(rounds):
        for contestant in contestants:
            if contestant.before:
                contestant.before()
            for path in contestant.reads:
                read_once(path)
            samples[contestant.name].append(run(contestant))
    return {name: Summary(taken) for name, taken in samples.items()}


def first_byte(command, start_of_input):
    """Seconds from starting a program until it takes the first bytes from its standard input, a pipe that is full.

    A full pipe can be written to again as soon as its reader has taken a page: no tracer is needed, which would slow
    the program down, and no help of the program. The start of the process is in the time. The pipe is so large that no
    program has a reason to widen it, which would make room as well.
    """
    reading, writing = os.pipe()
    fcntl.fcntl(writing, fcntl.F_SETPIPE_SZ, 1 << 20)
    os.set_blocking(writing, False)
    try:
        while True:
            os.write(writing, start_of_input)
    except BlockingIOError:
        pass
    poll = select.poll()
    poll.register(writing, select.POLLOUT)
    start = time.monotonic()
    process = subprocess.Popen(command, stdin=reading, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    os.close(reading)
    poll.poll(10000)
    took = time.monotonic() - start
    os.close(writing)
    process.wait()
    return took


def busy_of_others():
    """A function that tells which part of the processors' time others had since now."""
    def ticks():
        with open("/proc/stat", encoding="ascii") as file:
            fields = [int(field) for field in file.readline().split()[1:9]]
        mine = os.times()
        return sum(fields), fields[3] + fields[4], mine.user + mine.system + mine.children_user + mine.children_system
    whole, idle, own = ticks()

    def share():
        now_whole, now_idle, now_own = ticks()
        total = (now_whole - whole) / os.sysconf("SC_CLK_TCK")
        busy = total - (now_idle - idle) / os.sysconf("SC_CLK_TCK")
        return max(0.0, busy - (now_own - own)) / total if total else 0.0
    return share


BURNER = ("import os, time\nif os.fork() == 0:\n room = bytearray(100 << 20)\n while time.process_time() < 0.5: pass\n"
          " os._exit(0)\nos.wait()")


def main():
    """What a child of the program takes is counted, and what this process takes is not."""
    sample = run(Contestant("burner", [sys.executable, "-c", BURNER]))
    small = run(Contestant("true", ["true"]))
    print("a child that takes 0.5 s and 100 MiB: %.2f s, %.0f MiB; true: %.2f s, %.0f MiB" % (
        sample.cpu, sample.peak, small.cpu, small.peak))
    return 0 if 0.5 <= sample.cpu < 1.0 and 100 <= sample.peak < 160 and small.peak < 8 else 1


if __name__ == "__main__":
    sys.exit(main())
