"""An image with bytes that no file has, and these bytes as files PART-FRAMING: scraps.py FILE FOLDER"""

import gzip
import hashlib
import io
import json
import os
import sys
import tarfile
import zlib


def tar_of(name, body):
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode="w") as tar:
        info = tarfile.TarInfo(name)
        info.size = len(body)
        tar.addfile(info, io.BytesIO(body))
    return out.getvalue()


def main():
    os.mkdir(sys.argv[2])
    scraps = {
        "padding-": b"slack behind a file",
        "framing-gzip comment": b"a comment of gzip",
        "framing-bytes after the compressed data": b"what follows the end",
        "stored-": os.urandom(3000).strip(b"\0"),
        "tail-": b"left behind the end",
    }
    first = bytearray(tar_of("file", b"hello"))
    first[512 + 5:512 + 5 + len(scraps["padding-"])] = scraps["padding-"]
    # Entries behind the end, with a body or without, are listed as entries: their headers are no scraps.
    layer = bytes(first) + scraps["tail-"].ljust(512, b"\0") + tar_of("again", b"") + tar_of("more", b"of it")
    packed = zlib.compressobj(9, zlib.DEFLATED, -15)
    body = packed.compress(layer) + packed.flush()
    comment = scraps["framing-gzip comment"]
    blob = (b"\x1f\x8b\x08\x10" + bytes(6) + comment + b"\0" + body +
            zlib.crc32(layer).to_bytes(4, "little") + len(layer).to_bytes(4, "little") +
            scraps["framing-bytes after the compressed data"])
    assert gzip.decompress(blob[:-len(scraps["framing-bytes after the compressed data"])]) == layer
    config = json.dumps({"architecture": "amd64", "os": "linux", "config": {},
                         "rootfs": {"type": "layers",
                                    "diff_ids": ["sha256:" + hashlib.sha256(layer).hexdigest()]}}).encode()
    name = hashlib.sha256(config).hexdigest() + ".json"
    manifest = json.dumps([{"Config": name, "RepoTags": ["scraps:1"], "Layers": ["layer.tar"]}]).encode()
    with tarfile.open(sys.argv[1], "w") as tar:
        for member, content in ((name, config), ("layer.tar", blob), ("stray", scraps["stored-"]),
                                ("manifest.json", manifest)):
            info = tarfile.TarInfo(member)
            info.size = len(content)
            tar.addfile(info, io.BytesIO(content))
    for scrap, content in scraps.items():
        with open(os.path.join(sys.argv[2], scrap), "wb") as out:
            out.write(content)


main()
