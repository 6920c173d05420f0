// All documents, to be searched and sorted; a page of them at a time is laid out.
const PAGE = 80; // rows that are added when the end of the list comes into sight
const ORDERS = { // by which cell of a row, and whether the greatest comes first
  byName: [0, false], byTitle: [1, false], byPublisher: [2, false], byDate: [3, true], byFacts: [4, true], byNames: [5, true],
};
let wish = {text: '', order: 'byName'};

// The documents as they are listed now.
function libraryRows() {
  const [cell, descending] = ORDERS[wish.order];
  const text = wish.text.trim().toLowerCase();
  const found = allDocuments().filter(row => !text || row.slice(0, 4).some(part => part.toLowerCase().includes(text)));
  // What a document does not tell comes last, whichever way the others are sorted.
  const compare = (a, b) => (a === '') - (b === '') || (typeof a === 'number' ? a - b : a < b ? -1 : a > b ? 1 : 0) * (descending ? -1 : 1);
  return found.sort((a, b) => (typeof a[cell] === 'number' ? b[cell] - a[cell] : compare(a[cell], b[cell])));
}

function documentLine([name, title, publisher, date, facts, names]) {
  return make('li', {}, make('button', {type: 'button', class: 'row', 'data-document': name,
    'aria-current': reading && reading.name === name ? 'true' : null, onclick: () => openNamed(name)},
  make('b', {}, title || name),
  make('span', {class: 'small'}, [name, publisher, date].filter(Boolean).join(' · ')),
  make('span', {class: 'small'}, say('rowCounts', facts, names), documentThere(name) ? '' : ' · ' + say('notCarried'))));
}

function fillDocuments(body) {
  const search = make('input', {type: 'search', id: 'document-search', placeholder: say('findDocuments'), 'aria-label': say('findDocuments'),
    autocomplete: 'off', spellcheck: 'false', oninput: () => { wish.text = search.value; lay(); }});
  search.value = wish.text;
  const order = make('select', {'aria-label': say('sort'), onchange: () => { wish.order = order.value; lay(); }},
    ...Object.keys(ORDERS).map(one => make('option', {value: one, selected: one === wish.order}, say(one))));
  const count = make('p', {class: 'small', role: 'status'});
  const list = make('ul', {class: 'rows'});
  const end = make('div', {class: 'end'});
  let rows = [];
  const add = () => {
    const from = list.children.length;
    list.append(...rows.slice(from, from + PAGE).map(documentLine));
  };
  const lay = () => {
    rows = libraryRows();
    count.textContent = rows.length ? say('listed', rows.length, allDocuments().length) : say('noDocument');
    list.replaceChildren();
    body.scrollTop = 0;
    add();
  };
  new IntersectionObserver(seen => { if (seen.some(one => one.isIntersecting)) add(); },
    {root: body, rootMargin: '600px'}).observe(end);
  body.append(make('div', {class: 'find'}, search, order), count, list, end);
  lay();
}

function findDocuments(text) {
  wish.text = text;
  if (side.open && side.tab === 'documents') drawSide(); else showSide(true, 'documents');
}

// The documents before and after one in the list.
function documentsBeside(name) {
  const names = libraryRows().map(row => row[0]);
  const at = names.indexOf(name);
  return at < 0 ? [null, names[0] || null] : [names[at - 1] || null, names[at + 1] || null];
}
