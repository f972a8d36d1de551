// An article: its text with what was found in it, a card for each finding, and keys to walk through them.

import { card } from "./cards.js";
import { citeButton, linkButton } from "./cite.js";
import { article as load } from "./data.js";
import { bounds } from "./dates.js";
import { address, counted, h, link, outside, say, words } from "./dom.js";
import { judging } from "./judge.js";
import { keysAreOn } from "./keys.js";
import { KINDS, codePoints, findings, paragraphs, wordsOf } from "./marks.js";

const NAMES = { quote: "quotes", proposal: "proposals", actor: "actors", date: "dates" };
let shownKinds = new Set(KINDS); // as the reader has set it, for the next article, too

const missing = (id, about) => ({
  title: "Unknown article",
  content: h("div", {}, h("h1", {}, "Unknown article"), h("p", {}, `Release ${about.version} has no article `, words(id), "; it may be in another release."), link("#/", "Overview")),
});

const BASIS = { given: "as its metadata say", stated: "as printed in it", inferred: "inferred", unknown: null };

function head(found, id) {
  const others = (list, told) => list.length ? h("p", {}, told, " ", list.flatMap(([other, title, outlet], at) => [at ? ", " : "", link(address("article", other), words(title ?? other)), outlet ? [" (", words(outlet), ")"] : ""])) : null;
  const evidence = found.published_evidence && found.published_basis === "inferred" ? [" from “", words(found.published_evidence), "”"] : "";
  const basis = BASIS[found.published_basis];
  return h("header", { class: "article-head" },
    h("h1", {}, words(found.title ?? "(no title)")),
    h("p", {}, words(found.outlet ?? "unknown outlet"), found.authors.length ? [", ", words(found.authors.join(", "))] : "", ". ",
      bounds(found.published_earliest, found.published_latest), basis ? [" (", basis, evidence, ")"] : "", ". ", counted(found.word_count, "word"), ". "),
    h("p", {}, "Source: ", found.url ? outside(found.url) : h("span", {}, words(found.source_file))),
    found.truncated ? h("p", { class: "note" }, "Whoever delivered it cut its end off.") : null,
    found.duplicate_of ? h("p", { class: "note" }, "It repeats ", link(address("article", found.duplicate_of), "an earlier article"), ", and its rows count there.") : null,
    found.supersedes ? h("p", { class: "note" }, "It updates ", link(address("article", found.supersedes), "an earlier version"), ".") : null,
    others(found.copies, "Repeated by"), others(found.updates, "Updated by"),
    found.rights ? h("p", { class: "faint" }, "Rights: ", words(found.rights)) : null,
    h("div", { class: "facts" }, linkButton(id), citeButton(id, found.title)));
}

/** The text, each piece in the marks of what covers it. */
function body(points, spans) {
  const text = h("div", { class: "text", id: "text", lang: "en" });
  for (const pieces of paragraphs(points, spans)) {
    text.append(h("p", { dir: "auto" }, pieces.map(({ text: piece, on }) => on.length
      ? h("span", { class: [...new Set(on.map((span) => `on-${span.kind}`))].join(" "), "data-on": on.map((span) => span.at).join(" ") }, piece)
      : piece)));
  }
  return text;
}

function list(spans, points, article, choose) {
  const groups = KINDS.map((kind) => [kind, spans.filter((span) => span.kind === kind)]).filter(([, rows]) => rows.length);
  const speaker = (span) => (span.kind === "quote" && span.row.speakers.length ? [article.actors[span.row.speakers[0]]?.[0] ?? "", ": "] : "");
  return h("div", { class: "found" }, groups.map(([kind, rows]) => h("details", { open: kind === "quote" || kind === "proposal" },
    h("summary", {}, `${rows.length} ${NAMES[kind]}`),
    h("ol", { class: "plain" }, rows.map((span) => h("li", {}, h("button", { type: "button", class: "as-link", "data-at": span.at, onclick: () => choose(span.at, true) }, words(speaker(span)), words(wordsOf(span, points).slice(0, 160)))))))));
}

export default async function article({ parts, query, about, isCurrent }) {
  const id = parts[0] ?? "";
  const found = await load(id);
  if (!found) return missing(id, about);
  const points = codePoints(found.text);
  const spans = findings(found);
  spans.forEach((span, at) => (span.at = at));
  const asked = query.get("at");
  let current = asked ? spans.findIndex((span) => span.id === asked) : -1;
  const place = h("div", { class: "card-place", id: "card" });
  const text = points.length ? body(points, spans) : null;
  const root = h("div", { class: "article" });

  function choose(at, scroll) {
    current = at;
    const span = spans[at];
    for (const piece of root.querySelectorAll(".chosen")) piece.classList.remove("chosen");
    const pieces = [...root.querySelectorAll(`[data-on~="${at}"]`)];
    for (const piece of pieces) piece.classList.add("chosen");
    root.querySelector(`button[data-at="${at}"]`)?.classList.add("chosen");
    const told = card(span, wordsOf(span, points), found);
    told.prepend(h("button", { type: "button", class: "small close", "aria-label": "Close", onclick: close }, "×"));
    place.replaceChildren(told);
    if (isCurrent()) history.replaceState(null, "", address("article", id, { at: span.id }));
    if (scroll) pieces[0]?.scrollIntoView({ block: "center" });
    say(`${span.kind}: ${wordsOf(span, points).slice(0, 200)}`);
  }

  function close() {
    current = -1;
    place.replaceChildren(hint());
    for (const piece of root.querySelectorAll(".chosen")) piece.classList.remove("chosen");
  }

  const hint = () => h("p", { class: "faint" }, "Choose a finding in the text or in the lists. Keys: n and p go on and back, r, w and u judge.");
  const visible = (at) => shownKinds.has(spans[at].kind);
  function step(by) {
    let at = current < 0 && by < 0 ? 0 : current;
    for (let tried = 0; tried < spans.length; tried += 1) {
      at = (at + by + spans.length) % spans.length;
      if (visible(at)) return choose(at, true);
    }
    return null;
  }

  text?.addEventListener("click", (event) => {
    const piece = event.target.closest?.("[data-on]");
    if (!piece || String(window.getSelection())) return;
    const on = piece.dataset.on.split(" ").map(Number).filter(visible);
    // The shortest one that covers the place; asked again, the next.
    on.sort((a, b) => spans[a].end - spans[a].start - (spans[b].end - spans[b].start));
    if (on.length) choose(on[(on.indexOf(current) + 1) % on.length], false);
  });

  const toggle = (kind) => (event) => {
    if (event.target.checked) shownKinds.add(kind);
    else shownKinds.delete(kind);
    for (const each of KINDS) root.classList.toggle(`hide-${each}`, !shownKinds.has(each));
  };
  const tally = (kind) => spans.filter((span) => span.kind === kind).length;
  const legend = h("fieldset", { class: "legend-boxes" }, h("legend", {}, text ? "Marked in the text" : "Found in the text"),
    KINDS.map((kind) => h("label", {}, h("input", { type: "checkbox", checked: shownKinds.has(kind), onchange: toggle(kind) }), " ", h("span", { class: `on-${kind}` }, `${tally(kind)} ${NAMES[kind]}`))));

  root.append(head(found, id),
    asked && current < 0 ? h("p", { class: "note", role: "status" }, "This article has no row ", words(asked), " in this release: the whole article is shown.") : "",
    legend,
    h("div", { class: "aside" },
      text ?? h("div", { class: "text" }, h("p", { class: "note" }, "The body of this article is its publisher's and is left out here. Its source shows it; what was found in it stands beside.")),
      h("div", { class: "side" }, place, list(spans, points, found, choose), h("details", {}, h("summary", {}, "The article as a whole"), judging(id, "article")))));
  for (const each of KINDS) root.classList.toggle(`hide-${each}`, !shownKinds.has(each));

  function press(event) {
    if (!isCurrent()) {
      document.removeEventListener("keydown", press);
      return;
    }
    const writes = /^(INPUT|TEXTAREA|SELECT)$/.test(event.target.tagName) && event.target.type !== "checkbox";
    if (!keysAreOn() || event.ctrlKey || event.metaKey || event.altKey || writes) return;
    if (event.key === "n") step(1);
    else if (event.key === "p") step(-1);
    else if (event.key === "Escape") close();
    else if (current >= 0) {
      const verdict = { r: "right", w: "wrong", u: "unsure" }[event.key];
      if (verdict) place.querySelector(`[data-verdict=${verdict}]`)?.click();
    }
  }
  document.addEventListener("keydown", press);

  if (current >= 0) {
    choose(current, false);
    (root.querySelector(`[data-on~="${current}"]`) ?? root.querySelector(`button[data-at="${current}"]`))?.setAttribute("data-scroll-here", "");
  } else place.append(hint());
  return { title: found.title ?? "Article", content: root };
}

