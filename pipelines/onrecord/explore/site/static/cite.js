// How to cite a row: text, BibTeX, CSL-JSON.

import { meta } from "./data.js";
import { copy, h } from "./dom.js";

const day = () => new Date().toISOString().slice(0, 10);

/** The address that will lead to a row of this release for as long as its pages are there. */
const lasting = (id, page) => `${location.href.split("#")[0].split("?")[0]}#/${page}/${encodeURIComponent(id)}`;

const escaped = (text) => text.replace(/[\\{}$&#%_~^]/g, (c) => (c === "\\" ? "\\textbackslash{}" : c === "~" || c === "^" ? `\\${c}{}` : `\\${c}`));

export async function citations(id, what, page = "row") {
  const about = await meta();
  const url = lasting(id, page);
  const year = /^(\d{4})\.\d\d\.\d\d/.exec(about.version)?.[1] ?? null;
  const author = `${about.title} contributors`;
  const doi = about.doi ? ` https://doi.org/${String(about.doi).replace(/^https?:\/\/doi.org\//, "")}.` : "";
  const name = `${about.title}, release ${about.version}`;
  const text = `${author}${year ? ` (${year})` : ""}: ${name}, row ${id}${what ? `, “${what}”` : ""}. ${url}, seen on ${day()}.${doi}`;
  const bibtex = [
    `@dataset{onrecord-${id.replace(/[^A-Za-z0-9]+/g, "-")},`,
    `  author = {{${escaped(author)}}},`,
    `  title = {${escaped(name)}},`,
    ...(year ? [`  year = {${year}},`] : []),
    `  version = {${escaped(about.version)}},`,
    `  note = {Row ${escaped(id)}},`,
    ...(about.doi ? [`  doi = {${String(about.doi)}},`] : []),
    `  url = {${url}},`,
    `  urldate = {${day()}},`,
    "}",
  ].join("\n");
  const [y, m, d] = day().split("-").map(Number);
  const csl = JSON.stringify([{
    id: `onrecord-${id}`, type: "dataset", title: name, version: about.version, note: `Row ${id}`, URL: url,
    author: [{ literal: author }], accessed: { "date-parts": [[y, m, d]] }, ...(year ? { issued: { "date-parts": [[Number(year)]] } } : {}), ...(about.doi ? { DOI: String(about.doi) } : {}),
  }], null, 1);
  return { text, bibtex, csl };
}

const shorten = (text) => (text && text.length > 120 ? `${text.slice(0, 119)}…` : text);

/** A button that opens the three forms. */
export function citeButton(id, what, page) {
  const open = async (event) => {
    const button = event.currentTarget;
    const there = button.parentElement.querySelector(":scope > .cite");
    button.setAttribute("aria-expanded", String(!there));
    if (there) {
      there.remove();
      return;
    }
    const forms = await citations(id, shorten(what), page);
    const names = { text: "Text", bibtex: "BibTeX", csl: "CSL-JSON" };
    button.parentElement.append(h("div", { class: "cite" },
      Object.entries(forms).map(([form, told]) => h("div", {}, h("p", { class: "cite-name" }, names[form]), h("pre", { tabindex: "0" }, h("bdi", {}, told)), h("button", { type: "button", onclick: (e) => copy(told, e.currentTarget) }, `Copy ${names[form]}`)))));
  };
  return h("button", { type: "button", class: "small", "aria-expanded": "false", onclick: open }, "Cite");
}

/** A button that copies the lasting address. */
export const linkButton = (id, page = "row") => h("button", { type: "button", class: "small", onclick: (event) => copy(lasting(id, page), event.currentTarget) }, "Copy link");
