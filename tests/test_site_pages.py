"""The explorer's pages in a real Chromium: they show what the tables say, run nothing of an article, ask no other."""

import contextlib
import functools
import http.server
import json
import os
import re
import shutil
import socket
import threading
import time
from itertools import product
from pathlib import Path

import pytest
import uvicorn

from benchmarks.explorer import multiply
from conftest import ROOT
from hostile import make_hostile
from onrecord.audit.judged import read_judgment
from onrecord.explore.site import quote_shards
from onrecord.explore.site.opened import Opened
from onrecord.explore.site.server import to_app
from onrecord.explore.site.tie_lists import network
from onrecord.explore.site.writing import has_engine, write_site
from onrecord.release import in_profile

CHROMIUM = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
playwright = pytest.importorskip(
    "playwright.sync_api", reason="playwright is not here: pip install 'onrecord[browser]'"
)
pytestmark = pytest.mark.skipif(not CHROMIUM, reason="chromium is not here")
acceptance = pytest.mark.acceptance
AXE = ROOT / ".vendor" / "node_modules" / "axe-core" / "axe.min.js"
ROUTES = (
    *("#/", "#/quotes?q=the", "#/actors", "#/issues", "#/utterances", "#/initiatives", "#/network", "#/tables"),
    *("#/judgments", "#/keys", "#/nothing"),
)


class Files(http.server.SimpleHTTPRequestHandler):
    def log_message(self, *_):
        pass


@contextlib.contextmanager
def serving(folder, handler=Files):
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), functools.partial(handler, directory=folder)) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()


@pytest.fixture(scope="module")
def site(make_once, release):
    """The address of the explorer of the release of the seeds, in a subfolder of a host without Range or gzip."""
    folder = make_once("site", lambda folder: write_site(release, folder))
    with serving(folder.parent) as address:
        yield f"{address}/site/test/index.html"


@pytest.fixture(scope="module")
def browser():
    with playwright.sync_playwright() as running:
        options = ["--no-sandbox"] if os.getuid() == 0 else []
        found = running.chromium.launch(executable_path=CHROMIUM, args=options)
        yield found
        found.close()


class Visit:
    """A page with what went wrong in it: errors, and requests to others, which are not let out."""

    def __init__(self, page, address):
        self.page, self.address, self.wrong, self.bytes = page, address, [], 0
        page.set_default_timeout(120_000)  # a machine may be busy with other tests
        page.on("pageerror", lambda error: self.wrong.append(str(error)))
        page.on("dialog", lambda dialog: self.wrong.append(dialog.message))
        page.context.route("**/*", self._route)
        page.on("response", self._count)

    def _route(self, route):
        if route.request.url.startswith((*self._ours(), "blob:", "data:")):
            route.continue_()
        else:
            self.wrong.append(route.request.url)
            route.abort()

    def _ours(self):
        return (self.address.split("/")[0] + "//" + self.address.split("/")[2],)

    def _count(self, response):
        self.bytes += int(response.headers.get("content-length", 0))

    def open(self, route, of=None):
        self.page.goto("about:blank")
        self.page.goto((of or self.address) + route)
        self.page.locator("main h1").first.wait_for()
        self.page.locator("main:not([aria-busy])").wait_for()
        return self.page


@pytest.fixture
def visit(browser, site):
    context = browser.new_context(viewport={"width": 1280, "height": 900})
    yield Visit(context.new_page(), site)
    context.close()


@pytest.fixture(scope="module")
def opened(release):
    found = Opened(release)
    yield found
    found.close()


def rows(opened, query, *arguments):
    with opened.cursor() as cursor:
        return cursor.execute(query, list(arguments)).fetchall()


def reported(opened):
    """The pages of the utterance of Lavrov that two outlets tell, and of the draft resolution that was opposed."""
    ((utterance,),) = rows(
        opened, "SELECT utterance_id FROM utterances WHERE outlet_count = 2 AND text LIKE '%two-way%'"
    )
    ((initiative,),) = rows(
        opened, "SELECT initiative_id FROM initiatives WHERE outlet_count = 2 AND text LIKE '%a ban on%'"
    )
    return f"#/utterance/{utterance}", f"#/initiative/{initiative}"


def module(page, name, body, argument=None):
    """What a function of a module of the pages gives: `body` may use `m`, the module, and `a`, the argument."""
    return page.evaluate(f"async (a) => {{ const m = await import('./{name}'); return {body}; }}", argument)


# ---------------------------------------------------------------- three pages that every run of the tests opens


def test_the_first_page_shows_what_there_is(visit, opened):
    page = visit.open("#/")
    (count,) = rows(opened, "SELECT count(*) FROM quotes")[0]
    assert f"{count:,} quotes" in page.locator(".counts").inner_text().replace("\n", " ")
    assert visit.wrong == []


def test_a_search_finds_and_leads_to_the_article(visit, opened):
    page = visit.open("#/quotes?q=sanctions")
    (count,) = rows(opened, "SELECT count(*) FROM find('sanctions')")[0]
    assert page.locator("#found strong").inner_text() == str(count)
    page.locator(".statement blockquote a").first.click()
    page.locator("#text .chosen").first.wait_for()
    assert page.locator(".card-quote").is_visible()
    assert visit.wrong == []


def test_an_article_shows_its_findings(visit, opened):
    article, count = rows(opened, "SELECT article_id, count(*) FROM quotes GROUP BY ALL ORDER BY ALL LIMIT 1")[0]
    page = visit.open(f"#/article/{article}")
    assert f"{count} quotes" in page.locator(".legend-boxes").inner_text()
    page.keyboard.press("n")
    page.locator(".card").wait_for()
    assert visit.wrong == []


def test_an_utterance_shows_its_reports_side_by_side(visit, opened):
    route, _ = reported(opened)
    page = visit.open(route)
    utterance = route.removeprefix("#/utterance/")
    query = (
        "SELECT min(quote_id), string_agg(text, ' […] ' ORDER BY start) FROM quotes WHERE utterance_id = ? "
        "GROUP BY group_id"
    )
    quotes = rows(opened, query, utterance)
    assert sorted(page.locator(".reports blockquote").all_inner_texts()) == sorted(text for _, text in quotes)
    links = page.locator(".reports a").evaluate_all("all => all.map((a) => decodeURIComponent(a.hash.split('at=')[1]))")
    assert sorted(links) == sorted(quote for quote, _ in quotes)
    assert visit.wrong == []


# ---------------------------------------------------------------- the same numbers as SQL


@acceptance
@pytest.mark.parametrize(
    "words", ["sanctions", "ease sanction", "going", "policies", "denuclearization peace", "said", "é", "d", ""]
)
def test_a_search_in_files_finds_what_find_finds(visit, opened, words):
    page = visit.open("#/keys")
    told = module(
        page,
        "search.js",
        "(await m.search(new URLSearchParams({q: a}), 0, 1e6)).hits.map((hit) => hit.id)",
        words,
    )
    assert sorted(told) == sorted(key for (key,) in rows(opened, "SELECT quote_id FROM find(?)", words))


@acceptance
def test_networks_in_the_page_are_those_of_the_macros(visit, opened):
    page = visit.open("#/keys")
    windows = (("", ""), ("2018-01-01", "2018-12-31"), ("", "2019-06-30"))
    for unit, measure, duplicates, (since, until) in product(
        ("actor", "state"), ("subtract", "congruence", "conflict"), ("include", "document", "acrossrange"), windows
    ):
        asked = {"unit": unit, "measure": measure, "duplicates": duplicates, "from": since, "to": until}
        told = module(page, "ties.js", "await m.network(m.parameters(new URLSearchParams(a)))", asked)
        expected = network(opened, asked)
        assert told["ties"] == json.loads(json.dumps(expected["ties"])), asked
        assert told["undated"] == expected["undated"]
        key = functools.partial(sorted, key=lambda row: (row["id"], row["concept_id"], row["stance"]))
        assert key(told["stances"]) == key(json.loads(json.dumps(expected["stances"])))


@acceptance
def test_a_network_that_is_cut_in_the_page_has_the_ties_of_the_served_one(visit, opened):
    """Those against as well as those for: of equally strong ones the ids decide."""
    page = visit.open("#/keys")
    signs = set()
    for most in range(1, 12):
        call = f"await m.network({{...m.parameters(new URLSearchParams()), most: {most}}})"
        told = module(page, "ties.js", call, None)["ties"]
        expected = network(opened, {"most": str(most)})["ties"]
        assert told == json.loads(json.dumps(expected)), most
        signs |= {tie["weight"] > 0 for tie in told if len(told) == most}
    assert signs == {True, False}


@acceptance
def test_marked_words_are_those_of_the_rows(visit, opened):
    page = visit.open("#/keys")
    body = (
        "await (async () => { const {article} = await import('./data.js'); const found = await article(a); "
        "const points = m.codePoints(found.text); "
        "return m.findings(found).map((f) => [f.id, m.wordsOf(f, points)]); })()"
    )
    query = (
        "SELECT quote_id, text FROM quotes WHERE article_id = $1 UNION ALL SELECT proposal_id, text FROM proposals "
        "WHERE article_id = $1 UNION ALL SELECT mention_id, text FROM mentions WHERE article_id = $1 UNION ALL "
        "SELECT date_id, text FROM dates WHERE article_id = $1"
    )
    for (article,) in rows(opened, "SELECT article_id FROM articles"):
        assert sorted(map(tuple, module(page, "marks.js", body, article))) == sorted(rows(opened, query, article))


@acceptance
def test_offsets_count_characters_beyond_the_first_plane(visit):
    page = visit.open("#/keys")
    told = module(
        page,
        "marks.js",
        "m.paragraphs(m.codePoints(a), [{start: 2, end: 4}]).map((p) => p.map((x) => [x.text, x.on.length]))",
        "\U0001f600a\U0001f600b\n\nc",
    )
    assert told == [[["\U0001f600a", 0], ["\U0001f600b", 1]], [["c", 0]]]


# ---------------------------------------------------------------- hostile articles


@pytest.fixture(scope="module")
def hostile_site(make_once, release):
    def make(folder):
        write_site(make_hostile(release, folder / "release"), folder / "site")

    folder = make_once("hostile", make)
    with serving(folder / "site") as address:
        yield f"{address}/test/index.html"


STRANGE = (
    *("#/__proto__", "#/article/__proto__", "#/actor/constructor", "#/issue/toString", "#/row/%22%3E%3Cimg%20src=x%3E"),
    *("#/quotes?q=%3Cscript%3E&outlet=%22%3E%3Cscript%3E&sort=__proto__", "#/network?unit=__proto__&norm=constructor"),
    *("#/%E0%A4%A", "#/quotes?skip=-5&min=x&from=y", "#javascript:window.pwned=1"),
)


@acceptance
def test_nothing_of_an_article_runs(browser, hostile_site, opened):
    context = browser.new_context()
    visit = Visit(context.new_page(), hostile_site)
    (article,) = rows(opened, "SELECT article_id FROM quotes ORDER BY ALL LIMIT 1")[0]
    (issue,) = rows(opened, "SELECT issue_id FROM positions ORDER BY ALL LIMIT 1")[0]
    for route in (
        *(*ROUTES, *STRANGE, *reported(opened)),
        *(f"#/article/{article}", "#/actor/state:PRK", f"#/issue/{issue}"),
    ):
        page = visit.open(route)
        assert page.evaluate("window.pwned") is None
        assert page.locator("main script, main img, main iframe, main svg[onload], main [onerror]").count() == 0
        hrefs = page.locator("a[href]").evaluate_all(
            "all => all.map((a) => new URL(a.getAttribute('href'), location.href).protocol)"
        )
        assert {*hrefs} <= {"http:", "https:"}
        assert visit.wrong == []
    context.close()


@acceptance
def test_files_for_spreadsheets_hold_no_formula(visit):
    page = visit.open("#/keys")
    told = module(page, "csv.js", "m.toCsv(['a', 'b'], [['=1+1', -4], ['@x', null], ['a,\"b', '-x']])")
    assert told == '\ufeffa,b\r\n\'=1+1,-4\r\n\'@x,\r\n"a,""b",\'-x\r\n'


# ---------------------------------------------------------------- everybody can use it


@acceptance
@pytest.mark.parametrize("scheme, width", [("light", 1280), ("dark", 1280), ("light", 360), ("light", 320)])
def test_pages_are_accessible_and_fit(browser, site, opened, scheme, width):
    if not AXE.exists():
        pytest.skip("axe-core is not here: make vendor fetches it")
    context = browser.new_context(viewport={"width": width, "height": 740}, color_scheme=scheme)
    visit = Visit(context.new_page(), site)
    (article, row) = rows(opened, "SELECT article_id, quote_id FROM quotes ORDER BY ALL LIMIT 1")[0]
    (issue,) = rows(opened, "SELECT issue_id FROM positions ORDER BY ALL LIMIT 1")[0]
    wrong = []
    for route in (
        *(*ROUTES, *reported(opened)),
        *(f"#/article/{article}?at={row}", "#/actor/state:PRK", f"#/issue/{issue}"),
    ):
        page = visit.open(route)
        overflow = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
        wrong += [(route, "sideways", page.evaluate(overflow))] if page.evaluate(overflow) > 0 else []
        wrong += [(route, *found) for found in violations(page)]
    context.close()
    assert wrong == []


def violations(page):
    """What axe finds, run where the policy of the page does not reach and is not lifted either."""
    session = page.context.new_cdp_session(page)
    frame = session.send("Page.getFrameTree")["frameTree"]["frame"]["id"]
    world = session.send("Page.createIsolatedWorld", {"frameId": frame})["executionContextId"]
    session.send("Runtime.evaluate", {"expression": AXE.read_text(encoding="utf-8"), "contextId": world})
    tags = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
    expression = f"axe.run({{runOnly: {json.dumps(tags)}}}).then((r) => JSON.stringify(r.violations.map((v) => [v.id, v.nodes.map((n) => n.html.slice(0, 150))])))"  # noqa: E501
    told = session.send(
        "Runtime.evaluate",
        {"expression": expression, "contextId": world, "awaitPromise": True, "returnByValue": True},
    )
    return json.loads(told["result"]["value"])


@acceptance
def test_axe_sees_a_planted_fault(visit):
    if not AXE.exists():
        pytest.skip("axe-core is not here: make vendor fetches it")
    page = visit.open("#/keys")
    page.evaluate("document.querySelector('main').append(document.createElement('img'))")
    assert "image-alt" in [name for name, _ in violations(page)]


@acceptance
def test_the_whole_way_by_keyboard(visit):
    page = visit.open("#/")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.id") == "skip"
    page.keyboard.press("/")
    assert page.evaluate("document.activeElement.id") == "words"
    page.keyboard.type("sanctions")
    page.keyboard.press("Enter")
    page.locator("#found").wait_for()
    for _ in range(80):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.matches('.statement blockquote a')"):
            break
    page.keyboard.press("Enter")
    page.locator("#text .chosen").first.wait_for()
    assert page.locator("#text .chosen").first.evaluate("e => e.getBoundingClientRect().top < innerHeight")
    before = page.url
    page.keyboard.press("n")
    assert page.url != before
    page.keyboard.press("w")
    page.locator(".wrong:not([hidden])").wait_for()
    page.go_back()
    page.locator("#found").wait_for()
    assert visit.wrong == []


@acceptance
def test_judgments_are_kept_and_downloaded(visit, opened):
    (article, row) = rows(opened, "SELECT article_id, quote_id FROM quotes ORDER BY ALL LIMIT 1")[0]
    page = visit.open(f"#/article/{article}?at={row}")
    page.keyboard.press("r")
    page.locator(".card [data-verdict=right][aria-pressed=true]").wait_for()
    page.goto(visit.address + "#/judgments")
    with page.expect_download() as waiting:
        page.get_by_role("button", name="Download judgments.jsonl").click()
    (line,) = Path(waiting.value.path()).read_text().splitlines()
    judged = read_judgment(json.loads(line))
    assert (judged.release, judged.row_id) == ("test", row)


@acceptance
def test_two_windows_keep_each_others_judgments(visit, opened):
    found = rows(opened, "SELECT article_id, quote_id FROM quotes ORDER BY ALL LIMIT 2")
    windows = [visit.page, visit.page.context.new_page()]
    for page, (article, row) in zip(windows, found, strict=True):
        page.goto(f"{visit.address}#/article/{article}?at={row}")
        page.locator(".card [data-verdict=right]").wait_for()
        page.wait_for_load_state("networkidle")
    for page in windows:
        page.keyboard.press("r")
        page.locator(".card [data-verdict=right][aria-pressed=true]").wait_for()
    page.goto(visit.address + "#/judgments")
    page.locator("#main table").wait_for()
    assert page.locator("#main table tbody tr").count() == 2


@acceptance
def test_a_judgment_can_be_gone_on_with(visit, opened):
    (article, row) = rows(opened, "SELECT article_id, quote_id FROM quotes ORDER BY ALL LIMIT 1")[0]
    page = visit.open(f"#/article/{article}?at={row}")
    page.locator(".card [data-verdict=wrong]").click()
    page.locator(".card .wrong input[value=speaker]").check()
    page.locator(".card .wrong").get_by_label("Right would be").fill("Mr. X")
    page.locator(".card").get_by_role("button", name="Keep").click()
    page.locator(".card [role=status]:has-text('wrong: speaker')").wait_for()
    page = visit.open(f"#/article/{article}?at={row}")
    page.locator(".card .wrong:not([hidden])").wait_for()
    assert page.locator(".card .wrong input[value=speaker]").is_checked()
    assert page.locator(".card .wrong").get_by_label("Right would be").input_value() == "Mr. X"


@acceptance
def test_words_that_the_fullest_wording_has_not_are_marked(visit, opened):
    route, _ = reported(opened)
    page = visit.open(route)
    marked = {word.lower() for word in page.locator(".reports mark").all_inner_texts()}
    query = "SELECT fullest, words FROM coverage WHERE utterance_id = ?"
    told = rows(opened, query, route.removeprefix("#/utterance/"))
    words = [[{*re.findall(r"\w+", text.lower())} for text in texts] for texts in told]
    assert marked == set().union(*(own - fullest for fullest, own in words)) != set()


@acceptance
def test_an_initiative_tells_who_opposed_it_and_leads_there(visit, opened):
    _, route = reported(opened)
    page = visit.open(route)
    steps = page.locator("main section").first.locator("ol > li")
    assert "opposed by United States" in " ".join(steps.all_inner_texts())
    steps.filter(has_text="opposed").locator("a").click()
    page.locator("main section li", has_text="It opposes").wait_for()
    assert page.locator(".reports > li").count() == 1
    assert visit.wrong == []


@acceptance
def test_quotes_proposals_and_actors_lead_to_what_else_reports_the_same(visit, opened):
    utterance, initiative = (route.split("/")[-1] for route in reported(opened))
    ((article, quote, speaker),) = rows(
        opened, "SELECT article_id, quote_id, speaker_actor_id FROM quotes WHERE utterance_id = ? LIMIT 1", utterance
    )
    ((other, proposal),) = rows(
        opened, "SELECT article_id, proposal_id FROM proposals WHERE initiative_id = ? LIMIT 1", initiative
    )
    for route, expected in (
        (f"#/article/{article}?at={quote}", f"#/utterance/{utterance}"),
        (f"#/article/{other}?at={proposal}", f"#/initiative/{initiative}"),
        (f"#/actor/{speaker}", f"#/utterance/{utterance}"),
        ("#/actor/state:CHN", f"#/initiative/{initiative}"),
        ("#/quotes?q=negotiations", f"#/utterance/{utterance}"),
        ("#/utterances", f"#/utterance/{utterance}"),
        ("#/initiatives?status=opposed", f"#/initiative/{initiative}"),
    ):
        hrefs = visit.open(route).locator("main a").evaluate_all("all => all.map((a) => decodeURIComponent(a.hash))")
        assert expected in hrefs, route


@acceptance
def test_what_only_one_article_tells_leads_to_its_row(visit, opened):
    ((alone,),) = rows(opened, "SELECT utterance_id FROM utterances WHERE quote_count = 1 ORDER BY ALL LIMIT 1")
    page = visit.open(f"#/utterance/{alone}")
    page.get_by_role("link", name="its row").click()
    page.locator("#text .chosen").first.wait_for()


# ---------------------------------------------------------------- what comes late


class Held:
    """Requests for some files, held back until `let_go`."""

    def __init__(self, page, pattern):
        self._page, self._pattern, self._routes = page, pattern, []
        page.route(pattern, lambda route: self._routes.append(route))

    def let_go(self):
        for route in self._routes:
            route.continue_()
        self._page.unroute(self._pattern)


@acceptance
@pytest.mark.parametrize("route", ["#/row/{row}", "#/article/{article}?at={row}"])
def test_a_page_that_comes_late_leads_nobody_away(visit, opened, route):
    (article, row) = rows(opened, "SELECT article_id, quote_id FROM quotes ORDER BY ALL LIMIT 1")[0]
    page = visit.open("#/keys")
    held = Held(page, "**/data/article/*.json.gz")
    page.evaluate("to => { location.hash = to; }", route.format(article=article, row=row))
    page.locator("text=Loading …").wait_for()
    page.evaluate("location.hash = '#/tables'")
    page.locator("#table-quotes").wait_for()
    with page.expect_response("**/data/article/*.json.gz"):
        held.let_go()
    page.wait_for_timeout(500)
    assert page.url.endswith("#/tables")
    assert page.locator("#table-quotes").is_visible()


@acceptance
def test_a_long_search_can_be_stopped_while_it_runs(visit):
    told = visit.page.request.get(visit.address.replace("index.html", "data/meta.json")).json()
    told["counts"]["quotes"] = 60_000
    visit.page.route("**/data/meta.json", lambda route: route.fulfill(json=told))
    page = visit.open("#/keys")
    held = Held(page, "**/data/quotes-0.json.gz")
    page.evaluate("location.hash = '#/quotes?q=the'")
    page.locator("#stop").wait_for()
    page.wait_for_timeout(400)
    page.locator("#stop").click()
    held.let_go()
    page.locator("#found").wait_for()


@pytest.fixture(scope="module")
def in_parts(release, tmp_path_factory):
    """A release of fifteen articles, and the address of its site: its quotes lie in several shards, as those of more
    than a few hundred articles do."""
    folder = tmp_path_factory.mktemp("parts")
    (folder / "release").mkdir()
    multiply(release, folder / "release", 15)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(quote_shards, "STATEMENTS", 100)
        write_site(folder / "release", folder / "site")
    found = Opened(folder / "release")
    with serving(folder / "site") as address:
        yield found, f"{address}/test/index.html"
    found.close()


@pytest.fixture
def visit_in_parts(browser, in_parts):
    context = browser.new_context(viewport={"width": 1280, "height": 900})
    yield Visit(context.new_page(), in_parts[1])
    context.close()


@acceptance
def test_first_hits_are_there_before_all_quotes_have_come(visit_in_parts, in_parts):
    count = rows(in_parts[0], "SELECT count(*) FROM statements")[0][0]
    page = visit_in_parts.page
    held = Held(page, "**/data/quotes-1.json.gz")
    page.goto(visit_in_parts.address + "#/quotes")
    page.locator("#found").wait_for()
    assert page.locator("#found").inner_text().startswith(f"100 found so far in 100 of {count} quotes.")
    assert page.locator(".statement").count() == 50
    assert page.locator("#found button:not([disabled])").count() == 0
    page.locator("summary", has_text="Filters").click()
    page.locator(".statement blockquote a").first.focus()
    held.let_go()
    page.locator("main:not([aria-busy])").wait_for()
    assert page.locator("#found").inner_text().startswith(f"{count} found in {count} of {count} quotes.")
    assert page.locator(".statement").count() == 50
    assert page.evaluate("document.activeElement.matches('.statement blockquote a')")
    assert not page.locator(".filters").evaluate("details => details.open")
    assert page.locator(".facets li").count() > 5
    assert page.locator("#older").is_visible()
    assert visit_in_parts.wrong == []


@acceptance
@pytest.mark.parametrize("asked, words", [("sort=old", ""), ("q=sanctions", "sanctions"), ("skip=100", "")])
def test_a_page_of_hits_that_others_may_be_among_waits_for_all_quotes(visit_in_parts, in_parts, asked, words):
    page = visit_in_parts.page
    held = Held(page, "**/data/quotes-1.json.gz")
    page.goto(f"{visit_in_parts.address}#/quotes?{asked}")
    page.locator("text=Loading …").wait_for()
    page.wait_for_timeout(300)
    assert page.locator("#found").count() == 0
    held.let_go()
    page.locator("#found").wait_for()
    count = rows(in_parts[0], "SELECT count(*) FROM find(?)", words)[0][0]
    assert page.locator("#found").inner_text().startswith(f"{count} found in ")


@acceptance
def test_quotes_that_do_not_come_after_the_first_are_told_of(visit_in_parts):
    page = visit_in_parts.page
    page.route("**/data/quotes-1.json.gz", lambda route: route.fulfill(status=404))
    page.goto(visit_in_parts.address + "#/quotes")
    page.locator(".problem").wait_for()
    assert "quotes-1" in page.locator(".problem").inner_text()


# ---------------------------------------------------------------- other releases, and a server


@acceptance
def test_a_public_article_names_what_was_found_in_its_own_words(browser, make_once, release, opened):
    def make(folder):
        with in_profile(release, "public") as public:
            write_site(public, folder)

    (article,) = rows(opened, "SELECT article_id FROM quotes ORDER BY ALL LIMIT 1")[0]
    context = browser.new_context()
    with serving(make_once("public site", make)) as address:
        page = Visit(context.new_page(), f"{address}/test/index.html").open(f"#/article/{article}")
        texts = page.locator(".found button[data-at]").all_text_contents()
        hidden = page.locator(".found details:has(summary:has-text('actors')) button").all_text_contents()
    context.close()
    mentions = [text for (text,) in rows(opened, "SELECT text FROM mentions WHERE article_id = ?", article)]
    assert sorted(hidden) == sorted(text[:160] for text in mentions)
    assert all(texts)


@acceptance
def test_going_back_from_the_start_finds_the_last_one_that_is_shown(visit, opened):
    (article,) = rows(opened, "SELECT article_id FROM quotes ORDER BY ALL LIMIT 1")[0]
    page = visit.open(f"#/article/{article}")
    for kind in ("actors", "dates"):
        page.locator(".legend-boxes label", has_text=kind).locator("input").uncheck()
    page.keyboard.press("p")
    page.locator(".card").wait_for()


@acceptance
def test_sql_of_a_server_that_has_ended_says_so(browser, own_release):
    opened = Opened(own_release)
    context = browser.new_context()
    with socket.socket() as listening:
        listening.bind(("127.0.0.1", 0))
        port = listening.getsockname()[1]
        config = uvicorn.Config(to_app(opened, token="secret", port=port), log_level="error")
        server = uvicorn.Server(config)
        thread = threading.Thread(target=server.run, kwargs={"sockets": [listening]}, daemon=True)
        thread.start()
        while not server.started:
            time.sleep(0.05)
        page = context.new_page()
        page.goto(f"http://127.0.0.1:{port}/?token=secret")
        page.locator(".counts").wait_for()
        page.goto(f"http://127.0.0.1:{port}/sql.html")
        page.locator("#query").fill("SELECT 'nan'::DOUBLE AS x, 9007199254740993 AS y")
        page.locator("#run").click()
        page.locator("#rows").wait_for()
        assert page.locator("#result td").all_text_contents() == ["nan", "9007199254740993"]
        server.should_exit = True
        thread.join()
    page.locator("#run").click()
    page.locator("#result .problem").wait_for()
    assert "onrecord explore" in page.locator("#result .problem").inner_text()
    context.close()
    opened.close()


# ---------------------------------------------------------------- when something is missing


class Odd(Files):
    """A host that lacks a file, damages one, and says of all .gz that it has packed them again."""

    mode = "packed"

    def do_GET(self):
        if self.mode == "missing" and "overview.json" in self.path:
            self.send_error(404)
        elif self.mode == "damaged" and "overview.json" in self.path:
            self.answer(b"\x1f\x8bnonsense")
        elif self.mode == "packed" and self.path.endswith(".gz"):
            self.answer(Path(self.translate_path(self.path)).read_bytes(), ("Content-Encoding", "gzip"))
        else:
            super().do_GET()

    def answer(self, raw, *headers):
        self.send_response(200)
        for name, value in (*headers, ("Content-Length", str(len(raw)))):
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(raw)


@acceptance
@pytest.mark.parametrize("mode, told", [("missing", "no such file"), ("damaged", "damaged"), ("packed", None)])
def test_an_odd_host_is_borne_or_told_of(browser, make_once, release, site, mode, told):
    folder = make_once("site", lambda folder: write_site(release, folder))
    with serving(folder / "test", type("Host", (Odd,), {"mode": mode})) as address:
        context = browser.new_context()
        page = Visit(context.new_page(), f"{address}/index.html").open("#/")
        if told:
            assert told in page.locator(".problem").inner_text()
            assert page.get_by_role("button", name="Try again").is_visible()
        else:
            assert page.locator(".counts").is_visible()
        context.close()


@acceptance
def test_the_page_above_the_versions_leads_to_the_same_place_in_the_newest(browser, make_once, release, site):
    folder = make_once("site", lambda folder: write_site(release, folder))
    with serving(folder) as address:
        context = browser.new_context()
        page = Visit(context.new_page(), f"{address}/index.html").open("#/actors")
        page.wait_for_url("**/test/index.html#/actors")
        context.close()


@acceptance
def test_offline_tells_and_comes_back(visit):
    page = visit.open("#/")
    page.context.set_offline(True)
    page.goto(visit.address + "#/tables")
    page.locator(".problem").wait_for()
    page.context.set_offline(False)
    page.get_by_role("button", name="Try again").click()
    page.locator("#table-quotes").wait_for()


@acceptance
def test_pages_opened_from_disk_say_what_to_do(browser):
    context = browser.new_context()
    page = context.new_page()
    page.goto((ROOT / "pipelines/onrecord/explore/site/static/index.html").as_uri())
    assert "python -m http.server" in page.locator("main").inner_text()
    context.close()


@acceptance
def test_pages_stay_light(visit, opened):
    (article,) = rows(opened, "SELECT article_id FROM quotes ORDER BY ALL LIMIT 1")[0]
    for route, most in (
        ("#/", 60_000),
        (f"#/article/{article}", 350_000),
        ("#/quotes?q=the", 1e6),
        ("#/network", 1e6),
        ("#/utterances", 350_000),
        ("#/initiatives", 350_000),
        *((page, 350_000) for page in reported(opened)),
    ):
        visit.bytes = 0
        visit.open(route)
        assert visit.bytes <= most


# ---------------------------------------------------------------- SQL in the page

REFUSED = (
    *("SELECT * FROM read_csv('https://example.com/x.csv')", "COPY (SELECT 1) TO 'http://localhost:9999/x'"),
    *("ATTACH 'https://example.com/y.db'", "LOAD parquet", "SET enable_external_access = true"),
    *("CREATE TABLE t (a INT)", "DROP VIEW quotes"),
)


@acceptance
def test_sql_runs_in_the_page_and_reaches_nothing_else(visit, opened):
    if not has_engine():
        pytest.skip("DuckDB's engine is not here: make vendor fetches it")
    page = visit.page
    sql_page = visit.address.replace("index.html", "sql.html")
    page.goto(sql_page)

    def answer(query):
        page.locator("#query").fill(query)
        page.locator("#run").click()
        page.locator("#run:not([disabled])").wait_for(timeout=180_000)
        return page.locator("#result").inner_text()

    (count,) = rows(opened, "SELECT count(*) FROM find('ease sanction')")[0]
    assert re.search(rf"\b{count}\b", answer("SELECT count(*) AS n FROM find('ease sanction')").split("Result")[1])
    for unit in ("actor", "state"):
        expected = rows(opened, f"SELECT id_1, id_2, weight FROM subtract(unit := '{unit}') LIMIT 3")
        told = answer(f"SELECT id_1, id_2, weight FROM subtract(unit := '{unit}') LIMIT 3")
        assert all(str(value) in told for row in expected for value in row)
    for query in REFUSED:
        assert "That did not run" in answer(query), query
    answer("INSTALL httpfs")  # does nothing there
    assert visit.wrong == []


@acceptance
def test_the_engine_works_in_a_worker_that_the_policy_binds(visit):
    if not has_engine():
        pytest.skip("DuckDB's engine is not here: make vendor fetches it")
    source = (ROOT / "pipelines/onrecord/explore/site/static/engine.js").read_text()
    assert 'new Worker(blob(script, "text/javascript"))' in source
    page = visit.page
    page.goto(visit.address.replace("index.html", "sql.html"))
    plain = "(() => { try { new Worker('engine.js'); return 'made'; } catch (e) { return 'refused'; } })()"
    refusal = page.evaluate(
        "() => new Promise((done) => { addEventListener('securitypolicyviolation', (e) => "
        f"done(e.effectiveDirective)); {plain}; setTimeout(() => done(null), 5000); }})"
    )
    assert refusal == "worker-src"
