// What is left out of the drawing. Every filter may hide entities and facts; a fact is drawn
// where both its ends are. What the filters do is said in a line above the graph.
const filters = [];
const gone = new Uint8Array(data.entities.length);
const goneLines = new Uint8Array(data.facts.length);

// A filter: `tell` says in words what it keeps, '' while it keeps everything; `hides` and
// `hidesFact` (either may be missing) say so of one; `clear` ends it; `reveal(id)`, where there
// is one, changes it just so that an entity is seen.
function addFilter(filter) { filters.push(filter); }

function hidden(id) { return gone[id] === 1; }
function lineHidden(id) { return goneLines[id] === 1; }

// Look at all the filters anew, after one of them has changed.
function refilter() {
  const active = filters.filter(filter => filter.tell());
  const nodes = active.filter(filter => filter.hides);
  const lines = active.filter(filter => filter.hidesFact);
  for (let id = 0; id < gone.length; id++) gone[id] = nodes.some(filter => filter.hides(id)) ? 1 : 0;
  data.facts.forEach(({s, o}, id) => {
    goneLines[id] = gone[s] || gone[o] || lines.some(filter => filter.hidesFact(id)) ? 1 : 0;
  });
  filteredLine(active);
  refresh();
  keep();
  walkAgain();
}

// Make sure that an entity is seen, whatever is filtered.
function reveal(id) {
  const hiding = filters.filter(filter => filter.tell() && filter.hides && filter.hides(id));
  for (const filter of hiding) (filter.reveal || filter.clear)(id);
  if (hiding.length) refilter();
}

function clearFilters() {
  for (const filter of filters) filter.clear();
  refilter();
}

function filteredLine(active) {
  const line = byId('filtered');
  line.hidden = !active.length;
  if (line.hidden) return;
  const left = gone.length - gone.reduce((sum, one) => sum + one, 0);
  line.replaceChildren(
    make('span', {class: 'number'}, say('filtered', left, gone.length)),
    ...active.map(filter => make('button', {type: 'button', class: 'kept', title: say('unfilter'), onclick: () => {
      filter.clear();
      refilter();
      (line.querySelector('button') || byId('legend').firstElementChild).focus();
    }}, filter.tell(), make('span', {'aria-hidden': 'true'}, ' ×'))),
    active.length > 1 ? make('button', {type: 'button', class: 'plain', onclick: clearFilters}, say('unfilterAll')) : '');
}
