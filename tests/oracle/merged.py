"""The merged tree of a stack, by others: umoci, which applies layers by the specification one after the other, and
overlayfs over layers that are extracted each for itself, as Docker and containerd do it.

A tree is {path: Name}; an oracle that refuses a stack raises Refused. All of this is for a mount namespace of its own
(run.sh), with nothing writable but a tmpfs: umoci 0.4.7 can delete the parent of its output folder.
"""
import ctypes
import dataclasses
import hashlib
import json
import os
import shutil
import stat
import subprocess

import stack_layers as layers

LINKS_MAX = 40


class Refused(Exception):
    """The oracle makes no tree of this stack."""


@dataclasses.dataclass
class Name:
    """A name of a merged tree. None: not told."""

    type: str
    mode: int | None = None
    uid: int | None = None
    gid: int | None = None
    mtime: int | None = None
    link: bytes = b""
    device: tuple = (0, 0)
    capability: bytes | None = b""
    content: str = ""           # of a file: whose body it shows, LAYER.ENTRY
    group: object = None        # names of one group are one inode
    placed: str = ""            # silt's: the entry that gave this name its attributes


# ---- From a folder -------------------------------------------------------------------------------------------------

TYPES = {stat.S_IFREG: "file", stat.S_IFLNK: "symlink", stat.S_IFDIR: "directory", stat.S_IFCHR: "char-device",
         stat.S_IFBLK: "block-device", stat.S_IFIFO: "fifo"}


def capability_of(path):
    try:
        return os.getxattr(path, "security.capability", follow_symlinks=False)
    except OSError:
        return b""


def name_at(path):
    info = os.lstat(path)
    name = Name(TYPES.get(stat.S_IFMT(info.st_mode), "other"), stat.S_IMODE(info.st_mode), info.st_uid, info.st_gid,
                int(info.st_mtime // 1), group=(info.st_dev, info.st_ino))
    if name.type == "file":
        with open(path, "rb") as file:
            name.content = layers.place_of(file.read())
        name.capability = capability_of(path)
    elif name.type == "symlink":
        name.link = os.readlink(path)
    elif name.type.endswith("device"):
        name.device = (os.major(info.st_rdev), os.minor(info.st_rdev))
    return name


def tree_at(root):
    """Of a folder on disk, `root` as bytes."""
    tree, todo = {}, [b""]
    while todo:
        path = todo.pop()
        try:
            tree[path] = name_at(os.path.join(root, path))
        except FileNotFoundError:
            continue  # overlayfs lists the whiteouts of a directory that only one layer has
        if tree[path].type == "directory":
            todo += [layers.join(path, name) for name in os.listdir(os.path.join(root, path))]
    return tree


# ---- umoci ---------------------------------------------------------------------------------------------------------

def write_blob(layout, data):
    digest = hashlib.sha256(data).hexdigest()
    with open(f"{layout}/blobs/sha256/{digest}", "wb") as file:
        file.write(data)
    return {"digest": f"sha256:{digest}", "size": len(data)}


def write_document(layout, document, media_type):
    return {"mediaType": media_type, **write_blob(layout, json.dumps(document).encode())}


def write_layout(layout, tars):
    """An OCI layout with one image, called "it"."""
    os.makedirs(f"{layout}/blobs/sha256")
    kind = "application/vnd.oci.image"
    blobs = [{"mediaType": f"{kind}.layer.v1.tar", **write_blob(layout, tar)} for tar in tars]
    config = {"architecture": "amd64", "os": "linux", "config": {},
              "rootfs": {"type": "layers", "diff_ids": [blob["digest"] for blob in blobs]}}
    manifest = {"schemaVersion": 2, "mediaType": f"{kind}.manifest.v1+json", "layers": blobs,
                "config": write_document(layout, config, f"{kind}.config.v1+json")}
    index = {"schemaVersion": 2, "manifests": [{**write_document(layout, manifest, f"{kind}.manifest.v1+json"),
                                                "annotations": {"org.opencontainers.image.ref.name": "it"}}]}
    for name, document in (("index.json", index), ("oci-layout", {"imageLayoutVersion": "1.0.0"})):
        with open(f"{layout}/{name}", "w", encoding="ascii") as file:
            json.dump(document, file)


def by_umoci(folder, tars):
    layout, out = f"{folder}/layout", f"{folder}/umoci"
    write_layout(layout, tars)
    done = subprocess.run(["umoci", "--log", "error", "raw", "unpack", "--image", f"{layout}:it", out],
                          capture_output=True, timeout=60, check=False)
    shutil.rmtree(layout)
    if done.returncode != 0:
        raise Refused(done.stderr.decode(errors="replace").strip().rpartition("\n")[2])
    return tree_at(out.encode())


# ---- overlayfs -----------------------------------------------------------------------------------------------------

def resolved(root, path, links=LINKS_MAX):
    """The folder at a path of the layer, links followed as in a chroot. A missing one stays a name."""
    at, rest = b"", path.split(b"/")
    while rest:
        part = rest.pop(0)
        if part in (b"", b"."):
            continue
        if part == b"..":
            at = layers.parent_of(at)
            continue
        here = layers.join(at, part)
        if not os.path.islink(os.path.join(root, here)):
            at = here
            continue
        if links == 0:
            raise Refused("too many links")
        links -= 1
        target = os.readlink(os.path.join(root, here))
        at = b"" if target.startswith(b"/") else at
        rest = target.split(b"/") + rest
    return os.path.join(root, at)


def is_folder(path):
    return os.path.isdir(path) and not os.path.islink(path)


def remove(path):
    if is_folder(path):
        shutil.rmtree(path)
    elif os.path.lexists(path):
        os.remove(path)


def mark(entry, folder):
    """As moby's overlayWhiteoutConverter and containerd's OverlayConvertWhiteout."""
    if entry.base == layers.OPAQUE:
        os.setxattr(folder, "trusted.overlay.opaque", b"y")
    else:
        path = os.path.join(folder, entry.base[len(layers.WHITEOUT):])
        os.mknod(path, stat.S_IFCHR, os.makedev(0, 0))


def make(entry, path, root, body):
    """The thing itself, without its attributes."""
    if entry.kind == "file":
        with open(path, "xb") as file:
            file.write(body)
    elif entry.kind == "directory":
        if not is_folder(path):
            os.mkdir(path)
    elif entry.kind == "symlink":
        os.symlink(entry.link, path)
    elif entry.kind == "hardlink":
        link = layers.clean(entry.link)
        folder = resolved(root, layers.parent_of(link))
        os.link(os.path.join(folder, link.rpartition(b"/")[2]), path, follow_symlinks=False)
    else:
        kinds = {"fifo": stat.S_IFIFO, "char-device": stat.S_IFCHR, "block-device": stat.S_IFBLK}
        os.mknod(path, kinds[entry.kind], os.makedev(*entry.device))


def set_attributes(entry, path):
    os.lchown(path, entry.uid, entry.gid)
    if entry.kind in ("symlink", "hardlink"):
        if os.path.islink(path):
            os.utime(path, (entry.mtime, entry.mtime), follow_symlinks=False)
            return
    os.chmod(path, entry.mode)
    if entry.capability:
        os.setxattr(path, "security.capability", entry.capability)
    if entry.kind != "directory":
        os.utime(path, (entry.mtime, entry.mtime))


def extract(root, number, entries):
    """One layer into its own folder: moby's archive.Unpack."""
    times = []
    for index, entry in enumerate(entries):
        base = entry.base
        folder = resolved(root, layers.parent_of(entry.path))
        os.makedirs(folder, mode=0o755, exist_ok=True)
        path = os.path.join(folder, base)
        if entry.path == b"":
            continue  # the root stays as it is
        if os.path.lexists(path) and not (entry.kind == "directory" and is_folder(path)):
            remove(path)
        if entry.is_mark:
            mark(entry, folder)
            continue
        make(entry, path, root, b"" if entry.empty else layers.body_of(number, index))
        set_attributes(entry, path)
        if entry.kind == "directory":
            times.append((path, entry.mtime))
    for path, mtime in times:
        if os.path.isdir(path):
            os.utime(path, (mtime, mtime))


LIBC = ctypes.CDLL(None, use_errno=True)


def mount_overlay(folders, target):
    """`folders`: the lowest first. A tree that is read only needs no upper one, but two."""
    options = b"lowerdir=" + b":".join(reversed(folders))
    if LIBC.mount(b"overlay", target, b"overlay", 1, options) != 0:
        raise OSError(ctypes.get_errno(), os.strerror(ctypes.get_errno()))


def tree_of_layers(folders, work):
    """Of folders as overlayfs merges them, the lowest first; `work` is a folder for what that needs."""
    empty, target = f"{work}/lower".encode(), f"{work}/merged".encode()
    for folder in (empty, target):
        os.makedirs(folder, exist_ok=True)
    mount_overlay([empty] + folders, target)
    try:
        return tree_at(target)
    finally:
        LIBC.umount2(target, 0)


def by_overlay(folder, stack):
    folders = []
    try:
        for number, entries in enumerate(stack):
            folders.append(f"{folder}/{number}".encode())
            os.mkdir(folders[-1])
            extract(folders[-1], number, entries)
    except OSError as trouble:
        raise Refused(f"layer {len(folders) - 1}: {trouble}") from None
    return tree_of_layers(folders, folder)
