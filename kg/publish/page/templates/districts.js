// The places as a tree: what is in each of them, with the places within it.
function districtSection({classes: columns, tree, bare}) {
  if (!tree.length) return null;
  const head = make('div', {class: 'place head'}, make('span', {class: 'what'}, say('placesWithin')),
    ...columns.map(name => make('span', {class: 'count', title: term(classes, name)}, dot(name),
      make('span', {}, language === 'zh' ? Array.from(term(classes, name)).slice(0, 2).join('') : term(classes, name)))));
  const list = make('ul', {class: 'places', role: 'tree', 'aria-label': say('districts'),
    onkeydown: event => moveInTree(event, list)}, ...branches(tree, columns, 0));
  const first = list.querySelector('[role=treeitem]');
  if (first) first.tabIndex = 0;
  afterFilters('districts', markPlaces);
  const more = bare ? [make('p', {class: 'source'}, say('bare', bare))] : [];
  return toldSection('districts', null, [head, list, ...more]);
}

function branches(tree, columns, depth) {
  const shown = tree.slice(0, MANY).map(branch => placeLine(branch, columns, depth));
  if (tree.length <= MANY) return shown;
  const rest = make('li', {role: 'none'}, make('button', {type: 'button', class: 'plain', onclick: () => {
    rest.replaceWith(...tree.slice(MANY).map(branch => placeLine(branch, columns, depth)));
  }}, say('more', tree.length - MANY)));
  return [...shown, rest];
}

function placeLine([number, counts, inner], columns, depth) {
  const {label, subtype, type} = thingOf(number);
  const fold = make('span', {class: 'twist', 'aria-hidden': 'true'}, inner.length ? '▸' : '');
  const line = make('div', {class: 'place'}, fold, make('span', {class: 'what', title: label}, label,
    make('small', {}, ' ' + subtypeOf(type, subtype))),
  ...counts.map((count, i) => make('span', {class: 'count', title: term(classes, columns[i]) + ' ' + count, 'data-count': count || '·'})));
  line.style.paddingLeft = depth * 14 + 'px';
  const item = make('li', {role: 'treeitem', tabindex: '-1', title: say('onlyPlaceOrAll'), 'aria-selected': String(keptAlone(thingOf(number).iri)), 'aria-level': depth + 1, 'data-place': number,
    'aria-label': [[label, subtypeOf(type, subtype)].filter(Boolean).join(' '), ...counts.map((count, i) => term(classes, columns[i]) + ' ' + count)].join('，'),
    'aria-expanded': inner.length ? 'false' : null}, line);
  const turn = open => {
    if (!inner.length || open === (item.getAttribute('aria-expanded') === 'true')) return;
    item.setAttribute('aria-expanded', String(open));
    fold.textContent = open ? '▾' : '▸';
    if (open) item.append(make('ul', {role: 'group'}, ...branches(inner, columns, depth + 1)));
    else item.lastElementChild.remove();
  };
  item.turn = turn;
  line.addEventListener('click', event => {
    if (event.target === fold) return turn(item.getAttribute('aria-expanded') !== 'true');
    turn(true);
    leadToPlace(number);
  });
  return item;
}

// Keep a place with all that belongs to it; again ends it. What this page has nothing of has a card.
function leadToPlace(number) {
  const {iri} = thingOf(number);
  if (!placeNumbers.has(iri)) return leadToCard(number);
  closeDrawer();
  if (!keptAlone(iri)) return keepPlace(iri);
  keptPlaces.clear();
  narrow();
}

function keptAlone(iri) { return keptPlaces.size === 1 && keptPlaces.has(iri); }

function markPlaces() {
  for (const item of byId('side').querySelectorAll('[data-place]')) {
    item.setAttribute('aria-selected', String(keptAlone(thingOf(item.dataset.place).iri)));
  }
}

// Arrows move and open as in every tree, Enter goes to the place.
function moveInTree(event, list) {
  const item = event.target.closest('[role=treeitem]');
  if (!item || item !== event.target) return;
  const items = [...list.querySelectorAll('[role=treeitem]')];
  const at = items.indexOf(item);
  const open = item.getAttribute('aria-expanded');
  const above = item.parentElement.closest('[role=treeitem]');
  const to = {ArrowDown: items[at + 1], ArrowUp: items[at - 1], Home: items[0], End: items[items.length - 1],
    ArrowLeft: open === 'true' ? item : above, ArrowRight: open === 'true' ? items[at + 1] : item}[event.key];
  if (event.key === 'Enter' || event.key === ' ') leadToPlace(Number(item.dataset.place));
  else if (event.key === 'ArrowRight') item.turn(true);
  else if (event.key === 'ArrowLeft') item.turn(false);
  else if (!to) return;
  event.preventDefault();
  if (!to) return;
  item.tabIndex = -1;
  to.tabIndex = 0;
  to.focus();
}
