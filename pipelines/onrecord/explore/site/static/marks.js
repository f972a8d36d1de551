// Where in a text what was found stands. Offsets count code points, as in the tables; strings here count otherwise.

export const KINDS = ["quote", "proposal", "actor", "date"];

/** All findings of an article in the order of its text: {kind, id, start, end, row}. */
export function findings(article) {
  const spans = [
    ...article.quotes.map((row) => ({ kind: "quote", id: row.id, start: row.start, end: row.end, row })),
    ...article.proposals.map((row) => ({ kind: "proposal", id: row.id, start: row.start, end: row.end, row })),
    ...article.mentions.map(([id, start, end, actor, form, role, text]) => ({ kind: "actor", id, start, end, row: { id, start, end, actor, form, role, text } })),
    ...article.dates.map((row) => ({ kind: "date", id: row.id, start: row.start, end: row.end, row })),
  ];
  return spans.sort((a, b) => a.start - b.start || b.end - a.end || KINDS.indexOf(a.kind) - KINDS.indexOf(b.kind));
}

/** The characters of a text as the tables count them. */
export const codePoints = (text) => [...(text ?? "")];

/** The words of a finding: from the text, or the row's own where the text is left out. */
export const wordsOf = (finding, points) => (points.length ? points.slice(finding.start, finding.end).join("") : (finding.row.text ?? ""));

/**
 * Paragraphs of a text, each a list of pieces {text, on}, where `on` are the findings that cover the piece.
 */
export function paragraphs(points, spans) {
  const found = [];
  let start = 0;
  const end = points.length;
  const edges = [...new Set(spans.flatMap((span) => [span.start, span.end]))].sort((a, b) => a - b);
  while (start < end) {
    let stop = start;
    while (stop < end && !(points[stop] === "\n" && points[stop + 1] === "\n")) stop += 1;
    const inside = spans.filter((span) => span.start < stop && span.end > start);
    const cuts = [start, ...edges.filter((edge) => edge > start && edge < stop), stop];
    const pieces = [];
    for (let at = 0; at + 1 < cuts.length; at += 1) {
      const [from, to] = [cuts[at], cuts[at + 1]];
      pieces.push({ text: points.slice(from, to).join(""), on: inside.filter((span) => span.start <= from && span.end >= to) });
    }
    if (stop > start) found.push(pieces);
    start = stop;
    while (start < end && points[start] === "\n") start += 1;
  }
  return found;
}
