"""Strings on a terminal: the only control sequences that it gets are our own, of colours and of the progress line."""

import os
import pty
import re
import subprocess
import sys
import threading
import time
import tty

import images
import readback
import strings

# To the start of the line; erase to its end.
PROGRESS = re.compile(rb"\r|\x1b\[K")

# Pieces in which the bundle comes in, so slowly that the progress line is drawn for each.
PIECES, PAUSE = 12, 0.15


def feed(pipe, bundle):
    size = len(bundle) // PIECES + 1
    for at in range(0, len(bundle), size):
        pipe.write(bundle[at:at + size])
        pipe.flush()
        time.sleep(PAUSE)
    pipe.close()


def read_all(descriptor):
    said = b""
    while True:
        try:
            more = os.read(descriptor, 65536)
        except OSError:
            return said  # the other end is closed
        if not more:
            return said
        said += more


def run(bundle, *arguments):
    """All that a terminal got, byte by byte, and the status."""
    here, there = pty.openpty()
    tty.setraw(there)
    environment = {**os.environ, "TERM": "xterm-256color"}
    environment.pop("NO_COLOR", None)
    child = subprocess.Popen([os.environ["SILT"], "scan", *arguments, "-"], stdin=subprocess.PIPE, stdout=there,
                             stderr=there, env=environment)
    os.close(there)
    feeder = threading.Thread(target=feed, args=(child.stdin, bundle))
    feeder.start()
    said = read_all(here)
    feeder.join()
    os.close(here)
    return said, child.wait(timeout=60)


def main():
    bundle = images.POSITIONS["member"][0](list(enumerate(strings.read())))
    said, status = run(bundle)
    if status not in (0, 1, 3) or not PROGRESS.search(said) or not readback.COLOUR.search(said):
        raise readback.Unreadable("no progress or no colour, status %d" % status)
    text = readback.demand_text(readback.COLOUR.sub(b"", PROGRESS.sub(b"\n", said)))
    for line in text.split("\n"):
        if not line.startswith("-: "):  # the progress line ends where the terminal does
            readback.undo(line)
    print("%d bytes, %d times the line was drawn" % (len(said), len(PROGRESS.findall(said)) // 2))
    return 0


if __name__ == "__main__":
    sys.exit(main())
