"""The shards of articles: each with its text, where the release has it, and every row that points into it."""

from typing import Any

from onrecord.explore.site.opened import Opened
from onrecord.explore.site.packing import records, values

_ARTICLE = (
    "title, outlet, authors, dateline, section, rights, url, source_file, published, published_basis, "
    "published_earliest, published_latest, published_edtf, published_evidence, published_rule, truncated, word_count, "
    "duplicate_of, supersedes"
)
_QUOTE = (
    'quote_id AS id, "start", "end", kind, attitude, polarity, within_quote_id, attribution, speaker_text, '
    "speaker_start, speaker_end, cue, cue_start, cue_end, addressee_actor_id AS addressee, group_id, said_earliest, "
    "said_latest, confidence"
)
_PROPOSAL = (
    'p.proposal_id AS id, p."start", p."end", p.type, p.plover, p.action, p.issue_id, i.label AS issue, p.stance, '
    "p.wanted, p.modality, p.cue, p.cue_start, p.cue_end, p.instrument, p.instrument_ref, p.quote_id, p.date_id, "
    "p.confidence"
)
_DATE = 'date_id AS id, "start", "end", type, value, mod, edtf, earliest, latest, granularity, anchor, confidence'


def article_shard(opened: Opened, prefix: str) -> dict[str, Any]:
    """Articles whose ids begin with `prefix`, by id. Where there is no text, rows bring their own words."""
    bounds = {"since": prefix, "until": prefix + "g"}  # behind every hexadecimal digit
    words, body = ("", ", text") if opened.has_text else (", text", "")
    within = '"{0}" >= $since AND "{0}" < $until'
    heads, repeated, acts = (opened.kept(name) for name in ("heads", "repeated", "acts"))
    with opened.cursor() as cursor:
        month = opened.in_months(cursor, within.format("article_id"), bounds)

        def of(column: str) -> str:
            return f"{within.format(column)} AND {month}"

        query = f"SELECT article_id, {_ARTICLE}{body} FROM articles WHERE {of('article_id')} ORDER BY article_id"
        found = {row.pop("article_id"): row for row in records(cursor, query, bounds)}
        for row in found.values():
            row |= {"copies": [], "updates": [], "quotes": [], "proposals": [], "dates": [], "mentions": []}
            row["actors"] = {}
        for column, name in (("duplicate_of", "copies"), ("supersedes", "updates")):
            query = (
                f"SELECT {column}, article_id, title, outlet FROM {heads} WHERE {within.format(column)} ORDER BY ALL"
            )
            for other_of, *other in values(cursor, query, bounds):
                found[other_of][name].append(other)
        query = (
            f"SELECT article_id, {_QUOTE}{words}, r.utterance_id AS utterance, r.outlets FROM (FROM quotes WHERE "
            f"{of('article_id')}) LEFT JOIN (SELECT utterance_id, outlets FROM {repeated}) r USING (utterance_id) "
            "ORDER BY article_id, start, id"
        )
        quotes = {}
        for row in records(cursor, query, bounds):
            quotes[row["id"]] = row | {"speakers": []}
            found[row["article_id"]]["quotes"].append(quotes[row["id"]])
            del quotes[row["id"]]["article_id"]
        query = f"SELECT quote_id, actor_id FROM quote_speakers WHERE {of('quote_id')} ORDER BY quote_id, place"
        for quote, actor in values(cursor, query, bounds):
            quotes[quote]["speakers"].append(actor)
        proposals = {}
        query = (
            f"SELECT article_id, {_PROPOSAL}{words}, a.initiative_id AS initiative, a.outlets FROM (FROM proposals "
            f"WHERE {of('article_id')}) p LEFT JOIN issues i USING (issue_id) LEFT JOIN (SELECT initiative_id, "
            f"outlets FROM {acts}) a USING (initiative_id) "
            "ORDER BY article_id, start, id"
        )
        for row in records(cursor, query, bounds):
            article = found[row.pop("article_id")]
            proposals[row["id"]] = row
            row["parties"] = []
            article["proposals"].append(row)
        query = (
            f"SELECT proposal_id, actor_id, role, text FROM proposal_actors WHERE {of('proposal_id')} "
            "ORDER BY proposal_id, role, actor_id"
        )
        for proposal, *party in values(cursor, query, bounds):
            proposals[proposal]["parties"].append(party)
        query = f"SELECT article_id, {_DATE}{words} FROM dates WHERE {of('article_id')} ORDER BY article_id, start, id"
        for row in records(cursor, query, bounds):
            found[row.pop("article_id")]["dates"].append(row)
        query = (
            f'SELECT article_id, mention_id, "start", "end", actor_id, form, role{words} FROM mentions '
            f"WHERE {of('article_id')} ORDER BY article_id, start, mention_id"
        )
        for article, *mention in values(cursor, query, bounds):
            found[article]["mentions"].append(mention)
    _add_actors(opened, found)
    return found


def _add_actors(opened: Opened, found: dict[str, Any]) -> None:
    """What the articles' actors are called."""
    of_article = {}
    for article, row in found.items():
        parties = [party[0] for p in row["proposals"] for party in p["parties"]]
        said = [actor for q in row["quotes"] for actor in (*q["speakers"], q["addressee"]) if actor]
        of_article[article] = {*parties, *said, *(mention[3] for mention in row["mentions"])}
    wanted = sorted(set().union(*of_article.values()))
    with opened.cursor() as cursor:
        query = (
            f"SELECT actor_id, name, type, country FROM {opened.kept('cast')} "
            "WHERE actor_id IN (SELECT unnest($ids::VARCHAR[])) ORDER BY actor_id"
        )
        facts = {actor: told for actor, *told in values(cursor, query, {"ids": wanted})}
    for article, row in found.items():
        row["actors"] = {actor: facts[actor] for actor in sorted(of_article[article]) if actor in facts}
