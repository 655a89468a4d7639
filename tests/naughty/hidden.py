"""Puts a secret beside every string in one position of an image; no report may show it: hidden.py POSITION

A rule knows a token by what stands at its sides, so strings that end in a letter or digit lose that end. The second
time it is the length before the token that varies: texts are cut, and no part of a token may be left by that. The third
time it is the password of a URL.
"""

import re
import sys

import images
import strings
from program import run

WORD = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_"


def between(number, string):
    return string.rstrip(WORD) + images.token(number) + string.lstrip(WORD)


def pushed(number, string):
    return b"x" * (number % 130) + b" " + images.token(number) + b" " + string


def in_url(number, string):
    """A password in a URL, of which paths lose a slash and cuts the host."""
    password = images.PARTS[0] + "%d" % number + images.PARTS[1]
    return string.rstrip(WORD) + b"postgres://app:%s@db.example.org:5432/" % password.encode() + string.lstrip(WORD)


SCANS = [["scan", "-o", "json", "--show-suppressed"], ["scan", "--show-suppressed"],
         ["scan", "-o", "sarif", "--show-suppressed"], ["scan", "-o", "gitlab"], ["scan", "-o", "codequality"]]

# For each way to put secrets beside strings, the outputs that are looked at.
TRIALS = [(between, SCANS + [["run-args"], ["run-args", "-o", "json"], ["scan", "--image", "no:such"]]),
          (pushed, SCANS), (in_url, SCANS)]


def output(arguments, bundle):
    """All that silt says of a bundle."""
    said = []
    return run(*arguments, "-", bundle=bundle, statuses=(0, 1, 2, 3), said=said) + b"".join(said)


def main():
    make, _ = images.POSITIONS[sys.argv[1]]
    leak = re.compile(b".{,80}(?:%s).{,40}" % b"|".join(part.encode() for part in images.PARTS))
    leaks = []
    for compose, ways in TRIALS:
        bundle = make([(number, compose(number, string)) for number, string in enumerate(strings.read())
                       if len(string) < 300])
        for arguments in ways:
            told = output(arguments, bundle)
            if any(part.encode() in told for part in images.PARTS):
                leaks += leak.findall(told)
    print("%d parts of secrets are shown" % len(leaks), *leaks[:5], sep="\n")
    return 1 if leaks else 0


if __name__ == "__main__":
    sys.exit(main())
