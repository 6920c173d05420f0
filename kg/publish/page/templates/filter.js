// What is left out of the drawing. Every filter may hide entities, facts and single claims; a
// fact is drawn where both its ends are and a claim of it is left. What the filters do is said
// in a line above the graph.
const filters = [];
const followers = new Map(); // what shows the state of the filters elsewhere, by name
let passed = sift([]); // what all the filters together leave out
let seen = passed;     // the same, with what the first picture folds away (first.js)

// A filter: `tell` says in words what it keeps, '' while it keeps everything; `hides(id)`,
// `hidesFact(id)` and `hidesClaim(number)`, any of which may be missing, say what is out;
// `loose(id)`, of which entities are seen for a fact alone: where none is left they go too;
// `clear` ends it; `reveal(id)`, where there is one, changes it just so that an entity is seen;
// `prepare`, where there is one, is called before it is asked; `count(left)` gets what the other filters leave, to tell how much each choice would keep.
function addFilter(filter) { filters.push(filter); }

// Have something done after every change of the filters.
function afterFilters(name, follow) { followers.set(name, follow); }

function hidden(id) { return seen.nodes[id] === 1; }
function lineHidden(id) { return seen.lines[id] === 1; }
// What no filter leaves out is told of and exported, whether it is drawn at first or not.
function filteredOut(id) { return passed.nodes[id] === 1; }
function lineFilteredOut(id) { return passed.lines[id] === 1; }

// What some filters leave out: 1 for each entity, fact and claim that is not seen.
function sift(active) {
  const having = name => active.filter(filter => filter[name]);
  const [byClaim, byFact, byNode, loosening] = ['hidesClaim', 'hidesFact', 'hides', 'loose'].map(having);
  const out = {
    nodes: new Uint8Array(data.entities.length),
    lines: new Uint8Array(data.facts.length).fill(1),
    claims: new Uint8Array(claims.fact.length),
  };
  const alone = new Uint8Array(data.entities.length); // something is left that is said of it alone
  for (let number = 0; number < out.claims.length; number++) {
    if (byClaim.some(filter => filter.hidesClaim(number))) out.claims[number] = 1;
    else if (claims.fact[number] >= 0) out.lines[claims.fact[number]] = 0;
    else alone[claims.entity[number]] = 1;
  }
  for (let id = 0; id < out.nodes.length; id++) out.nodes[id] = byNode.some(filter => filter.hides(id)) ? 1 : 0;
  const linked = new Uint8Array(data.entities.length);
  data.facts.forEach(({s, o}, id) => {
    if (out.nodes[s] || out.nodes[o] || byFact.some(filter => filter.hidesFact(id))) out.lines[id] = 1;
    if (!out.lines[id]) linked[s] = linked[o] = 1;
  });
  for (let id = 0; id < out.nodes.length; id++) {
    if (linked[id]) continue;
    if ((byClaim.length && !alone[id]) || loosening.some(filter => filter.loose(id))) out.nodes[id] = 1;
  }
  return out;
}

function activeFilters() { return filters.filter(filter => filter.tell()); }

// Look at all the filters anew, after one of them has changed.
function look() {
  const active = activeFilters();
  for (const filter of active) if (filter.prepare) filter.prepare();
  passed = sift(active);
  seen = firstPicture(passed);
  for (const filter of filters.filter(one => one.count)) {
    filter.count(active.includes(filter) ? sift(active.filter(other => other !== filter)) : passed);
  }
  filteredLine(active);
  refresh();
  for (const follow of followers.values()) follow();
}

// The same, kept in the address; with `push` the back button leads to what was before.
function refilter(push = false) {
  look();
  layAnew();
  keep(push);
}

// The same after a choice that keeps a part: what is left is brought into the window.
function narrow() {
  refilter(true);
  if (!chosen) fitSeen();
}

// Make sure that something is seen, whatever is filtered: end what alone hides it, else all.
function uncover(isGone, id) {
  if (!isGone(seen)) return;
  for (const filter of activeFilters().filter(one => isGone(sift([one])))) (filter.reveal || filter.clear)(id);
  if (id !== undefined) wanted.add(id); // it may be folded away
  refilter();
  if (isGone(seen)) clearFilters();
}

function reveal(id) { uncover(left => left.nodes[id], id); }
function revealFact(id) {
  reveal(data.facts[id].s);
  reveal(data.facts[id].o);
  uncover(left => left.lines[id], data.facts[id].s);
}

function clearFilters() {
  for (const filter of filters) filter.clear();
  narrow();
}

function left(mask) { return mask.length - mask.reduce((sum, one) => sum + one, 0); }

function filteredLine(active) {
  const line = byId('filtered');
  line.hidden = !active.length;
  byId('nothing').hidden = !active.length || !data.entities.length || left(seen.nodes) > 0;
  if (line.hidden) return line.replaceChildren();
  const held = line.contains(document.activeElement);
  line.replaceChildren(
    make('span', {class: 'number'}, say('filtered',
      left(seen.nodes), seen.nodes.length, left(seen.lines), seen.lines.length)),
    ...active.map(filter => make('button', {type: 'button', class: 'kept', title: say('unfilter'), onclick: () => {
      filter.clear();
      narrow();
      (line.querySelector('button') || byId('legend').firstElementChild).focus();
    }}, filter.tell(), make('span', {'aria-hidden': 'true'}, ' ×'))),
    active.length > 1 ? make('button', {type: 'button', class: 'plain', onclick: clearFilters}, say('unfilterAll')) : '');
  if (held && line.querySelector('button')) line.querySelector('button').focus();
}
