"""Tars made to be read differently by different readers. Each is a list of blocks; those that name a file "hidden" have
its header where one reader sees a header and another one the body of something else.

`constructions()` gives those that are known, by name; `random_tars()` puts the same parts together at random.
"""
import itertools
import random

from tarwriter import BLOCK, END, header, padded, pax, pax_record

LIMIT_OF_SPECIAL_HEADERS = 1024 * 1024


# ---- Parts ---------------------------------------------------------------------------------------------------------

def file(name, body=b"body\n", **how):
    return header(name, size=len(body), **how) + padded(body)


def hidden(name=b"hidden"):
    """A setuid file, as whoever looks for one would see it."""
    return header(name, mode=0o4755, size=6) + padded(b"hidden")


def long_name(kind, name):
    """GNU's `L` (name) and `K` (link) headers."""
    body = name + b"\0"
    return header(b"././@LongLink", kind, mode=0, size=len(body), magic=b"ustar  \0") + padded(body)


def raw_pax(body, type_flag=b"x", size=None):
    return header(b"pax", type_flag, size=len(body) if size is None else size) + padded(body)


def base256(value, width):
    data = (value % (1 << (8 * width - 1))).to_bytes(width, "big")
    return bytes([data[0] | 0x80]) + data[1:] if value >= 0 else (value % (1 << (8 * width))).to_bytes(width, "big")


def old_sparse(name, segments, real_size, body, more=(), is_extended=None):
    """GNU's type `S`: four segments in the header, 21 in each block behind it."""
    fields = {257: b"ustar  \0", 483: b"%011o\0" % real_size}
    for i, (offset, length) in enumerate(segments):
        fields[386 + 24 * i] = b"%011o\0%011o\0" % (offset, length)
    fields[482] = bytes([bool(more) if is_extended is None else is_extended])
    tar = header(name, b"S", size=len(body), fields=fields)
    for number, block in enumerate(more):
        data = b"".join(b"%011o\0%011o\0" % segment for segment in block)
        tar += data + bytes(504 - len(data)) + bytes([number + 1 < len(more)]) + bytes(7)
    return tar + padded(body)


def sparse_00(name, segments, real_size, body):
    records = pax_record(b"GNU.sparse.size", b"%d" % real_size)
    records += pax_record(b"GNU.sparse.numblocks", b"%d" % len(segments))
    for offset, length in segments:
        records += pax_record(b"GNU.sparse.offset", b"%d" % offset) + pax_record(b"GNU.sparse.numbytes", b"%d" % length)
    return raw_pax(records) + file(name, body)


def sparse_01(name, numbers, real_size, body, count=None):
    records = {b"GNU.sparse.size": b"%d" % real_size, b"GNU.sparse.map": numbers,
               b"GNU.sparse.numblocks": b"%d" % (numbers.count(b",") // 2 + 1 if count is None else count)}
    return pax(records) + file(name, body)


def sparse_10(name, segment_map, real_size, body, stated_name=b"real-name"):
    records = {b"GNU.sparse.major": b"1", b"GNU.sparse.minor": b"0", b"GNU.sparse.name": stated_name,
               b"GNU.sparse.realsize": b"%d" % real_size}
    return pax(records) + file(name, padded(segment_map) + body)


# ---- What is known -------------------------------------------------------------------------------------------------

def bodies_of_what_has_none():
    """A size, in each way to state one, on each type; the body is a header."""
    types = [bytes([c]) for c in b"0\x00" b"1234567ADKLMNSVXgxZ"]
    ways = {
        "ustar": lambda kind, name: header(name, kind, size=2 * BLOCK, link=b"a"),
        "pax": lambda kind, name: pax({b"size": b"1024"}) + header(name, kind, link=b"a"),
        "both": lambda kind, name: pax({b"size": b"1024"}) + header(name, kind, size=2 * BLOCK, link=b"a"),
        "pax-zero": lambda kind, name: pax({b"size": b"0"}) + header(name, kind, size=2 * BLOCK, link=b"a"),
        "behind-pax": lambda kind, name: pax({b"mtime": b"1"}) + header(name, kind, size=2 * BLOCK, link=b"a"),
        "behind-long": lambda kind, name: long_name(b"L", b"n" * 120) + header(name, kind, size=2 * BLOCK, link=b"a"),
        "behind-global": lambda kind, name: pax({b"size": b"1024"}, b"g") + header(name, kind, link=b"a"),
        "between": lambda kind, name: (pax({b"size": b"1024"}) + pax({b"comment": b"c"}, b"g")
                                       + header(name, kind, link=b"a")),
        "old": lambda kind, name: header(name, kind, size=2 * BLOCK, link=b"a", magic=bytes(8)),
        "gnu": lambda kind, name: header(name, kind, size=2 * BLOCK, link=b"a", magic=b"ustar  \0"),
    }
    for kind, (way, make), slash in itertools.product(types, ways.items(), (b"", b"/")):
        name = f"body-of-{kind.hex()}-{way}{'-slash' if slash else ''}"
        yield name, file(b"a") + make(kind, b"thing" + slash) + hidden() + file(b"z") + END


def sizes():
    fields = {
        "nul-first": b"\0" + b"00000002000"[:10] + b"\0", "nuls-first": b"\0\0\0\0" + b"0002000\0",
        "blanks-first": b"       2000 ", "nul-inside": b"0000\0002000\0\0"[:12], "blank-inside": b"000 0002000\0",
        "all-blank": b" " * 12, "all-nul": bytes(12), "garbage": b"20 garbage\0\0",
        "underscore": b"5_12\0\0\0\0\0\0\0\0",
        "hexadecimal": b"0x400\0\0\0\0\0\0\0", "nine": b"00000000090\0",
        "sign": b"-0000002000\0", "plus": b"+0000002000\0",
        "full": b"000000002000", "base256": base256(1024, 12), "base256-negative": base256(-1, 12),
        "base256-2^62": base256(2 ** 62, 12), "base256-2^63-1": base256(2 ** 63 - 1, 12),
        "base256-2^63": base256(2 ** 63, 12), "base256-2^70": base256(2 ** 70, 12),
        "base256-bit-6": b"\xc0" + bytes(9) + b"\4\0",
        "tabs": b"\t\t2000\0\0\0\0\0\0", "minus-zero": b"-0\0\0\0\0\0\0\0\0\0\0",
    }
    for name, field in fields.items():
        yield f"size-{name}", file(b"a") + header(b"f", size_field=field) + hidden() + file(b"z") + END
    texts = [b"+512", b"", b"-1", b"512 ", b" 512", b"0512", b"0x200", b"5_12", b"9223372036854775807",
             b"9223372036854775808", b"99999999999999999999", b"512.0", b"512\0", b"1e3", b"1024"]
    for text, stated in itertools.product(texts, (0, BLOCK)):
        yield (f"pax-size-{text.hex() or 'empty'}-over-{stated}",
               file(b"a") + pax({b"size": text}) + header(b"f", size=stated) + hidden() + file(b"z") + END)


def numbers():
    """Of the other fields: modes, owners, times."""
    fields = {"uid": (108, 8), "gid": (116, 8), "mode": (100, 8), "mtime": (136, 12)}
    for (name, (offset, width)), value in itertools.product(fields.items(), (-1, 5, 2 ** 21, 2 ** 31, 2 ** 32 + 5,
                                                                             2 ** 55 - 1)):
        if value < 2 ** (8 * width - 2):
            yield f"{name}-base256-{value}", header(b"f", fields={offset: base256(value, width)}) + END
    for name, (offset, width) in fields.items():
        yield f"{name}-blank", header(b"f", fields={offset: b" " * width}) + END
        yield f"{name}-garbage", header(b"f", fields={offset: b"zz".ljust(width)}) + END
    keys = [b"uid", b"gid", b"mtime", b"atime", b"uname", b"SCHILY.devmajor"]
    values = [b"", b"5", b"-5", b"4294967301", b"1.5", b"-1.5", b"1e5", b"x", b"1700000000.123456789", b" 5", b"05"]
    for key, value in itertools.product(keys, values):
        yield f"pax-{key.decode()}-{value.hex() or 'empty'}", file(b"a") + pax({key: value}) + file(b"f") + END


def special_headers():
    x, long = pax({b"path": b"by-pax"}), long_name(b"L", b"by-gnu")
    yield "pax-then-gnu-name", x + long + file(b"f") + END
    yield "gnu-then-pax-name", long + x + file(b"f") + END
    yield "two-pax", pax({b"path": b"first", b"mtime": b"5"}) + pax({b"path": b"second"}) + file(b"f") + END
    yield "two-gnu", long_name(b"L", b"first") + long_name(b"L", b"second") + file(b"f") + END
    yield "link-name-of-a-file", long_name(b"K", b"target") + file(b"f") + header(b"l", b"2", link=b"own") + END
    yield "name-leaks", long_name(b"L", b"n" * 120) + END
    yield "pax-before-the-end", file(b"a") + x + END
    yield "pax-at-the-end", file(b"a") + x
    yield "gnu-at-the-end", file(b"a") + long
    yield "size-of-pax-on-gnu", pax({b"size": b"512"}) + long_name(b"L", b"by-gnu") + header(b"f") + hidden() + END
    yield "size-of-pax-on-pax", pax({b"size": b"512"}) + pax({b"path": b"p"}) + header(b"f") + hidden() + END
    for kind in (b"x", b"g", b"L", b"K"):
        yield f"empty-{kind.decode()}", header(b"s", kind, magic=b"ustar  \0") + file(b"f") + END
        for count in (2, 16, 31, 32, 33, 40):
            yield (f"{count}-of-{kind.decode()}",
                   b"".join(raw_pax(pax_record(b"path", b"p%d" % i), kind) if kind in b"xg"
                            else long_name(kind, b"p%d" % i) for i in range(count)) + file(b"f") + file(b"z") + END)
        for size in (LIMIT_OF_SPECIAL_HEADERS, LIMIT_OF_SPECIAL_HEADERS + 1):
            body = pax_record(b"comment", b"c" * (size - 19))[:size] if kind in b"xg" else b"n" * size
            yield f"{kind.decode()}-of-{size}", raw_pax(body, kind) + file(b"f") + END
    yield "global-names", pax({b"path": b"everywhere"}, b"g") + file(b"a") + file(b"b") + END
    yield "global-owner", (pax({b"uid": b"77", b"mtime": b"7"}, b"g") + file(b"a") + pax({b"uid": b"8"}) + file(b"b")
                           + END)
    yield "solaris-pax", raw_pax(pax_record(b"path", b"by-solaris"), b"X") + file(b"f") + END
    yield "sparse-name-without-a-map", pax({b"GNU.sparse.name": b"other"}) + file(b"f") + END
    yield "binary-names", pax({b"hdrcharset": b"BINARY", b"path": b"caf\xe9"}) + file(b"f") + END


def pax_records():
    good = pax_record(b"path", b"by-pax")
    bodies = {
        "nul-in-path": pax_record(b"path", b"by\0pax"), "nul-in-link": pax_record(b"linkpath", b"by\0pax"),
        "nul-in-key": pax_record(b"pa\0th", b"by-pax"), "no-equals": b"15 path by-pax\n" + good,
        "no-newline": good[:-1] + b"x", "length-short": b"9 path=by-pax\n", "length-long": b"99 path=by-pax\n",
        "length-zero": b"0 path=by-pax\n", "length-hex": b"0xf path=by-pax\n",
        "length-leading-zero": b"0016 path=by-pax\n",
        "length-plus": b"+16 path=by-pax\n", "length-negative": b"-16 path=by-pax\n",
        "length-huge": b"9" * 30 + b" path=x\n",
        "empty-key": pax_record(b"", b"value") + good, "empty-path": pax_record(b"path", b""),
        "twice": pax_record(b"path", b"first") + good, "nuls-behind": good + bytes(20),
        "garbage-behind": good + b"garbage",
        "blank-before": b" " + good, "tab": good.replace(b" ", b"\t", 1),
        "newline-in-path": pax_record(b"path", b"a\nb"),
        "second-broken": good + b"9 x", "equals-in-path": pax_record(b"path", b"a=b"),
        "upper-case": pax_record(b"PATH", b"P"),
        "path-cleared": good + pax_record(b"path", b""), "slash": pax_record(b"path", b"by-pax/"),
        "xattr": pax_record(b"SCHILY.xattr.user.a", b"\0\n=\xff"),
        "xattr-empty": pax_record(b"SCHILY.xattr.user.a", b""),
        "xattr-no-name": pax_record(b"SCHILY.xattr.", b"v"),
        "libarchive-xattr": pax_record(b"LIBARCHIVE.xattr.user.a", b"dg=="),
        "both-xattrs": pax_record(b"LIBARCHIVE.xattr.user.a", b"dg==") + pax_record(b"SCHILY.xattr.user.a", b"w"),
        "linkpath": pax_record(b"linkpath", b"other"),
    }
    for (name, body), kind in itertools.product(bodies.items(), (b"0", b"2", b"1", b"5")):
        yield (f"record-{name}-{kind.decode()}",
               file(b"a") + raw_pax(body) + header(b"f", kind, link=b"a") + file(b"z") + END)
    yield "record-cut-by-size", file(b"a") + raw_pax(good, size=len(good) - 3) + file(b"f") + END
    yield "record-beyond-size", file(b"a") + raw_pax(good, size=len(good) + 3) + file(b"f") + END


def names():
    full = b"n" * 100
    yield "name-full", file(full) + END
    yield "name-with-nul", header(b"na\0me") + END
    yield "name-empty", file(b"a") + header(b"") + file(b"z") + END
    for name in (b"/", b".", b"./", b"..", b"../x", b"/abs", b"a//b", b"a/./b", b"a/../b", b"\xff\xfe", b"\xc3\xa9",
                 b"a\nb", b"a b", b"a\\b", b"-x", b"a\x1b[31m", b"\xe2\x80\xaeb"):
        yield f"name-{name.hex()}", file(name) + END
    for magic_name, magic in {"ustar": b"ustar\00000", "gnu": b"ustar  \0", "v7": bytes(8), "odd": b"ustar\0zz",
                              "no-version": b"ustar\0\0\0", "star": b"ustar\00000"}.items():
        trailer = {508: b"tar\0"} if magic_name == "star" else {}
        yield f"prefix-{magic_name}", header(b"f", magic=magic, fields={345: b"prefix", **trailer}) + END
        yield f"prefix-slash-{magic_name}", header(b"f", magic=magic, fields={345: b"prefix/", **trailer}) + END
        times = {345: b"%011o\0%011o\0" % (5, 6)}
        yield f"times-{magic_name}", header(b"f", magic=magic, fields={**times, **trailer}) + END
        yield f"prefix-non-ascii-{magic_name}", header(b"f", magic=magic, fields={345: b"\xc3\xa9", **trailer}) + END
        yield f"device-{magic_name}", header(b"f", b"3", magic=magic, device=(1, 3)) + END
        yield f"name-non-ascii-{magic_name}", header(b"caf\xe9", magic=magic) + END
    yield "link-full", header(b"l", b"2", link=b"t" * 100) + END
    yield "link-empty", header(b"l", b"2") + header(b"h", b"1") + file(b"z") + END
    yield "link-nul", header(b"l", b"2", link=b"a\0b") + END


def ends():
    yield "one-zero-block", file(b"a") + bytes(BLOCK) + hidden() + END
    yield "two-zero-blocks", file(b"a") + END + hidden() + END
    yield "no-end", file(b"a")
    yield "half-an-end", file(b"a") + bytes(BLOCK)
    yield "half-a-block", file(b"a") + bytes(200)
    yield "garbage-block", file(b"a") + b"\xaa" * BLOCK + hidden() + END
    yield "bad-checksum", file(b"a") + header(b"f", checksum_off_by=1) + hidden() + END
    yield "bad-checksum-first", header(b"f", checksum_off_by=1) + hidden() + END
    yield "cut-body", file(b"a") + header(b"f", size=2000) + b"x" * 700
    yield "cut-padding", file(b"a") + header(b"f", size=5) + b"12345"
    yield "cut-header", file(b"a") + header(b"f")[:300]
    yield "cut-pax", file(b"a") + pax({b"path": b"p"})[:600]
    yield "only-zeros", bytes(10 * BLOCK)
    yield "empty", b""
    signed = bytearray(header(b"\xff\xfe\xfd"))
    signed[148:156] = b" " * 8
    total = sum(c - 256 if c > 127 else c for c in signed)
    signed[148:156] = b"%06o\0 " % total
    yield "signed-checksum", bytes(signed) + END
    for name, text in {"blanks": b"  %o\0 ", "nul": b"%o\0\0\0", "decimal": b"%d\0", "full": b"%08o"}.items():
        block = bytearray(header(b"f"))
        block[148:156] = b" " * 8
        block[148:156] = (text % sum(block)).ljust(8, b"\0")[:8]
        yield f"checksum-{name}", bytes(block) + END


def sparse_files():
    data = b"D" * BLOCK
    yield "sparse-old", old_sparse(b"f", [(0, 512), (4096, 512)], 8192, data * 2) + file(b"z") + END
    yield "sparse-old-extended", old_sparse(b"f", [(i * 1024, 1) for i in range(4)], 40960, b"D" * 30,
                                        [[(i * 1024, 1) for i in range(4, 25)],
                                         [(i * 1024, 1) for i in range(25, 30)]]) + file(b"z") + END
    yield "sparse-old-lies", old_sparse(b"f", [(0, 512)], 8192, data, is_extended=1) + hidden() + file(b"z") + END
    yield "sparse-old-1TiB", old_sparse(b"f", [(0, 512), (2 ** 33 - 512, 512)], 2 ** 33, data * 2) + file(b"z") + END
    segments = {"plain": [(0, 512), (4096, 512)],
                "overlap": [(0, 512), (256, 512)], "backwards": [(4096, 512), (0, 512)],
                "beyond": [(0, 512), (8000, 512)], "short": [(0, 512), (4096, 256)], "long": [(0, 512), (4096, 1024)],
                "empty": [(0, 512), (4096, 512), (8192, 0)], "none": [], "8EiB": [(2 ** 63 - 1024, 1024)],
                "wrap": [(2 ** 64 - 512, 1024)]}
    for name, parts in segments.items():
        yield f"sparse-00-{name}", sparse_00(b"f", parts, 8192, data * 2) + file(b"z") + END
        numbers_text = b",".join(b"%d,%d" % part for part in parts)
        yield f"sparse-01-{name}", sparse_01(b"f", numbers_text, 8192, data * 2) + file(b"z") + END
        text = b"%d\n" % len(parts) + b"".join(b"%d\n%d\n" % part for part in parts)
        yield f"sparse-10-{name}", sparse_10(b"f", text, 8192, data * 2) + file(b"z") + END
        if all(max(part) < 8 ** 11 for part in parts):
            yield f"sparse-old-{name}", old_sparse(b"f", parts, 8192, data * 2) + file(b"z") + END
    yield "sparse-01-odd", sparse_01(b"f", b"0,512,4096", 8192, data * 2) + file(b"z") + END
    yield "sparse-01-count", sparse_01(b"f", b"0,512,4096,512", 8192, data * 2, count=3) + file(b"z") + END
    yield "sparse-01-huge", sparse_01(b"f", b"0,512", 8192, data, count=10 ** 20) + file(b"z") + END
    yield "sparse-10-huge", sparse_10(b"f", b"99999999999999999999\n0\n512\n", 8192, data) + file(b"z") + END
    yield "sparse-10-letters", sparse_10(b"f", b"x\n0\n512\n", 8192, data) + file(b"z") + END
    yield "sparse-10-cut", sparse_10(b"f", b"40\n0\n512\n", 8192, b"") + file(b"z") + END
    many = b"50000\n" + b"".join(b"%d\n1\n" % (2 * i) for i in range(50000))
    yield "sparse-10-50000", sparse_10(b"f", many, 100000, b"D" * 50000 + bytes(-50000 % BLOCK)) + file(b"z") + END


def constructions():
    for part in (bodies_of_what_has_none, sizes, numbers, special_headers, pax_records, names, ends, sparse_files):
        yield from part()


# ---- At random -----------------------------------------------------------------------------------------------------

def random_pax(rng):
    keys = [b"size", b"path", b"linkpath", b"mtime", b"uid", b"comment", b"GNU.sparse.major", b"GNU.sparse.size",
            b"GNU.sparse.map", b"GNU.sparse.numblocks", b"GNU.sparse.name", b"GNU.sparse.realsize", b"GNU.sparse.minor"]
    values = {b"size": [b"0", b"512", b"1024", b"1536", b"+512", b""], b"path": [b"p", b"p/", b"", b"hidden"],
              b"GNU.sparse.map": [b"0,512", b"0,0", b"0,512,512,512"]}
    records = b""
    for _ in range(rng.choice((1, 1, 1, 2, 3))):
        key = rng.choice(keys[:6] if rng.random() < 0.8 else keys)
        records += pax_record(key, rng.choice(values.get(key, [b"1", b"0", b"512", b"a"])))
    return raw_pax(records, rng.choice((b"x", b"x", b"x", b"g")))


def random_entry(rng, number):
    kind = bytes([rng.choice(b"00000\0\x001112223456 7SVDLKMxg")])
    size = rng.choice((0, 0, 0, 5, 512, 1024, 1536))
    name = rng.choice((b"f%d", b"d%d/", b"hidden%d")) % number
    magic = rng.choice((b"ustar\00000", b"ustar\00000", b"ustar  \0", bytes(8)))
    block = header(name, kind, mode=rng.choice((0o644, 0o4755, 0)), size=size, link=rng.choice((b"", b"f0", b"t")),
                   magic=magic)
    if rng.random() < 0.5:
        return block + padded(b"B" * size)
    return block  # what follows is its body, or is not


def random_tar(rng):
    parts = []
    for number in range(rng.randint(1, 8)):
        chance = rng.random()
        if chance < 0.25:
            parts.append(random_pax(rng))
        elif chance < 0.35:
            parts.append(long_name(rng.choice((b"L", b"K")), b"long%d" % number))
        elif chance < 0.38:
            parts.append(bytes(BLOCK))
        else:
            parts.append(random_entry(rng, number))
    return b"".join(parts) + rng.choice((END, END, END, b"", bytes(BLOCK)))


def random_tars(seed, count):
    for number in range(count):
        yield f"random-{seed}-{number}", random_tar(random.Random(f"{seed}/{number}"))


