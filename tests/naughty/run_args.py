"""What `silt run-args` makes of strings in the places of an image that it goes by: tags, volumes, writable directories,
users, programs. The command is read by a shell, the pod by a YAML parser, and both must say what the JSON says."""

import json
import os
import re
import subprocess
import sys
import tempfile

import images
import readback
import strings
from program import run

try:
    import yaml
except ImportError:
    print("skipped: python3-yaml is not installed")
    sys.exit(77)

# So many strings are in one image: lists of a posture are no longer than 64.
EACH = 30

SAFE_OPTIONS = {"--user", "--read-only", "--tmpfs", "--cap-drop", "--cap-add", "--security-opt", "--init"}


def directory(number, text):
    """Of its own, so that no text makes those of the others part of a writable directory. None: it climbs out, or is
    a mark of deletion."""
    inside = b"srv/%d/" % number
    path = inside + text.encode()
    fits = images.cleaned(path).startswith(inside) and "\0" not in text and "/.wh." not in "/" + text
    return path if fits else None


def image_of(texts):
    """An image that has every text as tag, volume and directory, and the first as user and as program."""
    directories = [images.entry(directory(*numbered) + b"/", type_flag=b"5", mode=0o1777)
                   for numbered in enumerate(texts) if directory(*numbered)]
    keys = [text for text in texts if "\0" not in text]
    config = {"User": texts[0], "Volumes": {"/vol/" + text: {} for text in keys},
              "Entrypoint": [texts[0], "x"], "ExposedPorts": {text: {} for text in keys}}
    tags = texts + [text + ":1" for text in texts]
    return images.bundle([images.Image(images.layer(*directories), config, tags=tags)])


def mountable(texts):
    """The directories that can stand in an option, byte by byte."""
    paths = ["/" + images.cleaned(directory(*numbered)).decode() for numbered in enumerate(texts)
             if directory(*numbered)]
    return {path for path in paths if not re.search("[:,]", path) and readback.is_plain(path)}


def words_of(command):
    """The words that a shell makes of the command, when docker is a function that prints them."""
    script = "docker() { printf '%s\\0' docker \"$@\"; }\n" + command
    with tempfile.TemporaryDirectory() as folder:
        done = subprocess.run(["/bin/bash", "-e", "-u", "-c", script], cwd=folder, capture_output=True, timeout=60,
                              check=False, env={"PATH": "/nonexistent", "HOME": "/root"})
        left = os.listdir(folder)
    if done.returncode != 0 or done.stderr or left:
        raise readback.Unreadable("the shell: %r, %r" % (done.stderr, left))
    return done.stdout.decode().split("\0")[:-1]


def demand_command(document, text):
    words = words_of(text.split("\n\n# Kubernetes:")[0])
    if words != document["command"]:
        raise readback.Unreadable("the shell has %r, the JSON %r" % (words, document["command"]))
    # Nothing of the image became an option, and the image is the last word.
    options = {word for word in words[2:-1] if word.startswith("-")}
    if not options <= SAFE_OPTIONS or words[-1].startswith("-"):
        raise readback.Unreadable("options of the command: %r" % words)


def demand_pod(document, text):
    pod = yaml.safe_load("# Kubernetes:" + text.split("\n\n# Kubernetes:")[1])
    (container,) = pod["spec"]["containers"]
    if set(pod) != {"apiVersion", "kind", "metadata", "spec"} or container["image"] != document["image"]:
        raise readback.Unreadable("another pod: %r" % pod)
    context = dict(container["securityContext"])
    context["capabilities"].setdefault("add", [])
    if context != document["securityContext"]:
        raise readback.Unreadable("the pod has %r, the JSON %r" % (context, document["securityContext"]))
    mounts = [mount["mountPath"] for mount in container.get("volumeMounts", [])]
    if mounts != [mount["path"] for mount in document["mounts"]]:
        raise readback.Unreadable("the pod mounts %r" % mounts)


def demand_lines(text):
    """Every line is a comment, a part of the command, or of the pod: no string began one of its own."""
    for line in text.split("\n"):
        if line.lstrip().startswith("#"):
            readback.undo(line)
        if not re.match(r"#|docker run|  |$|(apiVersion|kind|metadata|spec):", line):
            raise readback.Unreadable("a line of its own: %r" % line)


def try_image(texts):
    bundle = image_of(texts)
    document = readback.strict_json(run("run-args", "-o", "json", "-", bundle=bundle, statuses=(0, 3)))
    for text in readback.strings_in(document):
        readback.demand_harmless(text)
    text = readback.demand_text(run("run-args", "-", bundle=bundle, statuses=(0, 3)))
    demand_lines(text)
    demand_command(document, text)
    demand_pod(document, text)
    lost = mountable(texts) - {mount["path"] for mount in document["mounts"]}
    if lost:
        raise readback.Unreadable("not mounted: %r" % lost)


def main():
    texts = [text for text in map(strings.as_json, strings.read())
             if text and len(text.encode("utf-8", "replace")) < 250]
    texts = [json.loads(json.dumps(text)).encode("utf-16", "replace").decode("utf-16") for text in texts]
    for start in range(0, len(texts), EACH):
        try_image(texts[start:start + EACH])
    print("%d strings" % len(texts))
    return 0


if __name__ == "__main__":
    sys.exit(main())
