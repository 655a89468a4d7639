"""Reads the JUnit report with xmllint, by a schema, and with junitparser: check_junit.py SAMPLE-PROGRAM"""

import os
import shutil
import subprocess
import sys
import xml.etree.ElementTree

SCHEMA = os.path.join(os.path.dirname(os.path.abspath(__file__)), "junit.xsd")


def run(*command):
    return subprocess.run(command, check=True, stdout=subprocess.PIPE).stdout


def check_schema(report):
    found = subprocess.run(["xmllint", "--noout", "--nonet", "--schema", SCHEMA, "-"], input=report,
                           stderr=subprocess.PIPE)
    assert found.returncode == 0, found.stderr.decode()


def check_totals(suites):
    """What the attributes promise is there."""
    for suite in suites:
        cases = suite.findall("testcase")
        assert int(suite.get("tests")) == len(cases)
        for attribute, element in ("failures", "failure"), ("errors", "error"), ("skipped", "skipped"):
            assert int(suite.get(attribute)) == len(suite.findall("testcase/" + element)), attribute
        names = [(case.get("classname"), case.get("name")) for case in cases]
        assert len(set(names)) == len(names), "two cases have one name"
    for attribute in "tests", "failures", "errors":
        assert int(suites.get(attribute)) == sum(int(suite.get(attribute)) for suite in suites), attribute


def check_text(suite, strings):
    """Strings that do harm where they are not escaped come back as they were."""
    outcomes = {}
    for case in suite.findall("testcase"):
        for outcome in case:
            outcomes.setdefault(outcome.tag, []).append((case, outcome))
    for number, string in enumerate(strings):
        rule = ("github-pat: " if number % 2 else "priv-setuid: ")
        name = f"{rule}{string} ({0:012})"
        if number % 5 == 0:
            case, failure = outcomes["failure"].pop(0)
            assert case.get("name") == name, case.get("name")
            assert f"\nfix: {string}\n" in failure.text
        elif number % 5 > 1:
            case, skipped = outcomes["skipped"].pop(0)
            assert case.get("name") == name and skipped.get("message").endswith(": " + string)


def check_with_junitparser(report):
    try:
        import junitparser
    except ImportError:
        return "python3-junitparser is missing"
    suites = list(junitparser.JUnitXml.fromstring(report))
    assert [suite.name for suite in suites][:2] == ["app.tar", "shop.tar"]
    assert all(sum(1 for _ in suite) == suite.tests for suite in suites)
    kinds = [[type(result).__name__ for result in case.result] for case in suites[1]]
    assert kinds.count(["Error"]) == 1 and kinds.count(["Failure"]) == 1, kinds
    assert all(case.is_passed or case.result for suite in suites for case in suite)
    return None


def main(program):
    report = run(program, "junit", "nasty")
    strings = run(program, "nasty").decode("utf-8").splitlines()
    suites = xml.etree.ElementTree.fromstring(report)
    check_totals(suites)
    check_text(suites[4], strings)
    missing = check_with_junitparser(report)
    if shutil.which("xmllint") is None:
        missing = "xmllint is missing"
    else:
        check_schema(report)
    if missing:
        print("skipped:", missing)
        sys.exit(77)


if __name__ == "__main__":
    main(*sys.argv[1:])
