"""Inputs that need exactly so much of one limit: for each row of src/base/limits.h a function that makes one.

Each returns the bytes of a bundle, and how much of the limit it needs; None: that is found by trying, between the two
bounds of `SOUGHT`. All hold a token in etc/canary, which must be found whatever else is cut.
"""

import binascii
import gzip
import hashlib
import io
import json
import lzma
import struct
import zipfile
import zlib

import recipe
import tarwriter
from tarwriter import header, padded, pax

CANARY = recipe.checked("ghp_", "canary")
ROWS = {}


def row(name):
    def keep(make):
        ROWS[name] = make
        return make
    return keep


# ---- Bundles --------------------------------------------------------------------------------------------------------


def entry(name, body=b"", **fields):
    return header(name.encode(), size=len(body), **fields) + padded(body)


def layer(*entries):
    return entry("etc/canary", CANARY.encode()) + b"".join(entries) + tarwriter.END


def digest(data):
    return "sha256:" + hashlib.sha256(data).hexdigest()


def save(blobs, config=None, contents=None, images=1, history=None):
    """What docker save writes: `blobs` are layers as stored, `contents` as they are read."""
    contents = contents or blobs
    document = {"architecture": "amd64", "os": "linux", "config": config or {},
                "rootfs": {"type": "layers", "diff_ids": [digest(content) for content in contents]}}
    if history:
        document["history"] = history
    names = ["%d/layer.tar" % number for number in range(len(blobs))]
    members, manifest = list(zip(names, blobs)), []
    for image in range(images):
        text = json.dumps(dict(document, author=str(image))).encode()
        members.append(("%d.json" % image, text))
        manifest.append({"Config": "%d.json" % image, "RepoTags": ["x:%d" % image], "Layers": names})
    members.append(("manifest.json", json.dumps(manifest).encode()))
    return b"".join(entry(name, body) for name, body in members) + tarwriter.END, [body for _, body in members]


def one_layer(*entries):
    return save([layer(*entries)])[0]


def run(*instructions, entries=()):
    """An image of these build instructions, the last of which made its one layer."""
    history = [{"created_by": line, "empty_layer": True} for line in instructions[:-1]]
    return save([layer(*entries)], history=history + [{"created_by": instructions[-1]}])[0]


def documents_of(bodies):
    return [json.loads(body) for body in bodies if body[:1] in (b"{", b"[")]


def values_of(value):
    """Keys and values in a document, as silt counts them."""
    if isinstance(value, dict):
        return 1 + sum(1 + values_of(inner) for inner in value.values())
    return 1 + sum(map(values_of, value)) if isinstance(value, list) else 1


def oci(depth=1, manifests=1):
    """An OCI layout whose index names the manifest so often, behind so many indexes."""
    content = layer()
    config = json.dumps({"architecture": "amd64", "os": "linux", "config": {},
                         "rootfs": {"type": "layers", "diff_ids": [digest(content)]}}).encode()
    base = "application/vnd.oci.image."

    def descriptor(kind, data):
        return {"mediaType": base + kind, "digest": digest(data), "size": len(data)}

    manifest = json.dumps({"schemaVersion": 2, "mediaType": base + "manifest.v1+json",
                           "config": descriptor("config.v1+json", config),
                           "layers": [descriptor("layer.v1.tar", content)]}).encode()
    blobs, below, kind = [content, config, manifest], manifest, "manifest.v1+json"
    for level in range(depth):
        count = manifests if level == 0 else 1
        index = json.dumps({"schemaVersion": 2, "mediaType": base + "index.v1+json",
                            "manifests": [descriptor(kind, below)] * count}).encode()
        below, kind = index, "index.v1+json"
        blobs.append(index)
    members = [("oci-layout", b'{"imageLayoutVersion":"1.0.0"}'), ("index.json", blobs.pop())]
    members += [("blobs/sha256/" + digest(blob)[7:], blob) for blob in blobs]
    return b"".join(entry(name, body) for name, body in members) + tarwriter.END


# ---- Decompression --------------------------------------------------------------------------------------------------


def packed(content):
    return gzip.compress(content, mtime=0)


@row("layer-bytes")
def layer_bytes():
    content = layer()
    return save([packed(content)], contents=[content])[0], len(content)


@row("total-bytes")
def total_bytes():
    contents = [layer(), layer(entry("second", b"2"))]
    return save([packed(content) for content in contents], contents=contents)[0], sum(map(len, contents))


@row("ratio")
def ratio():
    content = layer(entry("zeros", bytes(100000)))
    blob = packed(content)
    return save([blob], contents=[content])[0], -(-len(content) // len(blob))


@row("ratio-free")
def ratio_free():
    content = layer(entry("zeros", bytes(300000)))
    return save([packed(content)], contents=[content])[0], len(content)


@row("zstd-window")
def zstd_window():
    """One frame with a window of 2 MiB, and its content in one block that is not packed."""
    content = layer()
    block = len(content) << 3 | 1
    frame = b"\x28\xb5\x2f\xfd\0" + bytes([11 << 3]) + struct.pack("<I", block)[:3] + content
    return save([frame], contents=[content])[0], 2 << 20


@row("xz-memory")
def xz_memory():
    content = layer()
    filters = [{"id": lzma.FILTER_LZMA2, "dict_size": 8 << 20}]
    return save([lzma.compress(content, filters=filters)], contents=[content])[0], None


@row("gzip-field-bytes")
def gzip_field_bytes():
    content, name = layer(), b"a name of 23 bytes here"
    blob = packed(content)
    return save([blob[:3] + b"\x08" + blob[4:10] + name + b"\0" + blob[10:]], contents=[content])[0], len(name)


# ---- Documents ------------------------------------------------------------------------------------------------------


@row("layers")
def layers():
    return save([layer(entry(str(number))) for number in range(3)])[0], 3


@row("images")
def images():
    return save([layer()], images=3)[0], 3


@row("descriptors")
def descriptors():
    return oci(manifests=5), 5


@row("index-depth")
def index_depth():
    return oci(depth=3), 3


@row("json-bytes")
def json_bytes():
    data, bodies = save([layer()], config={"Labels": {"x": "y" * 1000}})
    return data, max(len(body) for body in bodies if body[:1] == b"{")


@row("json-depth")
def json_depth():
    return save([layer()], config={"Deep": [[[[[[]]]]]]})[0], 8


@row("json-values")
def json_values():
    data, bodies = save([layer()], config={"Env": ["A=1"] * 50})
    return data, max(values_of(document) for document in documents_of(bodies))


@row("document-bytes")
def document_bytes():
    data, bodies = save([layer()])
    return data, sum(len(body) for body in bodies if body[:1] in (b"{", b"["))


@row("document-values")
def document_values():
    data, bodies = save([layer()])
    return data, sum(values_of(document) for document in documents_of(bodies))


@row("records")
def records():
    return save([layer(), layer(entry("second"))])[0], 4


# ---- Entries --------------------------------------------------------------------------------------------------------


@row("entries")
def entries():
    return one_layer(*(entry("f%d" % number) for number in range(20))), 21


@row("entry-bytes")
def entry_bytes():
    return one_layer(*(entry("f%d" % number) for number in range(20))), None


@row("entry-bytes-total")
def entry_bytes_total():
    first, second = layer(*(entry("f%d" % number) for number in range(20))), tarwriter.header(b"x") + tarwriter.END
    return save([first, second])[0], None


@row("stacked-entries")
def stacked_entries():
    return save([layer(entry("x"))], images=3)[0], 4


@row("path-bytes")
def path_bytes():
    return one_layer(entry("a" * 40 + "/" + "b" * 40)), 82


@row("name-bytes")
def name_bytes():
    return one_layer(entry("n" * 60)), 60


@row("path-depth")
def path_depth():
    return one_layer(entry("a/b/c/d/e/f")), 6


def link(name, target):
    return header(name.encode(), b"2", link=target.encode())


@row("link-hops")
def link_hops():
    chain = [link("l1", "l2"), link("l2", "l3"), link("l3", "there"), header(b"there/", b"5", mode=0o755)]
    return one_layer(*chain, entry("l1/x", b"x")), 3


@row("link-steps")
def link_steps():
    folders = [header(name, b"5", mode=0o755) for name in (b"a/", b"a/b/", b"a/b/c/")]
    return one_layer(*folders, link("short", "a/b/c"), entry("short/x", b"x")), 3


@row("implied-directories")
def implied_directories():
    content = entry("etc/canary", CANARY.encode()) + entry("a/b/c/x", b"x") + tarwriter.END
    return save([content])[0], 4


@row("pax-bytes")
def pax_bytes():
    record = tarwriter.pax_record(b"comment", b"c" * 700)
    return one_layer(tarwriter.special(b"x", record), entry("after", b"x")), len(record)


@row("sparse-map-bytes")
def sparse_map_bytes():
    pieces = 200
    text = b"%d\n" % pieces + b"".join(b"%d\n1\n" % (4096 * number) for number in range(pieces))
    body = padded(text) + b"s" * pieces
    records = {b"GNU.sparse.major": b"1", b"GNU.sparse.minor": b"0", b"GNU.sparse.name": b"holes",
               b"GNU.sparse.realsize": b"%d" % (4096 * pieces)}
    return one_layer(pax(records), entry("GNUSparseFile.0/holes", body)), len(padded(text))


@row("tar-header-bytes")
def tar_header_bytes():
    record = tarwriter.pax_record(b"comment", b"c" * 900000)
    return one_layer(tarwriter.special(b"x", record), entry("after", b"x")), None


@row("disputed-entries")
def disputed_entries():
    """libarchive reads the body of a file with a name of a folder as entries; Go does not."""
    inside = b"".join(entry("inside%d" % number) for number in range(3))
    return one_layer(header(b"folder/", size=len(inside)) + inside), None


# ---- Files ----------------------------------------------------------------------------------------------------------

PASSWD = b"root:x:0:0:root:/root:/bin/sh\n"
GROUP = b"root:x:0:\n"


@row("account-bytes")
def account_bytes():
    return one_layer(entry("etc/passwd", PASSWD)), len(PASSWD)


@row("account-bytes-total")
def account_bytes_total():
    return one_layer(entry("etc/passwd", PASSWD), entry("etc/group", GROUP)), len(PASSWD + GROUP)


@row("facts")
def facts():
    lines = b"".join(b"user%d ALL=(ALL) NOPASSWD: ALL\n" % number for number in range(5))
    return one_layer(entry("etc/sudoers", lines)), None


def zipped(*members):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name, body in members:
            archive.writestr(zipfile.ZipInfo(name), body)
    return out.getvalue()


@row("nested-depth")
def nested_depth():
    return one_layer(entry("a.zip", zipped(("b.zip", zipped(("c", b"c")))))), 2


@row("nested-bytes")
def nested_bytes():
    return one_layer(entry("a.zip", zipped(("b", b"b" * 1000), ("c", b"c" * 500)))), 1500


@row("nested-files")
def nested_files():
    return one_layer(entry("a.zip", zipped(*((str(number), b"x") for number in range(4))))), 4


def token(number):
    return recipe.checked("ghp_", "token %d" % number)


@row("secrets")
def secrets():
    return one_layer(*(entry("t%d" % number, token(number).encode()) for number in range(3))), 4


@row("matches-per-rule")
def matches_per_rule():
    text = "\n".join(map(token, range(4)))
    return one_layer(entry("tokens", text.encode())), 4


@row("anchors")
def anchors():
    return one_layer(entry("flood", b"ghp_" * 4000)), None


@row("pattern-steps")
def pattern_steps():
    return one_layer(entry("long", b"-----BEGIN PRIVATE KEY-----\n" + b"A b c\n" * 800)), None


def base64_of(text):
    return binascii.b2a_base64(text.encode()).decode()


@row("decoded-texts")
def decoded_texts():
    return one_layer(entry("texts", b"x=%2F " * 300)), None


@row("decoded-matches")
def decoded_matches():
    text = ";\n".join(base64_of("a token: %s" % token(number)) for number in range(5))
    return one_layer(entry("texts", text.encode())), 5


# ---- History --------------------------------------------------------------------------------------------------------


@row("history-lines")
def history_lines():
    return run(*("RUN step %d" % number for number in range(6))), 6


@row("history-words")
def history_words():
    return run("RUN one two three && four five", "RUN six"), None


@row("removals")
def removals():
    files = [entry("opt/%s" % name, b"x") for name in "abc"]
    return run("RUN make", "RUN rm /opt/a", "RUN rm /opt/b", "RUN rm /opt/c", "COPY . /", entries=files), 3


@row("removal-comparisons")
def removal_comparisons():
    files = [entry("opt/%d" % number, b"x") for number in range(10)]
    return run("RUN make", "RUN rm -rf /opt/*", "COPY . /", entries=files), None


@row("removal-looks")
def removal_looks():
    """In a squashed layer the rest of the history is asked about each file that it removed."""
    lines = [{"created_by": line, "empty_layer": True} for line in ("COPY . /", "RUN rm /opt/*", "RUN make")]
    squash = {"comment": "merge sha256:%s to sha256:%s" % ("1" * 64, "0" * 64)}
    files = [entry("opt/%d" % number, b"x") for number in range(3)]
    return save([layer(*files)], history=lines + [squash])[0], 3


@row("findings-per-check")
def findings_per_check():
    return one_layer(*(entry("bin/s%d" % number, b"\x7fELF" + bytes(60), mode=0o4755) for number in range(5))), 5


# ---- git ------------------------------------------------------------------------------------------------------------


def pack_object(kind, size, data, base=b""):
    """Type and size in 4 bits and then 7 at a time, what stands for the base, and the data deflated."""
    head, rest = [kind << 4 | size & 15], size >> 4
    while rest:
        head[-1] |= 128
        head.append(rest & 127)
        rest >>= 7
    return bytes(head) + base + zlib.compress(data)


def offset(distance):
    """The distance to the base, 7 bits at a time, the highest first, each but the last one less."""
    out = [distance & 127]
    while distance := distance >> 7:
        distance -= 1
        out.append(128 | distance & 127)
    return bytes(reversed(out))


def size_text(size):
    return bytes([size & 127 | 128, size >> 7]) if size > 127 else bytes([size])


def git_pack(content=b"g" * 100, deltas=2):
    """A blob and deltas on each other; each copies all of its base and adds one byte."""
    objects, at, sizes = [pack_object(3, len(content), content)], 12, [len(content)]
    for _ in range(deltas):
        size = sizes[-1]
        delta = size_text(size) + size_text(size + 1) + b"\x90" + bytes([size]) + b"\x01+"
        objects.append(pack_object(6, len(delta), delta, offset(len(objects[-1]))))
        sizes.append(size + 1)
    body = b"PACK" + struct.pack(">II", 2, len(objects)) + b"".join(objects)
    assert at == 12
    return body + hashlib.sha1(body).digest(), sizes


def git_image(pack):
    return one_layer(entry("r/.git/objects/pack/pack-1.pack", pack))


@row("git-pack-bytes")
def git_pack_bytes():
    pack, _ = git_pack()
    return git_image(pack), len(pack)


@row("git-object-bytes")
def git_object_bytes():
    pack, sizes = git_pack()
    return git_image(pack), sizes[-1]


@row("git-chain-bytes")
def git_chain_bytes():
    pack, sizes = git_pack()
    return git_image(pack), sum(sizes)


@row("git-depth")
def git_depth():
    pack, sizes = git_pack()
    return git_image(pack), len(sizes) - 1
