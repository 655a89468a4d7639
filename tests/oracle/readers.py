"""What each reader makes of a tar, in one form: a Listing of Entries, and why it stopped if it did not like it."""
import dataclasses
import io
import os
import re
import shutil
import subprocess
import tarfile

import lister

BODY_MAX = 1 << 20
MASK = (1 << 64) - 1


@dataclasses.dataclass
class Entry:
    path: bytes
    type: str
    link: bytes = b""
    mode: int = 0
    uid: int = 0
    gid: int = 0
    size: int = 0
    mtime: int = 0
    device: tuple = (0, 0)
    xattrs: dict | None = dataclasses.field(default_factory=dict)  # None: not told
    body: str | None = "0" * 16  # None: not told
    flag: str = ""               # the type as the header has it, as far as told


@dataclasses.dataclass
class Listing:
    entries: list
    error: str = ""      # where it gave up; entries are those before
    notes: list = dataclasses.field(default_factory=list)  # silt's


def plain(path):
    """A slash behind the name of a directory means nothing to any of them."""
    return path.rstrip(b"/") or path[:1]


def body_sum(data):
    """As in list_entries.c."""
    total = 0
    for at, byte in enumerate(data):
        if byte:
            place = (at + 1) * 0x9E3779B97F4A7C15 & MASK
            total += (place ^ byte * 0xC2B2AE3D27D4EB4F & MASK) * 0x165667B19E3779F9
    return "%016x" % (total & MASK)


# ---- Those that speak JSON: silt, Go -------------------------------------------------------------------------------

def entry_of(line):
    # Go's lister, which tells the flag, tells every body that could be read.
    no_body = None if line["size"] > BODY_MAX or "flag" in line else "0" * 16
    return Entry(plain(line["entry"].encode("latin-1")), line["type"], line["link"].encode("latin-1"), line["mode"],
                 line["uid"], line["gid"], line["size"], line["mtime"], (line["major"], line["minor"]),
                 {key[6:]: bytes.fromhex(value) for key, value in line.items() if key.startswith("xattr:")},
                 line.get("body", no_body), line.get("flag", ""))


def by_program(program, files):
    """Listings of many files by one run of one of the listers."""
    listings = []
    for line in lister.ask(program, files):
        if "tar" in line:
            listings.append(Listing([]))
        elif "entry" in line:
            entry = entry_of(line)
            if line.get("reading") == "other":
                listings[-1].notes.append("another reading")
            else:
                listings[-1].entries.append(entry)
        elif "body" in line:
            entry.body = line["body"]
        elif "note" in line:
            listings[-1].notes.append(line["note"])
        else:
            listings[-1].error = line["error"]
    return listings


def go_lister(folder):
    """Builds the lister in Go. None: there is no Go here."""
    go = shutil.which("go") or shutil.which("/usr/local/go/bin/go")
    if not go:
        return None
    program = os.path.join(folder, "list_entries_go")
    source = os.path.join(os.path.dirname(os.path.abspath(__file__)), "list_entries.go")
    subprocess.run([go, "build", "-o", program, source], check=True, timeout=300,
                   env={**os.environ, "GO111MODULE": "off", "GOFLAGS": "",
                        "GOCACHE": os.environ.get("ORACLE_GO_CACHE", os.path.join(folder, "go-cache"))})
    return program


# ---- Python --------------------------------------------------------------------------------------------------------

PYTHON_TYPES = {tarfile.REGTYPE: "file", tarfile.AREGTYPE: "file", tarfile.CONTTYPE: "file",
                tarfile.GNUTYPE_SPARSE: "file", tarfile.LNKTYPE: "hardlink", tarfile.SYMTYPE: "symlink",
                tarfile.DIRTYPE: "directory", tarfile.CHRTYPE: "char-device", tarfile.BLKTYPE: "block-device",
                tarfile.FIFOTYPE: "fifo"}


def name_bytes(text):
    return text.encode("utf-8", "surrogateescape")


def entry_of_member(archive, member):
    kind = PYTHON_TYPES.get(member.type, "other")
    xattrs = {key[13:]: name_bytes(value) for key, value in member.pax_headers.items()
              if key.startswith("SCHILY.xattr.")}
    body = None
    if kind not in ("file", "other"):
        body = "0" * 16
    elif member.size <= BODY_MAX:
        body = body_sum(archive.extractfile(member).read())
    link = name_bytes(member.linkname) if kind in ("hardlink", "symlink") else b""
    device = (member.devmajor, member.devminor) if kind.endswith("device") else (0, 0)
    return Entry(plain(name_bytes(member.name)), kind, link, member.mode & 0o7777, member.uid, member.gid, member.size,
                 int(member.mtime // 1), device, xattrs, body, member.type.decode("latin-1"))


def by_python(source):
    """`source`: a file name, or the bytes of a tar."""
    listing = Listing([])
    file = io.BytesIO(source) if isinstance(source, bytes) else open(source, "rb")
    try:
        with file, tarfile.open(fileobj=file, mode="r:", encoding="utf-8", errors="surrogateescape") as archive:
            for member in archive:
                listing.entries.append(entry_of_member(archive, member))
    except (tarfile.TarError, OSError, ValueError) as trouble:
        listing.error = str(trouble) or type(trouble).__name__
    return listing


# ---- GNU tar -------------------------------------------------------------------------------------------------------

GNU_TYPES = {"-": "file", "h": "hardlink", "l": "symlink", "d": "directory", "c": "char-device", "b": "block-device",
             "p": "fifo", "C": "file"}
GNU_LINE = re.compile(rb'(.)([rwxstST-]{9})[.+]? (-?\d+)/(-?\d+) +(\d+,\d+|\d+)'
                      rb' (-?\d+-\d\d-\d\d) (\d\d:\d\d:\d\d)(?:\.\d+)?'
                      rb' +"((?:[^"\\]|\\.)*)"(?:(?: -> | link to )"((?:[^"\\]|\\.)*)")?.*')
C_ESCAPES = {b"a": 7, b"b": 8, b"f": 12, b"n": 10, b"r": 13, b"t": 9, b"v": 11}


def unquote(text):
    def undo(match):
        what = match.group(1)
        return bytes([int(what, 8)]) if what[:1].isdigit() else bytes([C_ESCAPES[what]]) if what in C_ESCAPES else what
    return re.sub(rb"\\([0-7]{3}|.)", undo, text, flags=re.DOTALL)


def mode_of(text):
    """Of "rwsr-xr-T"."""
    bits = 0
    for at, letter in enumerate(text):
        if letter in "rwxst":
            bits |= 0o400 >> at
        if letter in "sStT":
            bits |= (0o4000, 0o2000, 0o1000)[at // 3]
    return bits


def seconds_of(day, time):
    """Since 1970, UTC; days before the year 1 too."""
    import datetime
    moment = datetime.datetime.fromisoformat(f"{day} {time}").replace(tzinfo=datetime.timezone.utc)
    return int(moment.timestamp())


def entry_of_line(line):
    match = GNU_LINE.fullmatch(line)
    if not match:
        raise SystemExit(f"a line of GNU tar that is not understood: {line!r}")
    kind, mode, uid, gid, size, day, time, path, link = match.groups()
    device = tuple(map(int, size.split(b","))) if b"," in size else (0, 0)
    return Entry(plain(unquote(path)), GNU_TYPES.get(kind.decode(), "other"), unquote(link or b""),
                 mode_of(mode.decode()), int(uid), int(gid), 0 if b"," in size else int(size),
                 seconds_of(day.decode(), time.decode()), device, xattrs=None, body=None, flag=kind.decode())



def by_gnu_tar(file):
    done = subprocess.run(["tar", "--list", "--verbose", "--numeric-owner", "--full-time", "--quoting-style=c", "--utc",
                           "--file", file], capture_output=True, timeout=60, check=False,
                          env={**os.environ, "LC_ALL": "C", "TZ": "UTC0"})
    return Listing([entry_of_line(line) for line in done.stdout.splitlines()],
                   "" if done.returncode == 0 else done.stderr.decode(errors="replace"))


# ---- bsdtar --------------------------------------------------------------------------------------------------------

def by_bsdtar(file, sparse=False):
    """
    It prints times for people only; so it writes what it read again, and Python reads that. Python cannot read a pax
    file that is one hole: those in GNU's format, which libarchive fills with zeros.
    """
    done = subprocess.run(["bsdtar", f"--format={'gnutar' if sparse else 'pax'}", "-cf", "-", "@" + file],
                          capture_output=True, timeout=60, check=False,
                          env={**os.environ, "LC_ALL": "C.UTF-8", "TZ": "UTC0"})
    listing = by_python(done.stdout)
    if done.returncode != 0:
        listing.error = done.stderr.decode(errors="replace")
    return listing
