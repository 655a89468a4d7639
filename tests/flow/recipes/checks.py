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
import tempfile

import bundle
import flow
import recipe as recipes


class Example:
    """One section of a file."""

    def __init__(self, number, part):
        headline, _, body = part.partition("\n")
        self.kind, _, self.sentence = headline.partition(" ")
        self.name, self.recipe, self.secrets = "%02d.tar" % number, recipes.read(body), recipes.secrets_in(body)
        self.options = tuple(bundle.options(self.recipe))
        self.findings = None

    def troubles(self, check):
        expected = self.recipe.expected
        found = ["expects another check: " + line[1] for line in expected if line[1] != check]
        if (self.kind, bool(expected)) not in (("yes", True), ("no", False)):
            found.append("a section 'yes' has `expect` lines, a section 'no' has none")
        if self.findings is None:
            return found + ["no report"]
        found += ["surplus: of another check " + finding["rule"] for finding in self.findings
                  if finding["rule"] != check]
        return found + flow.compare(expected, self.findings)


def read(path):
    with open(path, encoding="utf-8") as file:
        return [Example(number, part) for number, part in enumerate(("\n" + file.read()).split("\n=== ")[1:])]


def scan(examples, check, folder):
    """Runs silt over examples with the same options: reading its rules takes longer than the rest. What is improper."""
    for example in examples:
        with open(os.path.join(folder, example.name), "wb") as file:
            file.write(bundle.make(example.recipe))
    command = [os.environ["SILT"], "scan", "--output", "json", "--lint", "--only", check, *examples[0].options,
               *(example.name for example in examples)]
    done = subprocess.run(command, cwd=folder, capture_output=True, timeout=100, check=False)
    reports = {report["name"]: report["findings"] for report in json.loads(done.stdout or b'{"bundles":[]}')["bundles"]}
    for example in examples:
        example.findings = reports.get(example.name)
    secrets = {secret for example in examples for secret in example.secrets}
    return [done.stderr.decode(errors="replace")] * (len(reports) < len(examples)) + flow.improper(done.stdout, secrets)


def main():
    check = os.path.basename(sys.argv[1]).removesuffix(".txt")
    examples = read(sys.argv[1])
    failed = ["no section '%s'" % kind for kind in ("yes", "no") if kind not in [each.kind for each in examples]]
    with tempfile.TemporaryDirectory() as folder:
        for options in sorted({example.options for example in examples}):
            failed += scan([example for example in examples if example.options == options], check, folder)
    failed += ["%s %s: %s" % (example.kind, example.sentence, trouble) for example in examples
               for trouble in example.troubles(check)]
    print("\n".join(failed))
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
