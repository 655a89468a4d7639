#!/usr/bin/env python3
"""Types a line into an interactive shell and waits for a file: typed.py FILE LINE COMMAND...

"\\t" in LINE is the tabulator; the line is sent when the shell has made FILE.ready, and should make FILE itself.
"""
import os
import pty
import select
import sys
import time


def wait_for(path, terminal):
    for _ in range(600):
        if select.select([terminal], [], [], 0.05)[0]:
            try:
                os.read(terminal, 65536)
            except OSError:
                break
        if os.path.exists(path):
            return True
    return os.path.exists(path)


def main():
    path, line, command = sys.argv[1], sys.argv[2], sys.argv[3:]
    pid, terminal = pty.fork()
    if pid == 0:
        os.execvp(command[0], command)
    ready = wait_for(path + ".ready", terminal)
    for piece in line.replace("\\t", "\t") + "\n":
        os.write(terminal, piece.encode())
        time.sleep(0.3 if piece == "\t" else 0.01)
    done = ready and wait_for(path, terminal)
    os.close(terminal)
    os.waitpid(pid, 0)
    return 0 if done else 1


sys.exit(main())
