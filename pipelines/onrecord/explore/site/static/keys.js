// Which keys do what, and whether they do.

import { h } from "./dom.js";

const ON = "onrecord-keys";
let here = "on"; // where the browser keeps nothing, this holds until the pages are left

/** Single keys act unless the reader has switched them off. */
export const keysAreOn = () => {
  try {
    return localStorage.getItem(ON) !== "off";
  } catch {
    return here !== "off";
  }
};

export default async function keys() {
  const list = [["/", "to the search"], ["n, p", "in an article: the next, the previous finding"], ["r, w, u", "in an article, at a finding: right, wrong, unsure"], ["Esc", "close what is open"]];
  const set = (event) => {
    here = event.target.checked ? "on" : "off";
    try {
      localStorage.setItem(ON, here);
    } catch {
      // then `here` holds it
    }
  };
  return { title: "Keys", content: h("div", {}, h("h1", {}, "Keys"), h("dl", { class: "facts-list" }, list.map(([key, told]) => [h("dt", {}, h("kbd", {}, key)), h("dd", {}, told)])), h("label", {}, h("input", { type: "checkbox", checked: keysAreOn(), onchange: set }), " Single keys act in articles")) };
}
