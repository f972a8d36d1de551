"""How soon the explorer's pages are there on a phone: 360 px, 10 Mbit/s, 40 ms, a quarter of the CPU, nothing cached.

    python tests/benchmarks/phone.py [RELEASE] [ARTICLES] [TIMES]

RELEASE is a folder of a release, by default the newest of datasets/releases. It is copied until it has ARTICLES or
more, by default 676, as tests/benchmarks/explorer.py does; each page is opened TIMES times, by default 5, in the
machine's Chromium. Printed are, of each page, the fastest time and the median, in seconds: first paint, content (an
answer that can be read has been painted), all (nothing more comes); and the bytes that came.
"""

import contextlib
import functools
import http.server
import os
import shutil
import sys
import tempfile
import threading
from collections.abc import Iterator
from pathlib import Path
from statistics import median
from typing import Any

from explorer import ROOT, multiply
from playwright.sync_api import Browser, sync_playwright

from onrecord.explore.site.opened import Opened
from onrecord.explore.site.writing import write_site
from onrecord.storage.releases import find_release

CHROMIUM = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
NETWORK = {"offline": False, "latency": 40, "downloadThroughput": 10e6 / 8, "uploadThroughput": 10e6 / 8}
SLOWER = 4  # times
# When the page's head was there and, in a search, a hit; then a frame with it; and when it was no longer busy.
WATCH = """
window.seen = {};
new MutationObserver(() => {
  const main = document.getElementById("main");
  const search = location.hash.startsWith("#/quotes");
  if (!main || seen.waiting || !main.querySelector(search ? ".statement" : "h1")) {
    if (seen.waiting && !main.hasAttribute("aria-busy")) seen.all ??= performance.now();
    return;
  }
  seen.waiting = true;
  requestAnimationFrame(() => setTimeout(() => { seen.content = performance.now(); }));
  if (!main.hasAttribute("aria-busy")) seen.all = performance.now();
}).observe(document, { childList: true, subtree: true, attributes: true, attributeFilter: ["aria-busy"] });
"""


class Files(http.server.SimpleHTTPRequestHandler):
    def log_message(self, *_: Any) -> None:
        pass


@contextlib.contextmanager
def serving(folder: Path) -> Iterator[str]:
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), functools.partial(Files, directory=folder)) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()


def open_once(browser: Browser, address: str) -> dict[str, float]:
    context = browser.new_context(viewport={"width": 360, "height": 740})
    page = context.new_page()
    page.add_init_script(WATCH)
    session = context.new_cdp_session(page)
    session.send("Network.enable")
    session.send("Network.setCacheDisabled", {"cacheDisabled": True})
    session.send("Network.emulateNetworkConditions", NETWORK)
    session.send("Emulation.setCPUThrottlingRate", {"rate": SLOWER})
    page.goto(address)
    while not page.evaluate("seen.content && seen.all"):
        page.wait_for_timeout(100)
    told = page.evaluate(
        "({paint: performance.getEntriesByName('first-paint')[0].startTime, ...seen, bytes: performance"
        ".getEntriesByType('resource').reduce((sum, each) => sum + each.encodedBodySize, 0)})"
    )
    context.close()
    return dict(told)


def main() -> None:
    release = Path(sys.argv[1]) if len(sys.argv) > 1 else find_release(ROOT / "datasets" / "releases")
    articles, times = (int(given) for given in (*sys.argv[2:], *("676", "5")[len(sys.argv[2:]) :]))
    with tempfile.TemporaryDirectory() as elsewhere, sync_playwright() as running:
        large, site = Path(elsewhere) / "large", Path(elsewhere) / "site"
        large.mkdir()
        multiply(release, large, articles)
        written = write_site(large, site)
        with contextlib.closing(Opened(large)) as opened, opened.cursor() as cursor:
            ((article,),) = cursor.execute("SELECT article_id FROM current_articles ORDER BY ALL LIMIT 1").fetchall()
            ((actor,),) = cursor.execute(
                "SELECT speaker_actor_id FROM statements WHERE speaker_actor_id IS NOT NULL GROUP BY ALL "
                "ORDER BY count(*) DESC, 1 LIMIT 1"
            ).fetchall()
        options = ["--no-sandbox"] if os.getuid() == 0 else []
        browser = running.chromium.launch(executable_path=CHROMIUM, args=options)
        with serving(site) as host:
            for route in ("#/", f"#/article/{article}", f"#/actor/{actor}", "#/network", "#/quotes?q=the"):
                address = f"{host}/{written.version}/index.html{route}"
                found = [open_once(browser, address) for _ in range(times)]
                print(f"{route:32}", end="")
                for name in ("paint", "content", "all"):
                    taken = [each[name] / 1000 for each in found]
                    print(f"  {name} {min(taken):5.2f} {median(taken):5.2f} s", end="")
                print(f"  {found[0]['bytes'] / 1000:5.0f} kB", flush=True)
        browser.close()


if __name__ == "__main__":
    main()
