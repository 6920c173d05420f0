// The rows of an answer in, the points of a chart out: one for each bar, year or month.
import {isNumber} from './cells.js';

export const ROWS = '#'; // in place of a column that is measured: how many rows there are
const NO_MEASURE = ['confidence', 'start', 'end']; // numbers that say nothing of size
const DATE = /^\d{4}(-\d\d(-\d\d)?)?(?=$|T|Z|[+-]\d\d:\d\d$)/;
const YEARLESS = /^--\d\d(-\d\d)?/;
const YEAR = /^(1[89]|20|21)\d\d$/;
const DIGITS = {year: 4, month: 7, day: 10};
const LONGEST = 3000; // years, months or days in a row; beyond them those without rows are left out

// The columns that can be drawn: those that name bars, those that measure them, and dates.
export function columnsOf(results) {
  const rows = results.results.bindings;
  const all = results.head.vars.map(name => ({name, cells: rows.map(row => row[name]).filter(Boolean)}))
    .filter(column => column.cells.length);
  const dates = all.filter(isDated);
  const numbers = all.filter(column => !dates.includes(column) && column.cells.every(isNumber));
  const names = all.filter(column => !dates.includes(column) && !numbers.includes(column));
  const repeated = names.filter(({cells}) => new Set(cells.map(keyOf)).size < cells.length);
  const measured = numbers.filter(column => !NO_MEASURE.includes(column.name));
  const list = columns => columns.map(column => column.name);
  const drawn = rows.length > 1 && (dates.length || repeated.length || (measured.length && names.length));
  return drawn ? {dates: list(dates), numbers: list(measured), names: list(names), repeated: list(repeated),
    finest: Math.max(0, ...dates.flatMap(column => column.cells.map(cell => dateOf(cell).length)))} : null;
}

function isDated({name, cells}) {
  const year = /year|年/i.test(name);
  return cells.some(cell => DATE.test(cell.value)) && cells.every(cell => cell.type === 'literal' && (isNumber(cell)
    ? year && YEAR.test(cell.value) : DATE.test(cell.value) || YEARLESS.test(cell.value)));
}

// A date as far as it goes, without its time; '' where it has no year.
function dateOf(cell) { return (DATE.exec(cell.value) || [''])[0]; }

function keyOf(cell) { return [cell.type, cell.value, cell['xml:lang'] || ''].join('\n'); }

// The points of a plan (choices.js), and how many rows are `blank` (no name, no number),
// `undated` (no year) or `coarse` (no month where months are drawn);
// `uneven` is 1 where the time between is left out.
//   point   {cell or label, size (null: none), exact (its digits), rows (how many it is made of)}
export function pointsOf(rows, plan) {
  const left = {blank: 0, undated: 0, coarse: 0, uneven: 0};
  const groups = new Map();
  const digits = DIGITS[plan.step];
  for (const row of rows) {
    const [cell, number] = [row[plan.by], plan.measure === ROWS ? null : row[plan.measure]];
    if (!cell || (number !== null && !isNumber(number))) { left.blank += 1; continue; }
    const date = plan.timed ? dateOf(cell) : '';
    if (plan.timed && date.length < digits) { left[date ? 'coarse' : 'undated'] += 1; continue; }
    // Other columns repeat a name and its number: they are one bar.
    const key = plan.timed ? date.slice(0, digits) : keyOf(cell) + (plan.how === 'each' ? '\n' + number.value : '');
    if (!groups.has(key)) groups.set(key, plan.timed ? {label: key, numbers: []} : {cell, numbers: []});
    groups.get(key).numbers.push(number ? number.value : '1');
  }
  let points = [...groups.values()].map(({numbers, ...named}) => ({...named, ...together(numbers, plan.how)}));
  if (plan.timed) points = inTurn(points, plan, left);
  else if (plan.order === 'size') points.sort((one, other) => other.size - one.size);
  return {points, left};
}

// Several numbers as one: the words of a plan, each with how it is made.
const HOW = {
  each: numbers => numbers[0],
  sum: summed,
  mean: numbers => String(Number((Number(summed(numbers)) / numbers.length).toPrecision(12))),
  max: numbers => numbers.reduce((most, text) => (Number(text) > Number(most) ? text : most)),
};

function together(numbers, how) {
  const exact = HOW[how](numbers);
  return {exact, size: Number(exact), rows: numbers.length};
}

// A sum with as many digits after the point as its parts have: 0.1 and 0.2 are 0.3.
function summed(numbers) {
  const digits = Math.max(...numbers.map(text => (/^[+-]?\d*\.(\d+)$/.exec(text) || ['', ''])[1].length));
  const sum = numbers.reduce((all, text) => all + Number(text), 0);
  return Math.abs(sum) < 1e15 ? String(Number(sum.toFixed(Math.min(digits, 12)))) : String(sum);
}

// Points in order of time, with those between them that have no rows, unless they are too many.
function inTurn(points, plan, left) {
  const found = new Map(points.map(point => [point.label, point]));
  const keys = [...found.keys()].sort();
  const all = keys.length ? between(keys[0], keys[keys.length - 1], plan.step) : [];
  const none = plan.how === 'sum' ? {size: 0, exact: '0', rows: 0} : {size: null, exact: '', rows: 0};
  left.uneven = Number(all.length > LONGEST);
  return (left.uneven ? keys : all).map(label => found.get(label) || {label, ...none});
}

// Every year, month or day from one to another, one more than LONGEST at most.
function between(first, last, step) {
  const found = [];
  const date = new Date(first.padEnd(10, '-01') + 'T00:00:00Z');
  while (found.length <= LONGEST) {
    const key = date.toISOString().slice(0, DIGITS[step]);
    found.push(key);
    if (key >= last) break;
    if (step === 'year') date.setUTCFullYear(date.getUTCFullYear() + 1);
    else if (step === 'month') date.setUTCMonth(date.getUTCMonth() + 1);
    else date.setUTCDate(date.getUTCDate() + 1);
  }
  return found;
}
