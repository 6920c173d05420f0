// The named questions as forms, and the list of them.
import {clear, copyLink, present, view} from './answers.js';
import {ask, stopOr, tell, wrong} from './asking.js';
import {byId, make} from './shared.js';
import {say, told} from './words.js';

const SUGGESTED = 20;

// The name of the question in the address, '' for none, and the question if there is one.
function wanted() {
  const name = location.pathname.split('/')[2] || '';
  try { return decodeURIComponent(name); } catch { return name; }
}

function current(known) {
  const name = wanted();
  return name ? known.questions.find(question => question.name === name) : known.questions[0];
}

export function open(known) {
  const question = current(known);
  list(known, question);
  if (question) form(known, question); else absent();
}

function absent() {
  document.title = '政图 · ' + say('noQuestion');
  byId('form').replaceChildren(make('h2', {}, say('noQuestion')));
  clear();
  wrong(say('noSuch', wanted()));
}

// What is typed and not yet asked stands in the address, so that it is kept.
export function keep(known) {
  const question = current(known);
  if (question) history.replaceState(null, '', '/ask/' + asked(question).path + view());
}

function list(known, chosen) {
  byId('questions').replaceChildren(make('h2', {}, say('questions')), ...known.questions.map(question =>
    make('a', {href: '/ask/' + encodeURIComponent(question.name), 'aria-current': question === chosen ? 'page' : null,
      onclick: event => {
        if (event.ctrlKey || event.metaKey || event.shiftKey) return;
        event.preventDefault();
        history.pushState(null, '', event.currentTarget.href);
        open(known);
      }}, told(question.label))));
  const seen = byId('questions').querySelector('[aria-current]');
  if (seen) seen.scrollIntoView({block: 'nearest'});
}

function form(known, question) {
  const given = new URLSearchParams(location.search);
  document.title = '政图 · ' + told(question.label);
  const links = make('span', {class: 'row'});
  const answerIt = async () => {
    const {path, search} = asked(question);
    history.replaceState(null, '', '/ask/' + path + view());
    const more = search ? '&' + search : '';
    links.replaceChildren(copyLink(),
      make('a', {class: 'plain', href: '/query?question=' + encodeURIComponent(question.name) + more}, say('edit')));
    clear();
    const answer = await ask('/answer/' + path);
    const graph = '/graph?question=' + encodeURIComponent(question.name) + more;
    if (answer) present(answer, {file: '/answer/' + path, graph, query: question.example}, known);
  };
  byId('form').replaceChildren(
    make('h2', {}, told(question.label)), make('p', {}, told(question.comment)),
    make('div', {class: 'fields'}, ...question.parameters.map(parameter => make('label', {class: 'field'},
      make('span', {}, told(parameter.comment), parameter.default === null ? make('b', {}, ' ' + say('needed')) : ''),
      input(known, parameter, given.get(parameter.name) || '')))),
    make('div', {class: 'row'}, make('button', {id: 'go', class: 'go'}, say('run')), links));
  byId('form').onsubmit = stopOr(answerIt);
  const ready = question.parameters.every(parameter => parameter.default !== null || given.get(parameter.name));
  clear();
  tell('');
  if (ready) answerIt();
}

// The question as it stands in the form: its parameters, and its name with them.
function asked(question) {
  const given = new URLSearchParams();
  for (const parameter of question.parameters) {
    const text = byId('p-' + parameter.name).value.trim();
    if (text) given.set(parameter.name, text);
  }
  const search = given.toString();
  return {search, path: encodeURIComponent(question.name) + (search ? '?' + search : '')};
}

function input(known, parameter, given) {
  const attributes = {name: parameter.name, id: 'p-' + parameter.name};
  const choices = known.choices[parameter.kind];
  if (choices) {
    const some = parameter.default === null ? [] : [make('option', {value: ''}, say('any'))];
    const select = make('select', attributes, ...some,
      ...choices.map(choice => make('option', {value: choice.name}, told(choice) || choice.name)));
    select.value = given;
    return select;
  }
  const listed = 'l-' + parameter.name;
  const field = make('input', {
    ...attributes, value: given, autocomplete: 'off', spellcheck: 'false',
    placeholder: parameter.kind === 'date' ? '2026-01-31' : parameter.default || '',
    inputmode: parameter.kind === 'number' ? 'decimal' : null,
    list: parameter.kind === 'name' ? listed : null,
    required: parameter.default === null,
  });
  if (parameter.kind !== 'name') return field;
  const names = make('datalist', {id: listed});
  let last = '';
  field.addEventListener('input', () => {
    const text = field.value.trim();
    clearTimeout(field.waiting);
    if (text && text !== last) {
      field.waiting = setTimeout(() => {
        last = text;
        suggest(text, names);
      }, 200);
    }
  });
  return make('span', {}, field, names);
}

async function suggest(text, names) {
  const literal = JSON.stringify(text.toLowerCase());
  const query = 'SELECT DISTINCT ?name { ?thing rdfs:label|skos:altLabel ?name . '
    + `FILTER(CONTAINS(LCASE(?name), ${literal})) } ORDER BY STRLEN(?name) ?name LIMIT ${SUGGESTED}`;
  const answer = await fetch('/sparql', {method: 'POST', body: new URLSearchParams({query, format: 'json'})});
  if (!answer.ok) return;
  const rows = (await answer.json()).results.bindings;
  names.replaceChildren(...rows.map(row => make('option', {value: row.name.value})));
}
