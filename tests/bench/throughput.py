"""The throughput gate: rules and the matcher must not become slow without anybody seeing it.

    throughput.py [RULES.yaml ...]        with these rules besides those that are shipped; MATCHING names the program

A rule, an option or another version of the library of literals can halve the speed of all matching. So the matcher is
compared with something in the same run that no rule changes, on a sample of texts and one of programs:

    literals / yardstick     what the anchors cost: the literal engine on them, and on 240 that never change
    scanner / literals       what confirming costs: rules with anchors that are met everywhere, slow patterns
    search / scanner         what the decoders beside it cost
    search / yardstick       all of it: half the speed here is half the speed of matching, whatever the reason

Two more are made: `dense`, the text of anchors of the bench, and `floods`, lines with anchors that come again and again.
What is confirmed at them is far from what the literals alone cost, and must not become farther:

    search / literals        what an anchor costs where there is nothing else

A speed below its floor fails. Floors are ratios of the best of many rounds that took turns, so a slow or busy machine
has the same ones. They stand at about 0.7 of what is usual: half the speed fails, noise does not.
"""

import json
import os
import random
import subprocess
import sys
import tempfile

import inputs
import oci
import system_files
from table import table

SAMPLE = 48 << 20
ROUNDS = 31
SAMPLES = {
    "text": (("/usr/share", "/usr/include", "/usr/lib/python3", "/etc"), system_files.is_text),
    "ELF": (("/usr/bin", "/usr/lib", "/usr/sbin"), system_files.is_elf),
}
# Bytes of the made samples, in all and of one flood, and rounds: they are slow.
DENSE = 4 << 20
FLOOD = 512 << 10
ROUNDS_MADE = 7
FLOODS = (b"password = hunter2hunter2\n", b"aws_access_key_id = AKIAIOSFODNN7EXAMPLE\n", b"api_key=", b"AKIA", b"pass", b"ghp_",
          b"-----BEGIN RSA PRIVATE KEY-----\n", b"-----BEGIN PUBLIC KEY-----\n", b"https://user:password@host/", b"://",
          b"eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxMjM0NTY3ODkwIn0.c2lnbmF0dXJl\n", b'token: "', b"xoxb-", b"AccountKey=",
          b"token: ghp_abcdefghijklmnopqrstuvwxyz0123456789\n", b"STRIPE_KEY=sk_live_4eC39HqLyjWDarjtT1zdp7dc\n",
          b"Authorization: Bearer eyJhbGciOiabcdefghijklmnopqrstuvwxyz0123456789\n", b"<RSAKeyValue>",
          b"heroku api key 12345678-1234-1234-1234-123456789012\n")
# (sample, one, the other): the ratios were 0.55, 0.71, 0.92, 0.36 and 0.68, 0.94, 0.91, 0.58, give or take 0.02, on two
# busy cores with AVX-512.
FLOORS = {
    ("text", "literals", "yardstick"): 0.40,
    ("text", "scanner", "literals"): 0.51,
    ("text", "search", "scanner"): 0.65,
    ("text", "search", "yardstick"): 0.26,
    ("ELF", "literals", "yardstick"): 0.50,
    ("ELF", "scanner", "literals"): 0.68,
    ("ELF", "search", "scanner"): 0.65,
    ("ELF", "search", "yardstick"): 0.42,
    ("dense", "search", "literals"): 0.07,
    ("floods", "search", "literals"): 0.20,
}
ADVICE = """
What to do: build the last commit and run this target again; if it passes there, the change is to blame.
  literals / yardstick   an anchor is too short or too common, or there are too many: `bench_matching --anchors` lists
                         them. Take the rules that were added out one by one, or put them into a file of their own:
                         throughput.py FILE.yaml adds it to those that are shipped.
  scanner / literals     an anchor is met everywhere, or its pattern costs too much: give the rule a longer anchor.
  search / scanner       a decoder looks at more than before: src/secret/unwrap_gate*.
A change that is worth what it costs changes the floor in tests/bench/throughput.py too, and its commit says why."""


def make_sample(folder, name):
    folders, wanted = SAMPLES[name]
    path = os.path.join(folder, name + ".tar")
    with open(path, "wb") as out:
        for entry, source in system_files.chosen(SAMPLE, wanted, folders):
            oci.add_file(out, source, entry)
        oci.end(out)
    return path


def make_dense(folder):
    listed = subprocess.run([os.environ["MATCHING"], "--anchors"], stdout=subprocess.PIPE, check=True)
    source = random.Random(20240101)
    lines = [inputs.dense_line(source, listed.stdout.splitlines()) for _ in range(40000)]
    path = os.path.join(folder, "dense.tar")
    with open(path, "wb") as out:
        oci.add_bytes(out, b"srv/dense.txt", b"".join(source.choices(lines, k=4 * len(lines)))[:DENSE])
        oci.end(out)
    return path


def make_floods(folder):
    path = os.path.join(folder, "floods.tar")
    with open(path, "wb") as out:
        for number, line in enumerate(FLOODS):
            oci.add_bytes(out, b"srv/%d.txt" % number, line * (FLOOD // len(line)))
        oci.end(out)
    return path


def speeds(path, rules, rounds=ROUNDS):
    """MB/s of each engine, and how many MB there were."""
    command = [os.environ["MATCHING"], "--json", "--rounds", str(rounds)]
    for file in rules:
        command += ["--rules", file]
    done = subprocess.run(command + [path], stdout=subprocess.PIPE, check=False)
    if done.returncode != 0:
        sys.exit(2)  # it said why
    answer = json.loads(done.stdout)
    size = answer["bytes"] / 1e6
    return {name: size / part["best"] for name, part in answer.items() if isinstance(part, dict)}, size


def main():
    with tempfile.TemporaryDirectory(prefix="silt-throughput.") as folder:
        measured = {name: speeds(make_sample(folder, name), sys.argv[1:]) for name in SAMPLES}
        for name, make in (("dense", make_dense), ("floods", make_floods)):
            measured[name] = speeds(make(folder), sys.argv[1:], ROUNDS_MADE)
    for name, (engines, size) in measured.items():
        print("%s, %.0f MB: " % (name, size) + ", ".join("%s %.0f MB/s" % pair for pair in engines.items()))
    rows, failed = [], False
    for (name, one, other), floor in FLOORS.items():
        ratio = measured[name][0][one] / measured[name][0][other]
        failed = failed or ratio < floor
        rows.append(["%s: %s / %s" % (name, one, other), "%.2f" % ratio, "≥ %.2f" % floor,
                     "passed" if ratio >= floor else "FAILED"])
    print(table(["", "ratio", "floor", ""], rows))
    if failed:
        print(ADVICE)
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
