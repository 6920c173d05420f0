// Names and aliases in, the best hits in a list below the box; Enter goes there.
const HITS = 12;
let hits = [];
let pointed = 0;

// 0 the whole name, 1 its beginning, 2 inside it; an alias counts a little less.
function fits(id, wanted) {
  let best = null;
  namesOf(id).forEach((name, i) => {
    const at = name.toLowerCase().indexOf(wanted);
    if (at < 0) return;
    const grade = (name.length === wanted.length ? 0 : at === 0 ? 1 : 2) + (i ? 0.5 : 0);
    if (!best || grade < best.grade) best = {id, grade, name: i ? name : ''};
  });
  return best;
}

function find(text) {
  const wanted = text.trim().toLowerCase();
  if (!wanted) return [];
  return byWeight.map(id => fits(id, wanted)).filter(Boolean)
    .sort((a, b) => a.grade - b.grade).slice(0, HITS);
}

function listHits() {
  const box = byId('search');
  const list = byId('hits');
  hits = find(box.value);
  pointed = 0;
  const rows = hits.map((hit, i) => make('li',
    {role: 'option', id: 'hit' + i, onpointerdown: event => { event.preventDefault(); go(i); }},
    dot(data.entities[hit.id].type), make('span', {}, data.entities[hit.id].label),
    make('small', {}, hit.name || term(classes, data.entities[hit.id].type))));
  if (!rows.length) rows.push(make('li', {class: 'nothing'}, say('nothing')));
  list.replaceChildren(...rows);
  list.hidden = !box.value.trim();
  box.setAttribute('aria-expanded', String(!list.hidden));
  point(0);
}

function point(i) {
  if (!hits.length) return byId('search').removeAttribute('aria-activedescendant');
  pointed = (i + hits.length) % hits.length;
  hits.forEach((_, k) => byId('hit' + k).setAttribute('aria-selected', String(k === pointed)));
  byId('search').setAttribute('aria-activedescendant', 'hit' + pointed);
  byId('hit' + pointed).scrollIntoView({block: 'nearest'});
}

function closeHits() {
  byId('hits').hidden = true;
  byId('search').setAttribute('aria-expanded', 'false');
}

function go(i) {
  if (!hits[i]) return;
  closeHits();
  select({node: hits[i].id}, false, true);
}

function startSearch() {
  const box = byId('search');
  box.addEventListener('input', listHits);
  box.addEventListener('focus', () => { if (box.value.trim()) listHits(); });
  box.addEventListener('blur', closeHits);
  box.addEventListener('keydown', event => {
    if (event.isComposing) return; // Enter ends the input of a Chinese word first
    if (event.key === 'ArrowDown') point(pointed + 1);
    else if (event.key === 'ArrowUp') point(pointed - 1);
    else if (event.key === 'Enter') go(pointed);
    else if (event.key === 'Escape' && !byId('hits').hidden) closeHits();
    else return;
    event.preventDefault();
    event.stopPropagation();
  });
  document.addEventListener('keydown', event => {
    if (event.key === '/' && !/^(INPUT|TEXTAREA)$/.test(document.activeElement.tagName)) {
      event.preventDefault();
      box.focus();
    }
  });
}
