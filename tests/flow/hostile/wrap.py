"""Puts a tar where silt meets one: as a layer, as the bundle itself, as a file in a layer; as it is or compressed."""

import gzip
import struct

import bundle
import tarwriter

ZSTD_BLOCK = 128 * 1024


def zstd(data):
    """
    A frame of RFC 8878 whose blocks are stored as they are:

        | magic 4 | descriptor 0xA0: one segment, size of 4 bytes | size 4 | block header 3 | bytes | ... |

    A block header is: last block 1 bit, type 2 bits (0: raw), size 21 bits.
    """
    out = struct.pack("<IBI", 0xFD2FB528, 0xA0, len(data))
    blocks = [data[at:at + ZSTD_BLOCK] for at in range(0, len(data), ZSTD_BLOCK)] or [b""]
    for number, block in enumerate(blocks):
        last = number == len(blocks) - 1
        out += (len(block) << 3 | last).to_bytes(3, "little") + block
    return out


PACKINGS = {"plain": bytes, "gzip": lambda data: gzip.compress(data, 1, mtime=0), "zstd": zstd}


def tar_of(members):
    return b"".join(bundle.entry(name.encode(), body) for name, body in members) + tarwriter.END


def image(tars, blobs):
    """A docker archive of these layers, and what is stored of each."""
    config = bundle.dump({"architecture": "amd64", "os": "linux", "config": {"User": "10001"},
                          "rootfs": {"type": "layers", "diff_ids": [bundle.digest(tar) for tar in tars]},
                          "history": [{"created_by": "COPY x /"} for _ in tars]})
    names = ["%s.tar.gz" % bundle.digest(blob)[7:] for blob in blobs]
    config_name = bundle.digest(config)[7:] + ".json"
    manifest = bundle.dump([{"Config": config_name, "RepoTags": ["x:1"], "Layers": names}])
    return tar_of([*zip(names, blobs), (config_name, config), ("manifest.json", manifest)])


def as_layer(tar, pack):
    return image([tar], [pack(tar)])


def as_bundle(tar, pack):
    return pack(tar)


def as_file(tar, pack):
    layer = tar_of([("opt/inner", pack(tar))])
    return image([layer], [layer])


PLACES = {"layer": as_layer, "bundle": as_bundle, "file": as_file}
