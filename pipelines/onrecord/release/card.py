"""README.md of a release: the dataset card, which tells a reader who has only the folder all there is to know.

Its YAML head is what Hugging Face's `datasets` reads, so that the folder loads by load_dataset.
"""

from collections.abc import Iterable, Mapping, Sequence

import yaml

from onrecord.document import Reason
from onrecord.knowledge.rule_shares import rule_shares
from onrecord.release.facts import Facts, Source
from onrecord.release.markdown import to_cell
from onrecord.schema import Package, Profile, Table
from onrecord.schema.quality import Quality
from onrecord.schema.views import View

EXAMPLE = 60  # characters of an example in the data dictionary
_RULES = (
    ("articles", "articles.published_rule"),
    ("dates", "dates.rule"),
    ("mentions", "mentions.link_confidence"),
)
_SHOWN_FIRST = "quotes"  # the configuration that load_dataset takes if it is told none


def to_card(
    package: Package,
    version: str,
    profile: Profile,
    facts: Facts,
    quality: Quality,
    views: Sequence[View],
    doi: str | None = None,
    audited: str | None = None,
) -> str:
    """The card: what it is, how to open it, how it was made, how good it is, whose it is, and the data dictionary.

    `audited` is the part that tells what users found.
    """
    sections = [
        _head(package, version, facts, doi),
        _opening(facts, views),
        _making(facts),
        *([audited] if audited else []),
        _quality(quality),
        _rights(package, profile, facts),
        _dictionary(package, facts),
    ]
    return "\n".join(sections)


def data_files(table: str, files: Sequence[str]) -> str:
    """The files of a table as Hugging Face's `datasets` names them: a pattern for one that is cut by month."""
    return files[0] if len(files) == 1 else f"{table}/**/*.parquet"


def _head(package: Package, version: str, facts: Facts, doi: str | None) -> str:
    configurations = [
        {
            "config_name": name,
            "data_files": data_files(name, files),
            **({"default": True} if name == _SHOWN_FIRST else {}),
        }
        for name, files in facts.files.items()
        if facts.counts[name]  # `datasets` refuses a table without rows
    ]
    head = {
        "pretty_name": f"{package.title} {version}",
        "language": ["en"],
        "license": str(package.licenses[0]["name"]).lower(),
        "size_categories": [_size(sum(facts.counts.values()))],
        "task_categories": ["token-classification", "text-classification"],
        "tags": list(package.keywords),
        "configs": configurations,
    }
    rows = _table(
        ("table", "rows", "one row is"),
        ((f"[{t.name}](#{t.name})", f"{facts.counts[t.name]:,}", t.description) for t in package.tables.values()),
    )
    first, last = facts.published
    cited = f" DOI [{doi}](https://doi.org/{doi})." if doi else ""
    known = f", {facts.dated:,} of them dated to the day, {first} to {last}" if facts.dated else ""
    return f"""---
{yaml.safe_dump(head, sort_keys=False, allow_unicode=True, width=120)}---

# {package.title} {version}

{package.description} {facts.counts["articles"]:,} articles{known}. Schema {package.schema_version}.{cited}

{rows}
"""


def _size(rows: int) -> str:
    """The number of rows as Hugging Face writes it: 1K<n<10K."""
    limits = [(1_000 ** (power // 3)) * 10 ** (power % 3) for power in range(3, 13)]
    names = ["1K", "10K", "100K", "1M", "10M", "100M", "1B", "10B", "100B", "1T"]
    above = next((place for place, limit in enumerate(limits) if rows < limit), len(limits))
    if above in (0, len(limits)):
        return f"n<{names[0]}" if above == 0 else f"n>{names[-1]}"
    return f"{names[above - 1]}<n<{names[above]}"


def _opening(facts: Facts, views: Sequence[View]) -> str:
    files = facts.files["quotes"]
    quotes = files[0] if len(files) == 1 else "quotes"
    listed = _table(("view", "what it holds"), ((f"`{v.signature}`", v.comment) for v in views))
    return f"""## Open it

In DuckDB, in this folder or in the one that holds it:

```sql
.read load.sql
SELECT published, speaker, country, title, text FROM statements ORDER BY published;
```

`load.sql` makes a view of each table with its comments, and those below. `duckdb onrecord.duckdb`, in this folder, has
them ready made; from elsewhere, or for a folder at https://, `SET VARIABLE onrecord_dir = '...'`, then ATTACH it and
USE it. `import.sql` fills tables with primary and foreign keys in a database of yours, `schema.sql` makes them empty.

{listed}

In Python, with pandas, polars or Hugging Face's datasets (`load_dataset("path/to/this/folder", "quotes")`):

```python
import pandas as pd

quotes = pd.read_parquet("{quotes}")
```

In R: `arrow::open_dataset("{quotes}")`. Anything that reads Parquet can read the files where they are, also at https://
or s3://, and fetches only the columns and row groups that it needs: rows stand in the order of their articles' days.
The meaning of each column travels in the files as field metadata.

`find('words')` needs no extension. For ranked full-text search, where DuckDB's fts is to be had: import.sql, then
`INSTALL fts; LOAD fts; PRAGMA create_fts_index('quotes', 'quote_id', 'text');`, and from then on
`SELECT fts_main_quotes.match_bm25(quote_id, 'words') AS score, text FROM quotes WHERE score > 0 ORDER BY score DESC;`.

`sha256sum -c SHA256SUMS` tells whether all files are whole; `onrecord check` also runs every rule of checks.json again.
CHANGES.md says what is new since the release before. CITATION.cff says how to cite this one. datapackage.json and
croissant.json describe it to machines.

Offsets count Unicode code points from 0, end exclusive: in SQL `articles.text[start + 1 : end]`, in Python
`text[start:end]`. Null means that the article does not say.
"""


def _making(facts: Facts) -> str:
    shares = "\n".join(f"- {words}: {share:.0%}" for words, share in facts.shares.items() if share is not None)
    return f"""## How it was made

Articles were read as scraped: cleaned of headlines, captions, prompts and comments, dated by their metadata, address
or text, and annotated by programs: dates by a grammar, actors by a knowledge base and names, quotes by a learned tagger
with rules around it, proposals by heads of the same encoder, coded with a codebook. Nobody edited the rows. Copies and
versions of an article stay in the tables, linked by `duplicate_of` and `supersedes`; the views whose names begin with
`current_`, and all that are made of them, count each article once. What was refused stands in `rejections`, with the
reason.

What the rows are like:

{shares or "- there are none"}
"""


def _quality(quality: Quality) -> str:
    rows = _table(
        ("about", "what was measured", "on", "measure", "%", "for comparison", "when", "command"),
        (
            (
                ", ".join(m.tables),
                m.of,
                m.sample,
                m.measure,
                f"{m.value:.1f}",
                m.comparison or "",
                m.measured.isoformat(),
                f"`{m.command}`",
            )
            for m in quality.measures
        ),
    )
    limits = "\n".join(f"- {line}" for line in quality.limits)
    return f"""## How good it is

Measured on labelled articles, not on this release:

{rows}

### Rules of dates and links

How often what each rule gave was right where it was tuned, and in articles elsewhere. Of `articles.published_rule`:
bounds that held the true day of 2,331 news articles of 2012-2020 whose day was hidden (`given`: of 44 pages),
elsewhere of 600 that nobody opened. Of `dates.rule`: values in 203 articles of TimeBank and AQUAINT, elsewhere in 53.
Of `mentions.link_confidence`: actors of mentions, by how the article knows them (`actors.link_method`) and
`mentions.form`, in 169 articles whose sources, proposers and targets readers named, elsewhere in 51 that nobody opened.

{_rules()}

## Known biases and gaps

{limits}
"""


def _rules() -> str:
    return _table(
        ("column", "rule", "right", "of", "%", "right elsewhere", "of"),
        (
            (
                f"`{column}`",
                share.rule,
                f"{share.right}",
                f"{share.of}",
                f"{100 * share.right / share.of:.0f}" if share.of else "",
                f"{share.right_elsewhere}",
                f"{share.of_elsewhere}",
            )
            for table, column in _RULES
            for share in rule_shares(table).values()
        ),
    )


def _rights(package: Package, profile: Profile, facts: Facts) -> str:
    rows = _table(
        ("outlet", "articles", "published", "rights, as given with the articles"),
        (
            (to_cell(s.outlet) or "unknown", f"{s.articles:,}", _span(s), to_cell(s.rights, 200) or "none stated")
            for s in facts.sources
        ),
    )
    more = facts.source_count - len(facts.sources)
    rest = f"\n\n{more:,} more are in articles.outlet and articles.rights." if more else ""
    return f"""## Licence and rights

The annotations are under {package.licenses[0]["title"]}. The text of the articles belongs to their publishers and is
here as evidence for the annotations. Where no rights are stated, assume that all are reserved.

This is a release of the profile **{profile.name}**. {profile.description}

{rows}{rest}
"""


def _span(source: Source) -> str:
    days = [day.isoformat() for day in (source.first, source.last) if day]
    return " to ".join(dict.fromkeys(days)) or "unknown"


def _dictionary(package: Package, facts: Facts) -> str:
    tables = "\n".join(_columns(t, facts.examples[t.name]) for t in package.tables.values())
    reasons = _table(("reason", "meaning"), ((r.value, r.meaning) for r in Reason))
    return f"""## Data dictionary

An example is the first value in this release.

{tables}
### Codes in rejections.reason

{reasons}
"""


def _columns(table: Table, examples: Mapping[str, str | None]) -> str:
    """The table's part of the data dictionary, as Markdown, with an example value for each column."""
    head = f"### {table.name}\n\n{table.description} Primary key: {', '.join(table.primary_key)}.\n\n"
    rows = ["| column | type | null | meaning | example |", "| --- | --- | --- | --- | --- |"]
    keys = {k.columns[0]: k for k in table.foreign_keys if len(k.columns) == 1}
    for c in table.columns:
        meaning = c.description + (f" Unit: {c.unit}." if c.unit else "")
        if c.enum:
            meaning += f" One of: {', '.join(c.enum)}."
        if c.name in keys:
            meaning += f" Refers to {keys[c.name].table}.{keys[c.name].references[0]}."
        kind = c.to_duckdb()
        null = "no" if c.required else "yes"
        meaning = meaning.replace("|", "&#124;")
        rows.append(f"| {c.name} | {kind} | {null} | {meaning} | {to_cell(examples.get(c.name), EXAMPLE)} |")
    return head + "\n".join(rows) + "\n"


def _table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    lines = [head, ["---"] * len(head), *rows]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)
