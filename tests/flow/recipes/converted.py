"""A report that is read back gives the same reports: converted.py

Every recipe, those of the checks included, is scanned once and reported in every format; then the JSON is converted
into all of them: the same, byte for byte. SILT names the program.
"""

import os
import subprocess
import sys
import tempfile

import cached


def formats():
    said = subprocess.run([os.environ["SILT"], "convert", "--help"], capture_output=True, check=True).stdout.decode()
    _, _, rest = said.partition("Formats: ")
    return rest.partition("\n\n")[0].replace("\n", " ").replace(",", " ").split()


def outputs(names, form):
    return [word for name in names for word in ("--output", "%s=%s-%s" % (name, form, name))]


def differing(folder, names):
    troubles = []
    for name in names:
        contents = []
        for form in "direct", "again":
            with open(os.path.join(folder, "%s-%s" % (form, name)), "rb") as file:
                contents.append(file.read())
        if contents[0] != contents[1] or not contents[0]:
            troubles.append("%s differs" % name)
    return troubles


def compare(folder, options, bundles, names):
    """What the detour changes about the reports of these bundles."""
    shown = ["--quiet", "--show-suppressed"]
    scanned = subprocess.run([os.environ["SILT"], "scan", "--lint", *shown, *outputs(names, "direct"), *options,
                              *bundles], cwd=folder, capture_output=True, timeout=200, check=False)
    if not os.path.exists(os.path.join(folder, "direct-json")):
        return []  # no bundle of the group could be audited
    again = subprocess.run([os.environ["SILT"], "convert", *shown, *outputs(names, "again"), "direct-json"], cwd=folder,
                           capture_output=True, timeout=200, check=False)
    if again.returncode != 0 or again.stderr:
        return ["convert ended with %d: %s" % (again.returncode, again.stderr.decode())]
    troubles = differing(folder, names)
    for name in names:
        os.remove(os.path.join(folder, "direct-" + name))
        os.remove(os.path.join(folder, "again-" + name))
    return ["%s: %s (the scan ended with %d)" % (" ".join(options), trouble, scanned.returncode)
            for trouble in troubles]


def main():
    names = formats()
    with tempfile.TemporaryDirectory() as folder:
        groups, _ = cached.write_all(folder)
        troubles = [trouble for options, bundles in sorted(groups.items())
                    for trouble in compare(folder, options, bundles, names)]
    if "text" not in names or "json" not in names:
        troubles.append("the help lists no formats: %s" % names)
    print("\n".join(troubles))
    sys.exit(1 if troubles else 0)


if __name__ == "__main__":
    main()
