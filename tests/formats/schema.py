"""Compares reports with a schema:

    schema.py SCHEMA FORMAT FIELD sample PROGRAM | hostile POSITION... | images FOLDER

No two values of FIELD may be the same. The positions are those of tests/naughty.
"""

import glob
import json
import os
import subprocess
import sys

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "naughty"))
import images  # noqa: E402
import readback  # noqa: E402
import strings  # noqa: E402

try:
    import jsonschema
except ImportError:
    print("skipped: python3-jsonschema is missing")
    sys.exit(77)


def scan(form, paths, bundle=b""):
    done = subprocess.run([os.environ["SILT"], "scan", "--quiet", "-o", form, *paths], input=bundle,
                          stdout=subprocess.PIPE, check=False)
    assert done.returncode in (0, 1, 3), done.returncode
    return done.stdout


def reports(form, what, arguments):
    if what == "sample":
        yield subprocess.run([*arguments, form], stdout=subprocess.PIPE, check=True).stdout
    elif what == "images":
        yield scan(form, sorted(glob.glob(os.path.join(arguments[0], "*.tar"))))
    else:
        numbered = list(enumerate(strings.read()))
        for position in arguments or sorted(images.POSITIONS):
            yield scan(form, ["-"], images.POSITIONS[position][0](numbered))


def main(schema_path, form, field, what, *arguments):
    with open(schema_path, encoding="ascii") as file:
        schema = json.load(file)
    jsonschema.Draft7Validator.check_schema(schema)
    validator = jsonschema.Draft7Validator(schema)
    for text in reports(form, what, arguments):
        report = readback.strict_json(text)
        errors = [f"{list(e.absolute_path)}: {e.message[:300]}" for e in validator.iter_errors(report)]
        assert not errors, "\n".join(errors[:20])
        for word in readback.strings_in(report):
            readback.demand_harmless(word)
        rows = report["vulnerabilities"] if isinstance(report, dict) else report
        assert len({row[field] for row in rows}) == len(rows), "the same %s twice" % field
        print("%d bytes, %d rows: valid" % (len(text), len(rows)))


main(*sys.argv[1:])
