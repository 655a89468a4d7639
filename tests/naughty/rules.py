"""Strings as the texts of rules of one's own: a rule file either holds lines that can be printed, or is refused with a
sentence; and what is printed of it is what stands there."""

import json
import os
import sys
import tempfile

import readback
import strings
from program import run

RULE = {"severity": "high", "anchors": ["owntok_"], "pattern": "owntok_[a-z]{10}", "positive": ["owntok_abcdefghij"],
        "negative": ["owntok_1"]}
FIELDS = ("title", "revoke", "provider", "pattern", "files", "keywords", "anchors")
LISTS = ("files", "keywords", "anchors")
LONGEST = 60


def rule(number, field, text):
    value = [text] if field in LISTS else text
    return {"id": "own-%d" % number, "title": "Own", "revoke": "Ask.", **RULE, field: value}


def write(folder, rules):
    """JSON is YAML."""
    path = os.path.join(folder, "rules.yaml")
    with open(path, "w", encoding="utf-8") as file:
        json.dump({"rules": rules}, file, ensure_ascii=False)
    return path


def show(path, ids, **more):
    own = ("--no-default-rules", "--rules", path)
    written = run("rules", *own, "list", **more)
    return readback.demand_text(written + (run("rules", *own, "show", *ids, **more) if ids else b""))


def main():
    texts = [strings.as_json(string) for string in strings.read() if len(string) < 2000]
    texts = [text for text in texts if text and not any("\ud800" <= c <= "\udfff" for c in text)]
    plain = [text for text in texts if readback.is_plain(text) and len(text.encode()) <= LONGEST]
    with tempfile.TemporaryDirectory() as folder:
        rules = [rule(number, "title", text) for number, text in enumerate(plain)]
        shown = show(write(folder, rules), [one["id"] for one in rules])
        lost = [text for text in plain if text not in shown]
        refused = 0
        for number, text in enumerate(text for text in texts if text not in plain):
            said = []
            path = write(folder, [rule(number, FIELDS[number % len(FIELDS)], text)])
            show(path, [], statuses=(0, 2, 3), said=said)
            refused += bool(said[0])
    print("%d texts are shown, %d not: %r; %d are refused" % (len(plain), len(lost), lost[:5], refused))
    return 1 if lost or not plain or not refused else 0


if __name__ == "__main__":
    sys.exit(main())
