"""Questions to a JSON report of silt.

    report.py some REPORT TEST...   exit 0 if at least one finding passes all tests
    report.py none REPORT TEST...   exit 0 if no finding does
    report.py N    REPORT TEST...   exit 0 if exactly N findings do
    report.py list REPORT           one sorted line per finding: rule, severity, exposure, fingerprint; without those
                                    that only one kind of archive can have: a health check in docker's, provenance in OCI's
    report.py images REPORT         the names of all images, one a line
    report.py format REPORT         the formats of all bundles, one a line
    report.py suppressed REPORT     why secrets are suppressed, one line for each
    report.py gaps REPORT           what was not looked at, one line per gap

A test is FIELD OPERATOR VALUE. Operators: = equal, ~ contains, := one of (comma between), >= a severity or higher.
FIELD is a field of the finding, or "at.FIELD" for one of its sightings; all "at." tests must hold for the same one.
"""

import json
import re
import sys

SEVERITIES = ["info", "low", "medium", "high", "critical"]


def bundles(path):
    with open(path, encoding="utf-8") as file:
        return json.load(file)["bundles"]


def findings(path):
    return [finding for bundle in bundles(path) for finding in bundle["findings"]]


def parse(test):
    field, operator, value = re.fullmatch(r"([a-z_.]+)(:=|>=|=|~)(.*)", test, re.S).groups()
    return field, operator, value


def holds(thing, field, operator, value):
    if field not in thing:
        return False
    found = str(thing[field]) if thing[field] is not None else ""
    if operator == "=":
        return found == value
    if operator == "~":
        return value in found
    if operator == ":=":
        return found in value.split(",")
    return SEVERITIES.index(found) >= SEVERITIES.index(value)


def passes(finding, tests):
    own = [test for test in tests if not test[0].startswith("at.")]
    places = [(field[3:], operator, value) for field, operator, value in tests if field.startswith("at.")]
    if not all(holds(finding, *test) for test in own):
        return False
    return not places or any(all(holds(sighting, *test) for test in places) for sighting in finding["sightings"])


def describe(finding):
    lines = ["  %(severity)s %(rule)s %(pattern)s [%(exposure)s] %(subject)s" % finding]
    for sighting in finding["sightings"]:
        told = {key: value for key, value in sighting.items() if value not in ("", None)}
        lines.append("    " + json.dumps(told, ensure_ascii=False))
    return "\n".join(lines)


ONE_KIND_ONLY = {"config-no-healthcheck", "integrity-no-provenance"}

LISTS = {
    "list": lambda bundle: sorted("%(rule)s %(severity)s %(exposure)s %(fingerprint)s" % f for f in bundle["findings"]
                                  if f["rule"] not in ONE_KIND_ONLY),
    "images": lambda bundle: [name for image in bundle["images"] for name in image["names"]],
    "format": lambda bundle: [bundle["format"]],
    "suppressed": lambda bundle: [finding["suppressed"] for finding in bundle["suppressed"]],
    "gaps": lambda bundle: ["%(place)s: %(reason)s" % gap for gap in bundle["coverage"]["gaps"]],
}


def main():
    question, report, tests = sys.argv[1], sys.argv[2], [parse(test) for test in sys.argv[3:]]
    if question in LISTS:
        for bundle in bundles(report):
            for line in LISTS[question](bundle):
                print(line)
        return 0
    all_of_them = findings(report)
    fitting = [finding for finding in all_of_them if passes(finding, tests)]
    if {"some": len(fitting) > 0, "none": not fitting}.get(question, str(len(fitting)) == question):
        return 0
    print("FAILED: %d findings, wanted %s: %s" % (len(fitting), question, " ".join(sys.argv[3:])), file=sys.stderr)
    print("\n".join(map(describe, all_of_them if question == "some" else fitting)), file=sys.stderr)
    return 1


if __name__ == "__main__":
    sys.exit(main())
