// Statements that hold words and pass filters: asked of the server, or found in the shards.

import { ask, meta, shard } from "./data.js";
import { within } from "./dates.js";
import { matcher, parse } from "./find.js";

export const FILTERS = ["speaker", "named", "country", "sector", "outlet", "issue", "stance", "kind", "attitude", "polarity", "from", "to", "min"];
const FACETS = { speaker: 12, country: 12, outlet: 12, kind: 12, attitude: 12, polarity: 12, year: 12 };

/** The rows of a shard as objects, made when they are asked for. */
export function row(part, at) {
  const { rows } = part;
  const [article, title, outlet] = part.articles[rows.article[at]];
  const [speakerId, speaker, country, sector, speakerType] = part.speakers[rows.speaker[at]];
  return {
    id: article + rows.id[at], text: rows.text[at], article, title, outlet, speakerId, speaker, country, sector, speakerType,
    role: rows.role[at] === null ? null : part.roles[rows.role[at]], kind: part.kinds[rows.kind[at]], attitude: part.attitudes[rows.attitude[at]], polarity: part.polarities[rows.polarity[at]],
    earliest: rows.earliest[at], latest: rows.latest[at], confidence: rows.confidence[at],
    codes: (rows.codes[at] ?? []).map(([issue, stance]) => [part.issues[issue], stance]),
    utterance: rows.utterance[at]?.[0] ?? null, outlets: rows.utterance[at]?.[1] ?? null,
  };
}

/** The conditions that a query sets, by the name of each. */
function tests(asked, meets) {
  const given = (name) => asked.get(name) || null;
  const [issue, stance] = [given("issue"), given("stance")];
  const all = {
    q: meets && ((r) => meets(r.text)),
    speaker: given("speaker") && ((r) => r.speakerId === given("speaker")),
    named: given("named") && ((r) => r.speakerId === null && (r.speaker ?? "") === given("named")),
    country: given("country") && ((r) => r.country === given("country")),
    sector: given("sector") && ((r) => r.sector === given("sector")),
    outlet: given("outlet") && ((r) => r.outlet === given("outlet")),
    issue: (issue || stance) && ((r) => r.codes.some(([i, st]) => (!issue || i === issue) && (!stance || st === stance))),
    kind: given("kind") && ((r) => r.kind === given("kind")),
    attitude: given("attitude") && ((r) => r.attitude === given("attitude")),
    polarity: given("polarity") && ((r) => r.polarity === given("polarity")),
    from: given("from") && ((r) => within(r, given("from"), null)),
    to: given("to") && ((r) => within(r, null, given("to"))),
    min: given("min") && ((r) => r.confidence >= Number(given("min"))),
  };
  return Object.entries(all).filter(([, test]) => test);
}

const ends = (value, other, empty) => (value === other ? 0 : value === null ? 1 : other === null ? -1 : empty * (value < other ? 1 : -1));
const byId = (a, b) => (a.id < b.id ? -1 : a.id > b.id ? 1 : 0);
const newest = (a, b) => ends(a.latest, b.latest, 1) || ends(a.earliest, b.earliest, 1) || byId(a, b);
const ORDERS = {
  new: newest,
  old: (a, b) => ends(a.earliest, b.earliest, -1) || ends(a.latest, b.latest, -1) || byId(a, b),
  sure: (a, b) => b.confidence - a.confidence || newest(a, b),
};

const yearOf = (r) => (r.earliest && r.latest && r.earliest.slice(0, 4) === r.latest.slice(0, 4) ? r.latest.slice(0, 4) : null);

function facets(hits) {
  const values = { speaker: (r) => [r.speakerId, r.speaker], country: (r) => [r.country, r.country], outlet: (r) => [r.outlet, r.outlet], kind: (r) => [r.kind, r.kind], attitude: (r) => [r.attitude, r.attitude], polarity: (r) => [r.polarity, r.polarity], year: (r) => [yearOf(r), ""] };
  const found = {};
  for (const [name, most] of Object.entries(FACETS)) {
    const counts = new Map();
    for (const hit of hits) {
      const [value, label] = values[name](hit);
      if (value === null && name !== "year") continue;
      const entry = counts.get(value) ?? [value, label, 0];
      entry[2] += 1;
      counts.set(value, entry);
    }
    found[name] = [...counts.values()].sort((a, b) => b[2] - a[2] || ends(a[0], b[0], -1)).slice(0, most);
  }
  return found;
}

const breath = () => new Promise((go) => setTimeout(go)); // for the browser to show what there is

/**
 * All hits among the shards, the newest first unless another order is asked for. progress(read, total) is told how far
 * it is, and returns false to stop; early({hits, found, read, total, wanted, facets}) is told once of the
 * first `enough` hits, if no others can come before them.
 */
async function scan(asked, progress, enough, early) {
  const { quotes } = await meta();
  const ahead = (number) => {
    const coming = number < quotes.length ? shard(`quotes-${number}`) : null;
    coming?.catch(() => null); // who waits for it is told; nobody does if it is stopped before
    return coming;
  };
  let coming = ahead(0);
  const wanted = await parse(asked.get("q"));
  const conditions = tests(asked, wanted.length ? matcher(wanted) : null);
  const order = ORDERS[asked.get("sort")] ?? newest;
  const total = quotes.reduce((sum, part) => sum + part.n, 0);
  const hits = [];
  const without = new Map(conditions.map(([name]) => [name, 0])); // what would be found if one were dropped
  let read = 0;
  for (let number = 0; number < quotes.length; number += 1) {
    const part = await coming;
    coming = ahead(number + 1);
    for (let at = 0; at < part.n; at += 1) {
      const candidate = row(part, at);
      const failed = conditions.filter(([, test]) => !test(candidate));
      if (!failed.length) hits.push(candidate);
      else if (failed.length === 1) without.set(failed[0][0], without.get(failed[0][0]) + 1);
    }
    read += part.n;
    if (progress && !progress(read, total)) break;
    if (early && order === newest && hits.length >= enough && read < total) {
      await early({ hits, found: hits.length, total, read, facets: facets(hits), wanted });
      early = null;
      await breath();
    }
  }
  hits.sort(order);
  return { hits, found: hits.length, total, read, without: [...without], facets: facets(hits), wanted };
}

/**
 * A page of what is asked: {hits, found, total, read, without, facets, wanted, all()}. Where files have to be searched
 * for it, early() is told of {hits, found, total, read, facets, wanted} when the page is certain, and the rest not read yet.
 */
export async function search(asked, skip, step, progress, early) {
  const { live } = await meta();
  if (!live) {
    const page = (found) => ({ ...found, hits: found.hits.slice(skip, skip + step) });
    const found = await scan(asked, progress, skip + step, early && ((some) => early(page(some))));
    return { ...page(found), all: async () => found.hits };
  }
  const query = Object.fromEntries([...asked].filter(([name]) => name === "q" || name === "sort" || FILTERS.includes(name)));
  const found = await ask("search", { ...query, skip, step });
  const part = found.hits;
  const hits = Array.from({ length: part.n }, (_, at) => row(part, at));
  const without = [];
  if (!found.found) {
    for (const name of Object.keys(query).filter((n) => n !== "sort")) {
      const { [name]: _, ...others } = query;
      without.push([name, (await ask("search", { ...others, step: 1 })).found]);
    }
  }
  const all = async () => {
    const rows = [];
    for (let at = 0; at < found.found; at += 1000) {
      const more = (await ask("search", { ...query, skip: at, step: 1000 })).hits;
      rows.push(...Array.from({ length: more.n }, (_, place) => row(more, place)));
    }
    return rows;
  };
  return { hits, found: found.found, total: found.total, read: found.total, without, facets: found.facets, wanted: Object.entries(found.forms), all };
}
