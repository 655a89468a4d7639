"""Puts a file back into the last layer of a docker archive: unremove.py ARCHIVE PATH BODY OUT.

What is left says that a squash took the file away, and it is there all the same.
"""

import hashlib
import io
import json
import sys
import tarfile


def with_file(layer, path, body):
    out = io.BytesIO()
    with tarfile.open(fileobj=io.BytesIO(layer)) as old, tarfile.open(fileobj=out, mode="w") as new:
        for entry in old:
            new.addfile(entry, old.extractfile(entry) if entry.isreg() else None)
        entry = tarfile.TarInfo(path)
        entry.size = len(body)
        new.addfile(entry, io.BytesIO(body))
    return out.getvalue()


def main():
    archive, path, body_file, out = sys.argv[1:]
    with open(body_file, "rb") as file:
        body = file.read()
    with tarfile.open(archive) as old:
        members = {entry.name: old.extractfile(entry).read() for entry in old if entry.isreg()}
    (image,) = json.loads(members["manifest.json"])
    layer = with_file(members[image["Layers"][-1]], path, body)
    config = json.loads(members[image["Config"]])
    config["rootfs"]["diff_ids"][-1] = "sha256:" + hashlib.sha256(layer).hexdigest()
    image["Layers"][-1], image["Config"] = "back/layer.tar", "back.json"
    with tarfile.open(out, "w") as new:
        kept = {name: members[name] for name in image["Layers"][:-1]}
        for name, data in {**kept, "back/layer.tar": layer, "back.json": json.dumps(config).encode(),
                           "manifest.json": json.dumps([image]).encode()}.items():
            entry = tarfile.TarInfo(name)
            entry.size = len(data)
            new.addfile(entry, io.BytesIO(data))


if __name__ == "__main__":
    main()
