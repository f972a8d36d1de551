// What is known of one finding.

import { citeButton, linkButton } from "./cite.js";
import { bounds } from "./dates.js";
import { actorLink, address, elsewhere, h, link, words } from "./dom.js";
import { judging } from "./judge.js";

const fact = (name, ...told) => (told.flat().every((one) => one === null || one === undefined || one === "") ? null : [h("dt", {}, name), h("dd", {}, ...told)]);
const percent = (share) => `${Math.round(100 * share)} of 100`;

export const actorOf = (article, id) => {
  const facts = Object.hasOwn(article.actors, id) ? article.actors[id] : null;
  return facts ? [actorLink(id, facts[0]), facts[2] ? ` (${facts[2]})` : ""] : null;
};

const listed = (nodes) => nodes.flatMap((node, at) => (at ? [", ", node] : [node]));

const FACTS = {
  quote: (row, article) => [
    fact("Speaker", row.speakers.length ? listed(row.speakers.map((id) => actorOf(article, id))) : row.speaker_text ? [words(row.speaker_text), " (not linked)"] : "not found"),
    fact("Named as", row.speaker_text ? words(row.speaker_text) : null),
    fact("Reported by", row.cue ? words(row.cue) : null),
    fact("To", row.addressee ? actorOf(article, row.addressee) : null),
    fact("How", `${row.kind}, ${row.attitude}`),
    fact("Stood by", row.polarity),
    fact("Within", row.within_quote_id ? [link(address("row", row.within_quote_id), "another quote"), ", where its words count"] : null),
    fact("Said", row.said_earliest || row.said_latest ? bounds(row.said_earliest, row.said_latest) : null),
    fact("Told elsewhere", elsewhere(row)),
    fact("Confidence", percent(row.confidence)),
  ],
  proposal: (row, article) => [
    ...["proposer", "target", "affected"].map((role) => fact({ proposer: "Who", target: "To whom", affected: "Affected" }[role], listed(row.parties.filter(([, r]) => r === role).map(([id]) => actorOf(article, id))))),
    fact("Does", row.cue ? [row.type, ": ", words(row.cue)] : row.type),
    fact("Issue", row.issue_id ? [link(address("issue", row.issue_id), words(row.issue)), `, ${row.stance}`] : "none of the codebook fits"),
    fact("Wanted", row.wanted),
    fact("Modality", row.modality === "asserted" ? null : row.modality),
    fact("Instrument", row.instrument ? words([row.instrument, row.instrument_ref].filter(Boolean).join(", ")) : null),
    fact("Event", row.plover),
    fact("As an act", elsewhere(row)),
    fact("Confidence", `${row.confidence.toFixed(2)} (not calibrated)`),
  ],
  actor: (row, article) => [fact("Actor", actorOf(article, row.actor)), fact("Named by", row.form), fact("Role", row.role ? words(row.role) : null)],
  date: (row) => [
    fact("Means", row.earliest || row.latest ? bounds(row.earliest, row.latest) : "no day that the text fixes"),
    fact("TIMEX3", h("code", {}, [row.type, row.value, row.mod].filter(Boolean).join(" "))),
    fact("EDTF", row.edtf ? h("code", {}, row.edtf) : null),
    fact("Resolved by", row.anchor === "none" ? null : row.anchor),
    fact("Confidence", percent(row.confidence)),
  ],
};

const TITLES = { quote: "Quote", proposal: "Proposal", actor: "Actor", date: "Date" };

/** The card of a finding; text are its words. */
export function card(finding, text, article) {
  return h("section", { class: `card card-${finding.kind}`, "aria-label": TITLES[finding.kind] },
    h("h2", {}, TITLES[finding.kind]),
    h("blockquote", {}, words(text)),
    h("dl", { class: "facts-list" }, FACTS[finding.kind](finding.row, article)),
    h("p", { class: "faint" }, h("code", { class: "sum" }, finding.id)),
    h("div", { class: "facts" }, linkButton(finding.id), citeButton(finding.id, text)),
    judging(finding.id, finding.kind));
}
