"""Attestations, judged by other people's code:

    proof.py SIGSTORE-FOLDER sigstore | openssl | tampering | scan | verdicts | seal | digest | terminal
             FIXTURES

Each test makes a key, signs what silt finds in the images of FIXTURES, and asks the program of its name. "tampering"
asks silt and, where they are there, all others, about envelopes that were changed; "scan" compares what a scan signs
at once with what silt sign makes of its report; "seal" sends a report with secrets.
"""

import base64
import gzip
import hashlib
import io
import json
import os
import pty
import select
import shutil
import subprocess
import sys
import tarfile
import tempfile

HERE = os.path.dirname(os.path.abspath(__file__))
TEST_RESULT = "https://in-toto.io/attestation/test-result/v0.1"
REPORT = "https://silt.invalid/attestation/report/v1"
IMAGES = {"leaky.tar": 1, "leaky-oci.tar": 1, "clean.tar": 0}


def skip(why):
    print("skipped: " + why)
    sys.exit(77)


def silt(*arguments, want=(0,), data=b""):
    done = subprocess.run([os.environ["SILT"], *arguments], input=data, capture_output=True, timeout=120, check=False)
    assert done.returncode in want, (arguments, done.returncode, done.stderr)
    return done


def make_key(folder, name):
    with open(os.path.join(folder, name + ".pw"), "w", encoding="ascii") as file:
        file.write("password of %s\n" % name)
    done = silt("key", "new", "--password-file", os.path.join(folder, name + ".pw"), os.path.join(folder, name))
    with open(os.path.join(folder, name + ".pub"), "wb") as file:
        file.write(done.stdout)
    assert os.stat(os.path.join(folder, name)).st_mode & 0o777 == 0o600
    assert silt("key", "pub", os.path.join(folder, name)).stdout == done.stdout


def attest(folder, image, predicate, want=(0, 1), place="made.att"):
    path = os.path.join(folder, place)
    silt("scan", "--attest", os.path.join(folder, "one"), "--attestation", path, "--password-file",
         os.path.join(folder, "one.pw"), "--predicate", predicate, "-o", "json=" + os.path.join(folder, "made.json"), image,
         want=want)
    with open(path, "rb") as file:
        return file.read()


def statement_of(envelope):
    return json.loads(base64.b64decode(json.loads(envelope)["payload"], validate=True))


def check_statement(statement, image, failed, predicate):
    assert statement["_type"] == "https://in-toto.io/Statement/v1"
    with open(image, "rb") as file:
        digest = hashlib.sha256(file.read()).hexdigest()
    assert statement["subject"][0] == {"name": image, "digest": {"sha256": digest}}, statement["subject"]
    assert len(statement["subject"]) > 1, "the image has a config, too"
    if predicate == "report":
        assert statement["predicateType"] == REPORT
        assert statement["predicate"]["schema"] and statement["predicate"]["bundles"][0]["digest"] == "sha256:" + digest
        assert statement["predicate"]["summary"]["verdict"] == ("fail" if failed else "pass")
    else:
        assert statement["predicateType"] == TEST_RESULT
        result = statement["predicate"]
        assert result["result"] == ("FAILED" if failed else "PASSED")
        assert bool(result["failedTests"]) == bool(failed)
        assert not set(result["failedTests"]) & {"complete"}
        assert all("uri" in one for one in result["configuration"])


# ---- The others ----------------------------------------------------------------------------------------------------


def sigstore(modules, folder, envelope, key="one"):
    """True: verified; False: refused."""
    path = os.path.join(folder, "seen.att")
    with open(path, "wb") as file:
        file.write(envelope)
    done = subprocess.run(["node", os.path.join(HERE, "sigstore.js"), modules, os.path.join(folder, key + ".pub"), path],
                          capture_output=True, timeout=60, check=False)
    assert done.returncode in (0, 1), done
    return done.returncode == 0


def openssl(folder, envelope, key="one"):
    parsed = json.loads(envelope)
    payload = base64.b64decode(parsed["payload"])
    kind = parsed["payloadType"].encode()
    with open(os.path.join(folder, "signed"), "wb") as file:
        file.write(b"DSSEv1 %d %s %d %s" % (len(kind), kind, len(payload), payload))
    with open(os.path.join(folder, "signature"), "wb") as file:
        file.write(base64.b64decode(parsed["signatures"][0]["sig"]))
    done = subprocess.run(["openssl", "pkeyutl", "-verify", "-pubin", "-inkey", os.path.join(folder, key + ".pub"),
                           "-rawin", "-in", os.path.join(folder, "signed"), "-sigfile",
                           os.path.join(folder, "signature")], capture_output=True, timeout=60, check=False)
    return done.returncode == 0


def key_id(folder):
    der = subprocess.run(["openssl", "pkey", "-pubin", "-in", os.path.join(folder, "one.pub"), "-outform", "DER"],
                         capture_output=True, timeout=60, check=True).stdout
    return hashlib.sha256(der).hexdigest()


# ---- The tests -----------------------------------------------------------------------------------------------------


def each_image(folder, fixtures):
    for name, failed in IMAGES.items():
        for predicate in ("test-result", "report"):
            image = os.path.join(fixtures, name)
            envelope = attest(folder, image, predicate, want=(failed,))
            check_statement(statement_of(envelope), image, failed, predicate)
            yield image, failed, envelope


def test_sigstore(modules, folder, fixtures):
    for image, failed, envelope in each_image(folder, fixtures):
        assert sigstore(modules, folder, envelope), image
        assert not sigstore(modules, folder, envelope, "two"), "by another key"
        path = os.path.join(folder, "made.att")
        line = silt("verify", "--key", os.path.join(folder, "one.pub"), path, image, want=(failed,)).stdout.decode()
        assert line.startswith("FAIL: " if failed else "PASS: ") and line.count("\n") == 1, line
        print(line, end="")


def test_openssl(_, folder, fixtures):
    for image, _failed, envelope in each_image(folder, fixtures):
        assert openssl(folder, envelope), image
        assert not openssl(folder, envelope, "two"), "by another key"
        assert json.loads(envelope)["signatures"][0]["keyid"] == key_id(folder)


def changed(envelope):
    """What may be changed of an envelope, each part of it once, and how to call it."""
    parsed = json.loads(envelope)
    statement = statement_of(envelope)

    def with_statement(change):
        copy = json.loads(json.dumps(statement))
        change(copy)
        return {**parsed, "payload": base64.b64encode(json.dumps(copy).encode()).decode()}

    yield "the verdict", with_statement(lambda s: s["predicate"].update(result="PASSED"))
    yield "a subject", with_statement(lambda s: s["subject"][0]["digest"].update(sha256="0" * 64))
    yield "the names of checks", with_statement(lambda s: s["predicate"].update(failedTests=[]))
    yield "the kind of predicate", with_statement(lambda s: s.update(predicateType=REPORT))
    yield "only its white space", with_statement(lambda s: None)
    yield "its type", {**parsed, "payloadType": "application/json"}
    signature = bytearray(base64.b64decode(parsed["signatures"][0]["sig"]))
    for at in (0, 31, 32, 63):
        copy = bytearray(signature)
        copy[at] ^= 1
        yield "byte %d of the signature" % at, {**parsed, "signatures": [
            {**parsed["signatures"][0], "sig": base64.b64encode(copy).decode()}]}
    yield "the length of the signature", {**parsed, "signatures": [
        {**parsed["signatures"][0], "sig": base64.b64encode(signature[:-1]).decode()}]}


def test_tampering(modules, folder, fixtures):
    image = os.path.join(fixtures, "leaky.tar")
    envelope = attest(folder, image, "test-result")
    judges = [("openssl", openssl)] if shutil.which("openssl") else []
    if os.path.isdir(modules) and shutil.which("node"):
        judges.append(("sigstore", lambda *about: sigstore(modules, *about)))
    for what, document in changed(envelope):
        text = json.dumps(document).encode()
        path = os.path.join(folder, "changed.att")
        with open(path, "wb") as file:
            file.write(text)
        done = silt("verify", "--key", os.path.join(folder, "one.pub"), path, image, want=(5,))
        assert done.stdout == b"" and done.stderr.count(b"\n") == 1 and b"not verified: " in done.stderr, done.stderr
        for name, judge in judges:
            assert not judge(folder, text), "%s accepts a change of %s" % (name, what)
        print("%s: refused by silt%s: %s" % (what, "".join(", " + name for name, _ in judges), done.stderr.decode()),
              end="")
    path = os.path.join(folder, "made.att")
    silt("verify", "--key", os.path.join(folder, "two.pub"), path, image, want=(5,))
    silt("verify", "--key", os.path.join(folder, "one.pub"), path, path, want=(5,))
    silt("verify", "--key", os.path.join(folder, "one"), path, image, want=(3,))
    silt("verify", "--key", os.path.join(folder, "one.pub"), path, image, want=(1,))


def test_scan(_, folder, fixtures):
    for name, failed in IMAGES.items():
        image = os.path.join(fixtures, name)
        with open(image, "rb") as file:
            data = file.read()
        for predicate in ("test-result", "report"):
            envelope = attest(folder, image, predicate, want=(failed,))
            sign = ("sign", "--key", os.path.join(folder, "one"), "--password-file", os.path.join(folder, "one.pw"),
                    "--predicate", predicate)
            assert silt(*sign, os.path.join(folder, "made.json")).stdout == envelope, "sign and scan agree"
            piped = silt("scan", "--digest", "-o", "json", "--name", image, "-", data=data, want=(failed,)).stdout
            assert silt(*sign, "-", data=piped).stdout == envelope, "a pipe and a file agree"
        done = silt("sign", "--key", os.path.join(folder, "one"), "--password-file", os.path.join(folder, "two.pw"),
                    os.path.join(folder, "made.json"), want=(5,))
        assert b"password" in done.stderr and done.stdout == b""
    silt("key", "new", "--password-file", os.path.join(folder, "one.pw"), os.path.join(folder, "one"), want=(4,))


def test_seal(_, folder, fixtures):
    """A report with secrets travels sealed, and only its reader has it."""
    report, sealed, opened = (os.path.join(folder, name) for name in ("shown.json", "sealed", "opened"))
    silt("scan", "--show-secrets", "-o", "json=" + report, os.path.join(fixtures, "leaky.tar"), want=(1,))
    with open(report, "rb") as file:
        text = file.read()
    assert b'"secret": "' in text, "the report has secrets"
    silt("sign", "--key", os.path.join(folder, "one"), "--password-file", os.path.join(folder, "one.pw"), report,
         want=(2,))
    silt("seal", "--to", os.path.join(folder, "one.pub"), "-o", sealed, report)
    with open(sealed, "rb") as file:
        data = file.read()
    assert b"secret" not in data and os.stat(sealed).st_mode & 0o777 == 0o600

    def unseal(key, what, want):
        done = silt("unseal", "--key", os.path.join(folder, key), "--password-file", os.path.join(folder, key + ".pw"),
                    "-o", opened, what, want=(want,))
        assert os.path.exists(opened) == (want == 0) and done.stdout == b""
        return done.stderr

    assert b"another key" in unseal("two", sealed, 5)
    for size in (len(data) - 1, len(data) // 2, 100):
        with open(os.path.join(folder, "cut"), "wb") as file:
            file.write(data[:size])
        assert b"cut off" in unseal("one", os.path.join(folder, "cut"), 5)
    unseal("one", report, 3)
    unseal("one", sealed, 0)
    assert os.stat(opened).st_mode & 0o777 == 0o600
    with open(opened, "rb") as file:
        assert file.read() == text
    piped = silt("seal", "--to", os.path.join(folder, "one.pub"), "-", data=text).stdout
    assert len(piped) == len(data) and piped != data, "no two seals are alike"


def test_verdicts(_, folder, fixtures):
    """What was not looked at did not pass; and what has nothing to name, or believed something, is not signed."""
    cut, image = os.path.join(folder, "cut.tar"), os.path.join(fixtures, "clean.tar")
    with open(image, "rb") as file:
        data = file.read()
    with open(cut, "wb") as file:
        file.write(data[:len(data) - 1024])
    for predicate in ("test-result", "report"):
        statement = statement_of(attest(folder, cut, predicate, want=(3,)))
        if predicate == "test-result":
            assert statement["predicate"]["result"] == "FAILED"
            assert statement["predicate"]["failedTests"][0] == "complete"
        line = silt("verify", "--key", os.path.join(folder, "one.pub"), os.path.join(folder, "made.att"), cut, want=(3,))
        assert line.stdout.startswith(b"INCOMPLETE: "), line
    # Of two inputs one is not there: nobody knows what it would have been.
    path = os.path.join(folder, "two.att")
    attesting = ("scan", "--attest", os.path.join(folder, "one"), "--attestation", path, "--password-file",
                 os.path.join(folder, "one.pw"), "-q", "-o", "verdict")
    silt(*attesting, image, os.path.join(folder, "none.tar"), want=(4,))
    silt("verify", "--key", os.path.join(folder, "one.pub"), path, image, want=(3,))
    os.unlink(path)
    for refused in (("--show-secrets", image), ("--no-sandbox", image),
                    ("--trust-digests", "--cache", os.path.join(folder, "cache"), image),
                    ("-o", "json=" + path, image), (os.path.join(folder, "none.tar"),)):
        silt(*attesting, *refused, want=(2, 4))
        assert not os.path.exists(path), refused
    # A root filesystem has no config: without --digest nothing can be named.
    tree = os.path.join(folder, "root.tar")
    with tarfile.open(tree, "w") as archive:
        archive.addfile(tarfile.TarInfo("etc/passwd"))
    sign = ("sign", "--key", os.path.join(folder, "one"), "--password-file", os.path.join(folder, "one.pw"), "-")
    nameless = silt("scan", "-o", "json", tree, want=(0, 1)).stdout
    assert b"--digest" in silt(*sign, data=nameless, want=(2,)).stderr
    named = silt("scan", "--digest", "-o", "json", tree, want=(0, 1)).stdout
    assert len(statement_of(silt(*sign, data=named).stdout)["subject"]) == 1
    silt(*sign, data=named[:-20], want=(3,))


def two_images(path, fixtures):
    """clean.tar and leaky.tar in one archive, which are clean:1.0 and leaky:1."""
    manifests, names = [], set()
    with tarfile.open(path, "w") as archive:
        for fixture in ("clean.tar", "leaky.tar"):
            with tarfile.open(os.path.join(fixtures, fixture)) as image:
                manifests += json.load(image.extractfile("manifest.json"))
                for member in image:
                    if member.name not in names | {"manifest.json", "index.json", "oci-layout", "repositories"}:
                        names.add(member.name)
                        archive.addfile(member, image.extractfile(member) if member.isfile() else None)
        data = json.dumps(manifests).encode()
        manifest = tarfile.TarInfo("manifest.json")
        manifest.size = len(data)
        archive.addfile(manifest, io.BytesIO(data))


def test_parts(_, folder, fixtures):
    """Of a part of a bundle only that part is attested, and nothing if findings were left out."""
    both, path = os.path.join(folder, "both.tar"), os.path.join(folder, "part.att")
    two_images(both, fixtures)
    signing = ("--password-file", os.path.join(folder, "one.pw"))
    attesting = ("scan", "--attest", os.path.join(folder, "one"), "--attestation", path, *signing, "-q", "-o", "verdict")
    verifying = ("verify", "--key", os.path.join(folder, "one.pub"), path)
    silt(*attesting, "--image", "clean:1.0", both)
    with open(path, "rb") as file:
        names = [subject["name"] for subject in statement_of(file.read())["subject"]]
    assert names and all("clean:1.0" in name for name in names), names
    silt(*verifying, both, want=(5,))
    os.unlink(path)
    silt(*attesting, both, want=(1,))
    silt(*verifying, both, want=(1,))
    os.unlink(path)
    for part in ("--only", "history"), ("--skip", "private-key"):
        refused = silt(*attesting, *part, both, want=(2,))
        assert b"left out" in refused.stderr and not os.path.exists(path), refused
        report = silt("scan", "-o", "json", "--digest", *part, both, want=(0, 1)).stdout
        refused = silt("sign", "--key", os.path.join(folder, "one"), *signing, "-", data=report, want=(2,))
        assert b"left out" in refused.stderr, refused
    # Nothing was left out of an image that has nothing of the kind.
    silt(*attesting, "--skip", "private-key", os.path.join(fixtures, "clean.tar"))


def test_digest(_, folder, fixtures):
    """The digest of the input is that of sha256sum, however it is packed, cut off, read, or followed by something."""
    with open(os.path.join(fixtures, "leaky.tar"), "rb") as file:
        plain = file.read()
    inputs = {"packed": gzip.compress(plain, mtime=0), "followed": plain + bytes(range(256)) * 300,
              "cut off": plain[:len(plain) // 2 + 77], "plain": plain}
    for name, data in inputs.items():
        path = os.path.join(folder, name)
        with open(path, "wb") as file:
            file.write(data)
        asked = ("scan", "-q", "--digest", "-o", "json", "--name", "x")
        reports = {silt(*asked, "--jobs", "1", path, want=(1, 3)).stdout,
                   silt(*asked, "--jobs", "4", path, want=(1, 3)).stdout, silt(*asked, "-", data=data, want=(1, 3)).stdout}
        assert len(reports) == 1, "threads and pipes change nothing"
        report = json.loads(reports.pop())
        assert report["bundles"][0]["digest"] == "sha256:" + hashlib.sha256(data).hexdigest(), name
        assert json.loads(silt("scan", "-o", "json", path, want=(1, 3)).stdout)["bundles"][0]["digest"] is None
    layout = os.path.join(folder, "layout")
    with tarfile.open(os.path.join(fixtures, "leaky-oci.tar")) as archive:
        archive.extractall(layout)
    report = json.loads(silt("scan", "--digest", "-o", "json", layout, want=(1,)).stdout)
    assert report["bundles"][0]["digest"] is None, "a folder has none"
    envelope = attest(folder, layout, "test-result")
    assert statement_of(envelope)["subject"][0]["name"].startswith("config of ")


def talk(answers, *arguments):
    """Runs silt on a terminal of its own, and gives the answers to its questions; status, and what the terminal showed."""
    child, terminal = pty.fork()
    if child == 0:
        os.execv(os.environ["SILT"], [os.environ["SILT"], *arguments])
    seen, answers = b"", list(answers)
    while select.select([terminal], [], [], 60)[0]:
        try:
            piece = os.read(terminal, 4096)
        except OSError:  # Linux: nobody is at the other end any more
            break
        if not piece:
            break
        seen += piece
        if answers and seen.endswith(b": "):
            seen += b"|"
            os.write(terminal, answers.pop(0) + b"\n")
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]), seen


def test_terminal(_, folder, fixtures):
    """Passwords are asked for, twice when they are new, and never shown."""
    key, image = os.path.join(folder, "asked"), os.path.join(fixtures, "clean.tar")
    scan = ("scan", "-q", "--attest", key, "--attestation", os.path.join(folder, "a.att"), "-o", "verdict", image)
    for answers, arguments, want in (([b"opensesame", b"opensesamE"], ("key", "new", key), 2),
                                     ([b"", b""], ("key", "new", key), 2),
                                     ([b"opensesame", b"opensesame"], ("key", "new", key), 0),
                                     ([b"opensesamE"], scan, 5), ([b"opensesame"], scan, 0)):
        status, seen = talk(answers, *arguments)
        print(arguments[0], status, seen)
        assert status == want and b"sesam" not in seen and b"assword for " in seen
        assert os.path.exists(key) == (want == 0 or arguments is scan)
    done = subprocess.run(["setsid", "--wait", os.environ["SILT"], *scan], stdin=subprocess.DEVNULL, capture_output=True,
                          timeout=60, check=False)
    assert done.returncode == 2 and b"--password-file" in done.stderr, done


def main():
    modules, test, fixtures = os.path.join(sys.argv[1], "node_modules"), sys.argv[2], sys.argv[3]
    if test == "sigstore" and not shutil.which("node"):
        skip("node is missing")
    if test == "openssl" and not shutil.which("openssl"):
        skip("openssl is missing")
    with tempfile.TemporaryDirectory() as folder:
        make_key(folder, "one")
        make_key(folder, "two")
        globals()["test_" + test](modules, folder, fixtures)


main()
