"""A tar writer that can lie: it writes what it is told, and shares no code with the reader under test.

The header of one entry (POSIX ustar; numbers are octal text):

    0      100   108   116   124      136       148       156    157        257     263
    | name | mode | uid | gid | size   | mtime   | checksum| type | linkname | magic | ...
"""

BLOCK = 512


class Owner:
    """What the entries of the layer under way have in common."""

    uid, gid, mtime = 0, 0, 1700000000

    @classmethod
    def reset(cls):
        cls.uid, cls.gid, cls.mtime = 0, 0, 1700000000


def octal(value, width):
    return b"%0*o\0" % (width - 1, value)


def header(name, type_flag=b"0", mode=0o644, size=0, link=b"", magic=b"ustar\00000", size_field=None,
           checksum_off_by=0, device=None, fields=None, signed=False, uid=None, gid=None, mtime=None):
    """
    512 bytes. The lies are `size_field` (12 bytes), `fields` (bytes by their offset, over whatever stands there),
    `checksum_off_by`, and `signed`: the checksum of old writers, whose bytes have a sign. Names have 100 bytes at most.
    """
    block = bytearray(BLOCK)

    def put(offset, data):
        block[offset:offset + len(data)] = data

    put(0, name)
    put(100, octal(mode, 8))
    put(108, octal(Owner.uid if uid is None else uid, 8))
    put(116, octal(Owner.gid if gid is None else gid, 8))
    put(124, size_field or octal(size, 12))
    put(136, octal(Owner.mtime if mtime is None else mtime, 12))
    put(148, b" " * 8)
    put(156, type_flag)
    put(157, link)
    put(257, magic)
    if device:
        put(329, octal(device[0], 8))
        put(337, octal(device[1], 8))
    for offset, data in (fields or {}).items():
        put(offset, data)
    total = sum(byte - 256 if signed and byte > 127 else byte for byte in block)
    put(148, b"%06o\0 " % (total + checksum_off_by))
    for offset, data in (fields or {}).items():
        if 148 <= offset < 156:
            put(offset, data)
    return bytes(block)


def padded(body):
    return body + bytes(-len(body) % BLOCK)


def pax_record(key, value):
    """"LENGTH KEY=VALUE\\n", LENGTH counting itself."""
    rest = b" " + key + b"=" + value + b"\n"
    length = len(rest) + 1
    while length != len(b"%d" % length) + len(rest):
        length += 1
    return b"%d" % length + rest


def special(type_flag, body):
    """A header about the entry behind it, with its body: x, g, X, L, K."""
    return header(b"special", type_flag, size=len(body)) + padded(body)


def pax(records, type_flag=b"x"):
    """A PAX header for the entry behind it; `records`: a dictionary, or pairs, so that a key may come twice."""
    pairs = records.items() if isinstance(records, dict) else records
    return special(type_flag, b"".join(pax_record(key, value) for key, value in pairs))


END = bytes(2 * BLOCK)
