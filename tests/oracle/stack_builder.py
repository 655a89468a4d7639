"""Well-formed stacks: what a builder would write. A small tree is worked on as `RUN` instructions do it, and after each
of them what has changed is written as a layer, by the habits of overlayfs or of a builder that compares two trees.

All runtimes must make the same tree of such a stack, and it is the tree that the builder had.
"""
import dataclasses
import itertools

import stack_layers as layers
from stack_layers import Entry, join, parent_of

NAMES = [b"a", b"b", b"c", b"d", b"ab", b"lib", b"lib64", b"-x", b"\xff\xfe", b"caf\xc3\xa9", b"cafe\xcc\x81",
         b"new\nline", b" ", b"back\\slash", b"..a", b".hidden", b"\x1b[31m"]
DEPTH_MAX = 4
TREE_MAX = 40


@dataclasses.dataclass
class Node:
    """An inode."""

    kind: str
    number: int
    mode: int
    uid: int
    gid: int
    mtime: int
    link: bytes = b""
    device: tuple = (0, 0)
    capability: bytes = b""
    version: int = 0  # of the body
    children: dict = dataclasses.field(default_factory=dict)

    def facts(self):
        """What a comparison of two trees looks at."""
        return (self.number, self.kind, self.mode, self.uid, self.gid, self.mtime, self.link, self.device,
                self.capability, self.version)


class Builder:
    """A tree, and what instructions do to it."""

    def __init__(self, rng):
        self.rng = rng
        self.numbers = itertools.count()
        self.root = self.new("directory", 0o755)

    def new(self, kind, mode=None, **more):
        rng = self.rng
        if mode is None:
            mode = rng.choice((0o644, 0o600, 0o755, 0o4755, 0o2711, 0o000))
            if kind == "directory":
                mode = rng.choice((0o755, 0o700, 0o1777, 0o2775))
            if kind == "symlink":
                mode = 0o777
        return Node(kind, next(self.numbers), mode, rng.choice((0, 0, 1000, 70000)), rng.choice((0, 0, 50)), self.now(),
                    **more)

    def now(self):
        return 1600000000 + self.rng.randrange(10 ** 8)

    # ---- Names -----------------------------------------------------------------------------------------------------

    def walk(self, node=None, path=b""):
        """(path, node), parents first."""
        node = node or self.root
        yield path, node
        for name in sorted(node.children):
            yield from self.walk(node.children[name], join(path, name))

    def find(self, path):
        node = self.root
        for name in path.split(b"/") if path else ():
            node = node.children[name]
        return node

    def pick(self, *kinds):
        """A path of one of these kinds but the root, or None."""
        found = [path for path, node in self.walk() if path and (not kinds or node.kind in kinds)]
        return self.rng.choice(found) if found else None

    def pick_folder(self):
        """With room for a name below it."""
        return self.rng.choice([path for path, node in self.walk()
                                if node.kind == "directory" and path.count(b"/") < DEPTH_MAX - 1])

    def put(self, folder, node):
        """Under a name that is free, or not; what it had is gone."""
        directory = self.find(folder)
        name = self.rng.choice(NAMES[:7] if self.rng.random() < 0.85 else NAMES)
        directory.children[name] = node
        directory.mtime = self.now()

    def take(self, path):
        directory = self.find(parent_of(path))
        directory.mtime = self.now()
        return directory.children.pop(path.rpartition(b"/")[2])

    # ---- Instructions ----------------------------------------------------------------------------------------------

    def make_file(self):
        self.put(self.pick_folder(), self.new("file"))

    def make_folder(self):
        self.put(self.pick_folder(), self.new("directory"))

    def make_symlink(self):
        target = self.rng.choice((b"a", b"b", b"../a", b"/a", b"/lib", b"lib", b".", b"..", b"/", b"nowhere", b"a/b",
                                  b"/a/../b", b"../../../../etc", b"c//d/"))
        self.put(self.pick_folder(), self.new("symlink", link=target))

    def make_special(self):
        kind = self.rng.choice(("fifo", "char-device", "block-device"))
        device = {"fifo": (0, 0), "char-device": (1, 3), "block-device": (7, 300)}[kind]
        self.put(self.pick_folder(), self.new(kind, device=device))

    def make_hardlink(self):
        path = self.pick("file", "file", "symlink", "fifo", "char-device")
        if path:
            self.put(self.pick_folder(), self.find(path))

    def write(self):
        path = self.pick("file")
        if path:
            node = self.find(path)
            node.version += 1
            node.mtime = self.now()
            node.capability = b""

    def set_attributes(self):
        path = self.pick()
        node = self.find(path) if path else self.root
        if node.kind != "symlink":
            node.mode = self.new(node.kind).mode
        node.uid = self.rng.choice((0, 33, 1000))
        if node.kind == "file" and self.rng.random() < 0.3:
            node.capability = layers.CAPABILITY

    def remove(self):
        path = self.pick()
        if path:
            self.take(path)

    def rename(self):
        path = self.pick()
        if path:
            node = self.take(path)
            self.put(self.pick_folder(), node)

    def empty_folder(self):
        """rm -r d && mkdir d"""
        path = self.pick("directory")
        if path:
            self.take(path)
            name = path.rpartition(b"/")[2]
            self.find(parent_of(path)).children[name] = self.new("directory")

    def change_type(self):
        path = self.pick()
        if path:
            self.take(path)
            kind = self.rng.choice(("file", "directory", "symlink", "fifo"))
            link = self.rng.choice(NAMES[:4]) if kind == "symlink" else b""
            self.find(parent_of(path)).children[path.rpartition(b"/")[2]] = self.new(kind, link=link)

    def instruction(self):
        weights = {self.make_file: 6, self.make_folder: 5, self.make_symlink: 2, self.make_special: 1,
                   self.make_hardlink: 2, self.write: 3, self.set_attributes: 3, self.remove: 3, self.rename: 3,
                   self.empty_folder: 2, self.change_type: 2}
        self.rng.choices(list(weights), list(weights.values()))[0]()
        if sum(1 for _ in self.walk()) > TREE_MAX:
            self.remove()


# ---- What has changed ----------------------------------------------------------------------------------------------

class Difference:
    """Between a tree as it was, {path: facts}, and as it is."""

    def __init__(self, before, builder, style):
        self.before = before
        self.now = dict(builder.walk())
        self.style = style
        self.opaque = {path for path, node in self.now.items() if node.kind == "directory" and self.is_replaced(path)}
        self.written = {path for path in self.now if self.is_changed(path)}
        self.close_over_links()
        for path in list(self.written) + list(self.opaque) + [path for path in before if self.is_gone(path)]:
            self.written.update(folder for folder in layers.ancestors(path) if folder in self.now)
        if self.style["root"]:
            self.written.add(b"")
        else:
            self.written.discard(b"")

    def is_replaced(self, path):
        """A directory that is another one than before hides what was below it: by a mark, if that is the style."""
        was = self.before.get(path)
        if was is None or path == b"":
            return False
        if was[1] != "directory":
            return self.style["opaque"] and self.style["careful"]
        return self.style["opaque"] and was[0] != self.now[path].number

    def is_changed(self, path):
        if any(folder in self.opaque for folder in layers.ancestors(path)):
            return True
        return self.before.get(path) != self.now[path].facts()

    def close_over_links(self):
        """Of a file that is written, all names are."""
        names = {}
        for path, node in self.now.items():
            names.setdefault(node.number, []).append(path)
        numbers = {self.now[path].number for path in self.written if self.now[path].kind != "directory"}
        for number in numbers:
            self.written.update(names[number])

    def is_gone(self, path):
        """A name that needs a whiteout: nothing else says that it is gone."""
        if path in self.now:
            return False
        folder = parent_of(path)
        if folder not in self.now or self.now[folder].kind != "directory" or self.before[folder][1] != "directory":
            return False
        return not any(above in self.opaque for above in [folder] + layers.ancestors(path))

    def entries(self):
        """Parents first, marks anywhere behind their directory."""
        first = {}
        out = []
        for path in sorted(self.written):
            out.append(self.entry(path, first))
            if path in self.opaque:
                out.append(Entry(join(path, layers.OPAQUE), empty=True))
        marks = [Entry(layers.mark_of(path), empty=True, mode=0)
                 for path in sorted(self.before) if self.is_gone(path)]
        return self.spelled(self.mixed(out, marks))

    def entry(self, path, first):
        node = self.now[path]
        same = {"mode": node.mode, "uid": node.uid, "gid": node.gid, "mtime": node.mtime, "capability": node.capability}
        if node.number in first:
            return Entry(path, "hardlink", link=first[node.number], **same)
        first[node.number] = path
        return Entry(path, node.kind, link=node.link, device=node.device, **same)

    def mixed(self, entries, marks):
        if self.style["marks"] == "first":
            return marks + entries
        if self.style["marks"] == "sorted":
            return sorted(entries + marks, key=lambda entry: entry.name)
        late = [entry for entry in entries if entry.base == layers.OPAQUE]
        return [entry for entry in entries if entry.base != layers.OPAQUE] + marks + late

    def spelled(self, entries):
        for entry in entries:
            if entry.name == b"":
                entry.name = b"./"
            elif self.style["prefix"]:
                entry.name = self.style["prefix"] + entry.name
            if entry.kind == "hardlink" and self.style["prefix"]:
                entry.link = self.style["prefix"] + entry.link
        return entries


def style_of(rng):
    return {"opaque": rng.random() < 0.6, "careful": rng.random() < 0.5,
            "marks": rng.choice(("sorted", "first", "last")), "prefix": rng.choice((b"", b"", b"./", b"/")),
            "root": rng.random() < 0.3}


def facts_of(builder):
    return {path: node.facts() for path, node in builder.walk()}


def well_formed(rng):
    """(layers, the tree that the builder had at last)"""
    builder, stack, before = Builder(rng), [], {b"": None}
    for number in range(rng.randint(2, 6)):
        for _ in range(rng.randint(4, 14) if number == 0 else rng.randint(1, 8)):
            builder.instruction()
        stack.append(Difference(before, builder, style_of(rng)).entries())
        before = facts_of(builder)
    return stack, dict(builder.walk())
