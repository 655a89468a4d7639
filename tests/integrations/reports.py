"""What a pipeline leaves must be what its platform takes: judged by the schemas of tests/formats and docs."""

import json
import os
import shutil
import subprocess
import xml.etree.ElementTree


def schema_errors(root, schema, path):
    import jsonschema
    with open(os.path.join(root, schema), encoding="utf-8") as file:
        schema = json.load(file)
    with open(path, encoding="utf-8") as file:
        report = json.load(file)
    return [e.message[:300] for e in jsonschema.validators.validator_for(schema)(schema).iter_errors(report)]


def is_by(schema):
    def check(root, path):
        errors = schema_errors(root, schema, path)
        assert not errors, path + ": " + "\n".join(errors[:10])
    return check


def is_sarif(_root, path):
    with open(path, encoding="utf-8") as file:
        log = json.load(file)
    assert log["version"] == "2.1.0" and len(log["runs"]) == 1, path


def is_junit(root, path):
    top = xml.etree.ElementTree.parse(path).getroot()
    assert top.tag == "testsuites" and len(top.findall("testsuite")) >= 1, path
    if shutil.which("xmllint"):
        schema = os.path.join(root, "tests", "unit", "report", "junit.xsd")
        subprocess.run(["xmllint", "--nonet", "--noout", "--schema", schema, path], check=True)


def is_page(_root, path):
    with open(path, encoding="utf-8") as file:
        assert file.read(15).lower() == "<!doctype html>", path


KINDS = {
    "silt.json": is_by("docs/report.schema.json"),
    "silt.sarif": is_sarif,
    "silt.xml": is_junit,
    "silt.html": is_page,
    "gl-container-scanning-report.json": is_by("tests/formats/gitlab.schema.json"),
    "gl-code-quality-report.json": is_by("tests/formats/codequality.schema.json"),
}


def check(root, place, names, verdict):
    """Each of the reports is there and valid, or none is if there was no image to make one of."""
    for name in names:
        assert place.has(name) == (verdict is not None), (name, verdict)
        if verdict:
            KINDS[os.path.basename(name)](root, place.path(name))
        if verdict and name.endswith("silt.json"):
            assert json.loads(place.read(name))["summary"]["verdict"] == verdict, verdict
