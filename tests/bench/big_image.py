"""A docker archive of any size, as a stream: made piece by piece, never held as a whole.

    big_image.py MIB        writes it to standard output

The content is what layers are made of, roughly: text, bytes with many repeats, and noise that no compressor shrinks;
16 MiB of it, made once from a fixed seed, stand in every layer at another place of another file.
"""

import hashlib
import io
import json
import random
import sys
import tarfile

MIB = 1 << 20
FILE = 4 * MIB
LAYER = 32 * MIB


def material():
    """16 MiB: a third each of words, of short repeats and of noise."""
    source = random.Random(20240101)
    words = [bytes(source.choices(b"abcdefghijklmnopqrstuvwxyz_", k=source.randint(2, 10))) for _ in range(4000)]
    text = b" ".join(source.choices(words, k=900000))
    repeats = b"".join(word[:4] * source.randint(1, 12) for word in source.choices(words, k=250000))
    mixed = (text[:5 * MIB] + repeats[:5 * MIB] + source.randbytes(6 * MIB)).ljust(16 * MIB, b"\n")
    return mixed


def layer_pieces(data, number):
    """One layer's tar: files of 4 MiB, each a different stretch of the material."""
    for file in range(LAYER // FILE):
        entry = tarfile.TarInfo("data/%05d/%02d.bin" % (number, file))
        entry.size = FILE
        yield entry.tobuf(tarfile.USTAR_FORMAT)
        start = (number * 7919 + file * FILE) % (len(data) - FILE)
        yield data[start:start + FILE]
    yield bytes(1024)


def layer_size():
    return (LAYER // FILE) * (512 + FILE) + 1024


def member(name, body):
    entry = tarfile.TarInfo(name)
    entry.size = len(body)
    return entry.tobuf(tarfile.USTAR_FORMAT) + body + bytes(-len(body) % 512)


def config_of(diff_ids):
    return json.dumps({"architecture": "amd64", "os": "linux", "config": {"User": "10001"},
                       "history": [{"created_by": "COPY data /data"} for _ in diff_ids],
                       "rootfs": {"type": "layers", "diff_ids": diff_ids}}).encode()


def write(out, mebibytes):
    data = material()
    diff_ids, names = [], []
    for number in range(max(1, mebibytes * MIB // LAYER)):
        names.append("%064x/layer.tar" % number)
        entry = tarfile.TarInfo(names[-1])
        entry.size = layer_size()
        out.write(entry.tobuf(tarfile.USTAR_FORMAT))
        diff_id = hashlib.sha256()
        for piece in layer_pieces(data, number):
            diff_id.update(piece)
            out.write(piece)
        diff_ids.append("sha256:" + diff_id.hexdigest())
    config = config_of(diff_ids)
    name = hashlib.sha256(config).hexdigest() + ".json"
    out.write(member(name, config))
    out.write(member("manifest.json", json.dumps([{"Config": name, "RepoTags": ["big:1"], "Layers": names}]).encode()))
    out.write(bytes(1024))


def one_layer():
    """The tar of one layer, for measuring what decompression costs."""
    out = io.BytesIO()
    for piece in layer_pieces(material(), 0):
        out.write(piece)
    return out.getvalue()


if __name__ == "__main__":
    write(sys.stdout.buffer, int(sys.argv[1]))
