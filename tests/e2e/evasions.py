"""Images whose builder would have a gate look away: evasions.py KIND FILE SECRET, where SECRET is a file that holds one."""

import gzip
import hashlib
import io
import json
import sys
import tarfile


def digest(content):
    return "sha256:" + hashlib.sha256(content).hexdigest()


def tar_of(*files):
    """Of (name, body), or (name, type, target)."""
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode="w") as tar:
        for name, body, *target in files:
            info = tarfile.TarInfo(name)
            info.mode = 0o600
            if target:
                info.type, info.linkname, body = body, target[0], b""
            info.size = len(body)
            tar.addfile(info, io.BytesIO(body))
    return out.getvalue()


def line(number, **more):
    return {"created": "2026-01-01T00:00:00Z", "created_by": f"/bin/sh -c #(nop) COPY file:{number} in /", **more}


def config_of(layers, **more):
    return {"architecture": "amd64", "os": "linux", "config": {"User": "10001"},
            "rootfs": {"type": "layers", "diff_ids": [digest(layer) for layer in layers]}, **more}


def save(path, layers, config, blobs=None):
    """A docker archive; `blobs` are the layers as they are stored, `config` is a document or its text."""
    config = config if isinstance(config, bytes) else json.dumps(config).encode()
    names = [f"{number}.tar" for number in range(len(layers))]
    manifest = [{"Config": "config.json", "RepoTags": None, "Layers": names}]
    with open(path, "wb") as out:
        out.write(tar_of(*zip(names, blobs or layers), ("config.json", config),
                         ("manifest.json", json.dumps(manifest).encode())))


# ---- On a base that is known by its layers -------------------------------------------------------------------------

BASE, OWN = tar_of(("a", b"of the base\n")), tar_of(("b", b"of the image\n"))


def base(path, secret):
    save(path, [BASE], config_of([BASE], history=[line(1)]))


def leaking_base(path, secret):
    save(path, [BASE], config_of([BASE], history=[line(1, comment=secret)]))


def child(path, first, blob=BASE):
    save(path, [BASE, OWN], config_of([BASE, OWN], history=[first, line(2)]), [blob, OWN])


def twice(path, secret):
    """The first history has the secret, and the second one counts."""
    text = json.dumps(config_of([BASE, OWN], first=[line(1, comment=secret), line(2)], history=[line(1), line(2)]))
    save(path, [BASE, OWN], text.replace('"first"', '"history"').encode())


def commented(content, comment):
    plain = gzip.compress(content, mtime=0)
    return plain[:3] + b"\x10" + plain[4:10] + comment.encode() + b"\0" + plain[10:]


# ---- Names that a waiver does not have -----------------------------------------------------------------------------

def files(path, *layers):
    tars = [tar_of(*layer) for layer in layers]
    save(path, tars, config_of(tars))


def links(number, name, target):
    return [(f"{name}{i}", tarfile.LNKTYPE, target) for i in range(number)]


ID, LINK = "srv/testdata/id", ("root/.ssh/id", tarfile.LNKTYPE, "srv/testdata/id")

KINDS = {
    "base": base,
    "leaking-base": leaking_base,
    "child": lambda path, secret: child(path, line(1)),
    "child-of-leaking": lambda path, secret: child(path, line(1, comment=secret)),
    "in-created-by": lambda path, secret: child(path, {**line(1), "created_by": "RUN make TOKEN=" + secret}),
    "in-author": lambda path, secret: child(path, line(1, author=secret)),
    "in-unknown-key": lambda path, secret: child(path, line(1, more=secret)),
    "in-object": lambda path, secret: child(path, line(1, comment={"more": secret})),
    "in-first-of-two": twice,
    "in-gzip-comment": lambda path, secret: child(path, line(1), commented(BASE, secret)),
    "root": lambda path, secret: open(path, "wb").write(tar_of(("etc/passwd", b"root:x:0:0::/:/bin/sh\n"))),
    "one-name": lambda path, secret: files(path, [(ID, secret.encode())]),
    "linked": lambda path, secret: files(path, [(ID, secret.encode()), LINK]),
    "linked-twice": lambda path, secret: files(path, [(ID, secret.encode()), *links(2, "srv/testdata/x", ID)]),
    "linked-later": lambda path, secret: files(path, [(ID, secret.encode())], [LINK]),
    "linked-and-gone": lambda path, secret: files(path, [(ID, secret.encode()), LINK],
                                                  [("root/.wh..ssh", b""), ("srv/testdata/.wh.id", b"")]),
    "moved": lambda path, secret: files(path, [(ID, secret.encode()), LINK], [("srv/testdata/.wh.id", b"")]),
    "behind-link": lambda path, secret: files(
        path, [("etc/x", b"x"), ("srv/testdata", tarfile.SYMTYPE, "../etc"), (ID, secret.encode())]),
    "behind-lost-link": lambda path, secret: files(
        path, [("etc/x", b"x"), ("srv/testdata", tarfile.SYMTYPE, "../etc"), (ID, secret.encode())],
        [("srv/.wh.testdata", b"")]),
    "behind-gzip": lambda path, secret: child(path, line(1), gzip.compress(BASE, mtime=0) + secret.encode()),
}

kind, target, source = sys.argv[1:]
with open(source) as opened:
    KINDS[kind](target, opened.read().strip())
