// Queries of one's own: the editor, the examples, and what was asked before.
import {clear, copyLink, present, view} from './answers.js';
import {ask, stopOr, tell} from './asking.js';
import {edit as editPlainly} from './plain.js';
import {byId, make} from './shared.js';
import {PHRASES, say, spoken, told} from './words.js';

const REMEMBERED = 20;
const LONGEST = 60_000; // bytes of a query in an address, as the server takes it and browsers keep it
// Fetched while the page learns of the questions; without it the page has a text area.
const rich = import('./editor.js').then(module => module.edit, () => editPlainly);
let editor = null;
let last = null; // the last answer, and the places it has

// What is typed stays in the editor.
export function keep() {}

function remembered() {
  try {
    return JSON.parse(localStorage.getItem('queries')) || [];
  } catch {
    return [];
  }
}

function remember(query) {
  const others = remembered().filter(old => old !== query);
  try {
    localStorage.setItem('queries', JSON.stringify([query, ...others].slice(0, REMEMBERED)));
  } catch {
    // There is no room, or none is given: what was asked is not remembered.
  }
}

// A question's query without what its page says above it.
function bare(text) { return text.replace(/^#(?: (?:label|comment|parameter|money|columns)\b|>).*\n/gm, ''); }

// Mark in the editor where the server says that a query is wrong.
function pointAt(text, message) {
  const place = /line (\d+), column (\d+)|第 (\d+) 行第 (\d+) 列/.exec(message);
  if (!place) return;
  const [line, column_] = place.slice(1).filter(Boolean);
  const lines = text.split('\n');
  const before = lines.slice(0, line - 1).reduce((sum, line) => sum + line.length + 1, 0);
  // The server counts code points, the browser UTF-16 units.
  const column = Array.from(lines[line - 1] || '').slice(0, column_ - 1).join('').length;
  editor.mark(before + column, message.split('\n')[0]);
}

export async function open(known) {
  document.title = '政图 · ' + say('title');
  const given = new URLSearchParams(location.search);
  const asked = known.questions.find(question => question.name === given.get('question'));
  const links = make('span', {class: 'row'});
  const run = () => answerIt(known, links);
  const first = !editor;
  if (first) {
    const text = given.get('query') || bare((asked || known.questions[0]).example);
    const changed = () => editor && editor.mark(0, '');
    const edit = await rich;
    editor = edit({text, run: () => byId('form').requestSubmit(), changed, told, prefixes: known.prefixes, terms: known.terms});
    editor.element.id = 'editor';
  }
  editor.label(say('editor'), spoken() === 'zh' ? PHRASES : {});
  const typed = (editor.element.shadowRoot || editor.element).querySelector('.cm-content');
  if (typed) typed.tabIndex = 0; // where it scrolls, keys must be able to reach it
  list(known);
  byId('form').replaceChildren(make('h2', {}, say('title')), make('p', {}, say('about')), editor.element,
    make('div', {class: 'row'}, make('button', {id: 'go', class: 'go'}, say('run')), links));
  byId('form').onsubmit = stopOr(run);
  clear();
  tell('');
  if (first && asked && !given.get('query')) await fill(asked, given);
  if (first && given.get('query')) run();
  else if (last) await present(last.answer, last.places, known);
}

async function answerIt(known, links) {
  const query = editor.text();
  remember(query);
  list(known);
  const search = new URLSearchParams({query}).toString();
  const short = search.length < LONGEST;
  history.replaceState(null, '', (short ? '/query?' + search : '/query') + view());
  links.replaceChildren(...(short ? [copyLink()] : []));
  last = null;
  clear();
  editor.mark(0, '');
  const answer = await ask('/sparql', new URLSearchParams({query}));
  if (!answer) return;
  if (answer.fault) pointAt(query, answer.fault.detail);
  last = {answer, places: {query, ...(short ? {file: '/sparql?' + search, graph: '/graph?' + search} : {file: '', graph: ''})}};
  await present(answer, last.places, known);
}

// The query of a question as it was asked, with its parameters, in place of the example.
async function fill(question, given) {
  given.delete('question');
  if (!given.toString()) return;
  given.set('format', 'sparql');
  const answer = await fetch('/answer/' + encodeURIComponent(question.name) + '?' + given);
  const text = await answer.text();
  if (answer.ok && editor.text() === bare(question.example)) editor.write(bare(text));
}

function list(known) {
  const write = query => () => {
    editor.write(query);
    editor.focus();
  };
  const old = remembered();
  byId('questions').replaceChildren(make('h2', {}, say('examples')),
    ...known.questions.map(question =>
      make('button', {type: 'button', onclick: write(bare(question.example))}, told(question.label))),
    ...(old.length ? [make('h2', {}, say('history')),
      ...old.map(query => make('button', {type: 'button', class: 'old', title: query, onclick: write(query)},
        query.replace(/\s+/g, ' ').slice(0, 80))),
      make('button', {type: 'button', class: 'plain', onclick: () => {
        localStorage.removeItem('queries');
        list(known);
      }}, say('forget'))] : []));
}
