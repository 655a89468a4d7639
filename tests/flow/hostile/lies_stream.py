"""Lies about where a tar goes on, what a header is, and what belongs to which entry: `LIES`."""

from tarwriter import BLOCK, END, header, octal, padded, pax, pax_record, special

SHORT = header(b"last/", b"5", 0o755)


def long_pax(size, records=()):
    """A PAX header of at least `size` bytes, with these records at its end."""
    return pax([(b"comment", b"x" * size), *records])


def renamed(plant, **fields):
    """The first header of the plant again, with other bytes in it."""
    block = bytearray(plant[:BLOCK])
    for offset, data in fields.items():
        block[int(offset[1:]):int(offset[1:]) + len(data)] = data
    block[148:156] = b" " * 8
    block[148:156] = b"%06o\0 " % sum(block)
    return bytes(block) + plant[BLOCK:]


def with_checksum(plant, text):
    return plant[:148] + text.ljust(8, b"\0")[:8] + plant[156:]


def signed_checksum(plant):
    """A name with high bytes, so that the two ways to sum differ."""
    block = bytearray(plant[:BLOCK])
    block[345:349] = b"\xe4\xf6\xfc/"
    block[148:156] = b" " * 8
    total = sum(byte - 256 if byte > 127 else byte for byte in block)
    block[148:156] = b"%06o\0 " % total
    return bytes(block) + plant[BLOCK:]


def whole(plant):
    """Another tar with the plant alone."""
    return plant + END


def number(plant):
    return sum(plant[:148]) + 8 * 32 + sum(plant[156:BLOCK])


LIES = {
    # Where the archive ends.
    "one_zero_block": lambda plant: bytes(BLOCK) + plant,
    "one_zero_block_and_a_pax": lambda plant: bytes(BLOCK) + pax({b"mtime": b"1"}) + plant,
    "two_zero_blocks": lambda plant: END + plant,
    "twenty_zero_blocks": lambda plant: bytes(20 * BLOCK) + plant,
    "zero_block_before_each_entry": lambda plant: bytes(BLOCK) + SHORT + bytes(BLOCK) + plant,
    "another_tar_behind_the_end": lambda plant: END + whole(SHORT) + whole(plant),
    "behind_a_record_of_10_kib": lambda plant: bytes(10240) + whole(plant),
    "behind_an_odd_number_of_zeros": lambda plant: END + bytes(100) + whole(plant),
    "behind_the_end_as_text": lambda plant: END + plant[BLOCK:],
    "without_end": lambda plant: plant[:-1] + b" ",
    "cut_in_the_body": lambda plant: plant + header(b"cut", size=1 << 20) + b"x",
    "behind_a_block_of_zeros_but_the_type": lambda plant: header(b"", b"0", fields={0: bytes(148)}) + plant,

    # What a header is.
    "checksum_too_large": lambda plant: header(b"bad", checksum_off_by=1) + plant,
    "checksum_too_small": lambda plant: header(b"bad", checksum_off_by=-1) + plant,
    "checksum_of_the_plant_bad": lambda plant: with_checksum(plant, b"%06o\0 " % (number(plant) + 1)),
    "checksum_of_the_plant_zero": lambda plant: with_checksum(plant, b"000000\0 "),
    "checksum_of_the_plant_blank": lambda plant: with_checksum(plant, b" " * 8),
    "checksum_of_the_plant_empty": lambda plant: with_checksum(plant, bytes(8)),
    "checksum_signed": signed_checksum,
    "checksum_of_8_digits": lambda plant: with_checksum(plant, b"%08o" % number(plant)),
    "checksum_behind_blanks": lambda plant: with_checksum(plant, b"%7o\0" % number(plant)),
    "checksum_behind_nuls": lambda plant: with_checksum(plant, b"\0\0%o\0" % number(plant)),
    "checksum_with_letters": lambda plant: with_checksum(plant, b"%06ozz" % number(plant)),
    "checksum_in_base_256": lambda plant: with_checksum(plant, b"\x80" + number(plant).to_bytes(7, "big")),
    "checksum_with_a_minus": lambda plant: with_checksum(plant, b"-%06o\0" % number(plant)),
    "garbage_before_it": lambda plant: b"garbage!" * 64 + plant,
    "garbage_and_many_blocks": lambda plant: b"garbage!" * 640 + plant,
    "header_at_an_odd_place": lambda plant: bytes(7) + plant,
    "header_behind_a_body_without_padding": lambda plant: header(b"odd", size=7) + b"1234567" + plant,
    "header_half_a_block_on": lambda plant: bytes(256) + plant,
    "magic_unknown": lambda plant: renamed(plant, _257=b"nostar\0\0"),
    "magic_of_v7": lambda plant: renamed(plant, _257=bytes(8)),
    "magic_of_gnu": lambda plant: renamed(plant, _257=b"ustar  \0"),
    "magic_of_ustar_version_9": lambda plant: renamed(plant, _257=b"ustar\09"),
    "magic_of_star": lambda plant: renamed(plant, _508=b"tar\0"),
    "magic_in_capitals": lambda plant: renamed(plant, _257=b"USTAR\00000"),

    # What belongs to which entry.
    "pax_of_a_mebibyte": lambda plant: long_pax(1 << 20) + plant,
    "pax_of_more_than_a_mebibyte": lambda plant: long_pax((1 << 20) + 4096) + plant,
    "pax_of_3_mebibytes": lambda plant: long_pax(3 << 20) + plant,
    "pax_of_8_mebibytes": lambda plant: long_pax(8 << 20) + plant,
    "gnu_name_of_2_mebibytes": lambda plant: special(b"L", b"x" * (2 << 20)) + plant,
    "gnu_link_of_2_mebibytes": lambda plant: special(b"K", b"x" * (2 << 20)) + plant,
    "global_of_2_mebibytes": lambda plant: pax({b"comment": b"x" * (2 << 20)}, b"g") + plant,
    "pax_of_no_bytes": lambda plant: special(b"x", b"") + plant,
    "pax_that_says_nothing": lambda plant: special(b"x", bytes(512)) + plant,
    "pax_without_equals": lambda plant: special(b"x", b"10 nothing\n") + plant,
    "pax_with_a_long_length": lambda plant: special(b"x", b"99999999999999999999 path=x\n") + plant,
    "pax_with_a_short_length": lambda plant: special(b"x", b"5 path=x\n") + plant,
    "pax_with_length_0": lambda plant: special(b"x", b"0 path=x\n") + plant,
    "pax_with_a_negative_length": lambda plant: special(b"x", b"-9 path=x\n") + plant,
    "pax_without_a_last_newline": lambda plant: special(b"x", pax_record(b"mtime", b"12")[:-1]) + plant,
    "pax_with_a_bad_time": lambda plant: pax({b"mtime": b"now"}) + plant,
    "pax_with_a_bad_owner": lambda plant: pax({b"uid": b"root"}) + plant,
    "pax_with_a_bad_charset": lambda plant: pax({b"hdrcharset": b"EBCDIC", b"path": b"x"}) + plant,
    "pax_with_an_empty_key": lambda plant: special(b"x", b"5 =x\n") + plant,
    "pax_with_a_nul_in_the_key": lambda plant: pax({b"pa\0th": b"x"}) + plant,
    "pax_cut": lambda plant: header(b"special", b"x", size=1 << 19) + padded(b"30 mtime=1\n") + plant,
    "pax_at_the_end": lambda plant: plant + pax({b"path": b"nothing"}),
    "pax_twice": lambda plant: pax({b"mtime": b"1"}) + pax({b"path": b"second"}) + plant,
    "31_specials": lambda plant: pax({b"mtime": b"1"}) * 31 + plant,
    "32_specials": lambda plant: pax({b"mtime": b"1"}) * 32 + plant,
    "33_specials": lambda plant: pax({b"mtime": b"1"}) * 33 + plant,
    "100_specials_of_all_kinds": lambda plant: (pax({b"mtime": b"1"}) + pax({b"mtime": b"1"}, b"g")
                                                + special(b"L", b"x\0") + special(b"K", b"y\0")) * 25 + plant,
    "gnu_name_at_the_end": lambda plant: plant + special(b"L", b"nothing\0"),
    "gnu_name_of_no_bytes": lambda plant: special(b"L", b"") + plant,
    "gnu_name_without_nul": lambda plant: special(b"L", b"some/name") + plant,
    "multivolume": lambda plant: header(b"part", b"M", size=512, fields={369: octal(1024, 12)}) + bytes(512) + plant,
    "volume_label": lambda plant: header(b"label", b"V") + plant,
    "folder_of_gnu_dumps": lambda plant: header(b"dump/", b"D", size=8) + padded(b"Yplant\0\0") + plant,
    "old_long_name": lambda plant: header(b"names", b"N", size=64) + padded(b"Rename x to y\n") + plant,
    "acl_of_solaris": lambda plant: special(b"A", b"1000006\0user::rwx\0") + plant,
}
