"""Writes the databases of package managers, as the statements `dpkg` and `apk` of a recipe want them.

A package is (name, version, paths); files are what the layer holds so far: path -> (mode, body). A path that begins with
'~' is a conffile of dpkg, which has no line in md5sums.
"""

import base64
import hashlib


def dpkg(packages, files):
    """The files below var/lib/dpkg, by their paths."""
    made, status = {}, []
    for name, version, paths in packages:
        plain = [path.lstrip("~") for path in paths]
        made["var/lib/dpkg/info/%s.list" % name] = "".join("/%s\n" % line for line in ["."] + with_folders(plain))
        made["var/lib/dpkg/info/%s.md5sums" % name] = "".join(
            "%s  %s\n" % (hashlib.md5(files[path][1]).hexdigest(), path) for path in paths if path[0] != "~")
        status.append("Package: %s\nStatus: install ok installed\nArchitecture: amd64\nVersion: %s\n" % (name, version)
                      + "".join("Conffiles:\n /%s %s\n" % (path[1:], hashlib.md5(files[path[1:]][1]).hexdigest())
                                for path in paths if path[0] == "~"))
    made["var/lib/dpkg/status"] = "\n".join(status)
    return made


def with_folders(paths):
    lines = []
    for path in sorted(paths):
        parts = path.split("/")
        lines += [folder for folder in ("/".join(parts[:end]) for end in range(1, len(parts))) if folder not in lines]
        lines.append(path)
    return lines


def apk(packages, files):
    """The one file of apk's database."""
    text = ""
    for name, version, paths in packages:
        text += "C:Q1\nP:%s\nV:%s\nA:x86_64\n" % (name, version)
        for path in paths:
            folder, _, base = path.rpartition("/")
            mode, body = files[path]
            text += "F:%s\nR:%s\n" % (folder, base) + ("a:0:0:%o\n" % mode if mode != 0o644 else "")
            text += "Z:Q1%s\n" % base64.b64encode(hashlib.sha1(body).digest()).decode()
        text += "\n"
    return {"lib/apk/db/installed": text}


DATABASES = {"dpkg": dpkg, "apk": apk}
