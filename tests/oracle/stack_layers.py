"""Layers as lists of entries, and their tars. Every body says where it stands, "LAYER.ENTRY", so that whoever extracts
a stack can be asked whose body a name shows.
"""
import dataclasses

from tarwriter import END, header, padded, pax

CAPABILITY = bytes.fromhex("0100000200040000000000000000000000000000")  # cap_net_bind_service=ep
OPAQUE = b".wh..wh..opq"
WHITEOUT = b".wh."

FLAGS = {"file": b"0", "hardlink": b"1", "symlink": b"2", "char-device": b"3", "block-device": b"4",
         "directory": b"5", "fifo": b"6"}


@dataclasses.dataclass
class Entry:
    """`name` is as in the archive, whatever that means."""

    name: bytes
    kind: str = "file"
    mode: int = 0o644
    uid: int = 0
    gid: int = 0
    mtime: int = 1700000000
    link: bytes = b""
    device: tuple = (0, 0)
    capability: bytes = b""
    empty: bool = False  # a file without a body, such as a mark

    @property
    def path(self):
        """Cleaned as runtimes do it."""
        return clean(self.name)

    @property
    def base(self):
        return self.path.rpartition(b"/")[2]

    @property
    def is_mark(self):
        return self.base.startswith(WHITEOUT)


def clean(name):
    """Without "." and empty components; ".." lexically, and not above the root."""
    out = []
    for part in name.split(b"/"):
        if part == b"..":
            del out[-1:]
        elif part not in (b"", b"."):
            out.append(part)
    return b"/".join(out)


def parent_of(path):
    return path.rpartition(b"/")[0]


def join(*parts):
    return b"/".join(part for part in parts if part)


def ancestors(path):
    """All directories a path stands in, without the root: a/b/c gives a, a/b."""
    parts = path.split(b"/")
    return [b"/".join(parts[:count]) for count in range(1, len(parts))]


def mark_of(path):
    """The whiteout of a path."""
    return join(parent_of(path), WHITEOUT + path.rpartition(b"/")[2])


def is_within(path, folder):
    return path == folder or folder == b"" or path.startswith(folder + b"/")


def body_of(layer, number):
    """Bodies differ in length, too."""
    return b"%d.%d" % (layer, number) + b"\n" * (number % 3)


def place_of(body):
    """What body_of was given, as silt's lister writes it; "" for anything else."""
    return body.decode("ascii", "replace").strip()


def write_entry(entry, body):
    tar = pax({b"SCHILY.xattr.security.capability": entry.capability}) if entry.capability else b""
    slash = b"/" if entry.kind == "directory" and not entry.name.endswith(b"/") else b""
    tar += header(entry.name + slash, FLAGS[entry.kind], mode=entry.mode, size=len(body), link=entry.link,
                  device=entry.device if entry.kind.endswith("device") else None, uid=entry.uid, gid=entry.gid,
                  mtime=entry.mtime)
    return tar + padded(body)


def write_layer(number, entries):
    tar = []
    for index, entry in enumerate(entries):
        body = body_of(number, index) if entry.kind == "file" and not entry.empty else b""
        tar.append(write_entry(entry, body))
    return b"".join(tar) + END
