// What of a card the filters leave; the rest is counted, and shown when it is asked for.
let unsifted = null; // the card that shows all: a choice, as `chosen` is
let sifted = '';     // what the card left out when it was drawn

const firstClaims = []; // the number of the first claim of each fact
data.facts.reduce((number, fact, id) => { firstClaims[id] = number; return number + fact.claims.length; }, 0);
const firstValues = new Map(); // the same of each thing that has values
claims.entity.forEach((id, number) => { if (id >= 0 && !firstValues.has(id)) firstValues.set(id, number); });

function sameChoice(one, other) { return Boolean(one && other) && one.node === other.node && one.edge === other.edge; }
function showsAll() { return sameChoice(unsifted, chosen); }

function valueGone(id, i) { return seen.claims[firstValues.get(id) + i] === 1; }
function claimGone(fact, i) { return seen.claims[firstClaims[fact] + i] === 1; }

// Facts, values and claims that the card of a choice has, and which of them are filtered out.
function leftOutOf({node, edge}) {
  const facts = node === undefined ? [] : touching[node].filter(lineFilteredOut);
  const values = node === undefined ? [] : data.entities[node].attributes.flatMap((_, i) => (valueGone(node, i) ? [i] : []));
  const own = node === undefined ? data.facts[edge].claims.flatMap((_, i) => (claimGone(edge, i) ? [i] : [])) : [];
  return {facts, values, claims: own};
}

// The facts of a thing that its card lists, and the claims of a fact.
function factsPassing(id) { return showsAll() ? touching[id] : touching[id].filter(fact => !lineFilteredOut(fact)); }
function valuesPassing(id) { return data.entities[id].attributes.filter((_, i) => showsAll() || !valueGone(id, i)); }

function claimsPassing(fact) {
  const all = data.facts[fact].claims;
  const found = all.filter((_, i) => !claimGone(fact, i));
  // Of a fact that is filtered out as a whole, and shown all the same, every claim is shown.
  return showsAll() || !found.length ? all : found;
}

// What the card leaves out, in words, with a button that shows it, or takes it away again.
function leftOutLine(choice) {
  const out = leftOutOf(choice);
  sifted = JSON.stringify(out);
  const number = out.facts.length + out.values.length + out.claims.length;
  if (!number) return '';
  const all = showsAll();
  const word = out.claims.length ? 'claimsSifted' : 'factsSifted';
  return make('p', {class: 'sifted'}, all ? '' : make('span', {}, say(word, number)),
    make('button', {type: 'button', class: 'plain', id: 'sifted', onclick: () => {
      unsifted = all ? null : {...choice};
      redrawCard();
      byId('sifted').focus();
    }}, all ? say('siftAgain', number) : say('showSifted')));
}

// Draw the card of what is chosen anew, where it is scrolled to.
function redrawCard() {
  const panel = byId('panel');
  const at = panel.scrollTop;
  if (chosen.node === undefined) openEdge(chosen.edge); else openNode(chosen.node);
  panel.scrollTop = at;
}

// After a change of the filters, if it changes the card.
function followCard() {
  if (!chosen || walked || byId('panel').hidden) return;
  if (JSON.stringify(leftOutOf(chosen)) !== sifted) redrawCard();
}
