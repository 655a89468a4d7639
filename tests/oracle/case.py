"""One stack, silt's tree of it and an oracle's: what the reasons of divergences.py ask about it."""
import stack_layers as layers
from stack_layers import is_within, parent_of

LINKS_MAX = 40


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
        """Where entries below a link of a lower layer have an effect: as written, and where the link leads."""
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
