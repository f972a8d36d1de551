// What was judged, to be kept as a file.

import { address, counted, download, h, link, table, words } from "./dom.js";
import { judgments, setWho, who } from "./judge.js";

export default async function page({ about }) {
  const all = await judgments();
  const last = new Map(all.map((one) => [`${one.row_id}\n${one.who}`, one]));
  const rows = [...last.values()].reverse();
  const save = () => download(`judgments-${about.version}.jsonl`, all.map((one) => `${JSON.stringify(one)}\n`).join(""), "application/jsonl");
  const content = h("div", {},
    h("h1", {}, "Judgments"),
    h("p", {}, about.live ? "They are written beside the release, one line each." : "They are kept in this browser only, until you clear its data: download them."),
    h("label", { class: "filter" }, h("span", {}, "Your name, or what you go by, in new ones"), h("input", { type: "text", maxlength: 200, value: who(), onchange: (event) => setWho(event.target.value) })),
    h("p", {}, counted(rows.length, "row"), " judged. ", all.length ? h("button", { type: "button", onclick: save }, "Download judgments.jsonl") : null),
    rows.length
      ? table("Judgments", ["Row", "Verdict", "What is wrong", "Right", "Why", "Who"], rows.map((one) => [link(address("row", one.row_id), h("code", {}, one.row_id)), one.verdict, (one.wrong ?? []).join(", "), words(one.value), words(one.reason), words(one.who)]))
      : h("p", {}, "Open an article, choose a finding, and press r, w or u."));
  return { title: "Judgments", content };
}
