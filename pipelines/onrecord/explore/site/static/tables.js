// The tables, with what each column means, and how to open them elsewhere.

import { shard } from "./data.js";
import { copy, count, h, table } from "./dom.js";

const size = (bytes) => (bytes < 1e6 ? `${Math.ceil(bytes / 1e3)} kB` : `${(bytes / 1e6).toFixed(1)} MB`);

const snippet = (name, text) => h("div", { class: "snippet" }, h("h2", {}, name), h("pre", { tabindex: "0" }, text), h("button", { type: "button", class: "small", onclick: (event) => copy(text, event.currentTarget) }, `Copy for ${name}`));

export default async function tables({ about }) {
  const found = await shard("tables");
  const file = ([path, bytes, sum]) => h("li", {}, about.files ? h("a", { href: `${about.files}/${path}`, download: true }, path) : h("code", {}, path), ` ${size(bytes)}, SHA-256 `, h("code", { class: "sum" }, sum));
  const content = h("div", {},
    h("h1", {}, "Tables"),
    h("p", {}, `Schema ${about.schema}, profile ${about.profile}. Offsets count Unicode code points in the text of the article.`),
    about.files ? null : h("p", { class: "faint" }, "The files are not beside these pages; the sums tell whether yours are these."),
    h("div", { class: "three" },
      snippet("DuckDB", "duckdb -init load.sql"),
      snippet("Python", 'import pandas as pd\nquotes = pd.read_parquet("quotes.parquet")'),
      snippet("R", 'library(arrow)\nquotes <- read_parquet("quotes.parquet")')),
    found.tables.map((one) => h("section", {},
      h("h2", { id: `table-${one.name}` }, one.name, h("span", { class: "faint" }, ` ${count(one.rows)} rows`)),
      h("p", {}, one.description),
      h("ul", { class: "plain" }, one.files.map(file)),
      h("details", {}, h("summary", {}, `${one.fields.length} columns`), table(`Columns of ${one.name}`, ["Column", "Type", "Meaning"], one.fields.map(([name, type, told]) => [h("code", {}, name), type, told]))))),
    h("h2", {}, "Views and macros"),
    h("dl", {}, found.views.map(([signature, told]) => [h("dt", {}, h("code", {}, signature)), h("dd", {}, told)])));
  return { title: "Tables", content };
}
