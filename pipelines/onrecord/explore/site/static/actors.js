// All actors, to be searched by name.

import { shard } from "./data.js";
import { actorLink, address, count, counted, h, link, table } from "./dom.js";

const STEP = 100;
const SORTS = { quotes: "quotes", positions: "positions", articles: "articles", name: "name" };
const fold = (text) => text.normalize("NFD").replace(/\p{Mn}/gu, "").toLowerCase();

export default async function actors({ query, change }) {
  const found = await shard("actors");
  const asked = fold(query.get("q") ?? "");
  const [type, country] = [query.get("type"), query.get("country")];
  const sort = Object.hasOwn(SORTS, query.get("sort") ?? "") ? query.get("sort") : "quotes";
  const skip = Math.max(0, Math.floor(Number(query.get("skip")) || 0));
  let places = found.id.map((_, at) => at);
  if (asked) places = places.filter((at) => fold(found.name[at]).split(/\s+/).some((_, from, all) => all.slice(from).join(" ").startsWith(asked)));
  if (type) places = places.filter((at) => found.type[at] === type);
  if (country) places = places.filter((at) => found.country[at] === country);
  if (sort === "name") places.sort((a, b) => found.name[a].localeCompare(found.name[b], "en"));
  else if (sort !== "quotes") places.sort((a, b) => found[sort][b] - found[sort][a] || a - b);
  const countries = [...new Set(found.country.filter(Boolean))].sort();
  const select = (name, label, values) => h("label", { class: "filter" }, h("span", {}, label), h("select", { id: `actors-${name}`, onchange: (event) => change({ [name]: event.target.value, skip: null }) }, h("option", { value: "" }, name === "sort" ? "most quoted" : "any"), values.map(([value, told]) => h("option", { value, selected: query.get(name) === value }, told))));
  const content = h("div", {},
    h("h1", {}, "Actors"),
    h("div", { class: "grid-filters" },
      h("label", { class: "filter" }, h("span", {}, "Name begins with"), h("input", { id: "actors-q", type: "search", value: query.get("q") ?? "", oninput: (event) => change({ q: event.target.value, skip: null }, { replace: true }) })),
      select("type", "Kind", ["person", "state", "organization", "group"].map((t) => [t, t])),
      select("country", "Country", countries.map((c) => [c, c])),
      select("sort", "Order", [["positions", "most positions"], ["articles", "in most articles"], ["name", "by name"]])),
    h("p", {}, counted(places.length, "actor"), " found", found.total > found.id.length ? ` among the ${count(found.id.length)} most quoted of ${count(found.total)}.` : "."),
    places.length
      ? table("Actors", ["Name", "Kind", "Ctry", ["Quotes"], ["Pos."], ["Art."]], places.slice(skip, skip + STEP).map((at) => [actorLink(found.id[at], found.name[at]), found.type[at], found.country[at] ?? "", found.quotes[at] ? link(address("quotes", { speaker: found.id[at] }), count(found.quotes[at])) : "0", count(found.positions[at]), count(found.articles[at])]))
      : h("p", {}, "Nobody is called so. ", h("button", { type: "button", class: "as-link", onclick: () => change({ q: null, type: null, country: null, skip: null }) }, "Show all")),
    h("p", { class: "steps" }, skip > 0 ? h("button", { type: "button", id: "newer", onclick: () => change({ skip: Math.max(0, skip - STEP) || null }) }, "Before") : null, skip + STEP < places.length ? h("button", { type: "button", id: "older", onclick: () => change({ skip: skip + STEP }) }, `Next ${STEP}`) : null));
  return { title: "Actors", content };
}
