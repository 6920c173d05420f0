// Names are drawn over the graph in screen pixels: they stay readable at every zoom. What is chosen
// gets its name first, then what has most to tell; a text that would lie on another is left out.
const FACE = getComputedStyle(document.body).fontFamily;
const INK = getComputedStyle(document.body).getPropertyValue('--ink').trim();
const SOFT = getComputedStyle(document.body).getPropertyValue('--soft').trim();
const ACCENT = getComputedStyle(document.body).getPropertyValue('--accent').trim();
const GROUND = getComputedStyle(document.body).getPropertyValue('--ground').trim();
const FIRST = 20; // so many names are drawn over circles where it is crowded:
const CROWD = 400; // where more things than that are in sight
const SIGNED = 8;  // pixels of a radius from which on the first letter of the class stands in the circle
const MOST = 1200; // so many things in sight get a name, if there is room for it
const widths = new Map();

function widthOf(context, text) {
  const key = context.font + text;
  if (!widths.has(key)) widths.set(key, context.measureText(text).width);
  return widths.get(key);
}

// Rectangles that hold a name already, in cells so that a look-up touches few of them.
function room() {
  const cells = new Map();
  const across = box => {
    const keys = [];
    for (let x = Math.floor(box[0] / 120); x <= Math.floor(box[2] / 120); x++) {
      for (let y = Math.floor(box[1] / 40); y <= Math.floor(box[3] / 40); y++) keys.push(x + ',' + y);
    }
    return keys;
  };
  return {
    free: box => across(box).every(key => (cells.get(key) || []).every(
      other => box[2] < other[0] || box[0] > other[2] || box[3] < other[1] || box[1] > other[3])),
    take: box => across(box).forEach(key => {
      if (!cells.has(key)) cells.set(key, []);
      cells.get(key).push(box);
    }),
  };
}

function write(context, text, x, y, colour) {
  context.strokeStyle = GROUND;
  context.lineWidth = 3.5;
  context.strokeText(text, x, y);
  context.fillStyle = colour;
  context.fillText(text, x, y);
}

function drawLabels(context) {
  const scale = network.getScale();
  const frame = byId('graph');
  const ratio = context.canvas.width / frame.clientWidth;
  const big = window.innerWidth >= 2200 ? 1.35 : 1;
  const names = room();
  const circles = room();
  context.save();
  context.setTransform(ratio, 0, 0, ratio, 0, 0);
  context.textAlign = 'center';
  context.lineJoin = 'round';
  const seen = inSight(frame, scale);
  for (const box of coveredBy(frame)) names.take(box);
  for (const {at, size} of seen) {
    const box = [at.x - size, at.y - size, at.x + size, at.y + size];
    circles.take(box);
    if (size >= SIGNED) names.take(box); // a letter stands in it
  }
  for (const [rank, {id, at, size}] of seen.entries()) {
    const chosen = shown && shown.centre.has(id);
    const pixels = Math.round((chosen ? 14 : size > 11 ? 13 : 12) * big);
    context.font = (chosen || size > 11 ? '600 ' : '') + pixels + 'px ' + FACE;
    if (size >= SIGNED) drawSign(context, id, at, size);
    if (near) drawMore(context, id, at, size, pixels, names);
    const half = widthOf(context, drawn[id].label) / 2 + 3;
    const spots = spotsAround(at, size, half, pixels)
      .filter(box => box[0] > 0 && box[1] > 0 && box[2] < frame.clientWidth && box[3] < frame.clientHeight && names.free(box));
    // The names of what tells most may lie over smaller circles, those of the others not.
    const spot = spots.find(box => circles.free(box)) || (chosen || (!shown && rank < FIRST && seen.length > CROWD) ? spots[0] : null);
    if (!spot) continue;
    names.take(spot);
    context.textBaseline = 'middle';
    write(context, drawn[id].label, (spot[0] + spot[2]) / 2, (spot[1] + spot[3]) / 2 + 1, INK);
  }
  drawPredicates(context, scale, names, 11 * big);
  context.restore();
}

// The rectangles of what lies over the graph: no name is to be read there.
function coveredBy(frame) {
  const {left, top} = frame.getBoundingClientRect();
  return [...document.querySelectorAll('.zoom, #mini')].map(one => one.getBoundingClientRect()).filter(({width}) => width)
    .map(box => [box.left - left, box.top - top, box.right - left, box.bottom - top]);
}

// What is drawn within the window, what is chosen and what tells most first, in screen pixels.
function inSight(frame, scale) {
  const places = network.getPositions();
  const seen = [];
  for (const id of shown ? [...shown.centre, ...byInterest.filter(one => !shown.centre.has(one))] : byInterest) {
    if (hidden(id) || (shown && !shown.nodes.has(id))) continue;
    const at = network.canvasToDOM(places[id]);
    if (at.x < -80 || at.y < -40 || at.x > frame.clientWidth + 80 || at.y > frame.clientHeight + 40) continue;
    seen.push({id, at, size: (drawn[id].size + grown) * scale});
    if (seen.length === MOST) break;
  }
  return seen;
}

// Where a name may stand: below its circle, above it, right of it, left of it, or across a corner.
function spotsAround(at, size, half, pixels) {
  const high = pixels / 2 + 2;
  const aside = half * 0.6;
  const box = (x, y) => [x - half, y - high, x + half, y + high];
  return [box(at.x, at.y + size + high + 2), box(at.x, at.y - size - high - 2),
    box(at.x + size + half + 2, at.y), box(at.x - size - half - 2, at.y),
    ...[1, -1].flatMap(way => [box(at.x + way * (size + aside), at.y + size + high + 2), box(at.x + way * (size + aside), at.y - size - high - 2)])];
}

// The first letter of the class stands in the circle: colour is not the only sign of it.
function drawSign(context, id, at, size) {
  const font = context.font;
  context.font = '600 ' + Math.round(Math.min(size * 1.05, 26)) + 'px ' + FACE;
  context.textBaseline = 'middle';
  context.fillStyle = '#fff';
  context.fillText(Array.from(term(classes, data.entities[id].type))[0] || '', at.x, at.y + 1);
  context.font = font;
}

// In a neighbourhood: how many links of a thing lead to what is not shown.
function drawMore(context, id, at, size, pixels, names) {
  const {here, beyond} = folded(id);
  if (!here && !beyond) return;
  const font = context.font;
  context.font = '600 ' + Math.round(pixels * 0.85) + 'px ' + FACE;
  context.textAlign = 'left';
  context.textBaseline = 'middle';
  const [text, left, middle] = ['+' + (here + beyond), at.x + size * 0.8 + 1, at.y - size * 0.8 - pixels * 0.45];
  const box = [left - 1, middle - pixels / 2, left + widthOf(context, text) + 1, middle + pixels / 2];
  // The sign in its own circle is near, and not below it.
  const free = names.free([box[0] + size, ...box.slice(1)]);
  if (free) names.take(box);
  if (free) write(context, text, left, middle, ACCENT);
  context.textAlign = 'center';
  context.font = font;
}

function drawPredicates(context, scale, names, pixels) {
  if (!shown && scale < 0.75) return;
  context.font = pixels + 'px ' + FACE;
  context.textBaseline = 'middle';
  const candidates = shown ? shown.edges : data.facts.keys();
  for (const id of candidates) {
    if (lineHidden(id)) continue;
    const at = middleOf(id);
    if (!at) continue;
    const text = term(relations, data.facts[id].p);
    const half = widthOf(context, text) / 2 + 2;
    const box = [at.x - half, at.y - pixels / 2 - 1, at.x + half, at.y + pixels / 2 + 1];
    if (!(chosen && chosen.edge === id) && !names.free(box)) continue;
    names.take(box);
    write(context, text, at.x, at.y, SOFT);
  }
}
