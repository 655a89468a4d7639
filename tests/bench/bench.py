"""Measures silt: its memory on a small and on a large image that come through a pipe, its speed against programs that
only read the same bytes, and what rules cost beyond the bare literal engine. SILT and MATCHING name the programs.

    bench.py [LARGE_MIB]        default 2048
"""

import gzip
import hashlib
import os
import subprocess
import sys
import tarfile
import tempfile
import time

import big_image

HERE = os.path.dirname(os.path.abspath(__file__))
SILT = os.environ["SILT"]
MATCHING = os.environ["MATCHING"]
SMALL_MIB = 200
RUNS = 3


def wait(process):
    """(exit status, peak resident set in MiB)"""
    _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    return process.returncode, usage.ru_maxrss / 1024


def memory_of_a_pipe(mebibytes):
    generator = subprocess.Popen([sys.executable, "-B", os.path.join(HERE, "big_image.py"), str(mebibytes)],
                                 stdout=subprocess.PIPE)
    silt = subprocess.Popen([SILT, "scan", "--name", "big", "-"], stdin=generator.stdout, stdout=subprocess.DEVNULL)
    generator.stdout.close()
    status, peak = wait(silt)
    generator.wait()
    if status not in (0, 1):
        sys.exit("silt ended with %d on %d MiB" % (status, mebibytes))
    return peak


def memory(large):
    print("Peak resident set of silt scan -, image through a pipe")
    peaks = [(size, memory_of_a_pipe(size)) for size in (SMALL_MIB, large)]
    for size, peak in peaks:
        print("  %6d MiB image  %8.1f MiB" % (size, peak))
    print("  ratio             %8.2f   (1.00: memory does not grow with the image)" % (peaks[1][1] / peaks[0][1]))


def seconds(command):
    """The best of a few runs: the machine's other work only ever adds."""
    best = float("inf")
    for _ in range(RUNS):
        start = time.monotonic()
        subprocess.run(command, stdout=subprocess.DEVNULL, check=False)
        best = min(best, time.monotonic() - start)
    return best


def race(title, path, against):
    bytes_read = os.path.getsize(path)
    print("%s (%.0f MiB)" % (title, bytes_read / big_image.MIB))
    own = seconds([SILT, "scan", path])
    other = seconds(against + [path])
    for name, took in (("silt scan", own), (" ".join(against), other)):
        print("  %-12s %7.2f s  %7.0f MB/s" % (name, took, bytes_read / took / 1e6))
    print("  ratio        %7.2f   (below 1: silt is the faster one)" % (own / other))


def speed(folder):
    plain = os.path.join(folder, "plain.tar")
    with open(plain, "wb") as file:
        big_image.write(file, SMALL_MIB)
    race("Plain layers", plain, ["sha256sum"])
    packed = os.path.join(folder, "layer.tar.gz")
    with open(packed, "wb") as file:
        file.write(gzip.compress(big_image.one_layer(), 6))
    race("One gzip layer, as a compressed root filesystem", packed, ["gzip", "-dc"])


def system_files():
    """Files of this system, in an order that has nothing to do with folders and is the same every time."""
    paths = []
    for folder, _, names in os.walk("/usr"):
        paths += [path for path in (os.path.join(folder, name) for name in names)
                  if len(path) <= 100 and os.path.isfile(path) and not os.path.islink(path)]
    return sorted(paths, key=lambda path: hashlib.sha256(os.fsencode(path)).digest())


def matching(folder):
    """A tar of system files, and no file so large that it says more than all others."""
    name = os.path.join(folder, "system.tar")
    left = SMALL_MIB * big_image.MIB
    with tarfile.open(name, "w", format=tarfile.USTAR_FORMAT) as tar:
        for path in system_files():
            size = os.path.getsize(path)
            if size <= min(left, 8 * big_image.MIB):
                tar.add(path, arcname=path[1:])
                left -= size
    subprocess.run([MATCHING, name], check=True)


def main():
    memory(int(sys.argv[1]) if len(sys.argv) > 1 else 2048)
    with tempfile.TemporaryDirectory(prefix="silt-bench.") as folder:
        speed(folder)
        matching(folder)


if __name__ == "__main__":
    main()
