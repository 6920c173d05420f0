// The graph drawn on a plain canvas: tens of thousands of nodes, where vis-network stands still.
// It answers to the same calls as that library, as far as the page uses them.
const FRAME = 24;    // a drawing that takes more milliseconds is not made anew in every frame
const REST = 90;     // milliseconds without a movement after which it is
const BATCH = 250;   // lines of one path: the browser is slow with longer ones
const GROWTH = 6;    // added to a radius at most: the grid of the layout leaves no more room
const CLOSE = 0.35;  // below this zoom lines are straight and have no arrows
const xs = Float32Array.from(drawn, node => node.x);
const ys = Float32Array.from(drawn, node => node.y);
const bends = data.edges.map(({smooth}) => (smooth ? smooth.roundness * (smooth.type === 'curvedCW' ? -1 : 1) : 0));

function makeCanvas() {
  const element = byId('graph');
  const canvas = make('canvas', {tabindex: '0'});
  const context = canvas.getContext('2d');
  const sheet = document.createElement('canvas'); // the last whole drawing
  const pen = sheet.getContext('2d');
  const heard = {};
  const view = {x: 0, y: 0, scale: 1};  // the place in the middle of the window
  let laid = {...view};                 // the view that the sheet shows
  let wide = 0;
  let high = 0;
  let ratio = 1;
  let cost = 0;
  let waiting = 0;
  let frame = 0;
  let picked = {nodes: new Set(), edges: new Set()};
  let pointed = null;
  element.append(canvas);

  function tell(name, event) { for (const act of heard[name] || []) act(event); }
  function toScreen({x, y}) { return {x: (x - view.x) * view.scale + wide / 2, y: (y - view.y) * view.scale + high / 2}; }
  function toPlace({x, y}) { return {x: (x - wide / 2) / view.scale + view.x, y: (y - high / 2) / view.scale + view.y}; }

  function resize() {
    const box = element.getBoundingClientRect();
    [wide, high, ratio] = [box.width, box.height, window.devicePixelRatio || 1];
    for (const one of [canvas, sheet]) {
      one.width = Math.max(1, Math.round(wide * ratio));
      one.height = Math.max(1, Math.round(high * ratio));
    }
    canvas.style.width = wide + 'px';
    canvas.style.height = high + 'px';
    redraw();
  }

  // What lies in the window, with some room around it, in places of the graph.
  function window_() {
    const room = 60 / view.scale;
    const [a, b] = [toPlace({x: 0, y: 0}), toPlace({x: wide, y: high})];
    return [a.x - room, a.y - room, b.x + room, b.y + room];
  }

  function control(id) {
    const {s, o} = data.facts[id];
    const turn = bends[id];
    return {x: (xs[s] + xs[o]) / 2 - (ys[o] - ys[s]) * turn, y: (ys[s] + ys[o]) / 2 + (xs[o] - xs[s]) * turn};
  }

  function stroke(ids, colour, opacity, width) {
    const curved = view.scale > CLOSE;
    pen.strokeStyle = colour;
    pen.globalAlpha = opacity;
    pen.lineWidth = width / view.scale;
    for (let from = 0; from < ids.length; from += BATCH) {
      pen.beginPath();
      for (const id of ids.slice(from, from + BATCH)) {
        const {s, o} = data.facts[id];
        pen.moveTo(xs[s], ys[s]);
        if (curved && bends[id]) {
          const at = control(id);
          pen.quadraticCurveTo(at.x, at.y, xs[o], ys[o]);
        } else pen.lineTo(xs[o], ys[o]);
      }
      pen.stroke();
    }
    if (curved) arrows(ids, colour);
    pen.globalAlpha = 1;
  }

  function arrows(ids, colour) {
    pen.fillStyle = colour;
    pen.beginPath();
    for (const id of ids) {
      const {s, o} = data.facts[id];
      const from = bends[id] ? control(id) : {x: xs[s], y: ys[s]};
      const [dx, dy] = [xs[o] - from.x, ys[o] - from.y];
      const far = Math.hypot(dx, dy);
      const size = drawn[o].size + grown;
      if (far < size + 8) continue;
      const [ux, uy] = [dx / far, dy / far];
      const [x, y] = [xs[o] - ux * size, ys[o] - uy * size];
      pen.moveTo(x, y);
      pen.lineTo(x - ux * 7 - uy * 3, y - uy * 7 + ux * 3);
      pen.lineTo(x - ux * 7 + uy * 3, y - uy * 7 - ux * 3);
      pen.closePath();
    }
    pen.fill();
  }

  function paintLines(left, top, right, bottom) {
    const quiet = [];
    const bright = [];
    data.facts.forEach(({s, o}, id) => {
      if ((xs[s] < left && xs[o] < left) || (xs[s] > right && xs[o] > right)
        || (ys[s] < top && ys[o] < top) || (ys[s] > bottom && ys[o] > bottom) || lineHidden(id)) return;
      (shown && shown.edges.has(id) ? bright : quiet).push(id);
    });
    // Where lines crowd, each of them is fainter.
    const crowd = Math.max(0.25, Math.min(1, 4000 / (quiet.length + 1)));
    stroke(quiet, LINE, shown ? 0.06 : 0.8 * crowd, view.scale < CLOSE ? 0.8 : 1.2);
    stroke(bright, SOFT, 1, 1.8);
  }

  function paintNodes(left, top, right, bottom) {
    const groups = new Map();
    for (let id = 0; id < xs.length; id++) {
      if (xs[id] < left || xs[id] > right || ys[id] < top || ys[id] > bottom || hidden(id)) continue;
      const faint = shown && !shown.nodes.has(id);
      const key = (drawn[id].color || SOFT) + (faint ? '0' : '1');
      if (!groups.has(key)) groups.set(key, []);
      groups.get(key).push(id);
    }
    for (const [key, ids] of [...groups].sort((a, b) => a[0].slice(-1) - b[0].slice(-1))) {
      pen.globalAlpha = key.endsWith('1') ? 1 : 0.13;
      pen.fillStyle = key.slice(0, -1);
      pen.beginPath();
      for (const id of ids) {
        const size = drawn[id].size + grown;
        if (size * view.scale < 1.5) pen.rect(xs[id] - size, ys[id] - size, 2 * size, 2 * size);
        else {
          pen.moveTo(xs[id] + size, ys[id]);
          pen.arc(xs[id], ys[id], size, 0, 7);
        }
      }
      pen.fill();
    }
    pen.globalAlpha = 1;
    pen.strokeStyle = INK;
    pen.lineWidth = 3 / view.scale;
    for (const id of [...picked.nodes, ...(pointed && pointed.node !== undefined ? [pointed.node] : [])]) {
      pen.beginPath();
      pen.arc(xs[id], ys[id], drawn[id].size + grown, 0, 7);
      pen.stroke();
    }
  }

  function paint() {
    const began = performance.now();
    pen.setTransform(1, 0, 0, 1, 0, 0);
    pen.fillStyle = GROUND;
    pen.fillRect(0, 0, sheet.width, sheet.height);
    const zoom = ratio * view.scale;
    pen.setTransform(zoom, 0, 0, zoom, ratio * (wide / 2 - view.x * view.scale), ratio * (high / 2 - view.y * view.scale));
    // From afar nodes grow, so that they stay in sight.
    grown = Math.max(0, Math.min(GROWTH, Math.round(2.5 / view.scale) - 8));
    const sight = window_();
    paintLines(...sight);
    paintNodes(...sight);
    tell('afterDrawing', pen);
    laid = {...view};
    cost = performance.now() - began;
  }

  // The last drawing, moved and scaled to where it would be now.
  function blit() {
    const zoom = view.scale / laid.scale;
    const corner = toScreen({x: laid.x - wide / 2 / laid.scale, y: laid.y - high / 2 / laid.scale});
    context.setTransform(1, 0, 0, 1, 0, 0);
    context.fillStyle = GROUND;
    context.fillRect(0, 0, canvas.width, canvas.height);
    context.drawImage(sheet, corner.x * ratio, corner.y * ratio, sheet.width * zoom, sheet.height * zoom);
  }

  function redraw() {
    clearTimeout(waiting);
    waiting = 0;
    cancelAnimationFrame(frame);
    frame = requestAnimationFrame(() => {
      paint();
      blit();
    });
  }

  // While the view moves, what is there is moved along; it is drawn anew at once if that is
  // quick, and otherwise when the movement rests.
  function moved() {
    if (cost < FRAME) return redraw();
    clearTimeout(waiting);
    waiting = setTimeout(redraw, REST);
    cancelAnimationFrame(frame);
    frame = requestAnimationFrame(blit);
  }

  function zoomTo(scale, about = {x: wide / 2, y: high / 2}) {
    const place = toPlace(about);
    view.scale = Math.min(4, Math.max(0.005, scale));
    view.x = place.x - (about.x - wide / 2) / view.scale;
    view.y = place.y - (about.y - high / 2) / view.scale;
    tell('zoom', {});
    moved();
  }

  // What lies under a point of the window: a node before a line.
  function under(point) {
    const place = toPlace(point);
    let best = null;
    for (let id = 0; id < xs.length; id++) {
      const reach = Math.max(drawn[id].size + grown, 4 / view.scale);
      const [dx, dy] = [xs[id] - place.x, ys[id] - place.y];
      if (Math.abs(dx) > reach || Math.abs(dy) > reach || dx * dx + dy * dy > reach * reach || hidden(id)) continue;
      if (!best || dx * dx + dy * dy < best.far) best = {node: id, far: dx * dx + dy * dy};
    }
    return best || lineUnder(place);
  }

  function lineUnder(place) {
    const reach = 5 / view.scale;
    let best = null;
    data.facts.forEach(({s, o}, id) => {
      if (lineHidden(id) || (shown && !shown.edges.has(id))) return;
      const bend = view.scale > CLOSE && bends[id] ? control(id) : null;
      const points = bend ? [0, 0.25, 0.5, 0.75, 1].map(t => onCurve(s, o, bend, t)) : [[xs[s], ys[s]], [xs[o], ys[o]]];
      for (let i = 1; i < points.length; i++) {
        const far = distance(place, points[i - 1], points[i]);
        if (far < reach && (!best || far < best.far)) best = {edge: id, far};
      }
    });
    return best;
  }

  function onCurve(s, o, bend, t) {
    const [a, b, c] = [(1 - t) * (1 - t), 2 * t * (1 - t), t * t];
    return [a * xs[s] + b * bend.x + c * xs[o], a * ys[s] + b * bend.y + c * ys[o]];
  }

  function distance({x, y}, [ax, ay], [bx, by]) {
    const [dx, dy] = [bx - ax, by - ay];
    const along = Math.max(0, Math.min(1, ((x - ax) * dx + (y - ay) * dy) / (dx * dx + dy * dy || 1)));
    return Math.hypot(x - ax - along * dx, y - ay - along * dy);
  }

  function listenTo() {
    const down = new Map(); // pointers that are pressed, and where they are
    let travelled = 0;
    let hovering = 0;
    const at = event => {
      const box = canvas.getBoundingClientRect();
      return {x: event.clientX - box.left, y: event.clientY - box.top};
    };
    canvas.addEventListener('pointerdown', event => {
      canvas.setPointerCapture(event.pointerId);
      canvas.focus({preventScroll: true});
      down.set(event.pointerId, at(event));
      if (down.size === 1) travelled = 0;
    });
    canvas.addEventListener('pointermove', event => {
      const now = at(event);
      const before = down.get(event.pointerId);
      if (!before) {
        cancelAnimationFrame(hovering);
        hovering = requestAnimationFrame(() => hover(now));
        return;
      }
      if (down.size === 2) {
        const [other] = [...down].filter(([id]) => id !== event.pointerId).map(([, point]) => point);
        const gap = point => Math.hypot(point.x - other.x, point.y - other.y) || 1;
        zoomTo(view.scale * gap(now) / gap(before), {x: (now.x + other.x) / 2, y: (now.y + other.y) / 2});
      } else {
        view.x -= (now.x - before.x) / view.scale;
        view.y -= (now.y - before.y) / view.scale;
        if (!travelled) tell('dragStart', {});
        moved();
      }
      travelled += Math.hypot(now.x - before.x, now.y - before.y);
      down.set(event.pointerId, now);
    });
    const up = event => {
      const single = down.size === 1 && down.has(event.pointerId);
      down.delete(event.pointerId);
      if (!single || travelled > 4 || event.type === 'pointercancel') return;
      const hit = under(at(event)) || {};
      tell('click', {nodes: hit.node === undefined ? [] : [hit.node], edges: hit.edge === undefined ? [] : [hit.edge]});
    };
    canvas.addEventListener('pointerup', up);
    canvas.addEventListener('pointercancel', up);
    canvas.addEventListener('dblclick', event => {
      const hit = under(at(event)) || {};
      tell('doubleClick', {nodes: hit.node === undefined ? [] : [hit.node]});
    });
    canvas.addEventListener('wheel', event => {
      event.preventDefault();
      zoomTo(view.scale * Math.exp(-Math.max(-300, Math.min(300, event.deltaY)) / 500), at(event));
    }, {passive: false});
    canvas.addEventListener('keydown', event => {
      const step = {ArrowLeft: [-60, 0], ArrowRight: [60, 0], ArrowUp: [0, -60], ArrowDown: [0, 60]}[event.key];
      if (step) {
        view.x += step[0] / view.scale;
        view.y += step[1] / view.scale;
        moved();
      } else if (event.key === '+' || event.key === '=') zoomTo(view.scale * 1.2);
      else if (event.key === '-') zoomTo(view.scale / 1.2);
      else return;
      event.preventDefault();
    });
    new ResizeObserver(resize).observe(element);
  }

  function hover(point) {
    const hit = under(point);
    const same = (hit && hit.node) === (pointed && pointed.node) && (hit && hit.edge) === (pointed && pointed.edge);
    if (same) return;
    if (pointed) tell(pointed.node === undefined ? 'blurEdge' : 'blurNode', {});
    pointed = hit;
    canvas.style.cursor = hit ? 'pointer' : '';
    if (hit && hit.node !== undefined) tell('hoverNode', {node: hit.node, pointer: {DOM: point}});
    else if (hit) tell('hoverEdge', {edge: hit.edge, pointer: {DOM: point}});
  }

  function fit(wanted) {
    // The line of the filters above may just have come or gone.
    const box = element.getBoundingClientRect();
    if (box.width !== wide || box.height !== high) resize();
    const seen = wanted || drawn.map(node => node.id).filter(id => !hidden(id));
    const ids = seen.length ? seen : drawn.map(node => node.id);
    if (!ids.length) return redraw();
    let [left, top, right, bottom] = [Infinity, Infinity, -Infinity, -Infinity];
    for (const id of ids) {
      const size = drawn[id].size;
      [left, top] = [Math.min(left, xs[id] - size), Math.min(top, ys[id] - size)];
      [right, bottom] = [Math.max(right, xs[id] + size), Math.max(bottom, ys[id] + size)];
    }
    view.scale = Math.min(1, 0.95 * Math.min(wide / (right - left + 1), high / (bottom - top + 1)));
    [view.x, view.y] = [(left + right) / 2, (top + bottom) / 2];
    redraw();
  }

  listenTo();
  resize();
  return {
    on: (name, act) => { (heard[name] = heard[name] || []).push(act); },
    fit,
    redraw,
    place: places => {
      for (const {id, x, y} of drawn) [xs[id], ys[id]] = [x, y];
      for (const [id, {x, y}] of places || []) [xs[id], ys[id]] = [x, y];
      redraw();
    },
    getScale: () => view.scale,
    getViewPosition: () => ({x: view.x, y: view.y}),
    canvasToDOM: toScreen,
    getPosition: id => ({x: xs[id], y: ys[id]}),
    getPositions: () => drawn.map(node => ({x: xs[node.id], y: ys[node.id]})),
    middle: id => {
      const {s, o} = data.facts[id];
      const [x, y] = bends[id] ? onCurve(s, o, control(id), 0.5) : [(xs[s] + xs[o]) / 2, (ys[s] + ys[o]) / 2];
      return {x, y};
    },
    setSelection: ({nodes, edges}) => { picked = {nodes: new Set(nodes), edges: new Set(edges)}; },
    unselectAll: () => { picked = {nodes: new Set(), edges: new Set()}; },
    moveTo: ({scale = view.scale, position = null}) => {
      if (position) [view.x, view.y] = [position.x, position.y];
      view.scale = Math.min(4, Math.max(0.005, scale));
      redraw();
    },
    focus: (id, {scale, offset}) => {
      view.scale = scale;
      [view.x, view.y] = [xs[id] - offset.x / scale, ys[id] - offset.y / scale];
      redraw();
    },
  };
}

const network = makeCanvas();

function refresh() { network.redraw(); }

function middleOf(id) { return network.canvasToDOM(network.middle(id)); }

function fitAll() { network.fit(); }

function fit(ids) { network.fit(ids); }

function reachable() { /* the canvas is */ }
