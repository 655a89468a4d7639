"""
Who lists the setuid file of each lie: Go's archive/tar, libarchive, GNU tar, Python's tarfile. readers.txt keeps it.

    readers.py --write        asks the readers that are installed, and writes readers.txt; needs all of them
    readers.py --compare      asks them, and compares; exit 77 if none is there
    readers.py --table        writes the table of docs/hostile.md
    readers.py --document MD  exit 0 if the table in that file is the same

A cell is "lists", "hides" (it reads to its end and does not list it), or "refuses" (it gives up before it got there).
"""

import json
import os
import re
import resource
import shutil
import subprocess
import sys
import tempfile

import plants

HERE = os.path.dirname(os.path.abspath(__file__))
READERS = ("go", "libarchive", "gnu", "python")
FILES = ("0", "\0", "7", "S")
TITLES = {"go": "Go (Docker)", "libarchive": "libarchive", "gnu": "GNU tar", "python": "Python"}


def recorded():
    """Per lie and reader: True if it lists the file."""
    return {lie: {reader: cell == "lists" for reader, cell in cells.items()} for lie, cells in cells_of_file().items()}


def cells_of_file():
    table = {}
    with open(os.path.join(HERE, "readers.txt"), encoding="utf-8") as file:
        for line in file:
            if not line.startswith("#"):
                lie, *cells = line.split()
                table[lie] = dict(zip(READERS, cells))
    return table


def verdict(lists, fails):
    return "lists" if lists else "refuses" if fails else "hides"


def ask_go(paths, folder):
    program = os.path.join(folder, "list")
    subprocess.run(["go", "build", "-o", program, os.path.join(HERE, "list.go")], check=True, timeout=300,
                   env={**os.environ, "GO111MODULE": "off", "GOFLAGS": "", "GOCACHE": os.path.join(folder, "cache")})
    cells = {}
    done = subprocess.run([program, *paths], capture_output=True, timeout=300, check=True)
    for line in map(json.loads, done.stdout.splitlines()):
        lists, fails = cells.get(line["Tar"], (False, False))
        cells[line["Tar"]] = (lists or bool(line["Mode"] & 0o4000 and line["Type"] in FILES),
                              fails or line["Error"] not in ("", "EOF"))
    return [verdict(*cells[path]) for path in paths]


def confined():
    """A hostile map of a sparse file costs Python's reader 8 GB."""
    resource.setrlimit(resource.RLIMIT_AS, (1 << 30, 1 << 30))
    resource.setrlimit(resource.RLIMIT_CPU, (20, 20))


def ask_program(command, path):
    done = subprocess.run([*command, path], capture_output=True, timeout=600, check=False, preexec_fn=confined,
                          env={**os.environ, "LC_ALL": "C.UTF-8"})
    return verdict(re.search(rb"^[-h?]..s", done.stdout, re.MULTILINE), done.returncode != 0)


def installed():
    programs = {"go": "go", "libarchive": "bsdtar", "gnu": "tar", "python": "python3"}
    return [reader for reader in READERS if shutil.which(programs[reader])]


def ask(lies):
    """Per lie, what the readers that are installed say."""
    with tempfile.TemporaryDirectory() as folder:
        paths = [os.path.join(folder, lie) for lie in lies]
        for lie, path in zip(lies, paths):
            with open(path, "wb") as file:
                file.write(plants.tar_of(lie, "setuid"))
        there, answers = installed(), {}
        if "go" in there:
            answers["go"] = ask_go(paths, folder)
        if "libarchive" in there:
            answers["libarchive"] = [ask_program(["bsdtar", "-tvf"], path) for path in paths]
        if "gnu" in there:
            answers["gnu"] = [ask_program(["tar", "-tvf"], path) for path in paths]
        answers["python"] = [ask_program([sys.executable, "-m", "tarfile", "-v", "-l"], path) for path in paths]
    return {lie: {reader: answers[reader][at] for reader in answers} for at, lie in enumerate(lies)}


def versions():
    def first(*command):
        return subprocess.run(command, capture_output=True, check=True, timeout=60).stdout.decode().splitlines()[0]
    return "%s; %s; %s; Python %s" % (first("go", "version").split()[2], first("bsdtar", "--version"),
                                      first("tar", "--version"), sys.version.split()[0])


def write():
    answers = ask(list(plants.LIES))
    with open(os.path.join(HERE, "readers.txt"), "w", encoding="utf-8") as file:
        print("# Written by readers.py: who lists the setuid file of a lie. %s" % versions(), file=file)
        print("# %s" % " ".join(("lie", *READERS)), file=file)
        for lie, cells in answers.items():
            print(lie, *(cells[reader] for reader in READERS), file=file)
    return 0


def compare():
    before, now = cells_of_file(), ask(list(plants.LIES))
    wrong = ["%s: %s %s, and readers.txt says %s" % (lie, reader, cell, before.get(lie, {}).get(reader))
             for lie, cells in now.items() for reader, cell in cells.items()
             if before.get(lie, {}).get(reader) != cell]
    print("\n".join(wrong))
    return 1 if wrong else 0


WORDS = {"lists": "yes", "hides": "no", "refuses": "gives up"}


def table():
    """The lies that readers disagree about."""
    cells = cells_of_file()
    lines = ["| construction | %s |" % " | ".join(TITLES[reader] for reader in READERS), "|" + " --- |" * 5]
    for lie, answers in cells.items():
        if len(set(answers.values())) > 1:
            lines.append("| %s | %s |" % (lie.replace("_", " "), " | ".join(WORDS[answers[reader]]
                                                                            for reader in READERS)))
    alike = sum(len(set(answers.values())) == 1 for answers in cells.values())
    return lines + ["", "%d more constructions are read alike by all four." % alike]


def check_document(path):
    with open(path, encoding="utf-8") as file:
        lines = file.read().splitlines()
    written = lines[lines.index("<!-- made from tests/flow/hostile/readers.txt -->") + 1:lines.index("<!-- end -->")]
    if written == table():
        return 0
    print("%s is out of date: the output of readers.py --table belongs between its marks" % path)
    return 1


def main():
    if sys.argv[1] == "--document":
        return check_document(sys.argv[2])
    if sys.argv[1] == "--table":
        print("\n".join(table()))
        return 0
    return {"--write": write, "--compare": compare}[sys.argv[1]]()


if __name__ == "__main__":
    sys.exit(main())
