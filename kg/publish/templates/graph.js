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

reachable();
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
