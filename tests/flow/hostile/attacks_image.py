"""Attacks on what a bundle says about its images: manifest.json, index.json, configs, digests, names. `ATTACKS`."""

import gzip

import bundle
import recipe
import tarwriter
import wrap
from attacks import Attack
from save import (CLEAN, EVIL, blobs, config, descriptor, docker, documents, index_of, item, manifest_of, oci,
                  oci_members, sha, tar, text)

NAME = "x:1"
FINE = config([CLEAN])
BOTH = [*blobs(CLEAN, EVIL), *documents(FINE, config([EVIL]))]
CLEAN_ITEM, EVIL_ITEM = item([CLEAN], FINE), item([EVIL], config([EVIL]))
TWICE = ("high integrity-json-ambiguous",)

DUPLICATE, RIVAL = "medium integrity-duplicate-entry", "high integrity-duplicate-entry"
AMBIGUOUS = "medium integrity-json-ambiguous"
OPAQUE = "high integrity-not-inspectable"
MISSING = "high integrity-missing-blob"
ORPHAN_LAYER = "medium integrity-orphan-blob"
ORPHAN = "info integrity-orphan-blob"
DIGEST = "high integrity-digest-mismatch"
DIFF_ID = "medium integrity-diffid-mismatch"
ESCAPE = "high integrity-path-escape"
MEDIA = "low integrity-media-type"
PROVENANCE = "info integrity-no-provenance"


def manifests(first, second, names=("manifest.json", "manifest.json")):
    """A bundle of two manifests."""
    return tar([*BOTH, (names[0], bundle.dump([first])), (names[1], bundle.dump([second]))])


def layer_as(member, claim="l/layer.tar"):
    """manifest.json names a layer that is this member, whatever it is; the evil one is another member."""
    return docker(EVIL, Layers=[claim], more=[member])


def link(name, target):
    return tarwriter.header(name.encode(), b"2", 0o777, link=target.encode())


def chain(length):
    return b"".join(link("l/%d" % number, str(number + 1)) for number in range(length))


def listing(value):
    """manifest.json is this text; the layer and config that it should name are there."""
    return docker(EVIL, manifest=value.encode() if isinstance(value, str) else value)


def described(config_bytes, *layers):
    return docker(*(layers or [EVIL]), config_bytes=config_bytes)


def key_twice(first, second, key="Layers"):
    """{"Layers": first, key: second}, both with a config that fits the second."""
    fitting = config([CLEAN if second == "clean" else EVIL])
    names = {"clean": sha(CLEAN) + ".tar", "evil": sha(EVIL) + ".tar"}
    body = '[{"Config": "%s.json", "RepoTags": ["x:1"], "Layers": %s, "%s": %s}]' % (
        sha(fitting), text([names[first]]), key, text([names[second]]))
    return tar([*blobs(CLEAN, EVIL), *documents(fitting), ("manifest.json", body.encode())])


def torn(after):
    """A damaged header between two manifests: Docker gives up at it, libarchive goes on behind it."""
    return tar([*BOTH, ("manifest.json", bundle.dump([CLEAN_ITEM])), tarwriter.header(b"bad", checksum_off_by=1),
                ("manifest.json", bundle.dump([after]))])


def split():
    described_evil = config([EVIL])
    evil = manifest_of([EVIL], described_evil)
    return tar([*oci_members(CLEAN, EVIL, FINE, described_evil, evil), ("index.json", index_of(evil)),
                ("manifest.json", bundle.dump([{"Config": "blobs/sha256/" + sha(FINE), "RepoTags": [NAME],
                                                "Layers": ["blobs/sha256/" + sha(CLEAN)]}]))])


def nested_indexes(depth):
    """index.json, indexes below each other, and the manifest at the end."""
    described_evil = config([EVIL])
    below = manifest_of([EVIL], described_evil)
    stored, media_type = [EVIL, described_evil, below], "application/vnd.oci.image.manifest.v1+json"
    for _ in range(depth):
        below = index_of(below, media_type=media_type)
        media_type = "application/vnd.oci.image.index.v1+json"
        stored.append(below)
    return tar([*oci_members(*stored), ("index.json", index_of(below, media_type=media_type))])


def index_that_names_itself():
    """No digest can name itself, so the name of the blob is the lie."""
    name = "0" * 64
    body = bundle.dump({"schemaVersion": 2, "manifests": [{
        "mediaType": "application/vnd.oci.image.index.v1+json", "digest": "sha256:" + name, "size": 2}]})
    return tar([("blobs/sha256/" + name, body), ("oci-layout", b'{"imageLayoutVersion":"1.0.0"}'),
                ("index.json", body), *oci_members(EVIL)])


def typed(media_type, blob, **more):
    return oci(EVIL, manifest=manifest_of([descriptor(EVIL), descriptor(blob, media_type, **more)],
                                          config([EVIL, CLEAN])), config_bytes=config([EVIL, CLEAN]),
               more=oci_members(blob))


def two_kinds():
    described_evil = config([EVIL])
    evil = manifest_of([EVIL], described_evil)
    both = bundle.dump({"schemaVersion": 2, "config": descriptor(FINE), "layers": [descriptor(CLEAN)],
                        "manifests": [descriptor(evil, "application/vnd.oci.image.manifest.v1+json")]})
    return tar([*oci_members(CLEAN, EVIL, FINE, described_evil, evil, both),
                ("index.json", index_of(both))])


def legacy():
    name = "a" * 64
    described_layer = bundle.dump({"id": name, "created": "2014-01-01T00:00:00Z", "os": "linux",
                                   "config": {"User": "10001"}, "container_config": {"Cmd": ["true"]}})
    return tar([(name + "/json", described_layer), (name + "/VERSION", b"1.0"), (name + "/layer.tar", EVIL),
                ("repositories", bundle.dump({"x": {"1": name}}))])


def image_in_a_layer():
    layer = tar([("opt/image.tar", docker(EVIL))])
    return docker(layer)


def references(count):
    layers = [CLEAN] * (count - 1) + [EVIL]
    return docker(*layers)


def tagged(*tags):
    return docker(EVIL, RepoTags=list(tags))


ATTACKS = [
    # Which document counts.
    Attack("manifest.json and index.json name different images", split, 1, True,
           ("high integrity-split-brain", PROVENANCE)),
    Attack("two manifest.json, the last one evil", lambda: manifests(CLEAN_ITEM, EVIL_ITEM), 1, True,
           (DUPLICATE, AMBIGUOUS)),
    Attack("two manifest.json, the first one evil", lambda: manifests(EVIL_ITEM, CLEAN_ITEM), 1, True,
           (DUPLICATE, AMBIGUOUS)),
    Attack("manifest.json and ./manifest.json",
           lambda: manifests(CLEAN_ITEM, EVIL_ITEM, ("manifest.json", "./manifest.json")), 1, True,
           (DUPLICATE, AMBIGUOUS)),
    Attack("manifest.json and /manifest.json",
           lambda: manifests(CLEAN_ITEM, EVIL_ITEM, ("manifest.json", "/manifest.json")), 1, True,
           (DUPLICATE, AMBIGUOUS)),
    Attack("manifest.json and x/../manifest.json",
           lambda: manifests(CLEAN_ITEM, EVIL_ITEM, ("manifest.json", "x/../manifest.json")), 1, True,
           (DUPLICATE, AMBIGUOUS)),
    Attack("two manifest.json, of which the second has layers only",
           lambda: manifests(CLEAN_ITEM, {"Layers": EVIL_ITEM["Layers"]}), 3, True,
           (DUPLICATE, AMBIGUOUS, MISSING, ORPHAN)),
    Attack("one layer path twice, the evil one last",
           lambda: docker(CLEAN, Layers=["l/layer.tar"], more=[("l/layer.tar", CLEAN), ("l/layer.tar", EVIL)]),
           1, True, (RIVAL, DIFF_ID, ORPHAN_LAYER)),
    Attack("one layer path twice, the evil one first",
           lambda: docker(CLEAN, Layers=["l/layer.tar"], more=[("l/layer.tar", EVIL), ("l/layer.tar", CLEAN)]),
           1, True, (RIVAL, ORPHAN_LAYER)),
    Attack("one config twice", lambda: docker(EVIL, more=[(sha(config([EVIL])) + ".json", config([EVIL], os="plan9"))]),
           1, True, (RIVAL, DIGEST, ORPHAN)),

    Attack("a second manifest.json where Docker stopped to read", lambda: torn(EVIL_ITEM), 3, True,
           (OPAQUE, DUPLICATE, AMBIGUOUS)),
    Attack("a layer of the same name where Docker stopped to read", lambda: tar([
        *BOTH, ("manifest.json", bundle.dump([CLEAN_ITEM])), tarwriter.header(b"bad", checksum_off_by=1),
        (sha(CLEAN) + ".tar", EVIL)]), 3, True, (OPAQUE, RIVAL, ORPHAN, ORPHAN_LAYER)),

    # Keys that collide for Go.
    Attack("a key twice", lambda: key_twice("clean", "evil"), 1, True, (AMBIGUOUS, ORPHAN_LAYER)),
    Attack("a key twice, the evil one first", lambda: key_twice("evil", "clean"), 1, True,
           (AMBIGUOUS, ORPHAN_LAYER)),
    Attack("a key in another case", lambda: key_twice("clean", "evil", "layers"), 1, True,
           (AMBIGUOUS, ORPHAN_LAYER)),
    Attack("a key in another case, the evil one first", lambda: key_twice("evil", "clean", "LAYERS"), 1, True,
           (AMBIGUOUS, ORPHAN_LAYER)),
    Attack("a key with a long s", lambda: key_twice("clean", "evil", "Layer\u017f"), 1, True,
           (AMBIGUOUS, ORPHAN_LAYER)),
    Attack("a key with an escaped long s", lambda: key_twice("clean", "evil", "Layer\\u017f"), 1, True,
           (AMBIGUOUS, ORPHAN_LAYER)),
    Attack("a key with the sign for kelvin", lambda: described(config([EVIL], config={
        "User": "1", "Healthcheck": {}, "Healthchec\u212a": {"Test": ["NONE"]}})), 1, True, (AMBIGUOUS,)),
    Attack("lower-case keys alone", lambda: listing(text([{
        "config": sha(config([EVIL])) + ".json", "repoTags": [NAME], "layers": [sha(EVIL) + ".tar"]}])), 1, True),
    Attack("a key of the config twice", lambda: described(config([EVIL])[:-1] + b', "config": {"User": "0"}}'), 1,
           True, (AMBIGUOUS,), ("high user-root",)),

    # Documents that are none.
    Attack("manifest.json of two values", lambda: listing(text([EVIL_ITEM]) + text([CLEAN_ITEM])), 3, True,
           (OPAQUE, MISSING)),
    Attack("manifest.json with a byte order mark", lambda: listing("\ufeff" + text([EVIL_ITEM])), 3, True,
           (OPAQUE, MISSING)),
    Attack("manifest.json with a NUL behind it", lambda: listing(text([EVIL_ITEM]) + "\0"), 3, True,
           (OPAQUE, MISSING)),
    Attack("manifest.json with a comma too many", lambda: listing(text([EVIL_ITEM])[:-1] + ",]"), 3, True,
           (OPAQUE, MISSING)),
    Attack("manifest.json of invalid UTF-8", lambda: listing(text([EVIL_ITEM]).encode().replace(b"x:1", b"\xff:1")),
           3, True, (OPAQUE, MISSING)),
    Attack("manifest.json is null", lambda: listing("null"), 3, True, (OPAQUE, MISSING)),
    Attack("manifest.json is an empty list", lambda: listing("[]"), 3, True, (OPAQUE, MISSING)),
    Attack("manifest.json is an empty object", lambda: listing("{}"), 3, True, (OPAQUE, MISSING)),
    Attack("manifest.json is empty", lambda: listing(""), 3, True, (OPAQUE, MISSING)),
    Attack("manifest.json is a number", lambda: listing("1"), 3, True, (OPAQUE, MISSING)),
    Attack("manifest.json is one object", lambda: listing(text(EVIL_ITEM)), 3, True, (OPAQUE, MISSING)),
    Attack("an item that is null", lambda: listing(text([None, EVIL_ITEM])), 3, True, (OPAQUE,)),
    Attack("Layers is a string", lambda: docker(EVIL, Layers=sha(EVIL) + ".tar"), 3, True,
           (AMBIGUOUS, DIFF_ID, ORPHAN_LAYER)),
    Attack("Layers is null", lambda: docker(EVIL, Layers=None), 1, True, (DIFF_ID, ORPHAN_LAYER)),
    Attack("Layers has a number", lambda: docker(EVIL, Layers=[1]), 3, True, (AMBIGUOUS, MISSING, ORPHAN_LAYER)),
    Attack("Config is a number", lambda: docker(EVIL, Config=1), 3, True, (AMBIGUOUS, MISSING, ORPHAN)),
    Attack("RepoTags is a string", lambda: docker(EVIL, RepoTags=NAME), 3, True, (AMBIGUOUS,)),
    Attack("diff_ids is a string", lambda: described(config([EVIL], rootfs={"type": "layers", "diff_ids": "x"})), 3,
           True, (AMBIGUOUS, DIFF_ID)),
    Attack("history is an object", lambda: described(config([EVIL], history={})), 3, True, (AMBIGUOUS,)),
    Attack("empty_layer is a string", lambda: described(config([EVIL], history=[
        {"created_by": "COPY x /", "empty_layer": "false"}])), 3, True, (AMBIGUOUS,)),
    Attack("Env is a string", lambda: described(config([EVIL], config={"Env": "A=b", "User": "1"})), 3, True,
           (AMBIGUOUS,)),
    Attack("User is a number", lambda: described(config([EVIL], config={"User": 0})), 3, True, (AMBIGUOUS,)),
    Attack("the config is an array", lambda: described(b"[1]"), 3, True, (OPAQUE, DIFF_ID)),
    Attack("a config of 4 MiB of small objects", lambda: described(
        config([EVIL])[:-1] + b', "x": [' + b"{}," * (1 << 20) + b"{}]}"), 3, True, (OPAQUE, DIFF_ID)),
    Attack("a config nested 5000 deep", lambda: described(
        config([EVIL])[:-1] + b', "x": ' + b"[" * 5000 + b"]" * 5000 + b"}"), 3, True, (OPAQUE, DIFF_ID)),
    Attack("manifest.json nested 5000 deep", lambda: listing("[" * 5000 + "]" * 5000), 3, True, (OPAQUE, MISSING)),

    # Paths and links.
    Attack("a layer path that climbs", lambda: docker(EVIL, Layers=["../../" + sha(EVIL) + ".tar"]), 1, True,
           (ESCAPE,)),
    Attack("a layer path that climbs to a file of the host", lambda: docker(EVIL, Layers=["../../../etc/passwd"]), 3,
           True, (ESCAPE, MISSING, ORPHAN_LAYER)),
    Attack("an absolute layer path", lambda: docker(EVIL, Layers=["/etc/passwd"]), 3, True,
           (MISSING, ORPHAN_LAYER)),
    Attack("an absolute config path", lambda: docker(EVIL, Config="/etc/passwd"), 3, True, (MISSING, ORPHAN)),
    Attack("a layer that is a symlink out of the archive", lambda: layer_as(link("l/layer.tar", "/etc/passwd")), 3,
           True, (MISSING, ORPHAN_LAYER)),
    Attack("a layer that is a symlink to itself", lambda: layer_as(link("l/layer.tar", "layer.tar")), 3, True,
           (MISSING, ORPHAN_LAYER)),
    Attack("a layer behind 100 symlinks", lambda: layer_as(
        chain(100) + link("l/100", "../%s.tar" % sha(EVIL)), "l/0"), 3, True, (MISSING, ORPHAN_LAYER)),
    Attack("a layer behind 20 symlinks", lambda: layer_as(
        chain(20) + link("l/20", "../%s.tar" % sha(EVIL)), "l/0"), 1, True),
    Attack("a layer that is a symlink in the archive", lambda: layer_as(
        link("l/layer.tar", "../%s.tar" % sha(EVIL))), 1, True),
    Attack("a layer that is a hardlink in the archive", lambda: layer_as(
        tarwriter.header(b"l/layer.tar", b"1", link=(sha(EVIL) + ".tar").encode())), 1, True),
    Attack("a layer that is a directory", lambda: layer_as(tarwriter.header(b"l/layer.tar/", b"5")), 3, True,
           (MISSING, ORPHAN_LAYER)),
    Attack("a layer that is a fifo", lambda: layer_as(tarwriter.header(b"l/layer.tar", b"6")), 3, True,
           (OPAQUE, ORPHAN_LAYER)),
    Attack("a layer that is a device", lambda: layer_as(tarwriter.header(b"l/layer.tar", b"3", device=(1, 3))), 3,
           True, (OPAQUE, ORPHAN_LAYER)),
    Attack("manifest.json is a symlink", lambda: tar([
        *blobs(EVIL), *documents(config([EVIL])), ("real.json", bundle.dump([EVIL_ITEM])),
        link("manifest.json", "real.json")]), 1, True, (AMBIGUOUS,)),
    Attack("manifest.json is a directory", lambda: tar([
        *blobs(EVIL), *documents(config([EVIL])), tarwriter.header(b"manifest.json/", b"5")]), 3, True,
        (MISSING,)),
    Attack("manifest.json is a symlink out of the archive", lambda: tar([
        *blobs(EVIL), *documents(config([EVIL])), link("manifest.json", "/etc/passwd")]), 3, True,
        (MISSING, OPAQUE)),

    # Claims about content.
    Attack("fewer diff IDs than layers", lambda: docker(CLEAN, EVIL, config_bytes=FINE), 1, True, (DIFF_ID,)),
    Attack("more diff IDs than layers", lambda: docker(EVIL, config_bytes=config([EVIL, CLEAN])), 1, True,
           (DIFF_ID,)),
    Attack("a wrong diff ID", lambda: docker(EVIL, config_bytes=FINE), 1, True, (DIFF_ID,)),
    Attack("a diff ID over the bytes before the end marker", lambda: docker(
        EVIL + tarwriter.END, config_bytes=config([EVIL])), 1, True, (DIFF_ID,)),
    Attack("a diff ID that is a path", lambda: described(config([EVIL], rootfs={
        "type": "layers", "diff_ids": ["sha256:../../../etc/passwd"]})), 1, True, (DIFF_ID,)),
    Attack("a diff ID of MD5", lambda: described(config([EVIL], rootfs={
        "type": "layers", "diff_ids": ["md5:d41d8cd98f00b204e9800998ecf8427e"]})), 1, True, (DIFF_ID,)),
    Attack("a descriptor with a wrong size", lambda: oci(EVIL, manifest=manifest_of(
        [{**descriptor(EVIL), "size": 1}], config([EVIL]))), 1, True, (DIGEST, PROVENANCE)),
    Attack("a descriptor with a negative size", lambda: oci(EVIL, manifest=manifest_of(
        [{**descriptor(EVIL), "size": -1}], config([EVIL]))), 3, True, (AMBIGUOUS, PROVENANCE)),
    Attack("a descriptor whose digest is a path", lambda: oci(EVIL, manifest=manifest_of(
        [{**descriptor(EVIL), "digest": "sha256:../../../etc/passwd"}], config([EVIL]))), 3, True,
        (DIGEST, MISSING, ORPHAN_LAYER, PROVENANCE)),
    Attack("a descriptor of MD5", lambda: oci(EVIL, manifest=manifest_of(
        [{**descriptor(EVIL), "digest": "md5:d41d8cd98f00b204e9800998ecf8427e"}], config([EVIL]))), 3, True,
        (DIGEST, MISSING, ORPHAN_LAYER, PROVENANCE)),
    Attack("a blob that is not what its name says", lambda: tar([
        ("blobs/sha256/" + sha(CLEAN), EVIL), *oci_members(FINE, manifest_of([CLEAN], FINE)),
        ("index.json", index_of(manifest_of([CLEAN], FINE)))]), 1, True, (DIGEST, DIFF_ID, PROVENANCE)),
    Attack("more history than layers", lambda: described(config([EVIL], history=[{"created_by": "a"}] * 5)), 1, True,
           (), ("info history-incomplete",)),
    Attack("less history than layers", lambda: docker(EVIL, CLEAN, config_bytes=config([EVIL, CLEAN], history=[
        {"created_by": "a"}])), 1, True, (), ("info history-incomplete",)),
    Attack("no config", lambda: docker(EVIL, Config="gone.json"), 3, True, (MISSING, ORPHAN)),
    Attack("no layer", lambda: docker(EVIL, Layers=["gone.tar", sha(EVIL) + ".tar"]), 3, True,
           (MISSING, DIFF_ID)),
    Attack("no index at all", lambda: tar([*blobs(EVIL), *documents(config([EVIL]))]), 3, True, (MISSING,)),
    Attack("a layer that nothing names", lambda: docker(CLEAN, more=blobs(EVIL)), 1, True, (ORPHAN_LAYER,)),
    Attack("a file that nothing names", lambda: docker(CLEAN, more=[("notes", EVIL[512:1024])]), 1, True, (ORPHAN,)),

    # Indexes.
    Attack("a document that is an index and a manifest", two_kinds, 3, True,
           (*TWICE, PROVENANCE)),
    Attack("an index that names itself", index_that_names_itself, 3, True,
           (OPAQUE, DIGEST, ORPHAN_LAYER)),
    Attack("indexes 3 deep", lambda: nested_indexes(3), 1, True, (PROVENANCE,)),
    Attack("indexes 1000 deep", lambda: nested_indexes(1000), 3, True, (OPAQUE, ORPHAN, ORPHAN_LAYER)),
    Attack("10001 descriptors", lambda: oci(EVIL, index=index_of(*[manifest_of([EVIL], config([EVIL]))] * 10001)), 3,
           True, (OPAQUE, PROVENANCE)),

    # Layers that are something else.
    Attack("a foreign layer that is not there", lambda: oci(EVIL, manifest=manifest_of(
        [descriptor(EVIL), descriptor(CLEAN, "application/vnd.docker.image.rootfs.foreign.diff.tar.gzip",
                                      urls=["https://x"])], config([EVIL, CLEAN])),
        config_bytes=config([EVIL, CLEAN])), 3, True, ("info integrity-missing-blob", PROVENANCE)),
    Attack("an encrypted layer", lambda: typed("application/vnd.oci.image.layer.v1.tar+gzip+encrypted",
                                               b"\x93sealed" * 100), 3, True, (OPAQUE, PROVENANCE)),
    Attack("a layer of unknown bytes", lambda: typed("application/vnd.oci.image.layer.v1.tar+lz4",
                                                     b"\x04\x22\x4d\x18" * 100), 3, True, (OPAQUE, PROVENANCE)),
    Attack("a layer that is zstd and calls itself gzip", lambda: typed(
        "application/vnd.oci.image.layer.v1.tar+gzip", wrap.zstd(CLEAN)), 1, True, (MEDIA, PROVENANCE)),
    Attack("a layer that is plain and calls itself gzip", lambda: typed(
        "application/vnd.oci.image.layer.v1.tar+gzip", CLEAN), 1, True, (MEDIA, PROVENANCE)),
    Attack("a layer of no bytes", lambda: docker(EVIL, b"", config_bytes=config([EVIL, b""])), 1, True),

    # Names, numbers, shapes.
    Attack("names that are attacks", lambda: tagged("../../x", "<script>", "\x1b[2J", "\u202e", "x" * 5000, "$(id)"),
           1, True),
    Attack("125 references to one layer", lambda: references(125), 1, True),
    Attack("126 references to one layer", lambda: references(126), 1, True, ("info integrity-layer-count",)),
    Attack("5000 references to one layer", lambda: references(5000), 3, True,
           (OPAQUE, "medium integrity-not-inspectable", ORPHAN_LAYER, "info integrity-layer-count")),
    Attack("a bundle in gzip", lambda: gzip.compress(docker(EVIL), mtime=0), 1, True),
    Attack("a bundle in zstd", lambda: wrap.zstd(docker(EVIL)), 1, True),
    Attack("a bundle in gzip in gzip", lambda: gzip.compress(gzip.compress(docker(EVIL)), mtime=0), 3, False,
           None),
    Attack("an image in a layer", image_in_a_layer, 1, True),
    Attack("an image from before Docker 1.10", legacy, 1, True),
    Attack("two images in one archive", lambda: tar([*BOTH, ("manifest.json", bundle.dump([
        CLEAN_ITEM, {**EVIL_ITEM, "RepoTags": ["y:1"]}]))]), 1, True),
    Attack("a secret in Env", lambda: docker(CLEAN, config_bytes=config([CLEAN], config={
        "User": "1", "Env": ["TOKEN=" + recipe.SECRETS["github"]("hidden")]})), 1, False, (), ("critical secret-env",)),
    Attack("a secret in a label", lambda: docker(CLEAN, config_bytes=config([CLEAN], config={
        "User": "1", "Labels": {"x": recipe.SECRETS["github"]("hidden")}})), 1, False, (), ("critical secret-label",)),
    Attack("a secret in the history", lambda: docker(CLEAN, config_bytes=config([CLEAN], history=[
        {"created_by": "RUN curl -H " + recipe.SECRETS["github"]("hidden")}])), 1, False, (),
        ("critical secret-history",)),
]
