"""Saves of small images that builders do not make: odd_images.py KIND FILE [LAYER...]"""

import hashlib
import io
import json
import sys
import tarfile


def tar_of(*files):
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode="w") as tar:
        for name, body in files:
            info = tarfile.TarInfo(name)
            info.size = len(body)
            tar.addfile(info, io.BytesIO(body))
    return out.getvalue()


def sha256(content):
    return hashlib.sha256(content).hexdigest()


def save(path, images, strays=()):
    """A docker archive of images NAME: [LAYER, ...], and files of no image in front of its manifest."""
    members, manifest = {}, []
    for name, layers in images.items():
        config = json.dumps({"architecture": "amd64", "os": "linux", "config": {},
                             "rootfs": {"type": "layers",
                                        "diff_ids": ["sha256:" + sha256(layer) for layer in layers]}}).encode()
        members[sha256(config) + ".json"] = config
        names = [sha256(layer) + "/layer.tar" for layer in layers]
        members.update(zip(names, layers))
        manifest.append({"Config": sha256(config) + ".json", "RepoTags": [name], "Layers": names})
    with open(path, "wb") as out:
        out.write(tar_of(*members.items(), *strays, ("manifest.json", json.dumps(manifest).encode())))


def two(path):
    """Two images with a layer in common and one each, and the tar of none."""
    shared = tar_of(("shared", b"MARK of both"))
    save(path,
         {"one:1": [shared, tar_of(("own", b"MARK of one"))], "two:1": [shared, tar_of(("other", b"MARK of two"))]},
         [("stray.tar", tar_of(("lost", b"MARK of none")))])


def linked(path):
    """A folder that is a link, and files that layers write once by its name and once by where it leads."""
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode="w") as tar:
        link = tarfile.TarInfo("lib")
        link.type, link.linkname = tarfile.SYMTYPE, "usr/lib"
        tar.addfile(link)
    below = tar_of(("usr/lib/file", b"first"), ("usr/lib/file", b"second"))
    save(path, {"linked:1": [below, out.getvalue(), tar_of(("usr/lib/file", b"third")), tar_of(("lib/own", b"own"))]})


def garbage(path):
    """An image whose topmost layer is no tar, and compressed by nobody."""
    save(path, {"garbage:1": [tar_of(("file", b"below")), b"this is no tar, but a text of someone\n" * 20]})


def marks(path):
    """Marks for nothing, as no name is called so, above files that they leave alone."""
    save(path, {"marks:1": [tar_of(("a/file", b"file")), tar_of(("a/.wh.", b""), ("a/.wh..", b""), (".wh.", b""))]})


def root(path):
    """A file whose path is the root, in front of one that has a name."""
    save(path, {"root:1": [tar_of(("..", b"nameless"), ("file", b"file"))]})


def layers(path, *tars):
    """An image of the layers given; without any one that has none."""
    save(path, {"layers:1": [open(tar, "rb").read() for tar in tars]})


{"two": two, "marks": marks, "root": root, "layers": layers, "linked": linked, "garbage": garbage}[sys.argv[1]](*sys.argv[2:])
