// The column beside the graph: an overview of the whole graph, and its documents.
const TABS = {overview: fillOverview, map: fillMap, documents: fillDocuments};
const WIDE = matchMedia('(min-width: 1100px)');
let side = {open: WIDE.matches, tab: 'overview'};

// The number of a thing is that of what is drawn, or counts on among the others.
function thingOf(number) {
  const entity = data.entities[number];
  if (entity) return {...entity, drawn: number};
  const [iri, label, type, subtype] = data.others[number - data.entities.length];
  return {iri, label, type, subtype, aliases: (rest.more.get(number) || {}).aliases, drawn: null};
}

// A thing as a button: to its card and its place in the graph, if it is drawn.
function leadTo(number, ...more) {
  const {label, type} = thingOf(number);
  return make('button', {type: 'button', class: 'thing', onclick: () => leadToCard(number)},
    dot(type), make('span', {}, label, ...apartMarks(number)), ...more);
}

function leadToCard(number) {
  const {drawn} = thingOf(number);
  closeDrawer();
  if (drawn === null) openOther(number); else select({node: drawn}, true);
}

// A quotation that leads to its place in the document.
function leadToQuote([document, start, end, quote], s = null, o = null) {
  if (!quote) return make('p', {class: 'source'}, say('reference'));
  const claim = {document, start, end, quote};
  const names = number => (number === null ? [] : [thingOf(number).label, ...(thingOf(number).aliases || [])]);
  const shown = quotation(quote, names(s), names(o)).childNodes;
  if (!readable(claim)) return make('blockquote', {}, ...shown, make('small', {}, document));
  return make('button', {type: 'button', class: 'quote', title: say('read'), onclick: () => {
    closeDrawer();
    openDocument(claim, names(s), names(o));
  }}, ...shown, make('small', {}, document));
}

function tabButton(name) {
  const number = name === 'documents' && data.library ? allDocuments().length : '';
  const chosenTab = side.tab === name;
  return make('button', {type: 'button', role: 'tab', id: 'tab-' + name, 'aria-selected': String(chosenTab),
    'aria-controls': 'side-body', tabindex: chosenTab ? 0 : -1, onclick: () => showSide(true, name),
    onkeydown: event => {
      if (!['ArrowLeft', 'ArrowRight'].includes(event.key)) return;
      const names = Object.keys(TABS);
      showSide(true, names[(names.indexOf(name) + (event.key === 'ArrowRight' ? 1 : names.length - 1)) % names.length]);
      byId('tab-' + side.tab).focus();
    }}, say(name), number === '' ? '' : make('span', {class: 'number'}, ' ' + number));
}

function drawSide() {
  if (!data.overview && !wholeLater()) return;
  const box = byId('side');
  const button = byId('beside');
  button.hidden = false;
  button.setAttribute('aria-expanded', String(side.open));
  button.textContent = say('beside');
  box.hidden = !side.open;
  box.setAttribute('aria-label', say('beside'));
  if (!side.open) return box.replaceChildren();
  const body = make('div', {id: 'side-body', class: 'body', role: 'tabpanel', 'aria-labelledby': 'tab-' + side.tab, tabindex: '-1'});
  box.replaceChildren(make('div', {class: 'tabs'},
    make('div', {role: 'tablist', 'aria-label': say('beside')}, ...Object.keys(TABS).map(tabButton)),
    make('button', {type: 'button', class: 'close', title: say('close'), 'aria-label': say('close'),
      onclick: () => { showSide(false); button.focus(); }}, '×')), body);
  if (data.overview) TABS[side.tab](body); else waitForWhole(body);
}

function showSide(open, tab = side.tab) {
  const before = side;
  side = {open, tab};
  if (before.open === open && before.tab === tab) return;
  drawSide();
  keep();
}

// Where the column lies over the graph it makes way for what it leads to.
function closeDrawer() { if (!WIDE.matches) showSide(false); }

// When a column beside the graph opens or closes, what is chosen stays in sight, and so does
// the whole as long as nobody has moved it.
function stayInSight() {
  let resting = 0;
  let moved = false;
  let size = ''; // as of the last fit; what is watched is told once without having changed
  const now = () => `${byId('stage').clientWidth} ${byId('stage').clientHeight}`;
  for (const name of ['dragStart', 'zoom']) network.on(name, () => { moved = true; });
  byId('mini').addEventListener('pointerdown', () => { moved = true; });
  new ResizeObserver(() => {
    size = size || now();
    clearTimeout(resting);
    resting = setTimeout(() => {
      if (size === now()) return;
      size = now();
      moved = moved || Boolean(shown);
      if (shown) travelTo(shown.centre); else if (!moved) fitSeen();
    }, 80);
  }).observe(byId('stage'));
}

function startSide() {
  if (!data.overview && !wholeLater()) return;
  byId('beside').addEventListener('click', () => showSide(!side.open));
  inAddress('side', {
    read: () => (side.open === WIDE.matches && (!side.open || side.tab === 'overview') ? '' : side.open ? side.tab : 'none'),
    write: text => {
      if (Object.hasOwn(TABS, text)) showSide(true, text); else showSide(text ? false : WIDE.matches, 'overview');
    },
  });
  stayInSight();
  WIDE.addEventListener('change', () => showSide(WIDE.matches));
}
