"""Reads strings.txt: each string as bytes."""

import codecs
import os
import re

LIST = os.path.join(os.path.dirname(os.path.abspath(__file__)), "strings.txt")


def unescape(text):
    """What \\xNN, \\uNNNN, \\UNNNNNNNN, \\n, \\t, \\r and \\\\ stand for, as bytes."""
    def one(match):
        if match[1]:
            return chr(int(match[1], 16)).encode()
        return codecs.escape_decode(match[0].encode())[0]

    pieces, end = [], 0
    for match in re.finditer(r"\\(?:u([0-9a-f]{4})|U([0-9a-f]{8})|x[0-9a-f]{2}|[ntr\\])", text):
        pieces += [text[end:match.start()].encode(),
                   chr(int(match[2], 16)).encode() if match[2] else one(match)]
        end = match.end()
    return b"".join(pieces) + text[end:].encode()


def statement(line):
    word, _, rest = line.partition(" ")
    if word == "text":
        return [unescape(rest)]
    if word == "times":
        count, _, text = rest.partition(" ")
        return [unescape(text) * int(count)]
    first, last = (int(number, 16) for number in rest.split(".."))
    if word == "chars":
        return [b"a" + chr(code).encode() + b"b" for code in range(first, last + 1)]
    if word == "bytes":
        return [b"a" + bytes([byte]) + b"b" for byte in range(first, last + 1)]
    raise ValueError("no such statement: " + word)


def read():
    """All strings, each once, in the order of the list."""
    with open(LIST, encoding="ascii") as file:
        lines = [line.rstrip("\n") for line in file]
    strings = [string for line in lines if line and not line.startswith("#") for string in statement(line)]
    return list(dict.fromkeys(strings))


def as_json(string):
    """The text for a JSON document, surrogates and all; None if it has bytes that no JSON can hold."""
    try:
        return string.decode("utf-8", "surrogatepass")
    except UnicodeDecodeError:
        return None
