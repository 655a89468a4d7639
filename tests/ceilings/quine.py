"""A gzip file that decompresses to itself: "Zip Files All The Way Down" by Russ Cox describes the construction.

Two kinds of blocks are enough, each of 5 bytes: L(n), a stored block whose n bytes follow, and R(n), a block of fixed
codes that repeats the last n bytes. What a step writes is what the file has a few steps later:

    code                      output
    P                                             the gzip header
    L(p+5) P L(p+5)           P L(p+5)
    R(p+5)                    P L(p+5)
    L(5)  R(p+5)              R(p+5)
    L(5)  L(5)                L(5)
    L(20) R(p+5) L5 L5 L20    R(p+5) L5 L5 L20
    R(20)                     R(p+5) L5 L5 L20
    L(20) R20 L20 R20 L20     R20 L20 R20 L20
    R(20)                     R20 L20 R20 L20
    L(20) R20 L0 L0 L(s+5)    R20 L0 L0 L(s+5)
    R(20)                     R20 L0 L0 L(s+5)
    L(0) L(0) L(s+5) R(s+5) S R(s+5) S
    R(s+5)                    R(s+5) S
    S                                             the last block, CRC and length

The CRC is one of the whole file, in which it stands twice. It is linear in its bits, so the value that is its own CRC
is the solution of 32 equations.
"""

import zlib


class Bits:
    """Bits of a deflate stream, the first one lowest."""

    def __init__(self):
        self.value = self.count = 0

    def number(self, value, count):
        self.value |= value << self.count
        self.count += count

    def code(self, value, count):
        for bit in reversed(range(count)):
            self.number(value >> bit & 1, 1)


def stored(length, last=False):
    return bytes([last]) + length.to_bytes(2, "little") + (length ^ 0xffff).to_bytes(2, "little")


def repeat(length):
    """Two copies of half of it: 3 bits of header, twice 7 of length and 8 of distance, and 7 of the end are 5 bytes."""
    assert 17 <= length <= 20
    bits = Bits()
    bits.number(2, 3)
    for half in (length // 2, length - length // 2):
        bits.code(half + 254 - 256, 7)
        bits.code(8, 5)
        bits.number(length - 17, 3)
    bits.code(0, 7)
    assert bits.count == 40
    return bits.value.to_bytes(5, "little")


def with_crc(crc, name):
    head = b"\x1f\x8b\x08\x08\0\0\0\0\0\x03" + name + b"\0"
    copy = len(head) + 5
    tail = stored(0, last=True) + crc.to_bytes(4, "little")
    size = len(tail) + 4 + 5
    l0, l5, l20, r20 = stored(0), stored(5), stored(20), repeat(20)

    def whole(length):
        end = tail + length.to_bytes(4, "little")
        return b"".join([
            head, stored(copy), head, stored(copy), repeat(copy), l5, repeat(copy), l5, l5,
            l20, repeat(copy), l5, l5, l20, r20, l20, r20, l20, r20, l20, r20,
            l20, r20, l0, l0, stored(size), r20, l0, l0, stored(size), repeat(size), end, repeat(size), end])
    return whole(len(whole(0)))


def own_crc(name):
    """The crc for which crc32 of the whole is crc; None if there is none."""
    base = zlib.crc32(with_crc(0, name))
    rows = [[0, base >> i & 1] for i in range(32)]  # of each bit: which bits of the crc it depends on, and the constant
    for bit in range(32):
        column = zlib.crc32(with_crc(1 << bit, name)) ^ base ^ 1 << bit
        for i in range(32):
            rows[i][0] |= (column >> i & 1) << bit
    crc = 0
    for bit in range(32):
        found = next((row for row in rows[bit:] if row[0] >> bit & 1), None)
        if not found:
            return None
        rows.remove(found)
        rows.insert(bit, found)
        for row in rows:
            if row is not found and row[0] >> bit & 1:
                row[0] ^= found[0]
                row[1] ^= found[1]
    for bit in range(32):
        crc |= rows[bit][1] << bit
    return crc


def gzip_quine():
    for letter in b"abcdefghijklmnopqrstuvwxyz":
        name = b"sil" + bytes([letter])
        crc = own_crc(name)
        if crc is not None:
            quine = with_crc(crc, name)
            assert zlib.decompress(quine, 31) == quine
            return quine
    raise AssertionError("no name gives a solution")
