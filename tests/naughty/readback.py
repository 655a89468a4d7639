"""Reads what silt wrote with parsers that share nothing with it, and says what should not be there.

The escape of silt is written down in docs/report.md ("Text in reports"). It is told here a second time, by the names
that Unicode has for things, and compared.
"""

import json
import re
import unicodedata

# Default_Ignorable_Code_Point of Unicode 15 (DerivedCoreProperties.txt): what a font shows as nothing at all.
IGNORABLE = [(0xAD, 0xAD), (0x34F, 0x34F), (0x61C, 0x61C), (0x115F, 0x1160), (0x17B4, 0x17B5), (0x180B, 0x180F),
             (0x200B, 0x200F), (0x202A, 0x202E), (0x2060, 0x206F), (0x3164, 0x3164), (0xFE00, 0xFE0F),
             (0xFEFF, 0xFEFF), (0xFFA0, 0xFFA0), (0xFFF0, 0xFFF8), (0x1BCA0, 0x1BCA3), (0x1D173, 0x1D17A),
             (0xE0000, 0xE0FFF)]

# Of category Cf, and yet they have a shape: signs that go around the digits behind them.
SHAPED = [(0x600, 0x605), (0x6DD, 0x6DD), (0x70F, 0x70F), (0x890, 0x891), (0x8E2, 0x8E2), (0x110BD, 0x110BD),
          (0x110CD, 0x110CD)]

# So many marks may stand on one letter.
MARKS_MAX = 4

# Sequences that a page with colours is made of.
COLOUR = re.compile(rb"\x1b\[(?:0|1|2|31|1;31|1;32|1;35|33|36)m")

ESCAPE = re.compile(rb"\\(?:x([0-9a-f]{2})|([ntr\\]))")
LETTERS = {b"n": b"\n", b"t": b"\t", b"r": b"\r", b"\\": b"\\"}


# Commands that CI servers look for in every line of a log, and one that must be the first thing in it.
LOG_COMMAND = re.compile(r"##[A-Za-z]*\[")
LINE_COMMAND = re.compile(r"\s*::")


class Unreadable(Exception):
    """What was written cannot be read back, or holds what must not be there."""


def within(code, ranges):
    return any(first <= code <= last for first, last in ranges)


def is_harmless(character):
    """True if a character may stand in text for people as it is. The backslash has its own rule."""
    code, category = ord(character), unicodedata.category(character)
    if category in ("Cc", "Cs", "Zl", "Zp") or (category == "Zs" and character != " ") or character == "\u2800":
        return False
    if category == "Cf" and not within(code, SHAPED):
        return False
    return not within(code, IGNORABLE) and not 0xFDD0 <= code <= 0xFDEF and code & 0xFFFE != 0xFFFE


def undo(text):
    """The bytes that an escaped text stands for."""
    raw, out, at = text.encode(), [], 0
    while (backslash := raw.find(b"\\", at)) >= 0:
        match = ESCAPE.match(raw, backslash)
        if not match:
            raise Unreadable("a backslash that begins no escape: %r" % text)
        out += [raw[at:backslash], bytes([int(match[1], 16)]) if match[1] else LETTERS[match[2]]]
        at = match.end()
    return b"".join(out) + raw[at:]


def is_mark(character):
    return unicodedata.category(character) in ("Mn", "Me")


def demand_harmless(text):
    characters = set(text)
    for character in characters:
        if not is_harmless(character):
            raise Unreadable("U+%04X in %r" % (ord(character), text[:200]))
    marks = 0
    for character in text if any(map(is_mark, characters)) else "":
        marks = marks + 1 if is_mark(character) else 0
        if marks > MARKS_MAX:
            raise Unreadable("marks pile up in %r" % text[:200])


def is_plain(text):
    """True if no character of it is escaped."""
    try:
        demand_harmless(text)
    except Unreadable:
        return False
    return "\\" not in text and not LOG_COMMAND.search(text)


# ---- JSON ---------------------------------------------------------------------------------------------------------


def no_twins(pairs):
    keys = [key for key, _ in pairs]
    if len(set(keys)) != len(keys):
        raise Unreadable("a key twice: %r" % keys)
    return dict(pairs)


def no_constant(name):
    raise Unreadable("%s is no JSON" % name)


def strict_json(data):
    """The document. It must be ASCII, without control bytes but newline, without twins and NaN."""
    if re.search(rb"[^\n\x20-\x7e]", data):
        raise Unreadable("the JSON has a byte that is no printable ASCII")
    return json.loads(data, object_pairs_hook=no_twins, parse_constant=no_constant)


def strings_in(value):
    """All strings of a document, keys too."""
    if isinstance(value, str):
        yield value
    for item in value if isinstance(value, list) else ():
        yield from strings_in(item)
    if isinstance(value, dict):
        for key, item in value.items():
            yield key
            yield from strings_in(item)


# ---- Text ---------------------------------------------------------------------------------------------------------


def demand_text(data):
    """Lines of UTF-8 in which nothing steers a terminal."""
    try:
        text = data.decode()
    except UnicodeDecodeError as error:
        raise Unreadable("no UTF-8: %s" % error) from error
    for line in text.split("\n"):
        demand_harmless(line)
    return text


def demand_no_commands(text, lines=True):
    """Nothing of an image is a command when it goes to the log of a CI server; `lines`: nor are whole lines of it."""
    for line in text.split("\n"):
        if LOG_COMMAND.search(line) or (lines and LINE_COMMAND.match(line)):
            raise Unreadable("a command for a CI server: %r" % line[:200])


def demand_coloured(data, plain):
    """Text with colours: without the sequences that are ours it is the text without."""
    if COLOUR.sub(b"", data) != plain:
        raise Unreadable("with colours it is another text")
