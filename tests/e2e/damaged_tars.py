"""Damaged tars, each with a token of its own in or behind the damage.

    damaged_tars.py FOLDER   writes FOLDER/matched/NAME and FOLDER/unknown/NAME

All bytes of those in `matched` can be seen, whatever is wrong with them. Of those in `unknown` something cannot: what
they are packed in is damaged, a limit is reached, or there may be one among more notes than are kept.
"""

import gzip
import os
import random
import sys
import tarfile

from secrets_at_run_time import github

GARBAGE = b"garbage " * 64


def secret():
    return b"token = %s\n" % github().encode()


def header(name, size, kind=tarfile.REGTYPE):
    info = tarfile.TarInfo(name)
    info.size, info.type = size, kind
    return info.tobuf(tarfile.USTAR_FORMAT)


def padded(content):
    return content + bytes(-len(content) % 512)


def member(name, content, kind=tarfile.REGTYPE):
    return header(name, len(content), kind) + padded(content)


def bad_sum(name, content):
    return header(name, len(content)).replace(b"ustar", b"usTar") + padded(content)


def bad_map(name, content):
    """A sparse file with a map that cannot be: Docker refuses to read it."""
    record = b"22 GNU.sparse.major=1\n22 GNU.sparse.minor=0\n"
    return member("pax", record, kind=tarfile.XHDTYPE) + member(name, b"1\n9\n9\n" + content)


END = bytes(1024)
FIRST = member("first", b"x" * 100)


def matched():
    yield "cut-in-a-body", FIRST + member("second", secret() + GARBAGE * 9)[:2000]
    yield "cut-in-a-header", member("first", secret()) + header("second", 0)[:300]
    yield "bad-checksum", FIRST + bad_sum("second", secret()) + END
    yield "bad-map", FIRST + bad_map("second", GARBAGE + secret()) + END
    yield "nothing-but-garbage-behind", FIRST + GARBAGE + padded(secret()) + GARBAGE
    yield "a-file-behind-garbage", FIRST + GARBAGE + member("second", secret()) + END
    yield "a-packed-file-behind-garbage", FIRST + GARBAGE + member("second.gz", gzip.compress(secret() * 3)) + END
    yield "packed-and-bad-within.gz", gzip.compress(FIRST + bad_sum("second", secret()) + END)


def unknown():
    noise = random.Random(1).randbytes(4000)
    yield "packed-and-cut.gz", gzip.compress(FIRST + member("second", secret() + noise) + END)[:-1000]
    large = member("pax", b"2097152 comment=".ljust(2097151, b"x") + b"\n", kind=tarfile.XHDTYPE)
    yield "limit", FIRST + large + member("second", secret()) + END
    flood = b"".join(bad_map("sparse%d" % i, GARBAGE) for i in range(120))
    yield "limit-behind-a-flood", flood + large + member("second", secret()) + END


def main():
    for folder, tars in ("matched", matched()), ("unknown", unknown()):
        os.makedirs(os.path.join(sys.argv[1], folder))
        for name, content in tars:
            with open(os.path.join(sys.argv[1], folder, name), "wb") as file:
                file.write(content)


if __name__ == "__main__":
    main()
