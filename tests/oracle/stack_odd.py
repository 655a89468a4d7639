"""Odd stacks: what no builder writes, but the specification allows, or leaves open. Made of well-formed ones by a few
changes each, or all at random over a handful of names.
"""
import copy

import stack_builder
import stack_layers as layers
from stack_layers import Entry, join, parent_of

NAMES = [b"a", b"b", b"ab", b"c"]
TARGETS = [b"a", b"b", b"c/a", b"../b", b"/a/b", b"/c", b"a/./b", b"..", b"ab", b"c", b"../../", b"/ab/./", b"/",
           b"ab/b/c", b"c//b", b"/.."]
KINDS = ["file", "file", "directory", "directory", "hardlink", "symlink", "symlink", "fifo", "whiteout",
         "whiteout", "opaque"]


def random_path(rng):
    return join(*(rng.choice(NAMES) for _ in range(rng.choice((1, 1, 2, 2, 3)))))


def random_entry(rng):
    kind, path = rng.choice(KINDS), random_path(rng)
    mtime, mode = 1600000000 + rng.randrange(10 ** 8), rng.choice((0o644, 0o755, 0o4711))
    if kind == "whiteout":
        return Entry(layers.mark_of(path), empty=True)
    if kind == "opaque":
        return Entry(join(path, layers.OPAQUE), empty=True)
    link = {"symlink": rng.choice(TARGETS), "hardlink": random_path(rng)}.get(kind, b"")
    return Entry(path, kind, mode=mode, uid=rng.choice((0, 7)), mtime=mtime, link=link)


def random_stack(rng):
    return [[random_entry(rng) for _ in range(rng.randint(1, 8))] for _ in range(rng.randint(2, 6))]


def is_refused(known, entry):
    """Roughly: whether runtimes would give up here. `known`: {path: kind} so far."""
    if entry.path == b"":
        return entry.kind != "directory"
    if any(known.get(folder, "directory") not in ("directory", "symlink") for folder in layers.ancestors(entry.path)):
        return True
    return entry.kind == "hardlink" and known.get(layers.clean(entry.link), "directory") == "directory"


def mostly_accepted(rng, stack):
    """A stack that is refused at its first odd entry says nothing about the others."""
    known = {}
    for entries in stack:
        kept = []
        for entry in entries:
            if is_refused(known, entry) and rng.random() < 0.97:
                continue
            kept.append(entry)
            gone = [entry.path] if entry.kind != "directory" else []
            if entry.is_mark:
                gone = [join(parent_of(entry.path), entry.base[4:])]
            for path in [path for path in known if any(layers.is_within(path, top) for top in gone)]:
                del known[path]
            if not entry.is_mark:
                known[entry.path] = entry.kind
        entries[:] = kept
    return stack


# ---- Changes of well-formed stacks ---------------------------------------------------------------------------------
# Each takes the stack and the number of a layer; it changes the layer, or finds nothing to change.

def shuffle(rng, stack, number):
    rng.shuffle(stack[number])


def drop_folders(rng, stack, number):
    """Parents are not written, as by jib."""
    kept = [entry for entry in stack[number] if entry.kind != "directory" or rng.random() < 0.3]
    stack[number][:] = kept


def repeat(rng, stack, number):
    """A name twice in a layer, the second time perhaps as something else."""
    entry = copy.copy(rng.choice(stack[number]))
    if not entry.is_mark and rng.random() < 0.5:
        entry.kind = rng.choice(("file", "directory", "symlink", "fifo"))
        entry.link, entry.capability = (rng.choice(TARGETS) if entry.kind == "symlink" else b""), b""
    entry.mtime += 1
    entry.mode ^= 0o4000
    stack[number].insert(rng.randint(0, len(stack[number])), entry)


def both(rng, stack, number):
    """A name and its whiteout in one layer, in either order."""
    entry = rng.choice(stack[number])
    if not entry.is_mark and entry.path:
        mark = Entry(layers.mark_of(entry.path), empty=True)
        stack[number].insert(rng.randint(0, len(stack[number])), mark)


def more_marks(rng, stack, number):
    """Marks of names and directories that may not be there."""
    path = random_path(rng)
    mark = join(path, layers.OPAQUE) if rng.random() < 0.5 else layers.mark_of(path)
    stack[number].insert(rng.randint(0, len(stack[number])), Entry(mark, empty=True))


def odd_marks(rng, stack, number):
    """Marks of other types, with a body, or with names that only look like marks."""
    path = random_path(rng)
    folder, base = parent_of(path), path.rpartition(b"/")[2]
    kind = rng.choice(("directory", "symlink", "fifo", "file"))
    name = rng.choice((layers.WHITEOUT + base, layers.WHITEOUT + base, b".wh..wh.foo", b".wh..wh..opqX", b".whx",
                       b".wh.a/k", b".wh..wh.plnk/1.2"))
    stack[number].append(Entry(join(folder, name), kind, link=b"a" if kind == "symlink" else b""))


def through_link(rng, stack, number):
    """An entry or mark below a symlink of this layer or a lower one."""
    links = [entry for entries in stack[:number + 1] for entry in entries if entry.kind == "symlink"]
    if links and rng.random() < 0.8:
        link = rng.choice(links)
        link.link = rng.choice((b"a", b"b", b"/lib", b"/", b"..", link.link))
        name = rng.choice((b"a", b"b", b".wh.a", b".wh.b", layers.OPAQUE))
        stack[number].append(Entry(join(link.path, name), rng.choice(("file", "file", "directory"))))


def links_to_anything(rng, stack, number):
    """Hardlinks to lower layers, to what comes later, to links, to directories, to themselves, to nothing."""
    known = [entry.path for entries in stack[:number + 1] for entry in entries if entry.path and not entry.is_mark]
    target = rng.choice(known + [b"nowhere"])
    path = random_path(rng)
    stack[number].insert(rng.randint(0, len(stack[number])), Entry(path, "hardlink", link=target, mode=0o600, uid=3))


def odd_root(rng, stack, number):
    """The root as something."""
    kind = rng.choice(("directory", "directory", "file", "symlink"))
    stack[number].append(Entry(rng.choice((b"./", b"/", b".")), kind, mode=0o711, link=b"a"))


def odd_names(rng, stack, number):
    """The same names in other spellings."""
    for entry in stack[number]:
        if rng.random() < 0.4 and entry.path:
            entry.name = rng.choice((b"/%s", b"./%s", b"//%s", b"./././%s", b"x/../%s", b"../%s")) % entry.name


def leftovers(rng, stack, number):
    """What overlayfs itself has for marks; in a layer they are no marks."""
    stack[number].append(Entry(random_path(rng), "char-device", device=(0, 0)))


def types_without_marks(rng, stack, number):
    """A name becomes something else, and nothing says what of it is gone."""
    entry = Entry(random_path(rng), rng.choice(("file", "directory", "symlink", "fifo")), link=b"")
    entry.link = rng.choice(TARGETS) if entry.kind == "symlink" else b""
    stack[number].insert(rng.randint(0, len(stack[number])), entry)


CHANGES = [shuffle, drop_folders, repeat, both, more_marks, odd_marks, through_link, links_to_anything, odd_root,
           odd_names, leftovers, types_without_marks]


def changed_stack(rng):
    stack, _ = stack_builder.well_formed(rng)
    for _ in range(rng.randint(1, 3)):
        number = rng.randrange(len(stack))
        if stack[number]:
            rng.choice(CHANGES)(rng, stack, number)
    return stack


def odd(rng):
    return mostly_accepted(rng, random_stack(rng) if rng.random() < 0.4 else changed_stack(rng))
