// A document as it was read, with every sentence that a fact of the page rests on.
let reading = null; // {claim, subjects, objects}

function readable(claim) {
  return Boolean(claim.quote) && Object.hasOwn(data.documents, claim.document);
}

// Offsets count code points; the browser's strings count UTF-16 units.
function unitsOf(text) {
  if (!/[\ud800-\udbff]/.test(text)) return offset => offset;
  const units = [];
  let unit = 0;
  for (const char of text) {
    units.push(unit);
    unit += char.length;
  }
  units.push(unit);
  return offset => units[Math.min(offset, units.length - 1)];
}

// What is said in a document, in order: from where to where, how to choose it, how to read it.
function saidIn(name, at) {
  const found = [];
  const add = (claim, choice, subjects, objects) => {
    if (claim.document !== name || !claim.quote) return;
    found.push({start: at(+claim.start), end: at(+claim.end), choice, claim, subjects, objects});
  };
  data.facts.forEach((fact, id) => fact.claims.forEach(
    claim => add(claim, {edge: id}, namesOf(fact.s), namesOf(fact.o))));
  data.entities.forEach((entity, id) => entity.attributes.forEach(
    ([, value, quote, document, start, end]) =>
      add({quote, document, start, end}, {node: id}, namesOf(id), [value])));
  return found.sort((a, b) => a.start - b.start || a.end - b.end);
}

function segment(text, here, said) {
  if (here) return make('mark', {class: 'here'}, ...quotation(text, reading.subjects, reading.objects, String).childNodes);
  if (!said) return document.createTextNode(text);
  const follow = event => {
    if (event.type === 'keydown' && event.key !== 'Enter') return;
    select(said.choice, false, true);
    openDocument(said.claim, said.subjects, said.objects, false);
  };
  return make('span', {class: 'said', tabindex: '0', role: 'button', onclick: follow, onkeydown: follow}, text);
}

// Show the document of a claim, with its sentence in sight.
function openDocument(claim, subjects, objects, travel = true) {
  reading = {claim, subjects, objects};
  const text = data.documents[claim.document];
  const at = unitsOf(text);
  const said = saidIn(claim.document, at);
  const [first, last] = [at(+claim.start), at(+claim.end)];
  const cuts = [...new Set([0, text.length, first, last, ...said.flatMap(one => [one.start, one.end])])]
    .filter(cut => cut >= 0 && cut <= text.length).sort((a, b) => a - b);
  const parts = cuts.slice(1).map((end, i) => segment(text.slice(cuts[i], end),
    cuts[i] >= first && end <= last,
    said.find(one => one.start <= cuts[i] && one.end >= end)));
  const box = byId('reader');
  const before = box.hidden ? null : box.scrollTop;
  const facts = new Set(said.map(one => JSON.stringify(one.choice))).size;
  box.replaceChildren(make('div', {class: 'top'},
    make('button', {type: 'button', class: 'close', title: say('close'), 'aria-label': say('close'),
      onclick: closeReader}, '×'),
    make('h2', {tabindex: '-1'}, claim.document), make('p', {class: 'kind'}, say('said', facts))),
  make('div', {class: 'text'}, ...parts));
  box.hidden = false;
  if (!travel && before !== null) box.scrollTop = before;
  const here = box.querySelector('.here');
  if (here) here.scrollIntoView({block: travel ? 'center' : 'nearest'});
  if (travel) box.querySelector('h2').focus({preventScroll: true});
}

function closeReader() {
  reading = null;
  byId('reader').hidden = true;
}
