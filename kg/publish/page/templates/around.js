// Places for a neighbourhood: springs between what is linked, the centre in the middle.
const LINK = 120;     // wanted length of a link, in units of the graph
const TURN = 2.39996; // the golden angle: neighbours spread evenly around what opened them
const WORK = 2e7;     // pairs of nodes that are looked at in all, so that it takes no second

// New things begin beside what opened them; what was there begins where it was.
function beginnings(found, before) {
  const counts = new Map();
  const places = new Map();
  for (const [id, by] of found) {
    if (before.has(id)) {
      places.set(id, {...before.get(id)});
      continue;
    }
    const at = places.get(by) || {x: 0, y: 0};
    const turn = (counts.get(by) || 0) + 1;
    counts.set(by, turn);
    const far = by === null ? (places.size ? LINK * 3 : 0) : LINK * (0.6 + 0.15 * Math.sqrt(turn));
    // Away from the middle first, so that a grown neighbourhood opens outward.
    const angle = Math.atan2(at.y, at.x) + TURN * turn;
    places.set(id, {x: at.x + far * Math.cos(angle), y: at.y + far * Math.sin(angle)});
  }
  return places;
}

function linksAmong(ids) {
  const index = new Map(ids.map((id, i) => [id, i]));
  const seen = new Set();
  for (const id of ids) {
    for (const fact of touching[id]) {
      const [a, b] = [index.get(data.facts[fact].s), index.get(data.facts[fact].o)];
      if (a !== undefined && b !== undefined && a !== b) seen.add(Math.min(a, b) * ids.length + Math.max(a, b));
    }
  }
  return [...seen].map(key => [Math.floor(key / ids.length), key % ids.length]);
}

// Where each thing is drawn: `found` tells what opened it, `before` where it was.
function laidAround(found, before, links = linksAmong([...found.keys()])) {
  const ids = [...found.keys()];
  const places = [...beginnings(found, before).values()];
  const rounds = Math.max(30, Math.min(300, Math.floor(WORK / (ids.length * ids.length))));
  for (let round = 0; round < rounds; round++) relax(ids, places, links, LINK * 0.5 * (1 - round / rounds));
  // Names stand below circles and are wider than high.
  return new Map(ids.map((id, i) => [id, {x: Math.round(places[i].x * 1.25), y: Math.round(places[i].y)}]));
}

// One round: all push each other away, links pull; nothing moves farther than `most`.
function relax(ids, places, links, most) {
  const moves = places.map(() => ({x: 0, y: 0}));
  const pull = (i, j, strength) => {
    const [dx, dy] = [places[j].x - places[i].x || 0.1 * (i - j), places[j].y - places[i].y];
    const far = Math.hypot(dx, dy);
    const force = strength(far) / far;
    moves[i].x += dx * force;
    moves[i].y += dy * force;
    moves[j].x -= dx * force;
    moves[j].y -= dy * force;
  };
  for (let i = 0; i < places.length; i++) {
    for (let j = i + 1; j < places.length; j++) pull(i, j, far => -LINK * LINK / far);
  }
  for (const [i, j] of links) pull(i, j, far => far * far / LINK);
  moves.forEach(({x, y}, i) => {
    const far = Math.hypot(x, y);
    if (!i || !far) return; // the centre stays
    places[i].x += x / far * Math.min(far, most);
    places[i].y += y / far * Math.min(far, most);
  });
}
