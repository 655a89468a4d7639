"""Tables that can be read in a terminal and are Markdown."""


def table(heads, rows):
    """The first column to the left, the others to the right."""
    rows = [[str(cell) for cell in row] for row in rows]
    widths = [max(len(row[i]) for row in [heads] + rows) for i in range(len(heads))]

    def line(cells):
        first, *rest = [cell.ljust(width) if i == 0 else cell.rjust(width)
                        for i, (cell, width) in enumerate(zip(cells, widths))]
        return "| " + " | ".join([first] + rest) + " |"
    rule = "| " + " | ".join(["-" * widths[0]] + ["-" * (width - 1) + ":" for width in widths[1:]]) + " |"
    return "\n".join([line(heads), rule] + [line(row) for row in rows])


def seconds(value):
    return "%.4f" % value if value < 0.1 else "%.2f" % value


def race(results, size):
    """What contestants took on one input of `size` uncompressed bytes; silt's time against that of each of them."""
    own = results.get("silt") or next(iter(results.values()))
    rows = []
    for name, took in results.items():
        rows.append([name, seconds(took.wall), seconds(took.least_wall), seconds(took.cpu), seconds(took.least_cpu),
                     "%.0f" % (size / took.wall / 1e6), "%.0f" % took.peak, "%.2f" % (own.wall / took.wall),
                     "%.2f" % (own.cpu / took.cpu if took.cpu else 0)])
    return table(["", "wall s", "least", "CPU s", "least", "MB/s", "MiB", "silt's wall /", "silt's CPU /"], rows)
