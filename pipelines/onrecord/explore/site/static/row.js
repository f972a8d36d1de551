// The lasting address of a row leads to its article, at that row.

import { article } from "./data.js";
import { address, h, link, words } from "./dom.js";

export default async function row({ parts, about, isCurrent }) {
  const id = parts[0] ?? "";
  const key = id.split(":")[0];
  const found = await article(key);
  if (!found) {
    return { title: "Unknown row", content: h("div", {}, h("h1", {}, "Unknown row"), h("p", {}, `Release ${about.version} has no row `, words(id), "; it may be in another release."), link("#/", "Overview")) };
  }
  if (isCurrent()) location.replace(address("article", key, id === key ? {} : { at: id }));
  return { title: "Row", content: h("p", {}, link(address("article", key, { at: id }), "To the article")) };
}
