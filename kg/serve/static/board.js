// Points in, a chart out that scrolls where it is long, tells what is pointed at, and follows keys.
import {plot} from './plot.js';
import {make} from './shared.js';

const ROW = 2.6;   // heights of a letter that a bar with a name of two lines takes
const AXIS = 3.1;  // … and what stands above the first
const KEYS = {ArrowDown: 1, ArrowRight: 1, ArrowUp: -1, ArrowLeft: -1, PageDown: 10, PageUp: -10, Home: -Infinity, End: Infinity};

// The height of so many bars, in CSS pixels, with letters of a size.
export function heightOf(count, size) { return Math.round(count * ROW * size + AXIS * size); }

// The element of a chart; it draws itself once it stands in the page, and ends when it does not.
//   chart   {points, kind, log, told, summary, look,
//            labels(points): a promise of their names, tip(point): what is said of one}
export function board(chart) {
  const {points} = chart;
  const across = chart.kind === 'bars';
  const row = ROW * chart.look.size;
  const all = extentOf(points, chart.log);
  const canvas = make('canvas', {role: 'application', tabindex: '0', 'aria-label': chart.summary, onkeydown: key, onblur: left});
  const tip = make('div', {class: 'tip', hidden: true});
  const said = make('p', {class: 'aside', role: 'status'});
  const pane = make('div', {class: 'pane'}, canvas, tip);
  const tall = make('div', {}, pane);
  const box = make('div', {class: 'scroll', onscroll: () => draw()}, tall, said);
  let drawn = null;
  let first = 0;     // the point that is drawn first, and how many are
  let count = points.length;
  let chosen = -1;   // the point that is told of
  let pinned = false; // … until another one is, or Escape
  let turn = 0;
  const watching = new ResizeObserver(fit);
  watching.observe(box);

  function fit() {
    if (!box.isConnected) {
      watching.disconnect();
      if (drawn) drawn.destroy();
      drawn = null;
      return;
    }
    const whole = heightOf(points.length, chart.look.size);
    const room = Math.max(300, Math.round(innerHeight * 0.72));
    const height = across ? Math.min(whole, room) : Math.max(260, Math.min(520, Math.round(innerHeight * 0.55)));
    count = across ? Math.min(points.length, Math.max(1, Math.floor((height - heightOf(0, chart.look.size)) / row + 0.01))) : points.length;
    pane.style.height = height + 'px';
    tall.style.height = height + Math.round((points.length - count) * row) + 'px';
    draw();
  }

  async function draw() {
    const mine = ++turn;
    const from = Math.max(0, Math.min(points.length - count, Math.round(box.scrollTop / row)));
    const part = points.slice(from, from + count);
    const labels = await chart.labels(part);
    if (mine !== turn || !box.isConnected) return;
    first = from;
    const spec = {kind: chart.kind, labels, sizes: sizesOf(part, chart.log), ...all, log: chart.log, told: chart.told, chosen: chosen - first};
    if (drawn) drawn.draw(spec);
    else drawn = plot(canvas, chart.look, spec, {found: at => pinned || tell(at < 0 ? -1 : first + at), clicked: pin});
    beside();
  }

  function tell(number) {
    if (number === chosen) return;
    chosen = number;
    tip.replaceChildren(...(number < 0 ? [] : chart.tip(points[number])));
    draw();
  }

  function pin(at) {
    pinned = at >= 0;
    tell(at < 0 ? -1 : first + at);
    tip.classList.toggle('pinned', pinned);
  }

  function left() {
    if (!pinned) tell(-1);
  }

  // Bring what is told beside what it tells of, inside the pane.
  function beside() {
    const place = chosen < 0 ? null : drawn.place(chosen - first);
    tip.hidden = !place;
    if (!place) return;
    const [wide, high] = [tip.offsetWidth, tip.offsetHeight];
    const x = across ? Math.min(place.x + 14, pane.clientWidth - wide - 4) : place.x - wide / 2;
    const above = place.y - high - (across ? row / 2 : 10);
    const y = above >= 0 ? above : place.y + (across ? row / 2 : 14);
    tip.style.left = Math.max(4, Math.min(x, pane.clientWidth - wide - 4)) + 'px';
    tip.style.top = Math.max(0, Math.min(y, pane.clientHeight - high)) + 'px';
  }

  async function key(event) {
    if (event.key === 'Escape') return pin(-1);
    const link = tip.querySelector('a');
    if (event.key === 'Enter' && chosen >= 0 && link) return link.click();
    if (!(event.key in KEYS)) return;
    event.preventDefault();
    const to = Math.max(0, Math.min(points.length - 1, chosen < 0 ? (KEYS[event.key] > 1e9 ? points.length - 1 : 0) : chosen + KEYS[event.key]));
    await chart.labels([points[to]]);
    if (to < first) box.scrollTop = to * row;
    if (to >= first + count) box.scrollTop = (to - count + 1) * row;
    tell(to);
    said.textContent = [...tip.children].map(line => line.textContent).join('\n');
  }

  return box;
}

// On a scale of powers of ten a time without rows has no bar.
export function sizesOf(points, log) { return points.map(point => (log && !(point.size > 0) ? null : point.size)); }

export function extentOf(points, log) {
  const sizes = sizesOf(points, log).filter(size => size !== null);
  return {
    least: sizes.reduce((one, other) => Math.min(one, other), sizes[0] ?? 0),
    most: sizes.reduce((one, other) => Math.max(one, other), sizes[0] ?? 1),
    whole: sizes.every(Number.isInteger),
  };
}
