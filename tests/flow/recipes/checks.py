"""Runs the examples of one check: checks.py FILE, named after the check. SILT names the program.

A file has sections, each a recipe (recipe.py) of its own under a headline:

    === yes SENTENCE        silt must find what the `expect` lines say, at least one, all of this check
    === no SENTENCE         silt must find nothing of this check

Findings of other checks do not count here: silt is asked for this check only. `base` makes an image that has nothing but
a shell.
"""

import json
import os
import subprocess
import sys

import bundle
import flow
import recipe as recipes


def sections(text):
    for part in text.split("\n=== ")[1:] if not text.startswith("=== ") else ("\n" + text).split("\n=== ")[1:]:
        headline, _, body = part.partition("\n")
        kind, _, sentence = headline.partition(" ")
        yield kind, sentence, body


def findings(recipe, check):
    command = [os.environ["SILT"], "scan", "--format", "json", "--lint", "--only", check, "--name", "recipe",
               *bundle.options(recipe), "-"]
    done = subprocess.run(command, input=bundle.make(recipe), capture_output=True, timeout=60, check=False)
    if not done.stdout:
        raise SystemExit("no report: " + done.stderr.decode())
    (report,) = json.loads(done.stdout)["bundles"]
    return report["findings"], done.stdout


def try_section(check, kind, body):
    recipe = recipes.read(body)
    found, output = findings(recipe, check)
    troubles = ["expects another check: " + line[1] for line in recipe.expected if line[1] != check]
    troubles += ["surplus: of another check " + finding["rule"] for finding in found if finding["rule"] != check]
    if kind == "yes" and not recipe.expected or kind == "no" and recipe.expected or kind not in ("yes", "no"):
        troubles.append("a section 'yes' has `expect` lines, a section 'no' has none")
    troubles += flow.improper(output, recipes.secrets_in(body))
    return troubles + flow.compare(recipe.expected, found)


def main():
    check = os.path.basename(sys.argv[1]).removesuffix(".txt")
    with open(sys.argv[1], encoding="utf-8") as file:
        examples = list(sections(file.read()))
    failed = [kind for kind in ("yes", "no") if kind not in [example[0] for example in examples]]
    for kind in failed:
        print("no section '%s'" % kind)
    for kind, sentence, body in examples:
        for trouble in try_section(check, kind, body):
            failed.append(trouble)
            print("%s %s: %s" % (kind, sentence, trouble))
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
