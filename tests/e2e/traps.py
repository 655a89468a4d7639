"""An image whose names and links want to get out of the folder that they are extracted into: traps.py FILE"""

import hashlib
import io
import json
import sys
import tarfile

NAMES = [
    "../around/file",
    "../../../../../../../../tmp/silt-trap",
    "/around/file",
    "a/../../around/file",
    "./../around/file",
    "..",
    "../",
    "plain",
    "plain",
    "plain/below",
    "deep/" * 900 + "file",
    "n" * 250,
    "\udcff\udcfe",
    "new\nline",
    "\x1b[31mred\x1b]0;title\x07",
    "-rf",
    "~root",
    "plain.silt.json",
    "link/through",
    "link2/through",
    "hole/x",
    " ",
    "\u202egnp.exe",
]


def entry(tar, name, kind=tarfile.REGTYPE, link="", body=b"", mode=0o6777):
    info = tarfile.TarInfo(name)
    info.type, info.linkname, info.size, info.mode = kind, link, len(body), mode
    info.uid = info.gid = 12345
    tar.addfile(info, io.BytesIO(body) if body else None)


def layer():
    out = io.BytesIO()
    tar = tarfile.open(fileobj=out, mode="w", format=tarfile.PAX_FORMAT, errors="surrogateescape", encoding="utf-8")
    entry(tar, "link", tarfile.SYMTYPE, "../around")
    entry(tar, "link2", tarfile.SYMTYPE, "/jail/target")
    entry(tar, "out", tarfile.SYMTYPE, "../../around/file")
    entry(tar, "device", tarfile.CHRTYPE)
    entry(tar, "disk", tarfile.BLKTYPE)
    entry(tar, "pipe", tarfile.FIFOTYPE)
    for number, name in enumerate(NAMES):
        entry(tar, name, body=b"trap %d\n" % number)
    entry(tar, "hard", tarfile.LNKTYPE, "../around/file")
    entry(tar, "hard2", tarfile.LNKTYPE, "plain")
    entry(tar, "out", body=b"through a link that was there first\n")
    tar.close()
    return out.getvalue()


def main():
    data = layer()
    digest = hashlib.sha256(data).hexdigest()
    config = json.dumps({"architecture": "amd64", "os": "linux", "config": {},
                         "rootfs": {"type": "layers", "diff_ids": ["sha256:" + digest]}}).encode()
    name = hashlib.sha256(config).hexdigest() + ".json"
    manifest = json.dumps([{"Config": name, "RepoTags": ["traps:1"], "Layers": [digest + ".tar"]}]).encode()
    with tarfile.open(sys.argv[1], "w") as tar:
        for member, body in ((digest + ".tar", data), (name, config), ("manifest.json", manifest)):
            info = tarfile.TarInfo(member)
            info.size = len(body)
            tar.addfile(info, io.BytesIO(body))


main()
