// Facts by the documents that state them, and by who published these.
const keptDocuments = new Set();
const keptPublishers = new Set();
let documentCounts = [];

function publisherOf(number) { return data.sources[sources[number]].publisher || ''; }

function documentKept(number) {
  return number >= 0 && (keptDocuments.has(sources[number]) || keptPublishers.has(publisherOf(number)));
}

// Rows of those whose name holds what is typed: what is chosen, then what says most.
function sortedRows(set, counts, fits) {
  return [...counts].filter(([name]) => set.has(name) || fits(name))
    .sort(([a, m], [b, n]) => set.has(b) - set.has(a) || n - m || (a < b ? -1 : 1));
}

function documentRow(name, number) {
  const {title, date} = data.sources[name];
  const more = [title && title !== name ? title : '', date].filter(Boolean).join(' · ');
  return tick(keptDocuments, name, number,
    make('span', {class: 'two'}, make('span', {}, name), more ? make('small', {}, more) : ''));
}

function drawDocuments() {
  menuHead('document', keptDocuments.size + keptPublishers.size, sources.length > 1);
  if (!byId('document').open) return;
  const wanted = typed('document');
  const has = text => text.toLowerCase().includes(wanted);
  const publishers = new Map();
  sources.forEach((_, i) => {
    const by = publisherOf(i);
    if (by) publishers.set(by, (publishers.get(by) || 0) + documentCounts[i]);
  });
  const found = sortedRows(keptPublishers, publishers, has);
  const rows = sortedRows(keptDocuments, sources.map((name, i) => [name, documentCounts[i]]),
    name => has(name) || has(data.sources[name].title || '') || has(data.sources[name].publisher || ''));
  const group = (word, list, row, most) => list.length ? [make('h2', {}, say(word)),
    ...list.slice(0, most).map(row),
    list.length > most ? make('p', {class: 'kind'}, say('rest', list.length - most)) : ''] : [];
  rowsInto(byId('documents'), [
    ...group('publishers', found, ([name, number]) => tick(keptPublishers, name, number, make('span', {}, name)), ROWS / 4),
    ...group('documents', rows, ([name, number]) => documentRow(name, number), ROWS),
    found.length + rows.length ? '' : make('p', {class: 'kind'}, say('nothing')),
  ].filter(Boolean));
}

function documentsTold() {
  const parts = [];
  if (keptPublishers.size) parts.push(say('keptPublishers', few([...keptPublishers], 'andMore')));
  if (keptDocuments.size) parts.push(say('keptDocuments', few([...keptDocuments], 'andMore')));
  return parts.length ? say('keptKinds', parts.join(say('or'))) : '';
}

function clearDocuments() {
  keptDocuments.clear();
  keptPublishers.clear();
}

function documentsInAddress(name, set, known) {
  inAddress(name, {
    read: () => listed([...set].sort()),
    write: text => {
      set.clear();
      for (const one of unlisted(text)) if (known(one)) set.add(one);
      refilter();
    },
  });
}

function startDocuments() {
  const publishers = new Set(sources.map((_, i) => publisherOf(i)).filter(Boolean));
  addFilter({
    tell: documentsTold,
    clear: clearDocuments,
    hidesClaim: number => !documentKept(claims.document[number]),
    count: out => {
      documentCounts = sources.map(() => 0);
      claims.document.forEach((at, number) => {
        const fact = claims.fact[number];
        if (at >= 0 && !out.claims[number] && !(fact >= 0 && out.lines[fact])) documentCounts[at] += 1;
      });
      drawDocuments();
    },
  });
  documentsInAddress('doc', keptDocuments, name => Object.hasOwn(data.sources, name));
  documentsInAddress('by', keptPublishers, name => publishers.has(name));
  menuSearch('document', drawDocuments);
}
