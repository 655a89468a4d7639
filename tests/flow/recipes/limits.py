"""Every limit of silt at N-1, N and N+1, where an input needs exactly N of it: limits.py. SILT names the program.

With N and N+1 nothing is said of the limit. With N-1 the scan is incomplete: a gap in the coverage account has the name
of the limit, a finding of integrity tells of it, and the exit status is 3. Whatever else is in the image is audited all the
same: a token in another file is found. A limit without an input in limit_inputs.py fails the test.
"""

import concurrent.futures
import json
import os
import subprocess
import sys
import tempfile
import time

import limit_inputs

SILT = os.environ["SILT"]

# Where the need is found by trying: it must lie between these.
SOUGHT = {
    "xz-memory": (1 << 20, 64 << 20),
    "tar-header-bytes": (512, 1 << 20),
    "disputed-entries": (1, 100),
    "entry-bytes": (100, 10000),
    "entry-bytes-total": (100, 10000),
    "facts": (1, 100),
    "anchors": (1, 4001),
    "pattern-steps": (1, 100000),
    "decoded-texts": (1, 1000),
    "history-words": (1, 100),
    "removal-comparisons": (1, 100),
}

# Reached, these are findings of this rule and no gaps: all is audited.
TOLD = {"ratio": "integrity-compression-ratio", "ratio-free": "integrity-compression-ratio",
        "link-hops": "integrity-path-escape"}

# Set beside the one under test.
ALONG = {"ratio": ["ratio-free=0"], "ratio-free": ["ratio=1"]}

# Below these a limit cuts the canary, too, or what it is in.
NO_CANARY = {"layer-bytes", "zstd-window", "xz-memory"}

# Not of inputs as such. stall-seconds is tried below, hang-seconds in tests/unit/cli/test_watchdog.c.
OF_TIME = {"stall-seconds", "hang-seconds"}


def scan(path, limit, value):
    options = ["--limit=%s" % each for each in ["%s=%d" % (limit, value)] + ALONG.get(limit, [])]
    done = subprocess.run([SILT, "scan", "-q", "-o", "json", "--fail-on", "critical", *options, path],
                          capture_output=True, timeout=100, check=False)
    if not done.stdout:
        return done.returncode, None, done.stderr.decode()
    return done.returncode, json.loads(done.stdout)["bundles"][0], done.stderr.decode()


def is_told(limit, report):
    return any(finding["rule"] == TOLD[limit] for finding in report["findings"])


def is_reached(limit, report):
    if limit in TOLD:
        return is_told(limit, report)
    return any(gap["limit"] == limit for gap in report["coverage"]["gaps"])


def need_of(limit, path):
    """The least value with which the limit is not reached."""
    low, high = SOUGHT[limit]
    while low < high:
        middle = (low + high) // 2
        report = scan(path, limit, middle)[1]
        if report is None or is_reached(limit, report):
            low = middle + 1
        else:
            high = middle
    return low


def troubles_of_reached(limit, status, report):
    if not is_reached(limit, report):
        return ["was not reached, by %s" % [gap["limit"] for gap in report["coverage"]["gaps"]]]
    found = []
    if limit in TOLD:
        return found if report["coverage"]["complete"] else ["made a gap"]
    if status != 3 or report["coverage"]["complete"]:
        found.append("ended with %d" % status)
    reasons = [gap["reason"] for gap in report["coverage"]["gaps"] if gap["limit"] == limit]
    if not any("the limit %s is " % limit in reason for reason in reasons):
        found.append("is not named in %s" % reasons)
    if not any(finding["rule"].startswith("integrity-") and "the limit %s is" % limit in json.dumps(finding)
               for finding in report["findings"]):
        found.append("is no finding")
    if limit not in NO_CANARY and not any(
            "/etc/canary" in sighting["place"] or "etc/canary" in str(sighting["path"])
            for finding in report["findings"] if finding["pattern"] for sighting in finding["sightings"]):
        found.append("hides what else is there")
    return found


def troubles_of(limit, folder):
    data, need = limit_inputs.ROWS[limit]()
    path = os.path.join(folder, limit + ".tar")
    with open(path, "wb") as file:
        file.write(data)
    if need is None:
        need = need_of(limit, path)
        if need in SOUGHT[limit]:
            return ["%s: its need was not found, but %d" % (limit, need)]
    found = []
    for value in need - 1, need, need + 1:
        status, report, errors = scan(path, limit, value)
        if report is None:
            found.append("%s=%d, need %d: no report: %s" % (limit, value, need, errors))
        elif value < need:
            found += ["%s=%d, need %d: %s" % (limit, value, need, trouble)
                      for trouble in troubles_of_reached(limit, status, report)]
        elif is_reached(limit, report):
            found.append("%s=%d, need %d: was reached" % (limit, value, need))
    return found


def troubles_of_waiting(seconds):
    """A pipe that pauses for two seconds in the middle of a bundle."""
    data, _ = limit_inputs.ROWS["layers"]()
    with subprocess.Popen([SILT, "scan", "-q", "-o", "json", "--limit=stall-seconds=%d" % seconds, "-"],
                          stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as silt:
        cut = len(data) // 2 // 512 * 512
        silt.stdin.write(data[:cut])
        silt.stdin.flush()
        time.sleep(2)
        try:
            silt.stdin.write(data[cut:])
            silt.stdin.close()
        except BrokenPipeError:
            pass
        report, errors = silt.stdout.read(), silt.stderr.read().decode()
    coverage = json.loads(report)["bundles"][0]["coverage"]
    reached = any(gap["limit"] == "stall-seconds" for gap in coverage["gaps"])
    if seconds < 2:
        fits = reached and silt.returncode == 3 and "nothing came for 1 s" in errors
    else:
        fits = not reached and coverage["complete"] and not errors
    return [] if fits else ["stall-seconds=%d: %d, %s, %s" % (seconds, silt.returncode, coverage["gaps"], errors)]


def names():
    """The limits that the program lists."""
    listed = subprocess.run([SILT, "limits"], capture_output=True, check=True, text=True).stdout
    return [line.split()[0] for line in listed.splitlines() if not line.startswith(" ")]


def main():
    asked = sys.argv[1:] or names()
    failed = ["%s: nothing tries it" % name for name in asked if name not in limit_inputs.ROWS and name not in OF_TIME]
    failed += ["%s: there is no such limit" % name for name in limit_inputs.ROWS if name not in names()]
    tried = [name for name in asked if name in limit_inputs.ROWS]
    with tempfile.TemporaryDirectory() as folder, concurrent.futures.ThreadPoolExecutor(2) as pool:
        for found in pool.map(lambda limit: troubles_of(limit, folder), tried):
            failed += found
    if "stall-seconds" in asked:
        failed += troubles_of_waiting(1) + troubles_of_waiting(30)
    print("\n".join(failed) if failed else "%d limits" % len(asked))
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
