// The initiatives that most outlets report, with what became of them.

import { shard } from "./data.js";
import { day } from "./dates.js";
import { actorLink, address, count, counted, h, link, table, words } from "./dom.js";

const STEP = 100;
const STATUS = ["accepted", "backed", "opposed", "rejected", "withdrawn"];

export default async function initiatives({ query, change }) {
  const { rows, total } = await shard("initiatives");
  const asked = (query.get("q") ?? "").toLowerCase();
  const [type, status] = [query.get("type"), query.get("status")];
  const found = rows.filter((row) => (!asked || `${row.text}\n${row.proposers.map(([, name]) => name).join("\n")}`.toLowerCase().includes(asked)) && (!type || row.type === type) && (!status || row.status.includes(status)));
  const select = (name, label, values) => h("label", { class: "filter" }, h("span", {}, label), h("select", { id: `initiatives-${name}`, onchange: (event) => change({ [name]: event.target.value }) }, ["", ...values].map((value) => h("option", { value, selected: value === (query.get(name) ?? "") }, value || "any"))));
  const content = h("div", {},
    h("h1", {}, "Initiatives"),
    h("p", {}, "What somebody wants, offers, refuses or promises, each once, however often it is reported. Here are those that more than one proposal reports, and those that answer or were answered."),
    h("div", { class: "grid-filters" },
      h("label", { class: "filter" }, h("span", {}, "First words or names have"), h("input", { id: "initiatives-q", type: "search", value: query.get("q") ?? "", oninput: (event) => change({ q: event.target.value }, { replace: true }) })),
      select("type", "Does", [...new Set(rows.map((row) => row.type))].sort()),
      select("status", "Became of it", STATUS)),
    h("p", {}, counted(found.length, "initiative"), " found", total > rows.length ? ` among the ${count(rows.length)} that most outlets tell, of ${count(total)}.` : ".", found.length > STEP ? ` The first ${STEP} are shown.` : ""),
    found.length
      ? table("Initiatives", ["What", "Does", "Who", "Became of it", "Day", ["Outlets"], ["Articles"]], found.slice(0, STEP).map((row) => [
        link(address("initiative", row.id), words(row.text)), row.type, row.proposers.flatMap(([id, name], at) => [at ? ", " : "", actorLink(id, name)]), row.status.filter((one) => one !== "proposed").join(", "), row.seen ? day(row.seen) : "no date", count(row.outlets), count(row.articles)]))
      : h("p", {}, total ? ["No initiative has all of this. ", h("button", { type: "button", class: "as-link", onclick: () => change({ q: null, type: null, status: null }) }, "Show all")] : "No initiative in this release is told more than once or answered."));
  return { title: "Initiatives", content };
}
