"""Makes the inputs of the bench below a folder, and says in a JSON document what they are.

    inputs.py FOLDER KIND MEGABYTES [ANCHORS]

    layers      an image of four layers, an image of one layer with the same files; plain, gzip -6 and zstd -3
    bare        the same, plain only, of files that are no archives
    small       an image of as many small files as there are, of MEGABYTES thousand
    big         an image of one file of so many megabytes
    dense       an image of one text full of anchors (a file, one on a line) and of what looks like tokens
    looking     an image of MEGABYTES thousand empty files and one that has bytes, in one layer; plain, and packed
    entries     an image of MEGABYTES thousand empty files in four layers; and the layers without an image

What is made of the files of this system is the same as long as they are. It is a process of its own, because the peak
of memory of a process that is measured begins with that of the process that started it.
"""

import concurrent.futures
import hashlib
import itertools
import json
import os
import random
import subprocess
import sys

import oci
import system_files

LAYERS = 4
PACKERS = {"gzip": ["gzip", "-6", "-n", "-c"], "zstd": ["zstd", "-3", "-q", "-c"]}


def layer(path, files):
    with open(path, "wb") as out:
        for name, source in files:
            oci.add_file(out, source, name)
        oci.end(out)
    return oci.sha256_of(path), path


def packed(blob, packer):
    """The blob beside itself, compressed."""
    path = blob + "." + packer
    with open(path, "wb") as out:
        subprocess.run(PACKERS[packer] + [blob], stdout=out, check=True)
    return path


def spread(files):
    """In four parts of equal size, file by file, so that the layers cost alike."""
    parts, sizes = [[] for _ in range(LAYERS)], [0] * LAYERS
    for name, path in files:
        least = sizes.index(min(sizes))
        parts[least].append((name, path))
        sizes[least] += os.path.getsize(path)
    return parts


def image(folder, name, layers, packer=None, used=True):
    path = os.path.join(folder, name + ".tar")
    oci.archive(path, layers, "+" + packer if packer else "", used)
    return {"path": path, "blobs": [blob for _, blob in layers], "size": os.path.getsize(path)}


def without_blobs(made):
    """The blobs of an image are no longer needed: half of the disk."""
    for blob in made["blobs"]:
        os.remove(blob)
    made["blobs"] = []
    return made


def plain(folder, size, wanted):
    files = list(system_files.chosen(size, wanted))
    four = [layer(os.path.join(folder, "layer%d" % i), part) for i, part in enumerate(spread(files))]
    one = [layer(os.path.join(folder, "layer"), files)]
    sizes = [os.path.getsize(blob) for _, blob in four]
    archives = [path for _, path in files if system_files.is_archive(path)]
    about = {"files": len(files), "layer bytes": sum(sizes), "archives": len(archives),
             "archive bytes": sum(map(os.path.getsize, archives)),
             "bytes in archives": sum(map(system_files.held, archives))}
    return four, one, about


def make_layers(folder, size, _):
    four, one, about = plain(folder, size, lambda path: True)
    made = {"four plain": image(folder, "four-plain", four), "one plain": image(folder, "one-plain", one)}
    with concurrent.futures.ThreadPoolExecutor(os.cpu_count()) as pool:
        jobs = {(packer, blob): pool.submit(packed, blob, packer) for packer in PACKERS for _, blob in one + four}
        for packer in PACKERS:
            for name, layers in (("four", four), ("one", one)):
                done = [(diff_id, jobs[packer, blob].result()) for diff_id, blob in layers]
                made[name + " " + packer] = image(folder, name + "-" + packer, done, packer)
    without_blobs(made["four plain"])
    return made, about


def make_bare(folder, size, _):
    four, one, about = plain(folder, size, lambda path: not system_files.is_archive(path))
    made = {"four bare": image(folder, "four-bare", four), "one bare": image(folder, "one-bare", one)}
    without_blobs(made["four bare"])
    return made, about


def make_small(folder, size, _):
    """Small files as the system has them: of 1 to 4096 bytes, one behind the other, again and again."""
    small = [path for path in system_files.listed() if 0 < os.path.getsize(path) <= 4096
             and not system_files.is_archive(path)][:20000]
    bodies = [open(path, "rb").read() for path in small]
    count = size // 1000000 * 1000
    path = os.path.join(folder, "layer")
    with open(path, "wb") as out:
        for number, body in zip(range(count), itertools.cycle(bodies)):
            oci.add_bytes(out, b"srv/%03d/%06d" % (number // 1000, number), body)
        oci.end(out)
    return {"small": image(folder, "small", [(oci.sha256_of(path), path)])}, {"files": count}


def make_big(folder, size, _):
    path = os.path.join(folder, "layer")
    left = size
    with open(path, "wb") as out:
        out.write(oci.header(b"srv/data.bin", size))
        for _, source in system_files.chosen(1 << 60, lambda name: not system_files.is_archive(name)):
            with open(source, "rb") as file:
                left -= out.write(file.read(left))
            if left == 0:
                break
        out.write(oci.padding(size))
        oci.end(out)
    made = image(folder, "big", [(oci.sha256_of(path), path)])
    return {"big": without_blobs(made)}, {"files": 1, "layer bytes": size}


def token(source, prefix, letters, count):
    return prefix + "".join(source.choices(letters, k=count))


def dense_line(source, anchors):
    """What a matcher has to look at twice: an anchor, or a token of a known shape, with the letters of a real one."""
    upper = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567"
    mixed = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789"
    shapes = (("aws_access_key_id = ", "AKIA", upper, 16), ("token: ", "ghp_", mixed, 36),
              ("STRIPE_KEY=", "sk_live_", mixed, 24), ("Authorization: Bearer ", "eyJhbGciOi", mixed, 80),
              ("password = ", "", mixed, 20), ("url = https://user:", "", mixed, 24))
    name, prefix, letters, count = source.choice(shapes)
    if source.random() < 0.5:
        return source.choice(anchors) + source.choice(mixed).encode() * 3 + b" "
    return (name + token(source, prefix, letters, count) + "\n").encode()


def make_dense(folder, size, anchors):
    """A mebibyte of lines, which are drawn anew in another order for each mebibyte that there is to be."""
    source = random.Random(20240101)
    with open(anchors, "rb") as file:
        anchors = file.read().splitlines()
    lines = [dense_line(source, anchors) for _ in range(40000)]
    body = bytearray()
    while len(body) < size:
        body += b"".join(source.choices(lines, k=len(lines)))
    path = os.path.join(folder, "layer")
    with open(path, "wb") as out:
        oci.add_bytes(out, b"srv/dense.txt", bytes(body[:size]))
        oci.end(out)
    return {"dense": image(folder, "dense", [(oci.sha256_of(path), path)])}, {"files": 1, "layer bytes": size}


def empty_files(path, numbers):
    """Headers that differ in eight digits; the sum of one is that of the other and of the digits."""
    model = oci.header(b"usr/share/application/d00000/file-00000000.txt", 0)
    at, folder_at = model.index(b"00000000.txt"), model.index(b"d00000/") + 1
    rest = sum(model[:148]) + 8 * 32 + sum(model[156:]) - 13 * 48
    digest = hashlib.sha256()
    with open(path, "wb") as out:
        for start in range(numbers.start, numbers.stop, 1000):
            block = bytearray()
            for number in range(start, min(start + 1000, numbers.stop)):
                file, directory = b"%08d" % number, b"%05d" % (number // 1000)
                total = rest + sum(file) + sum(directory)
                block += b"".join((model[:folder_at], directory, model[folder_at + 5:at], file, model[at + 8:148],
                                   b"%06o\0 " % total, model[156:]))
            out.write(block)
            digest.update(block)
        oci.end(out)
        digest.update(bytes(2 * oci.RECORD))
    return digest.hexdigest(), path


def make_entries(folder, size, _):
    count = size // 1000000 * 1000
    each = count // LAYERS
    layers = [empty_files(os.path.join(folder, "layer%d" % i), range(i * each, (i + 1) * each)) for i in range(LAYERS)]
    name = len("usr/share/application/d00000/file-00000000.txt")
    made = {"entries": image(folder, "entries", layers), "unused": image(folder, "unused", layers, used=False)}
    return made, {"files": each * LAYERS, "name bytes": name}


WANTED = b"usr/share/wanted/file"


def make_looking(folder, size, _):
    """Empty files in one layer, behind them one that has bytes; plain, and packed."""
    count = size // 1000000 * 1000
    blob = os.path.join(folder, "layer")
    empty_files(blob, range(count))
    with open(blob, "r+b") as out:
        out.seek(-1024, os.SEEK_END)
        oci.add_bytes(out, WANTED, bytes(range(256)) * 16)
        oci.end(out)
    gzip = packed(blob, "gzip")
    made = {"looking": image(folder, "looking", [(oci.sha256_of(blob), blob)]),
            "looking, gzip": image(folder, "looking-gzip", [(oci.sha256_of(blob), gzip)], "gzip")}
    return made, {"files": count + 1}


MAKERS = {"layers": make_layers, "bare": make_bare, "small": make_small, "big": make_big, "dense": make_dense,
          "entries": make_entries, "looking": make_looking}


def main():
    folder, kind, size = sys.argv[1], sys.argv[2], int(float(sys.argv[3]) * 1e6)
    images, about = MAKERS[kind](folder, size, sys.argv[4] if len(sys.argv) > 4 else None)
    json.dump({"images": images, "about": about}, sys.stdout)


if __name__ == "__main__":
    main()
