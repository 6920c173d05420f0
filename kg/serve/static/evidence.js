// Rows of a question in, the sentences that they rest on out, each with the way to its place.
import {make} from './shared.js';
import {say} from './words.js';

const QUOTES = ['quote', 'sentence'];
const LONG = 90; // code units of a sentence that are shown

// Whether an answer has its sentences in it.
export function hasEvidence(names) { return names.some(name => QUOTES.includes(name)); }

export function isQuote(name) { return QUOTES.includes(name); }

// Where a document is read: at a sentence by its place, or by its words.
export function placeOf(document, {start, end, words} = {}) {
  const at = end ? `&at=${start}-${end}` : words ? '&words=' + encodeURIComponent(words.slice(0, 300)) : '';
  return '/#document=' + encodeURIComponent(document) + at;
}

// The sentences of some rows, in their order; null for a row that none says.
export async function learnEvidence(rows, names, given) {
  const cells = rows.map(row => [...names.map(name => (row[name] ? row[name].value : '')), ...given].filter(Boolean));
  try {
    const answer = await fetch('/evidence.json', {method: 'POST', body: JSON.stringify({rows: cells})});
    return answer.ok ? (await answer.json()).rows : rows.map(() => null);
  } catch {
    return rows.map(() => null);
  }
}

export function evidenceCell(found) {
  if (!found) return make('td', {class: 'rests'});
  const text = found.quote.replace(/\s*\n\s*/g, '');
  return make('td', {class: 'long rests'}, make('a', {href: placeOf(found.document, found), title: text, class: 'sentence', lang: 'zh-CN'},
    text.length > LONG ? text.slice(0, LONG) + '…' : text), make('small', {}, ' ' + found.document));
}
