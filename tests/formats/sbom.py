"""Bills of materials, judged by what their projects publish:

    sbom.py cyclonedx FOLDER    the JSON schema that the library of CycloneDX brings along, installed in FOLDER
    sbom.py spdx PROGRAM        pyspdxtools of the SPDX project

What is judged: images of which every name, version and field of metadata is a naughty string; damaged and empty ones; the
fixtures; and a database of this system, if it has one.
"""

import glob
import io
import json
import os
import subprocess
import sys
import tarfile
import tempfile

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path.insert(0, os.path.join(HERE, "..", "naughty"))
import readback  # noqa: E402
import strings  # noqa: E402

SCHEMAS = "node_modules/@cyclonedx/cyclonedx-library/res/schema"


def skip(why):
    print("skipped: " + why)
    sys.exit(77)


# ---- Images --------------------------------------------------------------------------------------------------------------


def rootfs(files):
    """A tar of a root filesystem: one image of one layer."""
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode="w", format=tarfile.PAX_FORMAT) as tar:
        for name, body in files:
            entry = tarfile.TarInfo(name)
            entry.size = len(body)
            tar.addfile(entry, io.BytesIO(body))
    return out.getvalue()


def line(string):
    """As a value in a file of lines."""
    return string.replace(b"\n", b" ").replace(b"\r", b" ")


def naughty():
    """Every string in every field of every kind of metadata."""
    status, installed, files = b"", b"", []
    for number, raw in enumerate(strings.read()):
        string = b"x%d" % number + line(raw)
        status += (b"Package: %s\nStatus: install ok installed\nArchitecture: %s\nSource: %s (%s)\nVersion: %s\n\n" %
                   ((string,) * 5))
        installed += b"P:%s\nV:%s\nA:%s\no:%s\n\n" % ((string,) * 4)
        text = strings.as_json(raw) or ""  # none: no JSON can hold it
        files += [
            ("p/%d.dist-info/METADATA" % number, b"Name: %s\nVersion: %s\n\n" % (string, string)),
            ("node_modules/%d/package.json" % number, json.dumps({"name": "@x" + text + "/y" + text,
                                                                  "version": "1" + text}).encode()),
            ("specifications/%d.gemspec" % number, b'# none\ns.name = "%s"\ns.version = "%s"\n' % (string, string)),
        ]
    release = b"ID=a\x1b[31m/b?&\xff\nVERSION_ID=1 2\xe2\x80\xae3\nPRETTY_NAME=\"\xff\"\n"
    return rootfs([("var/lib/dpkg/status", status), ("lib/apk/db/installed", installed), ("etc/os-release", release),
                   *files])


def images():
    yield "naughty strings", naughty()
    yield "no packages", rootfs([("etc/passwd", b"")])
    yield "damaged", rootfs([("var/lib/rpm/rpmdb.sqlite", b"none"), ("x/a.jar", b"none"), ("var/lib/dpkg/status", b"x")])
    for path in sorted(glob.glob(os.path.join(HERE, "..", "..", "fixtures", "*.tar"))):
        with open(path, "rb") as file:
            yield os.path.basename(path), file.read()
    if os.path.exists("/var/lib/dpkg/status"):
        with open("/var/lib/dpkg/status", "rb") as file:
            yield "this system", rootfs([("var/lib/dpkg/status", file.read()), ("etc/os-release", b"ID=debian\n")])


def bill(form, image):
    done = subprocess.run([os.environ["SILT"], "sbom", "--quiet", "--all", "-o", form, "-"], input=image,
                          stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, check=False)
    assert done.returncode in (0, 3), done.returncode
    return done.stdout


# ---- Judges --------------------------------------------------------------------------------------------------------------


def judge_cyclonedx(folder):
    try:
        import jsonschema
    except ImportError:
        skip("python3-jsonschema is missing")

    if not os.path.exists(os.path.join(folder, SCHEMAS)):
        skip("the library of CycloneDX is not installed")

    def read(name):
        with open(os.path.join(folder, SCHEMAS, name), encoding="utf-8") as file:
            return json.load(file)

    schema = read("bom-1.5.SNAPSHOT.schema.json")
    parts = {name: read(name) for name in ("spdx.SNAPSHOT.schema.json", "jsf-0.82.SNAPSHOT.schema.json")}
    store = {"http://cyclonedx.org/schema/" + name: part for name, part in parts.items()}
    validator = jsonschema.Draft7Validator(schema, resolver=jsonschema.RefResolver.from_schema(schema, store=store),
                                           format_checker=jsonschema.FormatChecker())
    broken = {"bomFormat": "CycloneDX", "specVersion": "1.5", "components": [{"type": "library"}]}
    assert not validator.is_valid(broken), "the schema accepts anything"

    def judge(text):
        document = readback.strict_json(text)
        errors = [f"{list(e.absolute_path)}: {e.message[:300]}" for e in validator.iter_errors(document)]
        assert not errors, "\n".join(errors[:20])
        parts = document["components"]
        assert len({part["bom-ref"] for part in parts}) == len(parts), "the same bom-ref twice"
        return document, len(parts)
    return judge


def judge_spdx(program):
    if not os.access(program, os.X_OK):
        skip("pyspdxtools is not installed")

    def judge(text):
        with tempfile.NamedTemporaryFile(suffix=".spdx.json") as file:
            file.write(text)
            file.flush()
            done = subprocess.run([program, "--infile", file.name], stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
                                  check=False)
            assert done.returncode == 0, done.stdout.decode(errors="replace")[:3000]
        document = readback.strict_json(text)
        ids = [package["SPDXID"] for package in document["packages"]]
        assert len(set(ids)) == len(ids), "the same SPDXID twice"
        return document, len(ids)
    return judge


def main(form, judge_at):
    judge = judge_cyclonedx(judge_at) if form == "cyclonedx" else judge_spdx(judge_at)
    for name, image in images():
        document, count = judge(bill(form, image))
        for word in readback.strings_in(document):
            readback.demand_harmless(word)
        print("%s: %d parts: valid" % (name, count))


main(*sys.argv[1:])
