// An issue: who is for it and who against, when, and who changed position.

import { toCsv } from "./csv.js";
import { issue as load } from "./data.js";
import { bounds, monthName, monthOf, months as allMonths, within } from "./dates.js";
import { actorLink, address, count, counted, download, h, link, table, words } from "./dom.js";
import { columns, figure, legend, stanceBar } from "./picture.js";

const TURNED = { support: "oppose", oppose: "support", conditional: "conditional" };
const SIDES = ["support", "oppose", "conditional"];

/** The positions as they stand to this issue: those on its contrary are turned. */
const turned = (found) => found.positions.map((row) => ({ ...row, side: row.issue_id === found.issue_id ? row.stance : TURNED[row.stance] }));

const holds = (row) => row.modality !== "hypothetical" && row.modality !== "withdrawn";

function tally(rows, unit) {
  const groups = new Map();
  for (const row of rows) {
    const id = unit === "state" ? row.state_id : row.actor_id;
    if (!id) continue;
    const entry = groups.get(id) ?? { id, name: unit === "state" ? (row.state ?? id.slice(6)) : row.actor, country: row.country, sides: { support: new Set(), oppose: new Set(), conditional: new Set() } };
    entry.sides[row.side].add(row.id);
    groups.set(id, entry);
  }
  return [...groups.values()].map((entry) => ({ ...entry, counts: SIDES.map((side) => entry.sides[side].size) })).sort((a, b) => b.counts[0] + b.counts[1] + b.counts[2] - (a.counts[0] + a.counts[1] + a.counts[2]) || (a.id < b.id ? -1 : 1));
}

function overTime(rows) {
  const distinct = [...new Map(rows.map((row) => [row.id, row])).values()];
  const dated = distinct.filter((row) => monthOf(row.earliest, row.latest));
  const known = [...new Set(dated.map((row) => monthOf(row.earliest, row.latest)))].sort();
  const told = h("p", { class: "faint" }, `${dated.length} of ${counted(distinct.length, "proposal")} lie in a certain month.`);
  if (known.length < 2) return h("div", {}, told, h("p", {}, "That is too few to draw over time."));
  let span = allMonths(known[0], known.at(-1));
  if (span.length > 120) span = span.slice(-120);
  const values = (side) => span.map((month) => dated.filter((row) => row.side === side && monthOf(row.earliest, row.latest) === month).length);
  const [support, oppose, conditional] = SIDES.map(values);
  const cut = dated.filter((row) => monthOf(row.earliest, row.latest) < span[0]).length;
  return h("div", {}, legend([["for", "support"], ["on conditions", "conditional"], ["against (downwards)", "oppose"]]),
    figure("Proposals for and against, by month", (width) => columns(width, span, [{ name: "for", class: "support", values: support }, { name: "on conditions", class: "conditional", values: conditional }], [{ name: "against", class: "oppose", values: oppose }], "Proposals for and against by month"),
      ["Month", ["For"], ["Ag."], ["Cond."]], span.map((month, at) => [monthName(month), ...[support, oppose, conditional].map((list) => count(list[at]))]).filter((row) => row.slice(1).some((cell) => cell !== "0"))),
    told, cut ? h("p", { class: "faint" }, `${counted(cut, "proposal")} before ${monthName(span[0])} ${cut === 1 ? "is" : "are"} not drawn.`) : null);
}

const HEADS = ["proposal_id", "actor_id", "actor", "country", "state_id", "stance", "type", "modality", "earliest", "latest", "dated_by", "confidence", "text", "title", "outlet", "article_id"];
const cells = (row) => [row.id, row.actor_id, row.actor, row.country, row.state_id, row.side, row.type, row.modality, row.earliest, row.latest, row.dated_by, row.confidence, row.text, row.title, row.outlet, row.article_id];

export default async function issue({ parts, query, about, change }) {
  const id = parts[0] ?? "";
  const found = await load(id);
  if (!found) {
    return { title: "Unknown issue", content: h("div", {}, h("h1", {}, "Unknown issue"), h("p", {}, `Release ${about.version} has no issue `, words(id), "; it may be in another release."), link(address("issues"), "All issues")) };
  }
  const [from, to, unit] = [query.get("from"), query.get("to"), query.get("unit") === "state" ? "state" : "actor"];
  const all = turned(found);
  const rows = all.filter((row) => within(row, from, to));
  const who = tally(rows.filter(holds), unit);
  const most = Math.max(1, ...who.map((entry) => entry.counts[0] + entry.counts[1] + entry.counts[2]));
  const hypothetical = rows.filter((row) => !holds(row)).length;
  const date = (name, label) => h("label", { class: "filter" }, h("span", {}, label), h("input", { id: `issue-${name}`, type: "date", value: query.get(name) ?? "", onchange: (event) => change({ [name]: event.target.value }) }));
  const content = h("div", {},
    h("h1", {}, words(found.label)),
    h("p", {}, words(found.definition)),
    found.origin === "discovered" ? h("p", { class: "note" }, "Discovered by wording, read by nobody.") : null,
    found.opposite_of ? h("p", {}, "The contrary of ", link(address("issue", found.opposite_of), words(found.opposite)), ", where its stances are counted, turned, too.") : null,
    found.contraries.length ? h("p", {}, "Stances on the contrary are counted here, turned: ", found.contraries.flatMap(([other, label], at) => [at ? ", " : "", link(address("issue", other), words(label))])) : null,
    all.length === 0 ? h("p", {}, "Nobody in this release takes a position on it. ", link(address("issues"), "All issues")) : [
      h("div", { class: "grid-filters" },
        h("label", { class: "filter" }, h("span", {}, "Who"), h("select", { id: "issue-unit", onchange: (event) => change({ unit: event.target.value }) }, [["actor", "actors"], ["state", "states, by whoever speaks for them"]].map(([value, told]) => h("option", { value, selected: value === unit }, told)))),
        date("from", "From (certainly)"), date("to", "To (certainly)")),
      from || to ? h("p", { class: "note" }, `${rows.length} of ${counted(all.length, "position")} lie in this window. What has no date is in none. `, h("button", { type: "button", class: "as-link", onclick: () => change({ from: null, to: null }) }, "Any time")) : null,
      h("section", {}, h("h2", {}, "Over time"), overTime(rows.filter(holds))),
      h("section", {}, h("h2", {}, unit === "state" ? "States" : "Actors"),
        who.length ? table(unit === "state" ? "States and their stances" : "Actors and their stances", ["Who", ["For"], ["Ag."], ["Cond."], ""], who.slice(0, 100).map((entry) => [[actorLink(entry.id, entry.name), entry.country && unit === "actor" ? ` (${entry.country})` : ""], ...entry.counts.map(count), stanceBar(...entry.counts, most)])) : h("p", {}, "Nobody."),
        hypothetical ? h("p", { class: "faint" }, `${counted(hypothetical, "mere possibility", "mere possibilities")} or withdrawn ${hypothetical === 1 ? "one does" : "ones do"} not count.`) : null,
        who.length > 100 ? h("p", { class: "faint" }, `The first 100 of ${who.length}.`) : null),
      h("section", {}, h("h2", {}, "Changes of mind"),
        found.shifts.length
          ? h("ul", {}, found.shifts.map((row) => h("li", {}, actorLink(row.actor_id, row.actor), ": ", link(address("row", row.proposal_id_before), `${row.stance_before}, ${bounds(row.earliest_before, row.latest_before)}`), " → ", link(address("row", row.proposal_id_after), `${row.stance_after}, ${bounds(row.earliest_after, row.latest_after)}`))))
          : h("p", {}, "Nobody is known to have changed position: that takes two dated, contrary ones.")),
      h("section", {}, h("h2", {}, "Positions"),
        h("p", {}, counted(rows.length, "position"), ", a row for each proposer of a proposal. ", h("button", { type: "button", class: "small", onclick: () => download(`${id}.csv`, toCsv(HEADS, rows.map(cells)), "text/csv") }, "All as CSV")),
        h("ul", { class: "plain" }, rows.slice(0, 100).map((row) => h("li", {}, actorLink(row.actor_id, row.actor), " ", h("span", { class: `stance ${row.side}` }, row.side), holds(row) ? "" : ` (${row.modality})`, " ", link(address("article", row.article_id, { at: row.id }), words(row.text)), h("span", { class: "faint" }, " ", bounds(row.earliest, row.latest), ", ", words(row.outlet ?? "unknown outlet"))))),
        rows.length > 100 ? h("p", { class: "faint" }, `The newest 100 of ${count(rows.length)}.`) : null)]);
  return { title: found.label, content };
}
