"""Tars and OCI archives: the same files give the same bytes, without owners and times."""

import hashlib
import json
import os
import shutil
import stat

RECORD = 512
TAR_TYPE = "application/vnd.oci.image.layer.v1.tar"


def header(name, size, mode=0o644, kind=b"0"):
    """One ustar header; names of at most 100 bytes."""
    zero = b"0000000\0"
    fields = b"".join([name.ljust(100, b"\0"), b"%07o\0" % mode, zero, zero, b"%011o\0" % size, b"00000000000\0",
                       b" " * 8, kind, bytes(100), b"ustar\x0000", bytes(64), zero, zero]).ljust(RECORD, b"\0")
    return fields[:148] + b"%06o\0 " % sum(fields) + fields[156:]


def padding(size):
    return bytes(-size % RECORD)


def add_bytes(out, name, body, mode=0o644):
    out.write(header(name, len(body), mode))
    out.write(body)
    out.write(padding(len(body)))


def add_file(out, path, name):
    """A file of the system; what it may do (setuid) stays behind."""
    with open(path, "rb") as file:
        status = os.fstat(file.fileno())
        out.write(header(name, status.st_size, 0o755 if status.st_mode & stat.S_IXUSR else 0o644))
        shutil.copyfileobj(file, out, 1 << 20)
    out.write(padding(status.st_size))


def end(out):
    out.write(bytes(2 * RECORD))


def sha256_of(path):
    digest = hashlib.sha256()
    with open(path, "rb") as file:
        while block := file.read(1 << 20):
            digest.update(block)
    return digest.hexdigest()


def descriptor(media_type, digest, size):
    return {"mediaType": media_type, "digest": "sha256:" + digest, "size": size}


def documents(layers, suffix, used):
    """The config, the manifest and the index of an image; `layers` are pairs: diff ID, (digest, size) of the blob."""
    config = json.dumps({"architecture": "amd64", "os": "linux", "config": {"User": "10001"},
                         "history": [{"created_by": "COPY %d /" % i} for i in range(len(layers))],
                         "rootfs": {"type": "layers", "diff_ids": ["sha256:" + diff_id for diff_id, _ in layers]}})
    config = config.encode()
    config_digest = hashlib.sha256(config).hexdigest()
    manifest = json.dumps({"schemaVersion": 2, "mediaType": "application/vnd.oci.image.manifest.v1+json",
                           "config": descriptor("application/vnd.oci.image.config.v1+json", config_digest, len(config)),
                           "layers": [descriptor(TAR_TYPE + suffix, *blob) for _, blob in layers]}).encode()
    manifest_digest = hashlib.sha256(manifest).hexdigest()
    named = [descriptor("application/vnd.oci.image.manifest.v1+json", manifest_digest, len(manifest))] if used else []
    index = json.dumps({"schemaVersion": 2, "manifests": named}).encode()
    return (config_digest, config), (manifest_digest, manifest), index


def archive(path, layers, suffix="", used=True):
    """An OCI archive. `layers`: pairs of a diff ID and the file with the blob; `suffix` of their media type: +gzip. If
    they are not `used`, no image is made of them.
    """
    known = {}
    for diff_id, blob in layers:
        known[blob] = (sha256_of(blob) if suffix else diff_id, os.path.getsize(blob))
    config, manifest, index = documents([(diff_id, known[blob]) for diff_id, blob in layers], suffix, used)
    with open(path, "wb") as out:
        add_bytes(out, b"oci-layout", b'{"imageLayoutVersion": "1.0.0"}')
        add_bytes(out, b"index.json", index)
        for digest, body in (config, manifest) if used else ():
            add_bytes(out, b"blobs/sha256/" + digest.encode(), body)
        for _, blob in layers:
            add_file(out, blob, b"blobs/sha256/" + known[blob][0].encode())
        end(out)
