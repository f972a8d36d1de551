// The drawing of a network: laid out to rest, then drawn as links and circles that can be reached with Tab.

import { address, s } from "./dom.js";
import { forceCollide, forceLink, forceManyBody, forceSimulation, forceX, forceY } from "./vendor/d3-force.js";

const TICKS = 250;

/** Places of nodes and edges in a drawing that is `width` wide; the same input gives the same places. */
function layout(nodes, edges, width, height) {
  const strongest = Math.max(...edges.map((edge) => Math.abs(edge.weight)), 1);
  const simulation = forceSimulation(nodes)
    .force("link", forceLink(edges).id((node) => node.id).distance(60).strength((edge) => 0.15 + 0.5 * (Math.abs(edge.weight) / strongest)))
    .force("charge", forceManyBody().strength(-160).distanceMax(420))
    .force("x", forceX(0).strength(0.06))
    .force("y", forceY(0).strength(0.09))
    .force("collide", forceCollide((node) => node.size + 4))
    .stop();
  simulation.tick(TICKS);
  const [left, right] = [Math.min(...nodes.map((n) => n.x)), Math.max(...nodes.map((n) => n.x))];
  const [top, bottom] = [Math.min(...nodes.map((n) => n.y)), Math.max(...nodes.map((n) => n.y))];
  const [padX, padY] = [Math.min(70, width / 6), 40];
  const x = (value) => padX + ((value - left) / (right - left || 1)) * (width - 2 * padX);
  const y = (value) => padY + ((value - top) / (bottom - top || 1)) * (height - 2 * padY);
  for (const node of nodes) [node.px, node.py] = [x(node.x), y(node.y)];
}

/** Names that do not lie on one another, those of the most active first. */
function labels(nodes, width) {
  const taken = [];
  const shown = [];
  for (const node of [...nodes].sort((a, b) => b.statements - a.statements)) {
    const text = node.name.length > 24 ? `${node.name.slice(0, 23)}…` : node.name;
    const long = text.length * 6.6;
    const box = { left: Math.min(Math.max(node.px - long / 2, 2), width - long - 2), top: node.py - node.size - 16, long };
    const hits = taken.some((other) => box.left < other.left + other.long && other.left < box.left + box.long && Math.abs(box.top - other.top) < 13);
    if (hits) continue;
    taken.push(box);
    shown.push(s("text", { x: box.left, y: box.top + 11, class: "node-label", direction: "ltr" }, `\u2068${text}\u2069`));
  }
  return shown;
}

/** The SVG of a network. nodes: {id, name, type, statements}; edges: {source, target, weight, told, at}. */
export function drawNetwork(nodes, edges, width, choose) {
  const height = Math.max(320, Math.min(640, Math.round(width * 0.72), 260 + nodes.length * 16));
  const most = Math.max(...nodes.map((node) => node.statements), 1);
  const placed = nodes.map((node) => ({ ...node, size: 4 + 10 * Math.sqrt(node.statements / most) }));
  const linked = edges.map((edge) => ({ ...edge }));
  layout(placed, linked, width, height);
  const strongest = Math.max(...edges.map((edge) => Math.abs(edge.weight)), 1);
  const lines = linked.map((edge) => {
    const place = { x1: edge.source.px, y1: edge.source.py, x2: edge.target.px, y2: edge.target.py };
    return s("g", { class: "edge-group", onclick: () => choose(edge.at) }, s("line", { ...place, class: "edge-hit" }), s("line", { ...place, class: `edge ${edge.weight < 0 ? "apart" : "together"}`, "stroke-width": 1 + 5 * Math.sqrt(Math.abs(edge.weight) / strongest) }, s("title", {}, edge.told)));
  });
  const circles = placed.map((node) => s("a", { href: address("actor", node.id), "aria-label": `${node.name}, ${node.statements} statements` },
    s("circle", { cx: node.px, cy: node.py, r: node.size, class: `node node-${node.type}` }, s("title", {}, `${node.name}: ${node.statements} statements`))));
  return s("svg", { width, height, viewBox: `0 0 ${width} ${height}`, role: "group", "aria-label": `Network of ${nodes.length} actors and ${edges.length} ties`, class: "network" }, lines, circles, s("g", { "aria-hidden": "true" }, labels(placed, width)));
}

/** A copy of a drawing as a file of its own: what the stylesheet gives it is written into it. */
export function svgFile(svg) {
  const copy = svg.cloneNode(true);
  const styled = ["fill", "stroke", "stroke-width", "stroke-dasharray", "font-size", "font-family", "opacity"];
  const originals = [svg, ...svg.querySelectorAll("*")];
  [copy, ...copy.querySelectorAll("*")].forEach((element, at) => {
    const style = getComputedStyle(originals[at]);
    for (const name of styled) element.setAttribute(name, style.getPropertyValue(name));
  });
  for (const anchor of copy.querySelectorAll("a")) anchor.removeAttribute("href");
  copy.setAttribute("xmlns", "http://www.w3.org/2000/svg");
  return new XMLSerializer().serializeToString(copy);
}

