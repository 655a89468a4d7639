"""A cache changes nothing: cached.py

Every recipe, those of the checks included, is scanned without a cache, with one that is empty, and with one that knows
its layers: the reports are the same, byte for byte. So it is of the folder that a bundle is unpacked to. Nothing that a recipe marks as a secret is in the files of the cache.
SILT names the program.
"""

import glob
import os
import subprocess
import sys
import tarfile
import tempfile

import bundle
import recipe as recipes

HERE = os.path.dirname(os.path.abspath(__file__))


def texts():
    """The text of every recipe."""
    for path in sorted(glob.glob(os.path.join(HERE, "cases", "*.txt"))):
        with open(path, encoding="utf-8") as file:
            yield file.read()
    for path in sorted(glob.glob(os.path.join(HERE, "checks", "*.txt"))):
        with open(path, encoding="utf-8") as file:
            for part in ("\n" + file.read()).split("\n=== ")[1:]:
                yield part.partition("\n")[2]


def unpack(path, folder):
    """Unpacks what has regular files with harmless names only; False: it is not of that kind."""
    try:
        with tarfile.open(path, "r:") as archive:
            members = archive.getmembers()
            if not members or not all(member.isreg() and not member.name.startswith("/") and ".." not in member.name
                                      for member in members):
                return False
            archive.extractall(folder)
    except (tarfile.TarError, OSError):
        return False
    return True


def write_all(folder):
    """Writes the bundles, and gives their names by the options that they are scanned with; and all secrets."""
    groups, secrets = {}, set()
    for number, text in enumerate(texts()):
        recipe = recipes.read(text)
        name = "%04d.tar" % number
        with open(os.path.join(folder, name), "wb") as file:
            file.write(bundle.make(recipe))
        group = groups.setdefault(tuple(bundle.options(recipe)), [])
        group += [name, name[:-4]] if unpack(os.path.join(folder, name), os.path.join(folder, name[:-4])) else [name]
        secrets.update(recipes.secrets_in(text))
    return groups, secrets


def scan(folder, options, names):
    command = [os.environ["SILT"], "scan", "--output", "json", "--lint", *options, *names]
    done = subprocess.run(command, cwd=folder, capture_output=True, timeout=200, check=False)
    return done.returncode, done.stdout, done.stderr


def layers_kept(folder):
    done = subprocess.run([os.environ["SILT"], "cache", "stats", "kept"], cwd=folder, capture_output=True, check=True)
    return int(done.stdout.split(b"\nlayers")[1].split()[0])


def compare(folder, options, names):
    """What a cache changes about the scan of these bundles."""
    without = scan(folder, options, names)
    troubles = []
    for state in "empty", "full":
        if scan(folder, [*options, "--cache", "kept"], names) != without:
            troubles.append("%s: a cache that is %s changes the report" % (" ".join(options) or "no option", state))
    return troubles


def leaks(folder, secrets):
    """The secrets that are in a file of the cache."""
    kept = b""
    for name in os.listdir(os.path.join(folder, "kept")):
        with open(os.path.join(folder, "kept", name), "rb") as file:
            kept += file.read()
    return ["the cache holds a secret: %s..." % secret[:8] for secret in sorted(secrets) if secret.encode() in kept]


def main():
    with tempfile.TemporaryDirectory() as folder:
        groups, secrets = write_all(folder)
        troubles = [trouble for options, names in sorted(groups.items())
                    for trouble in compare(folder, options, names)]
        troubles += leaks(folder, secrets)
        if layers_kept(folder) < 100:
            troubles.append("the cache has %d layers" % layers_kept(folder))
    print("\n".join(troubles))
    return 1 if troubles else 0


if __name__ == "__main__":
    sys.exit(main())
