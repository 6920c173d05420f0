// Columns that a question brings together, so that its table fits the page: what is read first stands
// above, the others small below it. On a telephone each row is a card.
import {make} from './shared.js';
import {column} from './words.js';

export const BRIEF = 48; // code units of a text that such a cell shows at once
const LOOKED = 200;      // rows whose texts tell how wide a column is
const [LEAST, MOST] = [6, 24]; // … in letters

// Names of columns in groups; without any that are brought together each stands by itself.
export function groupsOf(names, columns) {
  if (!columns || !columns.length) return names.map(name => [name]);
  const taken = columns.flat();
  const told = columns.map(group => group.filter(name => names.includes(name))).filter(group => group.length);
  return [...told, ...names.filter(name => !taken.includes(name)).map(name => [name])];
}

// The head of some columns: each of them sorts.
export function headOf(group, sort) {
  const [first, ...others] = group;
  return make('th', {scope: 'col', tabindex: '0', onclick: () => sort(first),
    onkeydown: event => {
      if (event.target !== event.currentTarget || (event.key !== 'Enter' && event.key !== ' ')) return;
      event.preventDefault();
      sort(first);
    },
  }, others.length ? make('span', {class: 'first'}, column(first)) : column(first), ...others.map(name => make('button', {type: 'button', class: 'also',
    onclick: event => { event.stopPropagation(); sort(name); }}, column(name))));
}

// Cells of one row as one cell.
export function mergedCell(group, cells) {
  const told = cells.filter(cell => cell.childNodes.length);
  return make('td', {'data-label': column(group[0]), class: told.length ? '' : 'nothing'}, ...told.map(cell => {
    const part = make('div', {class: 'part ' + cell.className, title: cell.title || null});
    part.append(...cell.childNodes);
    return part;
  }));
}

// How wide the columns are, as a share of the table each, by what stands in them.
export function widths(groups, rows, text) {
  const long = groups.map(group => {
    const sizes = rows.slice(0, LOOKED).map(row => Math.max(...group.map(name => text(name, row).length)));
    const mean = sizes.reduce((one, other) => one + other, 0) / Math.max(1, sizes.length);
    return Math.max(LEAST, Math.min(MOST, mean));
  });
  const all = long.reduce((one, other) => one + other, 0);
  return make('colgroup', {}, ...long.map(size => make('col', {width: (100 * size / all).toFixed(1) + '%'})));
}
