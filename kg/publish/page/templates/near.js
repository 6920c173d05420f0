// Only what lies around one thing; it grows by the neighbours of each thing that is opened.
const PORTION = 40; // neighbours that one step adds at most, the most linked first
let nearby = [];    // what was opened, in order; the first is the centre. Again: one more portion
let near = null;    // what is shown, null: everything
let laid = [];      // for which openings the places below were found
let spots = new Map(); // where each thing is drawn

function leadsTo(id, fact) { return data.facts[fact].s === id ? data.facts[fact].o : data.facts[fact].s; }

// What the other filters leave out.
function leftOut() { return sift(activeFilters().filter(filter => filter !== nearFilter)); }

// Neighbours of a thing that are not left out, the most linked first.
function neighboursOf(id, out) {
  const others = new Set(touching[id].filter(fact => !out.lines[fact]).map(fact => leadsTo(id, fact)));
  others.delete(id);
  return [...others].sort((a, b) => touching[b].length - touching[a].length || a - b);
}

// What is shown after everything was opened in its order; new things stand by what opened them.
function unfolded(openings, out) {
  const found = new Map([[openings[0], null]]);
  for (const id of openings) {
    if (!found.has(id)) { found.set(id, null); continue; }
    for (const other of neighboursOf(id, out).filter(one => !found.has(one)).slice(0, PORTION)) found.set(other, id);
  }
  return found;
}

// How many facts of a thing lead to what is not shown: on this page, and beyond it.
function folded(id) {
  return {here: touching[id].filter(fact => !near.has(leadsTo(id, fact))).length, beyond: data.entities[id].unseen || 0};
}

function showNear() {
  if (!nearby.length) {
    near = null;
    network.place(null);
    return;
  }
  if (!laid.length || !laid.every((id, i) => nearby[i] === id)) [laid, spots] = [[], new Map()];
  const out = leftOut();
  // One opening after the other, so that an address leads to the same places.
  while (laid.length < nearby.length) {
    laid.push(nearby[laid.length]);
    spots = laidAround(unfolded(laid, out), spots);
  }
  near = new Set(spots.keys());
  network.place(spots);
  miniStale();
}

function changeNear(opened) {
  nearby = opened;
  showNear();
  keep(true);
  refilter();
  if (near) fitOn([...near].filter(id => !hidden(id))); else fitAll();
  if (chosen && chosen.node !== undefined) openNode(chosen.node);
}

function startNear(id) {
  near = null;
  select({node: id});
  changeNear([id]);
}

// Show the neighbours of a thing too, or more of them.
function unfold(id) { changeNear([...nearby, ...(near.has(id) ? [id] : [id, id])]); }

// Take its neighbours away again, and what only they led to.
function fold(id) {
  const rest = nearby.filter(one => one !== id);
  nearby = rest;
  const [led, out] = [new Set([rest[0]]), leftOut()];
  for (const one of rest) if (led.has(one)) for (const other of neighboursOf(one, out)) led.add(other);
  changeNear(rest.filter(one => led.has(one)));
}

const nearFilter = {
  tell: () => near ? say('nearTold', data.entities[nearby[0]].label,
    data.facts.filter(({s, o}) => near.has(s) !== near.has(o)).length) : '',
  hides: id => near !== null && !near.has(id),
  clear: () => {
    nearby = [];
    showNear();
    keep(true);
    refilter();
    fitAll();
    if (chosen && chosen.node !== undefined) openNode(chosen.node);
  },
  reveal: id => {
    nearby = [...nearby, id];
    showNear();
  },
};

// The whole neighbourhood from the server: the page of what was opened, and of one thing more.
function fetchAround(id) {
  const iris = [...new Set([id, ...nearby])].map(one => data.entities[one].iri);
  const rest = iris.length > 1 ? iris.slice(1) : iris;
  location.assign('/?' + iris.map(iri => 'around=' + encodeURIComponent(iri)).join('&')
    + '#node=' + encoded(iris[0]) + '&near=' + encoded([...rest, iris[0]].join(' ')));
}

// What can be done with a thing: see it alone with its neighbours, more of them, fewer.
function nearActs(id) {
  const act = (word, does, ...values) => make('button', {type: 'button', class: 'plain', onclick: does}, say(word, ...values));
  const {here, beyond} = near ? folded(id) : {here: 0, beyond: data.entities[id].unseen || 0};
  const found = [];
  if (here) found.push(act('unfold', () => unfold(id), here));
  if (near && nearby.includes(id) && id !== nearby[0]) found.push(act('fold', () => fold(id)));
  if (!near || id !== nearby[0]) found.push(act('alone', () => startNear(id)));
  if (beyond && data.served) found.push(act('fetchAround', () => fetchAround(id), beyond));
  else if (beyond) found.push(make('span', {class: 'kind'}, say('beyond', beyond)));
  return found;
}

function startNearby() {
  addFilter(nearFilter);
  inAddress('near', {
    read: () => nearby.map(id => data.entities[id].iri).join(' '),
    write: text => {
      const numbers = new Map(data.entities.map((entity, id) => [entity.iri, id]));
      nearby = text.split(' ').filter(iri => numbers.has(iri)).map(iri => numbers.get(iri));
      showNear();
      refilter();
      if (near) fitOn([...near].filter(id => !hidden(id))); else fitAll();
      if (chosen && chosen.node !== undefined) openNode(chosen.node);
    },
  });
  network.on('doubleClick', ({nodes}) => {
    if (!nodes.length) return;
    if (near) unfold(nodes[0]); else startNear(nodes[0]);
  });
}
