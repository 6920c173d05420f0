// What is known about a node or an edge, with the words of the documents as evidence.
const FEW = 8;   // facts of a node up to which all evidence is shown unasked
const MANY = 40; // facts of one relation shown at first; a capital has hundreds

function open(...content) {
  const panel = byId('panel');
  panel.replaceChildren(
    make('button', {type: 'button', class: 'close', title: say('close'), 'aria-label': say('close'),
      onclick: () => select(null)}, '×'),
    ...content);
  panel.hidden = false;
  delete panel.dataset.other;
  panel.scrollTop = 0;
}

function namesOf(id) { return [data.entities[id].label, ...data.entities[id].aliases]; }

function escaped(sign) { return sign.replace(/[\\^$.*+?()[\]{}|\/]/g, '\\$&'); }

function pattern(names) {
  // A name may be broken by a line end in the text.
  const parts = names.filter(Boolean).sort((a, b) => b.length - a.length).map(name =>
    Array.from(name).map(escaped).join('\\s*'));
  return parts.length ? parts.join('|') : '(?!)';
}

// The quotation as text nodes, with the names of subject and object marked.
function quotation(quote, subjects, objects, laid = flowing) {
  const quoted = make('blockquote');
  const wanted = new RegExp('(' + pattern(subjects) + ')|(' + pattern(objects) + ')', 'gu');
  let done = 0;
  for (const hit of quote.matchAll(wanted)) {
    if (!hit[0]) continue;
    quoted.append(laid(quote.slice(done, hit.index)));
    quoted.append(make('mark', {class: hit[1] ? 'subject' : 'object'}, laid(hit[0])));
    done = hit.index + hit[0].length;
  }
  quoted.append(laid(quote.slice(done)));
  return quoted;
}

// Line ends of the source are layout, not words; between Latin letters one is a space.
function flowing(text) {
  return text.replace(/\s*\n\s*/g, (_, at, whole) => /[!-~]/.test(whole[at - 1] || '') ? ' ' : '');
}

function sourceLine(claim, subjects, objects) {
  const parts = [];
  if (claim.value) parts.push(claim.value);
  if (claim.date) parts.push(dateOf(claim, subjects, objects));
  const rest = parts.map(part => ' · ' + part).join('');
  const name = claim.document || claim.source;
  return make('p', {class: 'source'}, readable(claim)
    ? make('button', {type: 'button', class: 'document', title: say('read'),
      onclick: () => openDocument(claim, subjects, objects)}, name)
    : name, rest, ...(correctLink('claim', claim.claim) ? [' · ', correctLink('claim', claim.claim)] : []));
}

// A rule in words: the relation or attribute that it is about.
function ruleName(rule) {
  const about = rule.split('.')[0];
  const table = [relations, data.attributes].find(one => Object.hasOwn(one, about));
  return table ? say('ruleOf', term(table, about), rule) : rule;
}

// Who proposed a claim, and how sure it is: a line each.
function basisLines({rule, confidence}) {
  const by = rule.startsWith('reader@') ? say('byNetwork') : rule === 'review' ? say('byPeople')
    : rule.startsWith('llm.') ? say('byModel', rule.slice(4)) : say('byRule', ruleName(rule));
  const level = Object.keys(data.levels).find(name => confidence >= data.levels[name]) || 'doubtful';
  const lines = [rule && by, confidence && say('confidence', confidence, say(level))].filter(Boolean);
  return lines.map(line => make('p', {class: 'source basis'}, line));
}

// What a date became that leaves out its year, its month or more, and what told that.
function completed(value, whole) {
  if (!whole) return value;
  const [date, lacks, anchor, source] = whole.split('|');
  const [first, last] = [source.split(' ')[0], source.split(' ').pop()];
  const rest = first === last || lacks === 'year' ? '' : say('itsYear', say('dated_' + last));
  const how = {
    year: () => say('yearFrom', say('dated_' + last)),
    month: () => say('monthFrom', say('dated_' + first)),
    day: () => say('countedFrom', anchor, say('dated_' + first)),
  }[lacks]();
  return say('completed', value, date, how + rest);
}

// A date and whose it is: of what the claim is about, of its sentence, or of the document.
function dateOf({date, dated}, subjects, objects) {
  const whose = {subject: subjects[0], object: objects[0]}[dated]
    || say(dated === 'sentence' ? 'ofSentence' : 'ofDocument');
  return say('dateOf', date, whose);
}

function statusBadge(status) {
  return status ? make('span', {class: 'badge'}, term(data.statuses, status)) : null;
}

function evidence(claim, subjects, objects) {
  const quoted = claim.quote ? quotation(claim.quote, subjects, objects)
    : make('blockquote', {}, say('reference'));
  return make('div', {}, quoted, sourceLine(claim, subjects, objects), ...basisLines(claim));
}

function thing(id) {
  return make('button', {type: 'button', class: 'thing', onclick: event => {
    event.preventDefault();
    select({node: id}, true);
  }}, dot(data.entities[id].type), make('span', {}, data.entities[id].label, ...apartMarks(id)));
}

function kindLine(entity, ...more) {
  const parts = [term(classes, entity.type), subtypeOf(entity.type, entity.subtype), ...more].filter(Boolean);
  return make('span', {class: 'kind'}, dot(entity.type), parts.join(' · '));
}

function heading(text) { return make('h2', {tabindex: '-1'}, text); }

function openNode(id) {
  const entity = data.entities[id];
  const content = [
    kindLine(entity, entity.mentions ? say('mentions', entity.mentions) : ''),
    heading(entity.label),
    apartOf(id) ? make('p', {class: 'source'}, apartOf(id)) : '',
    entity.doubtful ? make('p', {class: 'kind'}, say('doubtfulName')) : '',
    ...placeActs(entity),
  ];
  content.push(make('p', {class: 'acts'}, ...nearActs(id),
    touching[id].length ? make('button', {type: 'button', class: 'plain', onclick: () => askPath(id)}, say('pathTo')) : '',
    correctLink('thing', entity.iri)));
  if (entity.aliases.length) {
    content.push(make('h3', {}, say('names')),
      make('ul', {class: 'names'}, ...entity.aliases.map(name => make('li', {}, name))));
  }
  const values = valuesPassing(id);
  if (values.length) content.push(make('h3', {}, say('values')));
  for (const [predicate, value, quote, source, start, end, date, dated, whole] of values) {
    content.push(make('p', {class: 'value'},
      make('b', {}, term(data.attributes, predicate)), make('span', {}, completed(value, whole))));
    content.push(evidence({quote, document: source, start, end, date, dated, rule: '', confidence: ''}, namesOf(id), [value]));
  }
  content.push(...postLines(entity), ...dealLines(entity));
  for (const group of factsOf(id)) content.push(...factGroup(id, group));
  content.push(leftOutLine({node: id}), make('p', {class: 'id'}, entity.iri));
  open(...content);
  addBeyond(id);
}

// The posts of a person, or those at a body, a line each: title, the other end, former or acting, since and until when.
function postLines({posts = []}) {
  if (!posts.length) return [];
  const list = make('div');
  unfolding(list, posts, ([title, label, iri, tenures, terms, doubtful]) => {
    const other = data.entities.findIndex(one => one.iri === iri);
    return make('div', {class: 'value post'}, title ? make('b', {}, title) : '',
      other < 0 ? make('span', {}, label) : thing(other),
      ...tenures.split('|').filter(Boolean).map(name => make('span', {class: 'badge'}, term(data.tenures, name))),
      ...(terms || '').split('|').filter(Boolean).map(days => make('span', {class: 'day'}, days)),
      doubtful ? make('span', {class: 'badge', title: say('doubtfulPost')}, say('doubtShort')) : '');
  });
  return [make('h3', {}, say('posts'), make('span', {class: 'number'}, String(posts.length))), list];
}

// The deals that a thing is part of: the other parts, sums with what they are of, days, statuses.
function dealLines({deals = []}) {
  if (!deals.length) return [];
  const list = make('div');
  const part = ([label, iri]) => {
    const other = data.entities.findIndex(one => one.iri === iri);
    return other < 0 ? make('span', {}, label) : thing(other);
  };
  unfolding(list, deals, ([parts, sums, days, statuses]) => make('div', {class: 'value deal'},
    ...parts.map(part),
    ...sums.map(([kind, sum]) => make('span', {class: 'sum'}, term(data.sums, kind), ' ', make('b', {}, sum))),
    ...days.map(day => make('span', {class: 'day'}, day)),
    ...statuses.map(name => make('span', {class: 'badge'}, term(data.statuses, name)))));
  return [make('h3', {}, say('deals'), make('span', {class: 'number'}, String(deals.length))), list];
}

// Shows the first lines of a list, and the rest when it is asked for.
function unfolding(list, all, line) {
  list.append(...all.slice(0, MANY).map(line));
  if (all.length <= MANY) return;
  const button = make('button', {type: 'button', class: 'plain', onclick: () => {
    button.remove();
    list.append(...all.slice(MANY).map(line));
  }}, say('more', all.length - MANY));
  list.append(button);
}

// Facts of a node that its card lists, by relation and direction, in the order of the ontology.
function factsOf(id) {
  const groups = new Map();
  for (const edge of factsPassing(id)) {
    const fact = data.facts[edge];
    const outward = fact.s === id || Boolean((relations[fact.p] || {}).symmetric);
    const key = fact.p + (outward ? '>' : '<');
    if (!groups.has(key)) groups.set(key, {predicate: fact.p, outward, edges: []});
    groups.get(key).edges.push(edge);
  }
  return groupsBeyond(id, groups);
}

function factGroup(id, group) {
  const relation = relations[group.predicate] || {};
  const inverse = !group.outward && relation.inverse && relation.inverse[language];
  const name = group.outward ? term(relations, group.predicate) + ' →'
    : inverse ? inverse + ' ←' : '← ' + term(relations, group.predicate);
  const list = make('div');
  unfolding(list, group.edges, edge => (typeof edge === 'number' ? factLine(id, edge) : lineBeyond(id, edge)));
  return [make('h3', {}, name, make('span', {class: 'number'}, String(group.edges.length))), list];
}

function factLine(id, edge) {
  const fact = data.facts[edge];
  const statuses = [...new Set(claimsPassing(edge).map(claim => claim.status).filter(Boolean))];
  const body = make('div', {hidden: true});
  // Not a summary: within one, the name that leads on could not be reached by a screen reader.
  const toggle = make('button', {type: 'button', class: 'unfold', 'aria-label': say('evidence'), title: say('evidence')});
  const show = open => {
    body.hidden = !open;
    toggle.setAttribute('aria-expanded', String(open));
    if (open && !body.children.length) body.append(reportedLine(edge), ...claimsPassing(edge).map(c => evidence(c, namesOf(fact.s), namesOf(fact.o))));
  };
  show(factsPassing(id).length + factsBeyond(id).length <= FEW);
  const head = make('div', {class: 'head', onclick: event => { if (!event.target.closest('.thing')) show(body.hidden); }},
    thing(fact.s === id ? fact.o : fact.s), ...statuses.map(statusBadge), toggle);
  return make('div', {class: lineFilteredOut(edge) ? 'fact out' : 'fact'}, head, body);
}

// How many documents state a fact, and how many articles of them have it from no other one.
function reportedLine(edge) {
  const quoted = claimsPassing(edge).filter(claim => claim.quote);
  const documents = new Set(quoted.map(claim => claim.document));
  const articles = new Set(quoted.map(claim => claim.article || claim.document));
  return documents.size > 1 ? make('p', {class: 'source reported'}, say('reported', documents.size, articles.size)) : '';
}

function openEdge(id) {
  const fact = data.facts[id];
  const content = [
    make('span', {class: 'kind'}, say('relations')),
    heading(term(relations, fact.p)),
    make('div', {class: 'way'}, thing(fact.s),
      make('b', {}, '↓ ' + term(relations, fact.p)), thing(fact.o)),
    make('h3', {}, say('evidence'), make('span', {class: 'number'}, String(claimsPassing(id).length))),
  ];
  content.push(reportedLine(id));
  for (const claim of claimsPassing(id)) {
    if (claim.status) content.push(statusBadge(claim.status));
    content.push(evidence(claim, namesOf(fact.s), namesOf(fact.o)));
  }
  content.push(leftOutLine({edge: id}));
  open(...content);
}

function tip(at, ...content) {
  const box = byId('tip');
  box.replaceChildren(...content);
  box.hidden = false;
  const room = byId('graph').getBoundingClientRect();
  const size = box.getBoundingClientRect();
  box.style.left = Math.max(4, Math.min(at.x + 14, room.width - size.width - 8)) + 'px';
  box.style.top = Math.max(4, at.y + 18 + size.height > room.height ? at.y - size.height - 12 : at.y + 18) + 'px';
}

function tipNode(id, at) {
  const entity = data.entities[id];
  const values = entity.attributes.slice(0, 3).map(([predicate, value]) =>
    make('p', {}, term(data.attributes, predicate) + '：' + value));
  tip(at, kindLine(entity, say('links', touching[id].length)),
    make('p', {}, make('b', {}, entity.label)),
    entity.aliases.length ? make('p', {class: 'kind'}, entity.aliases.slice(0, 6).join('、')) : '',
    ...values);
}

function tipEdge(id, at) {
  const fact = data.facts[id];
  const claim = fact.claims[0];
  const more = fact.claims.length > 1 ? ' ×' + fact.claims.length : '';
  tip(at,
    make('p', {}, data.entities[fact.s].label + ' ',
      make('b', {}, term(relations, fact.p) + more), ' ' + data.entities[fact.o].label),
    evidence(claim, namesOf(fact.s), namesOf(fact.o)), statusBadge(claim.status) || '');
}
