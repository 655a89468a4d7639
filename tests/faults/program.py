"""Runs silt itself over inputs, and fails its system calls and allocations in turn.

    program.py [--inputs NAME,...] [--allocations N] [--calls N]

--allocations N: of every input N allocations, spread over the whole run, each once and with all that follow.
--calls N: of the calls of every kind at most N, spread likewise; 0: all.

SILT, FAULTS_SYSCALLS and FAULTS_PRELOAD name the programs. What must hold, whatever fails:

  * The exit status is one that docs/exit-status.md has. It is 0 or 1 only if nothing was lost: then the report is the one
    that comes without the fault.
  * With --output: the old report stays, or a whole new one is there, and nothing else is left in its folder.
  * On standard output: what says that all went well has the whole report before it.
"""

import argparse
import json
import os
import struct
import subprocess
import sys
import tempfile

HERE = os.path.dirname(os.path.abspath(__file__))
OLD = b"the old report\n"
SETTINGS = "quiet: true\nfail-on: low\nlimit: [entries=1000000, git-depth=1000]\n"
KEYS = {"schema", "silt", "bundles", "summary"}
LIST = ("clean.tar", "leaky.tar", "oci.tar", "oci.tar.xz", "oci.tar.bz2", "oci.tar.zst", "clean.tar.gz",
        "layout-legacy.tar", "layout-containerd.tar", "root-keys.tar", "root-databases.tar", "root-nested.tar",
        "root-git.tar", "root-facts.tar", "cut.tar.gz", "disputed.tar", "history.tar", "oci-folder", "house.tar",
        "no-image")

# Faults, and whether a program has to live with them as if nothing had happened.
FAULTS = [("read", "short", True), ("read", "EINTR", True), ("read", "EAGAIN", False), ("read", "EIO", False),
          ("write", "short", True), ("write", "EINTR", False), ("write", "EIO", False), ("write", "ENOSPC", False),
          ("write", "EPIPE", False), ("open", "EMFILE", False), ("open", "EACCES", False), ("stat", "EIO", False),
          ("directory", "EIO", False), ("sync", "EIO", False), ("close", "EIO", False), ("rename", "EACCES", False),
          ("map", "ENOMEM", False)]
FOR_GOOD = {("read", "short"), ("write", "short"), ("read", "EIO"), ("write", "ENOSPC"), ("write", "EPIPE"),
            ("open", "EMFILE"), ("stat", "EIO"), ("map", "ENOMEM")}
DOCUMENTED = {0, 1, 2, 3, 4, 70}
CANNOT = 77  # of faults_syscalls


class Outcome:
    def __init__(self, status, report, said, left):
        self.status, self.report, self.said, self.left = status, report, said, left


class Command:
    """One command line of silt. `to_file`: the report goes to a file, over an old one."""

    def __init__(self, folder, words, to_file):
        self.folder, self.words, self.to_file = folder, words, to_file

    def run(self, prefix=(), more=None):
        with tempfile.TemporaryDirectory(dir=self.folder) as place:
            report = os.path.join(place, "report")
            output = ["--output", "json=" + report] if self.to_file else []
            with open(report, "wb") as file:
                file.write(OLD if self.to_file else b"")
            with open(report, "ab") as file:
                done = subprocess.run([*prefix, os.environ["SILT"], *self.words, *output], cwd=self.folder,
                                      stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL if self.to_file else file,
                                      stderr=subprocess.PIPE, timeout=300, check=False,
                                      env={**os.environ, "SOURCE_DATE_EPOCH": "1700000000", **(more or {})})
            with open(report, "rb") as file:
                text = file.read()
            return Outcome(done.returncode, text, done.stderr.decode(errors="replace").strip(),
                           sorted(set(os.listdir(place)) - {"report"}))


def whole_json(text):
    try:
        return KEYS <= json.loads(text).keys()
    except ValueError:
        return False


def complaint(command, want, got, harmless, silenced):
    """Why `got` is not as it must be; None if it is. `silenced`: standard error cannot be written either."""
    if got.status not in DOCUMENTED:
        return "exit status %d" % got.status
    if got.left:
        return "left behind: " + " ".join(got.left)
    if harmless and (got.status, got.report) != (want.status, want.report):
        return "a fault that a program has to live with changes the outcome"
    if got.status in (0, 1) and got.status != want.status:
        return "exit status %d instead of %d" % (got.status, want.status)
    if got.report == want.report:
        return None
    if got.status in (0, 1):
        return "another report, and exit status %d" % got.status
    if not got.said and not silenced:
        return "not a word about it"
    if command.to_file and got.report != OLD and not (got.status == 3 and whole_json(got.report)):
        return "neither the old report nor a whole new one"
    return None


class Campaign:
    def __init__(self, arguments):
        self.arguments, self.runs, self.wrong = arguments, 0, 0

    def judge(self, name, command, want, got, what, harmless=False):
        self.runs += 1
        # The process that audits leaves it to the one that writes to say why its pipe is closed.
        silenced = what.startswith("write ") and (what.endswith("+") or "EPIPE" in what)
        why = complaint(command, want, got, harmless, silenced)
        if why:
            self.wrong += 1
            print("%s: %s: %s (%d: %s)" % (name, what, why, got.status, got.said), flush=True)

    def spread(self, count, most):
        """At most `most` of the numbers 1..count, the first and the last among them."""
        if most == 0 or count <= most:
            return range(1, count + 1)
        return sorted({1 + i * (count - 1) // (most - 1) for i in range(most)})

    def calls(self, name, command, want):
        account = os.path.join(command.folder, "account")

        def run(kind, how, number):
            got = command.run([os.environ["FAULTS_SYSCALLS"], kind, how, number, account])
            if got.status == CANNOT:
                print("skipped: system calls cannot be traced here: " + got.said)
                sys.exit(CANNOT)
            with open(account, encoding="ascii") as file:
                return got, [int(word) for word in file.read().split()]

        for kind, how, harmless in FAULTS:
            got, (count, _) = run(kind, how, "0")
            self.judge(name, command, want, got, "under the tracer", True)
            for number in self.spread(count, self.arguments.calls):
                for plus in ("", "+") if (kind, how) in FOR_GOOD else ("",):
                    got, _ = run(kind, how, "%d%s" % (number, plus))
                    self.judge(name, command, want, got, "%s %s %d%s" % (kind, how, number, plus), harmless)

    def allocations(self, name, command, want):
        account = os.path.join(command.folder, "account")

        def run(number):
            got = command.run(more={"LD_PRELOAD": os.environ["FAULTS_PRELOAD"], "FAULTS_HEAP": number,
                                    "FAULTS_ACCOUNT": account})
            with open(account, "rb") as file:
                return got, struct.unpack("=QQ", file.read())

        got, (count, _) = run("0")
        self.judge(name, command, want, got, "counted", True)
        for number in self.spread(count, self.arguments.allocations) if self.arguments.allocations else ():
            for plus in ("", "+"):
                got, _ = run("%d%s" % (number, plus))
                self.judge(name, command, want, got, "allocation %d%s" % (number, plus))

    def one(self, folder, name, options):
        with open(os.path.join(folder, "settings.yaml"), "w", encoding="ascii") as file:
            file.write(SETTINGS)
        base = ["--config", "settings.yaml", *options, name]
        for words, to_file in ((["scan", *base], True), (["scan", "--output", "text", *base], False),
                               (["diff", "--output", "text", *base[:2], "leaky.tar", name], False)):
            command = Command(folder, words, to_file)
            want = command.run()
            if want.status not in DOCUMENTED:
                sys.exit("%s: exit status %d without any fault: %s" % (name, want.status, want.said))
            self.calls(name, command, want)
            self.allocations(name, command, want)


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--inputs", default=",".join(LIST))
    parser.add_argument("--allocations", type=int, default=100)
    parser.add_argument("--calls", type=int, default=0)
    arguments = parser.parse_args()
    campaign = Campaign(arguments)
    with tempfile.TemporaryDirectory() as folder:
        made = subprocess.run([sys.executable, "-B", os.path.join(HERE, "inputs.py"), folder, "formats"], check=True,
                              capture_output=True, text=True).stdout
        options = {line.split()[0]: line.split()[1:] for line in made.splitlines()}
        for name in arguments.inputs.split(","):
            before = campaign.runs
            campaign.one(folder, name, options[name])
            print("%s: %d runs" % (name, campaign.runs - before), flush=True)
    print("%d runs of the program, %d wrong" % (campaign.runs, campaign.wrong))
    sys.exit(1 if campaign.wrong else 0)


if __name__ == "__main__":
    main()
