"""Lies about what an entry is: its name, type and mode, which must not be another's. `LIES`."""

from tarwriter import BLOCK, header, octal, pax, special
from lies_stream import renamed

# ustar: 0 name, 100 mode, 156 type, 157 link, 345 prefix of 155 bytes.


def named(name):
    """The plant's first 100 bytes as name."""
    return lambda plant: renamed(plant, _0=name.ljust(100, b"\0"))


def under(records, type_flag=b"x"):
    return lambda plant: pax(records, type_flag) + plant


def moded(text):
    """The mode field of the plant as `text` writes it, of its mode."""
    def lie(plant):
        mode = int(plant[100:107].rstrip(b"\0 "), 8)
        return renamed(plant, _100=text(mode).ljust(8, b"\0")[:8])
    return lie


LIES = {
    # Which of several names counts.
    "pax_path": under({b"path": b"other"}),
    "pax_path_empty": under({b"path": b""}),
    "pax_path_with_nul": under({b"path": b"other\0name"}),
    "pax_path_of_a_mark": under({b"path": b"srv/.wh.x"}),
    "pax_path_that_climbs": under({b"path": b"../../other"}),
    "pax_path_absolute": under({b"path": b"/other"}),
    "pax_path_of_5000_bytes": under({b"path": b"x/" * 2500 + b"y"}),
    "pax_path_with_300_bytes_in_a_name": under({b"path": b"x" * 300}),
    "pax_path_of_2000_folders": under({b"path": b"x/" * 2000 + b"y"}),
    "pax_path_twice": under([(b"path", b"one"), (b"path", b"two")]),
    "pax_path_of_invalid_utf8": under({b"path": b"srv/\xff\xfe"}),
    "pax_path_in_two_headers": lambda plant: pax({b"path": b"one"}) + pax({b"path": b"two"}) + plant,
    "pax_path_then_gnu_name": lambda plant: pax({b"path": b"one"}) + special(b"L", b"two\0") + plant,
    "gnu_name_then_pax_path": lambda plant: special(b"L", b"two\0") + pax({b"path": b"one"}) + plant,
    "gnu_name_twice": lambda plant: special(b"L", b"one\0") + special(b"L", b"two\0") + plant,
    "gnu_name_with_nul": lambda plant: special(b"L", b"one\0two\0") + plant,
    "gnu_link_for_a_file": lambda plant: special(b"K", b"one\0") + plant,
    "global_path": under({b"path": b"global"}, b"g"),
    "global_link": under({b"linkpath": b"global"}, b"g"),
    "sparse_name_without_map": under({b"GNU.sparse.name": b"other"}),
    "sparse_name_and_path": under({b"GNU.sparse.name": b"one", b"path": b"two"}),
    "sparse_name_of_format_1_0": under({b"GNU.sparse.major": b"1", b"GNU.sparse.minor": b"0",
                                        b"GNU.sparse.name": b"other"}),
    "prefix": lambda plant: renamed(plant, _345=b"some/prefix"),
    "prefix_of_gnu": lambda plant: renamed(plant, _257=b"ustar  \0", _345=b"some/prefix"),
    "prefix_of_v7": lambda plant: renamed(plant, _257=bytes(8), _345=b"some/prefix"),
    "prefix_of_star": lambda plant: renamed(plant, _345=b"some/prefix", _508=b"tar\0"),
    "name_of_100_bytes": named(b"srv/" + b"x" * 96),
    "name_with_a_slash_first": named(b"/etc/x"),
    "name_empty": named(b""),
    "name_of_a_dot": named(b"./"),
    "name_that_climbs": named(b"../../../etc/x"),
    "name_behind_a_nul": named(b"\0hidden"),
    "name_with_a_backslash": named(b"srv\\..\\..\\x"),
    "name_of_a_mark": named(b"srv/.wh.x"),
    "name_of_an_opaque_mark": named(b"srv/.wh..wh..opq"),
    "name_below_a_mark": named(b"srv/.wh.a/k"),
    "name_of_a_mark_of_nothing": named(b"srv/.wh."),
    "name_of_aufs": named(b".wh..wh.plnk/x"),
    "name_below_a_file": named(b"first/x"),

    # What it is.
    "type_of_v7": lambda plant: renamed(plant, _156=b"\0"),
    "type_contiguous": lambda plant: renamed(plant, _156=b"7"),
    **{"type_unknown_0x%02x" % kind: lambda plant, kind=kind: renamed(plant, _156=bytes([kind]))
       for kind in b"8BEFPQTWZabz~ "},
    "type_with_the_high_bit": lambda plant: renamed(plant, _156=b"\xb0"),
    "link_name_of_a_file": lambda plant: renamed(plant, _157=b"first"),
    "pax_link_of_a_file": under({b"linkpath": b"first"}),
    "xattr_with_an_empty_key": under({b"SCHILY.xattr.": b"x"}),
    "acl_that_is_none": under({b"SCHILY.acl.access": b"nonsense"}),

    # Which rights it has.
    "mode_behind_blanks": moded(lambda mode: b"%7o" % mode),
    "mode_behind_a_nul": moded(lambda mode: b"\0%o" % mode),
    "mode_of_eight_digits": moded(lambda mode: b"%08o" % mode),
    "mode_with_file_type": moded(lambda mode: b"%07o" % (mode | 0o100000)),
    "mode_with_letters": moded(lambda mode: b"%oxyz" % mode),
    "mode_with_blank_and_digits": moded(lambda mode: b"%o 7" % mode),
    "mode_in_base_256": moded(lambda mode: b"\x80" + mode.to_bytes(7, "big")),
    "mode_in_base_256_negative": moded(lambda mode: b"\xff" * 6 + mode.to_bytes(2, "big")),
    "mode_with_a_minus": moded(lambda mode: b"-%o" % mode),
    "mode_too_large": moded(lambda mode: b"7777%o" % mode),
    "pax_mode": under({b"mode": b"0000644"}),
    "pax_schily_mode": under({b"SCHILY.filetype": b"fifo"}),
    "owner_of_base_256": lambda plant: renamed(plant, _108=b"\x80" + (1 << 40).to_bytes(7, "big")),
    "owner_with_letters": lambda plant: renamed(plant, _108=b"root\0\0\0\0"),
    "time_with_letters": lambda plant: renamed(plant, _136=b"yesterday\0\0\0"),
    "time_negative": lambda plant: renamed(plant, _136=b"\xff" * 12),
    "hardlink_that_gives_rights": lambda plant: plant + header(b"again", b"1", mode=0o4755,
                                                               link=plant[:100].rstrip(b"\0")),
    "file_over_a_folder": lambda plant: header(plant[:100].rstrip(b"\0"), b"5", 0o755) + plant,
    "file_twice": lambda plant: plant + header(plant[:100].rstrip(b"\0"), size=1) + b"x" + bytes(BLOCK - 1),
    "device_numbers_of_a_file": lambda plant: renamed(plant, _329=octal(8, 8) + octal(0, 8)),
}
