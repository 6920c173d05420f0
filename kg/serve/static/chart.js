// An answer with a name and a number in each row in, horizontal bars out.
import {isNumber, shown, textOf} from './cells.js';
import {learn} from './naming.js';
import {make} from './shared.js';
import {column, compact, say} from './words.js';

const AT_ONCE = 200; // bars written at a time
const NO_MEASURE = ['confidence', 'start', 'end']; // numbers that say nothing of size
let chosen = {}; // the columns that were chosen last, and the order

// The columns that can name bars, and those that can measure them.
export function measures(results) {
  const rows = results.results.bindings;
  const has = (name, test) => rows.some(row => row[name]) && rows.every(row => !row[name] || test(row[name]));
  const numbers = results.head.vars.filter(name => !NO_MEASURE.includes(name) && has(name, isNumber));
  const names = results.head.vars.filter(name => !has(name, isNumber) && rows.some(row => row[name]));
  return rows.length > 1 && numbers.length && names.length ? {numbers, names} : null;
}

// The elements that show bars, and what chooses their columns.
export async function chartOf(results, known) {
  const {names, numbers} = measures(results);
  const pick = (kind, all) => (all.includes(chosen[kind]) ? chosen[kind] : all[0]);
  const list = make('div', {class: 'bars', role: 'list'});
  const more = make('button', {type: 'button', class: 'plain', onclick: () => write()});
  let bars = [];

  async function draw() {
    const [name, number] = [pick('name', names), pick('number', numbers)];
    bars = barsOf(results.results.bindings, name, number, known);
    if (chosen.order === 'size') bars.sort((one, other) => other.size - one.size);
    list.replaceChildren();
    await write();
  }

  async function write() {
    const name = pick('name', names);
    const least = Math.min(0, ...bars.map(bar => bar.size));
    const whole = Math.max(0, ...bars.map(bar => bar.size)) - least || 1;
    const from = list.children.length;
    const part = bars.slice(from, from + AT_ONCE);
    await learn(part.map(bar => bar.cell));
    list.append(...part.map(bar => barOf(bar, name, least, whole, known)));
    more.hidden = list.children.length >= bars.length;
    more.textContent = say('more', bars.length - list.children.length);
  }

  const choice = (kind, all, words) => make('label', {}, words + ' ', make('select', {name: kind,
    onchange: event => { chosen = {...chosen, [kind]: event.target.value}; draw(); }},
  ...all.map(([value, text]) => make('option', {value, selected: value === (chosen[kind] || '') }, text))));
  const listed = all => all.map(name => [name, column(name)]);
  await draw();
  return [
    make('div', {class: 'row choices'},
      choice('number', listed(numbers), say('measure')), choice('name', listed(names), say('bars')),
      choice('order', [['given', say('asGiven')], ['size', say('bySize')]], say('order'))),
    list, make('div', {class: 'row'}, more)];
}

// One bar for each name and number: other columns repeat them.
function barsOf(rows, name, number, known) {
  const found = new Map();
  for (const row of rows) {
    if (!row[number] || !row[name]) continue;
    const text = textOf(name, row[name], known);
    found.set(text + '\n' + row[number].value, {cell: row[name], size: Number(row[number].value), exact: row[number].value});
  }
  return [...found.values()];
}

function barOf(bar, name, least, whole, known) {
  const fill = make('span', {class: bar.size < 0 ? 'fill below' : 'fill'});
  fill.style.marginLeft = (Math.min(bar.size, 0) - least) / whole * 100 + '%';
  fill.style.width = Math.abs(bar.size) / whole * 100 + '%';
  return make('div', {class: 'bar', role: 'listitem'},
    make('span', {class: 'named'}, shown(name, bar.cell, known)),
    make('span', {class: 'track', 'aria-hidden': 'true'}, fill),
    make('span', {class: 'size', title: bar.exact}, compact(bar.size)));
}
