// The stretch of time that the dated facts of the page lie in, cut into days, months or years.
const UNITS = [['day', 62], ['month', 120], ['year', 300]]; // and how many of each fit the page
const EDGE = 0.02; // so many of the dates may lie before or after all the others, in one heap

// What a day lies in: the first day of that unit, and of the one after it.
function unitAt(unit, day) {
  const date = new Date(day * 864e5);
  const [year, month] = [date.getUTCFullYear(), date.getUTCMonth()];
  if (unit === 'day') return [day, day + 1];
  const at = (...parts) => Date.UTC(...parts) / 864e5;
  return unit === 'month' ? [at(year, month, 1), at(year, month + 1, 1)] : [at(year, 0, 1), at(year + 1, 0, 1)];
}

function printedDay(unit, day) {
  return new Date(day * 864e5).toISOString().slice(0, {day: 10, month: 7, year: 4}[unit]);
}

// Stretches of one unit, one after another: {first, last} days and how they are printed.
function stretches(unit, from, to) {
  const found = [];
  for (let [day, next] = unitAt(unit, from); day <= to; [day, next] = unitAt(unit, next)) {
    found.push({first: day, last: next - 1, name: printedDay(unit, day)});
  }
  return found;
}

// The finest unit in which the dates are printed and of which no more are needed than fit.
function cutTime(firsts, lasts) {
  const dates = firsts.length;
  if (!dates) return [];
  const [starts, ends] = [Float64Array.from(firsts).sort(), Float64Array.from(lasts).sort()];
  const skip = Math.floor(dates * EDGE);
  const [from, to] = [starts[skip], ends[dates - 1 - skip]];
  const precise = unit => firsts.filter((first, i) => lasts[i] < unitAt(unit, first)[1]).length;
  const [unit] = UNITS.find(([name, most]) =>
    name === 'year' || (precise(name) * 3 >= dates && (to - from) / {day: 1, month: 30}[name] <= most));
  const found = stretches(unit, from, to).slice(0, UNITS[2][1]);
  const [lowest, highest] = [found[0].first, found[found.length - 1].last];
  if (starts[0] < lowest) found.unshift({first: -Infinity, last: lowest - 1, name: ''});
  if (ends[dates - 1] > highest) found.push({first: highest + 1, last: Infinity, name: ''});
  return found;
}

const stretchesOfTime = (() => {
  const dated = [...claims.first.keys()].filter(number => claims.fact[number] >= 0 && !Number.isNaN(claims.first[number]));
  return cutTime(dated.map(number => claims.first[number]), dated.map(number => claims.last[number]));
})();

// How much lies in each stretch: what is printed as precisely, and what only covers it with others.
function heights(out) {
  const found = stretchesOfTime.map(() => ({sure: 0, spread: 0, covering: 0}));
  let undated = 0;
  claims.fact.forEach((fact, number) => {
    if (fact < 0 || out.claims[number] || out.lines[fact]) return;
    const [first, last] = [claims.first[number], claims.last[number]];
    if (Number.isNaN(first)) { undated += 1; return; }
    const start = stretchAt(first);
    const end = stretchAt(last);
    if (start === end) found[start].sure += 1;
    else for (let i = start; i <= end; i++) {
      found[i].spread += 1 / (end - start + 1);
      found[i].covering += 1;
    }
  });
  return {found, undated};
}

// The number of the stretch that a day lies in; of the nearest where it lies in none.
function stretchAt(day) {
  let [low, high] = [0, stretchesOfTime.length - 1];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (stretchesOfTime[middle].last < day) low = middle + 1; else high = middle;
  }
  return low;
}
