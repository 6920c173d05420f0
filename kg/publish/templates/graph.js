// The graph itself: what is drawn, what is hidden, what is chosen.
const data = JSON.parse(byId('data').textContent);
const classes = Object.fromEntries(data.classes.map(c => [c.name, c]));
const relations = Object.fromEntries(data.relations.map(r => [r.name, r]));
const drawn = data.nodes;
const touching = data.entities.map(() => []);
data.facts.forEach((fact, id) => {
  touching[fact.s].push(id);
  if (fact.o !== fact.s) touching[fact.o].push(id);
});
const byWeight = drawn.map(node => node.id)
  .sort((a, b) => touching[b].length - touching[a].length || a - b);
const hiddenClasses = new Set();
const hiddenRelations = new Set();
const LINE = '#8c98ab';
let chosen = null; // {node: id} or {edge: id}
let shown = null;  // what stays bright while something is chosen
let grown = 0;     // added to every radius of a large graph, so that its nodes stay in sight

function colourOf(type) { return (classes[type] || {}).colour || SOFT; }
function hidden(id) { return hiddenClasses.has(data.entities[id].type); }
function lineHidden(id) {
  const fact = data.facts[id];
  return hiddenRelations.has(fact.p) || hidden(fact.s) || hidden(fact.o);
}

function nodeLook(id) {
  const bright = !shown || shown.nodes.has(id);
  return {id, hidden: hidden(id), size: drawn[id].size + grown, opacity: bright ? 1 : 0.13};
}

function edgeLook(id) {
  const bright = !shown || shown.edges.has(id);
  const strong = shown && bright;
  return {
    id, hidden: lineHidden(id), width: data.edges[id].width * (1 + grown / 12) + (strong ? 0.8 : 0),
    color: {color: strong ? SOFT : LINE, highlight: INK, hover: INK, opacity: bright ? 1 : 0.1},
  };
}

// The library draws circles and lines; names are ours (labels.js), so it gets none.
const nodes = new vis.DataSet(drawn.map(({label, color, ...node}) => ({
  ...node, ...nodeLook(node.id),
  color: {background: color || SOFT, border: '#fff', highlight: {background: color || SOFT, border: INK},
    hover: {background: color || SOFT, border: INK}},
})));
const edges = new vis.DataSet(data.edges.map(edge => ({...edge, ...edgeLook(edge.id)})));
const network = new vis.Network(byId('graph'), {nodes, edges}, {
  ...data.options,
  nodes: {borderWidth: 1.5, borderWidthSelected: 3},
  edges: {
    smooth: false, arrows: {to: {scaleFactor: 0.45}}, arrowStrikethrough: false, selectionWidth: 1, hoverWidth: 0.6,
  },
  interaction: {
    hover: true, tooltipDelay: 120, hideEdgesOnZoom: data.edges.length > 1500,
    hideEdgesOnDrag: data.edges.length > 1500, multiselect: false, selectConnectedEdges: false,
    hoverConnectedEdges: false, keyboard: {enabled: true, bindToWindow: false},
  },
});

function refresh() {
  nodes.update(drawn.map(node => nodeLook(node.id)));
  edges.update(data.edges.map(edge => edgeLook(edge.id)));
}

function around(choice) {
  if (choice.edge !== undefined) {
    const fact = data.facts[choice.edge];
    const ends = new Set([fact.s, fact.o]);
    return {nodes: ends, edges: new Set([choice.edge]), centre: ends};
  }
  const near = new Set([choice.node]);
  for (const id of touching[choice.node]) near.add(data.facts[id].s).add(data.facts[id].o);
  return {nodes: near, edges: new Set(touching[choice.node]), centre: new Set([choice.node])};
}

// Choose a node or an edge, or nothing; the page shows it, and goes there where asked.
function select(choice, focus = false, travel = focus) {
  chosen = choice;
  keep(choice);
  byId('tip').hidden = true;
  if (!choice) {
    shown = null;
    network.unselectAll();
    byId('panel').hidden = true;
    return refresh();
  }
  shown = around(choice);
  for (const id of shown.centre) unhide(data.entities[id].type);
  network.setSelection(
    {nodes: choice.node === undefined ? [] : [choice.node], edges: choice.edge === undefined ? [] : [choice.edge]},
    {highlightEdges: false});
  if (choice.node === undefined) openEdge(choice.edge); else openNode(choice.node);
  refresh();
  if (travel) travelTo(shown.centre);
  if (focus) byId('panel').querySelector('h2').focus();
}

function travelTo(ids) {
  const [id] = ids;
  const graph = byId('graph').getBoundingClientRect();
  const panel = byId('panel').getBoundingClientRect();
  const below = panel.width > graph.width * 0.9;
  const offset = below ? {x: 0, y: -panel.height / 2} : {x: -panel.width / 2, y: 0};
  const still = matchMedia('(prefers-reduced-motion: reduce)').matches;
  network.focus(id, {scale: Math.max(network.getScale(), 0.9), offset,
    animation: still ? false : {duration: 450, easingFunction: 'easeInOutQuad'}});
}

// The address names what is chosen, by its IRI, so that it can be sent.
function goTo(hash) {
  let iri = '';
  try { iri = decodeURIComponent(hash.slice(1)); } catch { return; }
  const id = data.entities.findIndex(entity => entity.iri === iri);
  if (id >= 0) return select({node: id}, false, true);
  byId('note').hidden = false;
  byId('note').textContent = say('absent', iri);
}

function keep(choice) {
  const name = choice && choice.node !== undefined ? encodeURIComponent(data.entities[choice.node].iri) : '';
  if (location.hash.slice(1) !== name) history.replaceState(null, '', name ? '#' + name : location.pathname + location.search);
}

function unhide(type) {
  if (hiddenClasses.delete(type)) legend();
}

function legend() {
  const counts = new Map();
  for (const entity of data.entities) counts.set(entity.type, (counts.get(entity.type) || 0) + 1);
  const focused = document.activeElement && document.activeElement.dataset.type;
  byId('legend').replaceChildren(...data.classes.filter(c => counts.has(c.name)).map(c => make('button', {
    type: 'button', class: 'chip', 'data-type': c.name, 'aria-pressed': String(!hiddenClasses.has(c.name)),
    onclick: () => {
      if (!hiddenClasses.delete(c.name)) hiddenClasses.add(c.name);
      legend();
      refresh();
    },
  }, dot(c.name), make('span', {}, term(classes, c.name)),
  make('span', {class: 'number'}, String(counts.get(c.name))))));
  for (const chip of byId('legend').children) if (chip.dataset.type === focused) chip.focus();
}

function choices() {
  const counts = new Map();
  for (const fact of data.facts) counts.set(fact.p, (counts.get(fact.p) || 0) + 1);
  const present = data.relations.filter(r => counts.has(r.name));
  byId('choices').replaceChildren(...present.map(r => make('label', {},
    make('input', {type: 'checkbox', 'data-relation': r.name, checked: !hiddenRelations.has(r.name),
      onchange: event => {
        if (event.target.checked) hiddenRelations.delete(r.name); else hiddenRelations.add(r.name);
        chosenCount(present.length);
        refresh();
      }}),
    make('span', {}, term(relations, r.name)),
    make('span', {class: 'number'}, String(counts.get(r.name))))));
  chosenCount(present.length);
  byId('filter').hidden = !present.length;
}

function chosenCount(all) {
  byId('chosen').textContent = hiddenRelations.size ? all - hiddenRelations.size + '/' + all : all;
}

function allRelations(visible) {
  const present = new Set(data.facts.map(fact => fact.p));
  for (const name of present) {
    if (visible) hiddenRelations.delete(name); else hiddenRelations.add(name);
  }
  choices();
  refresh();
}

// Show everything. Where that makes nodes tiny they grow, at most by half of the space that
// the layout keeps between two circles (30), so that none ever covers another.
function fitAll() {
  network.fit({animation: false});
  const wanted = Math.max(0, Math.min(15, Math.round(5 / network.getScale()) - 8));
  if (wanted === grown) return;
  grown = wanted;
  refresh();
  network.fit({animation: false});
}

function render() {
  speak();
  legend();
  choices();
  if (chosen) { if (chosen.node === undefined) openEdge(chosen.edge); else openNode(chosen.node); }
  if (reading) openDocument(reading.claim, reading.subjects, reading.objects, false);
  network.redraw();
}

function zoom(factor) {
  network.moveTo({scale: network.getScale() * factor, animation: {duration: 150, easingFunction: 'linear'}});
}

function listen() {
  network.on('afterDrawing', drawLabels);
  network.on('click', event => {
    if (event.nodes.length) select({node: event.nodes[0]});
    else if (event.edges.length) select({edge: event.edges[0]});
    else select(null);
  });
  network.on('hoverNode', event => tipNode(event.node, event.pointer.DOM));
  network.on('hoverEdge', event => tipEdge(event.edge, event.pointer.DOM));
  for (const name of ['blurNode', 'blurEdge', 'dragStart', 'zoom']) {
    network.on(name, () => { byId('tip').hidden = true; });
  }
  byId('language').addEventListener('click', () => {
    language = language === 'zh' ? 'en' : 'zh';
    if (data.served) localStorage.setItem('language', language);
    render();
  });
  byId('all').addEventListener('click', () => allRelations(true));
  byId('none').addEventListener('click', () => allRelations(false));
  byId('closer').addEventListener('click', () => zoom(1.4));
  byId('farther').addEventListener('click', () => zoom(1 / 1.4));
  byId('fit').addEventListener('click', fitAll);
  document.addEventListener('keydown', event => {
    if (event.key !== 'Escape') return;
    if (byId('filter').open) byId('filter').open = false;
    else if (reading) closeReader();
    else select(null);
  });
  document.addEventListener('pointerdown', event => {
    if (!byId('filter').contains(event.target)) byId('filter').open = false;
  });
}

// The library gives its frame a tab place before everything else on the page.
byId('graph').firstElementChild.tabIndex = 0;
// The server's other pages speak the same language; a file's storage is that of all files.
if (data.served && localStorage.getItem('language') === 'en') language = 'en';
listen();
startSearch();
render();
fitAll();
byId('pages').hidden = !data.served;
addEventListener('hashchange', () => goTo(location.hash));
if (location.hash.length > 1) goTo(location.hash);
else if (data.around !== null) select({node: data.around});
window.zhengtu = {network, data};
