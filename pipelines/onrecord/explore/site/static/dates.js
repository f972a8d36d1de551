// Days as the bounds that they are.

const MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];

const parts = (day) => day.split("-").map(Number);
const lastDay = (year, month) => new Date(Date.UTC(year, month, 0)).getUTCDate();

/** 2018-09-27 -> 27 Sep 2018 */
export function day(told) {
  const [year, month, date] = parts(told);
  return `${date} ${MONTHS[month - 1]} ${year}`;
}

export const monthName = (told) => `${MONTHS[Number(told.slice(5, 7)) - 1]} ${told.slice(0, 4)}`;

/** What two bounds say, and no more. */
export function bounds(earliest, latest) {
  if (!earliest && !latest) return "no date";
  if (!earliest) return `by ${day(latest)}`;
  if (!latest) return `${day(earliest)} or later`;
  if (earliest === latest) return day(earliest);
  const [fromYear, fromMonth, fromDate] = parts(earliest);
  const [toYear, toMonth, toDate] = parts(latest);
  const whole = fromDate === 1 && toDate === lastDay(toYear, toMonth);
  if (whole && fromYear === toYear && fromMonth === toMonth) return `${MONTHS[fromMonth - 1]} ${fromYear}`;
  if (whole && fromYear === toYear && fromMonth === 1 && toMonth === 12) return String(fromYear);
  return `between ${day(earliest)} and ${day(latest)}`;
}

/** The month that both bounds lie in, or null. */
export const monthOf = (earliest, latest) =>
  earliest && latest && earliest.slice(0, 7) === latest.slice(0, 7) ? latest.slice(0, 7) : null;

/** Whether a span certainly lies in a window; null is no bound. */
export const within = (row, from, to) =>
  (!from || (row.earliest !== null && row.earliest >= from)) && (!to || (row.latest !== null && row.latest <= to));

/** All months from the first to the last, or years where that would be more than 400. */
export function months(first, last) {
  const found = [];
  let [year, month] = parts(first);
  const [endYear, endMonth] = parts(last);
  while ((year < endYear || (year === endYear && month <= endMonth)) && found.length < 12_000) {
    found.push(`${String(year).padStart(4, "0")}-${String(month).padStart(2, "0")}`);
    month += 1;
    if (month > 12) [year, month] = [year + 1, 1];
  }
  return found;
}
