// The whole picture, small, in a corner, with the window drawn on it; it is there while the window
// shows only a part. Keys move the window too, so it is for the mouse alone.
const MINI = {wide: 176, high: 112, edge: 6};
const mini = byId('mini');
const miniPoints = document.createElement('canvas'); // the things, drawn anew when they change
let miniBounds = null;
let miniDrawing = 0;

function miniStale() { miniBounds = null; }

// Draw what is seen as points; where and how large the picture is.
function drawMiniPoints() {
  const places = network.getPositions();
  const ids = drawn.map(node => node.id).filter(id => !hidden(id));
  const all = ids.map(id => places[id]);
  const ends = axis => all.reduce(([low, high], {[axis]: at}) => [Math.min(low, at), Math.max(high, at)], [Infinity, -Infinity]);
  const [[left, right], [top, bottom]] = all.length ? [ends('x'), ends('y')] : [[0, 1], [0, 1]];
  const scale = Math.min((MINI.wide - 2 * MINI.edge) / (right - left || 1), (MINI.high - 2 * MINI.edge) / (bottom - top || 1));
  miniBounds = {x: (left + right) / 2, y: (top + bottom) / 2, wide: right - left, high: bottom - top, scale};
  const ratio = window.devicePixelRatio || 1;
  for (const one of [mini, miniPoints]) [one.width, one.height] = [MINI.wide * ratio, MINI.high * ratio];
  const pen = miniPoints.getContext('2d');
  pen.setTransform(ratio, 0, 0, ratio, 0, 0);
  const side = ids.length > 2000 ? 1 : 2;
  for (const id of ids) {
    const {x, y} = toMini(places[id]);
    pen.fillStyle = drawn[id].color || SOFT;
    pen.fillRect(x - side / 2, y - side / 2, side, side);
  }
}

function toMini({x, y}) {
  return {x: MINI.wide / 2 + (x - miniBounds.x) * miniBounds.scale, y: MINI.high / 2 + (y - miniBounds.y) * miniBounds.scale};
}

function drawMini() {
  miniDrawing = 0;
  if (!miniBounds) drawMiniPoints();
  const {clientWidth, clientHeight} = byId('graph');
  const scale = network.getScale();
  const [wide, high] = [clientWidth / scale, clientHeight / scale];
  const at = network.getViewPosition();
  const inside = Math.abs(at.x - miniBounds.x) + miniBounds.wide / 2 <= wide / 2 && Math.abs(at.y - miniBounds.y) + miniBounds.high / 2 <= high / 2;
  mini.hidden = inside || !drawable;
  if (mini.hidden) return;
  const pen = mini.getContext('2d');
  const ratio = window.devicePixelRatio || 1;
  pen.setTransform(1, 0, 0, 1, 0, 0);
  pen.clearRect(0, 0, mini.width, mini.height);
  pen.drawImage(miniPoints, 0, 0);
  pen.setTransform(ratio, 0, 0, ratio, 0, 0);
  const corner = toMini({x: at.x - wide / 2, y: at.y - high / 2});
  pen.strokeStyle = ACCENT;
  pen.lineWidth = 1.5;
  pen.strokeRect(corner.x, corner.y, wide * miniBounds.scale, high * miniBounds.scale);
}

function startMini() {
  network.on('afterDrawing', () => { miniDrawing = miniDrawing || requestAnimationFrame(drawMini); });
  afterFilters('mini', miniStale);
  const go = event => {
    const box = mini.getBoundingClientRect();
    const [x, y] = [event.clientX - box.left, event.clientY - box.top];
    network.moveTo({position: {x: miniBounds.x + (x - MINI.wide / 2) / miniBounds.scale, y: miniBounds.y + (y - MINI.high / 2) / miniBounds.scale},
      scale: network.getScale(), animation: false});
  };
  mini.addEventListener('pointerdown', event => {
    mini.setPointerCapture(event.pointerId);
    go(event);
  });
  mini.addEventListener('pointermove', event => { if (mini.hasPointerCapture(event.pointerId)) go(event); });
}
