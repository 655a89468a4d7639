"""Runs silt, and lets no careless word of it pass."""

import os
import re
import subprocess

import readback


def run(*arguments, bundle=b"", statuses=(0, 1, 3), said=None):
    """What silt wrote to standard output. Whatever it said beside that, which goes to `said`, is harmless lines."""
    done = subprocess.run([os.environ["SILT"], *arguments], input=bundle, capture_output=True, timeout=120, check=False)
    if done.returncode not in statuses:
        raise readback.Unreadable("%r ended with %d: %r" % (arguments, done.returncode, done.stderr[:500]))
    text = readback.demand_text(done.stderr)
    if text and not re.fullmatch(r"(silt: [^\n]+\n)+", text):
        raise readback.Unreadable("standard error: %r" % text[:500])
    for line in text.split("\n"):
        readback.undo(line)
    if said is not None:
        said.append(done.stderr)
    return done.stdout
