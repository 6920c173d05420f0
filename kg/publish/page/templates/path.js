// How two things hang together: chains of facts over what is not filtered out, the shortest
// first; then those that are one link longer.
const CHAINS = 12;     // so many are shown
const LOOKED = 300;    // so many are looked at; those through less linked things say more
const TRIED = 200000;  // links that are tried for them
let walked = null;     // {from, to, chains, at}: the ends, what joins them, which one is bright

// How many links lead from each thing to one, -1 where none do.
function stepsTo(goal) {
  const steps = new Int32Array(data.entities.length).fill(-1);
  steps[goal] = 0;
  const todo = [goal];
  for (const id of todo) {
    for (const fact of touching[id]) {
      const other = leadsTo(id, fact);
      if (lineFilteredOut(fact) || steps[other] >= 0) continue;
      steps[other] = steps[id] + 1;
      todo.push(other);
    }
  }
  return steps;
}

// Chains of exactly so many links, as lists of things, none of which comes twice.
function chainsOf(length, from, to, steps) {
  const found = [];
  const chain = [from];
  let tried = 0;
  const go = id => {
    if (id === to) {
      if (chain.length === length + 1) found.push([...chain]);
      return;
    }
    const next = new Set(touching[id].filter(fact => !lineFilteredOut(fact)).map(fact => leadsTo(id, fact)));
    for (const other of next) {
      if (found.length >= LOOKED || ++tried > TRIED) return;
      if (chain.includes(other) || chain.length + steps[other] > length) continue;
      chain.push(other);
      go(other);
      chain.pop();
    }
  };
  go(from);
  const crowd = one => one.slice(1, -1).reduce((sum, id) => sum + Math.log2(1 + touching[id].length), 0);
  return found.map(one => [crowd(one), one]).sort((a, b) => a[0] - b[0]).map(([, one]) => one);
}

function chainsBetween(from, to) {
  const steps = stepsTo(to);
  if (steps[from] < 1) return [];
  const shortest = chainsOf(steps[from], from, to, steps);
  const longer = shortest.length < CHAINS ? chainsOf(steps[from] + 1, from, to, steps) : [];
  return [...shortest, ...longer].slice(0, CHAINS);
}

// The facts between two neighbours of a chain.
function factsBetween(one, other) {
  return touching[one].filter(fact => !lineFilteredOut(fact) && leadsTo(one, fact) === other);
}

// Show what joins two things.
function walk(from, to) {
  chosen = null;
  walked = {from, to, chains: chainsBetween(from, to), at: 0};
  keep(true);
  for (const id of [from, to]) reveal(id);
  openWalk(); // first: the chain is shown in what it leaves free
  brighten(0);
  byId('panel').querySelector('h2').focus();
}

function light(at) {
  walked.at = at;
  const chain = walked.chains[at] || [walked.from, walked.to];
  const facts = chain.slice(1).flatMap((id, i) => factsBetween(chain[i], id));
  shown = {nodes: new Set(chain), edges: new Set(facts), centre: new Set(chain)};
  network.unselectAll();
  refresh();
}

// Make one chain bright and bring it into the window.
function brighten(at) {
  light(at);
  byId('panel').hidden = false;
  fitOn([...shown.nodes].filter(id => !hidden(id)));
}

// After a filter has changed, other chains may join the two.
function walkAgain() {
  if (!walked) return;
  walked.chains = chainsBetween(walked.from, walked.to);
  light(0);
  openWalk();
}

function goalBox(from) {
  const box = make('input', {type: 'search', id: 'goal', role: 'combobox', autocomplete: 'off', spellcheck: 'false',
    'aria-autocomplete': 'list', 'aria-expanded': 'false', 'aria-controls': 'goals',
    placeholder: say('goal'), 'aria-label': say('goal')});
  const list = make('ul', {id: 'goals', role: 'listbox', hidden: true});
  finder(box, list, thing => walk(from, thing.id), thing => thing.id !== undefined && thing.id !== from);
  return make('div', {class: 'search'}, box, list);
}

// Ask where a path from a thing is to lead.
function askPath(from) {
  open(make('span', {class: 'kind'}, say('path')), heading(data.entities[from].label), goalBox(from));
  byId('goal').focus();
}

function openWalk() {
  const {from, to, chains} = walked;
  const length = chains.length ? chains[0].length - 1 : 0;
  open(make('span', {class: 'kind'}, say('path')),
    heading(data.entities[from].label + ' → ' + data.entities[to].label), goalBox(from),
    make('p', {}, from === to ? say('pathSame') : length ? say('pathFound', chains.length, length) : say(activeFilters().length ? 'pathFiltered' : 'pathNone')),
    ...chains.map(chainCard));
}

function chainCard(chain, at) {
  const card = make('details', {class: 'chain', open: at === walked.at},
    make('summary', {}, make('span', {}, chain.slice(1, -1).map(id => data.entities[id].label).join(' → ') || say('pathDirect')),
      make('small', {class: 'number'}, say('steps', chain.length - 1))),
    thing(chain[0]), ...chain.slice(1).flatMap((id, i) => [...factsBetween(chain[i], id).map(fact => hop(chain[i], fact)), thing(id)]));
  card.firstElementChild.addEventListener('click', () => {
    if (!card.open && walked) brighten(at);
  });
  return card;
}

function hop(from, id) {
  const fact = data.facts[id];
  const arrow = (relations[fact.p] || {}).symmetric ? '↕ ' : fact.s === from ? '↓ ' : '↑ ';
  const claims = fact.claims.map(claim => evidence(claim, namesOf(fact.s), namesOf(fact.o)));
  const statuses = [...new Set(fact.claims.map(claim => claim.status).filter(Boolean))];
  return make('div', {class: 'hop'}, make('b', {}, arrow + term(relations, fact.p)), ' ', ...statuses.map(statusBadge), ...claims);
}

function startPath() {
  afterFilters('path', walkAgain);
  inAddress('path', {
    read: () => walked ? [walked.from, walked.to].map(id => data.entities[id].iri).join(' ') : '',
    write: text => {
      const ends = text.split(' ').map(iri => data.entities.findIndex(entity => entity.iri === iri));
      if (ends.length === 2 && ends.every(id => id >= 0)) walk(...ends);
      else if (walked) select(null);
    },
  });
}
