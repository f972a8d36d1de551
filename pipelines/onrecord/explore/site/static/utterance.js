// An utterance: its reports side by side, and what each outlet made of it.

import { citeButton, linkButton } from "./cite.js";
import { reported } from "./data.js";
import { bounds, day } from "./dates.js";
import { actorLink, address, count, h, link, table, words } from "./dom.js";
import { METHODS, compared, missing, moved, sideBySide, spread } from "./reports.js";

const joined = (group) => group.map((report) => report.text).join(" […] ");

const coverage = (rows) => h("section", {}, h("h2", {}, "What each outlet made of it"),
  h("p", { class: "faint" }, "Different words: kept of the fullest wording, cut from it, and others in their place."),
  table("What each outlet made of it", ["Outlet", "Day", ["Days later"], ["Kept"], ["Cut"], ["Others"], "How"], rows.map((row) => [
    link(address("article", row.article_id), words(row.outlet ?? "unknown outlet")), row.told ? day(row.told) : "no date", row.lag === null ? "" : count(row.lag), ...[row.kept, row.cut, row.changed].map(count), row.kind])));

export default async function utterance({ parts, about, isCurrent }) {
  const id = parts[0] ?? "";
  const found = await reported("utterance", id);
  if (found?.moved) return moved("utterance", found.moved, isCurrent);
  if (!found) return missing(about, id, "utterance", "utterances");
  const content = h("div", {},
    h("h1", {}, "One utterance, told by several"),
    h("blockquote", { class: "lead" }, words(found.text)),
    h("p", {}, found.speaker_actor_id ? actorLink(found.speaker_actor_id, found.speaker) : "Nobody named", found.country ? ` (${found.country})` : "", ", ", bounds(found.said_earliest, found.said_latest), ". Told ", spread(found.quote_count, found.article_count, found.outlets), "."),
    h("div", { class: "facts" }, linkButton(id, "utterance"), citeButton(id, found.text, "utterance")),
    found.coverage.length ? coverage(found.coverage) : null,
    h("section", {}, h("h2", {}, "Side by side"),
      h("p", {}, "The first told comes first. ", h("mark", {}, "Marked"), " are words that the fullest wording has not."),
      sideBySide(found.reports, (report) => report.group_id, (group) => [
        h("blockquote", {}, compared(joined(group), found.text)),
        h("p", { class: "faint" }, [...new Set(group.map((report) => report.kind))].join(", "), "; ", [...new Set(group.map((report) => METHODS[report.method] ?? report.method))].join(", "), ".")])));
  return { title: "Utterance", content };
}
