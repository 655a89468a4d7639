"""Tars as real programs write them: GNU tar, bsdtar, Python and Go, each in every format it has, of trees that strain
the formats. Yields (name, file); the name says which writer and which format.
"""
import os
import shutil
import stat
import subprocess
import tarfile

CAPABILITY = bytes.fromhex("0100000200040000000000000000000000000000")  # cap_net_bind_service=ep


# ---- Trees ---------------------------------------------------------------------------------------------------------

def write(path, data=b"body\n", mode=0o644, mtime=1700000000):
    os.makedirs(os.path.dirname(path), exist_ok=True)
    with open(path, "wb") as file:
        file.write(data)
    os.chmod(path, mode)
    os.utime(path, (mtime, mtime))


def make_plain(tree):
    """What every format can hold."""
    write(f"{tree}/file")
    write(f"{tree}/empty", b"")
    write(f"{tree}/block", b"b" * 512)
    write(f"{tree}/more", b"m" * 513)
    write(f"{tree}/setuid", mode=0o4755)
    write(f"{tree}/setgid", mode=0o2750)
    write(f"{tree}/d/below/file", mtime=1)
    os.chmod(f"{tree}/d", 0o1777)
    os.symlink("../file", f"{tree}/d/symlink")
    os.symlink("/absolute", f"{tree}/absolute")
    os.symlink("nowhere", f"{tree}/dangling")
    os.link(f"{tree}/file", f"{tree}/hardlink")
    write(f"{tree}/spaces and -> arrows")


def make_special(tree):
    os.mkfifo(f"{tree}/fifo")
    if os.geteuid() == 0:
        os.mknod(f"{tree}/char", stat.S_IFCHR | 0o600, os.makedev(1, 3))
        os.mknod(f"{tree}/block-device", stat.S_IFBLK | 0o600, os.makedev(7, 300))


def make_names(tree):
    """Names that need a long form, and bytes that are no ASCII."""
    write(f"{tree}/{'n' * 99}")
    write(f"{tree}/{'n' * 100}")
    write(f"{tree}/{'n' * 101}")
    write(f"{tree}/{'p' * 150}/{'n' * 100}")
    write(f"{tree}/{'p' * 155}/{'q' * 60}/{'n' * 150}")
    os.symlink("t" * 100, f"{tree}/link-100")
    os.symlink("t" * 101, f"{tree}/link-101")
    os.symlink("t" * 1000, f"{tree}/link-1000")
    os.link(f"{tree}/{'n' * 101}", f"{tree}/hard-{'h' * 120}")
    os.makedirs(f"{tree}/{'d' * 120}")
    write(f"{tree}/caf\u00e9")
    write(os.fsencode(tree).decode() + "/\udcff\udcfe")
    write(f"{tree}/new\nline")
    write(f"{tree}/back\\slash")
    write(f"{tree}/quote\"d")


def make_numbers(tree):
    """Owners and times beyond their fields."""
    for number, owner in enumerate((0, 1000, 2097151, 2097152, 4294967294)):
        write(f"{tree}/owner-{number}")
        if os.geteuid() == 0:
            os.chown(f"{tree}/owner-{number}", owner, owner)
    for number, mtime in enumerate((0, -1, -86400 * 365, 2 ** 31, 2 ** 33, 2 ** 33 - 1)):
        write(f"{tree}/time-{number}", mtime=mtime)
    write(f"{tree}/fraction")
    os.utime(f"{tree}/fraction", ns=(10 ** 18 + 123456789,) * 2)


def make_sparse(tree):
    for name, size, pieces in (("head", 2 ** 20, [0]), ("tail", 2 ** 20, [2 ** 20 - 4096]), ("hole", 2 ** 18, []),
                               ("comb", 2 ** 20, range(0, 2 ** 20, 2 ** 16)), ("whole", 8192, [0, 4096])):
        with open(f"{tree}/{name}", "wb") as file:
            for piece in pieces:
                file.seek(piece)
                file.write(b"D" * 4096)
            file.truncate(size)
        os.utime(f"{tree}/{name}", (1, 1))


def make_attributes(tree):
    """False: no extended attributes here."""
    write(f"{tree}/plain")
    write(f"{tree}/user")
    write(f"{tree}/capability")
    os.mkdir(f"{tree}/folder")
    try:
        os.setxattr(f"{tree}/user", "user.note", b"a=b\n\0\xff")
        os.setxattr(f"{tree}/user", "user.empty", b"")
        os.setxattr(f"{tree}/folder", "user.note", b"of a folder")
        os.setxattr(f"{tree}/capability", "security.capability", CAPABILITY)
    except OSError:
        return False
    return True


TREES = {"plain": make_plain, "special": make_special, "names": make_names, "numbers": make_numbers,
         "sparse": make_sparse, "attributes": make_attributes}


# ---- Writers -------------------------------------------------------------------------------------------------------

def run(*command):
    """A format that cannot hold a name leaves it out, and says so by its status."""
    done = subprocess.run(command, capture_output=True, timeout=60, check=False,
                          env={**os.environ, "LC_ALL": "C.UTF-8", "TZ": "UTC0"})
    if done.returncode not in (0, 1, 2):
        raise SystemExit(f"{' '.join(command)}: {done.stderr.decode(errors='replace')}")


def by_gnu_tar(tree, kind, out):
    for style in ("v7", "oldgnu", "gnu", "ustar", "posix"):
        options = [[]]
        if kind == "sparse" and style in ("oldgnu", "gnu", "posix"):
            options = [["--sparse"]]
            if style == "posix":
                options = [["--sparse", f"--sparse-version={version}"] for version in ("0.0", "0.1", "1.0")]
        if kind == "attributes" and style == "posix":
            options = [["--xattrs", "--xattrs-include=*"]]
        if kind == "plain" and style in ("gnu", "oldgnu", "posix"):
            options += [["--label=a label"], ["--listed-incremental=/dev/null"], ["--numeric-owner"]]
        if kind == "plain" and style == "posix":
            options += [["--pax-option=globexthdr.name=g,comment=of all", "--label=l"]]
        for number, option in enumerate(options):
            file = f"{out}/gnu-{style}-{kind}-{number}.tar"
            run("tar", f"--format={style}", *option, "-C", tree, "-cf", file, ".")
            yield file


def by_bsdtar(tree, kind, out):
    for style in ("ustar", "pax", "rpax", "gnutar", "v7"):
        file = f"{out}/bsdtar-{style}-{kind}.tar"
        run("bsdtar", f"--format={style}", "--xattrs", "-C", tree, "-cf", file, ".")
        yield file


def by_python(tree, kind, out):
    for name, style in (("ustar", tarfile.USTAR_FORMAT), ("gnu", tarfile.GNU_FORMAT), ("pax", tarfile.PAX_FORMAT)):
        file = f"{out}/python-{name}-{kind}.tar"
        with tarfile.open(file, "w", format=style, encoding="utf-8", errors="surrogateescape") as archive:
            for path in sorted(found(tree), key=os.fsencode):
                try:
                    archive.add(path, os.path.relpath(path, tree), recursive=False)
                except (ValueError, OverflowError):
                    pass  # a name or number that the format cannot hold
        yield file


def found(tree):
    for folder, folders, files in os.walk(tree):
        for name in folders + files:
            yield os.path.join(folder, name)


def by_go(lister, tree, kind, out):
    """The lister writes, too: `list_entries_go FORMAT FOLDER FILE`."""
    for style in ("ustar", "pax", "gnu"):
        file = f"{out}/go-{style}-{kind}.tar"
        run(lister, style, tree, file)
        yield file


def written(folder, go):
    """Files of tars, in `folder`. `go`: the program in Go, or None."""
    for kind, make in TREES.items():
        tree = f"{folder}/trees/{kind}"
        os.makedirs(tree)
        if make(tree) is False:
            print("no extended attributes on this file system: tars with them are not compared")
            continue
        yield from by_gnu_tar(tree, kind, folder)
        yield from by_python(tree, kind, folder)
        if shutil.which("bsdtar"):
            yield from by_bsdtar(tree, kind, folder)
        if go:
            yield from by_go(go, tree, kind, folder)
