// Quotes: search, filters, facets, a file of all hits.

import { citeButton, linkButton } from "./cite.js";
import { toCsv } from "./csv.js";
import { shard } from "./data.js";
import { bounds } from "./dates.js";
import { actorLink, address, count, counted, download, elsewhere, h, link, say, words } from "./dom.js";
import { highlighted } from "./find.js";
import { FILTERS, search } from "./search.js";

const STEP = 50;
const LONG = 50_000; // quotes that take a while to read from files
const KINDS = ["direct", "mixed", "indirect"];
const ATTITUDES = ["assertion", "belief", "knowledge"];
const POLARITIES = ["said", "denied", "asked"];
const STANCES = ["support", "oppose", "conditional"];
const SORTS = [["new", "newest first, by the last day it can have been said"], ["old", "oldest first, by the first day it can have been said"], ["sure", "surest first"]];
const NAMES = { q: "the words", named: "the speaker", from: "the first day", to: "the last day", min: "the confidence" };

/** A statement as the lists show it. */
export function statement(hit, wanted = []) {
  const named = hit.speakerId ? actorLink(hit.speakerId, hit.speaker) : actorLink(null, hit.speaker);
  const facts = [hit.role, hit.country].filter(Boolean).join(", ");
  return h("li", { class: "statement" },
    h("p", { class: "who" }, named, facts ? [" (", words(facts), ")"] : "", h("span", { class: "faint" }, " ", bounds(hit.earliest, hit.latest), ", ", words(hit.outlet ?? "unknown outlet"))),
    h("blockquote", {}, link(address("article", hit.article, { at: hit.id }), h("bdi", {}, highlighted(hit.text, wanted).map(([piece, met]) => (met ? h("mark", {}, piece) : piece))))),
    h("p", { class: "facts" },
      hit.polarity && hit.polarity !== "said" ? h("strong", {}, hit.polarity, " · ") : "",
      h("span", { class: "faint" }, hit.kind, !hit.attitude || hit.attitude === "assertion" ? "" : `, ${hit.attitude}`, ", ", words(hit.title ?? "(no title)"), " "),
      hit.codes.map(([issue, stance]) => link(address("issue", issue), `${stance}: ${issue} `)), elsewhere(hit), " ",
      linkButton(hit.id), citeButton(hit.id, hit.text)));
}

const option = (value, label, chosen) => h("option", { value, selected: value === (chosen ?? "") }, label);

function chooser(name, label, values, query, change) {
  return h("label", { class: "filter" }, h("span", {}, label),
    h("select", { id: `filter-${name}`, onchange: (event) => change({ [name]: event.target.value, skip: null }) }, name === "sort" ? null : option("", "any", query.get(name)), values.map((value) => (Array.isArray(value) ? option(value[0], value[1], query.get(name)) : option(value, value, query.get(name))))));
}

function field(name, label, type, query, change, more = {}) {
  return h("label", { class: "filter" }, h("span", {}, label),
    h("input", { id: `filter-${name}`, type, value: query.get(name) ?? "", onchange: (event) => change({ [name]: event.target.value, skip: null }), ...more }));
}

async function filters(query, change) {
  const [issues, overview] = await Promise.all([shard("issues"), shard("overview")]);
  const outlets = overview.outlets.map(([outlet]) => outlet);
  const given = (name, values) => (query.get(name) && !values.includes(query.get(name)) ? [query.get(name), ...values] : values);
  const coded = issues.filter((issue) => issue.support + issue.oppose + issue.conditional > 0);
  const set = FILTERS.filter((name) => query.get(name));
  return h("details", { class: "filters", open: set.length > 0 || window.innerWidth > 900 },
    h("summary", {}, set.length ? `Filters (${set.length})` : "Filters"),
    h("div", { class: "grid-filters" },
      chooser("outlet", "Outlet", given("outlet", outlets), query, change),
      chooser("issue", "On the issue", coded.map((issue) => [issue.issue_id, issue.label]), query, change),
      chooser("stance", "Stance", STANCES, query, change),
      chooser("kind", "How reported", KINDS, query, change),
      chooser("attitude", "Attitude", ATTITUDES, query, change),
      chooser("polarity", "Stood by", POLARITIES, query, change),
      field("from", "From (certainly)", "date", query, change),
      field("to", "To (certainly)", "date", query, change),
      field("min", "Confidence at least", "number", query, change, { min: 0, max: 1, step: 0.05 }),
      chooser("sort", "Order", SORTS, query, change)),
    set.length ? h("p", {}, h("button", { type: "button", id: "drop-all", onclick: () => change(Object.fromEntries([...FILTERS, "skip"].map((name) => [name, null]))) }, "Drop all filters")) : null);
}

/** What is set, each with a button that drops it. */
function chips(query, facets, change) {
  const label = (name) => (name === "speaker" ? (facets.speaker.find(([id]) => id === query.get("speaker"))?.[1] ?? query.get("speaker")) : query.get(name));
  const set = FILTERS.filter((name) => query.get(name));
  return set.length ? h("ul", { class: "chips" }, set.map((name) => h("li", {}, `${name}: `, words(label(name)), " ", h("button", { type: "button", class: "small", "aria-label": `Drop the filter ${name}`, onclick: () => change({ [name]: null, skip: null }) }, "×")))) : null;
}

function facetList(facets, query, change) {
  const titles = { speaker: "Speakers", country: "Countries", outlet: "Outlets", kind: "How reported", attitude: "Attitude", polarity: "Stood by", year: "Years" };
  const settings = (name, value) => (name === "year" ? { from: `${value}-01-01`, to: `${value}-12-31` } : { [name]: value });
  return h("details", { class: "facets", open: window.innerWidth > 900 }, h("summary", {}, "What is found, by"),
    Object.entries(titles).filter(([name]) => facets[name].length && !query.get(name)).map(([name, title]) => h("section", {}, h("h2", {}, title),
      h("ul", { class: "plain" }, facets[name].map(([value, label, n]) => h("li", {},
        value === null ? h("span", { class: "faint" }, "in no certain year") : h("button", { type: "button", class: "as-link", onclick: () => change({ ...settings(name, value), skip: null }) }, words(name === "speaker" ? label : value)),
        h("span", { class: "faint" }, ` ${count(n)}`)))))));
}

function nothing(found, query, change) {
  const better = found.without.filter(([, n]) => n > 0).sort((a, b) => b[1] - a[1]);
  const drop = (name) => (name === "issue" ? { issue: null, stance: null } : { [name]: null });
  return h("div", { class: "empty" },
    h("p", {}, "Nothing is found with all of this."),
    better.length
      ? [h("p", {}, "Without one of them:"), h("ul", {}, better.map(([name, n]) => h("li", {}, h("button", { type: "button", class: "as-link", onclick: () => change({ ...drop(name), skip: null }) }, `without ${NAMES[name] ?? `the filter ${name}`}`), ` ${counted(n, "quote")}`)))]
      : query.toString() && h("p", {}, "Dropping a single filter does not help. ", h("button", { type: "button", class: "as-link", onclick: () => change(Object.fromEntries([...FILTERS, "q", "skip"].map((name) => [name, null]))) }, "Drop them all")),
    query.get("from") || query.get("to") ? h("p", { class: "faint" }, "A window holds only what was certainly said in it; what has no date is in none.") : null);
}

const HEADS = ["quote_id", "speaker", "speaker_actor_id", "role", "country", "text", "kind", "attitude", "polarity", "earliest", "latest", "confidence", "outlet", "title", "article_id", "issues"];
const cells = (r) => [r.id, r.speaker, r.speakerId, r.role, r.country, r.text, r.kind, r.attitude, r.polarity, r.earliest, r.latest, r.confidence, r.outlet, r.title, r.article, r.codes.map(([issue, stance]) => `${stance}: ${issue}`).join("; ")];

async function save(found, form) {
  const rows = (await found.all()).map(cells);
  if (form === "csv") download("quotes.csv", toCsv(HEADS, rows), "text/csv");
  else download("quotes.json", JSON.stringify(rows.map((row) => Object.fromEntries(row.map((cell, at) => [HEADS[at], cell]))), null, 1), "application/json");
}

export default async function quotes({ about, query, change, isCurrent, waiting, present }) {
  let stopped = false;
  const progress = (read, total) => {
    if (read < total && total > 20_000) say(`${count(read)} of ${count(total)} read`);
    return isCurrent() && !stopped;
  };
  const skip = Math.max(0, Math.floor(Number(query.get("skip")) || 0));
  const stop = () => (!about.live && about.counts.quotes > LONG ? h("button", { type: "button", class: "small", id: "stop", onclick: () => (stopped = true) }, "Stop") : null);
  if (stop()) waiting(h("p", { class: "faint" }, "Reading all quotes … ", stop()));
  const asked = query.get("q");
  const title = asked ? `Quotes: ${asked}` : "Quotes";
  const line = (found) => {
    const end = Math.min(found.found, skip + STEP);
    const files = (name, label) => h("button", { type: "button", class: "small", disabled: !found.all, onclick: () => save(found, name) }, label);
    return h("p", { id: "found" }, h("strong", {}, count(found.found)), ` found ${found.all ? "" : "so far "}in ${count(found.read)} of ${counted(found.total, "quote")}. `, found.all ? null : stop(),
      found.found ? [`${count(skip + 1)} to ${count(end)}, ${SORTS.find(([name]) => name === (query.get("sort") || "new"))?.[1] ?? ""}. `, files("csv", "All as CSV"), files("json", "as JSON")] : "");
  };
  const above = (found) => h("div", {}, chips(query, found.facets, change), line(found),
    !query.get("attitude") && found.facets.attitude.some(([value]) => value !== "assertion")
      ? h("p", { class: "faint" }, "Beliefs and knowledge are among them. ", h("button", { type: "button", class: "as-link", onclick: () => change({ attitude: "assertion", skip: null }) }, "Only what was said"))
      : null);
  const list = (found) => h("ol", { class: "statements", start: skip + 1 }, found.hits.map((hit) => statement(hit, found.wanted)));
  const head = h("h1", {}, "Quotes", asked ? [" with ", words(asked)] : "");
  let early = null; // the page, where its hits were certain before all had been read

  const searching = search(query, skip, STEP, progress, async (some) => {
    const [told, rest] = [above(some), h("div", {})];
    const content = h("div", {}, head, await form, told, h("div", { class: "aside" }, list(some), rest));
    early = { content, told, rest };
    present(content, title);
  });
  const form = filters(query, change); // after the quotes, which take longest to come
  const [found] = await Promise.all([searching, form]);
  const steps = h("p", { class: "steps" },
    skip > 0 ? h("button", { type: "button", id: "newer", onclick: () => change({ skip: Math.max(0, skip - STEP) || null }) }, "Before") : null,
    skip + STEP < found.found ? h("button", { type: "button", id: "older", onclick: () => change({ skip: skip + STEP }) }, `Next ${STEP}`) : null);
  if (early) {
    early.told.replaceWith(above(found));
    early.rest.replaceWith(facetList(found.facets, query, change));
    early.content.append(steps);
    return { title, content: early.content };
  }
  const content = h("div", {}, head, await form, above(found),
    found.found ? h("div", { class: "aside" }, list(found), facetList(found.facets, query, change)) : nothing(found, query, change),
    steps);
  return { title, content };
}
