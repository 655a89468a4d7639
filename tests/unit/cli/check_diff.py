"""Compares small images by `silt diff` and holds what it says against what was put into them: check_diff.py SCHEMA SILT"""

import base64
import copy
import gzip
import hashlib
import io
import json
import os
import subprocess
import sys
import tarfile
import tempfile

try:
    import jsonschema
except ImportError:
    print("skipped: python3-jsonschema is missing")
    sys.exit(77)

# Made up; only its place makes it a secret, so that no rule finds it anywhere else.
WORD = "Rk4-vutYhq81xz"
SHORT = "x9Kq"
HOSTILE = "evil\x1b[31m`|](x)\u202e<b>\n::error::x"


def tar_of(entries):
    """A tar of (name, content) pairs. Content None: a directory; a pair of numbers behind it: mode and owner."""
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode="w", format=tarfile.PAX_FORMAT) as tar:
        for name, content, *rest in entries:
            member = tarfile.TarInfo(name)
            member.mode, member.uid = rest or (0o755 if content is None else 0o644, 0)
            if content is None:
                member.type = tarfile.DIRTYPE
            elif content.startswith(b"-> "):
                member.type, member.linkname = tarfile.SYMTYPE, content[3:].decode()
            else:
                member.size = len(content)
            tar.addfile(member, io.BytesIO(content or b"") if member.isreg() else None)
    return out.getvalue()


def add_image(members, name, layers, config=None, history=None):
    """Adds an image to the members of a docker archive; gives its line of the manifest."""
    tars = [tar_of(layer) for layer in layers]
    digests = [hashlib.sha256(layer).hexdigest() for layer in tars]
    document = {
        "architecture": "amd64",
        "os": "linux",
        "config": {"User": "1000", **(config or {})},
        "rootfs": {"type": "layers", "diff_ids": ["sha256:" + digest for digest in digests]},
        "history": [{"created_by": line} for line in history or ["RUN step"] * len(layers)],
    }
    text = json.dumps(document).encode()
    members.update({f"{digest}/layer.tar": layer for digest, layer in zip(digests, tars)})
    members[hashlib.sha256(text).hexdigest() + ".json"] = text
    return {
        "Config": hashlib.sha256(text).hexdigest() + ".json",
        "RepoTags": [name],
        "Layers": [f"{digest}/layer.tar" for digest in digests],
    }


def save(path, *images):
    members = {}
    manifest = [add_image(members, **image) for image in images]
    members["manifest.json"] = json.dumps(manifest).encode()
    with open(path, "wb") as out:
        out.write(tar_of(members.items()))


BASE = [("etc", None), ("etc/passwd", b"root:x:0:0::/:\n")]
SECRET = [("etc/app.conf", f"password={WORD}\n".encode())]
FREE = [("srv", None), ("srv/note", b"nothing here\n")]


class Silt:
    def __init__(self, program, validator):
        self.program, self.validator = program, validator

    def run(self, status, *words):
        """The secret of these images is a password that only its place makes one: of severity medium."""
        if "--fail-on" not in words:
            words = (words[0], "--fail-on", "medium", *words[1:])
        done = subprocess.run([self.program, *words], stdout=subprocess.PIPE, stderr=subprocess.PIPE, check=False)
        assert done.returncode == status, f"{words}: {done.returncode}, {done.stderr.decode()}"
        told = (done.stdout + done.stderr).decode()
        assert WORD not in told, f"{words} tells the secret: {told[max(0, told.find(WORD) - 80):][:200]}"
        assert b"\x1b" not in done.stdout + done.stderr, f"{words} lets an escape through"
        return done.stdout.decode()

    def diff(self, status, *words):
        """The document, which the schema must take."""
        document = json.loads(self.run(status, "diff", "-o", "json", *words))
        errors = [f"{list(e.absolute_path)}: {e.message}" for e in self.validator.iter_errors(document)]
        assert not errors, "\n".join(errors)
        return document


def save_one(path, layers, name="app:1", **more):
    save(path, {"name": name, "layers": layers, **more})


def survival(document):
    return [secret["survival"] for secret in document["secrets"]["items"]]


# ---- Secrets ---------------------------------------------------------------------------------------------------------


def a_secret_is_looked_for_wherever_it_may_be(silt):
    save_one("old.tar", [BASE, SECRET, [("etc/.wh.app.conf", b"")]])
    word = WORD.encode()
    encoded = base64.b64encode(b"a" + word + b"b")
    inner = tar_of([("deep", b"x" * 70000 + word)])
    places = {
        "a list": {"layers": [BASE + [("words", b"a\n" + word + b"\nb\n")]]},
        "a deleted file": {"layers": [BASE + [("w", word)], [(".wh.w", b"")]]},
        "base64": {"layers": [BASE + [("w", encoded)]]},
        "base64 in a word": {"layers": [BASE + [("w", b"x=" + encoded + b"!")]]},
        "hexadecimal": {"layers": [BASE + [("w", word.hex().encode())]]},
        "gzip": {"layers": [BASE + [("w.gz", gzip.compress(word))]]},
        "a tar in a tar": {"layers": [BASE + [("w.tar", tar_of([("in.tar", inner)]))]]},
        "two bytes each": {"layers": [BASE + [("w", ("say " + WORD + " now").encode("utf-16-le"))]]},
        "a file name": {"layers": [BASE + [(WORD, b"")]]},
        "a link": {"layers": [BASE + [("l", b"-> /" + word)]]},
        "Env": {"layers": [BASE], "config": {"Env": ["A=" + WORD]}},
        "Cmd": {"layers": [BASE], "config": {"Cmd": ["run", WORD]}},
        "a label": {"layers": [BASE], "config": {"Labels": {"x": "y " + WORD}}},
        "the key of a label": {"layers": [BASE], "config": {"Labels": {WORD: "y"}}},
        "history": {"layers": [BASE], "history": ["RUN echo " + WORD + " >/x"]},
        "across blocks": {"layers": [BASE + [("w", b"z" * (262144 - 7) + word + b"z" * 300000)]]},
    }
    for place, image in places.items():
        save_one("new.tar", **image)
        document = silt.diff(1, "old.tar", "new.tar")
        assert survival(document) == ["survived"], place
        assert document["secrets"]["items"][0]["literal"], place
        assert document["secrets"]["items"][0]["sightings"], place
        silt.run(1, "diff", "old.tar", "new.tar")
        silt.run(1, "diff", "-o", "markdown", "old.tar", "new.tar")
    save_one("new.tar", [BASE + FREE])
    document = silt.diff(0, "old.tar", "new.tar")
    assert survival(document) == ["gone"] and document["verdict"] == "free"
    assert silt.run(0, "diff", "old.tar", "new.tar").startswith("free: 0 of 1 secret of OLD is in NEW.")


def what_survives_and_does_not_count_is_no_failure(silt):
    save_one("old.tar", [BASE, SECRET])
    document = silt.diff(0, "--fail-on", "high", "old.tar", "old.tar")
    assert survival(document) == ["survived"] and document["verdict"] == "free"
    assert document["secrets"]["survived_counting"] == 0 and not document["secrets"]["items"][0]["counts"]
    text = silt.run(0, "diff", "--fail-on", "high", "old.tar", "old.tar")
    assert text.startswith("free of what counts: 1 of 1 secret of OLD is in NEW, none of which counts.")
    document = silt.diff(1, "--fail-on", "low", "old.tar", "old.tar")
    assert document["secrets"]["survived_counting"] == 1 and document["secrets"]["items"][0]["counts"]


def no_text_of_old_tells_a_secret(silt):
    """Of these only the first is known for a secret by OLD alone; Silt.run looks for the word in all that is told."""
    config = {"Labels": {"a": WORD, WORD: "b"}, "Cmd": ["x", WORD], "WorkingDir": "/" + WORD, "Env": [f"{WORD}=1"]}
    layers = [BASE, SECRET, [(WORD, WORD.encode()), ("d", None), ("d/" + WORD, b"-> " + WORD.encode())]]
    save_one("old.tar", layers, name="x:" + WORD, config=config, history=["RUN a", "RUN b", f"RUN c {WORD}"])
    for new in ([BASE], [BASE, [("d", None), ("d/" + WORD, b"")]]):
        save_one("new.tar", new)
        for form in ("text", "json", "markdown"):
            silt.run(0 if len(new) == 1 else 1, "diff", "-o", form, "old.tar", "new.tar")


def what_was_not_looked_for_is_said(silt):
    save_one("old.tar", [BASE], config={"Env": ["DB_PASSWORD=" + SHORT]})
    save_one("new.tar", [BASE + [("w", SHORT.encode())]])
    found = silt.diff(0, "old.tar", "new.tar")["secrets"]
    if found["total"] == 1:
        assert found["not_looked_for"] == 1
        assert "1 not looked for, too short" in silt.run(0, "diff", "old.tar", "new.tar")


def nothing_is_gone_from_what_cannot_be_read(silt):
    save_one("old.tar", [BASE, SECRET])
    save_one("new.tar", [BASE + FREE + [("w.gz", gzip.compress(os.urandom(5000))[:-2000])]])
    document = silt.diff(3, "old.tar", "new.tar")
    assert survival(document) == ["unknown"] and document["verdict"] == "incomplete"
    assert document["new"]["gaps"]
    save_one("half.tar", [BASE + FREE])
    document = silt.diff(3, "new.tar", "half.tar")
    assert document["verdict"] == "incomplete" and not document["old"]["complete"]


# ---- The rest --------------------------------------------------------------------------------------------------------


def files_are_compared_in_the_final_tree(silt):
    save_one("old.tar", [BASE, [("a", b"1"), ("b", b"same"), ("c", b"xyz"), ("d", b"q"), ("e", b"-> /a"), ("f", b"5")]])
    save_one("new.tar", [BASE + [
        ("b", b"same"), ("c", b"abc"), ("d", b"q", 0o4755, 7), ("e", b"-> /b"), ("f", None), ("g", b"new"),
    ]])
    files = silt.diff(1, "old.tar", "new.tar", "--fail-on", "low")["images"][0]["files"]
    told = {item["path"]: (item["change"], item["differs"]) for item in files["items"]}
    assert told == {
        "/a": ("removed", []),
        "/c": ("changed", ["content"]),
        "/d": ("changed", ["mode", "owner"]),
        "/e": ("changed", ["content"]),
        "/f": ("changed", ["type", "mode"]),
        "/g": ("added", []),
    }, told
    assert (files["added"], files["removed"], files["changed"], files["uncompared"]) == (1, 1, 4, 0)
    assert files["bytes_added"] == 3 and files["bytes_removed"] == 1


def a_long_list_of_files_is_counted_in_full(silt):
    save_one("old.tar", [BASE])
    save_one("new.tar", [BASE, [(f"f{i:04}", b"x") for i in range(500)]])
    document = silt.diff(0, "old.tar", "new.tar")
    files = document["images"][0]["files"]
    assert files["added"] == 500 and len(files["items"]) == 200 and files["not_listed"] == 300
    assert document["images"][0]["common_layers"] == 1
    assert "and 490 more" in silt.run(0, "diff", "old.tar", "new.tar")


def configs_and_packages_are_compared(silt):
    status = "Package: {}\nStatus: install ok installed\nVersion: {}\nArchitecture: amd64\n\n"
    dpkg = [("var", None), ("var/lib", None), ("var/lib/dpkg", None)]
    old = (status.format("gone", "1") + status.format("kept", "1") + status.format("newer", "1.0")).encode()
    new = (status.format("kept", "1") + status.format("newer", "1.1")).encode()
    save_one("old.tar", [BASE + dpkg + [("var/lib/dpkg/status", old)]],
             config={"Env": ["A=1", "B=2"], "Cmd": ["a"], "ExposedPorts": {"80/tcp": {}}, "Labels": {"x": "1"}})
    save_one("new.tar", [BASE + dpkg + [("var/lib/dpkg/status", new)]],
             config={"Env": ["A=1", "B=3"], "Cmd": ["b"], "Labels": {"x": "2"}, "WorkingDir": "/w"})
    pair = silt.diff(0, "--fail-on", "high", "old.tar", "new.tar")["images"][0]
    fields = {field["field"]: (field["old"], field["new"]) for field in pair["config"]}
    assert fields == {
        "Env B": ("", ""), "Cmd": ('["a"]', '["b"]'), "Port 80/tcp": ("", None), "Label x": ("1", "2"),
        "WorkingDir": (None, "/w"),
    }, fields
    packages = {package["name"]: (package["change"], package["old"], package["new"]) for package in pair["packages"]}
    assert packages == {"gone": ("removed", "1", None), "newer": ("changed", "1.0", "1.1")}, packages


def images_are_paired_by_name(silt):
    save("old.tar", {"name": "a:1", "layers": [BASE]}, {"name": "b:1", "layers": [BASE, FREE]})
    save("new.tar", {"name": "b:1", "layers": [BASE]}, {"name": "c:1", "layers": [BASE, FREE]})
    document = silt.diff(0, "old.tar", "new.tar")
    assert [(pair["name"], pair["paired_by"]) for pair in document["images"]] == [("b:1", "name")]
    assert document["only_in_old"] == [0] and document["only_in_new"] == [1]
    text = silt.run(0, "diff", "old.tar", "new.tar")
    assert "b:1, compared by this name" in text and "OLD alone has a:1" in text and "NEW alone has c:1" in text
    assert len(silt.diff(0, "--image", "b:1", "old.tar", "new.tar")["images"]) == 1


def a_secret_is_looked_for_in_images_that_were_not_chosen(silt):
    """In a layer and in the config of another image of NEW; nothing of that is a finding of the chosen one."""
    save_one("old.tar", [BASE, SECRET])
    other = {"name": "b\x1b:1", "layers": [BASE, FREE + [("srv/words", f"one {WORD}\n".encode())]]}
    save("new.tar", {"name": "app:1", "layers": [BASE]}, {**other, "config": {"Labels": {"of.no.rule": WORD}}})
    document = silt.diff(1, "--image", "app:1", "old.tar", "new.tar")
    assert survival(document) == ["survived"]
    (secret,) = document["secrets"]["items"]
    places = {(at["image"], at["place"].split(": ")[-1], at["note"].split("; ")[0]) for at in secret["sightings"]}
    whose = "of b\\x1b:1, which was not chosen"
    assert {place for _, place, _ in places} == {"/srv/words", "config.Labels[\"of.no.rule\"]"}, places
    assert {note for _, _, note in places} == {whose} and {image for image, _, _ in places} == {None}, places
    assert document["findings"]["new"] == 0
    assert whose in silt.run(1, "diff", "--image", "app:1", "old.tar", "new.tar")


def a_finding_that_counts_only_now_is_worse(silt):
    save_one("old.tar", [BASE])
    save_one("new.tar", [BASE], config={"User": ""})
    document = silt.diff(1, "old.tar", "new.tar")
    assert document["findings"]["worse"] == 1 and document["verdict"] == "worse"
    assert silt.diff(0, "--fail-on", "critical", "old.tar", "new.tar")["findings"]["worse"] == 0
    assert silt.diff(0, "new.tar", "old.tar")["findings"]["fixed"] >= 1


def hostile_names_are_escaped(silt):
    config = {"Labels": {HOSTILE: HOSTILE}, "Env": [HOSTILE + "=x"], "WorkingDir": HOSTILE}
    save_one("old.tar", [BASE, SECRET])
    save_one("new.tar", [BASE, [(HOSTILE, WORD.encode())]], name="x:" + HOSTILE, config=config,
             history=["RUN a", "RUN " + HOSTILE])
    silt.diff(1, "old.tar", "new.tar")
    text = silt.run(1, "diff", "--color", "never", "old.tar", "new.tar")
    markdown = silt.run(1, "diff", "-o", "markdown", "old.tar", "new.tar")
    for told in (text, markdown):
        assert "\u202e" not in told and not any(line.startswith("::") for line in told.splitlines())


def the_command_line_is_checked(silt):
    save_one("old.tar", [BASE])
    silt.run(2, "diff", "old.tar")
    silt.run(2, "diff", "old.tar", "old.tar", "old.tar")
    silt.run(2, "diff", "-o", "sarif", "old.tar", "old.tar")
    silt.run(2, "diff", "-", "-")
    silt.run(4, "diff", "old.tar", "missing.tar")
    silt.run(0, "diff", "-o", "json=out.json", "-o", "text", "old.tar", "old.tar")
    assert json.load(open("out.json", encoding="ascii"))["verdict"] == "free"


def check_closed(schema):
    """No object takes a key that is not described, and each key is required."""
    todo, seen = [schema], 0
    while todo:
        node = todo.pop()
        if isinstance(node, dict):
            if "properties" in node and isinstance(node["properties"], dict):
                seen += 1
                assert node.get("additionalProperties") is False, node["properties"].keys()
                assert sorted(node["required"]) == sorted(node["properties"]), node["required"]
            todo.extend(node.values())
        elif isinstance(node, list):
            todo.extend(node)
    assert seen > 10


CHECKS = [
    a_secret_is_looked_for_wherever_it_may_be,
    what_survives_and_does_not_count_is_no_failure,
    no_text_of_old_tells_a_secret,
    what_was_not_looked_for_is_said,
    nothing_is_gone_from_what_cannot_be_read,
    files_are_compared_in_the_final_tree,
    a_long_list_of_files_is_counted_in_full,
    configs_and_packages_are_compared,
    images_are_paired_by_name,
    a_secret_is_looked_for_in_images_that_were_not_chosen,
    a_finding_that_counts_only_now_is_worse,
    hostile_names_are_escaped,
    the_command_line_is_checked,
]


def main():
    schema_path, program = map(os.path.abspath, sys.argv[1:])
    with open(schema_path, encoding="utf-8") as file:
        schema = json.load(file)
    jsonschema.Draft202012Validator.check_schema(schema)
    check_closed(copy.deepcopy(schema))
    silt = Silt(program, jsonschema.Draft202012Validator(schema))
    failed = 0
    for check in CHECKS:
        with tempfile.TemporaryDirectory() as folder:
            os.chdir(folder)
            try:
                check(silt)
            except AssertionError as error:
                failed += 1
                print(f"{check.__name__}: {error}")
            os.chdir("/")
    sys.exit(1 if failed else 0)


main()
