"""What silt has to reach, as ratios of one run, and the least that the machine allows."""

import os

from table import table

ENTRY_BYTES = 100


class Target:
    """`value` and `floor` are functions of the results; each may have nothing to say (None)."""

    def __init__(self, title, limit, value, least=None, floor=None, at_least=False, unit=""):
        self.title, self.limit, self.value, self.least, self.floor = title, limit, value, least, floor
        self.at_least, self.unit = at_least, unit

    def is_met(self, value):
        return value >= self.limit if self.at_least else value <= self.limit

    def verdict(self, value, floor):
        if self.is_met(value):
            return "met"
        return "missed" if floor is None or self.is_met(floor) else "missed; the floor is, too"


class Results:
    """Summaries by image and contestant, and numbers that are no races (`numbers`)."""

    def __init__(self):
        self.races, self.numbers, self.stages = {}, {}, {}

    def ratio(self, image, one, other, field):
        """None if one of the two did not run."""
        race = self.races.get(image, {})
        if one not in race or other not in race:
            return None
        return getattr(race[one], field) / getattr(race[other], field)

    def floor(self, image):
        """Seconds that reading, inflating, hashing and literals take on one core, and the least on all of them."""
        if not image.startswith(("one ", "four ")):
            return None
        count, kind = image.split()
        stages = self.stages.get("one " + kind)
        literals = self.races.get("four bare" if kind == "bare" else "four plain", {}).get("literals alone")
        if not stages or not literals:
            return None
        whole = stages["read"] + stages["inflate"] + stages["hash"] + literals.least_cpu
        longest = max(stages["read"] + stages["inflate"], stages["hash"], literals.least_cpu) if count == "one" else 0
        return whole, max(whole / os.cpu_count(), longest)


def wall(title, limit, image, one, other):
    """Wall time of `one` against `other`, which works in one thread: its least is what it takes of the processor."""
    def floor(results):
        pair = results.floor(image)
        race = results.races.get(image, {})
        return pair[1] / race[other].least_cpu if pair and other in race else None
    return Target(title, limit, lambda results: results.ratio(image, one, other, "wall"),
                  lambda results: results.ratio(image, one, other, "least_wall"), floor)


def processor(title, limit, image):
    """CPU time against that of hashing and of bare literals together."""
    def value(results, field="cpu"):
        race = results.races.get(image, {})
        parts = [race.get(name) for name in ("silt", "openssl dgst -sha256", "literals alone")]
        if None in parts:
            return None
        own, sha, literals = (getattr(part, field) for part in parts)
        return own / (sha + literals)
    return Target(title, limit, value, lambda results: value(results, "least_cpu"), lambda results: 1.0)


def speedup(title, limit, image, faster, slower):
    def floor(results):
        pair = results.floor(image) if slower == "silt --jobs 1" else None
        return pair and pair[0] / pair[1]
    return Target(title, limit, lambda results: results.ratio(image, slower, faster, "wall"),
                  lambda results: results.ratio(image, slower, faster, "least_wall"), floor, at_least=True)


def peak(title, limit, image, name="silt"):
    def value(results):
        race = results.races.get(image, {})
        return race[name].peak if name in race else None
    return Target(title, limit, value, unit=" MiB")


def number(title, limit, key, unit=""):
    return Target(title, limit, lambda results: results.numbers.get(key),
                  lambda results: results.numbers.get(key + ", least"), unit=unit)


TARGETS = [
    wall("four plain layers: wall / sha256sum", 0.20, "four plain", "silt", "sha256sum"),
    wall("the same of files that are no archives", 0.20, "four bare", "silt", "sha256sum"),
    wall("one plain layer: wall / sha256sum", 0.27, "one plain", "silt", "sha256sum"),
    wall("the same of files that are no archives", 0.27, "one bare", "silt", "sha256sum"),
    processor("four plain layers: CPU / (openssl + literals)", 1.3, "four plain"),
    processor("the same of files that are no archives", 1.3, "four bare"),
    wall("four gzip layers: wall / gzip -dc", 0.25, "four gzip", "silt", "gzip -dc"),
    wall("the same from a pipe", 0.40, "four gzip", "silt from a pipe", "gzip -dc"),
    wall("four zstd layers: wall / zstd -dc", 1.2, "four zstd", "silt", "zstd -dc"),
    wall("the same from a pipe", 1.5, "four zstd", "silt from a pipe", "zstd -dc"),
    speedup("one gzip layer: --jobs 1 / all cores", 1.5, "one gzip", "silt", "silt --jobs 1"),
    speedup("four gzip layers: --jobs 1 / all cores", 1.8, "four gzip", "silt", "silt --jobs 1"),
    speedup("four plain layers: --jobs 1 / all cores", 1.8, "four plain", "silt", "silt --jobs 1"),
    speedup("cache, four gzip layers: cold / warm", 20, "four gzip, cache", "warm", "cold"),
    speedup("the same with --trust-digests", 20, "four gzip, cache", "warm --trust-digests", "cold"),
    speedup("cache, four plain layers: cold / warm", 20, "four plain, cache", "warm", "cold"),
    speedup("the same with --trust-digests", 20, "four plain, cache", "warm --trust-digests", "cold"),
    peak("peak of memory, four plain layers", 64, "four plain"),
    peak("peak of memory, four gzip layers", 64, "four gzip"),
    peak("peak of memory, four zstd layers", 64, "four zstd"),
    number("peak of memory through a pipe: ten times the bytes", 1.1, "pipe growth"),
    number("start to first byte", 15, "first byte", " ms"),
    number("as a plugin of docker: the whole answer on what it is", 5, "metadata", " ms"),
    number("memory of an entry beside its path", ENTRY_BYTES, "entry bytes", " B"),
    number("a million files: stacking and judging, CPU", 1, "stacking", " s"),
    wall("a million files: ls of one / reading the headers", 1.2, "looking", "silt ls", "reading the headers"),
    wall("the same: history", 1.2, "looking", "silt history", "reading the headers"),
    wall("the same: cat", 1.2, "looking", "silt cat", "reading the headers"),
    wall("a million files, gzip: ls of one / reading the headers", 1.2, "looking, gzip", "silt ls",
         "reading the headers"),
    wall("the same: history", 1.2, "looking, gzip", "silt history", "reading the headers"),
    wall("the same: cat", 1.2, "looking, gzip", "silt cat", "reading the headers"),
]


def shown(value, unit):
    if value is None:
        return "-"
    return ("%.1f" if value >= 10 else "%.2f") % value + unit


def target_table(results):
    """A row for each target, and the number of those missed."""
    rows, missed = [], 0
    for target in TARGETS:
        value = target.value(results)
        if value is None:
            rows.append([target.title, "", "", "", "", "skipped"])
            continue
        floor = target.floor(results) if target.floor else None
        least = target.least(results) if target.least else None
        rows.append([target.title, "≥ " * target.at_least + "≤ " * (not target.at_least) + shown(target.limit, ""),
                     shown(value, target.unit), shown(least, target.unit), shown(floor, target.unit),
                     target.verdict(value, floor)])
        missed += not target.is_met(value)
    return table(["", "target", "medians", "least", "floor", ""], rows), missed
