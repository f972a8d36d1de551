// The network as the macros stances, agreement and ties count it (schemas/views), of the shard of positions.

import { ask, meta, shard } from "./data.js";

export const MEASURES = ["subtract", "congruence", "conflict"];
export const UNITS = ["actor", "state"];
export const DUPLICATES = ["include", "document", "acrossrange"];
export const MOST = ["5000", "1000", "20000"]; // ties that are told

const between = (row, from, to) => (!from || (row.earliest !== null && row.earliest >= from)) && (!to || (row.latest !== null && row.latest <= to));

/** The positions that a selection holds, as positions_between has them, and how many of them have an open end. */
function select(found, asked) {
  const { rows } = found;
  const issues = asked.issues ? new Set(asked.issues.split(",").filter(Boolean)) : null;
  const kept = [];
  let undated = 0;
  for (let at = 0; at < rows.id.length; at += 1) {
    const modality = found.modalities[rows.modality[at]];
    if (modality === "hypothetical" || modality === "withdrawn" || rows.confidence[at] < asked.min) continue;
    const concept = found.concepts[rows.concept[at]];
    if (issues?.size && !issues.has(concept[0]) && !issues.has(found.issues[rows.issue[at]])) continue;
    const row = { actor: found.actors[rows.actor[at]], concept, article: rows.article[at], id: `${rows.article[at]}${rows.id[at]}`, agreement: rows.agreement[at], earliest: rows.earliest[at], latest: rows.latest[at] };
    if (row.earliest === null || row.latest === null) undated += 1;
    if (between(row, asked.from, asked.to)) kept.push(row);
  }
  return { kept, undated };
}

/** How often each unit takes each stance on each concept. */
function stances(found, kept, asked) {
  const groups = new Map();
  for (const { actor, concept, article, id, agreement } of kept) {
    const [actorId, name, type, country, state] = actor;
    const unit = asked.unit === "state" ? state : actorId;
    if (!unit) continue;
    const stance = agreement === 1 ? "support" : agreement === 0 ? "oppose" : "conditional";
    const key = `${unit}\n${concept[0]}\n${stance}`;
    let group = groups.get(key);
    if (!group) {
      const stateName = (Object.hasOwn(found.states, unit) ? found.states[unit] : null) ?? unit.slice(6);
      group = asked.unit === "state"
        ? { id: unit, name: stateName, type: "state", country: unit.slice(6), state_id: unit }
        : { id: unit, name, type, country, state_id: state };
      Object.assign(group, { concept_id: concept[0], concept: concept[1], stance, counted: new Set() });
      groups.set(key, group);
    }
    group.counted.add(asked.duplicates === "document" ? article : asked.duplicates === "acrossrange" ? 1 : id);
  }
  return [...groups.values()].map(({ counted, ...group }) => ({ ...group, statements: counted.size }));
}

const order = (a, b) => (a < b ? -1 : a > b ? 1 : 0);
const byIds = (a, b) => order(a.id_1, b.id_1) || order(a.id_2, b.id_2);

/** The ties of `stances`, as the macro `ties` has them, the strongest first. */
export function tie(all, measure) {
  const counted = all.filter((row) => row.stance !== "conditional");
  const activity = new Map();
  const concepts = new Map();
  for (const row of counted) {
    activity.set(row.id, (activity.get(row.id) ?? 0) + row.statements);
    if (!concepts.has(row.concept_id)) concepts.set(row.concept_id, []);
    concepts.get(row.concept_id).push(row);
  }
  const pairs = new Map();
  for (const rows of concepts.values()) {
    for (const a of rows) {
      for (const b of rows) {
        if (!(a.id < b.id) || a.id === b.state_id || b.id === a.state_id) continue;
        const key = `${a.id}\n${b.id}`;
        if (!pairs.has(key)) pairs.set(key, { id_1: a.id, name_1: a.name, id_2: b.id, name_2: b.name, congruence: 0, conflict: 0, shared: 0, agreed: new Set(), disputed: new Set() });
        const pair = pairs.get(key);
        if (a.stance === b.stance) {
          pair.congruence += a.statements * b.statements;
          pair.shared += a.statements + b.statements;
          pair.agreed.add(a.concept_id);
        } else {
          pair.conflict += a.statements * b.statements;
          pair.disputed.add(a.concept_id);
        }
      }
    }
  }
  const found = [];
  for (const pair of pairs.values()) {
    const weight = measure === "congruence" ? pair.congruence : measure === "conflict" ? pair.conflict : pair.congruence - pair.conflict;
    if (!weight) continue;
    const [x, y] = [activity.get(pair.id_1), activity.get(pair.id_2)];
    const on = measure === "congruence" ? pair.agreed : measure === "conflict" ? pair.disputed : new Set([...pair.agreed, ...pair.disputed]);
    found.push({ id_1: pair.id_1, name_1: pair.name_1, id_2: pair.id_2, name_2: pair.name_2, weight, average_activity: weight / ((x + y) / 2), jaccard: weight / (x + y - pair.shared + pair.congruence), cosine: weight / (x * y), concept_ids: [...on].sort() });
  }
  return found.sort((a, b) => b.weight - a.weight || byIds(a, b));
}

/** What a query asks for, with the defaults of the macros. */
export function parameters(query) {
  const one = (name, values) => (values.includes(query.get(name)) ? query.get(name) : values[0]);
  return {
    unit: one("unit", UNITS), measure: one("measure", MEASURES), duplicates: one("duplicates", DUPLICATES),
    from: query.get("from") || null, to: query.get("to") || null, issues: query.get("issues") || "", min: Number(query.get("min")) || 0, most: one("most", MOST),
  };
}

/** The strongest of all ties in their order, and the stances of those who are in them. */
function strongest(ties, all, most) {
  if (ties.length <= most) return { ties, stances: all };
  const byStrength = (a, b) => Math.abs(b.weight) - Math.abs(a.weight) || byIds(a, b);
  const kept = new Set([...ties].sort(byStrength).slice(0, most)); // of equal ones as the macro has them, for or against
  const told = ties.filter((one) => kept.has(one));
  const tied = new Set(told.flatMap((one) => [one.id_1, one.id_2]));
  return { ties: told, stances: all.filter((row) => tied.has(row.id)) };
}

/** {ties, total, stances, undated} of a selection. */
export async function network(asked) {
  const { live } = await meta();
  if (live) return ask("network", Object.fromEntries(Object.entries(asked).filter(([, value]) => value)));
  const found = await shard("positions");
  const { kept, undated } = select(found, asked);
  const all = stances(found, kept, asked);
  const ties = tie(all, asked.measure);
  return { ...strongest(ties, all, Number(asked.most)), total: ties.length, undated };
}
