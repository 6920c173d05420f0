// A search box over the names of the graph: what is chosen is an IRI, what is typed a name.
import {make} from '/static/shared.js';
import {allNames} from './desk.js';
import {label} from './show.js';

const HITS = 12;
let boxes = 0;

// How well a row fits: the whole name, its beginning, within it, its sounds; 9 for not at all.
function grade([, name, , pinyin, ...others], text) {
  const names = [name, ...others].map(one => one.toLowerCase());
  if (names[0] === text) return 0;
  if (names.includes(text)) return 1;
  if (names[0].startsWith(text)) return 2;
  if (names.some(one => one.includes(text))) return 3;
  const letters = text.replace(/[\s'’]/g, '');
  const sounds = /^[a-z0-9]+$/.test(letters) ? pinyin.split(' ') : [];
  return sounds.some(one => one.toLowerCase().startsWith(letters) || one.replace(/[a-z]/g, '').toLowerCase().startsWith(letters)) ? 4 : 9;
}

async function found(typed, but) {
  const text = typed.trim().toLowerCase();
  if (!text) return [];
  const rows = (await allNames()).filter(row => row[0] !== but).map(row => [grade(row, text), row]);
  return rows.filter(([how]) => how < 9).sort(([a, x], [b, y]) => a - b || x[1].length - y[1].length).slice(0, HITS).map(([, row]) => row);
}

// {element, value(): the IRI of what was chosen, else what was typed}
export function pick(id, {but = '', given = null, name}) {
  const list = 'hits-' + ++boxes;
  let chosen = given;
  let at = -1;
  let rows = [];
  let turn = 0;
  const hits = make('ul', {id: list, class: 'hits', role: 'listbox', 'aria-label': name, hidden: true});
  const input = make('input', {id, role: 'combobox', autocomplete: 'off', spellcheck: 'false', 'aria-autocomplete': 'list',
    'aria-expanded': 'false', 'aria-controls': list, maxlength: '500', 'aria-label': name, oninput: () => { chosen = null; search(); }, onkeydown: event => move(event)});
  if (given) input.value = given.name;

  function lay() {
    hits.replaceChildren(...rows.map((row, i) => make('li', {id: list + '-' + i, role: 'option', 'aria-selected': String(i === at),
      onmousedown: event => { event.preventDefault(); take(row); }}, make('span', {}, row[1]), make('small', {}, label('classes', row[2])))));
    hits.hidden = !rows.length;
    input.setAttribute('aria-expanded', String(rows.length > 0));
    if (at >= 0) input.setAttribute('aria-activedescendant', list + '-' + at); else input.removeAttribute('aria-activedescendant');
  }
  async function search() {
    const mine = ++turn;
    const now = await found(input.value, but);
    if (mine !== turn) return;
    [rows, at] = [now, -1];
    lay();
  }
  function take(row) {
    chosen = {iri: row[0], name: row[1]};
    input.value = row[1];
    turn += 1;
    [rows, at] = [[], -1];
    lay();
  }
  function move(event) {
    if (!rows.length) return;
    if (event.key === 'ArrowDown' || event.key === 'ArrowUp') at = (at + (event.key === 'ArrowDown' ? 1 : rows.length)) % rows.length;
    else if (event.key === 'Enter' && at >= 0) return void (event.preventDefault(), take(rows[at]));
    else if (event.key === 'Escape') rows = [];
    else return;
    event.preventDefault();
    lay();
  }
  return {element: make('div', {}, input, hits), value: () => (chosen ? chosen.iri : input.value.trim())};
}
