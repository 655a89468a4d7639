"""Chromium without a window, driven over a pipe in its DevTools protocol: no port, no network, nothing left behind."""

import base64
import fcntl
import json
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time

NAMES = ["chromium", "chromium-browser", "google-chrome"]
PATIENCE = 120  # seconds for any answer


def skip(why):
    print(f"skipped: {why}")
    sys.exit(77)


def find():
    for name in NAMES:
        if shutil.which(name):
            return shutil.which(name)
    return skip("chromium is missing")


def out_of_the_way(descriptor):
    """The browser has its pipes as 3 and 4, by convention: neither must have such a number when they are given."""
    moved = fcntl.fcntl(descriptor, fcntl.F_DUPFD, 10)
    os.close(descriptor)
    return moved


class Browser:
    """One browser with a profile of its own. To be used in a `with`."""

    def __init__(self):
        self.folder = tempfile.mkdtemp(prefix="silt-browser-")
        to_browser, self.write_end = os.pipe()
        self.read_end, from_browser = os.pipe()
        to_browser, from_browser = out_of_the_way(to_browser), out_of_the_way(from_browser)
        self.number = 0
        self.pending = b""
        self.events = []
        command = [find(), "--headless", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--no-first-run",
                   "--hide-scrollbars", "--remote-debugging-pipe", f"--user-data-dir={self.folder}", "about:blank"]
        shell = f'exec "$@" 3<&{to_browser} 4>&{from_browser}'
        self.process = subprocess.Popen(["bash", "-c", shell, "bash", *command], pass_fds=[to_browser, from_browser],
                                        stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True)
        os.close(to_browser)
        os.close(from_browser)

    def __enter__(self):
        return self

    def __exit__(self, *_):
        try:
            os.killpg(self.process.pid, signal.SIGKILL)
        except ProcessLookupError:
            pass
        self.process.wait()
        os.close(self.write_end)
        os.close(self.read_end)
        shutil.rmtree(self.folder, ignore_errors=True)

    def receive(self):
        while b"\0" not in self.pending:
            got = os.read(self.read_end, 1 << 20)
            if not got:
                raise RuntimeError("the browser ended")
            self.pending += got
        message, self.pending = self.pending.split(b"\0", 1)
        return json.loads(message)

    def call(self, method, session=None, **parameters):
        self.number += 1
        message = {"id": self.number, "method": method, "params": parameters}
        if session:
            message["sessionId"] = session
        os.write(self.write_end, json.dumps(message).encode() + b"\0")
        end = time.monotonic() + PATIENCE
        while time.monotonic() < end:
            answer = self.receive()
            if answer.get("id") == self.number:
                if "error" in answer:
                    raise RuntimeError(f"{method}: {answer['error']['message']}")
                return answer["result"]
            self.events.append(answer)
        raise RuntimeError(f"{method}: no answer")

    def page(self, path, **how):
        return Page(self, path, **how)


class Page:
    """A file in a tab: what it is like with and without scripts, dark or light, on a screen or on paper."""

    def __init__(self, browser, path, script=True, dark=False, width=1280, height=900, media="screen"):
        self.browser = browser
        target = browser.call("Target.createTarget", url="about:blank")["targetId"]
        self.session = browser.call("Target.attachToTarget", targetId=target, flatten=True)["sessionId"]
        for domain in ["Page", "Runtime", "Log", "Network", "Security"]:
            self.call(f"{domain}.enable")
        self.call("Emulation.setScriptExecutionDisabled", value=not script)
        self.call("Emulation.setDeviceMetricsOverride", width=width, height=height, deviceScaleFactor=1, mobile=False)
        self.call("Emulation.setEmulatedMedia", media=media,
                  features=[{"name": "prefers-color-scheme", "value": "dark" if dark else "light"}])
        self.call("Page.navigate", url="file://" + os.path.abspath(path).replace("%", "%25"))
        end = time.monotonic() + PATIENCE
        while not self.told("Page.loadEventFired") and time.monotonic() < end:
            browser.events.append(browser.receive())

    def call(self, method, **parameters):
        return self.browser.call(method, session=self.session, **parameters)

    def told(self, method):
        return [event["params"] for event in self.browser.events
                if event.get("sessionId") == self.session and event.get("method") == method]

    def complaints(self):
        """What the console says, what was thrown, and what opened a dialog."""
        self.call("Runtime.evaluate", expression="0")
        return ([entry["entry"]["text"] for entry in self.told("Log.entryAdded")] +
                [json.dumps(entry["args"]) for entry in self.told("Runtime.consoleAPICalled")] +
                [entry["exceptionDetails"]["text"] for entry in self.told("Runtime.exceptionThrown")] +
                [entry["message"] for entry in self.told("Page.javascriptDialogOpening")])

    def requests(self):
        return [entry["request"]["url"] for entry in self.told("Network.requestWillBeSent")]

    def ask(self, expression):
        """The value of an expression, or of what it promises. The page's own policy does not bind who asks."""
        answer = self.call("Runtime.evaluate", expression=expression, returnByValue=True, awaitPromise=True)
        if "exceptionDetails" in answer:
            raise RuntimeError(json.dumps(answer["exceptionDetails"])[:2000])
        return answer["result"].get("value")

    def screenshot(self, whole=True, clip=None):
        how = {"format": "png", "captureBeyondViewport": whole}
        if clip:
            how["clip"] = dict(zip(["x", "y", "width", "height"], clip), scale=1)
        elif whole:
            size = self.call("Page.getLayoutMetrics")["cssContentSize"]
            how["clip"] = {"x": 0, "y": 0, "width": size["width"], "height": min(size["height"], 16000), "scale": 1}
        return base64.b64decode(self.call("Page.captureScreenshot", **how)["data"])

    def pdf(self):
        return base64.b64decode(self.call("Page.printToPDF", printBackground=True, preferCSSPageSize=True)["data"])
