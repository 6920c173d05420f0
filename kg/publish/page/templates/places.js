// Things by the places that they belong to: a place is kept with all that lies in it, at any
// depth, and where asked with what a fact links to something of these.
const keptPlaces = new Set();  // IRIs
const openPlaces = new Set();
const placeNumbers = new Map(data.places.map(([iri], i) => [iri, i]));
const within = data.places.map((_, i) => upward(i)); // numbers of a place and of all above it
const below = data.places.map(() => []);
data.places.forEach(([, , above], i) => above.forEach(other => below[other].push(i)));
let linkedToo = true;
let inside = new Uint8Array(data.entities.length); // what belongs to a kept place
let placeCounts = data.places.map(() => 0);

function upward(number) {
  const found = new Set([number]);
  for (const one of found) for (const above of data.places[one][2]) found.add(above);
  return found;
}

function placesOf(id) {
  const found = new Set();
  for (const one of data.belongs[id]) for (const above of within[one]) found.add(above);
  return found;
}

function learnInside() {
  const kept = [...keptPlaces].map(iri => placeNumbers.get(iri));
  inside = Uint8Array.from(data.belongs, own =>
    own.some(place => kept.some(wanted => within[place].has(wanted))) ? 1 : 0);
}

// In the address a place goes by the end of its IRI, where no other place ends so.
const placeEnds = data.places.map(([iri]) => iri.slice(Math.max(iri.lastIndexOf('/'), iri.lastIndexOf('#')) + 1));
function placeName(iri) {
  const end = placeEnds[placeNumbers.get(iri)];
  return end && placeEnds.indexOf(end) === placeEnds.lastIndexOf(end) ? end : iri;
}
function placeCalled(name) {
  const number = placeNumbers.has(name) ? placeNumbers.get(name) : placeEnds.indexOf(name);
  return number >= 0 ? data.places[number][0] : '';
}

// Keep one place and nothing else, with nothing chosen before the rest.
function keepPlace(iri) {
  keptPlaces.clear();
  keptPlaces.add(iri);
  select(null);
  narrow();
}

// What can be done with a place on its card.
function placeActs({iri}) {
  return placeNumbers.has(iri) ? [make('p', {}, make('button', {type: 'button', class: 'plain',
    onclick: () => keepPlace(iri)}, say('keepPlace')))] : [];
}

function byCount(a, b) { return placeCounts[b] - placeCounts[a] || a - b; }

// The places that lie in none, and those that lie in each other only.
function rootPlaces() {
  const reached = new Set();
  const roots = [];
  const take = root => {
    if (reached.has(root)) return;
    roots.push(root);
    const todo = [root];
    while (todo.length) {
      const one = todo.pop();
      if (!reached.has(one)) todo.push(...below[one]);
      reached.add(one);
    }
  };
  data.places.forEach(([, , above], i) => { if (!above.length) take(i); });
  data.places.forEach((_, i) => take(i));
  return roots;
}

function placeRow(number, path) {
  const [iri, label] = data.places[number];
  return tick(keptPlaces, iri, placeCounts[number],
    make('span', {class: 'two'}, make('span', {}, label), path ? make('small', {}, path) : ''));
}

// A place with a button that unfolds those in it. A place is not drawn inside itself.
function placeBranch(number, above = []) {
  const [iri, label] = data.places[number];
  const inner = below[number].filter(one => one !== number && !above.includes(one)).sort(byCount);
  const open = openPlaces.has(iri);
  const fold = () => {
    if (!openPlaces.delete(iri)) openPlaces.add(iri);
    drawPlaces();
  };
  return make('li', {}, make('div', {class: 'branch', 'data-key': iri},
    inner.length ? make('button', {type: 'button', class: 'fold', 'aria-expanded': String(open),
      'aria-label': say(open ? 'foldPlace' : 'unfoldPlace', label), onclick: fold}, open ? '▾' : '▸')
      : make('span', {class: 'fold'}), placeRow(number)),
  open ? make('ul', {}, ...inner.map(one => placeBranch(one, [...above, number]))) : '');
}

function pathOf(number) {
  return [...within[number]].slice(1).map(one => data.places[one][1]).join(' · ');
}

function drawPlaces() {
  menuHead('place', keptPlaces.size, data.places.length > 0);
  if (!byId('place').open) return;
  byId('linkedToo').checked = linkedToo;
  const wanted = typed('place');
  const numbers = data.places.map((_, i) => i);
  const found = wanted
    ? numbers.filter(i => data.places[i][1].toLowerCase().includes(wanted)).sort(byCount)
    : rootPlaces().sort(byCount);
  const shownRows = found.slice(0, ROWS);
  const list = wanted ? make('div', {}, ...shownRows.map(i => placeRow(i, pathOf(i))))
    : make('ul', {}, ...shownRows.map(i => placeBranch(i)));
  const keys = new Set([...list.querySelectorAll('[data-key]')].map(row => row.dataset.key));
  // What is chosen stays in sight, so that it can be taken back.
  const elsewhere = numbers.filter(i => keptPlaces.has(data.places[i][0]) && !keys.has(data.places[i][0]));
  rowsInto(byId('places'), [...elsewhere.map(i => placeRow(i, pathOf(i))), list,
    found.length > ROWS ? make('p', {class: 'kind'}, say('rest', found.length - ROWS))
      : found.length ? '' : make('p', {class: 'kind'}, say('nothing'))].filter(Boolean));
}

function placesTold() {
  const names = [...keptPlaces].map(iri => data.places[placeNumbers.get(iri)][1]);
  return names.length ? say(linkedToo ? 'keptPlacesLinked' : 'keptPlaces', few(names, 'andMore')) : '';
}

function startPlaces() {
  addFilter({
    tell: placesTold,
    prepare: learnInside,
    clear: () => keptPlaces.clear(),
    hides: id => !linkedToo && !inside[id],
    loose: id => !inside[id],
    hidesFact: id => !inside[data.facts[id].s] && !inside[data.facts[id].o],
    count: out => {
      placeCounts = data.places.map(() => 0);
      data.entities.forEach((_, id) => {
        if (!out.nodes[id]) for (const place of placesOf(id)) placeCounts[place] += 1;
      });
      drawPlaces();
    },
  });
  inAddress('place', {
    read: () => listed([...keptPlaces].map(placeName).sort()),
    write: text => {
      keptPlaces.clear();
      for (const name of unlisted(text)) if (placeCalled(name)) keptPlaces.add(placeCalled(name));
      refilter();
    },
  });
  inAddress('linked', {
    read: () => linkedToo ? '' : 'no',
    write: text => { linkedToo = text !== 'no'; refilter(); },
  });
  byId('linkedToo').addEventListener('change', event => {
    linkedToo = event.target.checked;
    narrow();
  });
  menuSearch('place', drawPlaces);
}
