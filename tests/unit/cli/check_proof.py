"""The commands of proofs as they are typed: check_proof.py TEST FIXTURES

Each function test_TEST runs in an empty folder, which has the key "one", its public half "one.pub", and "one.pw" with its
password; "open" and "open.pub" have none.
"""

import base64
import hashlib
import json
import os
import pty
import select
import signal
import subprocess
import sys
import tempfile
import termios
import time


def silt(*arguments, want=0, data=b""):
    done = subprocess.run([os.environ["SILT"], *arguments], input=data, capture_output=True, timeout=120, check=False)
    assert done.returncode == want, (arguments, done.returncode, done.stderr)
    return done


def write(path, data):
    with open(path, "wb") as file:
        file.write(data)


def read(path):
    with open(path, "rb") as file:
        return file.read()


def make_keys():
    write("one.pw", b"password of one\n")
    write("one.pub", silt("key", "new", "--password-file", "one.pw", "one").stdout)
    write("open.pub", silt("key", "new", "--no-password", "open").stdout)


def test_no_output_takes_the_place_of_a_key(fixtures):
    image = os.path.join(fixtures, "clean.tar")
    write("plain", b"plain")
    silt("seal", "--to", "one.pub", "-o", "sealed", "plain")
    silt("seal", "--to", "open.pub", "-o", "opensealed", "plain")
    silt("scan", "--digest", "-o", "json=r.json", image)
    os.link("open", "hard")
    os.symlink("open", "soft")
    password = ("--password-file", "one.pw")
    attest = ("scan", "-q", "--attest", "one", *password, "--attestation")
    before = {name: read(name) for name in os.listdir(".")}
    for place, option, arguments in (
            ("open", "--key", ("unseal", "--key", "open", "opensealed", "-o", "PLACE")),
            ("hard", "--key", ("unseal", "--key", "open", "opensealed", "-o", "PLACE")),
            ("one.pw", "--password-file", ("unseal", "--key", "one", *password, "sealed", "-o", "PLACE")),
            ("one.pub", "--to", ("seal", "--to", "one.pub", "plain", "-o", "PLACE")),
            ("open", "--key", ("sign", "--key", "open", "r.json", "-o", "PLACE")),
            ("soft", "--key", ("sign", "--key", "open", "r.json", "-o", "PLACE")),
            ("one.pw", "--password-file", ("sign", "--key", "one", *password, "r.json", "-o", "PLACE")),
            ("one", "--attest", (*attest, "y.att", image, "-o", "json=PLACE")),
            ("one.pw", "--password-file", (*attest, "y.att", image, "-o", "json=PLACE")),
            ("one", "--attest", (*attest, "PLACE", image)),
            ("one.pw", "--password-file", (*attest, "PLACE", image))):
        words = [word.replace("PLACE", place) for word in arguments]
        said = silt(*words, want=2).stderr
        assert said == b"silt: %s is the file of %s: what is written would take its place.\n" % (
            place.encode(), option.encode()), said
        assert {name: read(name) for name in os.listdir(".")} == before, words
    silt("unseal", "--key", "open", "-o", "plain", "opensealed")


def test_what_is_interrupted_leaves_nothing(fixtures):
    """Neither of what is opened nor of what is sealed, while it is worked on and after the end."""
    try:
        os.close(os.open(".", os.O_TMPFILE | os.O_WRONLY))
    except OSError as why:
        print("skipped: a file without a name: " + why.strerror)
        sys.exit(77)
    write("plain", bytes(4 << 20))
    silt("seal", "--to", "open.pub", "-o", "sealed", "plain")
    before = sorted(os.listdir("."))
    for number in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP, signal.SIGKILL):
        for name, arguments in (("sealed", ("unseal", "--key", "open")), ("plain", ("seal", "--to", "open.pub"))):
            # The pipe stays open, so that the end does not come by itself.
            with subprocess.Popen([os.environ["SILT"], *arguments, "-o", "out", "-"], stdin=subprocess.PIPE) as child:
                child.stdin.write(read(name))
                child.stdin.flush()
                assert sorted(os.listdir(".")) == before, os.listdir(".")
                child.send_signal(number)
                assert child.wait(60) == -number
            assert sorted(os.listdir(".")) == before, os.listdir(".")
    silt("unseal", "--key", "open", "-o", "out", "sealed")
    assert read("out") == read("plain")


def test_the_manual_says_what_does_not_hold(fixtures):
    """5 is an end of the commands that sign, verify or open, and of no other."""
    pages = os.path.join(fixtures, os.pardir, "docs", "man")
    ends = {name for name in os.listdir(pages) if b"\n.It 5\n" in read(os.path.join(pages, name))}
    assert ends == {"silt.1", "silt-scan.1", "silt-sign.1", "silt-unseal.1", "silt-verify.1"}, ends


def ask(ignored=()):
    """Asks for a password on a terminal of its own, and returns when the question is there: process, terminal."""
    child, terminal = pty.fork()
    if child == 0:
        for number in ignored:
            signal.signal(number, signal.SIG_IGN)
        os.execv(os.environ["SILT"], ["silt", "unseal", "--key", "one", "-o", "out", "sealed"])
    seen = b""
    while not seen.endswith(b": "):
        assert select.select([terminal], [], [], 60)[0], seen
        seen += os.read(terminal, 4096)
    assert not termios.tcgetattr(terminal)[3] & termios.ECHO, "the password would be shown"
    return child, terminal


def end_of(child, terminal):
    """How it ended, within seconds, as a negative number for a signal; what is typed is shown again."""
    for _ in range(200):
        ended, status = os.waitpid(child, os.WNOHANG)
        if ended:
            assert termios.tcgetattr(terminal)[3] & termios.ECHO, "what is typed stays hidden"
            os.close(terminal)
            return os.waitstatus_to_exitcode(status)
        time.sleep(0.05)
    os.kill(child, signal.SIGKILL)
    os.waitpid(child, 0)
    raise AssertionError("it waits for Enter")


def test_a_signal_ends_the_question_for_a_password(fixtures):
    """At once, as it ends other programs; the terminal is left as it was."""
    del fixtures
    write("plain", b"plain")
    silt("seal", "--to", "one.pub", "-o", "sealed", "plain")
    for number, key in ((signal.SIGINT, b"\x03"), (signal.SIGQUIT, b"\x1c"), (signal.SIGTERM, None),
                        (signal.SIGHUP, None), (signal.SIGTERM, b"half a passw")):
        child, terminal = ask()
        if key is not None:
            os.write(terminal, key)
        if key is None or len(key) > 1:
            os.kill(child, number)
        assert end_of(child, terminal) == -number, number
    child, terminal = ask(ignored=(signal.SIGHUP,))
    os.kill(child, signal.SIGHUP)
    os.write(terminal, b"password of one\n")
    assert end_of(child, terminal) == 0 and read("out") == b"plain", "what is ignored stays ignored"


def test_a_verdict_says_about_how_many_it_is(fixtures):
    """Of two inputs one fails: that is one verdict. And no name can say more than a name."""
    good, bad = os.path.join(fixtures, "clean.tar"), os.path.join(fixtures, "leaky.tar")
    attest = ("scan", "-q", "-o", "verdict", "--attest", "open", "--attestation", "a.att")
    verify = ("verify", "--key", "open.pub", "a.att")
    silt(*attest, good, bad, want=1)
    statement = json.loads(base64.b64decode(json.loads(read("a.att"))["payload"]))
    digest = "sha256:" + hashlib.sha256(read(good)).hexdigest()
    count = len(statement["subject"])
    assert count > 2
    line = silt(*verify, good, want=1).stdout.decode()
    assert line.startswith('FAIL: "%s", %s; one verdict about %d subjects; signed by key ' % (good, digest, count)), line
    assert line.endswith("; the input is one of them\n"), line
    silt(*attest, "--predicate", "report", "--name", 'evil:1", sha256:0; PASS\n', bad, want=1)
    line = silt(*verify, want=1).stdout.decode()
    assert line.startswith('FAIL: "evil:1\\x22, sha256:0; PASS'), line
    assert line.count('"') == 2 and line.count("\n") == 1 and line.endswith("; compared with no input\n"), line
    assert "; the whole report, one verdict about 2 subjects; " in line, line


def test_a_secret_key_is_no_public_one(fixtures):
    image = os.path.join(fixtures, "clean.tar")
    write("r.json", silt("scan", "--digest", "-o", "json", image).stdout)
    silt("sign", "--key", "open", "-o", "a.att", "r.json")
    for arguments in (("verify", "--key", "open", "a.att"), ("seal", "--to", "open", "-o", "out", "r.json")):
        said = silt(*arguments, want=3).stderr
        assert said == b"silt: open: it is a secret key: silt key pub FILE prints the public one.\n", said


def test_an_empty_password_is_told_as_what_it_is(fixtures):
    del fixtures
    write("empty", b"\n")
    said = silt("key", "new", "--password-file", "empty", "new", want=2).stderr
    assert b"--no-password" in said and not os.path.exists("new")
    for arguments in (("unseal", "--key", "one", "-o", "out", "one.pub"), ("sign", "--key", "one", "one.pub")):
        said = silt(*arguments, "--password-file", "empty", want=2).stderr
        assert said == b"silt: the password is empty, and the key one has one.\n", said


def test_standard_input_is_not_both_password_and_input(fixtures):
    del fixtures
    for arguments in (("sign", "--key", "one", "-"), ("unseal", "--key", "one", "-o", "out", "-"),
                      ("scan", "-q", "--attest", "one", "--attestation", "a.att", "-")):
        said = silt(*arguments, "--password-file", "-", data=b"password of one\n", want=2).stderr
        assert said == b"silt: standard input (-) can be read only once.\n", said
    silt("unseal", "--key", "one", "--password-file", "-", "-o", "out", "one.pub", data=b"password of one\n", want=3)


def test_a_key_is_made_in_a_file(fixtures):
    del fixtures
    said = silt("key", "new", "--no-password", "-", want=2).stderr
    assert said == b"silt: silt key new prints the public key, and needs a file for the secret one (./- for one called -).\n"
    assert not os.path.exists("-")
    silt("key", "new", "--no-password", "./-")


def test_a_public_key_of_nobody_is_named(fixtures):
    """A point of low order: what is wrong is the key, and not what was to be sealed."""
    del fixtures
    write("plain", b"plain")
    point = base64.b64encode(bytes.fromhex("302a300506032b6570032100") + b"\1" + bytes(31))
    write("low.pub", b"-----BEGIN PUBLIC KEY-----\n" + point + b"\n-----END PUBLIC KEY-----\n")
    said = silt("seal", "--to", "low.pub", "-o", "out", "plain", want=3).stderr
    assert said == b"silt: low.pub: the public key is one that nobody can have the secret half of.\n", said
    assert not os.path.exists("out")


def test_what_a_password_may_cost_is_said_from_least_to_most(fixtures):
    del fixtures
    key = read("one")
    assert b"\nargon2id 3 262144 " in key
    for cost, told in ((b"3 1 ", b"3 passes over 1 KiB"), (b"11 262144 ", b"11 passes over 262144 KiB"),
                       (b"3 1048577 ", b"3 passes over 1048577 KiB")):
        write("odd", key.replace(b"3 262144 ", cost, 1))
        said = silt("key", "pub", "odd", want=3).stderr
        assert said == b"silt: odd: its password costs %s: expected 1 to 10 passes over 8 to 1048576 KiB.\n" % told, said


def test_a_key_that_others_can_use_is_told(fixtures):
    """If it has no password. What it opens is opened all the same."""
    image = os.path.join(fixtures, "clean.tar")
    write("plain", b"plain")
    silt("seal", "--to", "open.pub", "-o", "sealed", "plain")
    silt("seal", "--to", "one.pub", "-o", "sealed.one", "plain")
    warning = b"silt: warning: the key open has no password, and others can use its file: chmod 600 makes it yours.\n"
    scan = ("scan", "-q", "--attest", "open", "--attestation", "a.att", image)
    for mode, said in ((0o600, b""), (0o400, b""), (0o640, warning), (0o602, warning)):
        os.chmod("open", mode)
        os.chmod("one", mode)
        assert silt("unseal", "--key", "open", "-o", "out", "sealed").stderr == said, oct(mode)
        assert silt("unseal", "--key", "one", "--password-file", "one.pw", "-o", "out", "sealed.one").stderr == b""
        assert silt(*scan).stderr == b"", "quiet"


def main():
    test, fixtures = sys.argv[1], os.path.abspath(sys.argv[2])
    with tempfile.TemporaryDirectory() as folder:
        os.chdir(folder)
        make_keys()
        globals()["test_" + test](fixtures)


main()
