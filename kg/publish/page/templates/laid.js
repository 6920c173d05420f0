// Places for a picture that filters leave: what is linked is laid out by springs from the same
// start, and the groups are set around the largest. The same things always lie alike.
const RELAID = 1200; // things at most; a larger picture keeps the places of the whole
const PLOT = 60;     // side of a cell of the ground that groups are set on
let laidThings = ''; // for which things the places below were found, null: others gave them
let laidSpots = null;

// Give what is seen places of its own, unless everything is seen or a neighbourhood has its own.
function layAnew() {
  if (near) { laidThings = null; return; }
  const ids = drawn.map(node => node.id).filter(id => !hidden(id));
  const whole = !ids.length || ids.length === drawn.length || ids.length > RELAID;
  const things = whole ? '' : ids.join();
  if (things === laidThings) return;
  laidSpots = whole ? null : added(ids) || relaid(ids);
  laidThings = things;
  network.place(laidSpots);
  miniStale();
}

// Where only a few things come to those that have places, these stay where they are.
function added(ids) {
  if (!laidSpots || !wanted.size) return null;
  const fresh = ids.filter(id => !laidSpots.has(id));
  if (!fresh.length || fresh.length > 2 * BESIDE || ids.length - fresh.length < laidSpots.size) return null;
  const spots = new Map(laidSpots);
  for (const id of fresh) {
    const by = touching[id].filter(fact => !lineHidden(fact)).map(fact => leadsTo(id, fact)).find(other => spots.has(other));
    spots.set(id, freeSpot(spots, by === undefined ? outside(spots) : spots.get(by)));
  }
  return spots;
}

function outside(spots) {
  const all = [...spots.values()];
  return {x: Math.max(...all.map(({x}) => x)) + 2 * LINK, y: all.reduce((sum, {y}) => sum + y, 0) / all.length};
}

function freeSpot(spots, {x, y}) {
  for (let turn = 1; ; turn++) {
    const far = LINK * 0.6 + 14 * turn;
    const at = {x: Math.round(x + far * Math.cos(TURN * turn)), y: Math.round(y + far * Math.sin(TURN * turn))};
    if (turn > 400 || [...spots.values()].every(spot => Math.abs(spot.x - at.x) > 50 || Math.abs(spot.y - at.y) > 44)) return at;
  }
}

function relaid(ids) {
  const groups = groupsAmong(ids).map(found => {
    const links = visibleLinks([...found.keys()]);
    return found.size === 2 ? new Map([...found.keys()].map((id, i) => [id, {x: i ? LINK / 2 : -LINK / 2, y: 0}]))
      : laidAround(found, new Map(), links);
  });
  return setAround(groups);
}

function visibleLinks(ids) {
  const index = new Map(ids.map((id, i) => [id, i]));
  const pairs = new Map();
  for (const id of ids) {
    for (const fact of touching[id]) {
      const [a, b] = [index.get(data.facts[fact].s), index.get(data.facts[fact].o)];
      if (!lineHidden(fact) && a !== undefined && b !== undefined && a !== b) pairs.set(Math.min(a, b) * ids.length + Math.max(a, b), [a, b]);
    }
  }
  return [...pairs.values()];
}

// What hangs together, the largest group first; in each, what leads to what, from its hub on.
function groupsAmong(ids) {
  const open = new Set(ids);
  const lines = id => touching[id].filter(fact => !lineHidden(fact));
  const degrees = new Map(ids.map(id => [id, lines(id).length]));
  const groups = [];
  for (const start of ids) {
    if (!open.has(start)) continue;
    const group = [start];
    open.delete(start);
    for (const id of group) {
      for (const fact of lines(id)) {
        const other = leadsTo(id, fact);
        if (open.delete(other)) group.push(other);
      }
    }
    groups.push(ledFrom(group.reduce((a, b) => (degrees.get(b) > degrees.get(a) ? b : a)), lines));
  }
  return groups.sort((a, b) => b.size - a.size);
}

function ledFrom(hub, lines) {
  const found = new Map([[hub, null]]);
  for (const id of found.keys()) {
    for (const fact of lines(id)) if (!found.has(leadsTo(id, fact))) found.set(leadsTo(id, fact), id);
  }
  return found;
}

// The cells that a group covers, with room for its names; gaps within a row belong to it.
function cellsOf(spots) {
  const rows = new Map();
  for (const {x, y} of spots.values()) {
    for (let row = Math.floor((y - 26) / PLOT); row <= Math.floor((y + 44) / PLOT); row++) {
      const [from, to] = rows.get(row) || [Infinity, -Infinity];
      rows.set(row, [Math.min(from, Math.floor((x - 62) / PLOT)), Math.max(to, Math.floor((x + 62) / PLOT))]);
    }
  }
  return [...rows].flatMap(([row, [from, to]]) => Array.from({length: to - from + 1}, (_, i) => [from + i, row]));
}

// Each group in the free cells that are nearest to the middle, in the proportions of the window.
function setAround(groups) {
  const {clientWidth: wide, clientHeight: high} = byId('graph');
  const flat = Math.max(0.5, Math.min(3, wide / (high || 1)));
  const taken = new Set();
  const tries = around_(groups.reduce((sum, group) => sum + group.size, 0), flat);
  const found = new Map();
  const from = new Map(); // where the search for a group of a size begins: nothing nearer was free
  for (const spots of groups) {
    const middle = middleOfAll(spots);
    const cells = cellsOf(new Map([...spots].map(([id, {x, y}]) => [id, {x: x - middle.x, y: y - middle.y}])));
    let at = from.get(cells.length) || 0;
    const fits = ([right, down]) => cells.every(([x, y]) => !taken.has((x + right) * 1e5 + y + down));
    while (at + 1 < tries.length && !fits(tries[at])) at += 1;
    from.set(cells.length, at);
    const [right, down] = tries[at];
    for (const [x, y] of cells) taken.add((x + right) * 1e5 + y + down);
    for (const [id, {x, y}] of spots) found.set(id, {x: Math.round(x - middle.x + right * PLOT), y: Math.round(y - middle.y + down * PLOT)});
  }
  return found;
}

function middleOfAll(spots) {
  const [xs_, ys_] = ['x', 'y'].map(axis => [...spots.values()].map(spot => spot[axis]));
  return {x: (Math.min(...xs_) + Math.max(...xs_)) / 2, y: (Math.min(...ys_) + Math.max(...ys_)) / 2};
}

// Cells by how far they are from the middle, in an oval that is `flat` times as wide as high.
function around_(things, flat) {
  const reach = Math.ceil(4 * Math.sqrt(things)) + 12;
  const found = [];
  for (let down = -reach; down <= reach; down++) {
    for (let right = -Math.ceil(reach * flat); right <= reach * flat; right++) found.push([right, down, right * right / flat + down * down * flat]);
  }
  return found.sort((a, b) => a[2] - b[2] || a[1] - b[1] || a[0] - b[0]);
}
