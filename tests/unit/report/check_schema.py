"""Compares the published schema with the JSON that silt writes: check_schema.py SCHEMA SAMPLE-PROGRAM"""

import copy
import json
import subprocess
import sys

try:
    import jsonschema
except ImportError:
    print("skipped: python3-jsonschema is missing")
    sys.exit(77)


def run(*command):
    return subprocess.run(command, check=True, stdout=subprocess.PIPE).stdout.decode("ascii")


def objects_of(value):
    """Every object in a document, outermost first."""
    children = []
    if isinstance(value, dict):
        yield value
        children = value.values()
    elif isinstance(value, list):
        children = value
    for child in children:
        yield from objects_of(child)


def check_valid(validator, report):
    errors = [f"{list(e.absolute_path)}: {e.message}" for e in validator.iter_errors(report)]
    assert not errors, "\n".join(errors)


def kinds_of(report):
    """The number and the keys of one object of each kind: those with the same keys are of one kind."""
    kinds = {}
    for number, found in enumerate(objects_of(report)):
        kinds.setdefault(tuple(found), number)
    return [(number, keys) for keys, number in kinds.items()]


def check_closed(validator, report):
    """With a field too many or one too few in any object, the document must not be valid any more."""
    for number, keys in kinds_of(report):
        changed = copy.deepcopy(report)
        list(objects_of(changed))[number]["not a field"] = 1
        assert not validator.is_valid(changed), f"{keys} is not closed"
        for key in keys:
            changed = copy.deepcopy(report)
            del list(objects_of(changed))[number][key]
            assert key == "path_base64" or not validator.is_valid(changed), f"{key} of {keys} is not required"


def check_names(schema, program):
    for line in run(program, "names").splitlines():
        name, *values = line.split()
        assert schema["$defs"][name]["enum"] == values, f"{name}: {values}"


def main(schema_path, program):
    with open(schema_path, encoding="ascii") as file:
        schema = json.load(file)
    jsonschema.Draft202012Validator.check_schema(schema)
    validator = jsonschema.Draft202012Validator(schema)
    report = json.loads(run(program))
    assert report["schema"] == schema["$id"]
    check_valid(validator, report)
    check_closed(validator, report)
    check_names(schema, program)


main(*sys.argv[1:])
