"""Runs one recipe: makes its bundle, pipes it through silt, compares the findings. SILT names the program.

    flow.py RECIPE            exit 0 if silt says exactly what the recipe expects
    flow.py --make RECIPE     writes the bundle to standard output, for a closer look
"""

import json
import os
import subprocess
import sys

import bundle
import recipe as recipes

IN_WORDS = "%-8s %-24s %-13s %s"


def fits(expected, finding):
    severity, rule, exposure, text = expected
    places = [finding["subject"]] + [sighting["place"] for sighting in finding["sightings"]]
    return ((severity, rule) == (finding["severity"], finding["rule"]) and exposure in ("-", finding["exposure"])
            and (text == "-" or any(text in place for place in places)))


def compare(expected, findings):
    """The lines that differ: what is lacking and what is too much."""
    lacking, surplus = [], list(findings)
    for line in expected:
        fitting = next((finding for finding in surplus if fits(line, finding)), None)
        if fitting:
            surplus.remove(fitting)
        else:
            lacking.append("lacking: " + IN_WORDS % line)
    return lacking + ["surplus: " + IN_WORDS % (finding["severity"], finding["rule"], finding["exposure"],
                                                finding["subject"]) for finding in surplus]


def scan(form, data, options):
    command = [os.environ["SILT"], "scan", "--output", form, "--fail-on", "low", "--name", "recipe", *options, "-"]
    return subprocess.run(command, input=data, capture_output=True, timeout=60, check=False)


def improper(output, secrets):
    """What must never be in any output, whatever the image holds: control bytes, and the secrets themselves."""
    troubles = ["control byte 0x%02x in the output" % byte for byte in sorted(set(output))
                if byte < 32 and byte != 10 or byte == 127]
    return troubles + ["the output holds a secret in clear: %s..." % secret[:8] for secret in secrets
                       if secret.encode() in output]


def run(path):
    with open(path, encoding="utf-8") as file:
        text = file.read()
    recipe = recipes.read(text)
    data = bundle.make(recipe)
    options = bundle.options(recipe)
    told, done = scan("text", data, options), scan("json", data, options)
    troubles = improper(told.stdout + told.stderr + done.stdout + done.stderr, recipes.secrets_in(text))
    if told.returncode != done.returncode:
        troubles.append("text ends with %d, json with %d" % (told.returncode, done.returncode))
    if done.returncode != recipe.exit:
        troubles.append("exit status %d, not %d: %s" % (done.returncode, recipe.exit, done.stderr.decode().strip()))
    if not done.stdout:
        return troubles + (["no report"] if recipe.expected else [])
    (report,) = json.loads(done.stdout)["bundles"]
    if recipe.format and report["format"] != recipe.format:
        troubles.append("format %s, not %s" % (report["format"], recipe.format))
    troubles += compare(recipe.expected, report["findings"])
    return troubles + (["gap: %(place)s: %(reason)s" % gap for gap in report["coverage"]["gaps"]] if troubles else [])


def main():
    if sys.argv[1] == "--make":
        with open(sys.argv[2], encoding="utf-8") as file:
            sys.stdout.buffer.write(bundle.make(recipes.read(file.read())))
        return 0
    troubles = run(sys.argv[1])
    print("\n".join(troubles))
    return 1 if troubles else 0


if __name__ == "__main__":
    sys.exit(main())
