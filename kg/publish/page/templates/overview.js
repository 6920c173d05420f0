// What is worth knowing of the whole graph first; every line leads to what it tells of.
const FIRST_LINES = 5; // of a list, before the rest is asked for

function fillOverview(body) {
  const told = data.overview;
  body.append(...[
    barSection('classesTold', told.classes, classes, data.entities, 'type', keepClass),
    barSection('relations', told.relations, relations, data.facts, 'p', keepRelation),
    districtSection(told.districts),
    largestSection(told.largest),
    listSection('newest', told.newest, told.newest.length, row => factTold(row, make('time', {}, row.date))),
    documentSection(told.documents),
    ...troubleSections(told.troubles),
    listSection('contradictions', told.contradictions, told.contradictions.length, contradictionTold),
    listSection('unsure', told.unsure.rows, told.unsure.count,
      row => factTold(row, make('span', {class: 'badge'}, row.confidence)), told.unsure.below),
  ].filter(Boolean));
}

function toldSection(name, count, content, ...values) {
  const question = data.served && data.overview.questions[name];
  return make('details', {class: 'told', 'data-told': name, open: true},
    make('summary', {}, make('h2', {}, say(name, ...values)), make('span', {class: 'number'}, count === null ? '' : String(count))),
    ...content,
    question ? make('p', {class: 'ask'}, make('a', {href: '/ask/' + question}, say('askAll'))) : '');
}

// A list of which the first lines are shown, and the rest when it is asked for.
function listSection(name, rows, count, line, ...values) {
  if (!rows.length) return null;
  const list = make('ul', {class: 'lines'});
  const add = some => list.append(...some.map(row => make('li', {}, ...line(row))));
  add(rows.slice(0, FIRST_LINES));
  const rest = rows.slice(FIRST_LINES);
  const more = rest.length ? make('button', {type: 'button', class: 'plain', onclick: () => {
    const next = list.children.length;
    more.remove();
    add(rest);
    list.children[next].querySelector('button').focus();
  }}, say('more', rest.length)) : '';
  return toldSection(name, count, [list, more], ...values);
}

// How a class, or a relation, is kept alone in the drawing; '' for all again.
const keepClass = {
  alone: one => keptKinds.size === 1 && keptKinds.has(one),
  only: one => {
    keptKinds.clear();
    if (one) keptKinds.add(one);
  },
};
const keepRelation = {
  alone: (one, there) => hiddenRelations.size > 0 && [...there].every(other => hiddenRelations.has(other) === (other !== one)),
  only: (one, there) => {
    hiddenRelations.clear();
    if (one) for (const other of there) if (other !== one) hiddenRelations.add(other);
    choices();
  },
};

// Counts as bars; one that is drawn is a button that leaves only its kind in the drawing.
function barSection(name, rows, table, things, key, keep) {
  if (!rows.length) return null;
  const most = Math.max(...rows.map(([, count]) => count));
  const there = new Set(things.map(thing => thing[key]));
  const alone = one => keep.alone(one, there);
  const lines = rows.map(([one, count]) => {
    const bar = make('span', {class: 'bar-of', 'aria-hidden': 'true'});
    bar.style.width = Math.max(1, 100 * count / most) + '%';
    bar.style.background = (table[one] || {}).colour || '';
    return make('button', {type: 'button', class: 'bar-line', 'data-kind': one, disabled: !there.has(one),
      title: there.has(one) ? say('only', term(table, one)) : say('undrawn'), 'aria-pressed': String(alone(one)),
      onclick: () => {
        keep.only(alone(one) ? '' : one, there);
        narrow();
        pressOnly();
      }}, make('span', {class: 'what'}, term(table, one)), bar, make('span', {class: 'number'}, String(count)));
  });
  const pressOnly = () => lines.forEach(line => line.setAttribute('aria-pressed', String(alone(line.dataset.kind))));
  afterFilters(name, pressOnly);
  return toldSection(name, rows.reduce((sum, [, count]) => sum + count, 0), [make('div', {class: 'counts-of'}, ...lines)]);
}

function factTold(row, ...before) {
  return [
    make('div', {class: 'line'}, ...before, leadTo(row.s), make('b', {}, term(relations, row.p)), leadTo(row.o),
      statusBadge(row.status)),
    leadToQuote(row.claim, row.s, row.o),
  ];
}

function largestSection(largest) {
  if (!largest.rows) return null;
  const most = Number((largest.rows[0] || {}).amount || 1);
  return listSection('largest', largest.rows, largest.count, row => {
    const bar = make('span', {class: 'bar-of', 'aria-hidden': 'true'});
    bar.style.width = Math.max(1, 100 * Number(row.amount) / most) + '%';
    bar.style.background = colourOf(largest.class);
    const amount = money(row.amount);
    return [
      make('div', {class: 'line'}, leadTo(row.thing), make('b', {class: 'amount', title: say('printed', row.printed)}, amount)),
      bar,
      make('div', {class: 'line small'},
        row.printed === amount ? '' : make('span', {}, say('printed', row.printed)),
        ...row.place.map(place => leadTo(place)),
        ...row.by.map(([relation, who]) => make('span', {class: 'line'}, make('i', {}, inverseOf(relation)), leadTo(who)))),
      leadToQuote(row.claim, row.thing),
    ];
  }, term(classes, largest.class), term(data.attributes, largest.attribute));
}

// An amount of yuan in the words of the language, with at most four digits after the point.
function money(yuan) {
  const [unit, word] = language === 'zh'
    ? [[1e8, '亿元'], [1e4, '万元'], [1, '元']].find(([size]) => yuan >= size || size === 1)
    : [[1e9, ' billion yuan'], [1e6, ' million yuan'], [1, ' yuan']].find(([size]) => yuan >= size || size === 1);
  return String(Number((yuan / unit).toFixed(4))) + word;
}

function inverseOf(relation) { return (relations[relation].inverse || {})[language] || term(relations, relation); }

function documentSection({count, dated, first, last, publishers}) {
  if (!count) return null;
  const by = publishers.slice(0, FIRST_LINES * 2).map(([name, number]) => make('button', {
    type: 'button', class: 'chip', onclick: () => findDocuments(name)}, name, make('span', {class: 'number'}, String(number))));
  const when = first === last ? first : first + ' – ' + last;
  return toldSection('documents', count, [
    make('p', {}, dated ? say('datedDocuments', dated, when) : say('undatedDocuments')),
    make('div', {class: 'chips'}, ...by),
    make('p', {class: 'ask'}, make('button', {type: 'button', class: 'document', onclick: () => showSide(true, 'documents')}, say('allDocuments', count))),
  ]);
}

function contradictionTold({thing, p, o, kind, values}) {
  const words = said => (kind === 'status' ? term(data.statuses, said) : said);
  return [
    make('div', {class: 'line'}, leadTo(thing), make('b', {}, term(data.attributes[p] ? data.attributes : relations, p)), ...o.map(other => leadTo(other))),
    ...values.flatMap(([said, claim]) => [make('div', {class: 'line small'}, make('b', {class: 'amount'}, words(said))), leadToQuote(claim, thing)]),
  ];
}

// What the build warned of: a file leads to its page, a node to its card.
function troubleSections(troubles) {
  const files = new Set(allDocuments().map(([name]) => name));
  const ids = new Map(data.entities.map((entity, id) => [entity.iri, id]));
  return ['skipped', 'warnings', 'violations', 'notes'].map(kind => {
    const rows = troubles[kind] || [];
    return listSection(kind, rows, rows.length, ([what, why]) => [
      files.has(what) ? make('button', {type: 'button', class: 'document', onclick: () => openNamed(what)}, what)
        : ids.has(what) ? leadTo(ids.get(what)) : make('b', {}, what),
      make('p', {class: 'why'}, why),
    ]);
  });
}
