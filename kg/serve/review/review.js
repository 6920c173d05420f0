// The page of corrections: one question or one thing at a time, the list of questions, the decisions.
import {byId, make} from '/static/shared.js';
import {card} from './card.js';
import {NAME, decide, fetched, known, tell, who, wrong} from './desk.js';
import {drawLog, lastOf} from './log.js';
import {choice, harmTold, kindName, label, valueOf} from './show.js';
import {thingSheet} from './thing.js';
import {named, say, spoken, switchLanguage, turnHeader} from './words.js';

const KEYS = 'kg-review-keys';
const FILTERS = ['kind', 'class', 'document'];
let list = {questions: [], total: 0, kinds: [], classes: [], documents: []};
let at = 0;          // the place of the question that is shown in the list
let single = null;   // {question} or {thing} that was asked for by its id, instead of the list
let decisions = null;

function filters() {
  const given = new URLSearchParams(location.search);
  return Object.fromEntries(FILTERS.map(name => [name, given.get(name) || '']));
}

async function loadQuestions(from = 0) {
  const found = await fetched('questions', {...filters(), from});
  if (!found) return;
  list = from ? {...found, questions: [...list.questions, ...found.questions]} : found;
  if (!from) at = 0;
}

async function loadDecisions() { decisions = (await fetched('decisions')) || decisions; }

// What the address asks for: a thing, a claim, or the list.
async function arrive() {
  const given = new URLSearchParams(location.search);
  single = null;
  tell(say('loading'));
  if (given.get('thing')) {
    const thing = await fetched('thing', {id: given.get('thing')});
    single = thing && {thing};
  } else if (given.get('claim')) {
    const question = await fetched('claim', {id: given.get('claim')});
    single = question && {question};
  }
  if (byId('status').className === 'status') tell('');
  if (!list.total || !single) await loadQuestions();
  draw();
}

function go(search) {
  history.pushState(null, '', '/review' + search);
  arrive();
}

function draw() {
  document.documentElement.lang = spoken() === 'zh' ? 'zh-CN' : 'en';
  document.title = '政图 · ' + say('title');
  for (const element of document.querySelectorAll('[data-label]')) element.setAttribute('aria-label', say(element.dataset.label));
  turnHeader();
  drawWho();
  drawWaiting();
  drawQueue();
  drawLog(byId('log'), decisions, undo);
  drawSheet();
}

function drawWho(asking = !who()) {
  const box = byId('who');
  if (!asking) {
    box.replaceChildren(make('p', {}, say('whoIs', who()) + ' ', make('button', {type: 'button', class: 'plain small', onclick: () => drawWho(true)}, say('change'))));
    return;
  }
  const input = make('input', {id: 'name', maxlength: '60', autocomplete: 'name', required: true});
  input.value = who();
  box.replaceChildren(make('form', {onsubmit: event => {
    event.preventDefault();
    if (!input.value.trim()) return;
    localStorage.setItem(NAME, input.value.trim());
    tell('');
    drawWho();
  }}, make('label', {class: 'one'}, make('span', {}, say('whoAsk')), input), make('button', {class: 'go'}, say('save'))));
}

function drawWaiting() {
  if (!decisions) return;
  const {waiting, reread, unreadable} = decisions;
  const parts = [waiting ? say('waiting', waiting) : say('noneWaits'), waiting && reread ? say('reread') : '',
    unreadable.length ? say('unreadable', unreadable.length, unreadable[0].join(': ')) : ''];
  byId('waiting').textContent = parts.filter(Boolean).join(' ');
}

function filter(word, rows, text) {
  const now = filters()[word];
  const options = [['', say('all')], ...rows.map(([value, count]) => [value, text(value) + ' (' + count + ')'])];
  if (now && !rows.some(([value]) => value === now)) options.push([now, text(now)]);
  return make('label', {}, make('span', {}, say(word)), choice(options, now, {id: 'by-' + word, onchange: event => {
    const given = new URLSearchParams(Object.entries({...filters(), [word]: event.target.value}).filter(([, value]) => value));
    go(given.size ? '?' + given : '');
  }}));
}

function titleOf(question) {
  const {claim, things} = question;
  if (claim) return [claim.subject.name, claim.object ? claim.object.name : valueOf(claim.value)].join(' → ');
  if (question.kind === 'name') return things[0].name;
  return question.kind === 'merge' ? question.name + ' = ' + things[0].name : things[1].name + ' ≈ ' + things[0].name;
}

function drawQueue() {
  const rest = list.total - list.questions.length;
  byId('queue').replaceChildren(make('h2', {}, say('queue') + ' ' + list.total),
    make('div', {class: 'filters'}, filter('kind', list.kinds, value => named('kindIs', value)),
      filter('class', list.classes, value => label('classes', value)), filter('document', list.documents, value => value)),
    make('ul', {class: 'rows'}, ...list.questions.map((question, i) => make('li', {}, make('button', {type: 'button',
      class: question.done ? 'row1 done' : 'row1', 'aria-current': !single && i === at ? 'true' : null, onclick: () => show(i)},
    titleOf(question), make('small', {}, kindName(question) + ' · ' + harmTold(question)))))),
    rest > 0 ? make('button', {type: 'button', class: 'plain', onclick: async () => { await loadQuestions(list.questions.length); drawQueue(); }}, say('more', rest)) : '');
}

function show(i) {
  at = i;
  if (single) {
    single = null;
    history.pushState(null, '', '/review');
  }
  drawQueue();
  drawSheet();
  byId('sheet').focus({preventScroll: true});
  byId('work').scrollTo({top: 0});
}

function drawSheet() {
  const question = single ? single.question : list.questions[at];
  const back = single ? make('p', {}, make('a', {href: '/review', 'data-go': ''}, '← ' + say('backToQueue'))) : '';
  let shown;
  if (single && single.thing) shown = thingSheet(single.thing, act);
  else if (question) shown = card(question, single ? null : [at + 1, list.total], which => answer(question, which), step, act);
  else {
    const kept = Object.values(filters()).some(Boolean);
    shown = make('p', {}, say(kept ? 'emptyFilter' : 'empty') + ' ', kept ? make('a', {href: '/review', 'data-go': ''}, say('unfilter')) : '');
  }
  byId('sheet').replaceChildren(back, shown, keysLine());
}

function keysLine() {
  const key = (sign, word) => [make('kbd', {}, sign), ' ' + word + '  '];
  const box = make('input', {type: 'checkbox', id: 'keys', onchange: () => localStorage.setItem(KEYS, box.checked ? 'on' : 'off')});
  box.checked = localStorage.getItem(KEYS) !== 'off';
  return make('p', {class: 'keys'}, say('keys') + '  ', ...key('j', say('keyNext')), ...key('k', say('keyBack')), ...key('a', say('accept')),
    ...key('r', say('reject')), ...key('u', say('undoLast')), make('label', {}, box, ' ' + say('keysOn')));
}

// Answer the question that is shown, and go on to the next.
async function answer(question, which) {
  const [why, status] = [byId('why').value, byId('new-status') ? byId('new-status').value : ''];
  const way = which === 'yes' ? 'accept' : 'reject';
  const what = question.kind === 'claim' ? {do: way, words: [question.id], status: way === 'accept' ? status : ''}
    : {do: 'answer', kind: question.kind, id: question.id, answer: way};
  byId(which).disabled = true;
  const kept = await decide({...what, why});
  if (byId(which)) byId(which).disabled = false;
  if (!kept) return;
  question.done = kept.ids[0];
  tell(say('kept', named(which, question.sort) + ' ' + titleOf(question)));
  await loadDecisions();
  if (!single) await forward();
  draw();
}

// The next question that is not answered yet, more being fetched at the end.
async function forward() {
  if (at + 1 >= list.questions.length && list.questions.length < list.total) await loadMore();
  const next = list.questions.findIndex((question, i) => i > at && !question.done);
  at = next < 0 ? Math.max(0, list.questions.findIndex(question => !question.done)) : next;
}

// The server leaves out what is decided: the first of its list are those that are still open.
async function loadMore() {
  const open = list.questions.filter(question => !question.done).length;
  const found = await fetched('questions', {...filters(), from: open});
  if (!found) return;
  const there = new Set(list.questions.map(question => question.kind + question.id));
  const fresh = found.questions.filter(question => !there.has(question.kind + question.id));
  list = {...list, questions: [...list.questions, ...fresh]};
}

// A decision of a form: the forms stay as they are until it is kept.
async function act(what) {
  const kept = await decide(what);
  if (!kept) return false;
  tell(say('kept', what.do === 'pattern' ? say('atOnce', kept.ids.length, '') : named('doIs', what.do)));
  await loadDecisions();
  if (what.do === 'pattern' && !single) {
    await loadQuestions();
    draw();
    return true;
  }
  drawWaiting();
  drawLog(byId('log'), decisions, undo);
  return true;
}

async function undo(id) {
  if (!id) return wrong(say('nothingToUndo'));
  const row = decisions && decisions.decisions.find(one => one.id === id);
  const kept = await decide({do: 'undo', words: [id], kind: row && row.count > 1 ? 'pattern' : ''});
  if (!kept) return;
  const i = list.questions.findIndex(question => question.done === id);
  if (i >= 0) {
    list.questions[i].done = '';
    if (!single) at = i;
  }
  tell(say('kept', named('doIs', 'undo')));
  await loadDecisions();
  if (i < 0 && !single) await loadQuestions();
  draw();
}

function step(by) { if (list.questions[at + by]) show(at + by); }

// What others decided meanwhile, or a build, shows when somebody comes back to the page.
async function comeBack() {
  const before = decisions ? decisions.waiting : 0;
  await loadDecisions();
  drawWaiting();
  drawLog(byId('log'), decisions, undo);
  if (!decisions || decisions.waiting >= before || single) return;
  await loadQuestions();
  keepTyped(draw);
}

// Keys work where nothing is typed, and can be turned off.
const ACTS = {
  j: () => !single && step(1),
  k: () => !single && step(-1),
  a: () => byId('yes') && byId('yes').click(),
  r: () => byId('no') && byId('no').click(),
  u: () => undo(lastOf(decisions, who())),
};

function onKey(event) {
  if (event.ctrlKey || event.metaKey || event.altKey || event.repeat || event.isComposing) return;
  if (event.target.closest('input:not([type=checkbox]), textarea, select') || localStorage.getItem(KEYS) === 'off') return;
  if (Object.hasOwn(ACTS, event.key)) {
    event.preventDefault();
    ACTS[event.key]();
  }
}

// What is typed is in the page when its language changes.
function keepTyped(change) {
  const typed = [...document.querySelectorAll('#sheet input[id], #sheet textarea, #sheet select')].map(({id, value}) => [id, value]);
  const open = [...document.querySelectorAll('#sheet details[open]')].map(({id}) => id);
  change();
  for (const id of open) byId(id).open = true;
  for (const [id, value] of typed) if (byId(id) && byId(id).type !== 'checkbox') byId(id).value = value;
}

async function start() {
  byId('language').addEventListener('click', event => event.preventDefault() || keepTyped(() => { switchLanguage(); tell(''); draw(); }));
  document.addEventListener('keydown', onKey);
  document.addEventListener('click', event => {
    const link = event.target.closest('a[data-thing], a[data-go]');
    if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    go(new URL(link.href).search);
  });
  addEventListener('popstate', arrive);
  addEventListener('focus', comeBack);
  known.terms = await fetched('terms');
  if (!known.terms) return;
  await loadDecisions();
  await arrive();
}

start().catch(error => wrong(say('lost', error.message)));
