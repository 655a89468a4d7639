"""Strings as words of the command line: whatever silt says to them is one harmless line."""

import sys

import readback
import strings
from program import run

# What a word may be. None of them names a file that could be there.
WAYS = [
    lambda word: [b"x" + word],
    lambda word: [b"scan", b"--fail-on", word, b"x"],
    lambda word: [b"scan", b"--x" + word],
    lambda word: [b"scan", b"no-such-folder/" + word],
    lambda word: [b"explain", b"x" + word],
    lambda word: [b"scan", b"--platform", b"x" + word, b"no-such-folder/x"],
    lambda word: [b"scan", b"--only", b"x" + word, b"no-such-folder/x"],
    lambda word: [b"run-args", b"--output", b"no-such-folder/" + word, b"no-such-folder/x"],
    lambda word: [b"scan", b"--rules", b"no-such-folder/" + word, b"x"],
    lambda word: [b"config", b"show", b"--config", b"no-such-folder/" + word],
]


def main():
    words = [word for word in strings.read() if b"\0" not in word][::2]  # each is a process
    for number, word in enumerate(words):
        said = []
        written = run(*WAYS[number % len(WAYS)](word), statuses=(2, 4), said=said)
        if written or len(said[0].split(b"\n")) != 2:
            raise readback.Unreadable("%r: %r" % (word, said))
    print("%d words" % len(words))
    return 0


if __name__ == "__main__":
    sys.exit(main())
