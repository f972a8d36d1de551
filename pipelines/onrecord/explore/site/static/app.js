// Which page an address means, and what happens on the way there.

import { FORMAT, FileError, meta } from "./data.js";
import { address, h, link, say } from "./dom.js";
import { frame } from "./frame.js";

// Pages are loaded when they are first opened.
const PAGES = new Map([
  ["", () => import("./overview.js")],
  ["quotes", () => import("./quotes.js")],
  ["article", () => import("./article.js")],
  ["actor", () => import("./actor.js")],
  ["actors", () => import("./actors.js")],
  ["issue", () => import("./issue.js")],
  ["issues", () => import("./issues.js")],
  ["utterance", () => import("./utterance.js")],
  ["utterances", () => import("./utterances.js")],
  ["initiative", () => import("./initiative.js")],
  ["initiatives", () => import("./initiatives.js")],
  ["network", () => import("./network.js")],
  ["row", () => import("./row.js")],
  ["tables", () => import("./tables.js")],
  ["judgments", () => import("./judgments.js")],
  ["keys", () => import("./keys.js")],
]);

const main = document.getElementById("main");
const places = new Map(); // address -> how far it was scrolled
let shown = { hash: null, page: null };
let clicked = false; // whether a link was followed, rather than Back
let turn = 0;

const parse = () => {
  const [path, query = ""] = location.hash.replace(/^#\/?/, "").split("?");
  const parts = path.split("/").map((part) => {
    try {
      return decodeURIComponent(part);
    } catch {
      return part;
    }
  });
  return { page: parts[0], parts: parts.slice(1), query: new URLSearchParams(query), path };
};

/** The same page with other settings; null takes one out. */
function change(settings, { replace = false } = {}) {
  const { path, query } = parse();
  for (const [name, value] of Object.entries(settings)) {
    if (value === null || value === undefined || value === "") query.delete(name);
    else query.set(name, value);
  }
  const told = query.toString();
  const next = `#/${path}${told ? `?${told}` : ""}`;
  if (next === location.hash) return;
  clicked = true;
  if (replace) {
    history.replaceState(null, "", next);
    show();
  } else location.hash = next;
}

/** A part of the pages that did not come. The browser remembers that, so only loading everything anew helps. */
class PartError extends Error {}

async function part(load) {
  try {
    return (await load()).default;
  } catch (error) {
    throw error instanceof TypeError ? new PartError("A part of these pages could not be fetched. Is the machine that serves them reachable?") : error;
  }
}

function problem(error) {
  const told = error instanceof FileError || error instanceof PartError;
  const file = error instanceof FileError ? error.file : null;
  return h("div", { class: "problem", role: "alert" },
    h("h1", {}, "This cannot be shown"),
    h("p", {}, told ? error.message : "Something is wrong with these pages, not with what you did."),
    file ? h("p", { class: "faint" }, "File: ", h("code", {}, file)) : told ? null : h("p", { class: "faint" }, String(error?.message ?? error)),
    h("button", { onclick: () => (error instanceof PartError ? location.reload() : show()) }, "Try again"));
}

const unknown = (about) => h("div", {}, h("h1", {}, "No such page"), h("p", {}, `Release ${about.version} has no page of this address. `, link("#/", "Overview")));

async function show() {
  const mine = (turn += 1);
  const asked = parse();
  const samePage = shown.page === asked.path;
  const focused = samePage && main.contains(document.activeElement) ? document.activeElement.id : null;
  if (shown.hash !== null && shown.hash !== location.hash) places.set(shown.hash, window.scrollY);
  main.setAttribute("aria-busy", "true");
  const loading = setTimeout(() => mine === turn && !samePage && main.replaceChildren(h("p", { class: "faint" }, "Loading …")), 150);
  /** Show something of the page's own until it has come. */
  const waiting = (content) => {
    if (mine !== turn) return;
    clearTimeout(loading);
    main.replaceChildren(content);
  };
  let presented = null;
  /** Show the page, which may go on to fill itself in. */
  const present = (content, title) => {
    if (mine !== turn || presented === content) return;
    clearTimeout(loading);
    presented = content;
    main.replaceChildren(content);
    around(asked, title);
    settle(samePage, focused, title);
    shown = { hash: location.hash, page: asked.path };
  };
  let content;
  let title = "On Record";
  try {
    const make = PAGES.get(asked.page);
    const [about, page] = await Promise.all([meta(), make ? part(make) : null]);
    if (about.format !== FORMAT) throw new Error(`The data are of form ${about.format}, these pages of ${FORMAT}: write both with one onrecord.`);
    if (page) {
      const made = await page({ ...asked, about, change, isCurrent: () => mine === turn, waiting, present });
      [content, title] = [made.content, made.title];
    } else content = unknown(about);
  } catch (error) {
    content = problem(error);
    title = "This cannot be shown";
  }
  clearTimeout(loading);
  if (mine !== turn) return;
  main.removeAttribute("aria-busy");
  present(content, title);
  main.dispatchEvent(new CustomEvent("shown"));
}

/** What stands around a page that has come. */
function around({ page, query }, title) {
  document.title = title === "On Record" ? title : `${title} – On Record`;
  for (const anchor of document.querySelectorAll("#nav a")) {
    if (anchor.dataset.page === page) anchor.setAttribute("aria-current", "page");
    else anchor.removeAttribute("aria-current");
  }
  document.getElementById("words").value = page === "quotes" ? (query.get("q") ?? "") : "";
}

/** Where the reader stands after a page has come. */
function settle(samePage, focused, title) {
  const first = shown.hash === null;
  if (focused) document.getElementById(focused)?.focus({ preventScroll: true });
  else if (!first && !samePage) main.focus({ preventScroll: true });
  const wanted = main.querySelector("[data-scroll-here]");
  if (!clicked && places.has(location.hash)) window.scrollTo(0, places.get(location.hash));
  else if (wanted) wanted.scrollIntoView({ block: "center" });
  else if (!samePage && !first) window.scrollTo(0, 0);
  clicked = false;
  if (!samePage) say(title);
}

document.addEventListener("click", (event) => {
  if (event.target.closest?.("a[href^='#/']")) clicked = true;
});
document.getElementById("skip").addEventListener("click", (event) => {
  event.preventDefault(); // its hash would be taken for a page
  main.focus();
});
document.getElementById("find").addEventListener("submit", (event) => {
  event.preventDefault();
  const asked = document.getElementById("words").value.trim();
  if (parse().page === "quotes") change({ q: asked, skip: null });
  else location.hash = address("quotes", { q: asked });
});
document.addEventListener("keydown", (event) => {
  if (event.key === "/" && !event.ctrlKey && !event.metaKey && !event.altKey && !/^(INPUT|TEXTAREA|SELECT)$/.test(event.target.tagName)) {
    event.preventDefault();
    document.getElementById("words").focus();
  }
});
history.scrollRestoration = "manual";
window.addEventListener("hashchange", () => show());
frame("");
show();
