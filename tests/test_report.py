"""report.html tells what is in the release, needs nothing else, and does nothing that an article's text might want."""

import json
import re
import shutil
import subprocess
from datetime import date

import duckdb
import lxml.html
import pyarrow.parquet as pq
import pytest

from onrecord.release.charts import periods, to_bars, to_columns
from onrecord.release.facts import read_facts
from onrecord.release.report import KINDS, SAMPLE, to_report
from onrecord.schema import load_package
from onrecord.schema.quality import load_quality

HOSTILE = (
    '</script><script>document.title="owned"</script><img src=x onerror="document.title=1"><svg onload=alert(1)>'
    '"\'><a href="javascript:alert(1)">{{ 7 * 7 }}{% raw %}&lt;b&gt;\u202egnp.exe\x1b[2J'
)


def _report(folder, profile="full"):
    package = load_package()
    chosen = package.profiles[profile]
    package = package.under(chosen)
    return to_report(folder, package, "test", chosen, read_facts(folder, package), load_quality())


@pytest.fixture(scope="module")
def page(release):
    return _report(release)


@pytest.fixture(scope="module")
def hostile(release, tmp_path_factory):
    """The report of a release in which all free text is hostile."""
    folder = tmp_path_factory.mktemp("hostile") / "release"
    shutil.copytree(release, folder)
    for table in load_package().tables.values():
        free = {c.name for c in table.columns if c.type == "string" and not (c.enum or c.pattern)}
        free -= {c for k in table.foreign_keys for c in k.columns} | {*table.primary_key}
        path = folder / f"{table.name}.parquet"
        rows = pq.read_table(path)
        told = [{k: HOSTILE if k in free else v for k, v in row.items()} for row in rows.to_pylist()]
        told = [row | ({"url": f"javascript:alert('{HOSTILE}')"} if "url" in row else {}) for row in told]
        pq.write_table(rows.from_pylist(told, schema=rows.schema), path)
    checks = json.loads((folder / "checks.json").read_text())
    checks["checks"][0] |= {"passed": False, "sample": [HOSTILE]}
    (folder / "checks.json").write_text(json.dumps(checks))
    return _report(folder)


def test_the_report_counts_what_the_tables_hold(page, release):
    tiles = {d.findtext("dt"): d.findtext("dd") for d in lxml.html.fromstring(page).xpath("//*[@class='tiles']/div")}
    assert tiles["quotes"] == f"{pq.read_metadata(release / 'quotes.parquet').num_rows:,}"
    assert set(tiles) == {"articles", "actors", "quotes", "proposals", "dates", "rejections"}


def test_a_chart_and_its_table_say_the_same(release, tmp_path):
    page = _dated(release, tmp_path / "dated", [MAY, JUNE, MAY, JUNE, MAY])
    figure = lxml.html.fromstring(page).xpath("//figure")[0]
    drawn = sum(int(t.text.split(": ")[1].split()[0].replace(",", "")) for t in figure.xpath(".//rect/title"))
    told = sum(int(row.xpath("./td")[-1].text.replace(",", "")) for row in figure.xpath(".//tbody/tr"))
    assert drawn == told > 0
    assert all(svg.get("aria-labelledby") or svg.get("aria-label") for svg in lxml.html.fromstring(page).xpath("//svg"))


def test_every_link_inside_the_page_leads_somewhere(page):
    tree = lxml.html.fromstring(page)
    targets = {f"#{name}" for name in tree.xpath("//@id")}
    links = [link for link in tree.xpath("//a/@href") if link.startswith("#")]
    assert len(links) > SAMPLE
    assert set(links) <= targets


def test_files_that_the_page_links_to_are_in_the_release(page, release):
    links = lxml.html.fromstring(page).xpath("//a/@href")
    files = {link for link in links if not link.startswith(("#", "https://", "http://"))}
    assert len(files) > 10
    assert all((release / name).exists() for name in files)


def test_the_page_loads_nothing(page):
    tree = lxml.html.fromstring(page)
    assert tree.xpath("//@src | //link | //iframe | //object | //embed | //form | //base") == []
    assert tree.xpath("//script/@type") == ["application/ld+json"]
    assert "url(" not in tree.findtext(".//style")
    assert "default-src 'none'" in tree.xpath("//meta[@http-equiv]/@content")[0]


def test_the_linked_data_is_json_that_names_every_file(page):
    node = json.loads(lxml.html.fromstring(page).xpath("//script")[0].text)
    assert {d["contentUrl"] for d in node["distribution"]} == {f"{name}.parquet" for name in load_package().tables}


def test_hostile_text_stays_text(hostile):
    tree = lxml.html.fromstring(hostile)
    assert len(tree.xpath("//script")) == 1
    assert tree.xpath("//img") == []
    assert not [name for e in tree.iter() for name in e.attrib if name.lower().startswith("on")]
    assert not [link for link in tree.xpath("//a/@href") if "javascript" in link]
    assert "{{ 7 * 7 }}" in tree.text_content()
    assert not {"\u202e", "\x1b"} & {*hostile}


@pytest.mark.acceptance
@pytest.mark.skipif(not shutil.which("chromium"), reason="chromium is not here")
def test_a_browser_runs_nothing_of_it(hostile, tmp_path):
    (tmp_path / "report.html").write_text(hostile)
    command = ["chromium", "--headless", "--no-sandbox", "--disable-gpu", f"--user-data-dir={tmp_path / 'profile'}"]
    done = subprocess.run(
        [*command, "--dump-dom", (tmp_path / "report.html").as_uri()], capture_output=True, text=True, timeout=120
    )
    tree = lxml.html.fromstring(done.stdout)
    assert tree.findtext(".//title") == "On Record test"
    assert len(tree.xpath("//script")) == 1
    assert tree.xpath("//img | //a[starts-with(@href, 'javascript')]") == []


def test_the_same_tables_give_the_same_page(page, release):
    assert _report(release) == page


def test_a_public_release_has_its_report_too(release, tmp_path):
    folder = shutil.copytree(release, tmp_path / "public")
    articles = pq.read_table(folder / "articles.parquet")
    pq.write_table(articles.drop_columns(["text"]), folder / "articles.parquet")
    assert "public release" in _report(folder, "public")


def test_a_release_without_articles_has_a_report(release, tmp_path):
    folder = shutil.copytree(release, tmp_path / "empty")
    for name in load_package().tables:
        with duckdb.connect() as connection:
            path = folder / f"{name}.parquet"
            connection.execute(f"CREATE TABLE t AS FROM read_parquet('{path}') LIMIT 0; COPY t TO '{path}'")
    page = _report(folder)
    assert "No article tells in which year it was published" in page
    assert "Nothing was refused" in page


@pytest.mark.parametrize(
    "first, last, count, label",
    [("2018-09", "2018-09", 1, "2018-09"), ("2018-11", "2019-02", 4, "2019-01"), ("0999", "1002", 4, "1001")],
)
def test_time_runs_without_gaps(first, last, count, label):
    labels = periods(first, last)
    assert (len(labels), labels[0], labels[-1]) == (count, first, last)
    assert label in labels


def _dated(release, folder, bounds):
    """The page, if the articles had these bounds."""
    shutil.copytree(release, folder)
    path = folder / "articles.parquet"
    rows = pq.read_table(path)
    quoted = pq.read_table(folder / "quotes.parquet").column("article_id").to_pylist()
    bound = dict(zip(dict.fromkeys(quoted), bounds, strict=True))
    names = ("published_earliest", "published_latest")
    told = [row | dict(zip(names, bound[row["article_id"]], strict=True)) for row in rows.to_pylist()]
    pq.write_table(rows.from_pylist(told, schema=rows.schema), path)
    return _report(folder)


def _charts(release, folder, bounds):
    """Captions of the charts of quotes, and their columns with what they count, if the articles had these bounds."""
    page = lxml.html.fromstring(_dated(release, folder, bounds))
    figures = page.xpath("//figure[starts-with(normalize-space(.), 'Quotes')]")
    return {
        re.sub(r"; [0-9]+ ", "; N ", " ".join(figure.find("figcaption").text_content().split())): [
            row.findtext("th") for row in figure.xpath(".//tbody/tr")
        ]
        for figure in figures
    }


MAY, JUNE = (date(2018, 5, 1), date(2018, 5, 31)), (date(2018, 6, 3), date(2018, 6, 3))
YEAR, LONG_AGO = (date(2017, 1, 1), date(2017, 12, 31)), (date(1990, 7, 1), date(1990, 7, 2))
BY_MONTH, BY_YEAR = (f"Quotes by the {unit} in which their article was published." for unit in ("month", "year"))
ONLY_YEAR = "Quotes whose article tells only the year; N more are in articles that do not tell even the year."


@pytest.mark.parametrize(
    "bounds, expected",
    [
        ([MAY, JUNE, MAY, JUNE, MAY], {BY_MONTH: ["2018-05", "2018-06"]}),
        (
            [MAY, YEAR, MAY, (date(2018, 11, 20), date(2018, 12, 3)), (None, date(2018, 5, 1))],
            {ONLY_YEAR: ["2017", "2018"]},  # one month is a sentence, no chart
        ),
        ([MAY, LONG_AGO, MAY, YEAR, MAY], {BY_YEAR: ["1990", "2017", "2018"]}),
        ([YEAR] * 5, {}),
        ([(None, None)] * 5, {}),
    ],
    ids=["months", "months and years", "too many months", "years", "nothing"],
)
def test_a_quote_is_drawn_in_the_month_or_year_that_its_article_tells(release, tmp_path, bounds, expected):
    assert _charts(release, tmp_path / "dated", bounds) == expected


def test_columns_are_as_high_as_their_counts():
    chart = to_columns(["a", "b"], KINDS, {("a", "direct"): 4, ("a", "indirect"): 4, ("b", "direct"): 2})
    one, two = chart.columns
    assert one.pieces[0].length == pytest.approx(2 * two.pieces[0].length, abs=0.02)
    assert one.pieces[1].start == one.pieces[0].length
    assert chart.ticks[-1][1] >= one.total == 8


def test_the_longest_bar_is_as_long_as_can_be():
    first, second = to_bars([("a", None, {"x": 3, "y": 1}), ("b", "note", {"x": 1})])
    assert sum(p.length for p in first.pieces) == 100
    assert second.pieces[0].length == 25
