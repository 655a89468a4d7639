#!/usr/bin/env python3
"""Types a line into an interactive shell and waits for its end: typed.py FILE LINE COMMAND...

"\\t" in LINE is the tabulator; the line is typed when the shell has made FILE.ready. What it runs must end the shell, and
make FILE.
"""
import os
import pty
import select
import sys
import time

PATIENCE = 60  # seconds


def read_until(terminal, is_done):
    """Reads what the shell shows. False if it ended, or nothing came of it."""
    end = time.monotonic() + PATIENCE
    while not is_done() and time.monotonic() < end:
        if select.select([terminal], [], [], 0.05)[0]:
            try:
                os.read(terminal, 65536)
            except OSError:  # nobody has the other side any more
                return False
    return is_done()


def main():
    path, line, command = sys.argv[1], sys.argv[2], sys.argv[3:]
    pid, terminal = pty.fork()
    if pid == 0:
        os.execvp(command[0], command)
    if read_until(terminal, lambda: os.path.exists(path + ".ready")):
        for letter in line.replace("\\t", "\t") + "\n":
            os.write(terminal, letter.encode())
            time.sleep(0.01)
        read_until(terminal, lambda: False)
    os.close(terminal)
    os.waitpid(pid, 0)
    return 0 if os.path.exists(path) else 1


sys.exit(main())
