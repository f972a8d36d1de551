// An initiative: who wants what of whom, what became of it, and its reports side by side.

import { citeButton, linkButton } from "./cite.js";
import { reported } from "./data.js";
import { day } from "./dates.js";
import { actorLink, address, h, link, words } from "./dom.js";
import { LINKED, METHODS, compared, missing, moved, sideBySide, spread } from "./reports.js";

const fact = (name, ...told) => (told.flat().length ? [h("dt", {}, name), h("dd", {}, ...told)] : null);
const people = (rows) => rows.flatMap(([id, name, country], at) => [at ? ", " : "", actorLink(id, name), country ? ` (${country})` : ""]);
const ANSWERS = { rejects: "rejects", opposes: "opposes", supports: "supports", accepts: "promises to do" };

/** One step of what became of it: the first is its own. */
function step(row, id) {
  const own = row.responds_by === id;
  return h("li", {}, h("strong", {}, row.status), row.by_whom.length ? [" by ", words(row.by_whom.join(", "))] : "", h("span", { class: "faint" }, row.day ? `, told by ${day(row.day)}` : ", no date"),
    own ? "" : [": ", link(address("initiative", row.responds_by), words(row.in_words)), h("span", { class: "faint" }, ` (joined ${LINKED[row.link_method]})`)]);
}

export default async function initiative({ parts, about, isCurrent }) {
  const id = parts[0] ?? "";
  const found = await reported("initiative", id);
  if (found?.moved) return moved("initiative", found.moved, isCurrent);
  if (!found) return missing(about, id, "initiative", "initiatives");
  const span = found.first_seen ? (found.first_seen === found.last_seen ? day(found.first_seen) : `${day(found.first_seen)} to ${day(found.last_seen)}`) : "no date";
  const content = h("div", {},
    h("h1", {}, "Initiative"),
    h("blockquote", { class: "lead" }, words(found.text)),
    h("dl", { class: "facts-list" },
      fact("Does", found.type),
      fact("Who", people(found.proposers)),
      fact("To whom", people(found.targets)),
      fact("Issue", found.issue_id ? [link(address("issue", found.issue_id), words(found.issue)), `, ${found.stance}`] : []),
      fact("Told", spread(found.proposal_count, found.article_count, found.outlets), `, ${span}`)),
    h("div", { class: "facts" }, linkButton(id, "initiative"), citeButton(id, found.text, "initiative")),
    h("section", {}, h("h2", {}, "What became of it"),
      found.steps.length ? h("ol", {}, found.steps.map((row) => step(row, id))) : h("p", {}, "Nothing is told."),
      found.answers.length ? h("ul", {}, found.answers.map((row) => h("li", {}, `It ${ANSWERS[row.relation]}: `, link(address("initiative", row.id), words(row.text)), h("span", { class: "faint" }, ` (joined ${LINKED[row.link_method]})`)))) : null,
      h("p", { class: "faint" }, "Whether it was adopted, such as by a vote, is not known.")),
    h("section", {}, h("h2", {}, "Side by side"),
      h("p", {}, "The first told comes first. ", h("mark", {}, "Marked"), " are words that the fullest wording has not."),
      sideBySide(found.reports, (report) => report.id, ([report]) => [
        h("blockquote", {}, compared(report.text, found.text)),
        h("p", { class: "faint" }, report.type, report.modality === "asserted" ? "" : `, ${report.modality}`, "; ", METHODS[report.method] ?? report.method, ".")])));
  return { title: "Initiative", content };
}
