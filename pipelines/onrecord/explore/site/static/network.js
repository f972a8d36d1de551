// Who agrees with whom: the network of a window of time, as a picture and as a table.

import { toCsv, toGraphml } from "./csv.js";
import { shard } from "./data.js";
import { actorLink, address, count, counted, download, h, link, table, words } from "./dom.js";
import { drawNetwork, svgFile } from "./graph.js";
import { DUPLICATES, MEASURES, MOST, UNITS, network, parameters } from "./ties.js";

const DRAWN = 150;
const MEASURED = { subtract: "agreement less conflict", congruence: "agreement", conflict: "conflict" };
const NORMS = { weight: "as counted", average_activity: "by average activity", jaccard: "Jaccard", cosine: "cosine" };
const UNIT = { actor: "actors", state: "states, by whoever speaks for them" };
const ONCE = { include: "every proposal", document: "once an article", acrossrange: "once" };
const NODE_TYPES = [["person", "node-person"], ["state", "node-state"], ["organization", "node-organization"], ["group", "node-group"]];

const round = (value) => (Number.isInteger(value) ? count(value) : value.toFixed(3));

function select(name, label, values, chosen, change) {
  return h("label", { class: "filter" }, h("span", {}, label), h("select", { id: `network-${name}`, onchange: (event) => change({ [name]: event.target.value }) }, Object.entries(values).map(([value, told]) => h("option", { value, selected: value === chosen }, told))));
}

/** The statements behind a tie: each concept, with both sides. */
function behind(tie, stances) {
  const sides = (id, concept) => stances.filter((row) => row.id === id && row.concept_id === concept && row.stance !== "conditional").map((row) => `${row.statements} × ${row.stance}`).join(", ");
  const label = (concept) => stances.find((row) => row.concept_id === concept)?.concept ?? concept;
  return h("div", { class: "card", id: "behind" }, h("h2", {}, words(tie.name_1), " and ", words(tie.name_2)),
    h("p", {}, `Weight ${round(tie.weight)}.`),
    table("The statements behind the tie", ["Concept", words(tie.name_1), words(tie.name_2)], tie.concept_ids.map((concept) => [link(address("issue", concept), words(label(concept))), sides(tie.id_1, concept), sides(tie.id_2, concept)])));
}

export default async function page({ query, change }) {
  const asked = parameters(query);
  const [found, issues] = await Promise.all([network(asked), shard("issues")]);
  const norm = Object.hasOwn(NORMS, query.get("norm") ?? "") ? query.get("norm") : "weight";
  const least = Math.max(0, Number(query.get("least")) || 0);
  const strong = found.ties.filter((tie) => Math.abs(tie[norm]) >= least).sort((a, b) => Math.abs(b[norm]) - Math.abs(a[norm]));
  const shown = strong.slice(0, DRAWN);
  const facts = new Map();
  for (const row of found.stances) {
    const entry = facts.get(row.id) ?? { id: row.id, name: row.name, type: row.type, country: row.country, statements: 0 };
    if (row.stance !== "conditional") entry.statements += row.statements;
    facts.set(row.id, entry);
  }
  const nodes = [...new Set(shown.flatMap((tie) => [tie.id_1, tie.id_2]))].map((id) => facts.get(id));
  const edges = shown.map((tie, at) => ({ source: tie.id_1, target: tie.id_2, weight: tie[norm], at, told: `${tie.name_1} and ${tie.name_2}: ${round(tie[norm])}` }));
  const highest = Math.max(...found.ties.map((tie) => Math.abs(tie[norm])), 0);
  const about = h("div", { id: "about-tie" }, h("p", { class: "faint" }, "A circle leads to the actor; a line, or its row in the table, shows the statements behind it."));
  const choose = (at) => about.replaceChildren(behind(shown[at], found.stances));
  const place = h("div", { class: "drawing" });
  let last = 0;
  if (nodes.length) {
    new ResizeObserver(([entry]) => {
      const width = Math.floor(entry.contentRect.width);
      if (!width || Math.abs(width - last) < 5) return;
      last = width;
      place.replaceChildren(drawNetwork(nodes, edges, width, choose));
    }).observe(place);
  }
  const save = {
    csv: () => download("network.csv", toCsv(["id_1", "name_1", "id_2", "name_2", "weight", "average_activity", "jaccard", "cosine", "concept_ids"], strong.map((tie) => [tie.id_1, tie.name_1, tie.id_2, tie.name_2, tie.weight, tie.average_activity, tie.jaccard, tie.cosine, tie.concept_ids.join(" ")])), "text/csv"),
    graphml: () => download("network.graphml", toGraphml([...facts.values()].map(({ id, name, type, country, statements }) => ({ id, label: name, type, country, statements })), strong.map((tie) => ({ source: tie.id_1, target: tie.id_2, weight: tie[norm], concepts: tie.concept_ids.join("; ") }))), "application/xml"),
    svg: () => download("network.svg", svgFile(place.firstElementChild), "image/svg+xml"),
  };
  const field = (name, label, type, more = {}) => h("label", { class: "filter" }, h("span", {}, label), h("input", { id: `network-${name}`, type, value: query.get(name) ?? "", onchange: (event) => change({ [name]: event.target.value }), ...more }));
  const windowed = asked.from || asked.to;
  const issue = asked.issues.split(",").filter(Boolean);
  const content = h("div", {},
    h("h1", {}, "Network"),
    h("p", {}, "Two are tied by the stances that they share on the same concepts, or take against one another: as discourse network analysis counts them."),
    h("details", { class: "filters", open: window.innerWidth > 700 }, h("summary", {}, "What is counted"),
      h("div", { class: "grid-filters" },
        select("unit", "Between", Object.fromEntries(UNITS.map((u) => [u, UNIT[u]])), asked.unit, change),
        select("measure", "Tied by", Object.fromEntries(MEASURES.map((m) => [m, MEASURED[m]])), asked.measure, change),
        select("norm", "Weight", NORMS, norm, change),
        select("duplicates", "Of the same, counts", Object.fromEntries(DUPLICATES.map((d) => [d, ONCE[d]])), asked.duplicates, change),
        select("issues", "On", { "": "every issue", ...(issue.length > 1 ? { [asked.issues]: asked.issues } : {}), ...Object.fromEntries(issues.filter((one) => one.support + one.oppose > 0).map((one) => [one.issue_id, one.label])) }, asked.issues, change),
        select("most", "Ties", Object.fromEntries(MOST.map((m) => [m, `the strongest ${count(m)}`])), asked.most, change),
        field("from", "From (certainly)", "date"), field("to", "To (certainly)", "date"),
        field("min", "Confidence at least", "number", { min: 0, max: 1, step: 0.05 }),
        h("label", { class: "filter" }, h("span", {}, `Ties of at least ${round(least)}`), h("input", { id: "network-least", type: "range", min: 0, max: highest, step: highest > 20 ? 1 : highest / 20 || 1, value: least, onchange: (event) => change({ least: event.target.value === "0" ? null : event.target.value }) })))),
    h("p", { id: "ties" }, h("strong", {}, count(strong.length)), ` ${strong.length === 1 ? "tie" : "ties"} between ${counted(new Set(strong.flatMap((tie) => [tie.id_1, tie.id_2])).size, "node")}`, strong.length > DRAWN ? `; the strongest ${DRAWN} are shown.` : ".", " ", found.total > found.ties.length ? `These are the strongest ${count(found.ties.length)} of ${count(found.total)} ties, and only of them are files, nodes and numbers here; the macro ties has all. ` : "",
      windowed ? `${counted(found.undated, "position")} without both bounds ${found.undated === 1 ? "is" : "are"} outside every window. ` : "",
      strong.length ? [h("button", { type: "button", class: "small", onclick: save.csv }, "CSV"), h("button", { type: "button", class: "small", onclick: save.graphml }, "GraphML"), h("button", { type: "button", class: "small", onclick: save.svg }, "SVG")] : ""),
    nodes.length
      ? h("div", { class: "network-page" },
        h("figure", { class: "network-figure" },
          h("ul", { class: "legend" }, [["agree", "line-together"], ["disagree", "line-apart"], ...(asked.unit === "actor" ? NODE_TYPES : [])].map(([name, kind]) => h("li", {}, h("span", { class: `swatch ${kind}`, "aria-hidden": "true" }), name))),
          place),
        about,
        h("section", { class: "ties-table" }, h("h2", {}, "Ties"),
          table("Ties, the strongest first", ["One", "Other", ["Weight"], "Why"], shown.map((tie, at) => [actorLink(tie.id_1, tie.name_1), actorLink(tie.id_2, tie.name_2), round(tie[norm]), h("button", { type: "button", class: "small", "aria-label": `why ${tie.name_1} and ${tie.name_2}`, onclick: () => { choose(at); about.scrollIntoView({ block: "nearest" }); } }, "why")]))))
      : h("div", { class: "empty" }, h("p", {}, "Nobody is tied to anybody by this."), windowed ? h("p", {}, "A window holds only what certainly lies in it. ", h("button", { type: "button", class: "as-link", onclick: () => change({ from: null, to: null }) }, "Any time")) : null, least || asked.min || asked.issues ? h("p", {}, h("button", { type: "button", class: "as-link", onclick: () => change({ least: null, min: null, issues: null }) }, "Drop issue, confidence and least weight")) : null));
  return { title: "Network", content };
}
