// The line of time below the graph: how many facts lie where, and two handles that keep a part.
const span = {from: 0, to: stretchesOfTime.length, undated: true}; // stretches, half-open
let timeHeights = {found: [], undated: 0};
let pending = 0;
let pushed = false; // the handle that is being moved has made an entry for the back button

function wholeTime() { return span.from === 0 && span.to === stretchesOfTime.length; }

// What a stretch is called: its date, or that it is all before or after the others.
function stretchName(number) {
  const {name} = stretchesOfTime[number];
  if (name) return name;
  return number ? say('later', stretchesOfTime[number - 1].name) : say('earlier', stretchesOfTime[1].name);
}

function spanName() {
  const [first, last] = [stretchName(span.from), stretchName(span.to - 1)];
  return first === last ? first : first + ' — ' + last;
}

function setSpan(from, to) {
  const most = stretchesOfTime.length;
  span.from = Math.max(0, Math.min(from, most - 1));
  span.to = Math.max(span.from + 1, Math.min(to, most));
}

function timeTold() {
  const parts = [wholeTime() ? '' : spanName(), span.undated ? '' : say('datedOnly')];
  return parts.some(Boolean) ? say('keptTime', parts.filter(Boolean).join(say('and'))) : '';
}

function drawTimeline() {
  const tallest = Math.max(1, ...timeHeights.found.map(({sure, spread}) => sure + spread));
  const bars = byId('bars').children;
  timeHeights.found.forEach(({sure, spread, covering}, i) => {
    const bar = bars[i];
    bar.classList.toggle('out', i < span.from || i >= span.to);
    bar.title = say(covering ? 'barSpread' : 'bar', stretchName(i), sure, covering);
    // The root, so that few facts show beside many.
    const high = 100 * Math.sqrt((sure + spread) / tallest);
    bar.firstElementChild.style.height = (spread ? high * spread / (sure + spread) : 0) + '%';
    bar.lastElementChild.style.height = (sure ? Math.max(high * sure / (sure + spread), 4) : 0) + '%';
  });
  for (const [id, value, number] of [['from', span.from, span.from], ['to', span.to, span.to - 1]]) {
    byId(id).value = value;
    byId(id).setAttribute('aria-valuetext', stretchName(number));
    byId(id).setAttribute('aria-label', say(id === 'from' ? 'timeFrom' : 'timeTo'));
  }
  // Where both handles stand at the right end the lower one must be within reach.
  byId('from').style.zIndex = span.from > stretchesOfTime.length / 2 ? 1 : 0;
  byId('spanName').textContent = spanName();
  byId('undated').checked = span.undated;
  byId('undatedCount').textContent = timeHeights.undated;
  byId('timeHead').title = say('timeHint');
}

// Years below the bars, as many as have room.
function drawScale() {
  const most = stretchesOfTime.length;
  const named = stretchesOfTime.map(({name}, i) => [name, i]).filter(([name]) => name);
  const opening = named.filter(([name], k) => k === 0 || name.slice(0, 4) !== named[k - 1][0].slice(0, 4));
  const marks = opening.length > 2 ? opening : named;
  const step = Math.ceil(marks.length / 8);
  // A year of a month or two has no room beside the next.
  const some = marks.filter((_, k) => k % step === 0)
    .filter(([, i], k, all) => k + 1 === all.length || all[k + 1][1] - i >= most / 20);
  byId('scale').replaceChildren(...some.map(([name, i]) => {
    const mark = make('span', {}, marks === opening ? name.slice(0, 4) : name);
    mark.style.left = 100 * i / most + '%';
    return mark;
  }));
}

// While a handle moves, the graph follows once a frame; the address is written when it rests.
function dragged(end) {
  const value = Number(byId(end).value);
  if (end === 'from') setSpan(Math.min(value, span.to - 1), span.to);
  else setSpan(span.from, Math.max(value, span.from + 1));
  drawTimeline();
  cancelAnimationFrame(pending);
  pending = requestAnimationFrame(look);
}

function settled() {
  cancelAnimationFrame(pending);
  refilter(!pushed);
  if (!chosen) fitAll();
  pushed = true;
}

function buildTimeline() {
  const most = stretchesOfTime.length;
  byId('bars').replaceChildren(...stretchesOfTime.map((_, i) => make('div', {class: 'stretch', onclick: () => {
    const alone = span.from === i && span.to === i + 1;
    setSpan(alone ? 0 : i, alone ? most : i + 1);
    narrow();
  }}, make('i'), make('b'))));
  for (const end of ['from', 'to']) {
    byId(end).max = most;
    byId(end).addEventListener('input', () => dragged(end));
    byId(end).addEventListener('change', settled);
    for (const name of ['focus', 'pointerdown']) byId(end).addEventListener(name, () => { pushed = false; });
  }
  byId('undated').addEventListener('change', event => {
    span.undated = event.target.checked;
    narrow();
  });
  drawScale();
}

function clearTime() {
  setSpan(0, stretchesOfTime.length);
  span.undated = true;
}

// The address has dates: where the stretches begin and end changes with the graph.
function timeFromAddress(text) {
  const ends = text.split('..').map(daysOf);
  if (ends.length !== 2) return setSpan(0, stretchesOfTime.length);
  const [from, to] = [ends[0][0], ends[1][1]];
  setSpan(Number.isNaN(from) ? 0 : stretchAt(from), Number.isNaN(to) ? stretchesOfTime.length : stretchAt(to) + 1);
}

function startTimeline() {
  byId('timeline').hidden = stretchesOfTime.length < 2;
  if (stretchesOfTime.length < 2) return;
  byId('timeline').open = matchMedia('(min-width: 761px) and (min-height: 520px)').matches;
  buildTimeline();
  addFilter({
    tell: timeTold,
    clear: clearTime,
    hidesClaim: number => {
      const first = claims.first[number];
      if (Number.isNaN(first)) return !span.undated;
      return claims.last[number] < stretchesOfTime[span.from].first || first > stretchesOfTime[span.to - 1].last;
    },
    count: out => {
      timeHeights = heights(out);
      drawTimeline();
    },
  });
  inAddress('time', {
    read: () => wholeTime() ? '' : stretchesOfTime[span.from].name + '..' + stretchesOfTime[span.to - 1].name,
    write: text => { timeFromAddress(text); refilter(); },
  });
  inAddress('undated', {
    read: () => span.undated ? '' : 'no',
    write: text => { span.undated = text !== 'no'; refilter(); },
  });
}
