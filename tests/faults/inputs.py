"""Makes the inputs of the campaign: one of every format, of every compression, of every family of checks, whole and broken.

    inputs.py FOLDER [formats|recipes]      fills FOLDER, prints one line for each input: its name, and options of silt

formats: one of every format, of every layout, and of everything that can be in a file. recipes: what tests/flow has.
"""

import bz2
import gzip
import lzma
import os
import struct
import sys
import tarfile

HERE = os.path.dirname(os.path.abspath(__file__))
ROOT = os.path.dirname(os.path.dirname(HERE))
RECIPES = os.path.join(ROOT, "tests", "flow", "recipes")
SEEDS = os.path.join(ROOT, "tests", "fuzz", "seeds")
FIXTURES = os.path.join(ROOT, "fixtures")
sys.path[:0] = [RECIPES, os.path.join(ROOT, "tests", "e2e")]

import bundle  # noqa: E402
import recipe as recipes  # noqa: E402
import relayout  # noqa: E402
import tarwriter  # noqa: E402

# As the first byte of a seed of tests/fuzz/packages.c says.
DATABASES = ["var/lib/dpkg/info/one:amd64.md5sums", "lib/apk/db/installed", "a/one-1.dist-info/RECORD",
             "var/lib/rpm/rpmdb.sqlite", "var/lib/rpm/Packages.db", "var/lib/rpm/Packages",
             "var/lib/dpkg/info/one:amd64.list", "var/lib/dpkg/status", "var/lib/dpkg/status.d/one",
             "var/lib/dpkg/diversions"]

DISPUTED = """
base
layer COPY . .
    file etc/motd 0644 nothing here\\n
    raw srv/ 0 ${github:HIDDEN}\\n
    raw odd V ${npm:ODD}\\n
    bad_checksum lost
    file etc/after 0644 ${stripe:AFTER}\\n
"""

HISTORY = """
base
layer RUN /bin/sh -c apt-get update && apt-get install -y curl && curl -u me:${password:PIPE} http://x.y/z | sh # buildkit
    file etc/motd 0644 nothing here\\n
history ENV API_TOKEN=${github:ENV}
layer RUN /bin/sh -c rm -rf /etc/motd /root/.aws # buildkit
    delete etc/motd
config Env ["PATH=/usr/bin", "API_TOKEN=${github:ENV}", "PASSWORD=${password:ENV}"]
config Cmd ["sh", "-c", "exec app --password=${password:CMD}"]
config Labels {"note": "${npm:LABEL}", "org.opencontainers.image.base.name": "x:latest"}
config ExposedPorts {"22/tcp": {}, "70000/tcp": {}}
config Volumes {"/etc": {}}
"""

RULES = """
rules:
  - id: house-token
    title: Token of the house
    severity: high
    anchors: [house_]
    pattern: 'house_[a-z]{20}%{right}'
    reach: 32
    revoke: Ask the house.
    positive: ['house_abcdefghijklmnopqrst']
    negative: ['house_of_cards']
"""


def read(*path):
    with open(os.path.join(*path), "rb") as file:
        return file.read()


def seeds(folder):
    return [(name, read(SEEDS, folder, name)) for name in sorted(os.listdir(os.path.join(SEEDS, folder)))]


def root_of(files):
    """A root filesystem with these files."""
    entries = [tarwriter.header(name.encode(), size=len(body)) + body + b"\0" * (-len(body) % tarwriter.BLOCK)
               for name, body in files]
    return b"".join(entries) + tarwriter.END


def from_recipe(text):
    recipe = recipes.read(text)
    return bundle.make(recipe), bundle.options(recipe)


def zstd(data):
    """One frame of raw blocks (RFC 8878, 3.1.1): no encoder is needed."""
    size = 128 * 1024
    blocks = [data[at:at + size] for at in range(0, len(data), size)]
    frame = b"\x28\xb5\x2f\xfd\xa0" + struct.pack("<I", len(data))
    for number, block in enumerate(blocks):
        frame += struct.pack("<I", len(block) << 3 | (number + 1 == len(blocks)))[:3] + block
    return frame


def roots():
    yield "root-keys.tar", root_of([("root/" + name, body) for name, body in seeds("keys")])
    yield "root-databases.tar", root_of([(DATABASES[int(body[:1])], body[1:]) for _, body in seeds("packages")])
    yield "root-nested.tar", root_of([("opt/" + name, body) for name, body in seeds("nested")])
    yield "root-archives.tar", root_of([("opt/" + name, body) for name, body in seeds("archive")])
    yield "root-encodings.tar", root_of([("srv/" + name, body) for name, body in seeds("search")])
    yield "root-facts.tar", root_of([tuple_of(body.split(b"\n", 1)) for _, body in seeds("facts")])
    yield "root-git.tar", root_of([("r/.git/objects/pack/pack-1.pack", read(SEEDS, "git", "real.pack")),
                                   ("r/.git/objects/ab/" + "c" * 38, read(SEEDS, "git", "loose"))])


def tuple_of(lines):
    return lines[0].decode(), lines[-1]


def large():
    """Layers that are worth threads (SILT_THREADS_WORTH of base/limits.h)."""
    layer = "layer COPY . .\n    file srv/%d 0644 token = ${github:LARGE}\\n" + "words of a text. " * 40000 + "\n"
    return from_recipe("base\n" + "".join(layer % number for number in range(3)))[0]


def wholes():
    leaky, oci = read(FIXTURES, "leaky.tar"), read(FIXTURES, "leaky-oci.tar")
    yield "clean.tar", read(FIXTURES, "clean.tar")
    yield "leaky.tar", leaky
    yield "oci.tar", oci
    yield "clean.tar.gz", gzip.compress(read(FIXTURES, "clean.tar"), mtime=0)
    yield "oci.tar.xz", lzma.compress(oci)
    yield "oci.tar.bz2", bz2.compress(oci)
    yield "oci.tar.zst", zstd(oci)
    for name in ("docker.tar", "pax.tar"):
        yield "seed-" + name, read(SEEDS, "bundle", name)


def brokens():
    leaky, oci = read(FIXTURES, "leaky.tar"), read(FIXTURES, "leaky-oci.tar")
    yield "cut.tar", leaky[:len(leaky) // 2]
    yield "cut.tar.gz", gzip.compress(oci, mtime=0)[:-100]
    yield "cut.tar.zst", zstd(oci)[:-100]
    yield "no-image", b"{}"


def format_inputs():
    """Names, bytes, options."""
    for make in (wholes, roots, brokens):
        for name, data in make():
            yield name, data, []
    for name, text in (("disputed.tar", DISPUTED), ("history.tar", HISTORY)):
        yield name, from_recipe(text)[0], ["--lint"]
    yield "large.tar", large(), ["--each", "0", "--threads", "3"]


def recipe_inputs():
    for name in sorted(os.listdir(os.path.join(RECIPES, "cases"))):
        yield name[:-4] + ".tar", *from_recipe(read(RECIPES, "cases", name).decode())
    checks = sorted(os.listdir(os.path.join(RECIPES, "checks")))
    for name in checks:
        if name.startswith("config-large-base"):
            continue  # of 200 MB
        first = read(RECIPES, "checks", name).decode().split("\n=== ")[0]
        _, _, text = first.partition("\n")
        data, options = from_recipe(text)
        yield "check-" + name[:-4] + ".tar", data, options + ["--lint"]


def write_layouts(folder):
    """The same image as other builders and older versions lay it out."""
    for layout in relayout.LAYOUTS:
        name = "layout-%s.tar" % layout.__name__
        writer = relayout.Writer(os.path.join(folder, name))
        layout(relayout.Original(os.path.join(FIXTURES, "clean.tar")), writer)
        writer.tar.close()
        print(name)


def write(folder, name, data):
    with open(os.path.join(folder, name), "wb") as file:
        file.write(data)


def write_folder(folder, name):
    with tarfile.open(os.path.join(FIXTURES, "leaky-oci.tar")) as archive:
        for member in archive:
            if member.isfile():
                path = os.path.join(folder, name, member.name)
                os.makedirs(os.path.dirname(path), exist_ok=True)
                write(*os.path.split(path), archive.extractfile(member).read())


def write_all(folder, made):
    for name, data, options in made:
        write(folder, name, data)
        print(name, *options)


def write_formats(folder):
    write_all(folder, format_inputs())
    write_layouts(folder)
    write_folder(folder, "oci-folder")
    print("oci-folder")
    write(folder, "house.yaml", RULES.encode())
    write(folder, "house.tar", root_of([("srv/x", b"house_" + b"abcdefghijklmnopqrst\n")]))
    print("house.tar --rules house.yaml")


def main():
    folder, wanted = sys.argv[1], sys.argv[2:]
    os.makedirs(folder, exist_ok=True)
    if wanted != ["recipes"]:
        write_formats(folder)
    if wanted != ["formats"]:
        write_all(folder, recipe_inputs())


if __name__ == "__main__":
    main()
