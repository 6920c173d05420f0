// A box and a list below it: what is typed is found; Enter or a click chooses it.
const HITS = 24;  // so many are listed in all
const FIRSTS = 5; // and of each class, where there are several
const RESTING = 160; // milliseconds after the last letter until facts and texts are looked at
let boxes = 0;
let withBylines = false; // whether those who but signed an article are found

// Make a box search; `choose` gets what was chosen, `may` says what can be. `more` gives, of what is
// typed, what else there is: {understood, groups}, or a promise of it.
function finder(box, list, choose, may = null, more = null) {
  const prefix = 'hit' + boxes++ + '-';
  let hits = [];
  let pointed = 0;
  let waiting = 0;
  let turn = 0;

  function row(nodes, act, small = true) {
    const i = hits.push(act) - 1;
    return make('li', {role: 'option', id: prefix + i, 'aria-selected': 'false', class: small ? null : 'wide',
      onpointerdown: event => { event.preventDefault(); go(i); }}, ...nodes);
  }

  function thingRow({thing, name}) {
    const number = thing.id === undefined ? thing.number : thing.id;
    const doubtful = (thing.marks || 0) & DOUBTFUL || (thing.id !== undefined && data.entities[thing.id].doubtful);
    const told = [name, number === undefined ? '' : apartOf(number), doubtful ? say('doubtShort') : '', thing.id === undefined && !name ? say('notDrawn') : ''];
    return row([dot(thing.type), make('span', {}, thing.label), make('small', {}, told.filter(Boolean).join(' · '))], () => choose(thing));
  }

  function head(text, count) {
    return make('li', {role: 'presentation', class: 'group'}, make('span', {}, text), make('small', {class: 'number'}, String(count)));
  }

  function group({type, count, of}, shown) {
    return [head(term(classes, type), count), ...of.slice(0, shown).map(thingRow)];
  }

  function allowed(thing) { return (withBylines || !((thing.marks || 0) & BYLINE)) && (!may || may(thing)); }

  function show() {
    knowAll();
    hits = [];
    const mine = ++turn;
    const groups = find(box.value, allowed);
    const each = groups.length > 1 ? FIRSTS : HITS;
    const rows = groups.flatMap(one => hits.length < HITS ? group(one, Math.min(each, HITS - hits.length)) : []);
    if (!rows.length) rows.push(make('li', {class: 'nothing', role: 'option', 'aria-disabled': 'true', 'aria-selected': 'false'}, say(more ? 'looking' : 'nothing')));
    list.replaceChildren(...rows);
    list.hidden = !box.value.trim();
    list.scrollTop = 0;
    box.setAttribute('aria-expanded', String(!list.hidden));
    point(0);
    clearTimeout(waiting);
    if (more && box.value.trim()) waiting = setTimeout(() => showMore(mine), RESTING);
  }

  // Facts, texts and questions follow the names, when nothing more is typed.
  async function showMore(mine) {
    const text = box.value;
    const {understood, groups} = await more(text);
    if (mine !== turn || box.value !== text) return;
    const rows = groups.filter(one => one.rows.length).flatMap(one => [head(one.label || say(one.name), one.count),
      ...one.rows.map(({nodes, go}) => row(nodes, go, false))]);
    const signed = withBylines ? 0 : known.filter(thing => (thing.marks || 0) & BYLINE && gradeOf(thing, text.trim().toLowerCase(), '') < NONE).length;
    if (signed) rows.push(row([make('span', {class: 'line'}, say('signedToo', signed))], () => { withBylines = true; box.focus(); show(); }, false));
    if (data.served) rows.push(row([make('span', {class: 'line'}, say('allFound'))], () => location.assign('/search?q=' + encodeURIComponent(text.trim())), false));
    const none = list.querySelector('.nothing');
    if (none && (rows.length > (data.served ? 1 : 0))) none.remove(); else if (none) none.textContent = say('nothingFound');
    if (understood.length) list.prepend(make('li', {role: 'presentation', class: 'group'}, say('understoodAs', understood.join(' · '))));
    list.append(...rows);
    if (hits.length && !box.getAttribute('aria-activedescendant')) point(0);
  }

  function point(i) {
    if (!hits.length) return box.removeAttribute('aria-activedescendant');
    pointed = (i + hits.length) % hits.length;
    hits.forEach((_, k) => byId(prefix + k).setAttribute('aria-selected', String(k === pointed)));
    box.setAttribute('aria-activedescendant', prefix + pointed);
    if (pointed) byId(prefix + pointed).scrollIntoView({block: 'nearest'}); else list.scrollTop = 0;
  }

  function close() {
    list.hidden = true;
    box.setAttribute('aria-expanded', 'false');
  }

  function go(i) {
    if (!hits[i]) return;
    close();
    hits[i]();
  }

  const keys = {ArrowDown: () => point(pointed + 1), ArrowUp: () => point(pointed - 1), Enter: () => go(pointed)};
  box.addEventListener('input', show);
  box.addEventListener('focus', () => { if (box.value.trim()) show(); else knowAll(); });
  box.addEventListener('blur', close);
  box.addEventListener('keydown', event => {
    if (event.isComposing) return; // Enter ends the input of a Chinese word first
    if (keys[event.key]) keys[event.key]();
    else if (event.key === 'Escape' && !list.hidden) close();
    else return;
    event.preventDefault();
    event.stopPropagation();
  });
  return {show};
}

function goToThing(thing) {
  if (thing.number !== undefined) return openOther(thing.number);
  if (thing.id === undefined) return location.assign('/?around=' + encodeURIComponent(thing.iri));
  select({node: thing.id}, true); // the card is where the keyboard goes on
}

function startSearch() {
  const box = byId('search');
  const search = finder(box, byId('hits'), goToThing, null, data.served ? soughtThere : soughtHere);
  document.addEventListener('keydown', event => {
    if (event.key === '/' && !/^(INPUT|TEXTAREA)$/.test(document.activeElement.tagName)) {
      event.preventDefault();
      box.focus();
    }
  });
  // With 50,000 names this takes 70 ms, which the first letter need not wait for.
  (window.requestIdleCallback || setTimeout)(knowAll);
  if (data.served && data.left.entities) box.addEventListener('focus', () => knowRest(search.show), {once: true});
  if (hasRest()) box.addEventListener('focus', () => unpackFor(box, search.show), {once: true});
}

// All other names are found as well, once the box is gone to.
async function unpackFor(box, show) {
  await unpack();
  if (rest.state !== 'there') byId('hits').append(make('li', {class: 'nothing'}, say('noRest', rest.state)));
  else if (box.value.trim() && document.activeElement === box) show();
}

// What the server knows and the page does not draw is found too, once the box is gone to.
async function knowRest(show) {
  const answer = await fetch('/names.json').catch(() => null);
  if (!answer || !answer.ok) return;
  const here = new Set(data.entities.map(entity => entity.iri));
  knowAll();
  for (const [iri, label, type, pinyin, ...aliases] of await answer.json()) {
    if (!here.has(iri)) known.push(nameable(undefined, {iri, label, type, pinyin, aliases}));
  }
  if (byId('search').value.trim() && document.activeElement === byId('search')) show();
}

// Facts, texts and questions that the server finds.
async function soughtThere(text) {
  const given = new URLSearchParams({q: text.trim(), limit: LISTED, only: 'deals,facts,documents,questions'});
  const answer = await fetch('/search.json?' + given).catch(() => null);
  if (!answer || !answer.ok) return {understood: [], groups: []};
  const found = await answer.json();
  const pieces = all => all.map(([part, marked]) => (marked ? make('mark', {}, flowing(part)) : flowing(part)));
  const read = ({document, start, end}) => openDocument({document, start: String(start), end: String(end), quote: ' ', status: ''}, [], []);
  const line = (told, quote, source, go) => ({go, nodes: [make('span', {class: 'line'}, told),
    make('small', {class: 'quote'}, ...pieces(quote), source ? ' · ' + source : '')]});
  const sums = one => one.sums.map(([kind, sum]) => kind + ' ' + sum).join('、');
  const fact = one => line([one.subject.name, term(relations[one.predicate] ? relations : data.attributes, one.predicate), one.object ? one.object.name : one.value].join(' '),
    one.quote, one.document, () => (one.document ? read(one) : location.assign('/?around=' + encodeURIComponent(one.subject.iri))));
  const deal = one => line([one.parts.filter(Boolean).map(part => part.name).join('、'), sums(one)].filter(Boolean).join(' '), one.quote, one.document, () => read(one));
  const paper = one => line(one.title || one.document, one.text, one.document, () => read(one));
  const asked = one => line(one.label[language] || one.label.zh, [[one.comment[language] || one.comment.zh, false]], '', () => location.assign('/ask/' + encodeURIComponent(one.name)));
  return {understood: found.understood.map(one => one.label[language] || one.label.zh), groups: [
    {name: 'deals', count: found.deals.count, rows: found.deals.rows.map(deal)},
    {name: 'facts', count: found.facts.count, rows: found.facts.rows.map(fact)},
    {name: 'documents', count: found.documents.count, rows: found.documents.rows.map(paper)},
    {name: 'questionsFound', count: found.questions.length, rows: found.questions.slice(0, LISTED).map(asked)}]};
}
