// What the page does when something is chosen, hidden or asked for.
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
  walked = null;
  keep(true);
  byId('tip').hidden = true;
  if (!choice) {
    shown = null;
    network.unselectAll();
    byId('panel').hidden = true;
    return refresh();
  }
  shown = around(choice);
  if (choice.edge === undefined) reveal(choice.node); else revealFact(choice.edge);
  network.setSelection(
    {nodes: choice.node === undefined ? [] : [choice.node], edges: choice.edge === undefined ? [] : [choice.edge]},
    {highlightEdges: false});
  if (choice.node === undefined) openEdge(choice.edge); else openNode(choice.node);
  refresh();
  if (travel) travelTo(shown.centre);
  if (focus) byId('panel').querySelector('h2').focus();
}

// How close to come, so that what is linked with a node is seen around it in so much room.
function scaleFor(id, wide, high) {
  const places = network.getPositions();
  let [right, down] = [1, 1];
  for (const other of [...shown.nodes].filter(one => !hidden(one))) {
    right = Math.max(right, Math.abs(places[other].x - places[id].x));
    down = Math.max(down, Math.abs(places[other].y - places[id].y));
  }
  const fit = Math.min((wide / 2 - 50) / right, (high / 2 - 40) / down);
  return Math.max(0.3, Math.min(Math.max(network.getScale(), 0.9), fit));
}

function travelTo(ids) {
  const [id] = ids;
  const graph = byId('graph').getBoundingClientRect();
  const panel = byId('panel').getBoundingClientRect();
  const below = panel.width > graph.width * 0.9;
  const offset = below ? {x: 0, y: -panel.height / 2} : {x: -panel.width / 2, y: 0};
  const still = matchMedia('(prefers-reduced-motion: reduce)').matches;
  network.focus(id, {scale: scaleFor(id, graph.width - (below ? 0 : panel.width), graph.height - (below ? panel.height : 0)), offset,
    animation: still ? false : {duration: 450, easingFunction: 'easeInOutQuad'}});
}

// Show some things as large as they fit beside the panel, or above it.
function fitOn(ids) {
  fit(ids);
  const graph = byId('graph').getBoundingClientRect();
  const panel = byId('panel').getBoundingClientRect();
  if (!panel.width) return;
  const below = panel.width > graph.width * 0.9;
  const free = below ? 1 - panel.height / graph.height : 1 - (panel.width + 24) / graph.width;
  const scale = network.getScale() * Math.max(0.2, free);
  const {x, y} = network.getViewPosition();
  network.moveTo({scale, position: below ? {x, y: y + panel.height / 2 / scale} : {x: x + panel.width / 2 / scale, y}});
}

// Show all that is seen, beside a panel that is open.
function fitSeen() {
  const ids = drawn.map(node => node.id).filter(id => !hidden(id));
  if (byId('panel').hidden || !ids.length) fitAll(); else fitOn(ids);
}

// The state of what is chosen, by IRIs: numbers change from build to build.
function named(choice) {
  if (!choice) return {node: '', fact: ''};
  if (choice.node !== undefined) return {node: data.entities[choice.node].iri, fact: ''};
  const {s, p, o} = data.facts[choice.edge];
  return {node: '', fact: [data.entities[s].iri, p, data.entities[o].iri].join(' ')};
}

function goToNode(iri) {
  if (!iri) return chosen && chosen.node !== undefined ? select(null) : undefined;
  const id = data.entities.findIndex(entity => entity.iri === iri);
  if (id >= 0) return select({node: id}, false, true);
  missing = iri;
  noteLine();
}

function goToFact(name) {
  if (!name) return chosen && chosen.edge !== undefined ? select(null) : undefined;
  const edge = data.facts.findIndex((_, id) => named({edge: id}).fact === name);
  if (edge >= 0) select({edge}, false, true);
}

function render() {
  speak();
  legend();
  choices();
  drawSide();
  refilter();
  if (chosen) { if (chosen.node === undefined) openEdge(chosen.edge); else openNode(chosen.node); }
  if (walked) openWalk();
  if (reading) showDocument(false);
  network.redraw();
}

// What the page opens with is no step that the back button could undo.
function beginWith(choice) {
  arriving = true;
  select(choice);
  arriving = false;
  keep();
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
  startNearby();
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
  byId('closer').addEventListener('click', () => zoom(1.4));
  byId('farther').addEventListener('click', () => zoom(1 / 1.4));
  byId('fit').addEventListener('click', fitAll);
  byId('home').addEventListener('click', goHome);
  byId('unfilter').addEventListener('click', clearFilters);
  document.addEventListener('keydown', event => {
    if (event.key === 'Home' && !event.target.closest('input, textarea, select, [role=tree], .text')) goHome();
    if (event.key !== 'Escape') return;
    const menu = document.querySelector('.filter[open]');
    if (menu) {
      menu.open = false;
      menu.querySelector('summary').focus();
    } else if (reading) closeReader();
    else select(null);
  });
  document.addEventListener('pointerdown', event => {
    for (const menu of document.querySelectorAll('.filter[open]')) if (!menu.contains(event.target)) menu.open = false;
  });
}

reachable();
// The server's other pages speak the same language; a file's storage is that of all files.
if (data.served && localStorage.getItem('language') === 'en') language = 'en';
startKinds();
startStatuses();
startPlaces();
startDocuments();
startTimeline();
inAddress('node', {read: () => named(chosen).node, write: goToNode});
inAddress('fact', {read: () => named(chosen).fact, write: goToFact});
startSide();
startCorrect();
startReader();
afterFilters('card', followCard);
startFirst();
startStories();
startMini();
listen();
startPath();
startExport();
startSearch();
render();
fitAll();
byId('pages').hidden = !data.served;
if (data.served) byId('brand').href = '/';
addEventListener('popstate', arrive);
arrive();
if (!chosen && activeFilters().length) fitAll();
if (location.hash.length < 2 && data.around !== null) beginWith({node: data.around});
window.zhengtu = {network, data, hidden, lineHidden, shown: () => shown};
