// What stands around every page: the menu, the release, its licence.

import { meta } from "./data.js";
import { address, h, outside } from "./dom.js";

const MENU = [["Overview", ""], ["Quotes", "quotes"], ["Actors", "actors"], ["Issues", "issues"], ["Utterances", "utterances"], ["Initiatives", "initiatives"], ["Network", "network"], ["Tables", "tables"]];

/** Fill it in. `home` is the document that the pages are in: "" where they are in this one. */
export async function frame(home) {
  const to = (...parts) => `${home}${parts[0] ? address(...parts) : "#/"}`;
  const nav = document.getElementById("nav");
  const about = await meta().catch(() => null);
  const there = ([, page]) => !["utterances", "initiatives"].includes(page) || Object.hasOwn(about?.counts ?? {}, page); // not in earlier releases
  nav.append(...MENU.filter(there).map(([name, page]) => h("a", { href: to(page), "data-page": page, "aria-current": location.hash.split(/[/?]/)[1] === page && !home ? "page" : null }, name)));
  if (!about) return null;
  const version = document.getElementById("version");
  version.textContent = about.version;
  if (about.sql) nav.append(h("a", { href: "sql.html", "aria-current": home ? "page" : null }, "SQL"));
  const licence = about.licence ?? {};
  document.getElementById("foot").replaceChildren(
    h("p", {}, h("strong", {}, `Release ${about.version}. `), "Found by machine: check against the source before you rely on it. ",
      about.files && [h("a", { href: `${about.files}/report.html` }, "How good it is"), ". "]),
    h("p", {}, licence.path ? [outside(licence.path, licence.title ?? licence.name), ". "] : "",
      h("a", { href: to("judgments") }, "Judgments"), " · ", h("a", { href: to("keys") }, "Keys"),
      about.text ? "" : " · Article bodies are left out: they are their publishers'."));
  if (about.live) return about;
  const versions = await fetch("../releases.json").then((answer) => (answer.ok ? answer.json() : []), () => []).catch(() => []);
  if (Array.isArray(versions) && versions.length > 1) {
    const go = (event) => location.assign(`../${encodeURIComponent(event.target.value)}/index.html${home ? "" : location.hash}`);
    version.replaceChildren(h("select", { "aria-label": "Release", onchange: go }, versions.map((each) => h("option", { value: each, selected: each === about.version }, each))));
  }
  return about;
}
