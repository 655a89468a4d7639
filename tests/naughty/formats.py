"""Feeds every string through one position of an image, and reads the reports for other tools: formats.py POSITION

Each is read by a parser that shares nothing with silt, as the tools that take it do (tests/unit/report/check_*.py).
"""

import csv
import io
import os
import sys
import tempfile
import xml.etree.ElementTree

import images
import readback
import strings
from program import run

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "../unit/report"))
import check_csv  # noqa: E402
import check_github  # noqa: E402
import check_junit  # noqa: E402
import check_markdown  # noqa: E402


def read_csv(text):
    readback.demand_text(text.replace("\r\n", "\n").encode())
    rows = list(csv.reader(io.StringIO(text, newline=""), strict=True))
    assert len({len(row) for row in rows}) == 1, "a row has another number of fields"
    check_csv.check_no_formula(text)


def read_github(text):
    readback.demand_text(text.encode())
    parsed = [check_github.parse(line) for line in text.split("\n")[:-1]]
    assert None not in parsed, "a line is no command"
    commands = [command for command, _, _ in parsed]
    assert set(commands) <= {"error", "warning", "notice"}, set(commands)
    assert all(commands.count(command) <= 10 for command in set(commands))


def read_jsonl(text):
    for line in text.split("\n")[:-1]:
        for string in readback.strings_in(readback.strict_json(line.encode())):
            readback.demand_harmless(string)


def read_junit(text):
    readback.demand_text(text.encode())
    check_junit.check_totals(xml.etree.ElementTree.fromstring(text))


def read_markdown(text):
    readback.demand_text(text.encode())
    check_markdown.render(text)


def read_table(text):
    readback.demand_text(text.encode())


READERS = {"csv": read_csv, "github": read_github, "jsonl": read_jsonl, "junit": read_junit, "markdown": read_markdown,
           "table": read_table}


def main():
    make, _ = images.POSITIONS[sys.argv[1]]
    bundle = make(list(enumerate(strings.read())))
    with tempfile.TemporaryDirectory() as folder:
        targets = [f"--output={name}={folder}/{name}" for name in READERS]
        run("scan", "--show-suppressed", "--fail-on", "low", *targets, "-", bundle=bundle)
        for name, read in READERS.items():
            with open(f"{folder}/{name}", encoding="utf-8", newline="") as file:
                text = file.read()
            assert text.endswith("\n"), name
            readback.demand_no_commands(text, lines=name != "github")
            read(text)
            print("%s: %d bytes" % (name, len(text)))


if __name__ == "__main__":
    main()
