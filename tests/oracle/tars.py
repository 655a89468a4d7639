#!/usr/bin/env python3
"""Compares the entries that silt reads of tars with those of other readers.

    tars.py written            tars that GNU tar, bsdtar, Python and Go wrote, read by silt and by all four
    tars.py hostile [N [SEED]] tars made to be read in two ways, and N more made at random, read by silt and by Go

ORACLE_LIST_ENTRIES names silt's lister. Exit status: 0 all agree, 1 they do not, 77 skipped.
"""
import collections
import copy
import os
import re
import shutil
import sys
import tempfile

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "../flow/recipes"))

import readers
import tar_cases
import tar_written

SHOWN_MAX = 20
HEADER_ONLY = {"hardlink", "symlink", "directory", "char-device", "block-device", "fifo"}


# ---- Differences ---------------------------------------------------------------------------------------------------

def comparable(entry):
    """Without what means nothing: the size of what has no body; owners as 64 bits."""
    values = {key: value for key, value in vars(entry).items() if key != "flag"}
    if entry.type in HEADER_ONLY:
        values.update(size=0, body=None)
    values["uid"] %= 1 << 64
    values["gid"] %= 1 << 64
    return values


def first_difference(ours, theirs):
    """A sentence, or "" if there is none. What one of the two does not tell is not compared."""
    for number, (one, other) in enumerate(zip(ours, theirs)):
        one, other = comparable(one), comparable(other)
        for field, value in one.items():
            if value != other[field] and not (field in ("body", "xattrs") and None in (value, other[field])):
                return f"entry {number} ({one['path']!r}): {field} is {value!r}, theirs {other[field]!r}"
    if len(ours) != len(theirs):
        rest = max(ours, theirs, key=len)[min(len(ours), len(theirs))]
        return f"{len(ours)} entries, theirs {len(theirs)}; the first without a pair is {rest.path!r}"
    return ""


# ---- What readers are known to do otherwise ------------------------------------------------------------------------

def without_labels(theirs, _):
    return [entry for entry in theirs if entry.flag != "V"]


def with_labels(theirs, ours):
    return ours[:1] + theirs if len(theirs) < len(ours) and ours[0].type == "other" else theirs


def with_dumps(theirs, ours):
    for entry, one in zip(theirs, ours):
        if (entry.type, one.type) == ("directory", "other"):
            entry.type, entry.size, entry.body = one.type, one.size, None
    return theirs


def without_times_in_names(theirs, _):
    for entry in theirs:
        entry.path = re.sub(rb"^[0-7]{11}/", b"", entry.path)
    return theirs


def is_utf8(name):
    return name.decode(errors="replace").encode() == name


def with_names_that_are_no_text(theirs, ours):
    for number, entry in enumerate(ours):
        if not is_utf8(entry.path) and len(theirs) < len(ours):
            theirs.insert(number, entry)
    return theirs


# name: (readers, sentence, what makes their entries silt's)
KNOWN = {
    "label-hidden": ({"bsdtar"}, "the label of a volume (type V) is no entry", with_labels),
    "dump-directory": ({"gnu", "bsdtar"}, "a directory of an incremental dump (type D) is one; Go has no such type",
                       with_dumps),
    "label-shown": ({"gnu"}, "the label of a volume in a global PAX header is shown as an entry", without_labels),
    "times-as-prefix": ({"python"}, "the times that old GNU headers have are read as the start of the name",
                        without_times_in_names),
    "names-are-text": ({"bsdtar"}, "an entry whose PAX name is no UTF-8 is left out, with an error",
                       with_names_that_are_no_text),
}


def explain(reader, ours, theirs):
    """(the known differences that there are, what they do not explain)"""
    names, trouble = [], first_difference(ours, theirs)
    for name, (who, _, adjust) in KNOWN.items():
        if trouble and reader in who:
            adjusted = adjust(copy.deepcopy(theirs), ours)
            if adjusted != theirs:
                names.append(name)
                theirs, trouble = adjusted, first_difference(ours, adjusted)
    return names, trouble


# ---- Written by programs -------------------------------------------------------------------------------------------

def read_by_all(lister, go, files):
    readings = {"gnu": list(map(readers.by_gnu_tar, files)), "python": list(map(readers.by_python, files))}
    if shutil.which("bsdtar"):
        readings["bsdtar"] = [readers.by_bsdtar(file, "sparse" in file) for file in files]
    if go:
        readings["go"] = readers.by_program(go, files)
    for name in {"bsdtar", "go"} - set(readings):
        print(f"skipped: {name} is not here, so its reading is not compared")
    return readers.by_program(lister, files), readings


def compare_written(lister, folder):
    go = readers.go_lister(folder)
    files = list(tar_written.written(folder, go))
    ours, readings = read_by_all(lister, go, files)
    failed = 0
    for reader, theirs in sorted(readings.items()):
        known, entries = collections.Counter(), 0
        for file, one, other in zip(files, ours, theirs):
            names, trouble = explain(reader, one.entries, other.entries)
            entries += len(one.entries)
            if trouble or (other.error and not names):
                failed += 1
                print(f"FAILED: {os.path.basename(file)}, {reader}: {trouble} {other.error}")
            known.update(names)
        print(f"{reader}: {len(files)} tars, {entries} entries compared; known differences: {dict(known)}")
    return failed


# ---- Made by hand --------------------------------------------------------------------------------------------------

def write_cases(folder, count, seed):
    cases = list(tar_cases.constructions()) + list(tar_cases.random_tars(seed, count))
    files = []
    for number, (_, data) in enumerate(cases):
        files.append(f"{folder}/{number}")
        with open(files[-1], "wb") as file:
            file.write(data)
    return [name for name, _ in cases], files


def judge(ours, theirs):
    """What is wrong with silt's reading, where Go reads otherwise; "" if nothing is."""
    listed = ours.entries
    if theirs.error:
        listed = listed[:len(theirs.entries)]
        if not ours.notes:
            return f"Go gives up ({theirs.error}), silt has nothing to say"
    return first_difference(listed, theirs.entries)


def compare_hostile(lister, folder, count, seed):
    go = readers.go_lister(folder)
    if not go:
        print("skipped: there is no Go here")
        sys.exit(77)
    names, files = write_cases(folder, count, seed)
    failed = 0
    for name, ours, theirs in zip(names, readers.by_program(lister, files), readers.by_program(go, files)):
        trouble = judge(ours, theirs)
        if trouble:
            failed += 1
            if failed <= SHOWN_MAX:
                print(f"FAILED: {name}: {trouble}; noted: {', '.join(ours.notes) or 'nothing'}")
    print(f"{len(names)} tars, {failed} read otherwise than by Go")
    return failed


def main():
    words = sys.argv[1:]
    lister = os.environ["ORACLE_LIST_ENTRIES"]
    folder = tempfile.mkdtemp(prefix="silt-tars.")
    try:
        if words[:1] == ["written"]:
            failed = compare_written(lister, folder)
        elif words[:1] == ["hostile"]:
            count, seed = int(words[1]) if words[1:] else 2000, words[2] if words[2:] else "1"
            failed = compare_hostile(lister, folder, count, seed)
        else:
            raise SystemExit(__doc__)
    finally:
        shutil.rmtree(folder)
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
