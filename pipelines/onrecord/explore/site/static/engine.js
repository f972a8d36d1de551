// DuckDB in this page, over the release as one file. Nothing that a query does leaves the page.
//
// The worker is made from a blob, since only such a one takes over the page's policy, which lets it reach no other host.
// Behind that, DuckDB itself is locked once the release is attached.

import { unpack } from "./data.js";

const FILES = ["engine/duckdb-eh.wasm.gz", "engine/duckdb-browser-eh.worker.js.gz", "data/release.duckdb.gz"];
const LOCKED = [
  "SET enable_external_access = false",
  "SET autoinstall_known_extensions = false",
  "SET autoload_known_extensions = false",
  "SET lock_configuration = true",
];

async function fetched(name, tell) {
  const answer = await fetch(name);
  if (!answer.ok) throw new Error(`${name} is not beside these pages (${answer.status}).`);
  const pieces = [];
  const reader = answer.body.getReader();
  for (;;) {
    const { done, value } = await reader.read();
    if (done) break;
    pieces.push(value);
    tell(value.length);
  }
  return unpack(new Uint8Array(await new Blob(pieces).arrayBuffer()));
}

/** What a cell of Arrow means, as JSON has it. typeId: 8 a date, 10 a timestamp. */
function plain(value, type) {
  if (value === null || value === undefined) return null;
  if (type.typeId === 8) return new Date(Number(value)).toISOString().slice(0, 10);
  if (type.typeId === 10) return new Date(Number(value)).toISOString();
  if (typeof value === "bigint") return Number.isSafeInteger(Number(value)) ? Number(value) : String(value);
  if (typeof value === "object" && type.children?.length && typeof value.toArray === "function") return [...value].map((each) => plain(each, type.children[0].type));
  if (typeof value === "object" && type.children?.length) return Object.fromEntries(type.children.map((child) => [child.name, plain(value[child.name], child.type)]));
  return value;
}

/** An open engine: {query(sql) -> {columns, rows}, end()}. progress(bytes) is told what has come. */
export async function open(progress) {
  let bytes = 0;
  const tell = (more) => progress((bytes += more));
  const [duckdb, [wasm, script, data]] = await Promise.all([import("./engine/duckdb.js"), Promise.all(FILES.map((name) => fetched(name, tell)))]);
  const blob = (content, type) => URL.createObjectURL(new Blob([content], { type }));
  const worker = new Worker(blob(script, "text/javascript"));
  const database = new duckdb.AsyncDuckDB(new duckdb.VoidLogger(), worker);
  await database.instantiate(blob(wasm, "application/wasm"));
  await database.open({ path: ":memory:", query: { castBigIntToDouble: true, castDecimalToDouble: true } });
  await database.registerFileBuffer("release.duckdb", data);
  const connection = await database.connect();
  await connection.query("ATTACH 'release.duckdb' AS release (READ_ONLY)");
  await connection.query("USE release");
  for (const statement of LOCKED) await connection.query(statement);
  return {
    async query(sql) {
      const found = await connection.query(sql);
      const fields = found.schema.fields;
      const vectors = fields.map((_, at) => found.getChildAt(at));
      const rows = Array.from({ length: found.numRows }, (_, place) => vectors.map((vector, at) => plain(vector.get(place), fields[at].type)));
      return { columns: fields.map((field) => field.name), rows, more: false };
    },
    end: () => worker.terminate(),
  };
}
