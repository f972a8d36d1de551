// All issues, and how many are for and against.

import { shard } from "./data.js";
import { address, count, h, link, table, words } from "./dom.js";
import { legend, stanceBar } from "./picture.js";

export default async function issues({ query, change }) {
  const all = await shard("issues");
  const asked = (query.get("q") ?? "").toLowerCase();
  const origin = query.get("origin");
  const found = all.filter((one) => (!asked || one.label.toLowerCase().includes(asked) || one.issue_id.includes(asked)) && (!origin || one.origin === origin));
  const most = Math.max(1, ...found.map((one) => one.support + one.oppose + one.conditional));
  const content = h("div", {},
    h("h1", {}, "Issues"),
    h("div", { class: "grid-filters" },
      h("label", { class: "filter" }, h("span", {}, "Label has"), h("input", { id: "issues-q", type: "search", value: query.get("q") ?? "", oninput: (event) => change({ q: event.target.value }, { replace: true }) })),
      h("label", { class: "filter" }, h("span", {}, "Origin"), h("select", { id: "issues-origin", onchange: (event) => change({ origin: event.target.value }) }, [["", "any"], ["codebook", "of the codebook"], ["discovered", "discovered"]].map(([value, told]) => h("option", { value, selected: value === (origin ?? "") }, told))))),
    legend([["for", "support"], ["against", "oppose"], ["on conditions", "conditional"]]),
    h("p", { class: "faint" }, "Counted are proposals, each once. Issues that were discovered are grouped by wording; nobody has read them."),
    found.length
      ? table("Issues", ["Issue", ["For"], ["Ag."], ["Cond."], ["Actors"], ""], found.map((one) => [[link(address("issue", one.issue_id), words(one.label)), one.origin === "discovered" ? h("span", { class: "faint" }, " discovered") : ""], count(one.support), count(one.oppose), count(one.conditional), count(one.actors), stanceBar(one.support, one.oppose, one.conditional, most)]))
      : h("p", {}, "No issue of this release is called so. ", h("button", { type: "button", class: "as-link", onclick: () => change({ q: null, origin: null }) }, "Show all")));
  return { title: "Issues", content };
}
