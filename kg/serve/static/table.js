// An answer as a table: numbers to the right, things as links, columns that sort.
import {cellOf, isNumber, textOf} from './cells.js';
import {learn} from './naming.js';
import {make} from './shared.js';
import {column, say} from './words.js';

const AT_ONCE = 500; // rows written at a time: ten thousand would freeze the page
const order = new Intl.Collator('zh-CN', {numeric: true});

// The elements that show a table of SPARQL results; `known` is what /questions.json says.
export async function tableOf(results, known) {
  const names = results.head.vars;
  let rows = results.results.bindings;
  let sorted = '';
  let turn = 0;
  const body = make('tbody');
  const more = make('button', {type: 'button', class: 'plain', onclick: () => write()});
  const heads = names.map(name => make('th', {scope: 'col', tabindex: '0',
    onclick: () => sort(name),
    onkeydown: event => { if (event.key === 'Enter' || event.key === ' ') { event.preventDefault(); sort(name); } },
  }, column(name)));

  // Write more rows, or those of a new order in place of the old.
  async function write(afresh = false) {
    const mine = ++turn;
    const from = afresh ? 0 : body.children.length;
    const part = rows.slice(from, from + AT_ONCE);
    await learn(part.flatMap(row => names.map(name => row[name])));
    if (mine !== turn) return;
    if (afresh) body.replaceChildren();
    body.append(...part.map(row => make('tr', {}, ...names.map(name => cellOf(name, row[name], known)))));
    const rest = rows.length - body.children.length;
    more.hidden = !rest;
    more.textContent = say('more', rest);
  }

  async function sort(name) {
    const down = sorted === name;
    sorted = down ? '' : name;
    await learn(rows.map(row => row[name]).filter(cell => cell && cell.type === 'uri'));
    rows = sortedBy(rows, name, down ? -1 : 1, known);
    await write(true);
    heads.forEach(head => head.removeAttribute('aria-sort'));
    heads[names.indexOf(name)].setAttribute('aria-sort', down ? 'descending' : 'ascending');
  }

  await write();
  return [make('table', {}, make('thead', {}, make('tr', {}, ...heads)), body), make('div', {class: 'row'}, more)];
}

// Rows by what one of their columns shows; what is missing comes last, either way.
function sortedBy(rows, name, sign, known) {
  const keys = rows.map(row => ({row, cell: row[name], text: textOf(name, row[name], known)}));
  return keys.sort((one, other) => {
    if (!one.cell || !other.cell) return (one.cell ? 0 : 1) - (other.cell ? 0 : 1);
    const both = isNumber(one.cell) && isNumber(other.cell);
    return sign * (both ? Number(one.cell.value) - Number(other.cell.value) : order.compare(one.text, other.text));
  }).map(key => key.row);
}
