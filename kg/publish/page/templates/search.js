// A box and a list below it: what is typed is found; Enter or a click chooses it.
const HITS = 24;  // so many are listed in all
const FIRSTS = 5; // and of each class, where there are several
let boxes = 0;

// Make a box search; `choose` gets what was chosen, `may` says what can be.
function finder(box, list, choose, may = null) {
  const prefix = 'hit' + boxes++ + '-';
  let hits = [];
  let pointed = 0;

  function row(hit) {
    const i = hits.push(hit) - 1;
    return make('li', {role: 'option', id: prefix + i, 'aria-selected': 'false',
      onpointerdown: event => { event.preventDefault(); go(i); }},
    dot(hit.thing.type), make('span', {}, hit.thing.label),
    hit.name || hit.thing.id === undefined ? make('small', {}, hit.name || say('notDrawn')) : '');
  }

  function group({type, count, of}, shown) {
    return [make('li', {role: 'presentation', class: 'group'}, make('span', {}, term(classes, type)),
      make('small', {class: 'number'}, String(count))), ...of.slice(0, shown).map(row)];
  }

  function show() {
    knowAll();
    hits = [];
    const groups = find(box.value, may);
    const each = groups.length > 1 ? FIRSTS : HITS;
    const rows = groups.flatMap(one => hits.length < HITS ? group(one, Math.min(each, HITS - hits.length)) : []);
    if (!rows.length) rows.push(make('li', {class: 'nothing'}, say('nothing')));
    list.replaceChildren(...rows);
    list.hidden = !box.value.trim();
    list.scrollTop = 0;
    box.setAttribute('aria-expanded', String(!list.hidden));
    point(0);
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
    choose(hits[i].thing);
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
  if (thing.id === undefined) return location.assign('/?around=' + encodeURIComponent(thing.iri));
  select({node: thing.id}, true); // the card is where the keyboard goes on
}

function startSearch() {
  const box = byId('search');
  const search = finder(box, byId('hits'), goToThing);
  document.addEventListener('keydown', event => {
    if (event.key === '/' && !/^(INPUT|TEXTAREA)$/.test(document.activeElement.tagName)) {
      event.preventDefault();
      box.focus();
    }
  });
  // With 50,000 names this takes 70 ms, which the first letter need not wait for.
  (window.requestIdleCallback || setTimeout)(knowAll);
  if (data.served && data.left.entities) box.addEventListener('focus', () => knowRest(search.show), {once: true});
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
