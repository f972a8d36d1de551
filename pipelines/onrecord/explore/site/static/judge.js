// Judgments: right, wrong or unsure, kept in this browser, or written beside the release where a server does that.
// The form is that of judgments.jsonl: release, row_id, verdict, wrong, value, reason, who, at.

import { known, meta } from "./data.js";
import { h, say } from "./dom.js";

const TABLES = { quote: "quotes", proposal: "proposals", actor: "mentions", date: "dates", article: "articles" };
const WHO = "onrecord-who";

const key = async () => `onrecord-judgments-${(await meta()).version}`;

function stored(name, fallback) {
  try {
    return localStorage.getItem(name) ?? fallback;
  } catch {
    return fallback;
  }
}

let told = null; // what the server has, and what was added since
let lost = []; // what this browser did not keep

/** All judgments of this release in their order. Another window may have added some, so they are read again. */
export async function judgments() {
  const { live } = await meta();
  if (live) return (told ??= await fromServer());
  try {
    const kept = JSON.parse(stored(await key(), "[]"));
    return [...(Array.isArray(kept) ? kept : []), ...lost];
  } catch {
    return [...lost];
  }
}

async function fromServer() {
  const answer = await fetch("judgments");
  if (!answer.ok) throw new Error(await saidBy(answer));
  return answer.json();
}

const saidBy = async (answer) => (await answer.json().catch(() => ({}))).error ?? `The server answered ${answer.status}.`;

/** The last judgment on a row, or null. */
export const lastOn = async (id) => (await judgments()).findLast((one) => one.row_id === id) ?? null;

export async function judge(id, verdict, { wrong = [], value = null, reason = null } = {}) {
  const { version, live } = await meta();
  const judgment = { release: version, row_id: id, verdict, wrong, value, reason, who: stored(WHO, "") || null, at: new Date().toISOString() };
  const all = await judgments();
  if (live) {
    const answer = await fetch("judgments", { method: "POST", headers: { "content-type": "application/json" }, body: JSON.stringify(judgment) });
    if (!answer.ok) throw new Error(await saidBy(answer));
    all.push(judgment);
  } else {
    try {
      localStorage.setItem(await key(), JSON.stringify([...all, judgment]));
      lost = [];
    } catch {
      lost.push(judgment);
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
  const status = h("p", { class: "faint", role: "status" });
  const value = h("input", { type: "text", maxlength: 2000 });
  const reason = h("input", { type: "text", maxlength: 2000 });
  const boxes = known().wrong[TABLES[kind]].map((name) => h("label", {}, h("input", { type: "checkbox", value: name }), ` ${name === "none" ? "not one at all" : name}`));
  const details = h("div", { class: "wrong", hidden: true },
    h("fieldset", {}, h("legend", {}, "What is wrong?"), boxes),
    h("label", { class: "filter" }, h("span", {}, "Right would be"), value),
    h("label", { class: "filter" }, h("span", {}, "Why"), reason),
    h("button", { type: "button", onclick: () => give("wrong") }, "Keep"));
  const buttons = ["right", "wrong", "unsure"].map((verdict) => h("button", { type: "button", class: "small", "data-verdict": verdict, "aria-pressed": "false", onclick: () => give(verdict) }, verdict));
  const show = (judgment) => {
    for (const button of buttons) button.setAttribute("aria-pressed", String(button.dataset.verdict === judgment.verdict));
    details.hidden = judgment.verdict !== "wrong";
    status.textContent = `Judged ${judgment.verdict}${judgment.wrong.length ? `: ${judgment.wrong.join(", ")}` : ""}.`;
  };
  // What was said of it before is there to be gone on with.
  const fill = (judgment) => {
    for (const box of boxes) box.firstChild.checked = judgment.wrong.includes(box.firstChild.value);
    [value.value, reason.value] = [judgment.value ?? "", judgment.reason ?? ""];
    show(judgment);
  };
  async function give(verdict) {
    const more = verdict === "wrong" ? { wrong: boxes.map((box) => box.firstChild).filter((box) => box.checked).map((box) => box.value), value: value.value || null, reason: reason.value || null } : {};
    try {
      show(await judge(id, verdict, more));
    } catch (error) {
      status.textContent = error instanceof TypeError ? "It was not kept: the server cannot be reached." : error.message;
    }
  }
  lastOn(id).then((judgment) => judgment && fill(judgment), (error) => (status.textContent = error.message));
  return h("div", { class: "judge", "data-judges": id }, h("span", {}, "Is it right? "), buttons, details, status);
}
