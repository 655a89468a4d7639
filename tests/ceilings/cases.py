"""The cases: what is made, in which sizes, and what silt may take for it."""

import io
import itertools
import os
import subprocess
import zipfile
from dataclasses import dataclass, field
from typing import Callable, Optional

import quine
from streams import (END, MIB, changes, directory_chains, file_of_zeros, files, files_of_body, hardlinks, header, image,
                     layer_of, member, nested_tars, path_components, shuffled_names, size_of, status_of_dpkg, stored,
                     symlinks, tar, xattrs, zeros)

GIB = 1 << 30
INCOMPLETE = 3


@dataclass
class Case:
    """`make(size)` gives the archive. Sizes are counts of what the case has many of."""
    name: str
    make: Callable
    full: int
    mebibytes: float
    small: Optional[int] = None  # and `times` as much; None: the case has no small form
    times: int = 10
    slope: Optional[int] = None  # bytes for one more; None: memory must not grow
    seconds: Optional[float] = None
    statuses: tuple = (0, 1)
    says: list = field(default_factory=list)
    options: list = field(default_factory=list)
    address_space: int = 2 * GIB
    again: bool = False  # the small form is run once more: tables are keyed at random, and reports must not show it


def packed(folder, program, name, stream):
    """The stream, compressed by another program, as a file of that name; made once."""
    path = os.path.join(folder, name)
    if not os.path.exists(path):
        with open(path, "wb") as out:
            packer = subprocess.Popen(program, stdin=subprocess.PIPE, stdout=out)
            for piece in stream:
                packer.stdin.write(piece)
            packer.stdin.close()
            if packer.wait() != 0:
                raise RuntimeError("%s failed" % program[0])
    return path


PACKERS = {
    "gzip": ["gzip", "-6"],
    "zstd": ["zstd", "-q", "-3"],
    "xz": ["xz", "-1"],
    "bzip2": ["bzip2", "-9"],
}


# The limit, and how to get as close to it as one can.
WIDE_PACKERS = {
    "zstd": ("zstd-window", ["zstd", "-q", "-1", "--long=27"]),
    "xz": ("xz-memory", ["xz", "--lzma2=preset=0,dict=190MiB"]),
}


# ---- Entries -------------------------------------------------------------------------------------------------------

def entries(folder):
    def layer(count):
        return image(layer_of(lambda: tar(files(count // 1000))))

    def rootfs(count):
        return tar(files(count // 1000))

    def packed_layer(program):
        def make(count):
            name = "entries-%d.%s" % (count, program[0])
            return image(stored(packed(folder, program, name, tar(files(count // 1000)))))
        return make

    def packed_rootfs(program):
        def make(count):
            name = "entries-%d.%s" % (count, program[0])
            return stored(packed(folder, program, name, tar(files(count // 1000))))[1]
        return make

    # Up to 65536 files of a root filesystem are kept as members as well: its small form begins above that.
    full, small = 5000000, 10000
    beyond = {"small": 100000, "slope": 110, "times": 4}  # with its path, and tables that double
    yield Case("entries of a layer", layer, full, 512, small, slope=100)
    yield Case("entries of a root filesystem", rootfs, full, 512, **beyond)
    for program in (["gzip", "-1"], ["zstd", "-q", "-1"]):
        yield Case("entries of a layer, " + program[0], packed_layer(program), full, 512)
        yield Case("entries of a root filesystem, " + program[0], packed_rootfs(program), full, 512)
    yield Case("names in no order in one directory", lambda count: tar(shuffled_names(count // 1000)), 2000000, 512)
    yield Case("hardlinks to one file", lambda count: image(layer_of(lambda: tar(hardlinks(count // 1000)))), 1000000,
               512, small, slope=200)
    yield Case("symlinks", lambda count: image(layer_of(lambda: tar(symlinks(count // 1000)))), 1000000, 512)
    for name, mark in (("whiteouts of as many files", b".wh."), ("files written twice", b"")):
        yield Case(name, lambda count, mark=mark: image(
            layer_of(lambda: tar(changes(count // 1000))), layer_of(lambda: tar(changes(count // 1000, mark)))),
            1000000, 512, small, slope=400, again=True)
    yield Case("paths of 1000 directories", lambda count: tar(directory_chains(count, 1000)), 4000, 512, 20,
               slope=100000, statuses=(0, 1, 3))
    yield Case("setuid files", lambda count: tar(files(count // 1000, mode=0o4755)), 100000, 512, 1000, slope=4000,
               statuses=(1, 3))
    yield Case("world-writable files", lambda count: tar(files(count // 1000, mode=0o777)), 1000000, 512)
    yield Case("files of other years", lambda count: tar(files(count // 1000, when=8 ** 11 - 1)), 1000000, 512)


# ---- Bombs ---------------------------------------------------------------------------------------------------------

def windows(folder, program):
    """A layer whose decoder has as much to look back to as may be, and in it the same again, four times."""
    def around(inner, size):
        with open(inner, "rb") as file:
            return tar(file_of_zeros(size), [member(b"srv/inner", file.read())])

    def make(size):
        command, path = WIDE_PACKERS[program][1], os.devnull
        for depth in range(4):
            path = packed(folder, command, "windows-%d-%d.%s" % (size, depth, program), around(path, size))
        return image(stored(path))
    return make


def bombs(folder):
    def zeros_packed(program, size):
        return packed(folder, PACKERS[program], "zeros-%d.%s" % (size, program), zeros(size))

    def layer(program):
        return lambda size: image(stored(packed(folder, PACKERS[program], "layer-%d.%s" % (size, program),
                                                tar(file_of_zeros(size)))))

    def outer(program):
        def stream(size):
            return image(layer_of(lambda: tar(file_of_zeros(size))))
        return lambda size: stored(packed(folder, PACKERS[program], "outer-%d.%s" % (size, program), stream(size)))[1]

    def in_layer(program, suffix=""):
        def make(size):
            path = zeros_packed(program, size)
            if suffix:
                path = packed(folder, PACKERS["gzip"], os.path.basename(path) + suffix, stored(path)[1])
            with open(path, "rb") as file:
                body = file.read()
            return image(layer_of(lambda: tar([member(b"srv/bomb", body)])))
        return make

    def zip_entry(size):
        out = io.BytesIO()
        with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
            with archive.open("zeros", "w", force_zip64=True) as entry:
                for piece in zeros(size):
                    entry.write(piece)
        return image(layer_of(lambda: tar([member(b"srv/bomb.zip", out.getvalue())])))

    told = {"says": ["integrity-compression-ratio"]}
    both = {"small": 8 * MIB, **told}
    small = 4 * MIB
    for program in PACKERS:
        yield Case("bomb, %s, as a layer" % program, layer(program), GIB, 256, **both)
        yield Case("bomb, %s, as the outer file" % program, outer(program), GIB, 256, **told)
        yield Case("bomb, %s, in a layer" % program, in_layer(program), GIB, 256, **both)
        yield Case("bomb, %s, packed again" % program, in_layer(program, ".gz"), GIB, 256, **told)
    for program in WIDE_PACKERS:
        yield Case("windows in windows, " + program, windows(folder, program), 200 * MIB, 384, statuses=(INCOMPLETE,),
                   says=[WIDE_PACKERS[program][0]])
    yield Case("bomb, zip", zip_entry, GIB, 256, **both)
    yield Case("zeros, 4 GiB in a tar", lambda size: tar(file_of_zeros(size)), 4 * GIB, 256, small)


# ---- What holds itself ---------------------------------------------------------------------------------------------

def selves(_folder):
    body = quine.gzip_quine()
    yield Case("quine of gzip as the outer file", lambda _: iter([body]), 1, 64, seconds=1, statuses=(3,),
               says=["holds no tar"])
    yield Case("quine of gzip as a layer", lambda _: image((len(body), iter([body]))), 1, 64, seconds=1, statuses=(3,),
               says=["[Ee]xpected a tar"])
    yield Case("quine of gzip in a layer", lambda _: image(layer_of(lambda: tar([member(b"srv/quine.gz", body)]))), 1,
               64, seconds=1, statuses=(3,), says=["nested-depth"])
    yield Case("tars in tars in a layer", lambda depth: image(layer_of(lambda: tar(
        itertools.chain([header(b"outer.tar", size_of(nested_tars(depth)))], nested_tars(depth))))), 10000, 64, 100,
        seconds=2, statuses=(3,), says=["nested-depth"])
    yield Case("tars in tars as the outer file", nested_tars, 10000, 64, 100, seconds=2, statuses=(3,),
               says=["nested-depth"])


# ---- Paths, headers, names -----------------------------------------------------------------------------------------

def headers(_folder):
    yield Case("path components", lambda count: tar(path_components(count // 500000, 500000)), 100000000, 64, 500000,
               seconds=1, statuses=(3,), says=["path"])
    yield Case("attributes of 1 MiB", lambda count: tar(xattrs(count, 1, bytes(1000000))), 1000, 64, 10,
               statuses=(0, 1, 3))
    yield Case("attributes, 20 000 to an entry", lambda count: tar(xattrs(count, 20000, b"v")), 100, 128, 1,
               statuses=(0, 1, 3))
    yield Case("lines of packages", lambda count: tar(status_of_dpkg(count // 1000)), 5000000, 256, 10000, slope=60,
               statuses=(0, 1, 3))


# ---- Documents -----------------------------------------------------------------------------------------------------

def documents(_folder):
    shapes = {
        "empty objects": ("{},", "{}"),
        "empty lists": ("[],", "[]"),
        "numbers": ("1,", "1"),
        "strings": ('"",', '""'),
        "objects of one key": ('{"a":1},', "{}"),
    }

    def text(shape, size):
        piece, last = shapes[shape]
        return "[" + piece * (size // len(piece)) + last + "]"

    def as_manifest(shape):
        return lambda size: iter([member(b"manifest.json", text(shape, size).encode()), END])

    def as_config(shape):
        def make(size):
            body = '{"architecture":"amd64","os":"linux","config":{},"x":%s}' % text(shape, size)
            return image(layer_of(lambda: tar([member(b"f", b"x")])), config_json=body.encode())
        return make

    def as_index(shape):
        def make(size):
            body = '{"schemaVersion":2,"manifests":%s}' % text(shape, size)
            return iter([member(b"oci-layout", b'{"imageLayoutVersion":"1.0.0"}'), member(b"index.json", body.encode()),
                         END])
        return make

    def as_many_as_may_be(size):
        """As many values as one document may have, and blanks up to the size that it may have."""
        body = '[{"Config":"c","Layers":["l"]},' + "{}," * 199000 + "{}]"
        return iter([member(b"manifest.json", body.ljust(size).encode()), END])

    full = 4 * MIB - 200
    yield Case("JSON, values up to the limit", as_many_as_may_be, full, 64, seconds=2, statuses=(3,))
    for shape in shapes:
        for place, make in (("manifest", as_manifest), ("config", as_config), ("index", as_index)):
            yield Case("JSON, %s as %s" % (shape, place), make(shape), full, 64, seconds=2, statuses=(3,))
    yield Case("JSON, keys that are all different", lambda size: iter([member(b"manifest.json", (
        "{" + ",".join('"%x":0' % i for i in range(size // 10)) + "}").encode()), END]), full, 64, seconds=2,
        statuses=(0, 1, 3))
    yield Case("JSON, depth", lambda size: iter([member(b"manifest.json", b"[" * size), END]), full, 64, seconds=1,
               statuses=(0, 1, 3))
    yield Case("JSON, documents of nothing", lambda count: tar(files_of_body(count, b"{}", b"d%07d")), 300000, 256,
               1000, slope=4000, statuses=(0, 1, 3))


# ---- Layers --------------------------------------------------------------------------------------------------------

def layers(_folder):
    yield Case("references to one layer", lambda count: image(layer_of(lambda: tar([member(b"f", b"x")])),
                                                              references=count), 5000, 128, 100, slope=20000,
               statuses=(0, 1, 3), seconds=5)
    empty = member(b"f", b"x") + END
    yield Case("images of one layer of 1000 files", lambda count: image(layer_of(lambda: tar(files(1))), images=count),
               1000, 256, 20, slope=200000, seconds=10, statuses=(0, 1, 3))
    yield Case("images of one layer of 1 000 000 files", lambda count: image(layer_of(lambda: tar(files(1000))),
                                                                             images=count), 100, 1024, statuses=(3,),
               says=["stacked-entries"])
    long_name = b"usr/lib/%s/" + b"n" * 86 + b"%03d"
    yield Case("long names", lambda count: tar(files(count // 1000, name=long_name)), 5000000, 512,
               statuses=(3,), says=["entry-bytes"])
    yield Case("layers of one file", lambda count: image(*[(len(empty), iter([empty])) for _ in range(count)]), 1000,
               256, 30, slope=8000, statuses=(0, 1, 3))
    yield Case("tars of a root filesystem", lambda count: tar(files_of_body(count, empty, b"t%07d.tar")), 100000, 512,
               500, slope=8000, statuses=(0, 1, 3))


def all_cases(folder):
    for family in (entries, bombs, selves, headers, documents, layers):
        yield from family(folder)
