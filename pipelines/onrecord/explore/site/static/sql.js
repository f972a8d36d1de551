// SQL over the release: in this page, or by the server of this machine.

import { toCsv } from "./csv.js";
import { meta, shard } from "./data.js";
import { address, count, counted, download, h, say, table, words } from "./dom.js";
import { frame } from "./frame.js";

const SHOWN = 500;
const HOME = "index.html";
const EXAMPLES = [
  ["Who is quoted most", "SELECT speaker, count(*) AS quotes\nFROM statements\nWHERE attitude = 'assertion'\nGROUP BY ALL ORDER BY quotes DESC LIMIT 20"],
  ["What was said about sanctions", "SELECT speaker, text, earliest, latest, quote_id\nFROM find('ease sanction')"],
  ["Who wants what of whom", "SELECT proposers, type, content, targets, issue, stance, proposal_id\nFROM demands\nLIMIT 50"],
  ["States and their stances", "SELECT name, concept, stance, statements\nFROM stances(unit := 'state')\nORDER BY statements DESC"],
  ["Who agrees with whom", "SELECT name_1, name_2, weight, concept_ids\nFROM subtract(unit := 'state')"],
  ["Promises with a deadline", "SELECT proposers, content, deadline, deadline_latest, proposal_id\nFROM promises\nWHERE deadline IS NOT NULL"],
];
const DATABASE_NEEDS = "8 MB of DuckDB and the whole release";

const main = document.getElementById("main");
let engine = null; // once loaded
let opening = null; // while it is
let running = null; // what ends the query that runs

/** A query, answered by the server. */
async function askServer(sql) {
  const stop = new AbortController();
  running = () => stop.abort();
  let answer;
  try {
    answer = await fetch("sql", { method: "POST", headers: { "content-type": "application/json" }, body: JSON.stringify({ query: sql }), signal: stop.signal });
  } catch (error) {
    throw error.name === "AbortError" ? error : new Error("The server cannot be reached. Is onrecord explore still running?");
  }
  const told = await answer.text();
  if (answer.ok) return JSON.parse(told);
  throw new Error(answer.headers.get("content-type")?.includes("json") ? JSON.parse(told).error : told);
}

async function load(tell) {
  const { open } = await import("./engine.js");
  engine = await open((bytes) => tell(`Loading DuckDB and the data: ${(bytes / 1e6).toFixed(1)} MB`));
}

async function askPage(sql, tell) {
  let stop;
  const stopped = new Promise((_, reject) => (stop = reject));
  running = () => {
    engine?.end(); // there is no other way to stop a query; the next one loads it anew
    engine = null;
    stop(new Error("Stopped."));
  };
  if (!engine) {
    opening ??= load(tell).finally(() => (opening = null));
    await Promise.race([opening, stopped]);
  }
  return Promise.race([engine.query(sql), stopped]);
}

const LINKED = new Map([["article_id", "article"], ["actor_id", "actor"], ["issue_id", "issue"], ["concept_id", "issue"], ["quote_id", "row"], ["proposal_id", "row"], ["mention_id", "row"], ["date_id", "row"], ["row_id", "row"]]);

function cell(value, column) {
  if (value === null) return h("span", { class: "faint" }, "null");
  const name = column.replace(/_(before|after|[12])$/, "");
  const kind = LINKED.get(name) ?? (/_actor_id$/.test(name) ? "actor" : null);
  if (kind && typeof value === "string") return h("a", { href: `${HOME}${address(kind, value)}` }, words(value));
  return words(typeof value === "object" ? JSON.stringify(value) : String(value));
}

function show(found, took) {
  const rows = found.rows.slice(0, SHOWN);
  const objects = () => found.rows.map((row) => Object.fromEntries(row.map((value, at) => [found.columns[at], value])));
  return h("section", {},
    h("p", { id: "rows" }, h("strong", {}, counted(found.rows.length, "row")), found.more ? " and more, which a query with LIMIT and OFFSET gives" : "", ` in ${(took / 1000).toFixed(2)} s`, found.rows.length > SHOWN ? `; the first ${SHOWN} are shown. ` : ". ",
      h("button", { type: "button", class: "small", onclick: () => download("result.csv", toCsv(found.columns, found.rows), "text/csv") }, "CSV"),
      h("button", { type: "button", class: "small", onclick: () => download("result.json", JSON.stringify(objects(), null, 1), "application/json") }, "JSON")),
    found.rows.length ? table("Result", found.columns, rows.map((row) => row.map((value, at) => cell(value, found.columns[at])))) : h("p", {}, "No row."));
}

function dictionary(found, put) {
  const entry = (name, told, columns) => h("li", {}, h("button", { type: "button", class: "as-link", onclick: () => put(name) }, h("code", {}, name)), h("details", {}, h("summary", {}, "What it is"), h("p", {}, told), columns ? h("p", { class: "faint" }, columns.map(([column]) => column).join(", ")) : null));
  return h("details", { class: "filters", open: window.innerWidth > 900 }, h("summary", {}, "Tables, views and macros"),
    h("div", { class: "two" },
      h("div", {}, h("h3", {}, "Tables"), h("ul", { class: "plain" }, found.tables.map((one) => entry(one.name, one.description, one.fields)))),
      h("div", {}, h("h3", {}, "Views and macros"), h("ul", { class: "plain" }, found.views.map(([signature, told]) => entry(signature, told))))));
}

async function start() {
  await frame(HOME);
  const about = await meta();
  const local = about.sql === "server";
  if (!about.sql) {
    main.replaceChildren(h("h1", {}, "SQL"), h("p", {}, "These pages were written without DuckDB's engine. Run onrecord explore, or onrecord sql."));
    return;
  }
  const area = h("textarea", { id: "query", spellcheck: "false", "aria-label": "Query", value: new URLSearchParams(location.hash.slice(1)).get("q") ?? EXAMPLES[0][1] });
  const result = h("div", { id: "result" });
  const state = h("p", { role: "status", id: "state", class: "faint" });
  const put = (name) => area.setRangeText(name, area.selectionStart, area.selectionEnd, "end");
  const run = h("button", { type: "button", id: "run", onclick: () => answer() }, "Run");
  const cancel = h("button", { type: "button", id: "cancel", hidden: true, onclick: () => running?.() }, "Stop");

  async function answer() {
    history.replaceState(null, "", `#${new URLSearchParams({ q: area.value })}`);
    run.disabled = true;
    cancel.hidden = false;
    result.replaceChildren();
    state.textContent = "Running …";
    try {
      const tell = (told) => (state.textContent = told);
      if (!local && !engine) await askPage("SELECT 1", tell);
      state.textContent = "Running …";
      const begun = performance.now();
      const found = local ? await askServer(area.value) : await askPage(area.value, tell);
      result.replaceChildren(show(found, performance.now() - begun));
      state.textContent = "";
      say(counted(found.rows.length, "row"));
    } catch (error) {
      state.textContent = "";
      const told = error.name === "AbortError" ? "Stopped." : error.message;
      result.replaceChildren(h("div", { class: "problem", role: "alert" }, h("h2", {}, "That did not run"), h("pre", {}, told)));
    } finally {
      run.disabled = false;
      cancel.hidden = true;
      running = null;
    }
  }

  area.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) answer();
    else if (event.key === "Escape") run.focus();
  });
  main.replaceChildren(
    h("h1", {}, "SQL"),
    h("p", {}, local ? "Runs on this computer, by DuckDB, for reading only. " : `Runs in this page; nothing leaves it. The first query loads ${DATABASE_NEEDS}, once. `, "Ctrl+Enter runs, Esc leaves the editor."),
    h("label", { class: "filter" }, h("span", {}, "Examples"), h("select", { id: "examples", onchange: (event) => { if (event.target.value) area.value = EXAMPLES[Number(event.target.value)][1]; } }, h("option", { value: "" }, "choose one"), EXAMPLES.map(([name], at) => h("option", { value: at }, name)))),
    area, h("p", {}, run, " ", cancel), state, result,
    dictionary(await shard("tables"), put),
    h("p", { class: "faint" }, `Tables of ${count(about.counts.articles)} articles, schema ${about.schema}.`));
}

document.getElementById("skip").addEventListener("click", (event) => {
  event.preventDefault();
  main.focus();
});
start().catch((error) => main.replaceChildren(h("div", { class: "problem", role: "alert" }, h("h1", {}, "This cannot be shown"), h("p", {}, error.message))));
