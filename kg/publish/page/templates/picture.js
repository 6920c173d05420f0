// The window of the graph as a drawing of lines, circles and texts: SVG, and PNG made of it.
const SVG = 'http://www.w3.org/2000/svg';
const LEGEND = 34; // height of the row below the drawing that tells the colours
const SHARP = 2;   // pixels of the PNG for one of the screen

function figure(tag, attributes, ...children) {
  const element = document.createElementNS(SVG, tag);
  for (const [name, value] of Object.entries(attributes)) {
    element.setAttribute(name, typeof value === 'number' ? Math.round(value * 100) / 100 : value);
  }
  element.append(...children);
  return element;
}

// XML has no signs for these characters, nor for halves of others.
function writable(text) {
  return text.toWellFormed().replace(/[\0-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]/g, '\ufffd');
}

// What drawLabels writes on, as it writes on a canvas; every text becomes an element.
function textPen(into) {
  const ruler = document.createElement('canvas').getContext('2d');
  let edge = null;
  const pen = {
    canvas: {width: byId('graph').clientWidth}, textAlign: 'left',
    save() {}, restore() {}, setTransform() {},
    get font() { return ruler.font; },
    set font(font) { ruler.font = font; },
    measureText: text => ruler.measureText(text),
    strokeText() { edge = {stroke: pen.strokeStyle, 'stroke-width': pen.lineWidth, 'stroke-linejoin': 'round', 'paint-order': 'stroke'}; },
    fillText(text, x, y) {
      const [, weight, size] = /^(?:(\d+) )?([\d.]+)px/.exec(ruler.font) || [null, '', '12'];
      into.append(figure('text', {
        x, y, dy: '0.35em', fill: pen.fillStyle, 'font-size': size, 'font-weight': weight || '400',
        'font-family': FACE, 'text-anchor': pen.textAlign === 'center' ? 'middle' : 'start', ...edge,
      }, writable(text)));
      edge = null;
    },
  };
  return pen;
}

// A line from one circle to the other's edge, and the point of its arrow.
function lineFigure(id, at, scale) {
  const {s, o} = data.facts[id];
  const [from, to] = [at(s), at(o)];
  const bend = data.edges[id].smooth && middleOf(id);
  const over = bend ? {x: 2 * bend.x - (from.x + to.x) / 2, y: 2 * bend.y - (from.y + to.y) / 2} : from;
  const far = Math.hypot(to.x - over.x, to.y - over.y) || 1;
  const [ux, uy] = [(to.x - over.x) / far, (to.y - over.y) / far];
  const edge = (drawn[o].size + grown) * scale;
  const [x, y] = [to.x - ux * edge, to.y - uy * edge];
  const n = value => Math.round(value * 100) / 100;
  const bright = shown && shown.edges.has(id);
  const look = {stroke: bright ? SOFT : LINE, 'stroke-width': bright ? 1.8 : 1.2, opacity: shown && !bright ? 0.1 : 0.9};
  const d = `M${n(from.x)} ${n(from.y)}` + (bend ? `Q${n(over.x)} ${n(over.y)} ${n(to.x)} ${n(to.y)}` : `L${n(to.x)} ${n(to.y)}`);
  const big = Math.min(8, 9 * scale);
  const head = `M${n(x)} ${n(y)}L${n(x - ux * big - uy * big * 0.4)} ${n(y - uy * big + ux * big * 0.4)}`
    + `L${n(x - ux * big + uy * big * 0.4)} ${n(y - uy * big - ux * big * 0.4)}Z`;
  return figure('g', {opacity: look.opacity}, figure('path', {d, fill: 'none', stroke: look.stroke, 'stroke-width': look['stroke-width']}),
    ...(scale > 0.35 ? [figure('path', {d: head, fill: look.stroke})] : []));
}

function legendFigure(high) {
  const row = figure('g', {});
  const pen = textPen(row);
  pen.font = '13px ' + FACE;
  pen.fillStyle = INK;
  let x = 20;
  for (const kind of data.classes.filter(c => data.entities.some((entity, id) => entity.type === c.name && !hidden(id)))) {
    const name = term(classes, kind.name);
    row.append(figure('circle', {cx: x, cy: high + LEGEND / 2, r: 6, fill: colourOf(kind.name)}));
    pen.fillText(name, x + 12, high + LEGEND / 2);
    x += 36 + pen.measureText(name).width;
  }
  return row;
}

// The window of the graph as an element of SVG, with the colours told below.
function picture() {
  const {clientWidth: wide, clientHeight: high} = byId('graph');
  const scale = network.getScale();
  const places = network.getPositions();
  const at = id => network.canvasToDOM(places[id]);
  const room = 60;
  const inside = ({x, y}) => x > -room && y > -room && x < wide + room && y < high + room;
  const root = figure('svg', {xmlns: SVG, width: wide, height: high + LEGEND, viewBox: `0 0 ${wide} ${high + LEGEND}`},
    figure('title', {}, writable(titled())), figure('rect', {width: wide, height: high + LEGEND, fill: GROUND}));
  const graph = figure('svg', {width: wide, height: high});
  data.facts.forEach(({s, o}, id) => {
    if (!lineHidden(id) && (inside(at(s)) || inside(at(o)))) graph.append(lineFigure(id, at, scale));
  });
  for (const {id, size, color} of drawn) {
    if (hidden(id) || !inside(at(id))) continue;
    graph.append(figure('circle', {cx: at(id).x, cy: at(id).y, r: (size + grown) * scale, fill: color || SOFT,
      stroke: '#fff', opacity: shown && !shown.nodes.has(id) ? 0.13 : 1}));
  }
  drawLabels(textPen(graph));
  root.append(graph, legendFigure(high));
  return root;
}

function pictureText() {
  return '<?xml version="1.0" encoding="UTF-8"?>\n' + new XMLSerializer().serializeToString(picture());
}

async function pictureBlob() {
  const image = new Image();
  image.src = 'data:image/svg+xml,' + encodeURIComponent(pictureText());
  await image.decode();
  const canvas = document.createElement('canvas');
  [canvas.width, canvas.height] = [image.width * SHARP, image.height * SHARP];
  canvas.getContext('2d').drawImage(image, 0, 0, canvas.width, canvas.height);
  return new Promise(done => canvas.toBlob(done, 'image/png'));
}
