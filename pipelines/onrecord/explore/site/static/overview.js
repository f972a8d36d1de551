// The first page: what is in the release, and what is missing.

import { shard } from "./data.js";
import { bounds, monthName, months as allMonths } from "./dates.js";
import { actorLink, address, count, counted, h, link, table, words } from "./dom.js";
import { calendar, columns, figure, legend, stanceBar } from "./picture.js";

const share = (part, whole) => (whole ? `${Math.round((100 * part) / whole)} %` : "0 %");

/** From and to, so that nine in ten of all quotes are between them: one false year would leave a line of dots. */
function middle(months, all) {
  const whole = all.reduce((sum, n) => sum + n, 0);
  let [from, to, cut] = [0, months.length - 1, 0];
  while (from < to) {
    const span = allMonths(months[from], months[to]).length;
    if (span <= 36) break;
    const end = all[from] <= all[to] ? from : to;
    if (cut + all[end] > whole * 0.1) break;
    cut += all[end];
    if (end === from) from += 1;
    else to -= 1;
  }
  return [from, to, cut];
}

function monthPicture(found) {
  const { months, all, speakers } = found.months;
  if (months.length < 2) return h("p", { class: "faint" }, "The quotes lie in fewer than two months, or have no date: there is nothing to draw over time.");
  const [from, to, cut] = middle(months, all);
  const shownMonths = allMonths(months[from], months[to]);
  const at = new Map(months.map((month, place) => [month, place]));
  const values = (list) => shownMonths.map((month) => (at.has(month) ? list[at.get(month)] : 0));
  const named = speakers.map((list, place) => ({ name: found.speakers[place][1], class: `series-${place}`, values: values(list) }));
  const rest = { name: "all others", class: "series-rest", values: shownMonths.map((month) => (at.has(month) ? all[at.get(month)] - speakers.reduce((sum, list) => sum + list[at.get(month)], 0) : 0)) };
  const series = [...named, rest];
  const rows = shownMonths.map((month, place) => [monthName(month), ...series.map((one) => count(one.values[place]))]).filter((row) => row.slice(1).some((cell) => cell !== "0"));
  const dated = all.reduce((sum, n) => sum + n, 0);
  return h("section", {},
    h("h2", {}, "Quotes by month"),
    legend(series.map((one) => [words(one.name), one.class])),
    figure("Quotes by month and speaker", (width) => columns(width, shownMonths, series, [], `Quotes by month, ${monthName(shownMonths[0])} to ${monthName(shownMonths.at(-1))}`), ["Month", ...series.map((one) => [words(one.name)])], rows),
    h("p", { class: "faint" }, `${count(dated)} of ${count(found.undated.quotes[1])} quotes can be placed in a month. `, cut ? `${counted(cut, "quote")} before or after these months ${cut === 1 ? "is" : "are"} not drawn.` : ""));
}

function coverage(days) {
  if (days.length < 2) return null;
  const years = new Map();
  for (const [day, number] of days) years.set(day.slice(0, 4), (years.get(day.slice(0, 4)) ?? 0) + number);
  const shown = [...years.keys()].sort().slice(-6);
  const inside = days.filter(([day]) => day.slice(0, 4) >= shown[0]);
  const months = new Map();
  for (const [day, number] of inside) months.set(day.slice(0, 7), (months.get(day.slice(0, 7)) ?? 0) + number);
  return h("section", {},
    h("h2", {}, "Articles by day"),
    figure("Articles by day of publication", (width) => calendar(width, inside, `Articles by day, ${shown[0]} to ${shown.at(-1)}`), ["Month", ["Articles"]], [...months].map(([month, n]) => [monthName(month), count(n)])),
    years.size > shown.length ? h("p", { class: "faint" }, `${count(days.length - inside.length)} days before ${shown[0]} are not drawn.`) : null);
}

export default async function overview({ about }) {
  const found = await shard("overview");
  const { counts } = about;
  const title = "Overview";
  if (!counts.articles) {
    return { title, content: h("div", {}, h("h1", {}, `${about.title} ${about.version}`), h("p", {}, "This release holds no article. The README says how articles get into one.")) };
  }
  const most = Math.max(...found.issues.map(([, , ...n]) => n[0] + n[1] + n[2]), 1);
  const numbers = [["articles", "articles", null], ["quotes", "quotes", "quotes"], ["proposals", "proposals", null], ["actors", "actors", "actors"], ["mentions", "mentions", null], ["dates", "dates", null]];
  const missing = [
    [share(...found.undated.quotes), " of quotes have no date at all, ", share(...found.undated.positions), " of positions, ", share(...found.undated.articles), " of articles."],
    [count(found.unlinked[0]), " quotes have a speaker that is linked to no actor, ", count(found.unlinked[1]), " have none."],
    [counted(found.copies, "article"), " repeat or precede others, and count nowhere on these pages."],
  ];
  const content = h("div", {},
    h("h1", {}, `${about.title} ${about.version}`),
    h("p", { class: "lead" }, "Who said, proposed and promised what, and when, in these articles. Every row leads to the words that it came from."),
    h("ul", { class: "counts" }, numbers.map(([table, name, page]) => h("li", {}, h("strong", {}, count(counts[table])), " ", page ? link(address(page), name) : name))),
    monthPicture(found),
    h("div", { class: "two" },
      h("section", {}, h("h2", {}, "Most quoted"),
        h("ol", { class: "plain" }, found.speakers.map(([id, name, country, , n]) => h("li", {}, actorLink(id, name), country ? ` (${country})` : "", " ", link(address("quotes", { speaker: id }), counted(n, "quote"))))),
        link(address("actors"), "All actors")),
      h("section", {}, h("h2", {}, "Issues"),
        legend([["for", "support"], ["against", "oppose"], ["on conditions", "conditional"]]),
        found.issues.length
          ? table("Issues with the most proposals", ["Issue", ["For"], ["Ag."], ["Cond."], ""], found.issues.map(([id, label, ...n]) => [link(address("issue", id), words(label)), ...n.map(count), stanceBar(...n, most)]))
          : h("p", {}, "Nobody in this release takes a position on an issue."),
        h("p", { class: "faint" }, "Counted are proposals, each once, however many actors make it."),
        link(address("issues"), "All issues"))),
    coverage(found.days),
    h("div", { class: "two" },
      h("section", {}, h("h2", {}, "Newest articles"),
        h("ul", { class: "plain" }, found.articles.map(([id, name, outlet, earliest, latest]) => h("li", {}, link(address("article", id), words(name ?? "(no title)")), h("span", { class: "faint" }, " ", words(outlet ?? "unknown outlet"), ", ", bounds(earliest, latest))))),
        h("p", { class: "faint" }, "By the last day on which each can have appeared.")),
      h("section", {}, h("h2", {}, "What is missing"),
        h("ul", {}, missing.map((line) => h("li", {}, line)),
          found.rejections.map(([reason, n]) => h("li", {}, `${count(n)} refused: `, h("code", {}, reason))),
          found.rejections.length ? null : h("li", {}, "No article was refused.")))));
  return { title, content };
}
