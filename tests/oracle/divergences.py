#!/usr/bin/env python3
"""Where runtimes make another tree than silt of an odd stack. Each reason has a name, a sentence and a condition:
whether the layers have, where the trees differ, what it is about. What no reason explains is an error, of silt or of
what is known of the runtime.

    divergences.py          prints the table of docs/formats.md
    divergences.py FILE     fails if a row of it is not in the file
"""
import collections
import os
import sys

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "../flow/recipes"))

import stack_layers as layers
from stack_layers import is_within, parent_of

ATTRIBUTES = ("mode", "uid", "gid", "mtime", "capability")

# What is said of one of them is true of all that work alike.
FAMILIES = {"docker-overlay2": "overlay", "containerd-overlayfs": "overlay", "podman-overlay": "overlay",
            "docker-vfs": "plain", "containerd-native": "plain", "podman-vfs": "plain"}
PEOPLE = {"overlay": "overlayfs", "plain": "plain folders", "umoci": "umoci",
          "containerd-native": "containerd: plain folders"}

# Good enough for well-formed stacks, too.
HARMLESS = {"root-attributes", "copied-times"}

Divergence = collections.namedtuple("Divergence", "oracles told sentence applies")
DIVERGENCES = {}  # by name, in the order of this file: the first that applies is the reason


def divergence(*oracles, told=""):
    """The function below is called what the reason is called, and its text is the sentence. `told`: silt's finding."""
    def register(function):
        sentence = " ".join(function.__doc__.split())
        DIVERGENCES[function.__name__.replace("_", "-")] = Divergence(set(oracles), told, sentence, function)
        return function
    return register


# ---- Reasons -------------------------------------------------------------------------------------------------------
# Each is asked about one difference: a path, the field ("name": whether it is there), silt's value, the oracle's value.

@divergence("overlay", "plain", "builder")
def root_attributes(case, path, field, ours, theirs):
    """the attributes of the root stay as they are, whatever its entry says"""
    return path == b"" and field in ATTRIBUTES


@divergence("containerd-native")
def copied_times(case, path, field, ours, theirs):
    """the layers below are copied, and directories with them get the time of that"""
    return field == "mtime" and theirs >= case.started


@divergence("umoci", "overlay", "plain")
def time_of_extraction(case, path, field, ours, theirs):
    """a directory that is made or changed without an entry of its own gets the time of extraction"""
    return field == "mtime" and theirs >= case.started


@divergence("umoci", "overlay", "plain")
def hardlink_attributes(case, path, field, ours, theirs):
    """hardlinks whose headers differ: silt gives each name its own attributes, umoci gives all those of the first
    header, the others those of the last"""
    if field not in ATTRIBUTES or not case.ours.tree[path].placed:
        return False
    group = case.ours.tree[path].group
    shown = case.entry(group).path
    linked = any(layers.clean(entry.link) == shown for _, entry in case.entries("hardlink"))
    return linked or any(name.group == group and name.placed and case.entry(name.placed).kind == "hardlink"
                         for tree in case.trees() for name in tree.values())


@divergence("overlay")
def implied_parents(case, path, field, ours, theirs):
    """a parent that the layer has no entry for is made anew, with 0755 and root as its owner (containerd copies these
    from the layers below)"""
    name = case.theirs.get(path)
    if field not in ATTRIBUTES or name.type != "directory" or name.mode & ~0o2000 != 0o755 or name.uid != 0:
        return False
    return any(is_within(folder, path) for _, folder in case.folders())


@divergence("overlay", "plain")
def marks_make_directories(case, path, field, ours, theirs):
    """the directory of a whiteout or opaque mark is made, also if there is nothing to hide"""
    if field not in ("name", "type") or path not in case.theirs or case.theirs[path].type != "directory":
        return False
    return any(entry.is_mark and is_within(folder, path) for entry, folder in case.folders())


@divergence("overlay")
def links_to_whiteouts(case, path, field, ours, theirs):
    """a hardlink to what its layer deletes is a second whiteout; silt shows what is deleted under its second name"""
    return field == "name" and not theirs and any(
        entry.path == path and any(mark.path == layers.mark_of(layers.clean(entry.link)) for mark in case.stack[number])
        for number, entry in case.entries("hardlink"))


@divergence("overlay", told="integrity-whiteout-odd, if it hides something")
def through_lower_links(case, path, field, ours, theirs):
    """an entry or mark below a symlink of a lower layer: the link is not seen, a new directory takes its place, and
    nothing changes behind it"""
    ways = case.paths_through_links()
    if any(is_within(path, way) or (field == "name" and ours and is_within(way, path)) for way in ways):
        return True
    return any(entry.path == path and is_within(layers.clean(entry.link), way)
               for _, entry in case.entries("hardlink") for way in ways)


@divergence("overlay", told="integrity-path-escape")
def link_loops(case, path, field, ours, theirs):
    """a parent that is a loop of links: refused, unless the loop is of a lower layer and not seen; silt puts the entry
    where its path says"""
    return field in ("name", "type") and bool(case.noted("link-loop"))


def is_below_noted(case, path, kind):
    return any(path != name and is_within(path, name)
               for number, entry in case.noted(kind) for name in case.names(number, entry))


@divergence("overlay", told="integrity-whiteout-odd")
def undone_whiteouts(case, path, field, ours, theirs):
    """a whiteout with a directory of the same name behind it in the layer: what lower layers have in it is there"""
    return field == "name" and theirs and is_below_noted(case, path, "undone")


@divergence("overlay", told="integrity-whiteout-odd")
def made_again(case, path, field, ours, theirs):
    """a directory that the layer replaces by something else and then makes again: what lower layers have in it is
    there"""
    return field == "name" and theirs and is_below_noted(case, path, "made-again")


@divergence("overlay", told="integrity-whiteout-odd")
def opaque_roots(case, path, field, ours, theirs):
    """the roots of all layers are merged, whatever they say: an opaque mark on the root hides nothing"""
    return field == "name" and theirs and bool(case.noted("opaque-root"))


@divergence("overlay", told="integrity-whiteout-odd")
def overlay_leftovers(case, path, field, ours, theirs):
    """a device 0:0 in a layer hides what lower layers have, though it is no mark of the specification"""
    def hides(tree, above):
        return above in tree and tree[above].type == "char-device" and tree[above].device == (0, 0)
    return any(hides(tree, above) for tree in case.trees() for above in layers.ancestors(path) + [path])


@divergence("docker-vfs", "podman-vfs")
def hidden_plnk(case, path, field, ours, theirs):
    """what stands in .wh..wh.plnk at the root, where aufs kept hardlinks, is no file of the image"""
    return field in ("name", "group") and path.startswith(b".wh..wh.plnk")


@divergence("plain", told="integrity-whiteout-odd")
def whiteouts_in_order(case, path, field, ours, theirs):
    """a whiteout deletes what its own layer has made before it"""
    gone = field == "name" and ours
    again = field in ATTRIBUTES and case.theirs[path].type == "directory"
    return (gone or again) and any(is_within(path, name) for kind in ("both", "undone")
                                   for number, mark in case.noted(kind) for name in case.names(number, mark))


@divergence("plain", told="integrity-whiteout-odd")
def opaque_in_order(case, path, field, ours, theirs):
    """an opaque mark deletes directories of its own layer that have no entry, with all in them, if they stand before
    it"""
    return field == "name" and ours and any(path != folder and is_within(path, folder)
                                            for number, mark in case.noted("late-opaque")
                                            for folder in case.places(number, parent_of(mark.path)))


@divergence("docker-vfs", "podman-vfs")
def opaque_links(case, path, field, ours, theirs):
    """an opaque mark below a symlink hides nothing behind it"""
    if field != "name" or not theirs:
        return False
    return any(entry.base == layers.OPAQUE and folder != parent_of(entry.path) and is_within(parent_of(path), folder)
               for entry, folder in case.folders())


@divergence("plain")
def copied_links(case, path, field, ours, theirs):
    """the layers below are copied, and the names of one fifo, device or symlink become several of them"""
    return field == "group" and case.theirs[path].type != "file"


@divergence("containerd-overlayfs", "containerd-native")
def late_times(case, path, field, ours, theirs):
    """what takes the place of a directory of the same layer gets the time of that"""
    return field == "mtime" and any(entry.path == path and entry.mtime == theirs
                                    for _, entry in case.entries("directory"))


# ---- Asking --------------------------------------------------------------------------------------------------------

def reason_for(case, difference):
    """The name of the first reason for a difference, or None."""
    for name, known in DIVERGENCES.items():
        if {case.oracle, FAMILIES.get(case.oracle)} & known.oracles and known.applies(case, *difference):
            return name
    return None


def explain(case, differences):
    """
    (difference, reason or None) of all of them. That a name has lost its links needs no reason of its own where these
    names have one.
    """
    reasons, groups = {}, []
    for difference in differences:
        if difference[1] == "group":
            groups.append(difference)
            continue
        reason = reason_for(case, difference)
        if difference[1] in ("name", "type"):
            reasons[difference[0]] = reason
        yield difference, reason
    for difference in groups:
        path, _, ours, theirs = difference
        others = {reasons.get(other) for other in (ours or frozenset()) ^ (theirs or frozenset())}
        yield difference, reason_for(case, difference) if None in others else sorted(others)[0]


# ---- The table -----------------------------------------------------------------------------------------------------

def people(oracles):
    """Who, as a person would say it."""
    oracles = set(oracles) - {"builder"}
    if oracles == {"docker-vfs", "podman-vfs"}:
        return "Docker, podman: plain folders"
    if oracles == {"containerd-overlayfs", "containerd-native"}:
        return "containerd"
    return ", ".join(PEOPLE[name] for name in PEOPLE if name in oracles)


def rows():
    for name, known in sorted(DIVERGENCES.items()):
        yield f"| `{name}` | {people(known.oracles)} | {known.sentence} | {known.told or '-'} |"


def main():
    if sys.argv[1:]:
        with open(sys.argv[1], encoding="utf-8") as file:
            lines = set(file.read().splitlines())
        missing = [row for row in rows() if row not in lines]
        for row in missing:
            print(f"FAILED: {sys.argv[1]} has no row {row}")
        return 1 if missing else 0
    print("| name | where | what is different there | finding |", "| --- | --- | --- | --- |", *rows(), sep="\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
