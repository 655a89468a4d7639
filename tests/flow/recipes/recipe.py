"""Reads a recipe: a bundle in words, and what silt must say about it.

One line is one statement; blank lines and lines that begin with '#' are for people. ${KIND:NAME} stands for a secret
made from NAME, which is in no file of the project. KIND: github (a token with a valid checksum), github_typo (with a
wrong one), npm, stripe, ed25519 (a PEM file with a private key), password. "\\n" and "\\xHH" work in texts.

The image
    image TAG                       begins another image (the first one is called x:1.0)
    tag NAME                        the image is called so
    declared manifest.json|index.json|both|nowhere      which index names the image; default manifest.json
    config KEY VALUE                of the config; VALUE is JSON, or a bare word
    config KEY                      the key is left out, though `base` has it
    root KEY VALUE                  beside config and history: created, author, ...
    annotation KEY VALUE            of the OCI manifest
    history TEXT                    a history line without a layer
    squash TEXT                     begins a layer whose history line has TEXT as a comment, and no instruction
    base                            a layer with a shell, a program, os-release, passwd, group and shadow; User 10001
    layer TEXT                      begins a layer, made by that instruction
    comment TEXT                    of the history line that came last
    when TIME                       the same: its `created`
    author TEXT                     the same: its `author`
    lie diff_ids                    the config names other diff IDs
    lie diff_id_count               the config names one diff ID too many
    lie size                        descriptors of layers state a byte more
    lie blobs                       blobs of layers have 512 bytes more than their digest is of
    lie sealed                      the layers are bytes that nobody can read
    lie stump                       the OCI manifest names no layers, as Docker 25.0.0 wrote it
    lie keys                        the config has a key twice, in another case
    lie lower_case                  the keys of manifest.json are in lower case, as old jib wrote it
    layer_type TYPE                 the media type of the layers

The layer
    dir PATH [MODE]                 file PATH MODE TEXT               program PATH MODE
    big PATH COUNT TEXT             a file of COUNT blanks and then TEXT
    packed PATH COUNT TEXT          the same, compressed with gzip
    tool PATH MODE KIND [TEXT]      a program with TEXT in it; KIND: static, dynamic, library, core, object
    owner UID GID                   of the entries of the layer that follow
    mtime SECONDS                   the same
    device PATH c|b MAJOR MINOR     a device node
    xattr PATH NAME HEX             a file with that extended attribute
    symlink PATH TARGET             hardlink PATH TARGET              delete PATH        opaque PATH
    capability PATH HEX             a program with that security.capability
    dpkg PACKAGE VERSION PATH...    dpkg's database lists these files of the layer so far, as they are; ~PATH: a conffile
    apk PACKAGE VERSION PATH...     the same for apk, with their modes. Databases come last in their layer
    raw NAME TYPE TEXT              an entry whose name and type byte are written as they stand
    bad_size NAME FIELD             a header whose size field is FIELD (12 bytes, ~ for a blank), without a body
    bad_checksum NAME               a header with a wrong checksum
    padding NAME TEXT               a file of one byte, with TEXT in the padding of its block
    pax_comment PATH COUNT          a file with so many bytes in a PAX record that means nothing
    pax_path PATH                   a file whose name is in a PAX record, where it may hold a NUL
    tail TEXT                       bytes behind the two zero blocks
    no_end                          without the two zero blocks

The bundle
    gzip                            layers are stored as gzip
    gzip_comment TEXT               the same, with a comment in the gzip header
    gzip_extra TEXT                 the same, with an extra field
    gzip_trailer TEXT               the same, with bytes behind it
    gzip_name TEXT                  the same, with the name of a file
    layers_end SUFFIX               how names of layers in manifest.json end; default .tar or .tar.gz
    attest                          index.json names an attestation
    stray NAME TEXT                 a member that nothing names
    again NAME TEXT                 another member of a name that is there
    member_padding NAME TEXT        a stray of one byte, with TEXT in the padding of its block
    rootfs                          no image at all: the first layer is the bundle
    without NAME                    leaves a member out: config, layer, index.json, manifest.json

The call
    option NAME VALUE               silt scan is given that, too; @layers:N is the diff IDs of the N lowest layers,
                                    @policies/FILE is that file here

What silt must say: all of it, no more and no less
    expect SEVERITY RULE EXPOSURE TEXT      a finding; TEXT is in its subject or in a place of it; - stands for any text
    exit N                                  the exit status with --fail-on low; default 1
    format NAME                             what the bundle is called
"""

import base64
import codecs
import hashlib
import json
import re
import zlib

BASE62 = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"


def letters(name, count):
    return "".join(BASE62[byte % 62] for byte in hashlib.sha512(b"silt " + name.encode()).digest()[:count])


def checked(prefix, name=None, body=None):
    """A token as GitHub and npm make them: 30 characters and the CRC-32 of these in base 62."""
    body = body or letters(name, 30)
    number, check = zlib.crc32(body.encode()), ""
    while number:
        number, digit = divmod(number, 62)
        check = BASE62[digit] + check
    return prefix + body + check.rjust(6, "0")


def github_typo(name):
    token = checked("ghp_", name)
    return token[:-1] + ("a" if token[-1] != "a" else "b")


def ed25519(name):
    """A private key in PKCS #8 (RFC 8410): a header of 16 bytes, and 32 that are the key."""
    key = bytes.fromhex("302e020100300506032b657004220420") + hashlib.sha256(name.encode()).digest()
    return "-----BEGIN PRIVATE KEY-----\\n%s\\n-----END PRIVATE KEY-----\\n" % base64.b64encode(key).decode()


SECRETS = {
    "ed25519": ed25519,
    "stripe": lambda name: "sk_live_" + letters(name, 24),
    "github": lambda name: checked("ghp_", name),
    "github_typo": github_typo,
    "npm": lambda name: checked("npm_", name),
    "password": lambda name: letters(name, 20),
}


def with_secrets(text):
    return re.sub(r"\$\{(\w+):(\w+)\}", lambda match: SECRETS[match.group(1)](match.group(2)), text)


def secrets_in(text):
    """All the secrets that a recipe stands for."""
    return {SECRETS[kind](name) for kind, name in re.findall(r"\$\{(\w+):(\w+)\}", text)}


class Image:
    def __init__(self, tag):
        self.tag, self.declared = tag, "manifest.json"
        self.config, self.history, self.layers, self.lies = {}, [], [], set()
        self.layer_type = None
        self.root, self.annotations = {}, {}


class Recipe:
    def __init__(self):
        self.images, self.strays, self.without = [Image("x:1.0")], [], set()
        self.compression, self.gzip, self.rootfs = "none", {}, False
        self.layers_end, self.attested, self.again, self.padded = None, False, [], []
        self.expected, self.exit, self.format, self.options = [], 1, None, []


BASE = """
layer ADD file:0123456789abcdef in /
    dir bin
    program bin/sh 0755
    dir app
    program app/run 0755
    dir etc
    file etc/os-release 0644 ID=nowhere\\nVERSION_ID=1\\n
    file etc/passwd 0644 root:x:0:0:root:/root:/sbin/nologin\\napp:x:10001:10001::/app:/sbin/nologin\\n
    file etc/group 0644 root:x:0:\\napp:x:10001:\\n
    file etc/shadow 0640 root:*:19000:0:99999:7:::\\n
config User "10001"
config Entrypoint ["/app/run"]
config Healthcheck {"Test": ["CMD", "/app/run", "--check"]}
config Labels {"org.opencontainers.image.base.name": "nowhere:1"}
"""


def unescape(text):
    return codecs.escape_decode(with_secrets(text).encode())[0]


def value_of(text):
    try:
        return json.loads(with_secrets(text))
    except ValueError:
        return with_secrets(text)


LIES = {"diff_ids", "diff_id_count", "size", "blobs", "sealed", "stump", "keys", "lower_case"}
GZIP_WORDS = {"gzip", "gzip_comment", "gzip_extra", "gzip_trailer", "gzip_name"}


def read_image_line(image, word, rest):
    if word == "tag":
        image.tag = rest
    elif word == "declared":
        image.declared = rest
    elif word == "config":
        key, _, value = rest.partition(" ")
        if value:
            image.config[key] = value_of(value.strip())
        else:
            del image.config[key]
    elif word in ("root", "annotation"):
        key, value = rest.split(None, 1)
        (image.root if word == "root" else image.annotations)[key] = value_of(value)
    elif word in ("comment", "when", "author"):
        image.history[-1]["created" if word == "when" else word] = unescape(rest).decode()
    elif word == "history":
        image.history.append({"created_by": unescape(rest).decode(), "empty_layer": True})
    elif word in ("layer", "squash"):
        image.history.append({"created_by" if word == "layer" else "comment": unescape(rest).decode()})
        image.layers.append([])
    elif word == "lie":
        if rest not in LIES:
            raise ValueError("no such lie: " + rest)
        image.lies.add(rest)
    elif word == "layer_type":
        image.layer_type = rest
    else:
        return False
    return True


def read_bundle_line(recipe, word, rest):
    if word == "image":
        recipe.images.append(Image(rest))
    elif word in GZIP_WORDS:
        recipe.compression = "gzip"
        recipe.gzip[word] = unescape(rest)
    elif word == "layers_end":
        recipe.layers_end = rest
    elif word == "attest":
        recipe.attested = True
    elif word in ("again", "member_padding"):
        name, text = rest.split(None, 1)
        (recipe.again if word == "again" else recipe.padded).append((name, unescape(text)))
    elif word == "stray":
        name, text = rest.split(None, 1)
        recipe.strays.append((name, unescape(text)))
    elif word == "rootfs":
        recipe.rootfs = True
    elif word == "without":
        recipe.without.add(rest)
    elif word == "expect":
        recipe.expected.append(tuple(rest.split(None, 3)))
    elif word == "option":
        recipe.options += rest.split(None, 1)
    elif word == "exit":
        recipe.exit = int(rest)
    elif word == "format":
        recipe.format = rest
    else:
        return False
    return True


LAYER_WORDS = {"apk", "dpkg", "tool", "owner", "mtime", "device", "xattr", "dir", "file", "big", "packed", "program",
               "symlink", "hardlink", "delete", "opaque", "capability", "raw", "bad_size", "bad_checksum", "padding",
               "pax_comment", "pax_path", "tail", "no_end"}


def read(text):
    recipe = Recipe()
    lines = [line.strip() for line in text.splitlines()]
    while lines:
        word, _, rest = lines.pop(0).partition(" ")
        rest = rest.strip()
        if not word or word.startswith("#"):
            continue
        if word == "base":
            lines = [line.strip() for line in BASE.splitlines()] + lines
        elif word in LAYER_WORDS:
            recipe.images[-1].layers[-1].append((word, rest))
        elif not read_bundle_line(recipe, word, rest) and not read_image_line(recipe.images[-1], word, rest):
            raise ValueError("no such statement: " + word)
    return recipe
