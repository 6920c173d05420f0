// A document as a page to read: its names in the colours of their classes, its claims beside it.
let reading = null; // {name, claim, subjects, objects}: the document, and the claim in sight or null
const fromServer = new Map(); // what the server gave of documents, by name

function documentThere(name) {
  return Object.hasOwn(data.documents, name) || Boolean(data.served && (!data.library || allDocuments().some(row => row[0] === name)));
}

function readable(claim) { return Boolean(claim.quote) && documentThere(claim.document); }

// The text of a document with its marks and claims: of this page, or of the server.
async function documentOf(name) {
  if (Object.hasOwn(data.documents, name)) {
    const read = data.library && data.library.read[name];
    return {text: data.documents[name], ...(read || {marks: [], claims: []})};
  }
  if (!fromServer.has(name)) {
    const answer = await fetch('/documents/' + name.split('/').map(encodeURIComponent).join('/') + '.json');
    if (!answer.ok) throw new Error(await answer.text());
    fromServer.set(name, numbered(await answer.json()));
  }
  return fromServer.get(name);
}

// The numbers of the server's answer are its own: make them those of this page.
function numbered({text, marks, claims, entities}) {
  const numbers = numbersOf(entities);
  return {
    text,
    marks: marks.map((value, i) => (i % 3 === 2 ? numbers[value] : value)),
    claims: claims.map(([start, end, s, p, o, ...rest]) => [start, end, numbers[s], p, o < 0 ? o : numbers[o], ...rest])
      .filter(([, , s, , o]) => s >= data.entities.length || o >= data.entities.length),
  };
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

// The mentions of a document: from where to where, and the number of what is named.
function mentionsIn(marks, at) {
  const found = [];
  let place = 0;
  for (let i = 0; i < marks.length; i += 3) {
    place += marks[i];
    found.push({start: at(place), end: at(place + marks[i + 1]), thing: marks[i + 2]});
    place += marks[i + 1];
  }
  return found;
}

// What is said in a document, in the order of its text: the claims of what is drawn, and the others.
function saidIn(name, others, at) {
  const found = [];
  const add = (claim, more) => {
    if (claim.document === name && claim.quote) found.push({start: at(+claim.start), end: at(+claim.end), claim, ...more});
  };
  data.facts.forEach((fact, id) => fact.claims.forEach(claim => add(claim, {choice: {edge: id}, ...fact, value: ''})));
  data.entities.forEach((entity, id) => entity.attributes.forEach(([p, value, quote, document, start, end]) =>
    add({quote, document, start, end, status: ''}, {choice: {node: id}, s: id, p, o: -1, value})));
  for (const [start, end, s, p, o, value, status] of others) {
    found.push({start: at(start), end: at(end), claim: {document: name, start, end, quote: ' ', status}, choice: null, s, p, o, value});
  }
  return found.sort((a, b) => a.start - b.start || a.end - b.end);
}

function namesThing(name, number) {
  const read = (data.library && data.library.read[name]) || fromServer.get(name);
  return Boolean(read && read.marks.some((value, i) => i % 3 === 2 && value === number));
}

// Show the document of a claim, with its sentence in sight.
function openDocument(claim, subjects, objects, travel = true) {
  reading = {name: claim.document, claim, subjects, objects};
  if (travel) keep(true);
  showDocument(travel);
}

// Show a document from its beginning, or where it first names something.
function openNamed(name, number = null) {
  closeDrawer();
  reading = {name, claim: null, subjects: [], objects: [], number};
  keep(true);
  showDocument(true);
}

async function showDocument(travel) {
  const now = reading;
  const box = byId('reader');
  box.hidden = false;
  document.body.classList.add('reads');
  if (documentThere(now.name) && !Object.hasOwn(data.documents, now.name) && !fromServer.has(now.name)) {
    box.replaceChildren(readerTop(now.name, say('loading')));
  }
  let content;
  try {
    content = documentThere(now.name) ? sheet(now, await documentOf(now.name)) : [readerTop(now.name), make('p', {class: 'absent'}, say('notCarriedHow'))];
  } catch (error) {
    content = [readerTop(now.name), make('p', {class: 'absent', role: 'alert'}, say('failed', error.message))];
  }
  if (reading !== now) return;
  const before = box.querySelector('.text');
  const stay = !travel && before ? before.scrollTop : null;
  box.replaceChildren(...content);
  if (stay !== null) box.querySelector('.text').scrollTop = stay;
  const first = now.number === null || now.number === undefined ? '.here' : `[data-thing="${now.number}"]`;
  const here = box.querySelector(first);
  if (here) here.scrollIntoView({block: travel ? 'center' : 'nearest'});
  const line = box.querySelector('.claims .now');
  if (line) line.scrollIntoView({block: 'nearest'});
  if (travel) box.querySelector('h2').focus({preventScroll: true});
  markRow();
}

// The row of the document in the list, where the list is shown beside it.
function markRow() {
  for (const row of byId('side').querySelectorAll('[data-document]')) {
    const now = reading && row.dataset.document === reading.name;
    if (now) row.setAttribute('aria-current', 'true'); else row.removeAttribute('aria-current');
  }
}

function closeReader() {
  if (!reading) return;
  reading = null;
  byId('reader').hidden = true;
  byId('reader').replaceChildren();
  document.body.classList.remove('reads');
  markRow();
  keep(true);
}

// Keep what a document says alone.
function keepDocument(name) {
  clearDocuments();
  keptDocuments.add(name);
  narrow();
}

// The head of a document's page: what it is, and the way to others.
function readerTop(name, said = '') {
  const row = allDocuments().find(one => one[0] === name);
  const [, title, publisher, date] = row || [];
  const button = (word, sign, to) => make('button', {type: 'button', class: 'close', title: say(word), 'aria-label': say(word),
    disabled: !to, onclick: to || null}, sign);
  const [before, after] = row ? documentsBeside(name) : [null, null];
  return make('div', {class: 'top'},
    button('close', '×', closeReader),
    ...(row ? [button('after', '›', after && (() => openNamed(after))), button('before', '‹', before && (() => openNamed(before))),
      button('allDocumentsShort', '☰', () => { closeReader(); showSide(true, 'documents'); })] : []),
    make('h2', {tabindex: '-1'}, name),
    title && title !== name ? make('p', {class: 'title-of'}, title) : '',
    make('p', {class: 'kind'}, [publisher, date, said].filter(Boolean).join(' · ')),
    Object.hasOwn(data.sources, name) ? make('button', {type: 'button', class: 'document', onclick: () => keepDocument(name)},
      say('onlyDocument')) : '');
}

// The text and the claims, each of which marks its other half when it is pointed at.
function sheet({name, claim, subjects, objects}, {text, marks, claims}) {
  const at = unitsOf(text);
  const mentions = mentionsIn(marks, at);
  const said = saidIn(name, claims, at);
  const here = claim ? [at(+claim.start), at(+claim.end)] : [-1, -1];
  const now = new Set(meant(said, claim, here, subjects));
  const pieces = piecesOf(text, mentions, said, here);
  const page = make('div', {class: 'text'}, ...pieces.map(piece => pieceNode(text.slice(piece.start, piece.end), piece, subjects, objects)));
  pieces.forEach((piece, i) => { piece.node = page.childNodes[i]; });
  const list = make('ol', {class: 'claims', 'aria-label': say('claimsHere')}, ...said.map((one, i) => claimLine(one, i, now.has(one))));
  tie(page, list, pieces, said);
  const facts = new Set(said.map(one => [one.s, one.p, one.o, one.value].join(' '))).size;
  return [readerTop(name, say('said', facts)), make('div', {class: 'sheet'}, page,
    said.length ? list : make('p', {class: 'claims none'}, say('nothingSaid')))];
}

// The text cut where a mention or a claim begins or ends.
function piecesOf(text, mentions, said, here) {
  const cuts = [...new Set([0, text.length, ...here, ...[...mentions, ...said].flatMap(one => [one.start, one.end])])]
    .filter(cut => cut >= 0 && cut <= text.length).sort((a, b) => a - b);
  let next = 0;
  return cuts.slice(1).map((end, i) => {
    const start = cuts[i];
    while (next < mentions.length && mentions[next].end <= start) next += 1;
    const mention = mentions[next] && mentions[next].start <= start ? mentions[next] : null;
    return {start, end, mention, here: start >= here[0] && end <= here[1],
      said: said.findIndex(one => one.start <= start && one.end >= end)};
  });
}

function pieceNode(text, {mention, here, said}, subjects, objects) {
  if (!mention && here) return make('mark', {class: 'here'}, ...quotation(text, subjects, objects, String).childNodes);
  if (!mention && said < 0) return document.createTextNode(text);
  if (!mention) return make('span', {class: 'said', tabindex: '-1', role: 'button'}, text);
  const {label, type, subtype} = thingOf(mention.thing);
  const plain = text.replace(/\s/g, '');
  const role = !here ? '' : objects.includes(plain) ? ' here object' : subjects.includes(plain) ? ' here subject' : ' here';
  const node = make('span', {class: 'name' + role, tabindex: '-1', role: 'button', 'data-thing': mention.thing,
    title: [label, term(classes, type), subtypeOf(type, subtype)].filter(Boolean).join(' · ')}, text);
  node.style.setProperty('--kind', colourOf(type));
  return node;
}

// Of the claims of one sentence the one that was chosen, else those of its subject, else all.
function meant(said, claim, here, subjects) {
  const found = said.filter(one => one.start === here[0] && one.end === here[1]);
  const same = found.filter(one => one.claim === claim);
  const near = found.filter(one => subjects.includes(thingOf(one.s).label));
  return [same, near, found].find(some => some.length) || [];
}

function claimLine({s, p, o, value, claim}, i, now) {
  const name = o < 0 ? term(data.attributes, p) : term(relations, p);
  return make('li', {}, make('button', {type: 'button', 'data-claim': i, class: now ? 'now' : ''},
    make('span', {class: 'one'}, dot(thingOf(s).type), thingOf(s).label),
    make('b', {}, name), make('span', {class: 'one'}, ...(o < 0 ? [value] : [dot(thingOf(o).type), thingOf(o).label])),
    statusBadge(claim.status)));
}

function tie(page, list, pieces, said) {
  const nodes = [...page.querySelectorAll('.name, .said')];
  if (nodes.length) nodes[0].tabIndex = 0;
  const pieceOf = new Map(pieces.map(piece => [piece.node, piece]));
  const light = (start, end, from) => {
    for (const piece of pieces) if (piece.node.classList) piece.node.classList.toggle('lit', from === list && piece.start >= start && piece.end <= end);
    said.forEach((one, i) => list.children[i].classList.toggle('lit', from === page && one.start <= start && one.end >= end));
    const lit = (from === list ? page : list).querySelector('.lit');
    if (lit) lit.scrollIntoView({block: 'nearest'});
  };
  const dark = () => light(0, 0, null);
  const overText = event => {
    const piece = pieceOf.get(event.target.closest('.text > *'));
    if (piece) light(piece.start, piece.end, page); else dark();
  };
  const overList = event => {
    const button = event.target.closest('[data-claim]');
    if (button) light(said[button.dataset.claim].start, said[button.dataset.claim].end, list);
  };
  for (const [box, act] of [[page, overText], [list, overList]]) {
    box.addEventListener('mouseover', act);
    box.addEventListener('focusin', act);
    box.addEventListener('mouseleave', dark);
    box.addEventListener('focusout', dark);
  }
  page.addEventListener('click', event => followPiece(pieceOf.get(event.target.closest('.text > *')), said));
  page.addEventListener('keydown', event => moveInText(event, nodes));
  list.addEventListener('click', event => {
    const button = event.target.closest('[data-claim]');
    if (button) followClaim(said[button.dataset.claim]);
  });
}

// A name leads to its card, another place of a claim to the claim.
function followPiece(piece, said) {
  if (!piece) return;
  if (piece.mention) leadToCard(piece.mention.thing);
  else if (piece.said >= 0) followClaim(said[piece.said]);
}

function followClaim({choice, claim, s, o, value}) {
  const subjects = spellings(s);
  const objects = o < 0 ? [value] : spellings(o);
  reading = {name: claim.document, claim, subjects, objects};
  if (choice) select(choice, false, true); else keep(true);
  showDocument(false);
}

function spellings(number) { return [thingOf(number).label, ...(thingOf(number).aliases || [])]; }

// In the text Tab comes to one place, and arrows move between names and sentences.
function moveInText(event, nodes) {
  const at = nodes.indexOf(event.target);
  if (at < 0) return;
  if (event.key === 'Enter' || event.key === ' ') event.target.click();
  else if (event.key === 'ArrowRight' || event.key === 'ArrowLeft') {
    const to = nodes[at + (event.key === 'ArrowRight' ? 1 : -1)];
    if (to) {
      event.target.tabIndex = -1;
      to.tabIndex = 0;
      to.focus();
    }
  } else return;
  event.preventDefault();
}

function startReader() {
  const place = () => (reading && reading.claim ? reading.claim.start + '-' + reading.claim.end : '');
  inAddress('document', {
    read: () => (reading ? reading.name : ''),
    write: name => {
      if (!name) return closeReader();
      reading = {name, claim: null, subjects: [], objects: []};
      showDocument(true);
    },
  });
  // A sentence is named by its words where its place is not known; its place is told then.
  inAddress('words', {
    read: () => '',
    write: async text => {
      const now = reading;
      if (!text || !now) return;
      const whole = (await documentOf(now.name).catch(() => ({text: ''}))).text;
      const found = new RegExp(Array.from(text.replace(/\s/g, '')).map(escaped).join('\\s*'), 'u').exec(whole);
      if (!found || reading !== now) return;
      const start = Array.from(whole.slice(0, found.index)).length;
      reading = {...now, claim: {document: now.name, start, end: start + Array.from(found[0]).length, quote: ' ', status: ''}};
      showDocument(true);
      keep();
    },
  });
  inAddress('at', {
    read: place,
    write: text => {
      const [start, end] = (/^(\d{1,9})-(\d{1,9})$/.exec(text) || []).slice(1);
      if (!reading) return;
      reading = {...reading, claim: end ? {document: reading.name, start, end, quote: ' ', status: ''} : null};
      showDocument(true);
    },
  });
}
