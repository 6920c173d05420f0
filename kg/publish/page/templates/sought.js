// Words in, facts and documents that hold them out: of what this page carries. Years, statuses and
// bounds of amounts are understood; the server has an index for the same (kg/publish/search).
const LISTED = 4; // of facts, and of documents
const SCALES = {万亿: 1e12, 亿: 1e8, 千万: 1e7, 百万: 1e6, 万: 1e4};
const BOUND = /^(≥|>=|不少于|不低于|至少|超过|超|≤|<=|不超过|低于)?(\d+(?:\.\d+)?)(万亿|亿|千万|百万|万)元?(以上|及以上|起|以下|以内)?$/;
const SUM = /(\d+(?:\.\d+)?)(万亿|亿|千万|百万|万)?多?(美元|欧元|港元|日元|英镑|元)/;

// What a word says: {words} to be found, {date}, {status}, or {least, most} in yuan.
function wordMeant(text) {
  const date = /^((?:19|20)\d\d)(?:年|[-.\/年](\d\d?)月?)?$/.exec(text);
  if (date) return {date: date[1] + (date[2] ? '-' + date[2].padStart(2, '0') : ''), told: say('time') + ' ' + text};
  const amount = BOUND.exec(text);
  if (amount && (amount[1] || amount[4])) {
    const number = amount[2] * SCALES[amount[3]];
    const below = /^(≤|<=|不超过|低于)$/.test(amount[1] || '') || /^(以下|以内)$/.test(amount[4] || '');
    return {...(below ? {most: number} : {least: number}), told: (below ? '≤ ' : '≥ ') + amount[2] + amount[3] + say('yuan')};
  }
  const status = Object.keys(data.statuses).find(name => Object.values(data.statuses[name]).includes(text));
  return status ? {status, word: text, told: say('status') + ' ' + text} : {word: text.toLowerCase()};
}

function wordsMeant(text) {
  const parts = text.trim().split(/[\s,，、]+/).filter(Boolean).map(wordMeant);
  return parts.length === 1 && parts[0].status ? [{word: parts[0].word}] : parts;
}

// An amount of yuan as it is printed; other currencies are none.
function yuanOf(printed) {
  const found = SUM.exec(printed.replaceAll(',', ''));
  return found && found[3] === '元' ? found[1] * (SCALES[found[2]] || 1) : null;
}

// All that is said on the page, drawn or not: {s, p, o, value, claim, choice}.
function* allSaid() {
  for (let id = 0; id < data.facts.length; id++) for (const claim of data.facts[id].claims) yield {...data.facts[id], claim, choice: {edge: id}};
  for (let id = 0; id < data.entities.length; id++) {
    for (const [p, value, quote, document, start, end, date] of data.entities[id].attributes) {
      yield {s: id, p, o: -1, value, claim: {quote: quote || '', document, start, end, date, status: ''}, choice: {node: id}};
    }
  }
  for (const fact of rest.every) if (!isByline(fact.s) && !isByline(fact.o)) for (const claim of fact.claims) yield {...fact, claim, choice: null};
  for (const [s, rows] of rest.values) {
    for (const [p, value, quote, document, start, end, date] of rows) yield {s, p, o: -1, value, claim: {quote, document, start, end, date, status: ''}, choice: null};
  }
}

function placeNames(number) {
  return number >= 0 && data.belongs[number] ? data.belongs[number].map(place => data.places[place][1]).join(' ') : '';
}

function namesOfSaid({s, o, value = ''}) {
  return [...spellings(s), ...(o < 0 ? [value] : spellings(o))].join('\n').toLowerCase();
}

function saidText({s, p, o, value = '', claim}) {
  const ends = [s, ...(o < 0 ? [] : [o])];
  const label = Object.values((o < 0 ? data.attributes[p] : relations[p]) || {}).filter(one => typeof one === 'string').join(' ');
  return [...ends.flatMap(spellings), ...ends.map(placeNames), label, value, sentenceOf(claim)].join('\n').toLowerCase();
}

function saidFits(one, meant) {
  const {claim} = one;
  return meant.every(part => {
    if (part.date) return String(claim.date || '').startsWith(part.date);
    if (part.least !== undefined || part.most !== undefined) {
      const yuan = data.amounts.includes(one.p) ? yuanOf(one.value || '') : null;
      return yuan !== null && (part.least === undefined || yuan >= part.least) && (part.most === undefined || yuan <= part.most);
    }
    return part.status && claim.status === part.status;
  });
}

function soughtFacts(meant) {
  const words = meant.filter(part => part.word && !part.status).map(part => part.word);
  const exact = meant.filter(part => !part.word || part.status);
  const found = new Map(); // a fact once, by its first sentence, and whether words name its ends
  for (const one of allSaid()) {
    if (exact.length && !saidFits(one, exact)) continue;
    const text = words.length ? saidText(one) : '';
    if (!words.every(word => text.includes(word))) continue;
    const key = [one.s, one.p, one.o, one.value].join(' ');
    if (!found.has(key)) found.set(key, {one, named: words.every(word => namesOfSaid(one).includes(word))});
  }
  const all = [...found.values()];
  const rows = [...all.filter(({named}) => named), ...all.filter(({named}) => !named)].slice(0, LISTED);
  return {count: all.length, rows: rows.map(({one}) => one)};
}

function soughtDocuments(meant) {
  const words = meant.filter(part => part.word).map(part => part.word);
  const dates = meant.filter(part => part.date).map(part => part.date);
  if (!words.length || meant.some(part => part.least !== undefined || part.most !== undefined)) return {count: 0, rows: []};
  const rows = [];
  let count = 0;
  for (const [name, title, publisher, date] of allDocuments()) {
    const text = data.documents[name] || '';
    const flat = [name, title, publisher, text].join('\n').toLowerCase();
    if (!words.every(word => flat.includes(word)) || !dates.every(one => date.startsWith(one) || text.includes(one))) continue;
    count += 1;
    if (rows.length < LISTED) rows.push({name, title, date, text});
  }
  return {count, rows, words};
}

// The stretch around the first of some words, with all of them marked: code units of a text.
function stretch(text, words, width = 60) {
  const low = text.toLowerCase();
  const at = Math.max(0, Math.min(...words.map(word => low.indexOf(word)).filter(found => found >= 0), text.length));
  const start = at >= text.length ? 0 : Math.max(0, at - width / 3);
  return {start: at >= text.length ? -1 : at, shown: markedWords(flowing((start ? '…' : '') + text.slice(start, start + width) + '…'), words)};
}

function markedWords(text, words) {
  const wanted = new RegExp('(' + pattern(words) + ')', 'giu');
  return text.split(wanted).map((part, i) => (i % 2 ? make('mark', {}, part) : part));
}

// Groups of rows for the list under the search box: {name, count, rows: [{nodes, go}]}.
function soughtHere(text) {
  const meant = wordsMeant(text);
  const words = meant.filter(part => part.word).map(part => part.word);
  const facts = soughtFacts(meant);
  const documents = soughtDocuments(meant);
  return {understood: meant.map(part => part.told).filter(Boolean), groups: [
    {name: 'facts', count: facts.count, rows: facts.rows.map(one => factRow(one, words))},
    {name: 'documents', count: documents.count, rows: documents.rows.map(one => textRow(one, words))}]};
}

function factRow({s, p, o, value, claim, choice}, words) {
  const whole = wholeClaim(claim);
  const [subjects, objects] = [spellings(s), o < 0 ? [value] : spellings(o)];
  return {
    nodes: [make('span', {class: 'line'}, dot(thingOf(s).type), `${subjects[0]} ${term(o < 0 ? data.attributes : relations, p)} ${objects[0]}`),
      make('small', {class: 'quote'}, ...(words.length ? stretch(whole.quote, words).shown : [flowing(whole.quote.slice(0, 60))]))],
    go: () => (readable(whole) ? openDocument(whole, subjects, objects) : choice ? select(choice, true) : openOther(s)),
  };
}

function textRow({name, title, date, text}, words) {
  const {start, shown} = stretch(text, words);
  const units = start < 0 ? 0 : Array.from(text.slice(0, start)).length;
  const end = units + Array.from(words.find(word => text.toLowerCase().startsWith(word, start)) || '').length;
  return {
    nodes: [make('span', {class: 'line'}, title || name), make('small', {class: 'quote'}, [name, date].filter(Boolean).join(' · ') + ' ', ...shown)],
    go: () => (start < 0 || !documentThere(name) ? openNamed(name) : openDocument({document: name, start: units, end, quote: ' ', status: ''}, [], [])),
  };
}
