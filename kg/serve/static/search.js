// The page of the search: one box, what of it is understood, and all that it finds.
import {dot, partsOf} from './marked.js';
import {tell, wrong} from './asking.js';
import {byId, make} from './shared.js';
import {named, say, spoken, told} from './words.js';

const KINDS = ['things', 'deals', 'facts', 'documents'];
const FEW = 5;    // of each kind, where all kinds are shown
const STEP = 20;  // of one kind
const PATIENCE = 180; // milliseconds between the last letter and the search
const SLOW = 1500; // milliseconds until it is said that the index is being made
let known = null;

function state() {
  const given = new URLSearchParams(location.search);
  const only = given.get('only') || '';
  const limit = Math.max(1, Math.min(200, Number(given.get('limit')) || STEP));
  return {q: (given.get('q') || '').trim(), only: KINDS.includes(only) ? only : '', limit, signed: given.get('signed') === '1'};
}

function addressOf({q, only = '', limit = STEP, signed = false}) {
  const given = new URLSearchParams({q});
  if (only) given.set('only', only);
  if (only && limit !== STEP) given.set('limit', limit);
  if (signed) given.set('signed', '1');
  return '/search?' + given;
}

// Go on to another search; `push` leaves the one before in the history.
function go(next, push = true) {
  history[push ? 'pushState' : 'replaceState'](null, '', addressOf(next));
  return search();
}

// A link within this page, which opens elsewhere when it is asked to.
function within(next, attributes, ...children) {
  return make('a', {...attributes, href: addressOf(next), onclick: event => {
    if (event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    go(next);
  }}, ...children);
}

export function keep() {}

export function open(all) {
  known = all;
  document.title = '政图 · ' + say('seekTitle');
  byId('questions').hidden = true;
  byId('form').hidden = true;
  byId('views').replaceChildren();
  const box = byId('sought');
  box.value = state().q;
  if (!box.dataset.listens) listen(box);
  if (!state().q) box.focus();
  return search();
}

function listen(box) {
  box.dataset.listens = 'true';
  let waiting = 0;
  const now = push => {
    clearTimeout(waiting);
    if (box.value.trim() !== state().q) go({q: box.value.trim()}, push);
  };
  box.addEventListener('input', event => {
    clearTimeout(waiting);
    if (!event.isComposing) waiting = setTimeout(() => now(false), PATIENCE);
  });
  box.addEventListener('compositionend', () => { waiting = setTimeout(() => now(false), PATIENCE); });
  byId('seek').addEventListener('submit', event => {
    event.preventDefault();
    now(true);
  });
}

let turn = 0;
async function search() {
  const mine = ++turn;
  const {q, only, limit, signed} = state();
  if (byId('sought').value.trim() !== q) byId('sought').value = q;
  if (!q) return begin();
  const given = new URLSearchParams({q, limit: only ? limit : FEW});
  if (only) given.set('only', only);
  if (signed) given.set('signed', '1');
  const began = performance.now();
  const slow = setTimeout(() => { if (mine === turn) tell(say('indexing')); }, SLOW);
  let found;
  try {
    const answer = await fetch('/search.json?' + given, {headers: {'Accept-Language': spoken()}});
    if (!answer.ok) {
      if (mine === turn) wrong((await answer.text()).trim());
      return;
    }
    found = await answer.json();
  } catch (error) {
    if (mine === turn) wrong(say('lost', error.message));
    return;
  } finally {
    clearTimeout(slow);
  }
  if (mine !== turn) return;
  show(found, ((performance.now() - began) / 1000).toFixed(2));
}

// Before anything is typed: what can be typed, and the questions.
function begin() {
  tell('');
  byId('answer').replaceChildren(make('h2', {}, say('seekTitle')), make('p', {class: 'remark'}, say('seekAbout')),
    make('h3', {}, say('questions')), make('ul', {class: 'hits'}, ...known.questions.map(questionLine)));
}

function show(found, seconds) {
  const now = state();
  const count = name => (found[name] ? found[name].count : 0);
  const some = KINDS.filter(name => found[name]);
  const any = some.some(count);
  tell(any && !now.only ? say('foundAll', ...KINDS.map(count), seconds) : '');
  const parts = some.filter(name => count(name)).map(name => group(name, found[name], now));
  byId('answer').replaceChildren(understood(found, now), found.partial ? make('p', {class: 'remark'}, say('namesOnly')) : '',
    now.only ? make('p', {}, within({...now, only: ''}, {}, '‹ ' + say('allOf'))) : '', ...parts,
    ...(found.questions && found.questions.length ? [make('section', {}, make('h2', {}, say('questions')),
      make('ul', {class: 'hits'}, ...found.questions.map(questionLine)))] : []),
    signedLine(found, now), any || (found.questions || []).length ? '' : nothing(found, now));
}

// What was understood: each can be removed, or looked for as it stands.
function understood({understood: filters}, now) {
  if (!filters.length) return '';
  return make('p', {class: 'chips'}, make('span', {class: 'remark'}, say('understood')), ...filters.map(one => make('span', {class: 'chip'},
    within({...now, q: one.plain}, {title: say('asWords', one.text)}, make('small', {}, named('isKind', one.kind) + ' '), told(one.label)),
    within({...now, q: one.without}, {class: 'drop', 'aria-label': say('dropFilter', one.text), title: say('dropFilter', one.text)}, '×'))));
}

function group(name, {count, rows}, now) {
  const line = {things: thingLine, deals: dealLine, facts: factLine, documents: documentLine}[name];
  const rest = count - rows.length;
  const more = now.only ? {...now, limit: now.limit + STEP} : {...now, only: name};
  return make('section', {'data-kind': name}, make('h2', {}, say(name) + ' ', make('span', {class: 'number'}, count)),
    make('ul', {class: 'hits'}, ...rows.map(line)),
    rest > 0 && (!now.only || now.limit < 200) ? make('p', {}, within(more, {class: 'plain'}, say('moreOf', say(name)) + ` (${rest})`)) : '');
}

function thingLink({iri, name, type}) {
  return make('a', {href: '/?around=' + encodeURIComponent(iri), class: 'thing', lang: 'zh-CN'}, dot(known, type), name);
}

function labelOf(kind, name) {
  const found = (known.choices[kind] || []).find(choice => choice.name === name);
  return found ? told(found) : name;
}

function thingLine(one) {
  const small = [one.subtype || '', one.alias ? say('alsoCalled', one.alias) : '', ...one.beside,
    one.mentions ? say('times', one.mentions) : say('referenceOnly'), one.first ? say('firstIn', one.first.document) : ''];
  const about = encodeURIComponent(one.iri);
  return make('li', {}, make('div', {class: 'top'}, thingLink(one), make('span', {class: 'kind'}, labelOf('class', one.type)),
    one.doubtful ? make('span', {class: 'badge doubt'}, say('doubtful')) : '', one.byline ? make('span', {class: 'badge'}, say('byline')) : '',
    make('span', {class: 'ways'}, make('a', {href: '/ask/about?entity=' + about}, say('allAbout')), make('a', {href: '/thing/' + about}, say('dossier')))),
  make('div', {class: 'small'}, small.slice(1).filter(Boolean).join(' · ')));
}

function statuses(names) { return names.map(name => make('span', {class: 'badge'}, labelOf('status', name))); }

function joined(parts) { return parts.filter(Boolean).flatMap((part, i) => (i ? [make('span', {class: 'small'}, '、'), part] : [part])); }

function dealLine(one) {
  return make('li', {}, make('div', {class: 'top'}, ...joined(one.parts.filter(Boolean).map(thingLink))),
    make('div', {class: 'top'}, ...one.sums.map(([kind, sum]) => make('span', {class: 'sum'}, make('small', {}, kind + ' '), make('b', {}, sum))),
      ...statuses(one.statuses), one.date ? make('span', {class: 'small'}, one.date) : ''), quoted(one));
}

function factLine(one) {
  return make('li', {}, make('div', {class: 'top'}, thingLink(one.subject), make('b', {class: 'verb'}, labelOf('relation', one.predicate)),
    one.object ? thingLink(one.object) : make('span', {lang: 'zh-CN'}, one.value), ...statuses(one.statuses),
    one.date ? make('span', {class: 'small'}, one.date) : ''), quoted(one));
}

function placeOf({document, start, end}) {
  return '/#document=' + encodeURIComponent(document) + (end ? `&at=${start}-${end}` : '');
}

// A sentence with what was looked for marked, and the way to it.
function quoted(one) {
  if (!one.document) return make('div', {class: 'small'}, say('referenceOnly'));
  return make('a', {class: 'quote', lang: 'zh-CN', href: placeOf(one), title: say('readThere')}, ...partsOf(one.quote), make('small', {},
    [one.document, one.written].filter(Boolean).join(' · ')));
}

function documentLine(one) {
  return make('li', {}, make('div', {class: 'top'}, make('a', {href: placeOf({document: one.document}), lang: 'zh-CN'}, make('b', {}, one.title || one.document)),
    make('span', {class: 'small'}, [one.document, one.publisher, one.date].filter(Boolean).join(' · '))),
  make('a', {class: 'quote', lang: 'zh-CN', href: placeOf(one), title: say('readThere')}, ...partsOf(one.text)));
}

function questionLine(one) {
  return make('li', {}, make('div', {class: 'top'}, make('a', {href: '/ask/' + encodeURIComponent(one.name)}, told(one.label))),
    make('div', {class: 'small'}, told(one.comment)));
}

function signedLine(found, now) {
  const hidden = found.things ? found.things.hidden : 0;
  return hidden ? make('p', {class: 'remark'}, say('signedToo', hidden) + ' ', within({...now, signed: true}, {}, say('showSigned'))) : '';
}

// What to do where nothing is found.
function nothing(found, now) {
  return make('section', {class: 'none'}, make('p', {}, say('foundNone', now.q)),
    found.near.length ? make('p', {}, say('near'), ...joined(found.near.map(name => within({q: name}, {lang: 'zh-CN'}, name)))) : '',
    ...found.less.map(one => make('p', {}, within({...now, q: one.without}, {}, say('less', one.text, one.count)))),
    found.near.length || found.less.length ? '' : make('p', {class: 'remark'}, say('fewer')));
}
