// The utterances that most outlets report.

import { shard } from "./data.js";
import { bounds } from "./dates.js";
import { actorLink, address, count, counted, h, link, table, words } from "./dom.js";

const STEP = 100;

export default async function utterances({ query, change }) {
  const { rows, total } = await shard("utterances");
  const asked = (query.get("q") ?? "").toLowerCase();
  const found = rows.filter((row) => !asked || `${row.text}\n${row.speaker ?? ""}`.toLowerCase().includes(asked));
  const content = h("div", {},
    h("h1", {}, "Utterances"),
    h("p", {}, "What more than one quote reports, whichever articles they are in: whole, cut, reworded or retold."),
    h("div", { class: "grid-filters" }, h("label", { class: "filter" }, h("span", {}, "First words or speaker have"), h("input", { id: "utterances-q", type: "search", value: query.get("q") ?? "", oninput: (event) => change({ q: event.target.value }, { replace: true }) }))),
    h("p", {}, counted(found.length, "utterance"), " found", total > rows.length ? ` among the ${count(rows.length)} that most outlets tell, of ${count(total)}.` : ".", found.length > STEP ? ` The first ${STEP} are shown.` : ""),
    found.length
      ? table("Utterances", ["Words", "Speaker", "Day", ["Outlets"], ["Articles"]], found.slice(0, STEP).map((row) => [link(address("utterance", row.id), words(row.text)), row.speaker_id ? actorLink(row.speaker_id, row.speaker) : "", bounds(row.earliest, row.latest), count(row.outlets), count(row.articles)]))
      : h("p", {}, total ? ["No utterance has that. ", h("button", { type: "button", class: "as-link", onclick: () => change({ q: null }) }, "Show all")] : "No utterance in this release is told more than once."));
  return { title: "Utterances", content };
}
