"""Renders the Markdown report as GitHub does, with cmark-gfm: check_markdown.py SAMPLE-PROGRAM"""

import html.parser
import re
import shutil
import subprocess
import sys

TAGS = {"b", "code", "details", "h2", "h3", "li", "p", "strong", "summary", "table", "tbody", "td", "th", "thead", "tr",
        "ul"}
EXTENSIONS = "table", "autolink", "strikethrough", "footnotes", "tasklist"
ACTIVE = re.compile(r"@|://|www\.|#\d|GH-\d|[0-9a-f]{7}|:\w+:|[`*_~$|\[\]{}<>&=]", re.IGNORECASE)


def run(*command, **more):
    return subprocess.run(command, check=True, stdout=subprocess.PIPE, **more).stdout.decode("utf-8")


class Page(html.parser.HTMLParser):
    """What a browser would make of it: nested as it should be, and nothing in it that does anything."""

    def __init__(self):
        super().__init__(convert_charrefs=True)
        self.open, self.text, self.code = [], [], []  # text outside of code; [where it is, text] of each code

    def handle_starttag(self, tag, attributes):
        assert tag in TAGS, tag
        assert tag in ("td", "th") or not attributes, attributes
        assert all(name == "align" for name, _ in attributes), attributes
        self.open.append(tag)
        if tag == "code":
            self.code.append([self.open[-2], ""])

    def handle_endtag(self, tag):
        assert self.open.pop() == tag, tag

    def handle_data(self, data):
        if "code" in self.open:
            self.code[-1][1] += data
        else:
            self.text.append(data)

    def handle_comment(self, data):
        raise AssertionError("a comment: " + data)

    handle_decl = handle_pi = unknown_decl = handle_comment


def render(report):
    """The page that the report becomes; None if nobody is there to render it."""
    if shutil.which("cmark-gfm") is None:
        return None
    assert len(report) <= 65536
    extensions = [word for name in EXTENSIONS for word in ("-e", name)]
    page = Page()
    page.feed(run("cmark-gfm", "--unsafe", *extensions, input=report.encode("utf-8")))
    page.close()
    assert page.open == [], page.open
    for text in page.text:
        assert not ACTIVE.search(text), text
    return page


def main(program):
    page = render(run(program, "markdown", "nasty"))
    if page is None:
        print("skipped: cmark-gfm is missing")
        sys.exit(77)
    strings = run(program, "nasty").splitlines()
    codes = [text for _, text in page.code]
    in_summaries = [text for where, text in page.code if where == "summary"]
    for number, string in enumerate(strings):
        if len(string) < 300 and string.strip():
            assert string in (in_summaries if number % 5 == 0 else codes), string


if __name__ == "__main__":
    main(*sys.argv[1:])
