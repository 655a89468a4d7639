"""Feeds every string through one position of an image, and reads back what reports made of it: report.py POSITION"""

import base64
import sys

import images
import readback
import strings
from program import run


def escaped_twins(value):
    """All (text, bytes) of a document where the bytes are told beside the text."""
    for item in value if isinstance(value, list) else value.values() if isinstance(value, dict) else ():
        yield from escaped_twins(item)
    if isinstance(value, dict):
        for key, item in value.items():
            if key.endswith("_base64"):
                yield value[key[:-len("_base64")]], base64.b64decode(item, validate=True)
            elif key == "path" and item is not None and key + "_base64" not in value and "\\" in item:
                raise readback.Unreadable("no path_base64 beside %r" % item)


def read_json(data):
    """The bytes that the strings of a report stand for, one line each."""
    document = readback.strict_json(data)
    readback.demand_no_commands(data.decode())
    raw = []
    for text in readback.strings_in(document):
        readback.demand_harmless(text)
        raw.append(readback.undo(text))
    for text, told in escaped_twins(document):
        if readback.undo(text) != told:
            raise readback.Unreadable("%r is not %r" % (text, told))
    return b"\n".join(raw)


def read_text(bundle):
    """The bytes that the lines of a report stand for."""
    plain = run("scan", "--show-suppressed", "--color", "never", "-", bundle=bundle)
    readback.demand_no_commands(plain.decode())
    raw = [readback.undo(line) for line in readback.demand_text(plain).split("\n")]
    readback.demand_coloured(run("scan", "--show-suppressed", "--color", "always", "-", bundle=bundle), plain)
    return b"\n".join(raw)


def main():
    make, shown = images.POSITIONS[sys.argv[1]]
    numbered = list(enumerate(strings.read()))
    bundle = make(numbered)
    in_text = read_text(bundle)
    in_json = read_json(run("scan", "-o", "json", "--show-suppressed", "-", bundle=bundle))
    wanted = [shown(number, string) for number, string in numbered] if shown else []
    wanted = [told for told in wanted if told is not None]
    missing = [told for told in wanted if told not in in_json or told not in in_text]
    print("%d strings, %d of them told, not as they are: %d %r" % (
        len(numbered), len(wanted), len(missing), missing[:5]))
    return 1 if missing or (shown and not wanted) else 0


if __name__ == "__main__":
    sys.exit(main())
