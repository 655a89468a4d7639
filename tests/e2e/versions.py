"""Images whose names and layers are not one to one, into the folder DIR: versions.py DIR

renamed.tar   /bin/perl was replaced, and its old content lives on as /bin/perl5; /big is gone, and lives on as /big2
repeated.tar  the first layer is the third one, too; the second one deletes what it has
merged.tar    /lib is a link to /usr/lib, and the second layer writes through it
through.tar   /lib is a link to /usr/lib, and layers write through it what a later one deletes
relinked.tar  /lib was such a link, until the last layer took it away; /d/ was none, until the last layer made it one
slugs.tar     names that look like patterns, which a later layer deletes
kept.tar      names that are gone, one after the other, while another one keeps their content
twins.tar     a name very often in one layer, and a layer behind it
folders.tar   folders without entries: a/ is deleted and made again, in/a/ is so with its folder, to/a/ is a file meanwhile;
              D/ becomes a link to /F, and /kept/ is written into
linked.tar    a link twice in one layer, and again in the next
again.tar     a layer with a link, a file and a hardlink, twice
forged.tar    files that are called like the records of an extraction
spared.tar    names that are gone or were replaced, whose content lives on under others: /a was deleted, /b overwritten later,
              /kept and /kin lost one name each, /twice was replaced in its layer
brackets.tar  names that look like patterns, below a link too; the second layer deletes one
odd.tar       a file called like a version of another one, links in a chain and in a circle, a hardlink to nothing
"""

import hashlib
import io
import json
import os
import sys
import tarfile

TWINS = 5000


def file(name, body):
    info = tarfile.TarInfo(name)
    info.size = len(body)
    return info, body.encode()


def link(name, target, kind=tarfile.SYMTYPE):
    info = tarfile.TarInfo(name)
    info.type, info.linkname = kind, target
    return info, b""


def hardlink(name, target):
    return link(name, target, tarfile.LNKTYPE)


def gone(name):
    return file(os.path.join(os.path.dirname(name), ".wh." + os.path.basename(name)), "")


def tar_of(entries):
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode="w") as tar:
        for info, body in entries:
            tar.addfile(info, io.BytesIO(body))
    return out.getvalue()


def digest(data):
    return hashlib.sha256(data).hexdigest()


def write_image(path, layers):
    layers = [tar_of(entries) for entries in layers]
    config = json.dumps({"architecture": "amd64", "os": "linux", "config": {}, "rootfs": {
        "type": "layers", "diff_ids": ["sha256:" + digest(layer) for layer in layers]}}).encode()
    names = [digest(layer) + ".tar" for layer in layers]
    manifest = [{"Config": digest(config) + ".json", "RepoTags": ["versions:1"], "Layers": names}]
    members = dict(zip(names, layers))
    members[digest(config) + ".json"] = config
    members["manifest.json"] = json.dumps(manifest).encode()
    with tarfile.open(path, "w") as tar:
        for name, body in members.items():
            info = tarfile.TarInfo(name)
            info.size = len(body)
            tar.addfile(info, io.BytesIO(body))


def main():
    os.makedirs(sys.argv[1], exist_ok=True)
    base = [file("a", "A"), file("dir/x", "X")]
    record = '{"schema":"silt-provenance-1","path":"etc/passwd"}'
    images = {
        "renamed": [[file("bin/perl", "old"), hardlink("bin/perl5", "bin/perl"), file("big", "BIG"),
                     hardlink("big2", "big")],
                    [file("bin/perl", "new"), gone("big")]],
        "repeated": [base, [gone("a"), gone("dir/x"), file("b", "B")], base],
        "merged": [[file("usr/lib/base", "base"), file("usr/lib/keep", "keep"), link("lib", "/usr/lib")],
                   [file("lib/own", "own"), gone("lib/base"), file("lib/short", "short")],
                   [gone("usr/lib/short"), file("lib/own", "newer")]],
        "through": [[file("usr/lib/key", "one"), file("usr/lib/sub/old", "old"), link("lib", "usr/lib")],
                    [file("lib/key", "two"), file("lib/sub/deep", "deep"), file("lib/seen", "seen")],
                    [gone("usr/lib/key"), gone("lib/sub")]],
        "relinked": [[file("usr/lib/base", "base"), link("lib", "usr/lib"), file("d/x", "d"), file("e/x", "e")],
                     [file("lib/key", "key")],
                     [gone("lib"), link("d", "e")]],
        "slugs": [[file("app/[slug]/page.js", "slug"), file("app/[l]/key", "key"), file("app/s/page.js", "s"),
                   file("w*", "star"), file("wx", "x"), link("to", "app")],
                  [gone("app/[slug]"), gone("app/[l]"), gone("w*")],
                  [file("app/l/page.js", "l")]],
        "kept": [[file("a", "secret"), hardlink("b", "a"), file("c", "first"), hardlink("d", "c"), file("c", "second")],
                 [gone("a")],
                 [file("b", "new")]],
        "folders": [[file("a/x", "1"), file("in/a/x", "1"), file("to/a/x", "1"), file("kept/x", "1"),
                     file("D/f/x", "one"), file("D/same", "same"), file("D/other", "one"),
                     file("F/f/y", "two"), file("F/same", "same"), file("F/other", "two")],
                    [gone("a"), file("a/y", "2"), gone("in"), file("in/a/y", "2"), file("to/a", "a file"),
                     file("to/a/y", "2"), file("kept/y", "2"), link("D", "/F")]],
        "linked": [[link("L", "a"), link("L", "b"), file("x", "1")], [link("L", "b")]],
        "again": [[link("L", "x"), file("x", "1"), hardlink("h", "x")]] * 2,
        "twins": [[file("same", f"version {i}") for i in range(TWINS)] + [file("zz/evidence", "found")],
                  [file("zz/other", "other")]],
        "spared": [[file("a", "secret"), hardlink("b", "a"), file("kept", "kept"), hardlink("lost", "kept"),
                    file("gone", "kin"), hardlink("kin", "gone"), file("twice", "once"), hardlink("other", "twice"),
                    file("twice", "again")],
                   [gone("a"), gone("lost"), gone("gone")], [file("b", "new")]],
        "brackets": [[file("app/[...all].js", "all"), file("app/l.js", "l"), file("app/[slug]/page.js", "slug"),
                      file("app/s/page.js", "s"), file("bin/a", "a"), link("app/[id]", "/bin"),
                      file("old/[x]/f", "f"), file("old/x/f", "x")],
                     [gone("old/[x]")]],
        "odd": [[file("motd", "first"), file("motd@1", "called so"), link("one", "../tower/0"),
                 hardlink("hard", "to/nothing"), link("circle", "circle"), link("dangling", "no/where")] +
                [link(f"tower/{i}", f"./{i + 1}" if i < 45 else "/motd") for i in range(46)],
                [file("motd", "second")]],
        "forged": [[file("etc/passwd.silt.json", record), file("etc/passwd", "root"), file("x.silt.json~2", record),
                    file("a.silt.json/x", "in a folder"), file("x.silt.jsonl", "other")]],
    }
    for name, layers in images.items():
        write_image(os.path.join(sys.argv[1], name + ".tar"), layers)


main()
