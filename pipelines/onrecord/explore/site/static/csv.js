// Tables for spreadsheets and programs.

const cell = (value) => {
  if (value === null || value === undefined) return "";
  let text = typeof value === "object" ? JSON.stringify(value) : String(value);
  // A spreadsheet would run it as a formula; a number that is negative stays one.
  if (typeof value === "string" && /^[=+\-@\t\r]/.test(text)) text = `'${text}`;
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
};

/** RFC 4180 with a mark by which Excel knows UTF-8. Rows are lists. */
export const toCsv = (heads, rows) => `\ufeff${[heads, ...rows].map((row) => row.map(cell).join(",")).join("\r\n")}\r\n`;

const xml = (text) =>
  String(text ?? "").replace(/[<>&"']/g, (c) => `&#${c.charCodeAt(0)};`).replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g, "\ufffd");

/** Nodes {id, label, ...} and edges {source, target, ...} as GraphML. */
export function toGraphml(nodes, edges) {
  const keys = (rows, skipped) => [...new Set(rows.flatMap((row) => Object.keys(row)))].filter((name) => !skipped.includes(name));
  const declared = [["node", keys(nodes, ["id"]), nodes], ["edge", keys(edges, ["source", "target"]), edges]];
  const type = (rows, name) => (rows.every((row) => row[name] === null || typeof row[name] === "number") ? "double" : "string");
  const datum = (kind, row, names) =>
    names.filter((name) => row[name] !== null && row[name] !== undefined).map((name) => `<data key="${kind}_${name}">${xml(row[name])}</data>`).join("");
  const lines = [
    '<?xml version="1.0" encoding="utf-8"?>',
    '<graphml xmlns="http://graphml.graphdrawing.org/xmlns">',
    ...declared.flatMap(([kind, names, rows]) =>
      names.map((name) => `<key id="${kind}_${name}" for="${kind}" attr.name="${name}" attr.type="${type(rows, name)}"/>`)),
    '<graph edgedefault="undirected">',
    ...nodes.map((row) => `<node id="${xml(row.id)}">${datum("node", row, declared[0][1])}</node>`),
    ...edges.map((row) => `<edge source="${xml(row.source)}" target="${xml(row.target)}">${datum("edge", row, declared[1][1])}</edge>`),
    "</graph>",
    "</graphml>",
  ];
  return `${lines.join("\n")}\n`;
}
