// A term of an answer in, what is shown of it out: its text, and the element of a table.
import {isQuote, placeOf} from './evidence.js';
import {isLabel, nameOf, thingOf} from './naming.js';
import {make} from './shared.js';
import {say, told, valueSaid} from './words.js';

const NUMBER = /#(integer|decimal|double|float|int|long|nonNegativeInteger)$/;
const DATE = /^-?[\d-]{4,10}$/; // 2026-01-31 would break at its hyphens
const NAMED = {how: ['relation'], kind: ['sum'], name: ['class', 'relation']}; // columns that hold names of terms
const LONG = 30;    // code units from which a text needs room
const WHOLE = 80;  // code units of a text that are shown at once, where there is room for it

export function isNumber(cell) {
  return Boolean(cell && NUMBER.test(cell.datatype || '') && Number.isFinite(Number(cell.value)));
}

// Digits in groups of three; what a number looks like in full stays in its title.
export function grouped(text) {
  const match = /^(-?)(\d+)(\.\d+)?$/.exec(text);
  return match ? match[1] + match[2].replace(/\B(?=(\d{3})+$)/g, ' ') + (match[3] || '') : text;
}

// An IRI as a query writes it, if one of the prefixes fits.
function shortened(iri, known) {
  for (const [prefix, space] of Object.entries(known.prefixes)) {
    if (iri.startsWith(space) && /^[\w-]+$/.test(iri.slice(space.length))) return prefix + ':' + iri.slice(space.length);
  }
  return '';
}

// The words for a term of the ontology, by its name or its prefixed name.
function termOf(column, cell, known) {
  if (cell.type === 'uri') {
    const short = shortened(cell.value, known);
    const term = known.terms.find(term => term.name === short);
    return short && {text: (term && told(term)) || short, more: term && told(term) ? short : ''};
  }
  const written = valueSaid(column, cell.value);
  if (written) return {text: written, more: ''};
  const found = [column, ...(NAMED[column] || [])].flatMap(kind => known.choices[kind] || [])
    .find(choice => choice.name === cell.value && !cell['xml:lang']);
  return found ? {text: told(found), more: ''} : null;
}

export function textOf(column, cell, known) {
  if (!cell) return '';
  if (cell.type === 'triple') return JSON.stringify(cell.value);
  const term = termOf(column, cell, known);
  return term ? term.text : (cell.type === 'uri' && nameOf(cell.value)) || cell.value;
}

// The IRI of the entity that a cell stands for, by itself or by its label.
export function entityOf(cell, known) {
  if (!cell) return '';
  if (isLabel(cell)) return thingOf(cell.value);
  const own = cell.type === 'uri' && cell.value.startsWith(known.base);
  const kind = own ? cell.value.slice(known.base.length).split('/')[0] : '';
  return own && nameOf(cell.value) && kind !== 'document' ? cell.value : '';
}

// The name of the document that a cell stands for.
function documentOf(column, cell, known) {
  if (cell.type === 'literal') return column === 'document' ? cell.value : '';
  return cell.type === 'uri' && cell.value.startsWith(known.base + 'document/') ? nameOf(cell.value) : '';
}

// Where a cell leads: an entity to its place in the graph, a document to its text, another
// thing to what is said of it.
function leads(column, cell, known) {
  const document = documentOf(column, cell, known);
  if (document) return {href: '/#document=' + encodeURIComponent(document)};
  const entity = entityOf(cell, known);
  if (entity) return {href: '/#' + encodeURIComponent(entity)};
  if (cell.type !== 'uri') return null;
  if (cell.value.startsWith(known.base)) {
    return {href: '/query?query=' + encodeURIComponent(`DESCRIBE <${cell.value}>`)};
  }
  return /^https?:/.test(cell.value) && !shortened(cell.value, known)
    ? {href: cell.value, rel: 'noreferrer noopener', target: '_blank'} : null;
}

// A long text begins, and goes on when it is asked to.
function begun(text, whole) {
  if (text.length <= whole + 8) return text;
  const more = make('button', {type: 'button', class: 'plain', onclick: () => more.replaceWith(text.slice(whole))},
    say('rest', text.length - whole));
  return make('span', {}, text.slice(0, whole), more);
}

// The text of a cell, as a link where it leads somewhere.
export function shown(column, cell, known, whole = WHOLE) {
  const text = begun(textOf(column, cell, known), whole);
  const link = cell && leads(column, cell, known);
  return link ? make('a', {...link, title: cell.type === 'uri' ? cell.value : null}, text) : text;
}

// A cell of a table; a sentence leads to its place in the document of its row.
export function cellOf(column, cell, known, row = {}, whole = WHOLE) {
  if (cell && isQuote(column) && row.document && row.document.type === 'literal') {
    const text = begun(cell.value, whole);
    const href = placeOf(row.document.value, row.start ? {start: row.start.value, end: Number(row.start.value) + Array.from(cell.value).length} : {words: cell.value});
    return make('td', {class: 'long'}, make('a', {href, class: 'sentence', title: say('readThere'), lang: 'zh-CN'}, text));
  }
  if (!cell) return make('td');
  if (isNumber(cell)) return make('td', {class: 'number', title: cell.value}, grouped(cell.value));
  const term = termOf(column, cell, known);
  if (term) {
    return make('td', {class: 'term', title: cell.value}, shown(column, cell, known, whole),
      term.more ? make('small', {}, ' ' + term.more) : '');
  }
  const text = textOf(column, cell, known);
  const kind = DATE.test(text) ? 'date' : text.length > LONG ? 'long' : 'short';
  return make('td', {class: kind}, shown(column, cell, known, whole));
}
