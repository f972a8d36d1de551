// Drawings: laid out for the width that there is, labels in CSS pixels, a table beside each.

import { monthName } from "./dates.js";
import { count, h, s, table } from "./dom.js";

/** A figure that is drawn anew when its width changes. draw(width) gives an SVG element. */
export function figure(title, draw, heads, rows) {
  const place = h("div", { class: "drawing" });
  let last = 0;
  const watch = new ResizeObserver(([entry]) => {
    const width = Math.floor(entry.contentRect.width);
    if (width && Math.abs(width - last) > 4) {
      last = width;
      place.replaceChildren(draw(width));
    }
  });
  watch.observe(place);
  return h("figure", {},
    h("figcaption", {}, title),
    place,
    h("details", {}, h("summary", {}, "The same as a table"), table(title, heads, rows)));
}

const STEPS = [1, 2, 5];

/** Round values from 0 up to at most the highest, by steps that give four or so of `whole`. */
function ticks(highest, whole = highest) {
  let unit = 1;
  for (let power = 1; power < 1e9; power *= 10) {
    for (const step of STEPS) {
      unit = step * power;
      if (whole / unit <= 5) return Array.from({ length: Math.floor(highest / unit) + 1 }, (_, at) => at * unit);
    }
  }
  return [0, highest];
}

/** Labels below months, as many as there is room for. */
function monthLabels(months, x, step, y) {
  const each = Math.max(1, Math.ceil(64 / step));
  return months.map((month, at) => (at % each === 0 && x(at) < x(months.length) - 30 ? s("text", { x: x(at), y, class: "label" }, monthName(month)) : null));
}

/**
 * Stacked columns, a month each. series: [{name, class, values}], the first at the bottom; below: the same, drawn downwards.
 */
export function columns(width, months, series, below = [], label = "") {
  const [left, right, top, height] = [40, 4, 12, below.length ? 220 : 170];
  const bottom = 24;
  const total = (list, at) => list.reduce((sum, one) => sum + one.values[at], 0);
  const up = Math.max(1, ...months.map((_, at) => total(series, at)));
  const down = below.length ? Math.max(0, ...months.map((_, at) => total(below, at))) : 0;
  const scale = (height - top - bottom) / (up + down);
  const zero = top + up * scale;
  const step = (width - left - right) / months.length;
  const x = (at) => left + at * step;
  const bars = [];
  months.forEach((month, at) => {
    for (const [list, sign] of [[series, -1], [below, 1]]) {
      let y = zero;
      for (const one of list) {
        const size = one.values[at] * scale;
        if (!size) continue;
        bars.push(s("rect", { x: x(at) + Math.min(1, step / 8), y: sign < 0 ? y - size : y, width: Math.max(1, step - Math.min(2, step / 4)), height: Math.max(size, 0.5), class: one.class },
          s("title", {}, `${monthName(month)}: ${one.name} ${count(one.values[at])}`)));
        y += sign * size;
      }
    }
  });
  const lines = [...ticks(up, up + down).map((value) => [value, -1]), ...(down ? ticks(down, up + down).slice(1).map((value) => [value, 1]) : [])];
  return s("svg", { width, height, viewBox: `0 0 ${width} ${height}`, role: "img", "aria-label": label },
    lines.map(([value, sign]) => {
      const y = zero + sign * value * scale;
      return [s("line", { x1: left, x2: width - right, y1: y, y2: y, class: "grid" }), s("text", { x: left - 6, y: y + 4, class: "label end" }, count(value))];
    }),
    bars,
    s("line", { x1: left, x2: width - right, y1: zero, y2: zero, class: "axis" }),
    monthLabels(months, x, step, height - 6));
}

/** What the colours of a drawing mean. */
export const legend = (entries) => h("ul", { class: "legend" }, entries.map(([name, kind]) => h("li", {}, h("span", { class: `swatch ${kind}`, "aria-hidden": "true" }), name)));

/** A calendar: a square a day, a row a year, darker the more. days: [[day, number]]. */
export function calendar(width, days, label) {
  const years = [...new Set(days.map(([day]) => day.slice(0, 4)))].sort();
  const narrow = width < 560;
  // A phone has room for weeks in two halves of a year; elsewhere a year is one band.
  const left = 40;
  const weeks = narrow ? 27 : 53;
  const cell = Math.max(6, Math.floor((width - left) / weeks));
  const bands = narrow ? 2 : 1;
  const high = Math.max(...days.map(([, number]) => number));
  const level = (number) => Math.min(4, Math.ceil((4 * Math.log(1 + number)) / Math.log(1 + high)));
  const tall = 7 * cell + 14;
  const squares = days.map(([day, number]) => {
    const [year, month, date] = day.split("-").map(Number);
    const start = Date.UTC(year, 0, 1);
    const offset = (new Date(start).getUTCDay() + 6) % 7;
    const at = Math.round((Date.UTC(year, month - 1, date) - start) / 864e5) + offset;
    const week = Math.floor(at / 7);
    const band = narrow ? Math.floor(week / 27) : 0;
    const y = (years.indexOf(String(year)) * bands + band) * tall + (at % 7) * cell;
    return s("rect", { x: left + (week - band * 27) * cell, y, width: cell - 1, height: cell - 1, class: `day day-${level(number)}` }, s("title", {}, `${day}: ${count(number)}`));
  });
  const height = years.length * bands * tall;
  return s("svg", { width, height, viewBox: `0 0 ${width} ${height}`, role: "img", "aria-label": label },
    years.map((year, at) => s("text", { x: 0, y: at * bands * tall + 12, class: "label" }, year)),
    squares);
}

/** A bar of for, against and conditional, in a row of a table. */
export function stanceBar(support, oppose, conditional, most) {
  const width = 120;
  const unit = width / Math.max(1, most);
  let x = 0;
  const part = (number, kind) => {
    const bar = number ? s("rect", { x, y: 0, width: Math.max(1, number * unit), height: 12, class: kind }) : null;
    x += number * unit;
    return bar;
  };
  return s("svg", { width, height: 12, "aria-hidden": "true" }, part(support, "support"), part(oppose, "oppose"), part(conditional, "conditional"));
}
