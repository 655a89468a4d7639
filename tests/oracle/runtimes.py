#!/usr/bin/env python3
"""Compares silt's merged tree with what the runtimes of this system make of a stack: Docker, containerd and podman,
each with overlayfs and with plain folders. Slow, some seconds for a stack; so for some of them only.

    runtimes.py well-formed|odd COUNT [SEED [NUMBER...]]

Run by run.sh, which gives it a mount namespace on a tmpfs. No container is started.
"""
import functools
import hashlib
import io
import json
import os
import shutil
import subprocess
import sys
import tarfile
import time

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "../flow/recipes"))

import merged
import stacks

START_SECONDS = 30


# ---- Archives ------------------------------------------------------------------------------------------------------

def digest_of(data):
    return hashlib.sha256(data).hexdigest()


def chain_of(tars):
    """The chain IDs of the layers, lowest first (OCI image-spec config.md)."""
    chain = []
    for tar in tars:
        layer = "sha256:" + digest_of(tar)
        chain.append("sha256:" + digest_of(f"{chain[-1]} {layer}".encode()) if chain else layer)
    return chain


def write_archive(file, name, tars):
    """As `docker save` of a layered image called `name`."""
    config = {"architecture": "amd64", "os": "linux", "config": {"Cmd": ["/a"]},
              "rootfs": {"type": "layers", "diff_ids": ["sha256:" + digest_of(tar) for tar in tars]}}
    members = {f"{digest_of(tar)}.tar": tar for tar in tars}
    manifest = [{"Config": "config.json", "RepoTags": [name], "Layers": [f"{digest_of(tar)}.tar" for tar in tars]}]
    members["config.json"] = json.dumps(config).encode()
    members["manifest.json"] = json.dumps(manifest).encode()
    with tarfile.open(file, "w") as archive:
        for member, data in members.items():
            info = tarfile.TarInfo(member)
            info.size = len(data)
            archive.addfile(info, io.BytesIO(data))


# ---- Runtimes ------------------------------------------------------------------------------------------------------

def call(*command):
    done = subprocess.run(command, capture_output=True, timeout=120, check=False)
    if done.returncode != 0:
        raise merged.Refused(done.stderr.decode(errors="replace").strip().rpartition("\n")[2])
    return done.stdout.decode()


def start(log, *command, ready):
    """A daemon, and `ready` when it answers; None if it does not."""
    with open(log, "wb") as out:
        daemon = subprocess.Popen(command, stdout=out, stderr=out)
    for _ in range(START_SECONDS * 10):
        if daemon.poll() is not None:
            return None
        if subprocess.run(ready, capture_output=True, check=False, timeout=20).returncode == 0:
            return daemon
        time.sleep(0.1)
    daemon.kill()
    return None


class Docker:
    needs = ("dockerd", "docker", "containerd")

    def __init__(self, driver, folder):
        self.driver, self.data = driver, f"{folder}/data"
        self.client = ("docker", "--host", f"unix://{folder}/socket")
        self.daemon = start(f"{folder}/log", "dockerd", f"--storage-driver={driver}", "--iptables=false",
                            "--ip6tables=false", "--ip-forward=false", "--ip-masq=false", "--bridge=none",
                            "--userland-proxy=false",
                            f"--data-root={self.data}", f"--exec-root={folder}/exec", f"--pidfile={folder}/pid",
                            "--host", f"unix://{folder}/socket", ready=(*self.client, "version"))

    def layer(self, chain):
        place = f"{self.data}/image/{self.driver}/layerdb/{chain.replace(':', '/')}"
        with open(f"{place}/cache-id", encoding="ascii") as file:
            name = file.read()
        return f"{self.data}/vfs/dir/{name}" if self.driver == "vfs" else f"{self.data}/overlay2/{name}/diff"

    def tree(self, work, archive, _):
        call(*self.client, "load", "--input", archive)
        folders = [self.layer(chain).encode() for chain in chain_of(work.tars)]
        return merged.tree_at(folders[-1]) if self.driver == "vfs" else merged.tree_of_layers(folders, work.folder)


CONTAINERD_CONFIG = """
version = 2
root = "{0}/root"
state = "{0}/state"
disabled_plugins = ["io.containerd.grpc.v1.cri"]
[grpc]
address = "{0}/socket"
# No view is to be collected before it is looked at.
[plugins."io.containerd.gc.v1.scheduler"]
schedule_delay = "10h"
startup_delay = "10h"
"""


class Containerd:
    needs = ("containerd", "ctr")

    def __init__(self, snapshotter, folder):
        self.snapshotter, config = snapshotter, f"{folder}/config.toml"
        with open(config, "w", encoding="ascii") as file:
            file.write(CONTAINERD_CONFIG.format(folder))
        self.client = ("ctr", "--address", f"{folder}/socket")
        self.daemon = start(f"{folder}/log", "containerd", "--config", config, ready=(*self.client, "version"))

    def tree(self, work, archive, _):
        call(*self.client, "images", "import", "--snapshotter", self.snapshotter, archive)
        snapshots = (*self.client, "snapshots", "--snapshotter", self.snapshotter)
        target, key = f"{work.folder}/mounted", f"view-{work.number}"
        os.makedirs(target, exist_ok=True)
        call(*snapshots, "view", key, chain_of(work.tars)[-1])
        call("sh", "-c", call(*snapshots, "mounts", target, key))
        try:
            return merged.tree_at(target.encode())
        finally:
            call("umount", target)
            call(*snapshots, "remove", key)


class Podman:
    needs = ("podman",)
    daemon = True

    def __init__(self, driver, folder):
        self.client = ("podman", "--root", f"{folder}/root", "--runroot", f"{folder}/run", "--tmpdir", f"{folder}/tmp",
                       "--storage-driver", driver, "--events-backend", "none", "--cgroup-manager", "cgroupfs")

    def tree(self, _, archive, name):
        call(*self.client, "load", "--quiet", "--input", archive)
        target = call(*self.client, "image", "mount", name).strip()
        try:
            return merged.tree_at(target.encode())
        finally:
            call(*self.client, "image", "unmount", name)


RUNTIMES = {"docker-overlay2": (Docker, "overlay2"), "docker-vfs": (Docker, "vfs"),
            "containerd-overlayfs": (Containerd, "overlayfs"), "containerd-native": (Containerd, "native"),
            "podman-overlay": (Podman, "overlay"), "podman-vfs": (Podman, "vfs")}


def start_all(folder):
    """{name: runtime} of those that work here."""
    running = {}
    for number, (name, (kind, storage)) in enumerate(RUNTIMES.items()):
        if any(not shutil.which(program) for program in kind.needs):
            print(f"skipped: {name}: {kind.needs[0]} is not installed")
            continue
        place = f"{folder}/{number}"  # podman takes no long paths
        os.makedirs(place)
        runtime = kind(storage, place)
        if runtime.daemon:
            running[name] = runtime
        else:
            print(f"skipped: {name} does not start here")
    return running


def compare(kind, seed, numbers, running, folder):
    tally, started = stacks.Tally(), int(time.time()) - 1
    for number in numbers:
        work = stacks.make_work(kind, seed, number)
        work.ours = stacks.by_silt([work.files])[0]
        tally.count(work)
        name, archive = f"docker.io/library/stack:{number}", f"{folder}/archive.tar"
        write_archive(archive, name, work.tars)
        for oracle, runtime in running.items():
            tally.compare(work, oracle, started, functools.partial(runtime.tree, work, archive, name))
        work.remove()
    return tally


def main():
    kind, count, seed = sys.argv[1], int(sys.argv[2]), sys.argv[3] if sys.argv[3:] else "1"
    folder = os.path.join(os.environ["ORACLE_WORK"], "r")
    for place in ("/run", "/var/lib"):
        subprocess.run(["mount", "-t", "tmpfs", "tmpfs", place], check=True, timeout=10)
    running = start_all(folder)
    if not running:
        sys.exit(77)
    tally = compare(kind, seed, [int(word) for word in sys.argv[4:]] or range(count), running, folder)
    stacks.report(tally, running)
    return 1 if tally.failures else 0


if __name__ == "__main__":
    sys.exit(main())
