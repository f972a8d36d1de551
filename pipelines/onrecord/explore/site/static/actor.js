// An actor: what it says and wants over time, with whom it agrees, and where it is named.

import { actor as load } from "./data.js";
import { bounds, monthName, monthOf, months as allMonths, within } from "./dates.js";
import { actorLink, address, count, counted, elsewhere, h, link, outside, table, words } from "./dom.js";
import { columns, figure, legend } from "./picture.js";

const fact = (name, ...told) => (told.flat().every((one) => !one) ? null : [h("dt", {}, name), h("dd", {}, ...told)]);

const place = (row) => h("span", { class: "faint" }, " ", bounds(row.earliest, row.latest), row.outlet ? [", ", words(row.outlet)] : "", elsewhere(row) ? [", ", elsewhere(row)] : "");
const people = (rows, unit) => h("ol", { class: "plain" }, rows.map(([id, name, , country, n]) => h("li", {}, actorLink(id, name), country ? ` (${country})` : "", h("span", { class: "faint" }, ` ${count(n)} ${unit}`))));

/** Positions by issue: a line each, with the proposals under it. */
function wants(rows) {
  const issues = new Map();
  for (const row of rows) {
    const entry = issues.get(row.issue_id) ?? { label: row.issue, rows: [] };
    entry.rows.push(row);
    issues.set(row.issue_id, entry);
  }
  const sorted = [...issues].sort((a, b) => b[1].rows.length - a[1].rows.length || (a[0] < b[0] ? -1 : 1));
  const tally = (list) => ["support", "oppose", "conditional"].map((stance) => [stance, list.filter((row) => row.stance === stance).length]).filter(([, n]) => n).map(([stance, n]) => `${n} ${stance}`).join(", ");
  return h("div", {}, sorted.map(([id, { label, rows: list }], at) => h("details", { open: at < 3 },
    h("summary", {}, words(label), h("span", { class: "faint" }, ` ${tally(list)}`)),
    h("p", {}, link(address("issue", id), "Everybody on this issue")),
    h("ul", {}, list.slice(0, 50).map((row) => h("li", {}, h("span", { class: `stance ${row.stance}` }, row.stance), row.modality === "asserted" ? "" : ` (${row.modality})`, " ", link(address("article", row.article_id, { at: row.id }), words(row.text)), place(row)))),
    list.length > 50 ? h("p", { class: "faint" }, `The newest 50 of ${list.length}.`) : null)));
}

function overTime(found, rows, from, to) {
  const counts = new Map(found.months);
  const sides = { support: new Map(), oppose: new Map() };
  let dated = 0;
  for (const row of rows) {
    const month = monthOf(row.earliest, row.latest);
    if (!month) continue;
    dated += 1;
    const side = sides[row.stance];
    if (side) side.set(month, (side.get(month) ?? 0) + 1);
  }
  const known = [...new Set([...counts.keys(), ...sides.support.keys(), ...sides.oppose.keys()])].filter((month) => (!from || month >= from.slice(0, 7)) && (!to || month <= to.slice(0, 7))).sort();
  if (known.length < 2) return h("p", { class: "faint" }, `${counted(found.quotes, "quote")}, ${dated} of ${counted(rows.length, "position")} in a certain month: too few months to draw.`);
  const span = allMonths(known.at(-1) > "1" && allMonths(known[0], known.at(-1)).length > 60 ? known.at(-Math.min(known.length, 24)) : known[0], known.at(-1)).slice(-60);
  const values = (map) => span.map((month) => map.get(month) ?? 0);
  const said = [{ name: "quotes", class: "series-0", values: values(counts) }];
  const cut = known.filter((month) => month < span[0]).length;
  return h("div", {},
    figure("Quotes by month", (width) => columns(width, span, said, [], "Quotes by month"), ["Month", ["Quotes"], ["For"], ["Against"]], span.map((month) => [monthName(month), count(counts.get(month) ?? 0), count(sides.support.get(month) ?? 0), count(sides.oppose.get(month) ?? 0)])),
    h("p", { class: "faint" }, `${count([...counts.values()].reduce((a, b) => a + b, 0))} of ${counted(found.quotes, "quote")} lie in a certain month. `, cut ? `${counted(cut, "earlier month")} ${cut === 1 ? "is" : "are"} not drawn.` : ""));
}

export default async function actor({ parts, query, about, change, isCurrent }) {
  const id = parts[0] ?? "";
  const found = await load(id);
  if (found?.moved) {
    if (isCurrent()) location.replace(address("actor", found.moved));
    return { title: "Actor", content: h("p", {}, "This actor has another id now: ", link(address("actor", found.moved), words(found.moved))) };
  }
  if (!found) {
    return { title: "Unknown actor", content: h("div", {}, h("h1", {}, "Unknown actor"), h("p", {}, `Release ${about.version} has no actor `, words(id), "; it may be in another release."), link(address("actors"), "All actors")) };
  }
  const [from, to] = [query.get("from"), query.get("to")];
  const positions = found.wants.filter((row) => within(row, from, to));
  const says = found.says.filter((row) => within(row, from, to));
  const date = (name, label) => h("label", { class: "filter" }, h("span", {}, label), h("input", { id: `actor-${name}`, type: "date", value: query.get(name) ?? "", onchange: (event) => change({ [name]: event.target.value }) }));
  const undated = found.wants.filter((row) => !row.earliest && !row.latest).length;
  const other = found.aliases.filter((alias) => alias !== found.name);
  const content = h("div", {},
    h("h1", {}, words(found.name)),
    h("dl", { class: "facts-list" },
      fact("Kind", [found.type, found.sector, found.is_government ? "acts for a government" : ""].filter(Boolean).join(", ")),
      fact("Country", found.country),
      fact("Party", found.party && words(found.party)),
      fact("Part of", found.parent_actor_id ? actorLink(found.parent_actor_id, found.parent) : null),
      fact("Roles, as printed", found.roles.length ? words(found.roles.slice(0, 12).join(", ")) : null),
      fact("Also named", other.length ? words(other.slice(0, 12).join(", ")) : null),
      fact("Wikidata", found.wikidata_id && /^Q\d+$/.test(found.wikidata_id) ? outside(`https://www.wikidata.org/wiki/${found.wikidata_id}`, found.wikidata_id) : null),
      fact("In articles", `${count(found.article_count)}, ${found.first_seen ? `${bounds(found.first_seen, found.first_seen)} to ${bounds(found.last_seen, found.last_seen)}` : "none with a day"}`),
      fact("Linked by", found.link_method),
      fact("Id", h("code", {}, found.actor_id))),
    h("details", { open: Boolean(from || to) }, h("summary", {}, "Only a window of time"), h("div", { class: "grid-filters" }, date("from", "From (certainly)"), date("to", "To (certainly)"))),
    from || to ? h("p", { class: "note" }, `${positions.length} of ${counted(found.wants.length, "position")} lie in this window; ${undated} have no date and are in none. `, h("button", { type: "button", class: "as-link", onclick: () => change({ from: null, to: null }) }, "Any time")) : null,
    found.positions > found.wants.length ? h("p", { class: "note" }, `Of ${count(found.positions)} positions the newest ${count(found.wants.length)} are on this page; the table positions has all.`) : null,
    h("section", {}, h("h2", {}, "Over time"), overTime(found, positions, from, to)),
    h("div", { class: "two" },
      h("section", {}, h("h2", {}, "Wants"),
        positions.length ? wants(positions) : h("p", {}, from || to ? "No position in this window." : "No position on an issue in this release."),
        found.uncoded.length ? h("details", {}, h("summary", {}, "On no issue of the codebook"), h("ul", {}, found.uncoded.map((row) => h("li", {}, row.type, " ", link(address("article", row.article_id, { at: row.id }), words(row.text)), place(row))))) : null),
      h("section", {}, h("h2", {}, "Says"),
        says.length ? h("ul", { class: "plain" }, says.slice(0, 20).map((row) => h("li", {}, row.polarity && row.polarity !== "said" ? h("strong", {}, row.polarity, ": ") : "", link(address("article", row.article_id, { at: row.id }), words(row.text)), place(row)))) : h("p", {}, "No quote here."),
        found.quotes ? h("p", {}, link(address("quotes", { speaker: id, from, to }), `All ${counted(found.quotes, "quote")}`), h("span", { class: "faint" }, " (of joint speakers only where it is the first)")) : null)),
    h("div", { class: "two" },
      h("section", {}, h("h2", {}, "Agrees with"), legend([["the same stance on the same concept, times taken together", "support"]]), found.agrees.length ? people(found.agrees, "times") : h("p", {}, "Nobody takes the same stance on the same concept.")),
      h("section", {}, h("h2", {}, "Disagrees with"), found.disagrees.length ? people(found.disagrees, "times") : h("p", {}, "Nobody takes the opposite stance.")),
      found.through.length ? h("section", {}, h("h2", {}, "Speaks through"), people(found.through.map(([sid, name, type, country, n]) => [sid, name, type, country, n]), "proposals")) : null,
      h("section", {}, h("h2", {}, "Named together with"), people(found.with, "articles"))),
    h("section", {}, h("h2", {}, "Articles"),
      found.articles.length ? table("Articles that name it", ["Article", "Outlet", "Day", ["Times"]], found.articles.map((row) => [link(address("article", row.id), words(row.title ?? "(no title)")), words(row.outlet), bounds(row.earliest, row.latest), count(row.mentions)])) : h("p", {}, "None."),
      h("p", { class: "faint" }, found.articles.length === 60 ? "The newest 60." : "")));
  return { title: found.name, content };
}
