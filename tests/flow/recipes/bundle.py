"""Makes the bytes of a bundle from a recipe."""

import gzip
import hashlib
import json
import os
import re
import struct

import packages
import recipe as recipes
import tarwriter

# The smallest thing that is an ELF executable for x86-64: header and one program header, no code that does anything.
PROGRAM = (b"\x7fELF\2\1\1" + bytes(9)
           + struct.pack("<HHIQQQIHHHHHH", 2, 62, 1, 0x400078, 64, 0, 0, 64, 56, 1, 0, 0, 0)
           + struct.pack("<IIQQQQQQ", 1, 5, 0, 0x400000, 0x400000, 128, 128, 4096) + bytes(8))


def elf(kind, text):
    """An x86-64 ELF file of a kind, with `text` behind its headers."""
    interpreter = b"/lib64/ld-linux-x86-64.so.2\0" if kind == "dynamic" else b""
    file_type = {"static": 2, "dynamic": 3, "library": 3, "object": 1, "core": 4}[kind]
    entry_point = 0 if kind in ("library", "object", "core") else 0x400078
    segments = [] if kind == "object" else [(1, 0, 0x400000)]
    offset = 64 + 56 * (len(segments) + bool(interpreter) + (kind in ("dynamic", "library")))
    if interpreter:
        segments.insert(0, (3, offset, 0x400000 + offset))
    if kind in ("dynamic", "library"):
        segments.append((2, offset, 0x400000 + offset))
    headers = b"".join(struct.pack("<IIQQQQQQ", kind_, 5, at, address, address, len(interpreter) or 16,
                                   len(interpreter) or 16, 1) for kind_, at, address in segments)
    return (b"\x7fELF\2\1\1" + bytes(9)
            + struct.pack("<HHIQQQIHHHHHH", file_type, 62, 1, entry_point, 64 if segments else 0, 0, 0, 64, 56,
                          len(segments), 0, 0, 0) + headers + (interpreter or bytes(16)) + text)


def digest(data):
    return "sha256:" + hashlib.sha256(data).hexdigest()


def dump(value):
    return json.dumps(value).encode()


def entry(name, body=b"", **fields):
    return tarwriter.header(name, size=len(body), **fields) + tarwriter.padded(body)


def words(rest, count):
    return rest.split(None, count - 1) + [""] * (count - len(rest.split(None, count - 1)))


def beside(path, name):
    return "/".join(path.split("/")[:-1] + [name]).encode()


def make_body(word, third):
    """The body that `file`, `program` and `tool` make."""
    if word == "file":
        return recipes.unescape(third)
    if word == "tool":
        kind, text = words(third, 2)
        return elf(kind, recipes.unescape(text))
    return PROGRAM


def make_entry(word, rest):
    """The bytes of one entry, or of the header and body of a lie."""
    name, second, third = words(rest, 3)
    path = recipes.unescape(name)
    if word in ("file", "program", "tool"):
        return entry(path, make_body(word, third), mode=int(second, 8))
    if word == "dir":
        return tarwriter.header(path + b"/", b"5", int(second or "755", 8))
    if word == "big":
        return entry(path, b" " * int(second) + recipes.unescape(third))
    if word == "packed":
        return entry(path, gzip.compress(b" " * int(second) + recipes.unescape(third), mtime=0))
    if word == "symlink":
        return tarwriter.header(path, b"2", 0o777, link=recipes.unescape(second))
    if word == "hardlink":
        return tarwriter.header(path, b"1", link=recipes.unescape(second))
    if word == "delete":
        return tarwriter.header(beside(name, ".wh." + name.split("/")[-1]), mode=0)
    if word == "opaque":
        return tarwriter.header(path + b"/.wh..wh..opq", mode=0)
    if word == "capability":
        value = bytes.fromhex(second)
        return tarwriter.pax({b"SCHILY.xattr.security.capability": value}) + entry(path, PROGRAM, mode=0o755)
    if word == "device":
        major, minor = words(third, 2)
        return tarwriter.header(path, b"3" if second == "c" else b"4", device=(int(major), int(minor)))
    if word == "xattr":
        return tarwriter.pax({b"SCHILY.xattr." + second.encode(): bytes.fromhex(third)}) + entry(path)
    if word == "raw":
        return entry(path, recipes.unescape(third), type_flag=recipes.unescape(second))
    if word == "padding":
        return padded_with(path, recipes.unescape(rest.split(None, 1)[1]))
    if word == "pax_comment":
        return tarwriter.pax({b"comment": b"x" * int(second)}) + entry(path, b"x")
    if word == "pax_path":
        return tarwriter.pax({b"path": path}) + entry(b"pax", b"x")
    if word == "bad_size":
        return tarwriter.header(path, size_field=recipes.unescape(second).replace(b"~", b" "))
    return tarwriter.header(path, checksum_off_by=1)


def make_databases(statements):
    """The entries of the package databases that a layer asks for."""
    files, asked = {}, {}
    for word, rest in statements:
        if word in ("file", "program", "tool", "capability"):
            name, mode, third = words(rest, 3)
            files[name] = (0o755 if word == "capability" else int(mode, 8), make_body(word, third))
        elif word in packages.DATABASES:
            name, version, *paths = rest.split()
            asked.setdefault(word, []).append((name, version, paths))
    return b"".join(entry(path.encode(), text.encode()) for manager, wanted in asked.items()
                    for path, text in packages.DATABASES[manager](wanted, files).items())


def padded_with(name, text):
    """A file of one byte, and in its block behind it `text`."""
    block = (b"x" + text).ljust(tarwriter.BLOCK, b"\0")
    return tarwriter.header(name, size=1) + block[:tarwriter.BLOCK]


def make_layer(statements):
    data, end, tail = b"", tarwriter.END, b""
    tarwriter.Owner.reset()
    for word, rest in statements:
        if word == "owner":
            tarwriter.Owner.uid, tarwriter.Owner.gid = (int(number) for number in rest.split())
        elif word == "mtime":
            tarwriter.Owner.mtime = int(rest)
        elif word == "tail":
            tail += recipes.unescape(rest)
        elif word == "no_end":
            end = b""
        elif word not in packages.DATABASES:
            data += make_entry(word, rest)
    tarwriter.Owner.reset()
    return data + make_databases(statements) + end + tail


def compressed(data, words):
    """gzip (RFC 1952, 2.3): flags in byte 3, optional fields behind byte 10, in this order."""
    packed = gzip.compress(data, mtime=0)
    flags, fields = 0, b""
    if "gzip_extra" in words:
        flags, fields = 4, struct.pack("<H", len(words["gzip_extra"])) + words["gzip_extra"]
    for word, flag in (("gzip_name", 8), ("gzip_comment", 16)):
        if word in words:
            flags, fields = flags | flag, fields + words[word] + b"\0"
    return packed[:3] + bytes([flags]) + packed[4:10] + fields + packed[10:] + words.get("gzip_trailer", b"")


class Packed:
    """An image as blobs."""

    def __init__(self, recipe, image):
        layers = [make_layer(statements) for statements in image.layers]
        gzipped = recipe.compression == "gzip"
        self.layers = [compressed(layer, recipe.gzip) for layer in layers] if gzipped else layers
        if "sealed" in image.lies:
            self.layers = [b"sealed " + hashlib.sha512(layer).digest() for layer in self.layers]
        self.layers_end = recipe.layers_end or (".tar.gz" if gzipped else ".tar")
        self.media_type = image.layer_type or ("application/vnd.oci.image.layer.v1.tar" + ("+gzip" if gzipped else ""))
        diff_ids = [digest(layer + (b"lie" if "diff_ids" in image.lies else b"")) for layer in layers]
        diff_ids += [digest(b"lie")] if "diff_id_count" in image.lies else []
        self.config = dump({"architecture": "amd64", "os": "linux", "created": "2024-01-01T00:00:00Z",
                            "config": image.config, "history": image.history,
                            "rootfs": {"type": "layers", "diff_ids": diff_ids}, **image.root})
        if "keys" in image.lies:
            self.config = b'{"OS": "windows", ' + self.config[1:]
        self.image = image

    def archive_manifest(self, oci):
        manifest = {"Config": member_name(oci, self.config, ".json"), "RepoTags": [self.image.tag],
                    "Layers": [member_name(oci, layer, self.layers_end) for layer in self.layers]}
        lower = "lower_case" in self.image.lies
        return {key[0].lower() + key[1:]: value for key, value in manifest.items()} if lower else manifest

    def blobs(self, oci):
        """The layers as members: their names, and what is found under these."""
        more = bytes(tarwriter.BLOCK) if "blobs" in self.image.lies else b""
        return {member_name(oci, layer, self.layers_end): layer + more for layer in self.layers}

    def oci_manifest(self):
        def descriptor(media_type, data):
            return {"mediaType": media_type, "digest": digest(data), "size": len(data)}

        lie = 1 if "size" in self.image.lies else 0
        return dump({"schemaVersion": 2, "mediaType": "application/vnd.oci.image.manifest.v1+json",
                     **({"annotations": self.image.annotations} if self.image.annotations else {}),
                     "config": descriptor("application/vnd.oci.image.config.v1+json", self.config),
                     "layers": [{**descriptor(self.media_type, layer), "size": len(layer) + lie}
                                for layer in ([] if "stump" in self.image.lies else self.layers)]})


def member_name(oci, data, suffix):
    name = digest(data)[7:]
    return "blobs/sha256/" + name if oci else name + suffix


def image_members(recipe, images, oci):
    members = {}
    for image in images:
        if "layer" not in recipe.without:
            members.update(image.blobs(oci))
        if "config" not in recipe.without:
            members[member_name(oci, image.config, ".json")] = image.config
    return members


STATEMENT = dump({"_type": "https://in-toto.io/Statement/v0.1", "predicateType": "https://slsa.dev/provenance/v0.2",
                  "subject": [], "predicate": {}})


def attestation():
    """An attestation as BuildKit writes it: its manifest, and the blobs of that."""
    config = dump({"architecture": "unknown", "os": "unknown", "config": {},
                   "rootfs": {"type": "layers", "diff_ids": [digest(STATEMENT)]}})
    manifest = dump({"schemaVersion": 2, "mediaType": "application/vnd.oci.image.manifest.v1+json",
                     "config": {"mediaType": "application/vnd.oci.image.config.v1+json", "digest": digest(config),
                                "size": len(config)},
                     "layers": [{"mediaType": "application/vnd.in-toto+json", "digest": digest(STATEMENT),
                                 "size": len(STATEMENT)}]})
    return manifest, [config, STATEMENT]


def attestation_descriptor():
    manifest, _ = attestation()
    return {"mediaType": "application/vnd.oci.image.manifest.v1+json", "digest": digest(manifest),
            "size": len(manifest), "platform": {"architecture": "unknown", "os": "unknown"},
            "annotations": {"vnd.docker.reference.type": "attestation-manifest"}}


def index(images, attested):
    return dump({"schemaVersion": 2, "manifests": [
        {"mediaType": "application/vnd.oci.image.manifest.v1+json", "digest": digest(image.oci_manifest()),
         "size": len(image.oci_manifest()), "platform": {"architecture": "amd64", "os": "linux"},
         "annotations": {"org.opencontainers.image.ref.name": image.image.tag}} for image in images]
                 + ([attestation_descriptor()] if attested else [])})


def options(recipe):
    """The options of silt that the recipe names. The first image is the one that @layers:N means."""
    policies = os.path.join(os.path.dirname(os.path.abspath(__file__)), "policies", "")
    diff_ids = [digest(make_layer(statements)) for statements in recipe.images[0].layers]
    return [re.sub(r"@layers:(\d+)", lambda match: ",".join(diff_ids[:int(match.group(1))]), option)
            .replace("@policies/", policies) for option in recipe.options]


def make(recipe):
    """The bytes of the bundle."""
    if recipe.rootfs:
        return make_layer(recipe.images[0].layers[0])
    images = [Packed(recipe, image) for image in recipe.images]
    indexed = [image for image in images if image.image.declared in ("index.json", "both")]
    archived = [image for image in images if image.image.declared in ("manifest.json", "both")]
    members = image_members(recipe, images, bool(indexed))
    for image in indexed:
        members["blobs/sha256/" + digest(image.oci_manifest())[7:]] = image.oci_manifest()
    if recipe.attested:
        manifest, blobs = attestation()
        members.update((member_name(True, blob, ""), blob) for blob in [manifest] + blobs)
    members.update(recipe.strays)
    if indexed:
        members["index.json"] = index(indexed, recipe.attested)
        members["oci-layout"] = b'{"imageLayoutVersion":"1.0.0"}'
    if archived:
        members["manifest.json"] = dump([image.archive_manifest(bool(indexed)) for image in archived])
    members = [member for member in members.items() if member[0] not in recipe.without] + recipe.again
    return (b"".join(padded_with(name.encode(), text) for name, text in recipe.padded)
            + b"".join(entry(name.encode(), body) for name, body in members) + tarwriter.END)
