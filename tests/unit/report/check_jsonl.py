"""Reads the report in lines, by the schema of the JSON report and beside it: check_jsonl.py SAMPLE-PROGRAM"""

import json
import os
import subprocess
import sys

SCHEMA = os.path.join(os.path.dirname(os.path.abspath(__file__)), "../../../docs/report.schema.json")
DEFINITIONS = {"image": "image", "gap": "gap", "finding": "finding", "suppressed": "finding"}


def run(*command):
    return subprocess.run(command, check=True, stdout=subprocess.PIPE).stdout.decode("ascii")


def joined(lines):
    """The one document that the lines were made from, by what docs/report.md says about them."""
    document, summary = lines[0], lines[-1]
    assert document.pop("kind") == "report" and summary.pop("kind") == "summary"
    document["bundles"] = []
    for line in lines[1:-1]:
        kind, name = line.pop("kind"), line.pop("bundle")
        if kind == "bundle":
            line.update(name=name, notes=[], images=[], findings=[], suppressed=[])
            document["bundles"].append(line)
            continue
        bundle = document["bundles"][-1]
        assert bundle["name"] == name
        if kind == "coverage":
            bundle["coverage"] = dict(line, gaps=[])
        elif kind == "gap":
            bundle["coverage"]["gaps"].append(line)
        elif kind == "suppressed":
            bundle["suppressed"].append(line)
        else:
            bundle[kind + "s"].append(line)
    document["summary"] = summary
    return document


def check_schema(lines):
    try:
        import jsonschema
    except ImportError:
        return "python3-jsonschema is missing"
    with open(SCHEMA, encoding="ascii") as file:
        schema = json.load(file)
    for kind, name in DEFINITIONS.items():
        validator = jsonschema.Draft202012Validator({"$ref": "#/$defs/" + name, "$defs": schema["$defs"]})
        for line in lines:
            if line["kind"] == kind:
                validator.validate({key: value for key, value in line.items() if key not in ("kind", "bundle")})
    return None


def main(program):
    texts = run(program, "jsonl", "nasty").split("\n")
    assert texts.pop() == "" and all(texts)
    lines = [json.loads(text) for text in texts]
    missing = check_schema(lines)
    document = json.loads(run(program, "json", "nasty"))
    for bundle in document["bundles"]:
        bundle["suppressed"] = bundle["suppressed"] or []
    assert joined(lines) == document, "the lines are not the document"
    if missing:
        print("skipped:", missing)
        sys.exit(77)


if __name__ == "__main__":
    main(*sys.argv[1:])
