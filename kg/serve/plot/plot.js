// Labels and sizes in, a drawn chart out. All that the library is asked stands here.
//
// Chart.js draws on a canvas and writes neither markup nor styles, as the page's policy wants.
import {
  BarController, BarElement, CategoryScale, Chart, LineController, LineElement, LinearScale,
  LogarithmicScale, PointElement,
} from 'chart.js';

Chart.register(BarController, BarElement, CategoryScale, LineController, LineElement, LinearScale,
  LogarithmicScale, PointElement);

const LINES = 2;      // of a name beside its bar
const LONGEST = 120;  // code points of a name that are looked at: two lines hold fewer
const pen = document.createElement('canvas').getContext('2d'); // it measures

// Draw a chart, and again with `draw` whenever something of it changed, but not its kind.
//   look      {ink, soft, line, fill, below, ground}, and the font: its `face` and `size` in pixels
//   spec      {kind: 'bars', 'columns' or 'line', labels, sizes, least, most, whole, log, told,
//             chosen}: a size is null where there is none; `least`, `most` and `whole` (no
//             fractions) are of all sizes, beyond the drawn ones; `told` writes a number;
//             `chosen` is the marked one, or -1
//   found     called with the number of the bar that is pointed at, or -1, and `clicked` with it
export function plot(canvas, look, spec, {found, clicked}) {
  const held = {spec};
  const chart = new Chart(canvas, options(look, held, true));
  const at = event => {
    const box = canvas.getBoundingClientRect();
    return numberAt(chart, event.clientX - box.left, event.clientY - box.top);
  };
  canvas.onpointermove = event => found(at(event));
  canvas.onpointerleave = () => found(-1);
  canvas.onclick = event => clicked(at(event));
  return {
    draw(next) {
      held.spec = next;
      const {data, options: said} = options(look, held, true);
      Object.assign(chart, {data, options: said});
      chart.update('none');
    },
    // Where a bar or a point ends, in CSS pixels of the canvas.
    place(number) {
      const element = chart.getDatasetMeta(0).data[number];
      return element ? {x: element.x, y: element.y} : null;
    },
    destroy: () => chart.destroy(),
  };
}

// A chart as a PNG (a Blob) of so many CSS pixels, `ratio` times as many real ones, with a title.
export function picture(look, spec, {width, height, ratio, title}) {
  const canvas = document.createElement('canvas');
  [canvas.width, canvas.height] = [width, height];
  const asked = options(look, {spec}, false);
  asked.options.devicePixelRatio = ratio;
  Object.assign(asked.options.layout.padding, {top: spec.kind === 'bars' ? 44 : 60, left: 16});
  asked.plugins.push({id: 'ground', beforeDraw({ctx}) {
    ctx.save();
    ctx.fillStyle = look.ground;
    ctx.fillRect(0, 0, width, height);
    ctx.fillStyle = look.ink;
    ctx.font = `600 16px ${look.face}`;
    ctx.textBaseline = 'top';
    ctx.fillText(wrapped(ctx, title, width - 32, 1)[0] || '', 16, 14);
    ctx.restore();
  }});
  const chart = new Chart(canvas, asked);
  return new Promise(done => canvas.toBlob(blob => {
    chart.destroy();
    done(blob);
  }));
}

// What the library is told; it keeps its plugins, so that they look up what is drawn now.
function options(look, held, responsive) {
  const {spec} = held;
  const across = spec.kind === 'bars';
  const line = spec.kind === 'line';
  const [names, sizes] = across ? ['y', 'x'] : ['x', 'y'];
  const font = {family: look.face, size: look.size};
  pen.font = `${look.size}px ${look.face}`;
  // The number behind a bar has four digits at most.
  const room = 14 + Math.max(...[spec.least, spec.most].map(size => pen.measureText(spec.told(size * 0.8765)).width));
  const coloured = spec.sizes.map((size, i) => (i === spec.chosen ? look.ink : size < 0 ? look.below : look.fill));
  return {
    type: line ? 'line' : 'bar',
    data: {labels: spec.labels, datasets: [{
      data: spec.sizes, backgroundColor: coloured, borderColor: look.fill, pointBackgroundColor: coloured,
      borderWidth: line ? 2 : 0, pointRadius: spec.sizes.length > 150 ? 1.5 : 4, borderRadius: 2, minBarLength: 1,
      barPercentage: 0.9, categoryPercentage: 0.86, maxBarThickness: across ? look.size * 1.7 : 56, spanGaps: false,
    }]},
    options: {
      responsive, maintainAspectRatio: false, animation: false, events: [], indexAxis: names,
      layout: {padding: {right: across ? room : 12, top: across ? 2 : 22, left: 6, bottom: 4}},
      scales: {
        [names]: {
          type: 'category', grid: {display: false}, border: {color: look.line},
          ticks: {font, color: look.ink, autoSkip: !across, maxRotation: across ? 0 : 60, ...(across ? {callback: named} : {})},
        },
        [sizes]: {
          type: spec.log ? 'logarithmic' : 'linear', position: across ? 'top' : 'left', beginAtZero: true,
          // The same for every part of a long list, so that its bars can be compared.
          suggestedMin: spec.log ? undefined : Math.min(0, spec.least), suggestedMax: spec.most,
          min: spec.log ? 10 ** Math.floor(Math.log10(spec.least) - 1e-9) : undefined,
          grid: {color: look.line}, border: {display: false},
          ticks: {font, color: look.soft, maxRotation: 0, autoSkipPadding: 14, maxTicksLimit: across ? 9 : 8,
            precision: spec.whole ? 0 : undefined, callback: value => (spec.log && !isPower(value) ? null : spec.told(value))},
        },
      },
    },
    plugins: across ? [{id: 'numbers', afterDatasetsDraw: chart => writeNumbers(chart, look, held.spec)}] : [],
  };

  // The library gives names half of the width and cuts what is wider, at its beginning.
  function named(value) {
    const half = (this.chart.width - room - 6) / 2 - 14;
    return wrapped(pen, this.getLabelForValue(value), Math.min(300, half), LINES);
  }
}

function isPower(value) {
  const power = Math.log10(value);
  return Math.abs(power - Math.round(power)) < 1e-9;
}

// Each number behind its bar; behind the zero line where the bar goes the other way.
function writeNumbers(chart, look, spec) {
  const {ctx} = chart;
  ctx.save();
  ctx.font = `${look.size}px ${look.face}`;
  ctx.fillStyle = look.ink;
  ctx.textBaseline = 'middle';
  chart.getDatasetMeta(0).data.forEach((bar, i) => {
    if (spec.sizes[i] !== null) ctx.fillText(spec.told(spec.sizes[i]), Math.max(bar.x, bar.base) + 6, bar.y);
  });
  ctx.restore();
}

// A text in lines that are no wider than so many pixels; the last ends with … if there is more.
function wrapped(ctx, text, width, most) {
  const signs = Array.from(text.slice(0, 4 * LONGEST).replace(/[\s\p{Cc}\p{Cf}]+/gu, ' ').trim());
  const fits = part => ctx.measureText(part.join('')).width <= width;
  const longest = part => {
    let length = part.length;
    while (length > 1 && !fits(part.slice(0, length))) length -= 1;
    return length;
  };
  const cut = signs.length > LONGEST || text.length > 4 * LONGEST;
  const lines = [];
  let rest = signs.slice(0, LONGEST);
  while (rest.length && lines.length < most) {
    const last = lines.length === most - 1;
    let length = longest(rest);
    if (last && (length < rest.length || cut)) {
      lines.push(rest.slice(0, longest([...rest.slice(0, length), '…']) - 1).join('') + '…');
      break;
    }
    if (length < rest.length) length = evenly(rest, length, fits);
    lines.push(rest.slice(0, length).join('').trim());
    rest = rest.slice(length);
  }
  return lines;
}

// Where a line ends that another follows: in the middle if that one has room, and in no number
// and no Latin word.
function evenly(signs, most, fits) {
  const middle = Math.ceil(signs.length / 2);
  const wanted = middle <= most && fits(signs.slice(middle)) ? middle : most;
  const whole = at => !(/[\w.]/.test(signs[at - 1]) && /[\w.]/.test(signs[at]));
  for (let at = wanted; at > wanted - 12 && at > 0; at -= 1) {
    if (whole(at) && (at === wanted || at > most / 2)) return at;
  }
  return wanted;
}

// The number of the bar or point that lies nearest in the direction of the names, or -1.
function numberAt(chart, x, y) {
  const {left, right, top, bottom} = chart.chartArea;
  const across = chart.options.indexAxis === 'y';
  const inside = across ? y >= top && y <= bottom : x >= left - 8 && x <= right + 8;
  const count = chart.data.labels.length;
  if (!inside || !count) return -1;
  const value = across ? chart.scales.y.getValueForPixel(y) : chart.scales.x.getValueForPixel(x);
  return Math.max(0, Math.min(count - 1, value));
}
