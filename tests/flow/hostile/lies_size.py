"""
Headers whose size one reader takes for a number and another one does not: `CLAIMS`.

A claim is the blocks of an entry that says, to some readers only, that `n` bytes of body follow. Each one hides a plant
in two ways. For who does not believe the claim the body is more entries:

    inside   | claim | plant ...                      only who does not believe it lists the plant
    behind   | claim | cover | plant ...              only who believes it does: for the others it is the cover's body
"""

from tarwriter import header, octal, padded, pax, pax_record, special

FILE, HARD, SYMBOLIC, CHAR, BLOCK_DEVICE, FOLDER, FIFO = (b"%d" % number for number in range(7))


def base256(number, width, lead=0x80):
    """GNU's binary numbers: the highest bit of the first byte says so."""
    digits = bytearray(number.to_bytes(width, "big", signed=number < 0))
    digits[0] |= lead
    return bytes(digits)


def plain(**more):
    return lambda n: header(b"claim", size=n, **more)


def sized(text, **more):
    """A size field as `text` writes it."""
    return lambda n: header(b"claim", size_field=text(n).ljust(12, b"\0")[:12], **more)


def after_pax(records, **more):
    """An `x` header, then the entry: its size field says 0 unless `more` has another."""
    def claim(n):
        values = [(key, value(n) if callable(value) else value) for key, value in records]
        late = {key: value(n) if callable(value) else value for key, value in more.items()}
        return pax(values) + header(b"claim", **late)
    return claim


def decimal(n):
    return b"%d" % n


def itself(n):
    return n


def size(n):
    return b"size", decimal(n)


SIZE = (b"size", decimal)
TIME = (b"mtime", b"1700000000")
OTHER_TYPES = b"7ADIMNSVXZad8~"

CLAIMS = {
    # What cannot have a body, and says that it has one.
    "file_with_a_slash": lambda n: header(b"claim/", size=n),
    "old_file_with_a_slash": lambda n: header(b"claim/", b"\0", size=n, magic=bytes(8)),
    "old_file_with_a_slash_of_ustar": lambda n: header(b"claim/", b"\0", size=n),
    "pax_path_with_a_slash": after_pax([(b"path", b"claim/")], size=itself),
    "gnu_name_with_a_slash": lambda n: special(b"L", b"claim/\0") + header(b"claim", size=n),
    "hardlink": plain(type_flag=HARD, link=b"first"),
    "hardlink_of_v7": plain(type_flag=HARD, link=b"first", magic=bytes(8)),
    "hardlink_of_gnu": plain(type_flag=HARD, link=b"first", magic=b"ustar  \0"),
    "hardlink_behind_pax": after_pax([TIME], type_flag=HARD, link=b"first", size=itself),
    "hardlink_with_pax_size": after_pax([SIZE], type_flag=HARD, link=b"first"),
    "hardlink_with_both_sizes": after_pax([SIZE], type_flag=HARD, link=b"first", size=itself),
    "hardlink_behind_pax_link": after_pax([(b"linkpath", b"first")], type_flag=HARD, size=itself),
    "hardlink_behind_gnu_link": lambda n: special(b"K", b"first\0") + header(b"claim", HARD, size=n),
    "symlink": plain(type_flag=SYMBOLIC, link=b"first"),
    "symlink_behind_pax": after_pax([TIME], type_flag=SYMBOLIC, link=b"first", size=itself),
    "symlink_with_pax_size": after_pax([SIZE], type_flag=SYMBOLIC, link=b"first"),
    "folder": lambda n: header(b"claim/", FOLDER, size=n),
    "folder_without_slash": plain(type_flag=FOLDER),
    "folder_with_pax_size": after_pax([SIZE], type_flag=FOLDER),
    "char_device": plain(type_flag=CHAR, device=(1, 3)),
    "char_device_with_pax_size": after_pax([SIZE], type_flag=CHAR, device=(1, 3)),
    "block_device_with_pax_size": after_pax([SIZE], type_flag=BLOCK_DEVICE, device=(1, 3)),
    "fifo": plain(type_flag=FIFO),
    "fifo_with_pax_size": after_pax([SIZE], type_flag=FIFO),
    **{"type_%s" % chr(kind): plain(type_flag=bytes([kind])) for kind in OTHER_TYPES},
    **{"type_%s_with_pax_size" % chr(kind): after_pax([SIZE], type_flag=bytes([kind])) for kind in b"DMSV"},
    "type_0xff": plain(type_flag=b"\xff"),

    # PAX against the size field.
    "pax_size_alone": after_pax([SIZE]),
    "pax_size_0_over_size": after_pax([(b"size", b"0")], size=itself),
    "pax_size_over_a_larger_one": after_pax([SIZE], size=lambda n: n + 512),
    "pax_size_over_a_smaller_one": after_pax([SIZE], size=lambda n: n - 512),
    "pax_size_empty": after_pax([(b"size", b"")], size=itself),
    "pax_size_empty_last": after_pax([SIZE, (b"size", b"")]),
    "pax_size_with_plus": after_pax([(b"size", lambda n: b"+%d" % n)]),
    "pax_size_with_minus": after_pax([(b"size", lambda n: b"-%d" % n)], size=itself),
    "pax_size_with_blank_before": after_pax([(b"size", lambda n: b" %d" % n)]),
    "pax_size_with_blank_behind": after_pax([(b"size", lambda n: b"%d " % n)]),
    "pax_size_with_zeros": after_pax([(b"size", lambda n: b"000%d" % n)]),
    "pax_size_with_nul": after_pax([(b"size", lambda n: b"%d\0" % n)]),
    "pax_size_with_underscore": after_pax([(b"size", lambda n: (b"%d" % n)[:1] + b"_" + (b"%d" % n)[1:])]),
    "pax_size_with_point": after_pax([(b"size", lambda n: b"%d.0" % n)]),
    "pax_size_in_hexadecimal": after_pax([(b"size", lambda n: b"0x%x" % n)]),
    "pax_size_with_letters_behind": after_pax([(b"size", lambda n: b"%dk" % n)]),
    "pax_size_twice": after_pax([(b"size", b"0"), SIZE]),
    "pax_size_twice_0_last": after_pax([SIZE, (b"size", b"0")]),
    "pax_size_in_capitals": after_pax([(b"SIZE", decimal)]),
    "pax_size_in_a_global_header": lambda n: pax([size(n)], b"g") + header(b"claim"),
    "pax_size_0_in_a_global_header": lambda n: pax([(b"size", b"0")], b"g") + header(b"claim", size=n),
    "pax_then_global": lambda n: pax([size(n)]) + pax([TIME], b"g") + header(b"claim"),
    "pax_then_global_0": lambda n: pax([(b"size", b"0")]) + pax([TIME], b"g") + header(b"claim", size=n),
    "pax_then_pax": lambda n: pax([size(n)]) + pax([TIME]) + header(b"claim"),
    "pax_then_gnu_name": lambda n: pax([size(n)]) + special(b"L", b"long\0") + header(b"claim"),
    "gnu_name_then_pax": lambda n: special(b"L", b"long\0") + pax([size(n)]) + header(b"claim"),
    "pax_then_gnu_link": lambda n: pax([size(n)]) + special(b"K", b"first\0") + header(b"claim", SYMBOLIC),
    "pax_of_solaris": lambda n: special(b"X", pax_record(b"size", b"%d" % n)) + header(b"claim"),
    "pax_size_leaks_from_a_hardlink": lambda n: (pax([size(n)]) + header(b"leak", HARD, link=b"first")
                                                 + header(b"claim")),
    "pax_behind_33_specials": lambda n: pax([TIME]) * 33 + pax([size(n)]) + header(b"claim"),
    "size_behind_40_gnu_names": lambda n: special(b"L", b"long\0") * 40 + header(b"claim", size=n),
    "pax_size_in_a_bad_record": lambda n: special(b"x", b"99 " + pax_record(b"size", b"%d" % n)) + header(b"claim"),
    "pax_size_without_newline": lambda n: special(b"x", pax_record(b"size", b"%d" % n)[:-1]) + header(b"claim"),
    "pax_size_behind_a_nul": lambda n: special(b"x", b"\0" + pax_record(b"size", b"%d" % n)) + header(b"claim"),
    "pax_size_behind_a_short_record": lambda n: special(b"x", b"3 a\n" + pax_record(b"size", b"%d" % n))
                                                + header(b"claim"),
    "pax_size_in_a_v7_entry": after_pax([SIZE], magic=bytes(8)),
    "pax_size_in_a_gnu_entry": after_pax([SIZE], magic=b"ustar  \0"),

    # The size field itself.
    "size_behind_a_nul": sized(lambda n: b"\0" + octal(n, 11)),
    "size_behind_three_nuls": sized(lambda n: b"\0\0\0" + octal(n, 9)),
    "size_behind_blanks": sized(lambda n: b"%11o" % n),
    "size_behind_tabs": sized(lambda n: b"\t\t%o" % n),
    "size_before_blanks": sized(lambda n: b"%o " % n + b" " * 8),
    "size_of_twelve_digits": sized(lambda n: b"%012o" % n),
    "size_with_letters_behind": sized(lambda n: b"%oxyz" % n),
    "size_with_blank_and_letters": sized(lambda n: b"%o xyz" % n),
    "size_with_nul_and_digits": sized(lambda n: b"%o\0" % n + b"77"),
    "size_with_minus": sized(lambda n: b"-%o" % n),
    "size_with_plus": sized(lambda n: b"+%o" % n),
    "size_in_hexadecimal": sized(lambda n: b"0x%x" % n),
    "size_with_an_eight": sized(lambda n: b"%o8" % n),
    "size_with_underscore": sized(lambda n: (b"%o" % n)[:1] + b"_" + (b"%o" % n)[1:]),
    "size_in_base_256": sized(lambda n: base256(n, 12)),
    "size_in_base_256_of_64_bits": sized(lambda n: b"\x80" + bytes(3) + base256(n, 8, 0)),
    "size_in_base_256_with_high_bits": sized(lambda n: base256(n, 12, 0xc0)),
    "size_in_base_256_negative": sized(lambda n: base256(-n, 12)),
    "size_in_base_256_too_large": sized(lambda n: b"\x80\xff" + base256(n, 10, 0)),
    "size_in_base_256_of_old_star": sized(lambda n: b"\x80" + b"%o" % n),
    "size_of_2_to_the_62": sized(lambda n: base256((1 << 62) + n, 12)),
    "size_of_2_to_the_64": sized(lambda n: base256((1 << 64) + n, 12)),

    # Sparse files: how many bytes of the archive are theirs is said more than once.
    "gnu_sparse_size_without_map": after_pax([(b"GNU.sparse.size", decimal)]),
    "gnu_sparse_realsize_without_map": after_pax([(b"GNU.sparse.realsize", decimal)]),
    "gnu_sparse_realsize_and_size": after_pax([(b"GNU.sparse.realsize", b"0"), SIZE]),
    "gnu_sparse_0_0": after_pax([(b"GNU.sparse.size", decimal), (b"GNU.sparse.numblocks", b"1"),
                                 (b"GNU.sparse.offset", b"0"), (b"GNU.sparse.numbytes", decimal)], size=itself),
    "gnu_sparse_0_1": after_pax([(b"GNU.sparse.size", decimal), (b"GNU.sparse.numblocks", b"1"),
                                 (b"GNU.sparse.map", lambda n: b"0,%d" % n)], size=itself),
    "gnu_sparse_0_1_without_size": after_pax([(b"GNU.sparse.size", decimal), (b"GNU.sparse.numblocks", b"1"),
                                              (b"GNU.sparse.map", lambda n: b"0,%d" % n)]),
    "gnu_sparse_1_0": lambda n: (pax([(b"GNU.sparse.major", b"1"), (b"GNU.sparse.minor", b"0"),
                                      (b"GNU.sparse.name", b"claim"), (b"GNU.sparse.realsize", b"%d" % n)])
                                 + header(b"sparse", size=n + 512) + padded(b"1\n0\n%d\n" % n)),
    "gnu_sparse_1_0_with_count_0": lambda n: (pax([(b"GNU.sparse.major", b"1"), (b"GNU.sparse.minor", b"0"),
                                                   (b"GNU.sparse.name", b"claim"),
                                                   (b"GNU.sparse.realsize", b"%d" % n)])
                                              + header(b"sparse", size=n + 512) + padded(b"0\n")),
    "gnu_sparse_1_0_with_huge_count": lambda n: (pax([(b"GNU.sparse.major", b"1"), (b"GNU.sparse.minor", b"0"),
                                                      (b"GNU.sparse.realsize", b"%d" % n)])
                                                 + header(b"sparse", size=n + 512)
                                                 + padded(b"99999999999999999999\n0\n%d\n" % n)),
    "gnu_sparse_1_0_with_pax_size": lambda n: (pax([(b"GNU.sparse.major", b"1"), (b"GNU.sparse.minor", b"0"),
                                                    (b"GNU.sparse.realsize", b"%d" % n), (b"size", b"512")])
                                               + header(b"sparse", size=n + 512) + padded(b"1\n0\n%d\n" % n)),
}


def old_sparse(n, extended=False, entries=((0, None),), size=None, realsize=None, kind=b"S"):
    """A file of type S: a map of four pieces in the header, more in blocks behind it if a flag says so."""
    fields = {483: octal(n if realsize is None else realsize, 12), 482: b"\1" if extended else b"\0"}
    for at, (offset, length) in enumerate(entries):
        fields[386 + 24 * at] = octal(offset, 12) + octal(n if length is None else length, 12)
    return header(b"claim", kind, size=n if size is None else size, magic=b"ustar  \0", fields=fields)


CLAIMS.update({
    "old_sparse": old_sparse,
    "old_sparse_without_pieces": lambda n: old_sparse(n, entries=()),
    "old_sparse_of_size_0": lambda n: old_sparse(n, size=0),
    "old_sparse_of_a_smaller_size": lambda n: old_sparse(n, size=n - 512),
    "old_sparse_of_ustar": lambda n: header(b"claim", b"S", size=n),
    "old_sparse_with_an_extension": lambda n: old_sparse(n, True) + bytes(512),
    "old_sparse_that_takes_a_header_for_one": lambda n: old_sparse(n, True),
    "old_sparse_with_pax_size": lambda n: pax([(b"size", b"%d" % n)]) + old_sparse(n, size=0),
    "old_sparse_of_another_type": lambda n: old_sparse(n, kind=b"0"),
    "old_sparse_of_another_type_that_takes_a_header_for_one": lambda n: old_sparse(n, True, kind=b"0"),
    "old_sparse_of_another_type_without_a_body": lambda n: old_sparse(n, True, size=0, kind=b"0"),
    "old_sparse_of_a_tebibyte": lambda n: old_sparse(n, realsize=1 << 33, entries=((0, 1), ((1 << 33) - n, n))),
    "old_sparse_that_overlaps": lambda n: old_sparse(n, entries=((0, 512), (0, n))),
    "old_sparse_beyond_its_end": lambda n: old_sparse(n, realsize=1),
})


def inside(claim):
    return lambda plant: claim(len(plant)) + plant


def behind(claim):
    return lambda plant: claim(512) + header(b"cover", size=len(plant)) + plant


LIES = {"%s.%s" % (name, way.__name__): way(claim) for name, claim in CLAIMS.items() for way in (inside, behind)}
