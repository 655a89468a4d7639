#!/usr/bin/env python3
"""Compares silt's merged tree of stacks of layers with what others make of them.

    stacks.py well-formed COUNT [SEED]   as builders write them: every tree must be the same
    stacks.py odd COUNT [SEED]           as nobody writes them: every difference must be one of divergences.py
    ... SEED NUMBER...                   only these of the stacks of that seed

Run by run.sh, in a mount namespace on a tmpfs (ORACLE_WORK). ORACLE_LIST_TREE names silt's lister. A body that an oracle
shows and silt calls hidden is an error also where a reason explains it, if silt has no finding about it.
"""
import collections
import functools
import multiprocessing
import os
import random
import shutil
import sys
import time

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "../flow/recipes"))

import lister
import merged
import stack_builder
import stack_layers as layers
import stack_odd
from case import Case
from divergences import HARMLESS, explain
from merged import Name

CHUNK = 50
SHOWN_MAX = 10
# Notes of silt that become findings: something may be there that silt calls hidden.
TELLING = {"both", "dangling", "hides-through-link", "late-opaque", "late-target", "link-loop", "made-again",
           "no-parent", "opaque-root", "undone"}
FIELDS = ("type", "mode", "uid", "gid", "mtime", "link", "device", "capability", "content", "group")


# ---- silt's tree ---------------------------------------------------------------------------------------------------

class Ours:
    """What silt's lister says of one stack."""

    def __init__(self):
        self.tree, self.notes, self.fates = {}, [], {}

    def take(self, line):
        if "path" in line:
            self.tree[line["path"].encode("latin-1")] = self.name(line)
        elif "note" in line:
            self.notes.append((line["note"], *map(int, line["place"].split("."))))
        else:
            self.fates[line["fate"]] = line["is"]

    @staticmethod
    def name(line):
        name = Name(line.get("type", "hardlink" if line["meta"] else "directory"), placed=line["meta"])
        if line["path"] == "":
            name.type = "directory"
        if line["meta"]:
            name.mode, name.uid, name.gid, name.mtime = line["mode"], line["uid"], line["gid"], line["mtime"]
        if name.type == "file":
            name.content = line["content"]
            name.capability = bytes.fromhex(line["capability"])
        elif name.type == "symlink":
            name.link = line["link"].encode("latin-1")
            name.mode = 0o777  # the kernel has no other
        elif name.type.endswith("device"):
            name.device = (line["major"], line["minor"])
        name.group = line["content"] or line["meta"]
        return name


def by_silt(stacks):
    """`stacks`: lists of tars, as file names."""
    trees = []
    lines = (f"{number} {' '.join(files)}" for number, files in enumerate(stacks))
    for line in lister.ask(os.environ["ORACLE_LIST_TREE"], lines):
        if "stack" in line:
            trees.append(Ours())
        else:
            trees[-1].take(line)
    return trees


def shown_bodies(tree):
    return {name.content for name in tree.values() if name.type == "file" and name.content}


def contradictions(work):
    """A body is visible if and only if some name shows it."""
    visible = {place for place, fate in work.ours.fates.items() if fate == "visible" and work.has_body(place)}
    return sorted(shown_bodies(work.ours.tree) ^ visible)


# ---- Comparison ----------------------------------------------------------------------------------------------------

def groups(tree):
    """{path: all paths of the same inode}"""
    names = collections.defaultdict(set)
    for path, name in tree.items():
        if name.type != "directory":
            names[name.group].add(path)
    return {path: frozenset(names[name.group]) for path, name in tree.items() if name.type != "directory"}


def differences(ours, theirs):
    """(path, field, ours, theirs); the field "name" is the name itself."""
    our_groups, their_groups = groups(ours), groups(theirs)
    for path in sorted(set(ours) | set(theirs)):
        if path not in ours or path not in theirs:
            yield path, "name", path in ours, path in theirs
            continue
        one, other = ours[path], theirs[path]
        if one.type != other.type:
            yield path, "type", one.type, other.type
            continue
        for field in FIELDS[1:-1]:
            value, their_value = getattr(one, field), getattr(other, field)
            if value != their_value and None not in (value, their_value):
                yield path, field, value, their_value
        if our_groups.get(path) != their_groups.get(path):
            yield path, "group", our_groups.get(path), their_groups.get(path)


# ---- One stack -----------------------------------------------------------------------------------------------------

class Work:
    """A stack with its place on disk."""

    def __init__(self, number, stack, built=None):
        self.number, self.stack, self.built = number, stack, built
        self.folder = os.path.join(os.environ["ORACLE_WORK"], str(number))
        self.tars = [layers.write_layer(at, entries) for at, entries in enumerate(stack)]
        self.files = [f"{self.folder}/{at}.tar" for at in range(len(stack))]
        self.ours, self.below = None, None

    def write(self):
        os.mkdir(self.folder)
        for file, tar in zip(self.files, self.tars):
            with open(file, "wb") as out:
                out.write(tar)

    def has_body(self, place):
        number, index = map(int, place.split("."))
        entry = self.stack[number][index]
        return entry.kind == "file" and not entry.is_mark and entry.path != b""

    def trees_below(self):
        if self.below is None:
            self.below = [ours.tree for ours in by_silt([self.files[:count] for count in range(len(self.files) + 1)])]
        return self.below

    def remove(self):
        shutil.rmtree(self.folder)


def built_tree(nodes):
    """The builder's own tree. Whose body a file has it does not know."""
    return {path: Name(node.kind, node.mode, node.uid, node.gid, node.mtime, node.link, node.device, node.capability,
                       None, node.number) for path, node in nodes.items()}


def make_work(kind, seed, number):
    rng = random.Random(f"{kind}/{seed}/{number}")
    work = Work(number, *stack_builder.well_formed(rng)) if kind == "well-formed" else Work(number, stack_odd.odd(rng))
    work.write()
    return work


ORACLES = {"umoci": lambda work: merged.by_umoci(work.folder, work.tars),
           "overlay": lambda work: merged.by_overlay(work.folder, work.stack),
           "builder": lambda work: built_tree(work.built)}


class Tally:
    """What a number of stacks came to."""

    def __init__(self):
        self.counts, self.failures = collections.Counter(), []

    def count(self, work):
        self.counts["names"] += len(work.ours.tree)
        self.counts["entries"] += sum(map(len, work.stack))
        self.failures += [f"stack {work.number}: {place} is shown and not visible, or the other way round"
                          for place in contradictions(work)]

    def fail(self, work, oracle, sentence):
        self.failures.append(f"stack {work.number}, {oracle}: {sentence}; silt notes {work.ours.notes}")

    def add(self, other):
        self.counts.update(other.counts)
        self.failures += other.failures

    def compare(self, work, oracle, started, ask):
        self.counts[oracle, "stacks"] += 1
        try:
            theirs = ask()
        except merged.Refused as refusal:
            self.counts[oracle, "refused"] += 1
            if work.built:
                self.fail(work, oracle, f"refuses what is well-formed: {refusal}")
            return
        case = Case(work.stack, work.ours, theirs, oracle, started, work.trees_below)
        reasons = set()
        for difference, reason in explain(case, differences(work.ours.tree, theirs)):
            if not reason or (work.built and reason not in HARMLESS):
                path, field, ours, other = difference
                self.fail(work, oracle, f"{field} of {path!r} is {ours!r}, theirs {other!r}; would be {reason}")
                reason = "unexplained"
            if reason not in HARMLESS:
                reasons.add(reason)
        self.counts[oracle, "same"] += not reasons
        self.counts.update((oracle, reason) for reason in reasons)
        hidden = shown_bodies(theirs) - shown_bodies(work.ours.tree)
        if hidden and not TELLING & {kind for kind, _, _ in work.ours.notes}:
            self.fail(work, oracle, f"shows {sorted(hidden)}; silt does not, and tells nobody")


def compare_chunk(task):
    kind, seed, numbers, oracles = task
    started, tally = int(time.time()) - 1, Tally()
    works = [make_work(kind, seed, number) for number in numbers]
    for work, ours in zip(works, by_silt([work.files for work in works])):
        work.ours = ours
        tally.count(work)
        for oracle in oracles:
            tally.compare(work, oracle, started, functools.partial(ORACLES[oracle], work))
        work.remove()
    return tally


def report(tally, oracles):
    """One line for each oracle: how many trees are the same, and of how many others which reason explains something."""
    for oracle in oracles:
        counts = {key[1]: count for key, count in tally.counts.items() if isinstance(key, tuple) and key[0] == oracle}
        compared = counts.pop("stacks") - counts.pop("refused", 0)
        same = counts.pop("same", 0)
        reasons = ", ".join(f"{count} {what}" for what, count in sorted(counts.items(), key=lambda item: -item[1]))
        print(f"{oracle}: {compared} trees compared, {same} the same ({100 * same / max(compared, 1):.1f} %)"
              + (f"; in others: {reasons}" if reasons else ""))
    for failure in tally.failures[:SHOWN_MAX]:
        print(f"FAILED: {failure}")
    print(f"{tally.counts['entries']} entries, {tally.counts['names']} names of merged trees, "
          f"{len(tally.failures)} failures")


def main():
    kind, count, seed = sys.argv[1], int(sys.argv[2]), sys.argv[3] if sys.argv[3:] else "1"
    oracles = ["overlay"] + ["umoci"] * bool(shutil.which("umoci")) + ["builder"] * (kind == "well-formed")
    if "umoci" not in oracles:
        print("skipped: umoci is not installed, so its trees are not compared")
    numbers = range(count)
    if sys.argv[4:]:
        numbers = [int(word) for word in sys.argv[4:]]
    tasks = [(kind, seed, numbers[at:at + CHUNK], oracles) for at in range(0, len(numbers), CHUNK)]
    tally = Tally()
    with multiprocessing.Pool(os.cpu_count()) as pool:
        for part in pool.imap_unordered(compare_chunk, tasks):
            tally.add(part)
    report(tally, oracles)
    return 1 if tally.failures else 0


if __name__ == "__main__":
    sys.exit(main())
