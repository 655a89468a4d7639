"""
No construction hides a planted secret or a setuid file: every lie of plants.LIES, in every place, in every packing.

    differential.py           exit 0 if silt finds them all. SILT names the program
    differential.py --make LIE PLANT PLACE PACKING      writes one of them to standard output

Of a setuid file silt must say what the readers say: if Go's reader or libarchive lists it, by readers.txt, it is a
finding priv-setuid; if nobody does, bytes are told that nobody reads, or that cannot be read. In a tar that is a file in
a layer silt looks for secrets only.
"""

import json
import os
import subprocess
import sys
import tempfile

import plants
import readers
import wrap

BATCH = 200
UNREAD = ("integrity-tar-disputed", "integrity-hidden-bytes", "integrity-not-inspectable", "integrity-whiteout-body")


def variants():
    for lie in plants.LIES:
        for plant in plants.PLANTS:
            for place in wrap.PLACES:
                for packing in wrap.PACKINGS:
                    if (plant, place) != ("setuid", "file"):
                        yield lie, plant, place, packing


def make(lie, plant, place, packing):
    return wrap.PLACES[place](plants.tar_of(lie, plant), wrap.PACKINGS[packing])


def finds(report, rule):
    return [finding for finding in report["findings"] if finding["rule"] == rule]


def fates(finding):
    return {sighting["fate"] for sighting in finding["sightings"]}


def trouble_with_setuid(report, listed):
    found = finds(report, "priv-setuid")
    if listed["go"]:
        return None if any("disputed" not in fates(finding) for finding in found) else "Docker's file is not told"
    if listed["libarchive"]:
        return None if found else "libarchive's file is not told"
    told = found or [finding for rule in UNREAD for finding in finds(report, rule)]
    return None if told else "nothing is told"


def trouble(variant, report, listed):
    """What is wrong with the report of a variant, or None."""
    if report is None:
        return "no report"
    if report["verdict"] == "pass":
        return "passes"
    if variant[1] == "secret":
        return None if finds(report, "github-pat") else "the secret is not found"
    return trouble_with_setuid(report, listed[variant[0]])


def scan(names, folder):
    command = [os.environ["SILT"], "scan", "--fail-on", "low", "--format", "json", *names]
    done = subprocess.run(command, cwd=folder, capture_output=True, timeout=600, check=False)
    reports = json.loads(done.stdout)["bundles"] if done.stdout else []
    wrong = [] if done.returncode in (1, 3) else ["exit status %d: %s" % (done.returncode, done.stderr[-300:])]
    return {report["name"]: report for report in reports}, wrong


def run_batch(batch, listed):
    with tempfile.TemporaryDirectory() as folder:
        names = [".".join(variant) for variant in batch]
        for variant, name in zip(batch, names):
            with open(os.path.join(folder, name), "wb") as file:
                file.write(make(*variant))
        reports, wrong = scan(names, folder)
    for variant, name in zip(batch, names):
        found = trouble(variant, reports.get(name), listed)
        wrong += ["%s: %s" % (" ".join(variant), found)] if found else []
    return wrong


def main():
    if sys.argv[1:2] == ["--make"]:
        sys.stdout.buffer.write(make(*sys.argv[2:6]))
        return 0
    wanted = [variant for variant in variants() if not sys.argv[1:] or variant[0] in sys.argv[1:]]
    listed, wrong = readers.recorded(), []
    for at in range(0, len(wanted), BATCH):
        wrong += run_batch(wanted[at:at + BATCH], listed)
    print("\n".join(wrong))
    print("%d constructions, %d archives, %d troubles" % (len({variant[0] for variant in wanted}), len(wanted),
                                                          len(wrong)))
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
