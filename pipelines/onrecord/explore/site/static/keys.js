// Which keys do what, and whether they do.

import { h } from "./dom.js";

export const ON = "onrecord-keys";

/** Single keys act unless the reader has switched them off. */
export const keysAreOn = () => {
  try {
    return localStorage.getItem(ON) !== "off";
  } catch {
    return true;
  }
};

export default async function keys() {
  const list = [["/", "to the search"], ["n, p", "in an article: the next, the previous finding"], ["r, w, u", "in an article, at a finding: right, wrong, unsure"], ["Esc", "close what is open"]];
  const set = (event) => {
    try {
      localStorage.setItem(ON, event.target.checked ? "on" : "off");
    } catch {
      // then it holds for this page only
    }
  };
  return { title: "Keys", content: h("div", {}, h("h1", {}, "Keys"), h("dl", { class: "facts-list" }, list.map(([key, told]) => [h("dt", {}, h("kbd", {}, key)), h("dd", {}, told)])), h("label", {}, h("input", { type: "checkbox", checked: keysAreOn(), onchange: set }), " Single keys act in articles")) };
}
