"""Reads the CSV report with the csv module: check_csv.py SAMPLE-PROGRAM"""

import csv
import io
import subprocess
import sys

STARTS = tuple("=+-@\uff1d\uff0b\uff0d\uff20")


def run(*command):
    return subprocess.run(command, check=True, stdout=subprocess.PIPE).stdout.decode("utf-8")


def without_guard(field):
    """What was there before formulas were made text of."""
    out, begins = [], True
    for number, char in enumerate(field):
        guard = begins and char == "'" and field[number + 1:number + 2] in STARTS
        if not guard:
            out.append(char)
        begins = char == ";" or (begins and char in ' "')
    return "".join(out)


def check_no_formula(text):
    """No cell of a spreadsheet begins like a formula, whether it splits lines at commas or at semicolons."""
    for delimiter in ",;":
        for row in csv.reader(io.StringIO(text, newline=""), delimiter=delimiter):
            for cell in row:
                assert not cell.lstrip("\t\r\n \"").startswith(STARTS), cell


def main(program):
    text = run(program, "csv", "nasty")
    strings = run(program, "nasty").splitlines()
    assert text.count("\r\n") == text.count("\n") == text.count("\r")
    rows = list(csv.DictReader(io.StringIO(text, newline=""), strict=True))
    assert all(None not in row and None not in row.values() for row in rows), "a row has another number of fields"
    check_no_formula(text)

    of_nasty = [row for row in rows if row["kind"] == "finding" and row["bundle"] == strings[0]]
    for number, string in enumerate(strings):
        for field in "title", "subject", "place", "added_by", "note", "detail", "remedy":
            assert without_guard(of_nasty[number][field]) == string, (field, string, of_nasty[number][field])
    kinds = [row["kind"] for row in rows]
    assert kinds.count("bundle") == 6 and kinds[-1] == "summary"
    assert kinds.count("gap") == 2 + len(strings) and kinds.count("suppressed") == 1
    assert rows[-1]["detail"].startswith("INCOMPLETE: 6 bundles")


if __name__ == "__main__":
    main(*sys.argv[1:])
