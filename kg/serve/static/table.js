// An answer as a table: numbers to the right, things as links, columns that sort, sums below them,
// rows that can be put into groups, and to each row the sentence that it rests on.
import {cellOf, isNumber, textOf} from './cells.js';
import {evidenceCell, hasEvidence, learnEvidence} from './evidence.js';
import {BRIEF, groupsOf, headOf, mergedCell, widths} from './merged.js';
import {AMOUNTS, currencyOf, isSummed, money, otherSum, sumsOf} from './money.js';
import {learn} from './naming.js';
import {make} from './shared.js';
import {column, say} from './words.js';

const AT_ONCE = 500; // rows written at a time: ten thousand would freeze the page
const order = new Intl.Collator('zh-CN', {numeric: true});

// The elements that show a table of SPARQL results; `known` is what /questions.json says. `about`
// tells which columns hold yuan, of a question the names that it was asked with, and which columns it
// brings together.
export async function tableOf(results, known, {yuan = [], given = null, columns = null} = {}) {
  const all = results.results.bindings;
  const names = shownColumns(results.head.vars, all);
  let kept = all;    // the rows of the group that is looked at
  let rows = all;    // the same as they are sorted
  let sorted = '';
  let turn = 0;
  const rests = Boolean(given) && !hasEvidence(names);
  const body = make('tbody');
  const foot = make('tfoot');
  const more = make('button', {type: 'button', class: 'plain', onclick: () => write()});
  const groups = groupsOf(names, columns);
  const merged = groups.some(group => group.length > 1);
  const heads = groups.map(group => headOf(group, sort));
  const last = make('th', {scope: 'col', class: 'still', hidden: true}, say('evidence'));
  const table = make('table', {class: merged ? 'merged' : null}, merged ? widths(groups, all, (name, row) => textOf(name, row[name], known)) : '', make('thead', {}, make('tr', {}, ...heads, ...(rests ? [last] : []))), body, foot);
  const box = make('div', {class: 'scrolling'}, table);
  const told = make('span', {class: 'row'});
  const grouped = make('div', {});

  function line(row) {
    const cell = name => amountCell(name, row, yuan, known) || cellOf(name, row[name], known, row, merged ? BRIEF : undefined);
    return make('tr', {}, ...groups.map(group => (merged ? mergedCell(group, group.map(cell)) : cell(group[0]))));
  }

  // Write more rows, or those of a new order in place of the old.
  async function write(afresh = false) {
    const mine = ++turn;
    const from = afresh ? 0 : body.children.length;
    const part = rows.slice(from, from + AT_ONCE);
    await learn(part.flatMap(row => names.map(name => row[name])));
    if (mine !== turn) return;
    if (afresh) body.replaceChildren();
    const lines = part.map(line);
    body.append(...lines);
    const rest = rows.length - body.children.length;
    more.hidden = !rest;
    more.textContent = say('more', rest);
    writeFoot();
    if (rests) addEvidence(part, lines);
  }

  // The sentences come when the rows are there: nobody waits for them.
  async function addEvidence(part, lines) {
    const found = await learnEvidence(part, names, given);
    lines.forEach((element, i) => element.append(evidenceCell(found[i])));
    if (found.some(Boolean)) last.hidden = false;
    for (const cell of body.querySelectorAll('.rests')) cell.hidden = last.hidden;
  }

  // A yearly output is not added to an investment.
  function kindOf(row) { return row.kind ? textOf('kind', row.kind, known) : ''; }

  function writeFoot() {
    const summed = rows.length > 1 ? names.filter(name => isSummed(name, rows)) : [];
    const key = names.find(name => !summed.includes(name));
    const sums = group => group.filter(name => summed.includes(name)).flatMap(name => sumsOf(name, rows, key, yuan, kindOf));
    foot.replaceChildren(...(summed.length ? [make('tr', {}, ...groups.map((group, i) => (sums(group).length
      ? make('td', {class: 'number', title: say('summedOnce')}, ...sums(group).map(text => make('div', {}, text)))
      : make('td', {}, i === 0 ? say('sumOf') : ''))))] : []));
  }

  async function sort(name) {
    const down = sorted === name;
    sorted = down ? '' : name;
    await learn(rows.map(row => row[name]).filter(cell => cell && cell.type === 'uri'));
    rows = sortedBy(rows, name, down ? -1 : 1, known);
    await write(true);
    heads.forEach(head => head.removeAttribute('aria-sort'));
    heads[groups.findIndex(group => group.includes(name))].setAttribute('aria-sort', down ? 'descending' : 'ascending');
  }

  // Look at one group alone, or at all rows again.
  async function keep(some, text) {
    kept = some || all;
    rows = kept;
    sorted = '';
    heads.forEach(head => head.removeAttribute('aria-sort'));
    box.hidden = false;
    grouped.replaceChildren();
    told.replaceChildren(...(some ? [make('span', {class: 'chip'}, make('span', {}, text), make('button', {type: 'button', class: 'drop',
      'aria-label': say('allRows'), title: say('allRows'), onclick: () => keep(null)}, '×'))] : []));
    choice.value = '';
    await write(true);
  }

  function group(name) {
    box.hidden = Boolean(name);
    more.hidden = more.hidden || Boolean(name);
    if (name) grouped.replaceChildren(groupTable(name, all, names, known, yuan, keep, name === 'kind' ? () => '' : kindOf)); else keep(null);
  }

  const repeated = names.filter(name => canGroup(name, all));
  const choice = make('select', {name: 'group', onchange: () => group(choice.value)}, make('option', {value: ''}, say('noGroup')),
    ...repeated.map(name => make('option', {value: name}, column(name))));
  await write();
  return [repeated.length ? make('div', {class: 'row choices'}, make('label', {}, say('groupBy') + ' ', choice), told) : '', box, grouped,
    make('div', {class: 'row'}, more)].filter(Boolean);
}

// Columns without anything in them are not shown, nor the currency that stands behind each amount.
function shownColumns(names, rows) {
  const filled = names.filter(name => rows.some(row => row[name]));
  const told = rows.every(row => !row.currency || AMOUNTS.some(name => isNumber(row[name])));
  return told ? filled.filter(name => name !== 'currency') : filled;
}

// A number of money as people read it; what it is exactly stands in its title.
function amountCell(name, row, yuan, known) {
  const cell = row[name];
  const kindName = kind => textOf('sum', {type: 'literal', value: kind}, known);
  const other = cell && cell.type === 'literal' && !cell['xml:lang'] ? otherSum(cell.value, kindName) : '';
  if (other) return make('td', {class: 'number', title: cell.value}, other);
  const currency = isNumber(cell) ? currencyOf(name, row, yuan, known.yuan) : '';
  return currency ? make('td', {class: 'number', title: cell.value}, money(cell.value, currency)) : null;
}

function canGroup(name, rows) {
  const texts = rows.map(row => row[name]).filter(Boolean);
  const different = new Set(texts.map(cell => cell.value)).size;
  return rows.length > 2 && different > 1 && different < texts.length && !texts.some(isNumber);
}

// A row for each value of a column, with how many rows have it and the sums of the numbers.
function groupTable(name, rows, names, known, yuan, keep, kindOf) {
  const groups = new Map();
  for (const row of rows) {
    const key = row[name] ? row[name].value : '';
    if (!groups.has(key)) groups.set(key, []);
    groups.get(key).push(row);
  }
  const summed = names.filter(one => one !== name && isSummed(one, rows));
  const key = names.find(one => !summed.includes(one) && one !== name);
  const ordered = [...groups.values()].sort((a, b) => b.length - a.length);
  const text = some => textOf(name, some[0][name], known) || say('nothingThere');
  return make('table', {class: 'groups'},
    make('thead', {}, make('tr', {}, ...[column(name), say('count'), ...summed.map(column)].map(head => make('th', {scope: 'col', class: 'still'}, head)))),
    make('tbody', {}, ...ordered.map(some => make('tr', {},
      make('td', {}, make('button', {type: 'button', class: 'plain', onclick: () => keep(some, text(some))}, text(some))),
      make('td', {class: 'number'}, String(some.length)),
      ...summed.map(one => make('td', {class: 'number'}, ...sumsOf(one, some, key, yuan, kindOf).map(sum => make('div', {}, sum))))))));
}

// Rows by what one of their columns shows; what is missing comes last, either way. Other currencies
// are apart.
function sortedBy(rows, name, sign, known) {
  const keys = rows.map(row => ({row, cell: row[name], text: textOf(name, row[name], known), apart: currencyOf(name, row, [])}));
  return keys.sort((one, other) => {
    if (!one.cell || !other.cell) return (one.cell ? 0 : 1) - (other.cell ? 0 : 1);
    if (one.apart !== other.apart) return one.apart === 'CNY' ? -1 : other.apart === 'CNY' ? 1 : one.apart < other.apart ? -1 : 1;
    const both = isNumber(one.cell) && isNumber(other.cell);
    return sign * (both ? Number(one.cell.value) - Number(other.cell.value) : order.compare(one.text, other.text));
  }).map(key => key.row);
}
