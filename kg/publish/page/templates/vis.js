// The graph drawn by vis-network: curved lines, arrows, a few hundred nodes.
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

// Give the library only what looks otherwise than before: each thing that it gets costs time.
const looks = {nodes: drawn.map(() => ''), edges: data.edges.map(() => '')};
function changed(kind, items, look) {
  return items.map(({id}) => look(id)).filter(one => {
    const now = JSON.stringify(one);
    const same = looks[kind][one.id] === now;
    looks[kind][one.id] = now;
    return !same;
  });
}

function refresh() {
  nodes.update(changed('nodes', drawn, nodeLook));
  edges.update(changed('edges', data.edges, edgeLook));
  network.redraw();
}

// Show everything that is not filtered out. Where that makes nodes tiny they grow, at most by half of the space that
// the layout keeps between two circles (30), so that none ever covers another.
function fitAll() {
  const ids = drawn.map(node => node.id);
  const left = ids.filter(id => !hidden(id));
  const fit = () => network.fit({nodes: left.length ? left : ids, animation: false});
  fit();
  const wanted = Math.max(0, Math.min(15, Math.round(5 / network.getScale()) - 8));
  if (wanted === grown) return;
  grown = wanted;
  refresh();
  fit();
}

function fit(ids) { network.fit({nodes: ids, animation: false}); }

// The library moves its nodes when they are told to; null puts them back.
network.place = places => nodes.update(places
  ? [...places].map(([id, {x, y}]) => ({id, x, y})) : drawn.map(({id, x, y}) => ({id, x, y})));

// The middle of an edge in screen pixels, where it is drawn.
function middleOf(id) {
  const line = network.body.edges[id];
  return line && line.connected ? network.canvasToDOM(line.edgeType.getPoint(0.5)) : null;
}

// The library gives its frame a tab place before everything else on the page.
function reachable() { byId('graph').firstElementChild.tabIndex = 0; }
