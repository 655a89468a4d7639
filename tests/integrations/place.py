"""A folder with a project in it, the programs its pipeline calls, and what they did.

silt is the one under test, and the shell and its tools are those of the system. One program is a stand-in: `docker`,
for there is no daemon. `docker save` gives the bytes of a file, or fails if there is none; what else it is told is noted and
succeeds.
"""

import os
import shutil
import subprocess

DOCKER = """#!/bin/sh
echo "$*" >>"$DOCKER_LOG"
[ "$1" != login ] || cat >/dev/null # or the password would be written into a closed pipe
[ "$1" = save ] || exit 0
[ -f "$DOCKER_IMAGE" ] || { echo "Error response from daemon: reference does not exist" >&2; exit 1; }
[ "$2" != --output ] || exec cp "$DOCKER_IMAGE" "$3"
exec cat "$DOCKER_IMAGE"
"""


class Place:
    def __init__(self, folder, image):
        self.project = os.path.join(folder, "project")
        self.programs = os.path.join(folder, "bin")
        self.log = os.path.join(folder, "docker.log")
        for path in (self.project, self.programs, os.path.join(folder, "home")):
            os.mkdir(path)
        os.symlink(os.path.realpath(os.environ["SILT"]), os.path.join(self.programs, "silt"))
        docker = os.path.join(self.programs, "docker")
        with open(docker, "w", encoding="ascii") as file:
            file.write(DOCKER)
        os.chmod(docker, 0o755)
        # Nothing of who runs the test: a SILT_... or MAKEFLAGS of his would be another run.
        self.environment = {"PATH": self.programs + ":" + os.environ["PATH"], "HOME": os.path.join(folder, "home"),
                            "LC_ALL": "C.UTF-8", "DOCKER_LOG": self.log, "DOCKER_IMAGE": image}

    def path(self, name):
        return os.path.join(self.project, name)

    def has(self, name):
        return os.path.isfile(self.path(name))

    def read(self, name):
        with open(self.path(name), encoding="utf-8") as file:
            return file.read()

    def copy(self, source, name):
        os.makedirs(os.path.dirname(self.path(name)), exist_ok=True)
        shutil.copyfile(source, self.path(name))

    def run(self, command, variables=None):
        """Exit status and output."""
        print("+ " + command[-1].strip().replace("\n", "\n  "))
        done = subprocess.run(command, cwd=self.project, env={**self.environment, **(variables or {})}, timeout=120,
                              stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, check=False)
        text = done.stdout.decode()
        print(text[:2000] + "= %d" % done.returncode)
        return done.returncode, text

    def docker_was_told(self, word):
        """Whether docker was called with this as its first word."""
        if not os.path.exists(self.log):
            return False
        with open(self.log, encoding="utf-8") as file:
            return any(line.split()[0] == word for line in file)
