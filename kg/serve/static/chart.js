// An answer in, its chart out: what can be chosen, the drawing, its numbers, its picture.
import {board, extentOf, heightOf, sizesOf} from './board.js';
import {grouped, shown, textOf} from './cells.js';
import {KINDS, canBeLog, hashOf, planOf} from './choices.js';
import {learn} from './naming.js';
import {picture} from './plot.js';
import {ROWS, pointsOf} from './series.js';
import {byId, make} from './shared.js';
import {column, compact, named, say} from './words.js';

const AT_ONCE = 500;   // rows of numbers written at a time
const PICTURED = 400;  // bars of a picture: more are taller than a canvas may be
const SHARP = 150;     // … and from so many on it has one pixel for one
const WIDE = 1200;     // CSS pixels, with letters of SIZE
const SIZE = 13;

// The elements of a chart; `columns` is what columnsOf (series.js) found in the answer, `yuan`
// names those that hold yuan.
export async function chartOf(results, columns, known, yuan) {
  const whole = make('div', {class: 'plot'});
  const draw = () => {
    const {plan, offers} = planOf(columns, location.hash, yuan);
    const {points, left} = pointsOf(results.results.bindings, plan);
    const log = plan.scale === 'log' && canBeLog(points, plan);
    const chart = {...plan, points, log, remarks: remarksOf(left), ...wordsOf(plan, known, yuan.includes(plan.measure)), look: lookOf()};
    const change = (word, value) => {
      history.replaceState(null, '', location.pathname + location.search + hashOf({...plan, [word]: value}, offers));
      draw();
      whole.querySelector(`[name=${word}]`)?.focus();
    };
    whole.replaceChildren(controls(chart, offers, change), remarked(chart.remarks), ...drawing(chart));
  };
  draw();
  return [whole];
}

// What the points of a plan are called, and what is told of them.
function wordsOf(plan, known, yuan) {
  const nameOf = point => point.label || textOf(plan.by, point.cell, known);
  const linked = point => point.label || shown(plan.by, point.cell, known);
  const told = number => compact(number, yuan);
  const measure = columnName(plan.measure) + (plan.measure === ROWS || plan.how === 'each' ? '' : ' · ' + named('howIs', plan.how));
  const exactly = point => (point.size === null ? say('noRows') : grouped(point.exact) + (yuan && Math.abs(point.size) >= 1e4 ? ` (${told(point.size)})` : ''));
  const learned = points => (plan.timed ? null : learn(points.map(point => point.cell)));
  return {
    measure, told, nameOf, linked, exactly, learned,
    async labels(points) {
      await learned(points);
      return points.map(nameOf);
    },
    tip: point => [make('b', {lang: 'zh-CN'}, linked(point)), make('span', {}, measure + ' ' + exactly(point)),
      plan.measure !== ROWS && point.rows > 1 && plan.how !== 'each' ? make('span', {}, say('ofRows', point.rows)) : ''],
  };
}

function columnName(name) { return name === ROWS ? say('count') : column(name).replace('（元）', ''); }

function lookOf() {
  const style = getComputedStyle(document.documentElement);
  const of = name => style.getPropertyValue('--' + name).trim();
  return {ink: of('ink'), soft: of('soft'), line: of('line'), fill: of('bar'), below: of('wrong'), ground: of('paper'),
    face: of('face'), size: Math.round(parseFloat(getComputedStyle(document.body).fontSize) * 0.87)};
}

// A list for each choice that there is.
function controls(chart, offers, change) {
  const listed = {...offers, kind: KINDS.filter(kind => offers.kind.includes(kind))};
  const choice = (word, text, least = 2) => (listed[word].length < least ? '' : make('label', {}, say(word) + ' ',
    make('select', {name: word, onchange: event => change(word, event.target.value)},
      ...listed[word].map(value => make('option', {value, selected: value === chart[word]}, text(value))))));
  const words = word => value => named(word + 'Is', value);
  const repeats = chart.timed || chart.how !== 'each' || new Set(chart.points.map(point => point.cell.value)).size < chart.points.length;
  return make('div', {class: 'row choices'}, choice('kind', words('kind')), choice('measure', columnName, 1), choice('by', column, 1),
    choice('step', words('step')), repeats ? choice('how', words('how')) : '', choice('order', words('order')),
    canBeLog(chart.points, chart) ? choice('scale', words('scale')) : '', chart.points.length ? pictureButton(chart) : '');
}

// What is left out is said.
function remarksOf(left) {
  return Object.entries(left).filter(([, count]) => count).map(([word, count]) => say(word, count)).join(' · ');
}

function remarked(text) { return text ? make('p', {class: 'remark'}, text) : ''; }

function drawing(chart) {
  const sized = chart.points.filter(point => point.size !== null);
  if (!sized.length) return [make('p', {class: 'remark'}, say('nothing'))];
  const top = sized.reduce((one, other) => (other.size > one.size ? other : one));
  const summary = say('summary', chart.measure, column(chart.by), chart.points.length, chart.nameOf(top).slice(0, 200), chart.exactly(top));
  return [board({...chart, summary}), values(chart)];
}

// The numbers of a chart as a table, written when it is opened.
function values(chart) {
  const body = make('tbody');
  const more = make('button', {type: 'button', class: 'plain', onclick: write});
  async function write() {
    const part = chart.points.slice(body.children.length, body.children.length + AT_ONCE);
    await chart.learned(part);
    body.append(...part.map(point => make('tr', {}, make('td', {class: 'long'}, chart.linked(point)),
      make('td', {class: 'number'}, point.size === null ? '' : grouped(point.exact)))));
    const rest = chart.points.length - body.children.length;
    more.hidden = !rest;
    more.textContent = say('more', rest);
  }
  const head = make('tr', {}, make('th', {scope: 'col'}, column(chart.by)), make('th', {scope: 'col'}, chart.measure));
  return make('details', {class: 'values', ontoggle: () => body.children.length || write()}, make('summary', {}, say('values')),
    make('table', {}, make('thead', {}, head), body), make('div', {class: 'row'}, more));
}

function pictureButton(chart) {
  const rest = make('span', {class: 'remark', role: 'status'});
  const button = make('button', {type: 'button', class: 'plain', onclick: async () => {
    const points = chart.timed ? chart.points : chart.points.slice(0, PICTURED);
    const labels = await chart.labels(points);
    const cut = points.length < chart.points.length ? say('pictured', points.length, chart.points.length) : '';
    const name = document.title.replace(/^.*? · /, '') + ' · ' + chart.measure;
    const title = [name, cut, chart.remarks].filter(Boolean).join(' · ');
    const spec = {kind: chart.kind, labels, sizes: sizesOf(points, chart.log), ...extentOf(chart.points, chart.log),
      log: chart.log, told: chart.told, chosen: -1};
    const blob = await picture({...chart.look, size: SIZE}, spec, {title, width: WIDE, height: chart.timed ? 620 : heightOf(points.length, SIZE) + 44,
      ratio: points.length > SHARP && !chart.timed ? 1 : 2});
    rest.textContent = cut;
    save(blob, name);
  }}, say('picture'));
  return make('span', {class: 'row'}, button, rest);
}

function save(blob, name) {
  const address = URL.createObjectURL(blob);
  make('a', {href: address, download: name.replace(/[\\/:*?"<>|\0-\x1f]/g, '_').slice(0, 80) + '.png'}).click();
  setTimeout(() => URL.revokeObjectURL(address), 10_000);
}
