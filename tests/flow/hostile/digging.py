"""
Nothing of any construction is lost by the second reading: its pieces have the digests that the first reading took.

    digging.py           exit 0 if flow_dig, which DIG names, says so of every lie of plants.LIES in every place
"""

import os
import subprocess
import sys
import tempfile

import differential
import plants

BATCH = 50


def main():
    troubles, count = [], 0
    packings = list(differential.wrap.PACKINGS)
    with tempfile.TemporaryDirectory() as folder:
        paths = []
        for number, lie in enumerate(plants.LIES):
            for place in differential.wrap.PLACES:
                path = os.path.join(folder, "%s.%s.tar" % (lie, place))
                with open(path, "wb") as out:
                    out.write(differential.make(lie, "secret", place, packings[number % len(packings)]))
                paths.append(path)
        for start in range(0, len(paths), BATCH):
            batch = paths[start:start + BATCH]
            done = subprocess.run([os.environ["DIG"], "--damaged", *batch], stderr=subprocess.PIPE, timeout=600,
                                  check=False)
            count += len(batch)
            if done.returncode != 0:
                troubles.append(done.stderr.decode(errors="replace")[-2000:] or "exit status %d" % done.returncode)
    print("%d archives, %d troubles" % (count, len(troubles)), *troubles, sep="\n")
    sys.exit(1 if troubles else 0)


if __name__ == "__main__":
    main()
