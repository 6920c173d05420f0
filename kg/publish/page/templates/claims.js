// All that is said, in columns with a place for each claim: those of the facts, the values of
// things, and a claim of nothing for a thing of which nothing else is said.
const claims = {fact: [], entity: [], status: [], document: [], first: [], last: []};
const sources = Object.keys(data.sources); // names of documents, by their number
const statuses = [...Object.keys(data.statuses), '']; // the last: of which none is told

// The first and the last day of a printed date, counted from 1970; NaN where there is none.
// Two dates with a stroke between them are the ends of a stretch.
function daysOf(date) {
  if (/.\/./.test(date || '')) {
    const [from, to] = date.split('/');
    return [daysOf(from)[0], daysOf(to)[1]];
  }
  if (!/^[1-9]\d{3}(-\d\d){0,2}$/.test(date || '')) return [NaN, NaN];
  const [year, month, day] = date.split('-').map(Number);
  const at = (...parts) => Date.UTC(...parts) / 864e5;
  if (day) return [at(year, month - 1, day), at(year, month - 1, day)];
  return month ? [at(year, month - 1, 1), at(year, month, 0)] : [at(year, 0, 1), at(year, 12, 0)];
}

function learnClaims() {
  const numbers = new Map(sources.map((name, i) => [name, i]));
  const days = new Map();
  const add = (fact, entity, status, document, date) => {
    if (!days.has(date)) days.set(date, daysOf(date));
    const rank = statuses.indexOf(status || '');
    claims.fact.push(fact);
    claims.entity.push(entity);
    claims.status.push(rank < 0 ? statuses.push(status) - 1 : rank);
    claims.document.push(numbers.has(document) ? numbers.get(document) : -1);
    claims.first.push(days.get(date)[0]);
    claims.last.push(days.get(date)[1]);
  };
  data.facts.forEach((fact, id) => fact.claims.forEach(
    ({status, document, date}) => add(id, -1, status, document, date)));
  data.entities.forEach(({attributes}, id) => {
    for (const row of attributes) add(-1, id, '', row[3], row[6]);
    if (!attributes.length && !touching[id].length) add(-1, id, '', '', '');
  });
}

learnClaims();
for (const name of ['fact', 'entity', 'status', 'document']) claims[name] = Int32Array.from(claims[name]);
for (const name of ['first', 'last']) claims[name] = Float64Array.from(claims[name]);
