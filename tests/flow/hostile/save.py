"""Bundles that can be wrong in every place: documents and members are given, not made from an image."""

import json

import bundle
import plants
import tarwriter

SECRET_FILE = plants.PLANTS["secret"]
CLEAN_FILE = bundle.entry(b"srv/clean", b"nothing\n")
EVIL = SECRET_FILE + tarwriter.END
CLEAN = CLEAN_FILE + tarwriter.END


def sha(data):
    return bundle.digest(data)[7:]


def config(layers=(), **more):
    """A config that fits these layers; `more` replaces keys of it."""
    return bundle.dump({"architecture": "amd64", "os": "linux", "config": {"User": "10001"},
                        "rootfs": {"type": "layers", "diff_ids": [bundle.digest(layer) for layer in layers]},
                        "history": [{"created_by": "COPY x /"} for _ in layers], **more})


def item(layers, config_bytes, **more):
    """An image of manifest.json; `layers`: names or bytes."""
    return {"Config": sha(config_bytes) + ".json", "RepoTags": ["x:1"],
            "Layers": [layer if isinstance(layer, str) else sha(layer) + ".tar" for layer in layers], **more}


def blobs(*layers):
    return [(sha(layer) + ".tar", layer) for layer in dict.fromkeys(layers)]


def documents(*configs):
    return [(sha(each) + ".json", each) for each in configs]


def tar(members):
    """A tar of (name, body) and of raw bytes. The end included."""
    return b"".join(member if isinstance(member, bytes) else bundle.entry(member[0].encode(), member[1])
                    for member in members) + tarwriter.END


def docker(*layers, manifest=None, config_bytes=None, more=(), **replaced):
    """`docker save` of one image. `manifest`: the bytes of manifest.json; `replaced`: keys of its item."""
    described = config(layers) if config_bytes is None else config_bytes
    listed = bundle.dump([item(layers, described, **replaced)]) if manifest is None else manifest
    return tar([*blobs(*layers), *documents(described), *more, ("manifest.json", listed)])


def descriptor(data, media_type="application/vnd.oci.image.layer.v1.tar", **more):
    return {"mediaType": media_type, "digest": bundle.digest(data), "size": len(data), **more}


def manifest_of(layers, config_bytes, **more):
    return bundle.dump({"schemaVersion": 2, "mediaType": "application/vnd.oci.image.manifest.v1+json",
                        "config": descriptor(config_bytes, "application/vnd.oci.image.config.v1+json"),
                        "layers": [layer if isinstance(layer, dict) else descriptor(layer) for layer in layers],
                        **more})


def index_of(*manifests, media_type="application/vnd.oci.image.manifest.v1+json", **more):
    return bundle.dump({"schemaVersion": 2, "manifests": [
        each if isinstance(each, dict) else descriptor(each, media_type) for each in manifests], **more})


def oci_members(*stored):
    return [("blobs/sha256/" + sha(each), each) for each in stored]


def oci(*layers, config_bytes=None, manifest=None, index=None, more=()):
    described = config(layers) if config_bytes is None else config_bytes
    listed = manifest_of(layers, described) if manifest is None else manifest
    top = index_of(listed) if index is None else index
    return tar([*oci_members(*layers, described, listed), *more, ("oci-layout", b'{"imageLayoutVersion":"1.0.0"}'),
                ("index.json", top)])


def text(value):
    return json.dumps(value, ensure_ascii=False)
