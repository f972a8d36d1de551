// Words as the macro `find` takes them (schemas/views/find.sql): all of them, in any case and form, and beginnings.

import { shard } from "./data.js";

const MARKED = /[^\0-\u00bf\u2000-\u206f]/; // beyond are letters that may have marks; taking these off takes long
const plain = (text) => (MARKED.test(text) ? text.normalize("NFD").replace(/\p{Mn}/gu, "") : text).toLowerCase().replace(/\W+/g, " ");

function stem(word) {
  if (/^\w\w+(ies|ied|ying)$/.test(word)) return word.replace(/(ies|ied|ying)$/, "y");
  if (/^\w\w+eed(s|ed|ing)?$/.test(word)) return word.replace(/(s|ed|ing)$/, "");
  if (/^\w*[aeiouy]\w*\w(ing|ings|ed)$/.test(word) && word.length > 4) return word.replace(/(ing|ings|ed)$/, "");
  if (/(s|x|z|ch|sh)es$/.test(word)) return word.replace(/es$/, "");
  if (/^\w\w+[^s]s$/.test(word)) return word.replace(/(es|s)$/, "");
  return /^\w\w+e$/.test(word) ? word.replace(/e$/, "") : word;
}

function forms(word, families) {
  const own = stem(word);
  const family = families.find((members) => [word, own, `${own}e`].some((form) => members.includes(form))) ?? [];
  const base = (family[0] ?? own).replace(/e$/, "");
  const short = base.slice(0, -1);
  if (base.endsWith("y")) return [...family, base, ...["ies", "ied", "ying"].map((e) => short + e), `${base}s`, `${base}ed`];
  const regular = ["", "e", "s", "es", "d", "ed", "ing", "ings"].map((ending) => base + ending);
  const doubled = ["ed", "ing"].map((ending) => base + base.slice(-1) + ending);
  const single = base.length > 3 && base.at(-1) === base.at(-2) ? ["", "s", "ed", "ing"].map((e) => short + e) : [];
  return [...family, ...regular, ...doubled, ...single];
}

/** The words asked for, each with its forms: [[word, [form]]]; none for no words. */
export async function parse(asked) {
  const given = [...new Set(plain(asked ?? "").trim().split(" "))].filter(Boolean);
  if (!given.length) return [];
  const families = await shard("words");
  return given.map((word) => [word, forms(word, families)]);
}

/** A test of texts. */
export function matcher(wanted) {
  const needles = wanted.map(([word, all]) => [` ${word}`, [...new Set(all)].map((form) => ` ${form} `)]);
  return (text) => {
    const words = ` ${plain(text)} `;
    return needles.every(([begin, all]) => words.includes(begin) || all.some((form) => words.includes(form)));
  };
}

/** The text in pieces: [piece, whether it is a word that was asked for]. */
export function highlighted(text, wanted) {
  if (!wanted.length) return [[text, false]];
  const meets = (token) => {
    const word = plain(token).trim();
    return word && wanted.some(([given, all]) => word.startsWith(given) || all.includes(word));
  };
  return text.split(/([\p{L}\p{M}\p{N}_]+)/u).map((piece, at) => [piece, at % 2 === 1 && Boolean(meets(piece))]);
}
