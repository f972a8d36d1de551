// Judgments: right, wrong or unsure, kept in this browser, or written beside the release where a server does that.
// The form is that of judgments.jsonl: release, row_id, verdict, wrong, value, reason, who, at.

import { meta } from "./data.js";
import { h, say } from "./dom.js";

const WRONG = {
  quote: ["none", "words", "speaker", "type", "date", "other"],
  proposal: ["none", "words", "actor", "target", "type", "issue", "stance", "date", "other"],
  actor: ["none", "words", "actor", "other"],
  date: ["none", "words", "date", "other"],
  article: ["missing", "words", "date", "other"],
};
const WHO = "onrecord-who";

const key = async () => `onrecord-judgments-${(await meta()).version}`;

function stored(name, fallback) {
  try {
    return localStorage.getItem(name) ?? fallback;
  } catch {
    return fallback;
  }
}

let own = null; // as read from where they are kept

/** All judgments of this release in their order. */
export async function judgments() {
  if (own) return own;
  const { live } = await meta();
  if (live) {
    const answer = await fetch("judgments");
    own = answer.ok ? await answer.json() : [];
  } else {
    try {
      own = JSON.parse(stored(await key(), "[]"));
    } catch {
      own = [];
    }
  }
  return own;
}

/** The last judgment on a row, or null. */
export const lastOn = async (id) => (await judgments()).findLast((one) => one.row_id === id) ?? null;

export async function judge(id, verdict, { wrong = [], value = null, reason = null } = {}) {
  const { version, live } = await meta();
  const judgment = { release: version, row_id: id, verdict, wrong, value, reason, who: stored(WHO, "") || null, at: new Date().toISOString() };
  const all = await judgments();
  if (live) {
    const answer = await fetch("judgments", { method: "POST", headers: { "content-type": "application/json" }, body: JSON.stringify(judgment) });
    if (!answer.ok) throw new Error((await answer.json().catch(() => ({}))).error ?? `The server answered ${answer.status}.`);
    all.push(judgment);
  } else {
    all.push(judgment);
    try {
      localStorage.setItem(await key(), JSON.stringify(all));
    } catch {
      throw new Error("This browser keeps nothing for this page: download your judgments before you leave.");
    }
  }
  say(`Judged ${verdict}`);
  document.dispatchEvent(new CustomEvent("judged", { detail: judgment }));
  return judgment;
}

export function setWho(name) {
  try {
    localStorage.setItem(WHO, name);
  } catch {
    // then judgments bear no name
  }
}
export const who = () => stored(WHO, "");

/** Buttons, and what is wrong, for a row. */
export function judging(id, kind) {
  const told = h("p", { class: "faint", role: "status" });
  const value = h("input", { type: "text", maxlength: 2000 });
  const reason = h("input", { type: "text", maxlength: 2000 });
  const boxes = WRONG[kind].map((name) => h("label", {}, h("input", { type: "checkbox", value: name }), ` ${name === "none" ? "not one at all" : name}`));
  const details = h("div", { class: "wrong", hidden: true },
    h("fieldset", {}, h("legend", {}, "What is wrong?"), boxes),
    h("label", { class: "filter" }, h("span", {}, "Right would be"), value),
    h("label", { class: "filter" }, h("span", {}, "Why"), reason),
    h("button", { type: "button", onclick: () => give("wrong") }, "Keep"));
  const buttons = ["right", "wrong", "unsure"].map((verdict) => h("button", { type: "button", class: "small", "data-verdict": verdict, "aria-pressed": "false", onclick: () => give(verdict) }, verdict));
  const show = (judgment) => {
    for (const button of buttons) button.setAttribute("aria-pressed", String(button.dataset.verdict === judgment?.verdict));
    details.hidden = judgment?.verdict !== "wrong";
    if (judgment) told.textContent = `Judged ${judgment.verdict}${judgment.wrong.length ? `: ${judgment.wrong.join(", ")}` : ""}.`;
  };
  async function give(verdict) {
    const more = verdict === "wrong" ? { wrong: boxes.map((box) => box.firstChild).filter((box) => box.checked).map((box) => box.value), value: value.value || null, reason: reason.value || null } : {};
    try {
      show(await judge(id, verdict, more));
    } catch (error) {
      told.textContent = error.message;
    }
  }
  lastOn(id).then((judgment) => judgment && show(judgment), () => {});
  return h("div", { class: "judge", "data-judges": id }, h("span", {}, "Is it right? "), buttons, details, told);
}
