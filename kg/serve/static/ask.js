// Named questions as forms, and queries of one's own; the answers come from the same server.
import {showRows} from './table.js';
import {byId, make, say, spoken, switchLanguage, told} from './words.js';

const FORMATS = ['csv', 'json', 'xml', 'tsv'];
const GRAPHS = ['ttl', 'nt', 'rdf', 'jsonld'];
const REMEMBERED = 20;
const page = location.pathname.startsWith('/query') ? 'query' : 'ask';
let known = null;   // what /questions.json says
let running = null; // the AbortController of the query that runs

function current() {
  const name = decodeURIComponent(location.pathname.split('/')[2] || '');
  return known.questions.find(q => q.name === name) || known.questions[0];
}

function wrong(text) {
  byId('status').className = 'status wrong';
  byId('status').textContent = text;
  byId('answer').replaceChildren();
}

function tell(text) {
  byId('status').className = 'status';
  byId('status').textContent = text;
}

// Ask the server and show what it answers; its address gives the same in other formats.
async function show(address, body) {
  if (running) running.abort();
  running = new AbortController();
  const mine = running;
  const go = byId('go');
  go.textContent = say('stop');
  tell(say('running'));
  const began = performance.now();
  try {
    const answer = await fetch(address, {
      method: body ? 'POST' : 'GET', body, signal: mine.signal,
      headers: {Accept: 'application/sparql-results+json, text/turtle;q=0.9'},
    });
    const text = await answer.text();
    if (!answer.ok) {
      wrong(text);
      return text;
    }
    const seconds = ((performance.now() - began) / 1000).toFixed(2);
    if (!answer.headers.get('content-type').includes('json')) {
      tell(say('triples', seconds));
      byId('answer').replaceChildren(make('pre', {}, text));
      return '';
    }
    const results = JSON.parse(text);
    if ('boolean' in results) {
      tell(results.boolean ? say('yes') : say('no'));
      byId('answer').replaceChildren();
      return '';
    }
    const count = results.results.bindings.length;
    tell(count ? say('rows', count, seconds) : say('empty'));
    if (count) showRows(results, known); else byId('answer').replaceChildren();
    return '';
  } catch (error) {
    if (error.name === 'AbortError') tell(say('stopped')); else wrong(say('lost', error.message));
    return '';
  } finally {
    if (running === mine) {
      running = null;
      go.textContent = say('run');
    }
  }
}

function stopOr(act) {
  return event => {
    event.preventDefault();
    if (running) running.abort(); else act();
  };
}

function downloads(address, formats = FORMATS) {
  return formats.map(format => make('a', {
    class: 'plain', download: 'answer.' + format,
    href: address + (address.includes('?') ? '&' : '?') + 'format=' + format,
  }, format.toUpperCase()));
}

// A question as a form

function input(parameter, given) {
  const attributes = {name: parameter.name, id: 'p-' + parameter.name};
  const choices = known.choices[parameter.kind];
  if (choices) {
    const some = parameter.default === null ? [] : [make('option', {value: ''}, say('any'))];
    const select = make('select', attributes, ...some,
      ...choices.map(c => make('option', {value: c.name}, told(c) || c.name)));
    select.value = given;
    return select;
  }
  const list = 'l-' + parameter.name;
  const field = make('input', {
    ...attributes, value: given, autocomplete: 'off', spellcheck: 'false',
    placeholder: parameter.kind === 'date' ? '2026-01-31' : parameter.default || '',
    inputmode: parameter.kind === 'number' ? 'decimal' : null,
    list: parameter.kind === 'name' ? list : null,
    required: parameter.default === null,
  });
  if (parameter.kind !== 'name') return field;
  const names = make('datalist', {id: list});
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

async function suggest(text, list) {
  const literal = JSON.stringify(text.toLowerCase());
  const query = 'SELECT DISTINCT ?name { ?thing rdfs:label|skos:altLabel ?name . '
    + 'FILTER(CONTAINS(LCASE(?name), ' + literal + ')) } ORDER BY STRLEN(?name) ?name LIMIT 20';
  const answer = await fetch('/sparql', {method: 'POST', body: new URLSearchParams({query, format: 'json'})});
  if (!answer.ok) return;
  const rows = (await answer.json()).results.bindings;
  list.replaceChildren(...rows.map(row => make('option', {value: row.name.value})));
}

function address(question) {
  const given = new URLSearchParams();
  for (const parameter of question.parameters) {
    const text = byId('p-' + parameter.name).value.trim();
    if (text) given.set(parameter.name, text);
  }
  const search = given.toString();
  return '/' + encodeURIComponent(question.name) + (search ? '?' + search : '');
}

function askForm() {
  const question = current();
  const given = new URLSearchParams(location.search);
  document.title = '政图 · ' + told(question.label);
  const answerIt = () => {
    const where = address(question);
    history.replaceState(null, '', '/ask' + where);
    links.replaceChildren(...downloads('/answer' + where),
      make('a', {class: 'plain', href: '/query?question=' + where.slice(1).replace('?', '&')}, say('edit')));
    show('/answer' + where);
  };
  const links = make('span', {class: 'row'});
  byId('form').replaceChildren(
    make('h2', {}, told(question.label)), make('p', {}, told(question.comment)),
    make('div', {class: 'fields'}, ...question.parameters.map(p => make('label', {class: 'field'},
      make('span', {}, told(p.comment), p.default === null ? make('b', {}, ' ' + say('needed')) : ''),
      input(p, given.get(p.name) || '')))),
    make('div', {class: 'row'}, make('button', {id: 'go', class: 'go'}, say('run')), links));
  byId('form').onsubmit = stopOr(answerIt);
  const ready = question.parameters.every(p => p.default !== null || given.get(p.name));
  byId('answer').replaceChildren();
  tell('');
  if (ready) answerIt();
}

function askList() {
  const chosen = current();
  byId('questions').replaceChildren(make('h2', {}, say('questions')), ...known.questions.map(q =>
    make('a', {href: '/ask/' + encodeURIComponent(q.name), 'aria-current': q === chosen ? 'page' : null,
      onclick: event => {
        if (event.ctrlKey || event.metaKey || event.shiftKey) return;
        event.preventDefault();
        history.pushState(null, '', event.currentTarget.href);
        render();
      }}, told(q.label))));
  byId('questions').querySelector('[aria-current]').scrollIntoView({block: 'nearest'});
}

// A query of one's own

function remembered() {
  try {
    return JSON.parse(localStorage.getItem('queries')) || [];
  } catch {
    return [];
  }
}

function remember(query) {
  const others = remembered().filter(old => old !== query);
  localStorage.setItem('queries', JSON.stringify([query, ...others].slice(0, REMEMBERED)));
}

// Put the cursor where the server says that a query is wrong.
function pointAt(text, message) {
  const place = /line (\d+), column (\d+)/.exec(message);
  if (!place) return;
  const lines = byId('editor').value.split('\n');
  const before = lines.slice(0, place[1] - 1).reduce((sum, line) => sum + line.length + 1, 0);
  // The server counts code points, the browser UTF-16 units.
  const column = Array.from(lines[place[1] - 1] || '').slice(0, place[2] - 1).join('').length;
  byId('editor').focus();
  byId('editor').setSelectionRange(before + column, before + column + 1);
}

function queryForm() {
  document.title = '政图 · ' + say('title');
  const given = new URLSearchParams(location.search);
  const asked = known.questions.find(q => q.name === given.get('question'));
  const old = byId('editor');
  const start = old ? old.value : given.get('query') || (asked && asked.example) || known.questions[0].example;
  const links = make('span', {class: 'row'});
  const editor = make('textarea', {id: 'editor', spellcheck: 'false', autocapitalize: 'off',
    'aria-label': say('editor')});
  editor.value = start;
  const run = async () => {
    const query = editor.value;
    remember(query);
    const search = new URLSearchParams({query}).toString();
    const short = search.length < 8000;
    history.replaceState(null, '', short ? '/query?' + search : '/query');
    links.replaceChildren();
    const fault = await show('/sparql', new URLSearchParams({query}));
    if (fault) pointAt(query, fault);
    const formats = byId('answer').querySelector('pre') ? GRAPHS : FORMATS;
    if (short && !fault) links.replaceChildren(...downloads('/sparql?' + search, formats));
    queryList();
  };
  editor.addEventListener('keydown', event => {
    if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) {
      event.preventDefault();
      run();
    }
  });
  byId('form').replaceChildren(make('h2', {}, say('title')), make('p', {}, say('about')), editor,
    make('div', {class: 'row'}, make('button', {id: 'go', class: 'go'}, say('run')), links));
  byId('form').onsubmit = stopOr(run);
  if (!old && given.get('query')) run();
  if (!old && asked) fill(asked, given);
}

// The query of a question as it was asked, with its parameters, in place of the example.
async function fill(question, given) {
  given.delete('question');
  if (!given.toString()) return;
  given.set('format', 'sparql');
  const answer = await fetch('/answer/' + encodeURIComponent(question.name) + '?' + given);
  const text = await answer.text();
  if (answer.ok && byId('editor').value === question.example) byId('editor').value = text;
}

function queryList() {
  const write = query => () => {
    byId('editor').value = query;
    byId('editor').focus();
  };
  const old = remembered();
  byId('questions').replaceChildren(make('h2', {}, say('examples')),
    ...known.questions.map(q => make('button', {type: 'button', onclick: write(q.example)}, told(q.label))),
    ...(old.length ? [make('h2', {}, say('history')),
      ...old.map(query => make('button', {type: 'button', class: 'old', title: query, onclick: write(query)},
        query.replace(/\s+/g, ' ').slice(0, 80))),
      make('button', {type: 'button', class: 'plain', onclick: () => {
        localStorage.removeItem('queries');
        queryList();
      }}, say('forget'))] : []));
}

function render() {
  document.documentElement.lang = spoken() === 'zh' ? 'zh-CN' : 'en';
  for (const element of document.querySelectorAll('[data-word]')) element.textContent = say(element.dataset.word);
  for (const link of document.querySelectorAll('[data-page]')) {
    if (link.dataset.page === page) link.setAttribute('aria-current', 'page');
  }
  byId('language').textContent = say('other');
  byId('language').title = say('otherTitle');
  if (page === 'ask') {
    askList();
    askForm();
  } else {
    queryList();
    queryForm();
  }
}

byId('language').addEventListener('click', () => {
  // What is typed and not yet asked is kept.
  if (page === 'ask') history.replaceState(null, '', '/ask' + address(current()));
  switchLanguage();
  render();
});
addEventListener('popstate', render);
fetch('/questions.json').then(answer => answer.json()).then(found => {
  known = found;
  render();
}, error => wrong(say('lost', error.message)));
