"""Archives made to be large, as streams: pieces of bytes, one after the other, never held as a whole.

Every function gives an iterator of bytes. A tar of millions of entries is made a thousand entries at a time: names
differ in a few digits, and a block of headers for each sum of those digits is made once.
"""

import hashlib
import itertools
import json

BLOCK = 512
END = bytes(2 * BLOCK)
MIB = 1 << 20
HOLE = "@@@@"  # four digits go here
STAMP = 1700000000


def number_field(value, width):
    """Octal, or base 256 where octal is too short, as GNU tar writes it."""
    if value < 8 ** (width - 1):
        return b"%0*o\0" % (width - 1, value)
    return b"\x80" + value.to_bytes(width - 1, "big")


def header(name, size=0, kind=b"0", mode=0o644, link=b"", owner=0, when=STAMP, extra=0):
    """One header block of ustar. `extra` is added to the checksum, for bytes that change afterwards."""
    raw = bytearray(BLOCK)
    raw[0:len(name)] = name
    raw[100:148] = (number_field(mode, 8) + number_field(owner, 8) + number_field(owner, 8) + number_field(size, 12) +
                    number_field(when, 12))
    raw[148:156] = b" " * 8
    raw[156:157] = kind
    raw[157:157 + len(link)] = link
    raw[257:265] = b"ustar\x0000"
    raw[148:156] = b"%06o\0 " % (sum(raw) + extra)
    return bytes(raw)


def padded(body):
    return body + bytes(-len(body) % BLOCK)


def member(name, body, **more):
    return header(name, len(body), **more) + padded(body)


def pax_record(key, value):
    """LENGTH SPACE KEY=VALUE NEWLINE, where LENGTH counts itself."""
    rest = len(key) + len(value) + 3
    length = rest + len(str(rest))
    length += len(str(length)) - len(str(rest))
    return b"%d %s=%s\n" % (length, key, value)


def pax(**records):
    body = b"".join(pax_record(key.replace("__", ".").encode(), value) for key, value in records.items())
    return member(b"pax", body, kind=b"x")


# ---- Many entries --------------------------------------------------------------------------------------------------

def blocks(count, make, digits=4):
    """`count` thousands of entries: make(HOLE, i, extra) gives entry i of a thousand; HOLE becomes the number."""
    made = {}
    hole = HOLE.encode()[:digits]
    for number in range(count):
        text = b"%0*d" % (digits, number)
        weight = sum(text) - sum(hole)
        if weight not in made:
            made[weight] = b"".join(make(hole, i, weight) for i in range(1000))
        yield made[weight].replace(hole, text)


def files(thousands, name=b"usr/lib/data/%s/entry-%03d.json", **more):
    """Empty files, a thousand to a directory."""
    return blocks(thousands, lambda hole, i, weight: header(name % (hole, i), extra=weight, **more))


def files_of_body(count, body, name=b"data/f%07d", **more):
    """`count` files with the same body, one header at a time: for thousands, not for millions."""
    for i in range(count):
        yield member(name % i, body, **more)


def changes(thousands, mark=b""):
    """Files that a layer above overwrites, or with `mark` deletes."""
    return blocks(thousands, lambda hole, i, weight: header(b"srv/%s/%sfile-%03d" % (hole, mark, i), extra=weight))


def hardlinks(thousands):
    """A thousand to a directory, all of them to one file."""
    yield member(b"srv/file", b"x")
    yield from blocks(thousands, lambda hole, i, weight: header(b"srv/%s/link-%03d" % (hole, i), kind=b"1",
                                                                link=b"srv/file", extra=weight))


def symlinks(thousands):
    yield from blocks(thousands, lambda hole, i, weight: header(b"srv/%s/link-%03d" % (hole, i), kind=b"2",
                                                                link=b"../../target-%03d" % i, extra=weight))


def directory_chains(count, depth):
    """Paths of `depth` directories, no two in common."""
    for i in range(count):
        path = b"/".join(b"%d" % (i * depth + level) for level in range(depth))[:4000]
        yield pax(path=path + b"/f") + header(b"long")


def path_components(count, components):
    """Paths of PAX that are nothing but components."""
    body = pax_record(b"path", b"a/" * components)
    piece = member(b"pax", body, kind=b"x") + header(b"f")
    return itertools.repeat(piece, count)


def shuffled_names(thousands):
    """All in one directory, in no order: 7919 is prime to the number of names."""
    count = thousands * 1000
    for start in range(0, count, 1000):
        yield b"".join(header(b"srv/%08x" % ((start + i) * 7919 % count * 2654435761 % (1 << 32)))
                       for i in range(min(1000, count - start)))


def xattrs(entries, each, value):
    records = b"".join(pax_record(b"SCHILY.xattr.user.a%06d" % i, value) for i in range(each))
    return itertools.repeat(member(b"pax", records, kind=b"x") + header(b"f"), entries)


def zeros(count):
    return itertools.chain(itertools.repeat(bytes(MIB), count // MIB), [bytes(count % MIB)])


def file_of_zeros(size, name=b"zeros"):
    return itertools.chain([header(name, size)], zeros(size), [bytes(-size % BLOCK)])


def nested_tars(depth):
    """A tar in a tar in a tar; the innermost holds one file. Outermost headers first: sizes are known beforehand."""
    inner = member(b"file", b"text\n") + END
    sizes = [len(inner)]
    for _ in range(depth):
        sizes.append(BLOCK + sizes[-1] + -sizes[-1] % BLOCK + len(END))
    for size in reversed(sizes[:-1]):
        yield header(b"inner.tar", size)
    yield inner
    for size in sizes[:-1]:
        yield bytes(-size % BLOCK) + END


def status_of_dpkg(packages):
    """Files that list files of packages, 1000 lines each."""
    for i in range(packages):
        lines = b"".join(b"%032x  usr/share/p%06d/file-%04d\n" % (i * 1000 + k, i, k) for k in range(1000))
        yield member(b"var/lib/dpkg/info/p%06d.md5sums" % i, lines)


# ---- Images --------------------------------------------------------------------------------------------------------

def tar(*parts):
    for part in parts:
        yield from part
    yield END


def size_of(stream):
    return sum(map(len, stream))


def config(layers, **more):
    return json.dumps({"architecture": "amd64", "os": "linux", "config": {"User": "10001"}, **more,
                       "rootfs": {"type": "layers", "diff_ids": ["sha256:" + "0" * 64] * layers}}).encode()


def image(*layers, references=1, images=1, config_json=None):
    """A save of images of the same layers, so many `references` to each. A layer is (size, stream)."""
    names = []
    for number, layer in enumerate(layers):
        names.append("%064x/layer.tar" % number)
        size, stream = layer
        yield header(names[-1].encode(), size)
        yield from stream
        yield bytes(-size % BLOCK)
    names *= references
    manifest = []
    for number in range(images):
        body = config_json or config(len(names), author=str(number))
        name = hashlib.sha256(body).hexdigest() + ".json"
        yield member(name.encode(), body)
        manifest.append({"Config": name, "RepoTags": ["ceiling:%d" % number], "Layers": names})
    yield member(b"manifest.json", json.dumps(manifest).encode())
    yield END


def layer_of(make):
    """A layer from a function that gives its stream as often as it is asked: the first time for its size."""
    return size_of(make()), make()


def stored(path):
    """A file, as (size, stream)."""
    def pieces():
        with open(path, "rb") as file:
            while piece := file.read(MIB):
                yield piece
    with open(path, "rb") as file:
        return file.seek(0, 2), pieces()
