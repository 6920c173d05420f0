// What the server answered in, the views of it out: table, chart, graph, and files to keep.
import {tell} from './asking.js';
import {entityOf} from './cells.js';
import {isChart} from './choices.js';
import {columnsOf} from './series.js';
import {byId, make} from './shared.js';
import {tableOf} from './table.js';
import {yuanColumns} from './units.js';
import {say} from './words.js';

const FORMATS = ['csv', 'json', 'xml', 'tsv'];
const GRAPHS = ['ttl', 'nt', 'rdf', 'jsonld'];
let turn = 0; // an answer that is overtaken by another is not shown

// What an address says of the view, and keeps.
export function view() { return isChart(location.hash) ? location.hash : ''; }

// The library of charts is fetched with the first of them.
async function chartOf(...given) { return (await import('./chart.js')).chartOf(...given); }

export function clear() {
  turn += 1;
  byId('views').replaceChildren();
  byId('answer').replaceChildren();
  byId('remarks').replaceChildren();
}

// Show an answer. `places` are the addresses of the same answer, '' for none, and what was asked:
// {file, graph, query}.
export async function present(answer, places, known) {
  clear();
  const mine = turn;
  if (answer.fault !== undefined) return;
  if (answer.triples !== undefined) {
    byId('answer').replaceChildren(make('pre', {tabindex: '0'}, answer.triples));
    byId('views').replaceChildren(...graphLink(places), ...downloads(places.file, GRAPHS));
    return tell(say('triples', answer.seconds));
  }
  if ('boolean' in answer) return tell(answer.boolean ? say('yes') : say('no'));
  const rows = answer.results.bindings;
  if (!rows.length) return empty(places);
  await show(answer, places, known, mine);
  if (mine === turn) tell(say(rows.length === 1 ? 'row' : 'rows', rows.length, answer.seconds));
}

// What would fill an empty answer stands in its place.
function empty(places) {
  tell(say('empty'));
  if (places.fill) byId('answer').replaceChildren(...places.fill());
}

async function show(answer, places, known, mine) {
  const charts = columnsOf(answer);
  const now = charts && view() ? 'chart' : 'table';
  const yuan = yuanColumns(places.query, answer.head.vars, known);
  const parts = await (now === 'chart' ? chartOf(answer, charts, known, yuan) : tableOf(answer, known, {yuan, given: places.given, columns: places.columns}));
  if (mine !== turn) return;
  const rows = answer.results.bindings;
  const drawn = rows.some(row => Object.values(row).some(cell => entityOf(cell, known)));
  const tab = name => make('button', {type: 'button', class: 'plain', 'aria-pressed': String(name === now),
    onclick: () => {
      history.replaceState(null, '', location.pathname + location.search + (name === 'chart' ? '#chart' : ''));
      return show(answer, places, known, mine);
    }}, say(name));
  byId('answer').replaceChildren(...parts);
  byId('views').replaceChildren(...(charts ? [make('span', {class: 'tabs', role: 'group'}, tab('table'), tab('chart'))] : []),
    ...(drawn ? graphLink(places) : []), ...downloads(places.file, FORMATS));
}

function graphLink(places) {
  return places.graph ? [make('a', {class: 'plain', href: places.graph}, say('asGraph'))] : [];
}

function downloads(address, formats) {
  if (!address) return [];
  return [make('span', {class: 'files'}, say('download') + ' ', ...formats.map(format => make('a', {
    download: 'answer.' + format, href: address + (address.includes('?') ? '&' : '?') + 'format=' + format,
  }, format.toUpperCase())))];
}

// A button that copies the address of the page.
export function copyLink() {
  const button = make('button', {type: 'button', class: 'plain', onclick: async () => {
    const copied = await copy(location.href);
    button.textContent = say(copied ? 'copied' : 'notCopied');
    setTimeout(() => { button.textContent = say('copy'); }, 2000);
  }}, say('copy'));
  return button;
}

async function copy(text) {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    // Without https, a server of another machine has no clipboard; a text field has.
    const field = make('textarea', {class: 'aside', readonly: true}, text);
    document.body.append(field);
    field.select();
    const copied = document.execCommand('copy');
    field.remove();
    return copied;
  }
}
