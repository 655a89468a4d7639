"""Who runs on which input."""

import json
import os
import shutil
import subprocess
import tempfile

from measure import Contestant

SCAN = (0, 1, 3)  # system files may hold what is damaged; a table says which status there was


class Programs:
    """The programs that are measured, and a folder for what they write."""

    def __init__(self, silt, matching, stages, folder):
        self.silt, self.matching, self.stages, self.folder = silt, matching, stages, folder
        self.answer = os.path.join(folder, "answer")
        self.anchors = os.path.join(folder, "anchors")
        with open(self.anchors, "wb") as file:
            subprocess.run([matching, "--anchors"], stdout=file, check=True)

    def has_cache(self):
        help_text = subprocess.run([self.silt, "scan", "--help"], stdout=subprocess.PIPE, check=True).stdout
        return b"--cache" in help_text

    def scan(self, image, name="silt", options=(), before=None):
        return Contestant(name, [self.silt, "scan", "-q", *options, image["path"]], [image["path"]], before=before,
                          statuses=SCAN)

    def scan_of_pipe(self, image):
        return Contestant("silt from a pipe", [self.silt, "scan", "-q", "--name", "piped", "-"], [image["path"]],
                          ["cat", image["path"]], statuses=SCAN)

    def scans(self, image):
        return [self.scan(image), self.scan(image, "silt --jobs 1", ["--jobs", "1"])]

    def literals(self, blobs):
        """The literal engine over the files of the layers; the rest of that program's time is not counted."""
        def answer(sample):
            with open(self.answer, encoding="ascii") as file:
                sample.wall = sample.cpu = json.load(file)["literals"]["best"]
            return sample
        return Contestant("literals alone", [self.matching, "--json", "--rounds", "1", *blobs], output=self.answer,
                          answer=answer)

    def grep(self, target, options):
        """With its output in a file: to /dev/null grep stops at the first line that matches."""
        return Contestant("grep -%sF -f anchors" % options, ["env", "LC_ALL=C", "grep", "-c%sF" % options, "-f",
                                                             self.anchors, target],
                          [target], output=self.answer, statuses=(0, 1))


def hashers(image):
    return [Contestant("sha256sum", ["sha256sum", image["path"]], [image["path"]]),
            Contestant("openssl dgst -sha256", ["openssl", "dgst", "-sha256", image["path"]], [image["path"]])]


def listers(blob):
    return [Contestant("tar tf", ["tar", "tf", blob], [blob]),
            Contestant("tar tf -", ["tar", "tf", "-"], [blob], ["cat", blob])]


def unpackers(image, packer):
    commands = [[packer, "-dc"]] + ([["igzip", "-dc"]] if packer == "gzip" and shutil.which("igzip") else [])
    return [Contestant(" ".join(command), command + image["blobs"], image["blobs"]) for command in commands]


def of_layers(programs, images, tree):
    """Rows of (image, contestants). `tree`: the files of the layers, unpacked."""
    one, four = images["one plain"], images["four plain"]
    yield "four plain", (programs.scans(four) + [programs.scan_of_pipe(four)] + hashers(four)
                         + [programs.literals(one["blobs"])] + listers(one["blobs"][0]) + [programs.grep(tree, "ra")])
    yield "one plain", programs.scans(one) + [programs.scan_of_pipe(one)] + hashers(one)
    for packer in ("gzip", "zstd"):
        for count in ("four", "one"):
            image = images[count + " " + packer]
            yield count + " " + packer, (programs.scans(image) + [programs.scan_of_pipe(image)]
                                         + unpackers(image, packer))


def of_bare(programs, images):
    one, four = images["one bare"], images["four bare"]
    yield "four bare", programs.scans(four) + hashers(four) + [programs.literals(one["blobs"])]
    yield "one bare", programs.scans(one) + hashers(one)


def of_small(programs, images):
    image = images["small"]
    yield "small", programs.scans(image) + hashers(image) + listers(image["blobs"][0])


def of_big(programs, images):
    yield "big", programs.scans(images["big"]) + hashers(images["big"])


def of_dense(programs, images):
    image = images["dense"]
    yield "dense", programs.scans(image) + hashers(image) + [programs.grep(image["blobs"][0], "a"),
                                                             programs.literals(image["blobs"])]


def of_entries(programs, images):
    image = images["entries"]
    listing = Contestant("tar tf", ["sh", "-c", 'for layer; do tar tf "$layer"; done', "sh", *image["blobs"]],
                         image["blobs"])
    unused = programs.scan(images["unused"], "silt, of layers that no image uses")
    yield "entries", programs.scans(image) + [unused] + hashers(image) + [listing]


def of_looking(programs, images):
    """What is asked of one path, against reading all headers and doing nothing else."""
    path = "/usr/share/wanted/file"
    for name in ("looking", "looking, gzip"):
        image = images[name]
        headers = Contestant("reading the headers", [programs.stages, "--headers", *image["blobs"]], image["blobs"])
        yield name, [Contestant("silt " + command, [programs.silt, command, "-q", image["path"], path], [image["path"]])
                     for command in ("ls", "history", "cat")] + [headers]


def of_cache(programs, images):
    """Cold: an empty folder each time. Warm: a folder that a scan has filled."""
    for name in ("four plain", "four gzip"):
        image = images[name]
        cold = tempfile.mkdtemp(prefix="cold.", dir=programs.folder)
        warm = tempfile.mkdtemp(prefix="warm.", dir=programs.folder)

        def empty(folder=cold):
            shutil.rmtree(folder)
            os.mkdir(folder, 0o700)
        subprocess.run([programs.silt, "scan", "-q", "--cache", warm, image["path"]], stdout=subprocess.DEVNULL,
                       stderr=subprocess.DEVNULL, check=False)
        yield name + ", cache", [
            programs.scan(image, "cold", ["--cache", cold], empty), programs.scan(image, "warm", ["--cache", warm]),
            programs.scan(image, "warm --trust-digests", ["--cache", warm, "--trust-digests"]),
            programs.scan(image, "no cache")]
