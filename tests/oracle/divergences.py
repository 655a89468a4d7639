"""Where runtimes make another tree than silt of an odd stack: each reason has a name and a sentence, and stands under that
name in docs/formats.md. A reason explains a difference at a path if the layers have there what it is about; what none
explains is an error, of silt or of what is written about the runtime.
"""
import stack_layers as layers
from stack_layers import is_within, parent_of

LINKS_MAX = 40
# What is said of one of them is true of all that work alike.
FAMILIES = {"docker-overlay2": "overlay", "containerd-overlayfs": "overlay", "podman-overlay": "overlay",
            "docker-vfs": "plain", "containerd-native": "plain", "podman-vfs": "plain"}
ATTRIBUTES = ("mode", "uid", "gid", "mtime", "capability")


class Case:
    """A stack, silt's tree of it, and one oracle's."""

    def __init__(self, stack, ours, theirs, oracle, started, trees):
        self.stack, self.ours, self.theirs, self.oracle, self.started = stack, ours, theirs, oracle, started
        self._trees = trees  # asked for what silt's tree is below each layer; costs a run of the lister
        self._affected = None

    def entries(self, kind=None):
        for number, entries in enumerate(self.stack):
            for entry in entries:
                if kind is None or entry.kind == kind:
                    yield number, entry

    def noted(self, kind):
        """(layer, entry) of silt's notes of a kind."""
        return [(number, self.stack[number][index]) for name, number, index in self.ours.notes if name == kind]

    def entry(self, place):
        """LAYER.ENTRY"""
        number, index = map(int, place.split("."))
        return self.stack[number][index]

    def trees(self):
        """silt's trees of the layers so far, from none to all."""
        return self._trees()

    def places(self, number, path):
        """A path of an entry of layer `number`: as written, and where links lead below that layer and on it."""
        yield path
        for tree in self.trees()[number:number + 2]:
            yield resolve(tree, path)[0]

    def names(self, number, entry):
        """The paths that an entry, or what its mark is about, may have."""
        base = entry.base[4:] if entry.is_mark else entry.base
        return [layers.join(folder, base) for folder in self.places(number, parent_of(entry.path))]

    def folders(self):
        """(entry, each folder that it stands in, one way or another)"""
        for number, entry in self.entries():
            for folder in self.places(number, parent_of(entry.path)):
                yield entry, folder

    def paths_through_links(self):
        """Where entries that stand below a link of a lower layer have an effect: as written, and where the link leads."""
        if self._affected is None:
            self._affected = set()
            displaced = self.noted("no-parent")
            for number, entry in self.noted("through-link"):
                trees = self.trees()[number:number + 2]
                for tree in trees:
                    self._affected.update(ways_of(tree, entry, trees, (number, entry) in displaced))
        return self._affected


def resolve(tree, path, links=LINKS_MAX):
    """(the path without links, the links on the way)"""
    at, rest, passed = b"", path.split(b"/"), []
    while rest:
        part = rest.pop(0)
        if part in (b"", b"."):
            continue
        if part == b"..":
            at = parent_of(at)
            continue
        here = layers.join(at, part)
        name = tree.get(here)
        if not name or name.type != "symlink":
            at = here
            continue
        passed.append(here)
        if len(passed) > links:
            return at, passed
        at = b"" if name.link.startswith(b"/") else at
        rest = name.link.split(b"/") + rest
    return at, passed


def ways_of(tree, entry, trees, displaces):
    """Also the directories that are made on the way; `displaces`: of something else."""
    folder, passed = resolve(tree, parent_of(entry.path))
    passed += [path for path in layers.ancestors(folder) + [folder] if path and (
        displaces or any(path not in other or other[path].type != "directory" for other in trees))]
    if entry.base == layers.OPAQUE:
        return passed + [folder]
    return passed + [layers.join(folder, entry.base[4:] if entry.is_mark else entry.base)]


# ---- Reasons -------------------------------------------------------------------------------------------------------
# Each is asked about one difference: a path, the field, silt's value, the oracle's value.

def time_of_extraction(case, path, field, ours, theirs):
    return field == "mtime" and theirs >= case.started


def copied_times(case, path, field, ours, theirs):
    return time_of_extraction(case, path, field, ours, theirs)


def hardlink_attributes(case, path, field, ours, theirs):
    """Some hardlink, perhaps gone by now, showed what this name shows."""
    if field not in ATTRIBUTES or not case.ours.tree[path].placed:
        return False
    group = case.ours.tree[path].group
    shown = case.entry(group).path
    linked = any(layers.clean(entry.link) == shown for _, entry in case.entries("hardlink"))
    return linked or any(name.group == group and name.placed and case.entry(name.placed).kind == "hardlink"
                         for tree in case.trees() for name in tree.values())


def root_attributes(case, path, field, ours, theirs):
    return path == b"" and field in ATTRIBUTES


def implied_parents(case, path, field, ours, theirs):
    name = case.theirs.get(path)
    if field not in ATTRIBUTES or name.type != "directory" or name.mode & ~0o2000 != 0o755 or name.uid != 0:
        return False
    return any(is_within(folder, path) for _, folder in case.folders())


def marks_make_directories(case, path, field, ours, theirs):
    if field not in ("name", "type") or path not in case.theirs or case.theirs[path].type != "directory":
        return False
    return any(entry.is_mark and is_within(folder, path) for entry, folder in case.folders())


def links_to_whiteouts(case, path, field, ours, theirs):
    """The name of a hardlink whose target the same layer deletes."""
    return field == "name" and not theirs and any(
        entry.path == path and any(mark.path == layers.join(parent_of(target), layers.WHITEOUT + target.rpartition(b"/")[2])
                                   for mark in case.stack[number])
        for number, entry in case.entries("hardlink") for target in [layers.clean(entry.link)])


def through_lower_links(case, path, field, ours, theirs):
    """
    There and below; a directory that is only there for it goes, too, and a hardlink to it leads somewhere else.
    """
    ways = case.paths_through_links()
    if any(is_within(path, way) or (field == "name" and ours and is_within(way, path)) for way in ways):
        return True
    return any(entry.path == path and is_within(layers.clean(entry.link), way)
               for _, entry in case.entries("hardlink") for way in ways)


def link_loops(case, path, field, ours, theirs):
    return field in ("name", "type") and bool(case.noted("link-loop"))


def is_below_noted(case, path, kind):
    return any(path != name and is_within(path, name)
               for number, entry in case.noted(kind) for name in case.names(number, entry))


def undone_whiteouts(case, path, field, ours, theirs):
    return field == "name" and theirs and is_below_noted(case, path, "both")


def made_again(case, path, field, ours, theirs):
    return field == "name" and theirs and is_below_noted(case, path, "made-again")


def whiteouts_in_order(case, path, field, ours, theirs):
    gone = field == "name" and ours
    again = field in ATTRIBUTES and case.theirs[path].type == "directory"
    return (gone or again) and any(is_within(path, name) for number, mark in case.noted("both")
                                   for name in case.names(number, mark))


def opaque_in_order(case, path, field, ours, theirs):
    return field == "name" and ours and any(path != folder and is_within(path, folder)
                                            for number, mark in case.noted("late-opaque")
                                            for folder in case.places(number, parent_of(mark.path)))


def opaque_links(case, path, field, ours, theirs):
    if field != "name" or not theirs:
        return False
    return any(entry.base == layers.OPAQUE and folder != parent_of(entry.path) and path != folder and is_within(path, folder)
               for entry, folder in case.folders())


def copied_links(case, path, field, ours, theirs):
    return field == "group" and case.theirs[path].type != "file"


def late_times(case, path, field, ours, theirs):
    return field == "mtime" and any(entry.path == path and entry.mtime == theirs for _, entry in case.entries("directory"))


def opaque_roots(case, path, field, ours, theirs):
    return field == "name" and theirs and bool(case.noted("opaque-root"))


def overlay_leftovers(case, path, field, ours, theirs):
    def hides(tree, above):
        return above in tree and tree[above].type == "char-device" and tree[above].device == (0, 0)
    return any(hides(tree, above) for tree in case.trees() for above in layers.ancestors(path) + [path])


# Reasons that are good enough for well-formed stacks, too.
HARMLESS = {"root-attributes", "copied-times"}

# name: (oracles, sentence, function)
DIVERGENCES = {
    "root-attributes": ({"overlay", "plain", "builder"}, "Docker and containerd leave the root as it is, whatever its entry says",
                        root_attributes),
    "copied-times": ({"containerd-native"}, "the layers below are copied, and directories with them get the time of that",
                     copied_times),
    "time-of-extraction": ({"umoci", "overlay", "plain"}, "a directory that is made or changed without an entry of its own has the "
                           "time of extraction", time_of_extraction),
    "hardlink-attributes": ({"umoci", "overlay", "plain"}, "names of one file with different attributes: silt gives each name those "
                            "of its own header, umoci all of them those of the first, Docker and containerd of the last",
                            hardlink_attributes),
    "implied-parents": ({"overlay"}, "a parent that the layer has no entry for is made anew: Docker gives it 0755 and root, "
                        "and hides what a lower layer said of it", implied_parents),
    "marks-make-directories": ({"overlay", "plain"}, "the directory of a whiteout or opaque mark is made, also if there is nothing to "
                               "hide", marks_make_directories),
    "links-to-whiteouts": ({"overlay"}, "a hardlink to what its layer deletes is a second whiteout", links_to_whiteouts),
    "through-lower-links": ({"overlay"}, "an entry or mark below a symlink of a lower layer: the layer is extracted alone, so "
                            "that the link is not seen; a new directory hides it", through_lower_links),
    "link-loops": ({"overlay"}, "a parent that is a loop of links: silt puts the entry where its path says, runtimes refuse it "
                   "unless the loop is of a lower layer, which they do not see", link_loops),
    "undone-whiteouts": ({"overlay"}, "a whiteout is undone by a directory of the same name behind it in the layer: what lower "
                         "layers have below it stays", undone_whiteouts),
    "made-again": ({"overlay"}, "a directory that the layer replaces by something else and then makes again: what lower "
                   "layers have below it stays", made_again),
    "opaque-roots": ({"overlay"}, "overlayfs merges the roots of all layers: an opaque mark on the root hides nothing",
                     opaque_roots),
    "whiteouts-in-order": ({"plain"}, "a whiteout deletes what its own layer has made before it", whiteouts_in_order),
    "opaque-in-order": ({"plain"}, "an opaque mark deletes directories of its own layer that have no entry, with all in them",
                        opaque_in_order),
    "opaque-links": ({"docker-vfs", "podman-vfs"}, "an opaque mark below a symlink hides nothing behind it", opaque_links),
    "copied-links": ({"plain"}, "the layers below are copied, and names of one fifo, device or symlink become several",
                     copied_links),
    "late-times": ({"containerd-overlayfs", "containerd-native"}, "what takes the place of a directory of the same layer gets "
                   "the time of that", late_times),
    "overlay-leftovers": ({"overlay"}, "a device 0:0 in a layer hides what lower layers have", overlay_leftovers),
}


def reason_for(case, difference):
    """The name of the first reason for a difference, or None."""
    for name, (oracles, _, applies) in DIVERGENCES.items():
        if {case.oracle, FAMILIES.get(case.oracle)} & oracles and applies(case, *difference):
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
