// The first picture: of more things than can be told apart at a glance, those that have most to
// tell; places in larger places are left to the cards, and what has no relation is counted.
const PICTURE = Math.max(60, Math.min(300, Math.round(innerWidth * innerHeight / 5400)));
const LONELY = 12; // so many things without a relation may stand in any picture
const BESIDE = 40; // neighbours that come along with a thing that is asked for
const folds = {rest: true, bare: true}; // what is folded away until it is asked for
const wanted = new Set(); // what was asked for by name, whatever is folded
let missing = ''; // what the address names and the page does not draw
let foldedAway = {rest: 0, bare: 0};
const interest = data.entities.map((entity, id) => (entity.interest === undefined ? touching[id].length : entity.interest));
const byInterest = drawn.map(node => node.id)
  .sort((a, b) => interest[b] - interest[a] || touching[b].length - touching[a].length || a - b);
// What has no relation and no value: a plan with its number tells something.
const bareThings = byInterest.filter(id => !touching[id].length && !data.entities[id].unseen && !data.entities[id].attributes.length && !data.entities[id].deals);
const crowded = data.around === null && drawn.length - bareThings.length > PICTURE;
const lonely = data.around === null && bareThings.length > LONELY;

function isPlace(id) { return Boolean((classes[data.entities[id].type] || {}).place); }

// Whether a fact only tells in which larger place a place lies.
const inLarger = Uint8Array.from(data.facts, ({s, o, p}) => ((relations[p] || {}).holds && isPlace(s) && isPlace(o) ? 1 : 0));

// What is seen of what the filters leave: a mask as `sift` gives it.
function firstPicture(out) {
  foldedAway = {rest: 0, bare: 0};
  if (near || story || (!crowded && !lonely)) return out;
  const kept = {...out, nodes: out.nodes.slice(), lines: out.lines.slice()};
  if (lonely && folds.bare) for (const id of bareThings) if (!kept.nodes[id]) { kept.nodes[id] = 1; foldedAway.bare += 1; }
  if (!crowded || !folds.rest) return kept;
  const told = kept.nodes.slice();
  // Who chooses relations has chosen those between places too.
  if (!hiddenRelations.size) inLarger.forEach((holds, id) => { if (holds) kept.lines[id] = 1; });
  keepFirst(kept);
  if (left(kept.lines) === 0) return {...kept, nodes: told, lines: out.lines};
  if (!folds.bare) for (const id of bareThings) kept.nodes[id] = out.nodes[id];
  for (const id of wanted) askIn(id, out, kept);
  foldedAway.rest = left(told) - left(kept.nodes);
  return kept;
}

// Only the first by interest that have a line, and no thing whose lines lead to none of these.
function keepFirst(kept) {
  const linked = linkedBy(kept.lines);
  const few = byInterest.filter(id => !kept.nodes[id] && linked[id]).slice(0, PICTURE);
  kept.nodes.fill(1);
  for (const id of few) kept.nodes[id] = 0;
  data.facts.forEach(({s, o}, id) => { if (kept.nodes[s] || kept.nodes[o]) kept.lines[id] = 1; });
  const joined = linkedBy(kept.lines);
  for (const id of few) if (!joined[id]) kept.nodes[id] = 1;
}

function linkedBy(lines) {
  const linked = new Uint8Array(data.entities.length);
  data.facts.forEach(({s, o}, id) => { if (!lines[id]) linked[s] = linked[o] = 1; });
  return linked;
}

// A thing that is asked for is seen with what is linked to it.
function askIn(id, out, kept) {
  if (out.nodes[id]) return;
  const facts = touching[id].filter(fact => !out.lines[fact]);
  const others = new Set(facts.map(fact => leadsTo(id, fact)).sort((a, b) => interest[b] - interest[a] || a - b).slice(0, BESIDE));
  kept.nodes[id] = 0;
  for (const other of others) kept.nodes[other] = 0;
  for (const fact of facts) if (others.has(leadsTo(id, fact))) kept.lines[fact] = 0;
}

function unfoldRest(open) {
  folds.rest = !open;
  refilter(true);
  if (!chosen) fitAll();
  noteLine();
  byId('note').querySelector('button').focus();
}

// What is drawn and what is not: each count opens what it counts.
function noteLine() {
  const {bare = 0, entities, facts, around: centre} = data.left;
  const alone = bare + (lonely ? bareThings.length : 0);
  const act = (word, does, ...values) => make('button', {type: 'button', class: 'plain', onclick: does}, say(word, ...values));
  const parts = missing ? [make('span', {}, say('absent', missing))] : [];
  if (!drawable) parts.push(say('noCanvas'));
  else if (!data.entities.length) parts.push(say('empty'));
  else {
    if (foldedAway.rest) parts.push(make('span', {}, say('firstDrawn', left(seen.nodes))), act('drawRest', () => unfoldRest(true), foldedAway.rest));
    else if (crowded && !folds.rest && !activeFilters().length) parts.push(act('foldRest', () => unfoldRest(false)));
    if (alone && !activeFilters().length) parts.push(act('bareThings', openBare, alone));
    if (entities || facts) parts.push(make('span', {}, say('left', data.entities.length, entities, facts, centre ? say('near', centre) : say('linked'))));
  }
  byId('note').hidden = !parts.length;
  byId('note').replaceChildren(...parts);
}

// The things that no fact joins with another, by class: those of the page, and those behind it.
async function openBare() {
  select(null);
  await unpack();
  const others = [...rest.more.keys()].filter(number => !rest.facts.has(number) && !isByline(number));
  const groups = new Map(data.classes.map(({name}) => [name, []]));
  for (const number of [...bareThings, ...others]) rowsOf(groups, thingOf(number).type).push(number);
  const all = data.left.bare + bareThings.length;
  const listed_ = bareThings.length + others.length;
  open(make('span', {class: 'kind'}, say('bareWhy')), heading(say('bareThings', all)),
    bareThings.length && lonely ? make('p', {class: 'acts'}, make('button', {type: 'button', class: 'plain', id: 'drawBare', 'aria-pressed': String(!folds.bare),
      onclick: () => {
        folds.bare = !folds.bare;
        refilter(true);
        byId('drawBare').setAttribute('aria-pressed', String(!folds.bare));
        fitAll();
      }}, say('drawBare', bareThings.length))) : '',
    ...[...groups].filter(([, numbers]) => numbers.length).flatMap(([type, numbers]) => {
      const list = make('div');
      unfolding(list, numbers, number => make('div', {class: 'value'}, leadTo(number)));
      return [make('h3', {}, dot(type), term(classes, type), make('span', {class: 'number'}, String(numbers.length))), list];
    }),
    listed_ < all ? make('p', {class: 'source'}, say('bareElsewhere', all - listed_)) : '');
  byId('panel').querySelector('h2').focus();
}

// The first picture again: no filter, nothing chosen, everything folded as it was.
function goHome() {
  [folds.rest, folds.bare] = [true, true];
  wanted.clear();
  select(null);
  clearFilters();
  fitAll();
}

function startFirst() {
  inAddress('open', {
    read: () => ['rest', 'bare'].filter(name => !folds[name]).join(','),
    write: text => {
      for (const name of ['rest', 'bare']) folds[name] = !text.split(',').includes(name);
      refilter();
      if (!chosen) fitSeen();
    },
  });
  afterFilters('note', noteLine);
}
