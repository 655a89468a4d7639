"""Measures silt against programs that do a part of its work, on inputs made for it, and prints tables of ratios.

    bench.py [--quick] [--rounds N] [--only KIND,...] [--document FILE]

    --quick       small inputs and two rounds: to try it, not to believe it
    --rounds      how often each program runs: 5
    --only        layers, bare, small, big, dense, entries, looking, memory, start, instructions: a part of
                  it
    --document    writes the tables between the marks of this file, too

SILT, MATCHING, STAGES and RUN name the programs. Everything is made below a temporary folder (TMPDIR) and removed; at
most 5 GB lie there at a time. Nothing is judged: a number is no verdict, and the machine may be busy; how busy others
kept it is said.
"""

import argparse
import datetime
import functools
import json
import os
import platform
import re
import shutil
import signal
import statistics
import subprocess
import sys
import tempfile

import contests
import instructions
import measure
import table
import targets

HERE = os.path.dirname(os.path.abspath(__file__))
FULL = {"layers": 600, "bare": 600, "small": 100, "big": 2147.483648, "dense": 8, "entries": 1000, "looking": 1000}
QUICK = {"layers": 60, "bare": 60, "small": 10, "big": 200, "dense": 2, "entries": 100, "looking": 100}
DISK = 5.0  # of a full run at its most, in GB
BEGIN, END = "<!-- bench -->", "<!-- end -->"
OF_KIND = {"bare": contests.of_bare, "small": contests.of_small, "big": contests.of_big, "dense": contests.of_dense,
           "entries": contests.of_entries, "looking": contests.of_looking}
TITLES = {
    "four plain": "four plain layers of %(files)d system files, of which %(archives)d are archives: %(archive bytes)d "
                  "bytes that hold %(bytes in archives)d more, which silt reads and the others do not",
    "one plain": "the same files in one plain layer",
    "four gzip": "four layers, gzip -6", "one gzip": "one layer, gzip -6",
    "four zstd": "four layers, zstd -3", "one zstd": "one layer, zstd -3",
    "four bare": "four plain layers of %(files)d system files that are no archives",
    "one bare": "the same in one plain layer",
    "small": "%(files)d files of at most 4 KiB in one plain layer",
    "big": "one file of %(layer bytes)d bytes in one plain layer",
    "dense": "a text of %(layer bytes)d bytes, half of it anchors and half of it what looks like tokens",
    "entries": "%(files)d empty files in four plain layers",
    "looking": "one path among %(files)d in one plain layer",
    "looking, gzip": "the same in a layer of gzip -6",
    "four plain, cache": "the record cache: four plain layers",
    "four gzip, cache": "the record cache: four gzip layers",
}


class Bench:
    def __init__(self, arguments, folder):
        self.quick = arguments.quick
        self.rounds = arguments.rounds or (2 if self.quick else 5)
        self.sizes = QUICK if self.quick else FULL
        self.folder = folder
        self.programs = contests.Programs(os.environ["SILT"], os.environ["MATCHING"], os.environ["STAGES"], folder)
        self.results = targets.Results()
        self.tables = []

    def say(self, text):
        print(text + "\n", flush=True)
        self.tables.append(text)

    def made(self, kind):
        """The images of this kind, and what they are."""
        folder = os.path.join(self.folder, kind)
        os.mkdir(folder)
        command = [sys.executable, "-B", os.path.join(HERE, "inputs.py"), folder, kind, str(self.sizes[kind])]
        done = subprocess.run(command + [self.programs.anchors], stdout=subprocess.PIPE, check=True)
        answer = json.loads(done.stdout)
        return answer["images"], answer["about"]

    def race(self, name, contestants, about, size):
        others = measure.busy_of_others()
        results = measure.interleaved(contestants, self.rounds)
        self.results.races[name] = results
        scans = [who.name for who in contestants if who.statuses == contests.SCAN]
        statuses = sorted(set().union(*(results[name].statuses for name in scans)))
        self.say("**%s** (%.1f MB; silt ended with %s; other work had %.0f %% of the processors)\n\n%s" % (
            TITLES[name] % about, size / 1e6, ", ".join(map(str, statuses)), 100 * others(),
            table.race(results, size)))

    def stages_of(self, name, image):
        """What each stage takes by itself, over one layer."""
        self.results.stages[name] = json.loads(subprocess.run(
            [self.programs.stages, image["blobs"][0], str(self.rounds)], stdout=subprocess.PIPE, check=True).stdout)

    def matching_of(self, name, image):
        self.results.stages[name].update(json.loads(subprocess.run(
            [self.programs.matching, "--json", "--rounds", str(self.rounds), image["blobs"][0]],
            stdout=subprocess.PIPE, check=True).stdout))

    def layers(self):
        images, about = self.made("layers")
        for kind in ("plain", "gzip", "zstd"):
            self.stages_of("one " + kind, images["one " + kind])
        self.matching_of("one plain", images["one plain"])
        tree = os.path.join(self.folder, "layers", "tree")
        os.mkdir(tree)
        subprocess.run(["tar", "xf", images["one plain"]["blobs"][0], "-C", tree], check=True)
        for name, contestants in contests.of_layers(self.programs, images, tree):
            self.race(name, contestants, about, about["layer bytes"])
        if self.programs.has_cache():
            for name, contestants in contests.of_cache(self.programs, images):
                self.race(name, contestants, about, about["layer bytes"])
        else:
            self.say("The record cache: skipped: this silt has no --cache.")

    def bare(self):
        images, about = self.made("bare")
        self.stages_of("one bare", images["one bare"])
        self.matching_of("one bare", images["one bare"])
        for name, contestants in contests.of_bare(self.programs, images):
            self.race(name, contestants, about, about["layer bytes"])

    def other(self, kind):
        images, about = self.made(kind)
        for name, contestants in OF_KIND[kind](self.programs, images):
            self.race(name, contestants, about, images[name]["size"])
        if kind == "entries":
            self.judge_entries(about)

    def judge_entries(self, about):
        """What an entry takes: bytes, and seconds when layers are stacked and the image is judged."""
        race = self.results.races["entries"]
        grown = (race["silt"].peak - self.tiny_run().peak) * measure.MIB / about["files"]
        self.results.numbers["entry bytes"] = grown - about["name bytes"]
        stacking = race["silt"].cpu - race["silt, of layers that no image uses"].cpu
        self.results.numbers["stacking"] = stacking * 1e6 / about["files"]

    def fixture(self):
        return os.path.join(HERE, "..", "..", "fixtures", "clean.tar")

    def tiny_run(self):
        return measure.run(self.programs.scan({"path": self.fixture()}))

    def memory_of_pipe(self, megabytes):
        maker = [sys.executable, "-B", os.path.join(HERE, "big_image.py"), str(int(megabytes * 1e6 / measure.MIB))]
        command = [self.programs.silt, "scan", "-q", "--name", "big", "-"]
        return measure.run(measure.Contestant("pipe", command, feed=maker, statuses=contests.SCAN)).peak

    def memory(self):
        size = self.sizes["layers"]
        once, more = self.memory_of_pipe(size), self.memory_of_pipe(10 * size)
        self.results.numbers["pipe growth"] = more / once
        self.say("**Memory at its peak, through a pipe**\n\n" + table.table(["", "MiB"], [
            ["an image of %d MB" % size, "%.1f" % once], ["an image of %d MB" % (10 * size), "%.1f" % more]]))

    def start(self):
        """The median of many starts, and that of cat, for what starting a process takes."""
        with open(self.fixture(), "rb") as file:
            beginning = file.read()
        plugin = os.path.join(self.folder, "docker-silt")
        os.symlink(self.programs.silt, plugin)
        asked = measure.Contestant("metadata", [plugin, "docker-cli-plugin-metadata"])
        silt, cat, whole, metadata = [], [], [], []
        for _ in range(10 if self.quick else 31):
            silt.append(measure.first_byte([self.programs.silt, "scan", "-q", "--name", "first", "-"], beginning))
            cat.append(measure.first_byte(["cat"], beginning))
            whole.append(self.tiny_run())
            metadata.append(measure.run(asked).wall)
        self.results.numbers["metadata"] = 1e3 * statistics.median(metadata)
        self.results.numbers["metadata, least"] = 1e3 * min(metadata)
        self.results.numbers["first byte"] = 1e3 * statistics.median(silt)
        self.results.numbers["first byte, least"] = 1e3 * min(silt)
        rows = [["silt scan -: start to first byte", silt], ["cat: start to first byte", cat],
                ["silt scan of fixtures/clean.tar, whole", [sample.wall for sample in whole]],
                ["the same, CPU", [sample.cpu for sample in whole]],
                ["docker-silt docker-cli-plugin-metadata", metadata]]
        self.say("**Start** (%d times)\n\n" % len(silt) + table.table(["", "median ms", "least"], [
            [name, "%.1f" % (1e3 * statistics.median(times)), "%.1f" % (1e3 * min(times))] for name, times in rows]))

    def instructions(self):
        reason = instructions.why_not()
        if reason:
            self.say("Instructions: skipped: " + reason)
            return
        text, _ = instructions.compared(instructions.counts(self.programs.silt))
        others = instructions.changed_versions()
        self.say("**Instructions** (callgrind, one thread, no sandbox%s)\n\n%s" % (
            "; kept numbers of " + "; ".join(others) if others else "", text))

    def stage_table(self):
        """Seconds of the processor, for one layer; the rest is what a scan takes beyond them."""
        columns = [name for name in ("one plain", "one gzip", "one zstd", "one bare") if name in self.results.stages]
        if not columns:
            return
        rows = [[name, *("%.3f" % value for value in self.stage_values(name))] for name in columns]
        heads = ["", "read", "inflate", "hash", "tar", "literals", "confirm", "decode", "rest", "silt --jobs 1"]
        self.say("**Where the time goes** (CPU seconds of one layer; the least of each)\n\n" + table.table(heads, rows))

    def stage_values(self, name):
        stages = self.results.stages[name]
        match = stages if "literals" in stages else self.results.stages["one plain"]
        best = [match[engine]["best"] for engine in ("literals", "scanner", "search")]
        parts = [stages["read"], stages["inflate"], stages["hash"], stages["tar"],
                 best[0], best[1] - best[0], best[2] - best[1]]
        whole = self.results.races[name]["silt --jobs 1"].least_cpu
        return parts + [whole - sum(parts), whole]

    def run(self, kinds):
        own = {"layers": self.layers, "bare": self.bare, "memory": self.memory, "start": self.start,
               "instructions": self.instructions}
        for kind in kinds:
            own.get(kind, functools.partial(self.other, kind))()
            shutil.rmtree(os.path.join(self.folder, kind), ignore_errors=True)
        self.stage_table()
        rows, missed = targets.target_table(self.results)
        self.tables.insert(1, "**What it must show**\n\n" + rows)
        print(self.tables[1] + "\n\n%d missed" % missed)


def version_of(tool, option="--version"):
    """The first number with a dot of what it says."""
    done = subprocess.run([tool, option], stdout=subprocess.PIPE, stderr=subprocess.STDOUT, check=False)
    found = re.search(rb"\d+\.[\d.]*\d", done.stdout)
    return "%s %s" % (tool, found[0].decode() if found else "of an unknown version")


def machine():
    with open("/proc/cpuinfo", encoding="utf-8") as file:
        cpu = dict(line.split(":", 1) for line in file.read().split("\n\n")[0].replace("\t", "").splitlines())
    cpu = {key.strip(): value.strip() for key, value in cpu.items()}
    flags = [flag for flag in ("avx2", "avx512f", "avx512vbmi", "sha_ni") if flag in cpu.get("flags", "").split()]
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / (1 << 30)
    tools = [version_of(tool) for tool in ("sha256sum", "gzip", "zstd", "tar", "grep")]
    tools.append(version_of("openssl", "version"))
    return "%s, %s: %d processors %s (family %s, model %s; %s), %.0f GiB, Linux %s. %s." % (
        platform.freedesktop_os_release()["PRETTY_NAME"], datetime.date.today(), os.cpu_count(),
        cpu.get("model name", "?"), cpu.get("cpu family", "?"), cpu.get("model", "?"), ", ".join(flags) or "-", memory,
        ".".join(platform.release().split(".")[:2]), ", ".join(tools))


def write_document(path, tables):
    with open(path, encoding="utf-8") as file:
        text = file.read()
    marked = re.compile(re.escape(BEGIN) + ".*?" + re.escape(END), re.DOTALL)
    if not marked.search(text):
        sys.exit("%s: no marks %s and %s" % (path, BEGIN, END))
    block = BEGIN + "\n" + "\n\n".join(tables) + "\n" + END
    with open(path, "w", encoding="utf-8") as file:
        file.write(marked.sub(lambda _: block, text))


def arguments_of():
    kinds = list(FULL) + ["memory", "start", "instructions"]
    parser = argparse.ArgumentParser(usage=__doc__)
    parser.add_argument("--quick", action="store_true")
    parser.add_argument("--rounds", type=int)
    parser.add_argument("--only", type=lambda text: text.split(","), default=kinds)
    parser.add_argument("--document")
    arguments = parser.parse_args()
    if unknown := set(arguments.only) - set(kinds):
        parser.error("unknown: " + ", ".join(sorted(unknown)))
    return arguments


def main():
    arguments = arguments_of()
    signal.signal(signal.SIGTERM, lambda *_: sys.exit("ended"))  # what lies below the folder is removed
    with tempfile.TemporaryDirectory(prefix="silt-bench.") as folder:
        need = DISK * (QUICK["layers"] / FULL["layers"] if arguments.quick else 1)
        if shutil.disk_usage(folder).free < need * 1e9:
            sys.exit("%s: %.1f GB are needed; TMPDIR names another place" % (folder, need))
        bench = Bench(arguments, folder)
        bench.say(machine())
        bench.run(arguments.only)
        if arguments.document:
            write_document(arguments.document, bench.tables)


if __name__ == "__main__":
    main()
