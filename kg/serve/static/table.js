// An answer as a table: numbers to the right, entities as links, columns that sort.
import {byId, column, make, say, told} from './words.js';

const AT_ONCE = 500; // rows written at a time: ten thousand would freeze the page
const NUMBER = /#(integer|decimal|double|float|int|long)$/;
const DATE = /^[\d-]{4,10}$/; // 2026-01-31 would break at its hyphens

function isNumber(cell) { return Boolean(cell && NUMBER.test(cell.datatype || '')); }

function compare(one, other) {
  if (!one || !other) return (one ? 1 : 0) - (other ? 1 : 0);
  if (isNumber(one) && isNumber(other)) return Number(one.value) - Number(other.value);
  return one.value.localeCompare(other.value, 'zh-CN');
}

// Digits in groups of three; what a number looks like in full stays in its title.
function grouped(text) {
  const match = /^(-?)(\d+)(\.\d+)?$/.exec(text);
  return match ? match[1] + match[2].replace(/\B(?=(\d{3})+$)/g, ' ') + (match[3] || '') : text;
}

// A term of the ontology by its label, with its name behind it.
function termOf(name, cell, known) {
  const found = (known.choices[name] || []).find(choice => choice.name === cell.value);
  return found ? make('td', {class: 'term', title: cell.value}, told(found)) : null;
}

function cellOf(name, cell, known) {
  if (!cell) return make('td');
  if (cell.type === 'uri') {
    const own = cell.value.startsWith(known.base);
    const web = /^https?:/.test(cell.value);
    const href = own ? '/#' + encodeURIComponent(cell.value) : web ? cell.value : null;
    const link = href
      ? make('a', own ? {href} : {href, rel: 'noreferrer noopener', target: '_blank'}, cell.value)
      : cell.value;
    return make('td', {}, link);
  }
  if (cell.type === 'triple') return make('td', {}, JSON.stringify(cell.value));
  if (isNumber(cell)) return make('td', {class: 'number', title: cell.value}, grouped(cell.value));
  return termOf(name, cell, known) || make('td', {class: DATE.test(cell.value) ? 'date' : null}, cell.value);
}

// Write a table of SPARQL results; `known` is what /questions.json says.
export function showRows(results, known) {
  const names = results.head.vars;
  let rows = results.results.bindings;
  let sorted = '';
  const body = make('tbody');
  const more = make('button', {type: 'button', class: 'plain', onclick: () => write()});
  const heads = names.map(name => make('th', {scope: 'col', tabindex: '0',
    onclick: () => sort(name),
    onkeydown: event => { if (event.key === 'Enter' || event.key === ' ') { event.preventDefault(); sort(name); } },
  }, column(name)));

  function write() {
    const from = body.children.length;
    body.append(...rows.slice(from, from + AT_ONCE).map(row =>
      make('tr', {}, ...names.map(name => cellOf(name, row[name], known)))));
    const rest = rows.length - body.children.length;
    more.hidden = !rest;
    more.textContent = say('more', rest);
  }

  function sort(name) {
    const down = sorted === name;
    sorted = down ? '' : name;
    rows = [...rows].sort((a, b) => compare(a[name], b[name]) * (down ? -1 : 1));
    heads.forEach(head => head.removeAttribute('aria-sort'));
    heads[names.indexOf(name)].setAttribute('aria-sort', down ? 'descending' : 'ascending');
    body.replaceChildren();
    write();
  }

  byId('answer').replaceChildren(
    make('table', {}, make('thead', {}, make('tr', {}, ...heads)), body), make('div', {class: 'row'}, more));
  write();
}
