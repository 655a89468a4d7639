"""Reads the workflow commands as GitHub's runner does: check_github.py SAMPLE-PROGRAM

Written after ActionCommand.TryParseV2 of github.com/actions/runner, which drops blanks in front, wants "::" twice, splits
properties at commas, and undoes the escapes one after the other.
"""

import subprocess
import sys

ESCAPES = [("\r", "%0D"), ("\n", "%0A"), ("%", "%25")]
PROPERTY_ESCAPES = ESCAPES[:2] + [(":", "%3A"), (",", "%2C")] + ESCAPES[2:]


def run(*command):
    return subprocess.run(command, check=True, stdout=subprocess.PIPE).stdout.decode("utf-8")


def unescape(text, escapes):
    for char, escape in escapes:
        text = text.replace(escape, char)
    return text


def parse(line):
    """Command, properties and message of a line; None if it is no command."""
    line = line.lstrip()
    if not line.startswith("::") or "::" not in line[2:]:
        return None
    info, message = line[2:].split("::", 1)
    command, _, rest = info.partition(" ")
    pairs = [pair.split("=", 1) for pair in rest.strip().split(",") if pair]
    properties = {pair[0]: unescape(pair[1], PROPERTY_ESCAPES) for pair in pairs if len(pair) == 2}
    return command, properties, unescape(message, ESCAPES)


def main(program):
    strings = run(program, "nasty").splitlines()
    text = run(program, "github", "nasty")
    assert "\r" not in text and text.endswith("\n")
    parsed = [parse(line) for line in text.split("\n")[:-1]]
    assert None not in parsed, "a line is no command"
    commands = [command for command, _, _ in parsed]
    assert set(commands) == {"error", "warning", "notice"}
    assert all(commands.count(command) <= 10 for command in set(commands)), "GitHub shows 10 of each"
    assert all(set(properties) <= {"file", "title"} for _, properties, _ in parsed)
    files = {properties["file"] for _, properties, _ in parsed if "file" in properties}
    assert files == {"shop.tar", "\\x1b]0;owned\\x07.tar", strings[0]}, files

    told = [(properties["title"], message.split("\n")) for _, properties, message in parsed
            if properties["title"] != "policy"]
    assert told[0][0] == "not everything was looked at" and told[0][1][0] == "39 gaps"
    shown = [number for number, string in enumerate(strings) if any(lines[0] == string for _, lines in told)]
    assert {0, 5, 10, 15, 20} <= set(shown) and 2 in shown, shown
    for number in shown:
        lines = next(lines for _, lines in told if lines[0] == strings[number])
        assert lines[-1] == f"id: {number:032x}", lines
    command, properties, message = parsed[-1]
    assert command == "notice" and properties == {"title": "silt"} and message.startswith("INCOMPLETE: 6 bundles")
    assert "\nNot shown: " in message


if __name__ == "__main__":
    main(*sys.argv[1:])
