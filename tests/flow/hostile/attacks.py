"""
Runs the attacks of a module, one scan each: attacks.py MODULE. SILT names the program.

A row of its ATTACKS: a sentence, the bytes of a bundle (or a function that makes them), and what silt must say: its
exit status with --fail-on low; whether the secret of plants.py is found; the findings of the family integrity, all of
them, as "severity id"; other findings that must be among those told.

None in the place of the findings: silt refuses the bundle, and there is no report.

    0 nothing   1 a finding   3 not everything could be looked at, or the bundle contradicts itself beyond reading
"""

import importlib
import json
import os
import subprocess
import sys
from typing import NamedTuple


class Attack(NamedTuple):
    sentence: str
    bundle: object
    exit: int
    secret: bool
    integrity: tuple = ()
    others: tuple = ()


def scan(data):
    command = [os.environ["SILT"], "scan", "--fail-on", "low", "--output", "json", "--name", "attack", "-"]
    return subprocess.run(command, input=data, capture_output=True, timeout=100, check=False)


def told(report):
    return sorted("%s %s" % (finding["severity"], finding["rule"]) for finding in report["findings"])


def troubles(attack):
    done = scan(attack.bundle() if callable(attack.bundle) else attack.bundle)
    wrong = [] if done.returncode == attack.exit else ["exit status %d, not %d" % (done.returncode, attack.exit)]
    if attack.integrity is None:
        return wrong + (["there is a report"] if done.stdout else [])
    if not done.stdout:
        return wrong + ["no report: " + done.stderr.decode(errors="replace").strip()]
    (report,) = json.loads(done.stdout)["bundles"]
    all_told = told(report)
    integrity = [line for line in all_told if line.split()[1].startswith("integrity-")]
    if integrity != sorted(attack.integrity):
        wrong.append("tells %s, not %s" % (integrity, sorted(attack.integrity)))
    if attack.secret != any(line.endswith("github-pat") for line in all_told):
        wrong.append("the secret is %s" % ("not found" if attack.secret else "found"))
    wrong += ["does not tell " + line for line in attack.others if line not in all_told]
    if report["coverage"]["complete"] == (attack.exit == 3):
        wrong.append("complete: %s" % report["coverage"]["complete"])
    return wrong


def main():
    attacks = importlib.import_module(sys.argv[1]).ATTACKS
    failed = []
    for attack in attacks:
        failed += ["%s: %s" % (attack.sentence, trouble) for trouble in troubles(attack)]
    print("\n".join(failed))
    print("%d attacks, %d troubles" % (len(attacks), len(failed)))
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
