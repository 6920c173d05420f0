// What the page does not draw: every other name and fact of the graph. It stands in the page as
// lines of JSON, deflated where they are many (kg/publish/search/offline.py), and is read when a
// name is looked for or a card is opened, so that the first picture need not wait for it.
const [DOUBTFUL, BYLINE] = [1, 2];
const rest = {
  state: '',           // '', 'reading', 'there', or why it could not be read
  more: new Map(),     // number of a thing: {aliases, pinyin, mentions, marks}
  apart: new Map(),    // number: what tells it from others of its name
  facts: new Map(),    // number: facts {s, p, o, claims}, between things of which one is not drawn
  values: new Map(),   // number: rows as the attributes of drawn things have them
  posts: new Map(), deals: new Map(), // number: lines as the cards of drawn things have them
  every: [],           // all these facts
  left: 0,             // claims that the page has no room for
};
let unpacking = null;

function hasRest() { return Boolean(byId('rest').textContent); }

async function restText() {
  const text = byId('rest').textContent;
  if (!text.startsWith('=')) return text;
  const bytes = Uint8Array.from(atob(text.slice(1)), sign => sign.charCodeAt(0));
  return new Response(new Blob([bytes]).stream().pipeThrough(new DecompressionStream('deflate'))).text();
}

// Read it, once; whoever asks again waits for the same.
function unpack() {
  if (!hasRest() || rest.state === 'there') return Promise.resolve();
  unpacking = unpacking || restText().then(take).catch(error => { rest.state = error.message; });
  return unpacking;
}

function rowsOf(map, key) {
  if (!map.has(key)) map.set(key, []);
  return map.get(key);
}

function take(text) {
  const lines = text.split('\n').filter(Boolean).map(line => JSON.parse(line));
  const things = lines.filter(line => line[0] === 'T');
  const first = data.entities.length;
  const numbers = numbersOf(things.map(line => line.slice(1, 5)));
  const own = number => (number < first ? number : numbers[number - first]);
  things.forEach(([, , , , , aliases, pinyin, mentions, marks], i) => rest.more.set(numbers[i], {aliases, pinyin, mentions, marks}));
  const names = lines.length ? lines[0].slice(1) : [];
  const facts = new Map();
  const ways = {
    A: ([number, told]) => rest.apart.set(own(number), told),
    F: line => takeFact(line, own, names, facts),
    V: ([s, p, value, file, start, end, quote, ...told]) => rowsOf(rest.values, own(s)).push(
      [p, value, quote, names[file] || '', String(start), String(end), ...told]),
    P: ([person, body, ...told]) => takePost(own(person), body < 0 ? -1 : own(body), told),
    M: ([parts, ...told]) => takeDeal(parts.map(own), told),
    L: ([left]) => { rest.left = left; },
  };
  for (const [kind, ...line] of lines) if (ways[kind]) ways[kind](line);
  rest.every = [...facts.values()];
  rest.state = 'there';
  knowAll();
  const found = [...rest.more.keys()].sort((a, b) => rest.more.get(b).mentions - rest.more.get(a).mentions || a - b);
  for (const number of found) {
    const {aliases, pinyin, marks} = rest.more.get(number);
    const {iri, label, type} = thingOf(number);
    known.push({...nameable(undefined, {iri, label, type, aliases, pinyin}), number, marks});
  }
}

function takeFact([s, p, o, file, start, end, quote, status, rule, confidence, date, dated, source], own, names, facts) {
  const key = [s, p, o].join(' ');
  if (!facts.has(key)) {
    const fact = {s: own(s), p, o: own(o), claims: []};
    facts.set(key, fact);
    rowsOf(rest.facts, fact.s).push(fact);
    if (fact.o !== fact.s) rowsOf(rest.facts, fact.o).push(fact);
  }
  const more = date ? {date, dated} : {};
  facts.get(key).claims.push({document: names[file] || '', quote, status, rule, value: '', source, start: String(start), end: String(end),
    claim: '', confidence: String(confidence), ...more});
}

// A line for each end that is not drawn; the cards of drawn things have theirs.
function takePost(person, body, [title, tenures, doubtful]) {
  const line = (one, other) => {
    if (one >= data.entities.length) rowsOf(rest.posts, one).push([title, other < 0 ? '' : thingOf(other).label, other < 0 ? '' : thingOf(other).iri, tenures, '', doubtful]);
  };
  line(person, body);
  if (body >= 0) line(body, person);
}

function takeDeal(parts, told) {
  for (const one of parts) {
    if (one < data.entities.length) continue;
    const others = parts.filter(other => other !== one).map(other => [thingOf(other).label, thingOf(other).iri]);
    rowsOf(rest.deals, one).push([others, ...told]);
  }
}

// The sentence of a claim: of a text that the page carries, it is read from there.
function sentenceOf(claim) {
  if (claim.quote !== 0) return claim.quote;
  const text = data.documents[claim.document] || '';
  const at = unitsOf(text);
  return text.slice(at(+claim.start), at(+claim.end));
}

function wholeClaim(claim) { return claim.quote === 0 ? {...claim, quote: sentenceOf(claim)} : claim; }

function isByline(number) { return Boolean(((rest.more.get(number) || {}).marks || 0) & BYLINE); }

// The facts of a thing that the page does not draw. Those who but signed an article are told of
// on their own cards alone.
function factsBeyond(number) {
  return (rest.facts.get(number) || []).filter(({s, o}) => isByline(number) || !isByline(s === number ? o : s));
}
