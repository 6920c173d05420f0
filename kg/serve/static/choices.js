// What an address says of a chart in, what is drawn out, and back: #chart&kind=line&step=year
import {ROWS} from './series.js';

export const KINDS = ['bars', 'columns', 'line'];
const STEPS = [['year', 4], ['month', 7], ['day', 10]];
const SPREAD = 1000; // from three powers of ten on the small bars cannot be seen

// Whether an address asks for a chart.
export function isChart(hash) { return /^#chart(&|$)/.test(hash); }

// What can be chosen, as lists of values, the one that is taken by itself first, and what is
// chosen of them: an unknown choice is passed over.
// Columns of `yuan` come before other numbers.
//   plan   {kind, by, measure, how, step, order, scale, timed: whether time runs along it}
export function planOf(columns, hash, yuan) {
  const given = new URLSearchParams(isChart(hash) ? hash.slice(1) : '');
  const offers = {};
  const plan = {};
  const pick = (word, ...values) => {
    offers[word] = values;
    plan[word] = values.includes(given.get(word)) ? given.get(word) : values[0];
  };
  const {dates, numbers, names, repeated} = columns;
  const bars = names.length > 0;
  const barsFirst = bars && (numbers.length || !dates.length);
  const timed = dates.length ? ['columns', 'line'] : [];
  pick('kind', ...(barsFirst ? ['bars', ...timed] : [...timed, ...(bars ? ['bars'] : [])]));
  plan.timed = plan.kind !== 'bars';
  pick('measure', ...numbers.filter(name => yuan.includes(name)), ...numbers.filter(name => !yuan.includes(name)), ROWS);
  const counted = plan.measure === ROWS;
  // Rows are counted by what repeats; a number has a name of its own.
  const named = counted ? [...repeated, ...names.filter(name => !repeated.includes(name))] : names;
  pick('by', ...(plan.timed ? dates : [...named, ...dates]));
  pick('how', ...(counted ? ['sum'] : plan.timed ? ['sum', 'mean', 'max'] : ['each', 'sum', 'mean', 'max']));
  const steps = STEPS.filter(([, digits]) => digits <= columns.finest).map(([step]) => step);
  pick('step', ...(plan.timed ? steps : ['']));
  pick('order', ...(plan.timed ? [''] : counted ? ['size', 'given'] : ['given', 'size']));
  plan.scale = given.get('scale') === 'log' ? 'log' : 'plain';
  offers.scale = ['plain', 'log'];
  return {plan, offers};
}

// Whether powers of ten may run along a chart: nothing lies at or below zero.
export function canBeLog(points, plan) {
  const sizes = points.map(point => point.size).filter(size => size !== null && !(plan.timed && size === 0));
  const least = sizes.reduce((one, other) => Math.min(one, other), Infinity);
  const most = sizes.reduce((one, other) => Math.max(one, other), -Infinity);
  return least > 0 && most >= least * SPREAD;
}

// The address of a plan: what is taken by itself is not said.
export function hashOf(plan, offers) {
  const said = Object.entries(offers).filter(([word, values]) => plan[word] !== values[0])
    .map(([word]) => `&${word}=${encodeURIComponent(plan[word])}`);
  return '#chart' + said.join('');
}
