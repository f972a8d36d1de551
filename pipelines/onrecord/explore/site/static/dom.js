// Elements from data. Text goes in as text nodes, so nothing of an article is ever read as HTML.

const SVG = "http://www.w3.org/2000/svg";

const put = (element, attributes, children) => {
  for (const [name, value] of Object.entries(attributes ?? {})) {
    if (value === null || value === undefined || value === false) continue;
    if (typeof value === "function") element.addEventListener(name.slice(2), value);
    else if (name === "value" || name === "checked" || name === "indeterminate") element[name] = value;
    else element.setAttribute(name, value === true ? "" : value);
  }
  element.append(...children.flat(Infinity).filter((child) => child !== null && child !== undefined && child !== false));
  return element;
};

/** An element: h("a", {href: "#/", onclick: f}, "words", [more]). */
export const h = (tag, attributes, ...children) => put(document.createElement(tag), attributes, children);

/** The same in a drawing. */
export const s = (tag, attributes, ...children) => put(document.createElementNS(SVG, tag), attributes, children);

/** Words of an article, kept from turning what stands beside them around. */
export const words = (text, attributes) => h("bdi", attributes, text ?? "");

/** The hash of a page of ours: address("article", id, {at: row}). */
export function address(...parts) {
  const query = typeof parts.at(-1) === "object" ? parts.pop() : {};
  const asked = new URLSearchParams();
  for (const [name, value] of Object.entries(query ?? {})) if (value !== null && value !== undefined && value !== "") asked.set(name, value);
  const told = asked.toString();
  return `#/${parts.map(encodeURIComponent).join("/")}${told ? `?${told}` : ""}`;
}

export const link = (to, ...children) => h("a", { href: to }, ...children);

/** A link to another site; what is no web address is shown as text. */
export function outside(url, ...children) {
  let parsed = null;
  try {
    parsed = new URL(url);
  } catch {
    // shown as text below
  }
  if (!parsed || !["http:", "https:"].includes(parsed.protocol)) return h("span", {}, words(url));
  return h("a", { href: parsed.href, rel: "noopener noreferrer nofollow", target: "_blank" }, ...(children.length ? children : [words(url)]));
}

export const actorLink = (id, name, ...more) =>
  id ? link(address("actor", id), words(name), ...more) : h("span", { class: "faint" }, words(name ?? "nobody named"), " (not linked)");

/** A link to what else reports the same, of a row that says so. */
export function elsewhere(row) {
  if (row.utterance) return link(address("utterance", row.utterance), row.outlets > 1 ? `told by ${counted(row.outlets, "outlet")}` : "told more than once");
  if (row.initiative) return link(address("initiative", row.initiative), row.outlets > 1 ? `told by ${counted(row.outlets, "outlet")}` : "reports and answers");
  return null;
}

/** 1,234, of a whole number: Intl takes a phone 60 ms to start. */
export const count = (number) => String(Number(number)).replace(/\B(?=(\d{3})+$)/g, ",");

/** "1 quote", "2 quotes" */
export const counted = (number, one, many = `${one}s`) => `${count(number)} ${number === 1 ? one : many}`;

/** A table; heads are strings, or [string] for numbers; "" heads a drawing of the others. Rows are lists of cells. */
export function table(caption, heads, rows, attributes = {}) {
  const numbers = heads.map((head) => Array.isArray(head));
  return h("div", { class: "scroll", tabindex: "0", role: "region", "aria-label": caption },
    h("table", attributes,
      h("caption", { class: "unseen" }, caption),
      h("thead", {}, h("tr", {}, heads.map((head, at) => h("th", { scope: "col", class: numbers[at] && "number" }, Array.isArray(head) ? head[0] : head === "" ? h("span", { class: "unseen" }, "Drawn") : head)))),
      h("tbody", {}, rows.map((row) => h("tr", {}, row.map((cell, at) => h("td", { class: numbers[at] && "number" }, cell)))))));
}

/** A file for the reader to keep. */
export function download(name, text, type) {
  const url = URL.createObjectURL(new Blob([text], { type }));
  const anchor = h("a", { href: url, download: name });
  document.body.append(anchor);
  anchor.click();
  anchor.remove();
  setTimeout(() => URL.revokeObjectURL(url), 60_000);
}

/** Tell whoever does not see the page. */
export function say(text) {
  document.getElementById("live").textContent = text;
}

export async function copy(text, button) {
  const told = button.textContent;
  try {
    await navigator.clipboard.writeText(text);
    button.textContent = "Copied";
  } catch {
    // Pages that did not come by https have no clipboard.
    const field = h("textarea", { class: "copied", readonly: true, "aria-label": "To copy", value: text });
    button.after(field);
    field.select();
    button.textContent = "Press Ctrl+C";
  }
  say(button.textContent);
  setTimeout(() => (button.textContent = told), 2000);
}
