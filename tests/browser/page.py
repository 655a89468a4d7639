"""The HTML report as a browser sees it: page.py SENTENCE. SILT names the program."""

import os
import re
import shutil
import signal
import struct
import subprocess
import sys
import tempfile
import zlib

from browser import Browser, find, skip

HERE = os.path.dirname(os.path.abspath(__file__))
FIXTURES = os.path.join(os.path.dirname(os.path.dirname(HERE)), "fixtures")
sys.path.insert(0, os.path.join(os.path.dirname(HERE), "naughty"))

import images  # noqa: E402
import strings  # noqa: E402

MARKUP = [
    b"<script>document.title='owned';alert(1)</script>",
    b"\"><img src=x onerror=alert(2)>",
    b"' onfocus='alert(3)' autofocus='",
    b"</code></title></style></script><script>alert(4)</script>",
    b"]]>--><svg onload=alert(5)>",
    b"<a href=javascript:alert(6)>x</a>",
    b"<meta http-equiv=refresh content='0;url=http://silt.invalid/'>",
    b"<link rel=stylesheet href=//silt.invalid/x.css>",
    b"<base href=//silt.invalid/>",
    b"<form action=//silt.invalid/><button>",
    b"<style>*{display:none}</style>",
    b"&lt;script&gt;alert(7)&lt;/script&gt;",
    b"<!--", b"<![CDATA[", b"<plaintext>", b"<template>", b"<iframe srcdoc='<script>alert(8)</script>'>",
]
POSITIONS = ["path", "inner_path", "symlink_target", "history", "env_name", "env_value", "label", "tag", "command",
             "volume", "account", "distribution", "package", "manifest_words", "member"]


# ---- Reports -------------------------------------------------------------------------------------------------------

def report(folder, *words):
    """The page over these inputs."""
    path = os.path.join(folder, "report.html")
    done = subprocess.run([os.environ["SILT"], "scan", "--show-suppressed", "-o", "html=" + path, *words],
                          capture_output=True, timeout=200, check=False)
    assert done.returncode in (0, 1, 3), done.stderr.decode()
    return path


def file_of(folder, name, data):
    path = os.path.join(folder, name)
    with open(path, "wb") as file:
        file.write(data)
    return path


def with_gaps(folder):
    """The leaky archive, whole, and cut in its middle."""
    leaky = os.path.join(FIXTURES, "leaky.tar")
    with open(leaky, "rb") as file:
        data = file.read()
    return report(folder, leaky, os.path.join(FIXTURES, "clean.tar"), os.path.join(FIXTURES, "leaky-oci.tar"),
                  file_of(folder, "cut.tar", data[:len(data) * 2 // 3]))


def hostile(folder, texts):
    numbered = list(enumerate(texts))
    return report(folder, "--fail-on", "info", "--lint",
                  *[file_of(folder, name + ".tar", images.POSITIONS[name][0](numbered)) for name in POSITIONS])


# ---- Questions -----------------------------------------------------------------------------------------------------

def demand(condition, what):
    if not condition:
        raise AssertionError(what)


def demand_quiet(page, path):
    demand(page.complaints() == [], page.complaints())
    demand(page.requests() == ["file://" + path], page.requests())


def visible(page, selector):
    return page.ask(f"Array.from(document.querySelectorAll({selector!r})).filter(e => e.checkVisibility("
                    "{contentVisibilityAuto: false})).length")


def count(page, selector):
    return page.ask(f"document.querySelectorAll({selector!r}).length")


def pixels(png):
    """Its size, its rows as stored, and its first pixel, which no filter changes."""
    demand(png[:8] == b"\x89PNG\r\n\x1a\n", "no PNG")
    at, data = 8, b""
    while at < len(png):
        length, kind = struct.unpack(">I4s", png[at:at + 8])
        if kind == b"IHDR":
            width, height, _, colours = struct.unpack(">IIBB", png[at + 8:at + 18])
        if kind == b"IDAT":
            data += png[at + 8:at + 8 + length]
        at += 12 + length
    raw = zlib.decompress(data)
    stride = 1 + width * {2: 3, 6: 4}[colours]
    return width, height, {raw[row * stride:(row + 1) * stride] for row in range(height)}, raw[1:4]


# ---- Sentences -----------------------------------------------------------------------------------------------------

def a_page_runs_nothing_and_asks_for_nothing_but_itself(browser, folder):
    path = with_gaps(folder)
    for script in True, False:
        page = browser.page(path, script=script)
        demand_quiet(page, path)
        # What the page forbids holds for whoever tries: neither a style nor a script nor an image gets in.
        page.ask("document.body.insertAdjacentHTML('beforeend', '<b id=x style=\"color:red\">x</b><img src=data:,>')")
        page.ask("(() => { const s = document.createElement('script'); s.textContent = 'document.title = 1';"
                 "document.body.append(s); })()")
        demand(page.ask("document.title").startswith("silt: "), "a script ran that is not of the page")
        demand(page.ask("getComputedStyle(document.getElementById('x')).color") != "rgb(255, 0, 0)", "a style got in")


def names_that_are_markup_do_nothing(browser, folder):
    path = hostile(folder, MARKUP + strings.read())
    page = browser.page(path)
    demand_quiet(page, path)
    demand(page.ask("document.title").startswith("silt: "), "the title was changed")
    kinds = page.ask("[...new Set(Array.from(document.querySelectorAll('*'), e => e.localName))]")
    demand(not set(kinds) & {"img", "iframe", "link", "base", "object", "embed", "template", "plaintext"}, kinds)
    for selector in "script", "style", "meta[http-equiv]":
        demand(count(page, selector) == 1, f"more than one {selector}")
    demand(count(page, "form") == 1, "a form of the image")
    names = page.ask("[...new Set(Array.from(document.querySelectorAll('*')).flatMap(e => e.getAttributeNames()))]")
    demand(not [name for name in names if name.startswith("on") or name in ("style", "src", "srcdoc")], names)
    links = page.ask("Array.from(document.querySelectorAll('[href]'), e => e.getAttribute('href'))")
    odd = [link for link in links if not re.fullmatch(r"#[a-z0-9-]+", link)]
    demand(not odd, odd)
    text = page.ask("document.body.textContent")
    missing = [markup for markup in MARKUP[:6] if markup.decode() not in text]
    demand(not missing, f"not told as it is: {missing}")
    demand(not re.search("[\0-\x09\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]", text), "a control character")


def a_page_is_well_formed(_, folder):
    """libxml2 is of HTML 4: newer elements are all that it may not know."""
    if not shutil.which("xmllint"):
        skip("xmllint is missing")
    for make in with_gaps, lambda folder: hostile(folder, MARKUP):
        done = subprocess.run(["xmllint", "--html", "--noout", make(folder)], capture_output=True, timeout=100,
                              check=False)
        errors = [line for line in done.stderr.decode().splitlines() if re.search(r"error ?:", line)]
        odd = [line for line in errors if not re.search(r"Tag [a-z]+ invalid$", line)]
        demand(not odd, "\n".join(odd[:20]))


def a_page_without_scripts_has_all_there_is(browser, folder):
    path = with_gaps(folder)
    page, bare = browser.page(path), browser.page(path, script=False)
    demand(visible(page, "#filters") == 1, "the script shows no filters")
    demand(visible(bare, "#filters") == 0, "filters that do nothing are shown")
    for selector in "details.finding", "table.layers", "section.coverage":
        demand(visible(bare, selector) == count(bare, selector) > 0, f"{selector} is hidden")
    bare.ask("document.querySelectorAll('details').forEach(e => { e.open = true; })")
    demand(visible(bare, ".life") == count(bare, ".life") > 0, "some life is hidden")


def findings_can_be_chosen_and_searched(browser, folder):
    page = browser.page(report(folder, os.path.join(FIXTURES, "leaky.tar")))
    whole = visible(page, ".item")
    page.ask("document.querySelector('input[name=severity][value=critical]').click()")
    critical = count(page, ".item[data-severity=critical]")
    demand(critical > 0 and visible(page, ".item") == whole - critical, "a severity cannot be left out")
    told = page.ask("document.getElementById('shown').textContent")
    demand(told == f"{whole - critical} of {whole} findings", told)
    page.ask("document.querySelector('button[type=reset]').click()")
    page.ask("new Promise(done => setTimeout(done, 50))")
    demand(visible(page, ".item") == whole, "reset does not show all")
    page.ask("(() => { const w = document.getElementById('words'); w.value = 'ID_ed25519 layer';"
             "w.dispatchEvent(new Event('input', {bubbles: true})); })()")
    demand(0 < visible(page, ".item") < whole, "words choose nothing")
    page.ask("document.querySelectorAll('input[name=standing]').forEach(e => e.click())")
    demand(visible(page, ".item") == 0 and visible(page, "section.standing h4") == 0, "headings of nothing are left")
    demand_quiet(page, os.path.join(folder, "report.html"))


def a_link_to_a_finding_opens_it(browser, folder):
    page = browser.page(report(folder, os.path.join(FIXTURES, "leaky.tar")))
    page.ask("document.getElementById('close').click()")
    demand(count(page, "details.finding[open]") == 0, "not all are closed")
    page.ask("document.querySelector('.first a').click()")
    page.ask("new Promise(done => setTimeout(done, 200))")
    demand(page.ask("document.querySelector(document.querySelector('.first a').getAttribute('href')).open"), "closed")


def everything_is_open_on_paper(browser, folder):
    path = with_gaps(folder)
    page = browser.page(path, script=False, media="print")
    demand(count(page, "details.finding:not([open])") > 0, "nothing is closed")
    demand(visible(page, ".finding .steps") == count(page, ".finding .steps"), "something is closed on paper")
    demand(visible(page, "nav") == 0, "the contents are printed")
    demand(page.pdf().startswith(b"%PDF-"), "no PDF")


def a_page_is_drawn_dark_and_light_narrow_and_wide(browser, folder):
    path = with_gaps(folder)
    grounds = set()
    for dark, width in (False, 1280), (True, 1280), (False, 360):
        page = browser.page(path, dark=dark, width=width)
        drawn_width, height, rows, first = pixels(page.screenshot())
        demand(drawn_width == width and height > 2000, f"{drawn_width} x {height}")
        demand(len(rows) > 500, f"nearly blank: {len(rows)} different rows")
        demand(page.ask("document.documentElement.scrollWidth") <= width, f"wider than {width}")
        grounds.add(first)
    demand(len(grounds) == 2, f"dark and light look alike: {grounds}")


def anybody_can_read_the_page(browser, folder):
    with open(os.path.join(HERE, "accessible.js"), encoding="ascii") as file:
        questions = file.read()
    for make in with_gaps, lambda folder: hostile(folder, MARKUP[:4]):
        path = make(folder)
        for dark in False, True:
            page = browser.page(path, dark=dark)
            page.ask("document.querySelectorAll('details').forEach(e => { e.open = true; })")
            troubles = page.ask(questions)
            demand(not troubles, "\n".join(troubles[:20]))


def axe_has_no_complaint(browser, folder):
    """axe-core is what auditors use; it comes from the registry of npm, and without one it cannot be asked."""
    try:
        subprocess.run(["npm", "install", "--prefix", folder, "--no-audit", "--no-fund", "--ignore-scripts",
                        "--fetch-retries=0", "axe-core@4"], check=True, capture_output=True, timeout=60)
    except (OSError, subprocess.SubprocessError):
        skip("npm cannot install axe-core")
    with open(os.path.join(folder, "node_modules", "axe-core", "axe.min.js"), encoding="utf-8") as file:
        axe = file.read()
    path = with_gaps(folder)
    for dark in False, True:
        page = browser.page(path, dark=dark)
        page.ask("document.querySelectorAll('details').forEach(e => { e.open = true; })")
        page.ask(axe + ";0")
        violations = page.ask("axe.run({resultTypes: ['violations']}).then(result => result.violations.map("
                              "v => v.id + ': ' + v.nodes.slice(0, 3).map(n => n.html).join(' | ')))")
        demand(not violations, "\n".join(violations))


def main():
    find()
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))  # what is open is closed
    with tempfile.TemporaryDirectory() as folder, Browser() as browser:
        globals()[sys.argv[1]](browser, folder)


if __name__ == "__main__":
    main()
