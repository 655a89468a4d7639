"""Counts the instructions of a scan, which no other work on the machine changes: valgrind --tool=callgrind, without the
sandbox, in one thread.

    instructions.py             fails if an input takes a tenth more than tests/bench/instructions.txt says
    instructions.py --update    writes what it counts there

SILT names the program, COMPILER and BUILD_TYPE say how it was built. Numbers hold for a release of the system: with
other libraries or another compiler than the file names, whatever is counted is told and nothing fails.
"""

import os
import re
import shutil
import subprocess
import sys
import tempfile

import big_image
import oci
from table import table

HERE = os.path.dirname(os.path.abspath(__file__))
KEPT = os.path.join(HERE, "instructions.txt")
FIXTURES = os.path.join(HERE, "..", "..", "fixtures")
TOLERANCE = 0.10
PACKAGES = ["libarchive13", "libc6", "libhyperscan5", "libisal2", "libpcre2-8-0", "libssl3", "zlib1g"]


def inputs(folder):
    """Pairs of a name and a path: a tar of one file, two images, and 32 MiB of mixed content."""
    tiny, mixed = os.path.join(folder, "tiny.tar"), os.path.join(folder, "mixed.tar")
    with open(tiny, "wb") as out:
        oci.add_bytes(out, b"etc/hostname", b"silt\n")
        oci.end(out)
    with open(mixed, "wb") as out:
        big_image.write(out, 32)
    return [("tiny", tiny), ("clean.tar", os.path.join(FIXTURES, "clean.tar")),
            ("leaky-oci.tar", os.path.join(FIXTURES, "leaky-oci.tar")), ("mixed", mixed)]


def counted(silt, path):
    command = ["valgrind", "--tool=callgrind", "--callgrind-out-file=/dev/null", silt, "scan", "-q", "--no-sandbox",
               "--jobs", "1", path]
    done = subprocess.run(command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, check=False)
    found = re.search(rb"Collected : (\d+)", done.stderr)
    if done.returncode not in (0, 1) or not found:
        sys.exit("%s: ended with %d\n%s" % (" ".join(command), done.returncode, done.stderr.decode(errors="replace")))
    return int(found[1])


def counts(silt):
    """Instructions by the name of the input."""
    with tempfile.TemporaryDirectory(prefix="silt-instructions.") as folder:
        return {name: counted(silt, path) for name, path in inputs(folder)}


def versions():
    """What the numbers depend on: the compiler, and libraries by the first two numbers of their versions."""
    found = {"compiler": os.environ.get("COMPILER", "unknown")}
    for package in PACKAGES:
        found[package] = "unknown"
        if shutil.which("dpkg-query"):
            done = subprocess.run(["dpkg-query", "-W", "-f", "${Version}", package], stdout=subprocess.PIPE,
                                  stderr=subprocess.DEVNULL, check=False)
            numbers = re.match(rb"(?:\d+:)?(\d+\.\d+)", done.stdout)
            found[package] = numbers[1].decode() if numbers else "unknown"
    return found


def kept():
    """The counts and the versions of the file."""
    lines = [line.split(None, 2) for line in open(KEPT, encoding="ascii") if not line.startswith("#")]
    return ({name: int(value) for kind, name, value in lines if kind == "count"},
            {name: value.strip() for kind, name, value in lines if kind == "version"})


def write(measured):
    with open(KEPT, encoding="ascii") as file:
        lines = [line for line in file if line.startswith("#")]
    lines += ["count %s %d\n" % pair for pair in measured.items()]
    lines += ["version %s %s\n" % pair for pair in versions().items()]
    with open(KEPT, "w", encoding="ascii") as file:
        file.writelines(lines)


def compared(measured):
    """The table, and the names of those that take too many."""
    before, _ = kept()
    rows, over = [], []
    for name, count in measured.items():
        ratio = count / before[name] if name in before else 1.0
        if ratio > 1 + TOLERANCE:
            over.append(name)
        rows.append([name, "%.1f" % (count / 1e6), "%.1f" % (before.get(name, 0) / 1e6),
                     "%+.1f %%" % (100 * (ratio - 1))])
    return table(["", "million instructions", "kept", ""], rows), over


def changed_versions():
    before, now = kept()[1], versions()
    return ["%s %s, not %s" % (name, now[name], before.get(name)) for name in now if now[name] != before.get(name)]


def why_not():
    """The reason why nothing can be counted, if there is one."""
    if not shutil.which("valgrind"):
        return "valgrind is not installed"
    if os.environ.get("BUILD_TYPE", "Release") != "Release":
        return "the build is no Release"
    return None


def main():
    if reason := why_not():
        print("skipped: " + reason)
        return 0
    measured = counts(os.environ["SILT"])
    if sys.argv[1:] == ["--update"]:
        write(measured)
    text, over = compared(measured)
    print(text)
    others = changed_versions()
    if others:
        print("told, not judged: other versions than the numbers are of: " + "; ".join(others))
    if any(count < (1 - TOLERANCE) * kept()[0].get(name, count) for name, count in measured.items()):
        print("A tenth less than was: instructions.py --update keeps it so.")
    if over and not others:
        print("FAILED: more than a tenth over what was: %s. If it is worth it: instructions.py --update, and say why."
              % ", ".join(over))
    return 1 if over and not others else 0


if __name__ == "__main__":
    sys.exit(main())
