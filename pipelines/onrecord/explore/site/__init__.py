"""The explorer: a release as pages for a browser, from any static host or from this machine.

    static/       the pages themselves: plain ES modules and one stylesheet, served as they are
    static/vendor/    the layout of networks (d3-force), bundled by `make vendor` and committed
    static/engine/    DuckDB for the SQL page, put there by `make vendor`, not committed
    vendor/       what `make vendor` works with

The pages read `data/meta.json` and shards, gzipped JSON of known name:

    overview, actors, issues, utterances, initiatives, tables, positions, redirects, words
    quotes-N           statements, the newest first, as columns
    article/PREFIX     the articles whose ids begin so, with all that was found in them
    actor/HASH         the actors whose ids hash so (FNV-1a, its last hexadecimal digits)
    issue/HASH         the same for issues
    utterance/PREFIX, initiative/PREFIX    those that are told more than once, or answered, whose ids begin so

`shards` makes each from the release's own views; `writing` writes all of them into a folder, `server` makes the
one that is asked for. So both give the same bytes.
"""

FORMAT = 3  # of the shards; pages of another one say so
