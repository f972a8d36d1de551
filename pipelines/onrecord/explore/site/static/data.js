// The files of a release: what each is called, and those that were read last.

export const FORMAT = 3;
const MOST = 32 * 2 ** 20; // characters of JSON that are kept

const cache = new Map(); // name -> {content, size}, the oldest first
const coming = new Map(); // name -> promise
let held = 0;
export const seen = { bytes: 0 }; // over the wire

/** A file that did not come, or that nobody can read. */
export class FileError extends Error {
  constructor(file, told, missing = false) {
    super(told);
    this.file = file;
    this.missing = missing;
  }
}

async function read(name) {
  let answer;
  try {
    answer = await fetch(name, { credentials: "same-origin" });
  } catch {
    throw new FileError(name, "It could not be fetched. Is the machine that serves these pages reachable?");
  }
  if (answer.status === 404) throw new FileError(name, "There is no such file beside these pages. Was the whole folder copied?", true);
  if (answer.status === 403) throw new FileError(name, "It was refused. Open the address that onrecord explore printed, with its token.");
  let raw;
  try {
    raw = new Uint8Array(await answer.arrayBuffer());
  } catch {
    throw new FileError(name, "It broke off on the way.");
  }
  seen.bytes += raw.length;
  if (!answer.ok) {
    let told = `The server answered ${answer.status}.`;
    try {
      told = JSON.parse(new TextDecoder().decode(raw)).error ?? told;
    } catch {
      // the number has to do
    }
    throw new FileError(name, told);
  }
  return raw;
}

/** Some hosts unpack .gz on the way: the first two bytes tell. */
export async function unpack(raw) {
  if (raw[0] !== 0x1f || raw[1] !== 0x8b) return raw;
  const stream = new Blob([raw]).stream().pipeThrough(new DecompressionStream("gzip"));
  return new Uint8Array(await new Response(stream).arrayBuffer());
}

async function readJson(name) {
  const raw = await read(name);
  let text;
  try {
    text = new TextDecoder().decode(await unpack(raw));
    return { content: JSON.parse(text), size: text.length };
  } catch {
    throw new FileError(name, "It is damaged. Copy it anew, or write the pages again.");
  }
}

function keep(name, found) {
  cache.set(name, found);
  held += found.size;
  for (const [oldest, { size }] of cache) {
    if (held <= MOST || cache.size === 1) break;
    cache.delete(oldest);
    held -= size;
  }
  return found.content;
}

/** The content of a file; asked for again, it is there already. */
export async function load(name) {
  const there = cache.get(name);
  if (there) {
    cache.delete(name);
    cache.set(name, there);
    return there.content;
  }
  if (!coming.has(name)) coming.set(name, readJson(name).then((found) => keep(name, found)).finally(() => coming.delete(name)));
  return coming.get(name);
}

export const shard = (name) => load(`data/${name}.json.gz`);
export const ask = async (what, query) => (await readJson(`data/${what}.json?${new URLSearchParams(query)}`)).content;

let about = null;

/** What data/meta.json says of the release. */
export async function meta() {
  about ??= await load("data/meta.json");
  return about;
}

/** The same, once it has come: every page is made after that. */
export const known = () => about;

/** FNV-1a, 32 bits: crypto.subtle is not there on pages that did not come by https. */
export function hash(id) {
  let value = 2166136261;
  for (let at = 0; at < id.length; at += 1) value = Math.imul(value ^ id.charCodeAt(at), 16777619);
  return (value >>> 0).toString(16).padStart(8, "0");
}

const member = (content, id) => (Object.hasOwn(content, id) ? content[id] : null);

async function find(kind, key, id) {
  try {
    return member(await shard(`${kind}/${key || "all"}`), id);
  } catch (error) {
    if (error instanceof FileError && error.missing) return null; // a shard that would be empty is not written
    throw error;
  }
}

/** An article with all that was found in it, or null. */
export async function article(id) {
  const { cuts } = await meta();
  return /^[0-9a-f]{16}$/.test(id) ? find("article", id.slice(0, cuts.article), id) : null;
}

/** An actor, or {moved: id} for one whose id has changed, or null. */
export async function actor(id) {
  const { cuts } = await meta();
  const found = await find("actor", cuts.actor ? hash(id).slice(-cuts.actor) : "", id);
  if (found) return found;
  const moved = member(await shard("redirects"), id);
  return moved ? { moved } : null;
}

/** An utterance, or an initiative, that has a page of its own, or {moved: id}, or null. */
export async function reported(kind, id) {
  const { cuts } = await meta();
  const found = /^[0-9a-f]{16}:/.test(id) ? await find(kind, id.slice(0, cuts[kind]), id) : null;
  if (found) return found;
  const moved = member(await shard("redirects"), id);
  return moved ? { moved } : null;
}

export async function issue(id) {
  const { cuts } = await meta();
  return find("issue", cuts.issue ? hash(id).slice(-cuts.issue) : "", id);
}
