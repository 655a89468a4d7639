"""Attacks in the compression of a layer: gzip (RFC 1952) and zstd (RFC 8878). `ATTACKS`."""

import gzip
import hashlib
import lzma
import struct
import zlib

import wrap
from attacks import Attack
from bundle import dump, entry
from plants import PLANTS, SECRET
from save import CLEAN, EVIL, config, docker, sha, tar
from tarwriter import END

HIDDEN = "medium integrity-hidden-bytes"
OPAQUE, SEALED = "high integrity-not-inspectable", "medium integrity-not-inspectable"
DIFF_ID = "medium integrity-diffid-mismatch"
LINE = b"token = " + SECRET.encode() + b"\n"


def layer(blob, content):
    """A docker archive of a layer that is stored as `blob`; its diff ID is that of `content`."""
    described = config([content])
    name = sha(blob) + ".tar.gz"
    return tar([(name, blob), (sha(described) + ".json", described),
                ("manifest.json", dump([{"Config": sha(described) + ".json", "RepoTags": ["x:1"],
                                         "Layers": [name]}]))])


def member(content, flags=0, fields=b"", crc=0, size=0):
    """A gzip member: header of 10 bytes, the fields of its flags, deflate, CRC-32 and size, both off by so much."""
    packer = zlib.compressobj(9, zlib.DEFLATED, -15)
    return (b"\x1f\x8b\x08" + bytes([flags]) + bytes(4) + b"\0\xff" + fields + packer.compress(content)
            + packer.flush() + struct.pack("<II", zlib.crc32(content) + crc & 0xffffffff,
                                           len(content) + size & 0xffffffff))


def header_crc(flags, fields, wrong=0):
    """The fields with a checksum of the header behind them: the lower half of its CRC-32."""
    head = b"\x1f\x8b\x08" + bytes([flags]) + bytes(4) + b"\0\xff" + fields
    return fields + struct.pack("<H", zlib.crc32(head) + wrong & 0xffff)


def gz(content, *tail, **lies):
    return lambda: layer(member(content, **lies) + b"".join(tail), content)


def skippable(data, number=0):
    return struct.pack("<II", 0x184D2A50 + number, len(data)) + data


def zst(blob, content):
    return lambda: layer(blob, content)


def window(log):
    """A frame with a window of 2 to the `log` bytes: descriptor 0, then exponent and mantissa."""
    return struct.pack("<IBB", 0xFD2FB528, 0, log - 10 << 3) + (len(EVIL) << 3 | 1).to_bytes(3, "little") + EVIL


def with_checksum(frame):
    """The frame says that a checksum follows, and a wrong one does."""
    return frame[:4] + bytes([frame[4] | 4]) + frame[5:] + b"\0\0\0\0"


NOISE = b"".join(hashlib.sha512(bytes([number])).digest() for number in range(80))
NOISY = PLANTS["secret"] + entry(b"noise", NOISE) + END
HALF = len(EVIL) // 1024 * 512
FNAME, FEXTRA, FCOMMENT, FHCRC = 8, 4, 16, 2

ATTACKS = [
    Attack("gzip as it should be", gz(EVIL), 1, True),
    Attack("gzip with garbage behind it", gz(EVIL, b"garbage"), 1, True, (HIDDEN,)),
    Attack("gzip with a secret behind it", gz(CLEAN, LINE), 1, True, (HIDDEN,)),
    Attack("gzip with zeros behind it", gz(EVIL, bytes(512)), 1, True),
    Attack("gzip with a bad CRC", gz(EVIL, crc=1), 3, True, (OPAQUE,)),
    Attack("gzip with a bad size", gz(EVIL, size=1), 3, True, (OPAQUE,)),
    Attack("gzip with a header checksum", gz(EVIL, flags=FHCRC, fields=header_crc(FHCRC, b"")), 1, True),
    Attack("gzip with a bad header checksum", gz(EVIL, flags=FHCRC, fields=header_crc(FHCRC, b"", 1)), 3, True,
           (OPAQUE,)),
    Attack("gzip with reserved flags", gz(EVIL, flags=0x20), 3, True, (OPAQUE,)),
    Attack("gzip with a name", gz(EVIL, flags=FNAME, fields=b"layer.tar\0"), 1, True),
    Attack("gzip with a secret as name", gz(CLEAN, flags=FNAME, fields=LINE + b"\0"), 1, True),
    Attack("gzip with a name of a mebibyte", gz(EVIL, flags=FNAME, fields=b"x" * (1 << 20) + b"\0"), 3, True,
           (OPAQUE,)),
    Attack("gzip with a comment of a mebibyte", gz(EVIL, flags=FCOMMENT, fields=b"x" * (1 << 20) + b"\0"), 3, True,
           (OPAQUE, HIDDEN)),
    Attack("gzip with a secret as comment", gz(CLEAN, flags=FCOMMENT, fields=LINE + b"\0"), 1, True, (HIDDEN,)),
    Attack("gzip with a secret in the extra field", gz(CLEAN, flags=FEXTRA, fields=struct.pack("<H", len(LINE))
                                                       + LINE), 1, True, (HIDDEN,)),
    Attack("gzip of two members", lambda: layer(member(EVIL[:HALF]) + member(EVIL[HALF:]), EVIL), 1, True),
    Attack("gzip of 1000 members", lambda: layer(b"".join(
        member((EVIL * 50)[at:at + 100]) for at in range(0, len(EVIL) * 50, 100)), EVIL * 50), 1, True, (HIDDEN,)),
    Attack("gzip whose second member is another tar", lambda: layer(member(CLEAN) + member(EVIL), CLEAN + EVIL), 1,
           True, (HIDDEN,)),
    Attack("the same, and its diff ID leaves it out", lambda: layer(member(CLEAN) + member(EVIL), CLEAN), 1, True,
           (HIDDEN, DIFF_ID)),
    Attack("gzip whose second member is bad", lambda: layer(member(EVIL) + member(CLEAN)[:-4], EVIL + CLEAN), 3, True,
           (OPAQUE, HIDDEN)),
    Attack("gzip of an empty member and the tar", lambda: layer(member(b"") + member(EVIL), EVIL), 1, True),
    Attack("gzip that is cut", lambda: layer(member(NOISY)[:-1000], NOISY), 3, True, (OPAQUE,)),
    Attack("gzip with a broken block", lambda: layer(
        member(NOISY)[:2000] + b"\xff" * 40 + member(NOISY)[2040:], NOISY), 3, True, (OPAQUE,)),
    Attack("gzip of gzip", lambda: layer(gzip.compress(gzip.compress(EVIL, mtime=0), mtime=0), EVIL), 3, True,
           (OPAQUE,)),

    Attack("zstd as it should be", zst(wrap.zstd(EVIL), EVIL), 1, True),
    Attack("zstd of two frames", zst(wrap.zstd(EVIL[:HALF]) + wrap.zstd(EVIL[HALF:]), EVIL), 1, True),
    Attack("zstd with a secret in a skippable frame", zst(wrap.zstd(CLEAN) + skippable(LINE), CLEAN), 1, True,
           (HIDDEN,)),
    Attack("zstd with a skippable frame first", zst(skippable(LINE, 15) + wrap.zstd(CLEAN), CLEAN), 1, True,
           (HIDDEN,)),
    Attack("zstd with a skippable frame between", zst(
        wrap.zstd(CLEAN[:512]) + skippable(LINE) + wrap.zstd(CLEAN[512:]), CLEAN), 1, True, (HIDDEN,)),
    Attack("zstd with garbage behind it", zst(wrap.zstd(CLEAN) + LINE, CLEAN), 1, True, (HIDDEN,)),
    Attack("zstd with another tar behind it, in gzip", zst(wrap.zstd(CLEAN) + gzip.compress(EVIL, mtime=0), CLEAN), 3,
           False, (SEALED, HIDDEN)),
    Attack("gzip with zeros and another tar behind it, in zstd", gz(CLEAN, bytes(512), wrap.zstd(EVIL)), 3, True,
           (SEALED, HIDDEN)),
    Attack("zstd with a wrong checksum", zst(with_checksum(wrap.zstd(EVIL)), EVIL), 3, True, (OPAQUE,)),
    Attack("zstd that is cut", zst(wrap.zstd(EVIL + bytes(4096))[:-100], EVIL), 3, True, (OPAQUE,)),
    Attack("zstd with a window of 128 MiB", zst(window(27), EVIL), 1, True),
    Attack("zstd with a window of 256 MiB", zst(window(28), EVIL), 3, True,
           (OPAQUE, SEALED)),
    Attack("zstd whose second frame is another tar", zst(wrap.zstd(CLEAN) + wrap.zstd(EVIL), CLEAN + EVIL), 1, True,
           (HIDDEN,)),
    Attack("a plain layer with bytes behind its end", lambda: docker(CLEAN + LINE.ljust(512, b"\0")), 1, True,
           (HIDDEN,)),
    Attack("a plain layer with another tar behind its end", lambda: docker(CLEAN + EVIL), 1, True, (HIDDEN,)),
    Attack("a plain layer with another tar behind its end, in gzip", lambda: docker(
        CLEAN + gzip.compress(EVIL, mtime=0)), 3, False, (SEALED, HIDDEN)),
    Attack("the same behind many zeros, in xz", lambda: docker(CLEAN + bytes(99999) + lzma.compress(EVIL)), 3, False,
           (SEALED, HIDDEN)),
    Attack("a plain layer without an end", lambda: docker(entry(b"x", LINE)), 1, True),
    Attack("a plain layer that is its end", lambda: docker(END, EVIL), 1, True),
]
