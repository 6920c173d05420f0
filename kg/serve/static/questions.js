// The named questions as forms, and the list of them.
import {clear, copyLink, present, view} from './answers.js';
import {PROBLEM, ask, problemOf, stopOr, tell, wrong} from './asking.js';
import {complete} from './complete.js';
import {byId, make} from './shared.js';
import {say, spoken, told} from './words.js';

const OFTEN = 6; // names that are proposed where one is needed

// The name of the question in the address, '' for none, and the question if there is one.
function wanted() {
  const name = location.pathname.split('/')[2] || '';
  try { return decodeURIComponent(name); } catch { return name; }
}

function current(known) {
  const name = wanted();
  return known.questions.find(question => question.name === name);
}

export function open(known) {
  const question = current(known);
  list(known, question);
  if (question) form(known, question); else if (wanted()) absent(known); else begin(known);
}

// Without a question: all there are, with what each tells.
function begin(known) {
  document.title = '政图 · ' + say('ask');
  clear();
  tell('');
  byId('form').replaceChildren(make('h2', {}, say('start')));
  byId('answer').replaceChildren(make('ul', {class: 'hits'}, ...known.questions.map(question => make('li', {},
    make('div', {class: 'top'}, make('a', {href: '/ask/' + encodeURIComponent(question.name), onclick: event => follow(event, known)}, told(question.label))),
    make('div', {class: 'small'}, told(question.comment))))));
}

// A link to another question, within this page.
function follow(event, known) {
  if (event.ctrlKey || event.metaKey || event.shiftKey) return;
  event.preventDefault();
  history.pushState(null, '', event.currentTarget.href);
  open(known);
}

function absent(known) {
  document.title = '政图 · ' + say('noQuestion');
  byId('form').replaceChildren(make('h2', {}, say('noQuestion')));
  clear();
  wrong(say('noSuch', wanted()));
  near(known, wanted());
}

// The questions that may have been meant.
async function near(known, name) {
  const answer = await fetch('/answer/' + encodeURIComponent(name), {headers: {Accept: PROBLEM, 'Accept-Language': spoken()}});
  const named = answer.ok ? [] : problemOf(answer, await answer.text()).near;
  const found = named.map(one => known.questions.find(question => question.name === one)).filter(Boolean);
  if (found.length && wanted() === name) {
    byId('answer').replaceChildren(make('p', {class: 'row often'}, say('meant'), ...found.map(question =>
      make('a', {class: 'plain', href: '/ask/' + encodeURIComponent(question.name), onclick: event => follow(event, known)}, told(question.label)))));
  }
}

// What is typed and not yet asked stands in the address, so that it is kept.
export function keep(known) {
  const question = current(known);
  if (question) history.replaceState(null, '', '/ask/' + asked(question).path + view());
}

function list(known, chosen) {
  byId('questions').replaceChildren(make('h2', {}, say('questions')), ...known.questions.map(question =>
    make('a', {href: '/ask/' + encodeURIComponent(question.name), 'aria-current': question === chosen ? 'page' : null,
      onclick: event => follow(event, known)}, told(question.label))));
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
    unmark();
    const answer = await ask('/answer/' + path);
    const graph = '/graph?question=' + encodeURIComponent(question.name) + more;
    if (answer && answer.fault) return mean(known, question, answer.fault);
    const given = question.parameters.filter(parameter => parameter.kind === 'name').map(parameter => byId('p-' + parameter.name).value.trim());
    if (answer) addRemarks(path);
    if (answer) present(answer, {file: '/answer/' + path, graph, query: question.example, columns: question.columns, given: given.filter(Boolean), fill: () => fill(known, question)}, known);
  };
  byId('form').replaceChildren(
    make('a', {class: 'back', href: '/ask', onclick: event => follow(event, known)}, say('allQuestions')),
    make('h2', {}, told(question.label)), make('p', {}, told(question.comment)),
    make('div', {class: 'fields'}, ...question.parameters.map(parameter => make('label', {class: 'field'},
      make('span', {}, told(parameter.comment), parameter.default === null ? make('b', {}, ' ' + say('needed')) : ''),
      input(known, parameter, given.get(parameter.name) || ''), make('span', {class: 'why', id: 'why-' + parameter.name, hidden: true})))),
    make('div', {class: 'row'}, make('button', {id: 'go', class: 'go'}, say('run')), links));
  byId('form').onsubmit = stopOr(answerIt);
  const ready = question.parameters.every(parameter => parameter.default !== null || given.get(parameter.name));
  clear();
  tell('');
  if (ready) answerIt(); else byId('answer').replaceChildren(often(known, question));
}

// Ask with other parameters: what is changed, '' for none.
function again(known, question, changed) {
  for (const [name, text] of Object.entries(changed)) byId('p-' + name).value = text;
  history.pushState(null, '', '/ask/' + asked(question).path);
  open(known);
}

function ways(known, question, name, texts) {
  return texts.flatMap((text, i) => [i ? '、' : '', make('button', {type: 'button', class: 'plain', lang: 'zh-CN', onclick: () => again(known, question, {[name]: text})}, text)]);
}

// Where a thing is needed, those that are named most.
function often(known, question) {
  const needed = question.parameters.find(parameter => parameter.default === null && parameter.kind === 'name');
  if (!needed) return '';
  const kinds = Object.keys(known.often).filter(name => name.toLowerCase() === needed.name);
  const names = (kinds.length ? known.often[kinds[0]] : known.often['']) || [];
  return names.length ? make('p', {class: 'row often'}, say('often'), ...ways(known, question, needed.name, names.slice(0, OFTEN))) : '';
}

// What is wrong stands below its field, and the names that may have been meant are one click away.
function mean(known, question, fault) {
  const field = fault.field && byId('p-' + fault.field);
  if (!field) return;
  const why = byId('why-' + fault.field);
  why.textContent = fault.detail;
  why.hidden = false;
  tell('');
  field.closest('.field').classList.add('bad');
  field.setAttribute('aria-invalid', 'true');
  field.setAttribute('aria-describedby', why.id);
  field.focus();
  if (fault.near.length) {
    byId('answer').replaceChildren(make('p', {class: 'row often'}, say('meant'), ...ways(known, question, fault.field, fault.near)));
  }
}

function unmark() {
  for (const field of byId('form').querySelectorAll('.field.bad')) {
    field.classList.remove('bad');
    field.querySelector('.why').hidden = true;
    const input = field.querySelector('[aria-invalid]');
    input.removeAttribute('aria-invalid');
    input.removeAttribute('aria-describedby');
  }
}

// What is to be known of an answer beside its rows, such as what a filter leaves out.
async function addRemarks(path) {
  const answer = await fetch('/remarks/' + path.replace(/(\?|$)/, '.json$1'));
  if (!answer.ok || '/ask/' + path !== location.pathname + location.search) return;
  const {remarks} = await answer.json();
  byId('remarks').replaceChildren(...remarks.map(remark => make('p', {class: 'remark'}, told(remark))));
}

// What would fill an empty answer: fewer bounds, or what the question needs; the texts may tell more.
function fill(known, question) {
  const set = question.parameters.filter(parameter => parameter.default !== null && byId('p-' + parameter.name).value.trim());
  const names = question.parameters.filter(parameter => parameter.kind === 'name').map(parameter => byId('p-' + parameter.name).value.trim()).filter(Boolean);
  return [...set.map(parameter => make('p', {}, make('button', {type: 'button', class: 'plain', onclick: () => again(known, question, {[parameter.name]: ''})},
    say('fillWithout', byId('p-' + parameter.name).value.trim())))),
  ...names.map(name => make('p', {}, make('a', {href: '/search?q=' + encodeURIComponent(name)}, say('fillSearch', name)))),
  make('p', {class: 'remark'}, say('fillNeeds', told(question.comment)))];
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
  const field = make('input', {
    ...attributes, value: given, autocomplete: 'off', spellcheck: 'false',
    placeholder: parameter.kind === 'date' ? '2026-01-31' : parameter.default || '',
    inputmode: parameter.kind === 'number' ? 'decimal' : null,
    required: parameter.default === null,
  });
  if (parameter.kind !== 'name') return field;
  const box = make('span', {}, field);
  complete(field);
  return box;
}
