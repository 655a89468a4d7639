"""Attacks with names, links and deletion marks, in a layer and over layers. `ATTACKS`."""

from attacks import Attack
from bundle import PROGRAM, entry
from plants import SECRET, tar_of
from save import docker
from tarwriter import END, header, padded, pax, special

BODY = b"token = " + SECRET.encode() + b"\n"
ESCAPE, LOOSE, CLIMBS = ("high integrity-path-escape", "low integrity-path-escape", "info integrity-path-escape")
SHOWN, ODD, ODD_PLACE = "high integrity-whiteout-odd", "low integrity-whiteout-odd", "info integrity-whiteout-odd"
MARK_BODY = "medium integrity-whiteout-body"
TWICE = "low integrity-duplicate-entry"
DISPUTED, REFUSED = "high integrity-tar-disputed", "medium integrity-tar-disputed"
INNER = "info integrity-tar-disputed"
HIDDEN = "medium integrity-hidden-bytes"
OPAQUE = "high integrity-not-inspectable"
SETUID = "high priv-setuid"
GONE = "info priv-setuid"
# vfs_cap_data of revision 2, effective: CAP_SYS_ADMIN.
SYS_ADMIN = bytes.fromhex("0100000200002000000000000000000000000000")


def layers(*each):
    return lambda: docker(*(b"".join(parts) + END for parts in each))


def bare(*parts):
    """A root filesystem without an image."""
    return lambda: entry(b"etc/passwd", b"root:x:0:0::/root:/bin/sh\n") + b"".join(parts) + END


def secret(name):
    return entry(name, BODY) if len(name) <= 100 else pax({b"path": name}) + entry(b"x", BODY)


def setuid(name):
    return entry(name, PROGRAM, mode=0o4755)


def symlink(name, target):
    return header(name, b"2", 0o777, link=target) if len(target) <= 100 else (
        pax({b"linkpath": target}) + header(name, b"2", 0o777))


def hardlink(name, target):
    return header(name, b"1", link=target)


def folder(name):
    return header(name + b"/", b"5", 0o755)


def marked(name, type_flag=b"0", body=b"", **fields):
    return header(name, type_flag, 0, len(body), **fields) + padded(body)


def chain(length):
    return b"".join(symlink(b"l%d" % number, b"l%d" % (number + 1)) for number in range(length))


def doubling(levels):
    """Each link leads twice through the one before it: 2 to the power of `levels` steps."""
    return folder(b"d0") + b"".join(symlink(b"d%d" % level, b"d%d/../d%d" % (level - 1, level - 1))
                                    for level in range(1, levels + 1))


TWO_WAYS = tar_of("size.file_with_a_slash.inside", "secret")
TWO_WAYS_SETUID = tar_of("size.file_with_a_slash.inside", "setuid")

ATTACKS = [
    # Names.
    Attack("an absolute name", layers([secret(b"/srv/x")]), 1, True),
    Attack("a name that climbs", layers([secret(b"../x")]), 1, True, (ESCAPE,)),
    Attack("a name that climbs from within", layers([secret(b"a/../../b")]), 1, True, (ESCAPE,)),
    Attack("a name that goes up and stays", layers([secret(b"a/../b")]), 1, True),
    Attack("an empty name", layers([secret(b"")]), 1, True, (LOOSE,)),
    Attack("a file called /", layers([secret(b"/")]), 1, True, (LOOSE, DISPUTED)),
    Attack("a file called .", layers([secret(b".")]), 1, True, (LOOSE,)),
    Attack("a symlink in the place of the root", layers([symlink(b"./", b"/etc"), secret(b"x")]), 1, True,
           (LOOSE,)),
    Attack("a setuid program that climbs", layers([setuid(b"../../usr/bin/x")]), 1, False, (ESCAPE,), (SETUID,)),
    Attack("a name of 4096 bytes", layers([secret(b"x/" * 2047 + b"xx")]), 3, True, (OPAQUE,)),
    Attack("a name of 256 bytes in a path", layers([secret(b"x" * 256)]), 3, True, (OPAQUE,)),
    Attack("a path of 1025 folders", layers([secret(b"x/" * 1024 + b"y")]), 3, True, (OPAQUE,)),
    Attack("a path of 1024 folders", layers([secret(b"x/" * 1023 + b"y")]), 1, True),
    Attack("a link target of 5000 bytes", layers([symlink(b"l", b"x/" * 2500), secret(b"x")]), 3, True,
           (OPAQUE, DISPUTED)),
    Attack("a name with a newline", layers([secret(b"srv/a\nb")]), 1, True, (LOOSE,)),
    Attack("a name with an escape", layers([secret(b"srv/\x1b]52;c;eA==\x07")]), 1, True, (LOOSE,)),
    Attack("a name of invalid UTF-8", layers([secret(b"srv/\xff\xfe")]), 1, True),
    Attack("a name with a lone surrogate", layers([secret(b"srv/\xed\xa0\x80")]), 1, True),
    Attack("twins in two normal forms", layers([secret("srv/\u00e9".encode()), secret("srv/e\u0301".encode())]), 1,
           True),
    Attack("a file twice, the secret first", layers([secret(b"x"), entry(b"x", b"y")]), 1, True, (TWICE,)),
    Attack("a file twice, the secret last", layers([entry(b"x", b"y"), secret(b"x")]), 1, True, (TWICE,)),
    Attack("a setuid program and then another file of its name", layers([setuid(b"x"), entry(b"x", b"y")]), 1, False,
           (TWICE,), (GONE,)),

    Attack("a type that Docker refuses", layers([header(b"x", b"N", size=len(BODY)) + padded(BODY)]), 1, True,
           (DISPUTED,)),
    Attack("a contiguous file", layers([header(b"x", b"7", size=len(BODY)) + padded(BODY)]), 1, True, (REFUSED,)),
    Attack("the label of a volume", layers([header(b"x", b"V"), secret(b"x")]), 1, True, (REFUSED,)),
    Attack("a secret in a PAX header of 70 kB",
           layers([pax({b"comment": b"x" * 70000 + b"\n" + BODY}), entry(b"x", b"")]), 1, True, (HIDDEN,)),
    Attack("a long name of 70 kB that ends in its first bytes",
           layers([special(b"L", b"x\0" + bytes(70000) + BODY), entry(b"y", b"")]), 1, True, (HIDDEN,)),
    Attack("a setuid program in a tar", layers([entry(b"x.tar", setuid(b"usr/bin/x") + END)]), 0, False, (),
           (GONE,)),
    Attack("a tar in a layer that can be read in two ways", layers([entry(b"x.tar", TWO_WAYS)]), 1, True, (INNER,)),
    Attack("a tar in a bare root that can be read in two ways", bare(entry(b"x.tar", TWO_WAYS)), 1, True, (INNER,)),
    Attack("a tar in a tar in a bare root that can be read in two ways",
           bare(entry(b"x.tar", entry(b"y.tar", TWO_WAYS_SETUID) + END)), 0, False, (INNER,), (GONE,)),
    Attack("a file that begins with the header of a setuid program", layers([entry(b"x", setuid(b"usr/bin/x"))]), 0,
           False, (), (GONE,)),

    # Symlinks.
    Attack("a symlink that climbs", layers([symlink(b"a/l", b"../../../etc/passwd"), secret(b"x")]), 1, True,
           (CLIMBS,)),
    Attack("a chain of 39 symlinks", layers([chain(39), folder(b"l39"), secret(b"l0/x")]), 1, True),
    Attack("a chain of 100 symlinks", layers([chain(100), folder(b"l100"), secret(b"l0/x")]), 1, True,
           (LOOSE, ODD_PLACE)),
    Attack("symlinks in a loop", layers([symlink(b"a", b"b"), symlink(b"b", b"a"), secret(b"a/x")]), 1, True,
           (LOOSE, ODD_PLACE)),
    Attack("a symlink to itself", layers([symlink(b"a", b"a"), secret(b"a/x")]), 1, True, (LOOSE, ODD_PLACE)),
    Attack("symlinks of 2 to the 60 steps", layers([doubling(60), secret(b"d60/x")]), 1, True,
           (LOOSE, ODD_PLACE)),
    Attack("a write through a symlink of the same layer", layers([symlink(b"l", b"/etc"), secret(b"l/x")]), 1, True),
    Attack("a write through a symlink that climbs", layers([symlink(b"l", b"../../etc"), secret(b"l/x")]), 1, True,
           (CLIMBS,)),
    Attack("a write through a symlink of a lower layer", layers([symlink(b"l", b"/etc")], [secret(b"l/x")]), 1,
           True),
    Attack("a setuid program through a symlink", layers([symlink(b"l", b"usr/bin"), setuid(b"l/x")]), 1, False, (),
           (SETUID,)),
    Attack("a folder over a symlink", layers([symlink(b"l", b"/etc")], [folder(b"l"), secret(b"l/x")]), 1, True),
    Attack("a symlink over a folder", layers([folder(b"d"), secret(b"d/x")], [symlink(b"d", b"/etc")]), 1, True),
    Attack("a file below a file", layers([entry(b"f", b"x"), secret(b"f/x")]), 1, True, (ODD_PLACE, TWICE)),

    # Hardlinks.
    Attack("a hardlink out of the image", layers([hardlink(b"h", b"../../etc/shadow"), secret(b"x")]), 1, True,
           (ESCAPE, LOOSE)),
    Attack("a hardlink to an absolute name", layers([secret(b"x"), hardlink(b"h", b"/x")]), 1, True),
    Attack("a hardlink to nothing", layers([hardlink(b"h", b"gone"), secret(b"x")]), 1, True, (LOOSE,)),
    Attack("a hardlink to a folder", layers([folder(b"d"), hardlink(b"h", b"d"), secret(b"x")]), 1, True, (LOOSE,)),
    Attack("a hardlink to itself", layers([hardlink(b"h", b"h"), secret(b"x")]), 1, True, (LOOSE,)),
    Attack("a hardlink to what comes later", layers([hardlink(b"h", b"x"), secret(b"x")]), 1, True, (LOOSE,)),
    Attack("a hardlink through a symlink", layers([symlink(b"l", b"d"), folder(b"d"), secret(b"d/x"),
                                                   hardlink(b"h", b"l/x")]), 1, True),
    Attack("a hardlink that saves what is deleted", layers([secret(b"x")], [hardlink(b"h", b"x"), marked(b".wh.x")]),
           1, True),
    Attack("a hardlink with a setuid bit", layers([entry(b"x", PROGRAM, mode=0o755),
                                                   header(b"h", b"1", 0o4755, link=b"x")]), 1, False, (), (SETUID,)),
    Attack("a hardlink through a symlink with a setuid bit, deleted", layers([
        folder(b"d"), entry(b"d/x", PROGRAM, mode=0o755), symlink(b"l", b"d"), header(b"h", b"1", 0o4755, link=b"l/x")],
        [marked(b".wh.h")]), 1, False, (), (SETUID,)),
    Attack("a hardlink to a hardlink with a setuid bit, deleted", layers([
        entry(b"x", PROGRAM, mode=0o755), hardlink(b"a", b"x"), header(b"h", b"1", 0o4755, link=b"a")],
        [marked(b".wh.h")]), 1, False, (), (SETUID,)),
    Attack("a hardlink with a setuid bit to a file of a lower layer, deleted", layers([
        entry(b"x", PROGRAM, mode=0o755)], [header(b"h", b"1", 0o4755, link=b"x")], [marked(b".wh.h")]), 1, False, (),
        (SETUID,)),
    Attack("a hardlink without the setuid bit of its file, which is deleted", layers([
        setuid(b"x"), hardlink(b"h", b"x")], [marked(b".wh.x")]), 1, False, (), (SETUID,)),
    Attack("a hardlink of another owner to a setuid program", layers([
        setuid(b"x"), header(b"h", b"1", 0o755, link=b"x", fields={108: b"0001750\0"})]), 1, False, (), (SETUID,)),
    Attack("a hardlink with a capability, deleted", layers([
        entry(b"x", PROGRAM, mode=0o755), pax({b"SCHILY.xattr.security.capability": SYS_ADMIN}), hardlink(b"h", b"x")],
        [marked(b".wh.h")]), 1, False, (), ("critical priv-filecap",)),
    Attack("a hardlink to what is replaced later", layers([secret(b"x"), hardlink(b"h", b"x"), entry(b"x", b"y")]), 1,
           True),

    # Deletion marks.
    Attack("a mark of nothing", layers([secret(b"d/x")], [marked(b"d/.wh.")]), 1, True, (ODD,)),
    Attack("a mark of a dot", layers([secret(b"d/x")], [marked(b"d/.wh..")]), 1, True, (ODD,)),
    Attack("a mark of two dots", layers([secret(b"d/x")], [marked(b"d/.wh...")]), 1, True, (ODD,)),
    Attack("a mark of two dots above a setuid program", layers([setuid(b"d/x")], [marked(b"d/.wh...")]), 1, False,
           (ODD,), (SETUID,)),
    Attack("a mark behind its file in one layer", layers([secret(b"x"), marked(b".wh.x")]), 1, True, (ODD,)),
    Attack("a mark before its file in one layer", layers([marked(b".wh.x"), secret(b"x")]), 1, True, (ODD,)),
    Attack("files below the folder of AUFS", layers([secret(b".wh..wh.plnk/x")]), 1, True),
    Attack("a setuid program below the folder of AUFS", layers([setuid(b".wh..wh.plnk/x")]), 1, False, (),
           (SETUID,)),
    Attack("a mark of AUFS that nobody knows", layers([secret(b".wh..wh.foo")]), 1, True, (MARK_BODY, ODD)),
    Attack("a folder with the name of a mark", layers([secret(b"a")], [secret(b"d/.wh.a/k")]), 1, True),
    Attack("a setuid program in a folder with the name of a mark", layers([setuid(b"d/.wh.a/k")]), 1, False, (),
           (SETUID,)),
    Attack("a mark with content", layers([marked(b".wh.x", body=BODY)]), 1, True, (MARK_BODY,)),
    Attack("a mark with content and rights", layers([header(b".wh.x", b"0", 0o4755, len(BODY)) + padded(BODY)]), 1,
           True, (MARK_BODY,)),
    Attack("an opaque mark with content", layers([marked(b"d/.wh..wh..opq", body=BODY)]), 1, True, (MARK_BODY,)),
    Attack("a mark that is a folder", layers([secret(b"x")], [header(b".wh.x/", b"5")]), 1, True, (ODD,)),
    Attack("a mark that is a symlink", layers([secret(b"x")], [symlink(b".wh.x", b"y")]), 1, True, (ODD,)),
    Attack("a mark that is a hardlink", layers([secret(b"x")], [hardlink(b".wh.x", b"y")]), 1, True, (ODD,)),
    Attack("a mark that is a fifo", layers([secret(b"x")], [header(b".wh.x", b"6")]), 1, True, (ODD,)),
    Attack("a symlink as mark, whose target is a secret", layers([symlink(b".wh.x", SECRET.encode())]), 1, True,
           (ODD,)),
    Attack("an opaque mark behind its siblings", layers([secret(b"d/old")], [secret(b"d/new"),
                                                                             marked(b"d/.wh..wh..opq")]), 1, True,
           (ODD_PLACE,)),
    Attack("an opaque mark on the root, above a setuid program", layers([setuid(b"usr/bin/x")], [
        marked(b".wh..wh..opq"), entry(b"y", b"")]), 1, False, (SHOWN,), (GONE,)),
    Attack("a mark through a link of the layer below, of a setuid program", layers([
        setuid(b"usr/bin/x"), symlink(b"bin", b"usr/bin")], [marked(b"bin/.wh.x")]), 1, False, (SHOWN,), (GONE,)),
    Attack("a file through a link of the layer below, over a setuid program", layers([
        setuid(b"usr/bin/x"), symlink(b"bin", b"usr/bin")], [entry(b"bin/x", b"")]), 1, False, (SHOWN,), (GONE,)),
    Attack("a mark and a folder of its name, over a setuid program", layers([setuid(b"d/x")], [
        marked(b".wh.d"), folder(b"d")]), 1, False, (SHOWN,), (GONE,)),
    Attack("a link and a folder of its name, over a setuid program", layers([setuid(b"d/x")], [
        symlink(b"d", b"e"), folder(b"d")]), 1, False, (SHOWN,), (GONE,)),
    Attack("a device 0:0", layers([secret(b"x")], [header(b"x", b"3", device=(0, 0))]), 1, True, (ODD,)),
    Attack("a mark of what is not there", layers([marked(b".wh.gone"), secret(b"x")]), 1, True),
    Attack("a mark in the first layer", layers([marked(b"d/.wh..wh..opq"), secret(b"x")]), 1, True),
    Attack("100 000 names in one folder", lambda: docker(
        b"".join(header(b"d/%d" % number) for number in range(100000)) + secret(b"d/x") + END), 1, True),
]
