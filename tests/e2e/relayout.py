"""Packs a real docker archive anew, in the layout of another producer.

    relayout.py LAYOUT ORIGINAL OUTPUT

The config and the layers stay what the real tool wrote; only their wrapping is changed. For producers that are not at
hand (old docker, kaniko, jib, bazel, Nix, containerd's exporter) this is the closest to a real archive of theirs.
"""

import gzip
import hashlib
import io
import json
import sys
import tarfile

OCI = "application/vnd.oci.image."


def digest(data):
    return hashlib.sha256(data).hexdigest()


def dump(value):
    return json.dumps(value, separators=(",", ":")).encode()


def pack(data):
    return gzip.compress(data, mtime=0)


class Original:
    """A docker archive with one image: its config, its layers and their ids, and every entry as it stands."""

    def __init__(self, path):
        with tarfile.open(path) as archive:
            self.entries = [(entry, archive.extractfile(entry).read() if entry.isfile() else b"") for entry in archive]
            (self.manifest,) = json.load(archive.extractfile("manifest.json"))
            self.config = archive.extractfile(self.manifest["Config"]).read()
            self.layers = [archive.extractfile(name).read() for name in self.manifest["Layers"]]
        self.tag = self.manifest["RepoTags"][0]
        self.ids = [digest(layer + bytes([number])) for number, layer in enumerate(self.layers)]


class Writer:
    def __init__(self, path):
        self.tar = tarfile.open(path, "w", format=tarfile.USTAR_FORMAT)

    def add(self, entry, data=b""):
        entry.size = len(data) if entry.isfile() else 0
        self.tar.addfile(entry, io.BytesIO(data))

    def file(self, name, data):
        self.add(tarfile.TarInfo(name), data)

    def link(self, name, target, kind=tarfile.SYMTYPE):
        entry = tarfile.TarInfo(name)
        entry.type, entry.linkname = kind, target
        self.add(entry)

    def folder(self, name):
        entry = tarfile.TarInfo(name)
        entry.type, entry.mode = tarfile.DIRTYPE, 0o755
        self.add(entry)


def archive_manifest(original, config_name, layer_names):
    return dump([{"Config": config_name, "RepoTags": [original.tag], "Layers": layer_names}])


def repositories(original):
    name, tag = original.tag.rsplit(":", 1)
    return dump({name: {tag: original.ids[-1]}})


def dot_slash(original, out):
    """`tar -C folder -cf x .`: the names begin with "./"; ids and docker's own files as in the original."""
    out.folder("./")
    for entry, data in original.entries:
        entry.name = "./" + entry.name
        out.add(entry, data)


def manifest_first(original, out):
    for entry, data in sorted(original.entries, key=lambda pair: pair[0].name != "manifest.json"):
        out.add(entry, data)


def old_command(created_by):
    """The command of the container that made a layer, as the classic builder kept it: build arguments come first."""
    line = created_by.removesuffix(" # buildkit")
    if not line.startswith("RUN "):
        return ["/bin/sh", "-c", "#(nop) " + line]
    before, shell, command = line.removeprefix("RUN ").partition("/bin/sh -c ")
    return before.split() + shell.split() + [command]


def legacy(original, out):
    """docker before 1.10: a chain of v1 JSON files and `repositories`, neither manifest.json nor a config file."""
    config = json.loads(original.config)
    steps = [step for step in config["history"] if not step.get("empty_layer")]
    parent = None
    for number, (name, layer, step) in enumerate(zip(original.ids, original.layers, steps)):
        v1 = {"id": name, "created": step["created"], "container_config": {"Cmd": old_command(step["created_by"])}}
        if parent:
            v1["parent"] = parent
        if number == len(steps) - 1:
            v1.update(config=config["config"], architecture=config["architecture"], os=config["os"])
        out.folder(name)
        out.file(name + "/VERSION", b"1.0")
        out.file(name + "/json", dump(v1))
        out.file(name + "/layer.tar", layer)
        parent = name
    out.file("repositories", repositories(original))


def crane(original, out):
    """crane, ko, kaniko: the config first, named by its digest with a colon; gzip layers; the manifest last."""
    packed = [pack(layer) for layer in original.layers]
    names = [digest(layer) + ".tar.gz" for layer in packed]
    config_name = "sha256:" + digest(original.config)
    out.file(config_name, original.config)
    for name, layer in dict(zip(names, packed)).items():
        out.file(name, layer)
    out.file("manifest.json", archive_manifest(original, config_name, names))


def jib(original, out):
    """Old jib: lower-case keys."""
    packed = [pack(layer) for layer in original.layers]
    names = [digest(layer) + ".tar.gz" for layer in packed]
    for name, layer in zip(names, packed):
        out.file(name, layer)
    out.file("config.json", original.config)
    out.file("manifest.json", dump([{"config": "config.json", "repoTags": [original.tag], "layers": names}]))


def layer_folders(original, out):
    names = [name + "/layer.tar" for name in original.ids]
    for name, layer in zip(names, original.layers):
        out.file(name, layer)
    return names


def bazel(original, out):
    """rules_docker: `repositories` before the manifest, which is last."""
    names = layer_folders(original, out)
    config_name = digest(original.config) + ".json"
    out.file(config_name, original.config)
    out.file("repositories", repositories(original))
    out.file("manifest.json", archive_manifest(original, config_name, names))


def nix(original, out):
    """dockerTools.streamLayeredImage: layers, config, manifest; no VERSION, no json, no repositories."""
    names = layer_folders(original, out)
    config_name = digest(original.config) + ".json"
    out.file(config_name, original.config)
    out.file("manifest.json", archive_manifest(original, config_name, names))


def linked(original, out, link_first, kind):
    """Layers as members of their own, and docker's `<id>/layer.tar` as links to them."""
    config_name = digest(original.config) + ".json"
    files = ["%s.tar" % digest(layer) for layer in original.layers]
    names = [name + "/layer.tar" for name in original.ids]
    above = "../" if kind == tarfile.SYMTYPE else ""

    def links():
        for name, file in zip(names, files):
            out.link(name, above + file, kind)

    if link_first:
        links()
    for file, layer in zip(files, original.layers):
        out.file(file, layer)
    if not link_first:
        links()
    out.file(config_name, original.config)
    out.file("manifest.json", archive_manifest(original, config_name, names))


def symlink_before_target(original, out):
    linked(original, out, True, tarfile.SYMTYPE)


def symlink_after_target(original, out):
    linked(original, out, False, tarfile.SYMTYPE)


def hardlink(original, out):
    linked(original, out, False, tarfile.LNKTYPE)


class Blobs:
    """An OCI blob store: descriptors for what is put in, and for what is not."""

    def __init__(self):
        self.data = {}

    def put(self, media_type, data, **more):
        self.data[digest(data)] = data
        return self.absent(media_type, data, **more)

    @staticmethod
    def absent(media_type, data, **more):
        return {"mediaType": OCI + media_type, "digest": "sha256:" + digest(data), "size": len(data), **more}


def image_manifest(blobs, config, layers):
    return dump({"schemaVersion": 2, "mediaType": OCI + "manifest.v1+json", "config": config, "layers": layers})


def attestation(blobs, subject):
    statement = dump({"_type": "https://in-toto.io/Statement/v0.1", "predicateType": "https://slsa.dev/provenance/v0.2",
                      "subject": [{"name": "_", "digest": {"sha256": subject}}], "predicate": {"buildType": "x"}})
    layer = blobs.put("layer", statement)
    layer["mediaType"] = "application/vnd.in-toto+json"
    config = blobs.put("config.v1+json", dump({"architecture": "unknown", "os": "unknown", "config": {}, "rootfs": {
        "type": "layers", "diff_ids": [layer["digest"]]}}))
    return blobs.put("manifest.v1+json", image_manifest(blobs, config, [layer]),
                     annotations={"vnd.docker.reference.digest": "sha256:" + subject,
                                  "vnd.docker.reference.type": "attestation-manifest"},
                     platform={"architecture": "unknown", "os": "unknown"})


def containerd(original, out):
    """containerd's exporter: gzip blobs, a nested index with an attestation and a platform that was never pulled."""
    blobs = Blobs()
    layers = [blobs.put("layer.v1.tar+gzip", pack(layer)) for layer in original.layers]
    config = blobs.put("config.v1+json", original.config)
    image = blobs.put("manifest.v1+json", image_manifest(blobs, config, layers),
                      platform={"architecture": "amd64", "os": "linux"})
    elsewhere = blobs.absent("manifest.v1+json", b"never pulled", platform={"architecture": "arm64", "os": "linux"})
    nested = dump({"schemaVersion": 2, "mediaType": OCI + "index.v1+json",
                   "manifests": [image, elsewhere, attestation(blobs, image["digest"][7:])]})
    top = blobs.put("index.v1+json", nested, annotations={
        "io.containerd.image.name": "docker.io/library/" + original.tag,
        "org.opencontainers.image.ref.name": original.tag.rsplit(":", 1)[1]})
    out.folder("blobs/")
    out.folder("blobs/sha256/")
    for name in sorted(blobs.data):
        out.file("blobs/sha256/" + name, blobs.data[name])
    out.file("index.json", dump({"schemaVersion": 2, "manifests": [top]}))
    out.file("manifest.json", archive_manifest(original, "blobs/sha256/" + config["digest"][7:],
                                               ["blobs/sha256/" + layer["digest"][7:] for layer in layers]))
    out.file("oci-layout", b'{"imageLayoutVersion":"1.0.0"}')


LAYOUTS = [dot_slash, manifest_first, legacy, crane, jib, bazel, nix, symlink_before_target, symlink_after_target,
           hardlink, containerd]

if __name__ == "__main__":
    layout, source, target = sys.argv[1:]
    writer = Writer(target)
    {function.__name__: function for function in LAYOUTS}[layout](Original(source), writer)
    writer.tar.close()
