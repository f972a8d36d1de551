// What pages of utterances and initiatives share: the reports of one thing side by side.

import { bounds } from "./dates.js";
import { address, counted, h, link, words } from "./dom.js";

/** "4 times in 3 articles of 2 outlets" */
export const spread = (times, articles, outlets) => `${counted(times, "time")} in ${counted(articles, "article")} of ${counted(outlets, "outlet")}`;

/** How a report was joined to the others, in words. */
export const METHODS = {
  fullest: "the wording that others are compared with", exact: "the same words", cut: "cut from the fullest wording", changed: "in other words", indirect: "retold without quotation marks, the least sure",
  utterance: "in a quote of the same utterance", words: "in like words", issue: "on the same side of one issue: less sure",
};

/** How an answer was found, in words. */
export const LINKED = { ...METHODS, issue: "in one article, on one issue: less sure" };

const folded = (word) => word.normalize("NFD").replace(/\p{Mn}/gu, "").toLowerCase();
const split = (text) => text.split(/([\p{L}\p{M}\p{N}]+)/u); // every second piece is a word

/** A text, with the words marked that the fullest wording has not. */
export function compared(text, fullest) {
  const known = new Set(split(fullest).map(folded));
  return h("bdi", {}, split(text).map((piece, at) => (at % 2 && !known.has(folded(piece)) ? h("mark", {}, piece) : piece)));
}

const heading = ({ article_id, title, outlet, earliest, latest, is_current }, at) => [
  h("h3", {}, words(outlet ?? "unknown outlet")),
  h("p", { class: "faint" }, bounds(earliest, latest), ", ", link(address("article", article_id, { at }), words(title ?? "(no title)")), is_current ? "" : " (a copy or a former version, which does not count)"),
];

/** Reports, in the order that they were told in; of each group of them `pieces(group)` is shown. */
export function sideBySide(reports, groupOf, pieces) {
  const groups = new Map();
  for (const report of reports) groups.set(groupOf(report), [...(groups.get(groupOf(report)) ?? []), report]);
  return h("ol", { class: "reports" }, [...groups.values()].map((group) => h("li", { class: "card" }, heading(group[0], group[0].id), pieces(group))));
}

/** What stands in the place of an unknown one; `told` says of what. */
export function missing(about, id, told, all) {
  const name = `Unknown ${told}`;
  return { title: name, content: h("div", {}, h("h1", {}, name),
    h("p", {}, `Release ${about.version} has no page of an ${told} `, words(id), `. Those have one that are told more than once${told === "initiative" ? " or answered" : ""}; `, link(address("row", id), "its row"), " may be in this release, or in another."),
    link(address(all), `All ${all}`)) };
}

/** The page of one whose id has changed. */
export function moved(page, to, isCurrent) {
  if (isCurrent()) location.replace(address(page, to));
  return { title: "Moved", content: h("p", {}, "It has another id now: ", link(address(page, to), words(to))) };
}
