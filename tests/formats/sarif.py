"""Shows SARIF logs to Microsoft's validator:

    sarif.py MULTITOOL-FOLDER sample PROGRAM | hostile POSITION... | images FOLDER

The positions are those of tests/naughty; without one it is all of them, which takes two minutes.
"""

import glob
import json
import os
import subprocess
import sys
import tempfile

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "naughty"))
import images  # noqa: E402
import readback  # noqa: E402
import strings  # noqa: E402

# All that it may find: nothing of this is an error.
#
# SARIF2005  silt has no web site that could be named. Expected of every run: the validator says nothing at all about a log
#            that it cannot read, so that its silence proves nothing.
# GH1004     counts of 5 runs, 1000 results: what GitHub took years ago. It takes 20 and 25000 now.
EXPECTED = "SARIF2005"
ALLOWED = {EXPECTED, "GH1004"}

# The validator asks for every address in a log; here it gets no answer, and quickly.
NO_NETWORK = {name: "http://127.0.0.1:9" for name in ("http_proxy", "https_proxy", "HTTP_PROXY", "HTTPS_PROXY")}

# Runs of one log: as many as GH1004 takes.
BUNDLES = 5


def skip(why):
    print("skipped: " + why)
    sys.exit(77)


def judge(multitool, path):
    """The rule of each error and warning that the validator has about a log."""
    verdict = path + ".verdict"
    done = subprocess.run([multitool, "validate", path, "--rule-kind", "Sarif;Ghas", "--output", verdict,
                           "--log", "ForceOverwrite", "--max-file-size-in-kb", "1000000"],
                          env={**os.environ, **NO_NETWORK}, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, check=False)
    print("\n".join(line for line in done.stdout.decode().split("\n") if "SARIF2005" not in line))
    with open(verdict, encoding="utf-8-sig") as file:
        results = json.load(file)["runs"][0]["results"]
    return [result["ruleId"] for result in results if result.get("level", "warning") in ("error", "warning")]


def check_references(run):
    """What points somewhere points at what it names."""
    artifacts = run["artifacts"]
    for number, artifact in enumerate(artifacts):
        assert artifact.get("parentIndex", -1) < len(artifacts)
        assert artifact.get("parentIndex") != number
    for result in run["results"]:
        assert run["tool"]["driver"]["rules"][result["ruleIndex"]]["id"] == result["ruleId"]
        for location in result["locations"] + result.get("relatedLocations", []):
            place = location["physicalLocation"]["artifactLocation"]
            assert artifacts[place["index"]]["location"]["uri"] == place["uri"], place


def check(multitool, folder, log):
    runs = json.loads(log.decode("ascii"))["runs"]
    path = os.path.join(folder, "log.sarif")
    with open(path, "wb") as file:
        file.write(log)
    rules = judge(multitool, path)
    assert set(rules) <= ALLOWED, "wrong: %s" % sorted(set(rules) - ALLOWED)
    assert rules.count(EXPECTED) == len(runs), "the validator did not read all of %d runs" % len(runs)
    for run in runs:
        check_references(run)
        for word in readback.strings_in([run["results"], run["artifacts"], run["invocations"]]):
            readback.demand_harmless(word)
    print("%d runs, %d results: valid" % (len(runs), sum(len(run["results"]) for run in runs)))


def scan(paths):
    done = subprocess.run([os.environ["SILT"], "scan", "--show-suppressed", "-o", "sarif", *paths],
                          stdout=subprocess.PIPE, check=False)
    assert done.returncode in (0, 1, 3), done.returncode
    return done.stdout


def hostile_logs(folder, positions):
    """Logs of bundles with naughty strings in those places, some bundles each."""
    numbered = list(enumerate(strings.read()))
    paths = []
    for position in positions or sorted(images.POSITIONS):
        paths.append(os.path.join(folder, position + ".tar"))
        with open(paths[-1], "wb") as file:
            file.write(images.POSITIONS[position][0](numbered))
    for first in range(0, len(paths), BUNDLES):
        yield scan(paths[first:first + BUNDLES])


def main(tool_folder, what, *arguments):
    multitool = os.path.join(tool_folder, "node_modules", "@microsoft", "sarif-multitool-linux", "Sarif.Multitool")
    if not os.access(multitool, os.X_OK):
        skip("Sarif.Multitool is not installed")
    with tempfile.TemporaryDirectory() as folder:
        if what == "sample":
            logs = [subprocess.run([*arguments, "sarif"], stdout=subprocess.PIPE, check=True).stdout]
        elif what == "hostile":
            logs = hostile_logs(folder, arguments)
        else:
            logs = [scan(sorted(glob.glob(os.path.join(arguments[0], "*.tar"))))]
        for log in logs:
            check(multitool, folder, log)


main(*sys.argv[1:])
