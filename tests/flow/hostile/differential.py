"""
No construction hides a planted secret or a setuid file: every lie of plants.LIES, in every place, in every packing.

    differential.py           exit 0 if silt finds them all. SILT names the program
    differential.py --make LIE PLANT PLACE PACKING      writes one of them to standard output

Of a setuid file silt must say what the readers say, by readers.txt. If Go's reader lists it, which is what Docker
extracts, it is a finding priv-setuid of a file of the image; if libarchive alone does, it is one and the scan fails; if
neither does, it lies in the body of a file, which may be read as a tar, or in bytes that nobody reads: both are told.
ODD_NAMES are names that no runtime gives to a file. In a tar that is a file in a layer silt looks for secrets only.
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
UNREAD = ("integrity-tar-disputed", "integrity-hidden-bytes", "integrity-not-inspectable")
# Listed by readers, and no file of the image: marks, the root, what is beyond a limit. What is told in the place of it.
ODD_NAMES = {
    "name.pax_path_of_a_mark": "integrity-whiteout-body",
    "name.name_of_a_mark": "integrity-whiteout-body",
    "name.name_of_an_opaque_mark": "integrity-whiteout-body",
    "name.name_of_a_mark_of_nothing": "integrity-whiteout-body",
    "name.name_of_a_dot": "integrity-path-escape",
    "name.name_empty": "integrity-path-escape",
    "name.name_behind_a_nul": "integrity-path-escape",
    "name.pax_path_of_5000_bytes": "integrity-not-inspectable",
    "name.pax_path_with_300_bytes_in_a_name": "integrity-not-inspectable",
    "name.pax_path_of_2000_folders": "integrity-not-inspectable",
}


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


def trouble_with_setuid(lie, report, lists):
    found = finds(report, "priv-setuid")
    told = found or [finding for rule in UNREAD for finding in finds(report, rule)]
    if lie in ODD_NAMES:
        return None if finds(report, ODD_NAMES[lie]) else "nothing is told of the odd name"
    if lists["go"] and not any("disputed" not in fates(finding) for finding in found):
        return "Docker's file is not told"
    alone = lists["libarchive"] and not lists["go"]
    if alone and not any("disputed" in fates(finding) for finding in found):
        return "libarchive's file is not told as disputed"
    if not told:
        return "nothing is told"
    return "passes" if report["verdict"] == "pass" and (lists["go"] or lists["libarchive"]) else None


def trouble_with_secret(lie, place, report, lists):
    found = finds(report, "github-pat")
    if not found or report["verdict"] == "pass":
        return "the secret is not found"
    seen = set().union(*(fates(finding) for finding in found))
    if place == "layer" and lists["go"] and lie not in ODD_NAMES and not seen & {"visible", "shadowed"}:
        return "the secret of Docker's file is in %s" % sorted(seen)
    return None


def trouble(variant, report, listed):
    """What is wrong with the report of a variant, or None."""
    lie, plant = variant[:2]
    if report is None:
        return "no report"
    if plant == "secret":
        return trouble_with_secret(lie, variant[2], report, listed[lie])
    return trouble_with_setuid(lie, report, listed[lie])


def scan(names, folder):
    command = [os.environ["SILT"], "scan", "--fail-on", "low", "--output", "json", *names]
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
