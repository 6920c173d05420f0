// The facts that are shown as a table that spreadsheets open: UTF-8 with BOM, RFC 4180.
const COLUMNS = ['subject', 'relation', 'object', 'status', 'date', 'amount', 'sentence', 'document', 'subjectId', 'objectId'];

// No cell may be taken for a formula; kg/publish/tables.py does the same.
function safe(text) {
  return /^'*[=+\-@\t\r\n＝＋－＠]/.test(text) && !/^-?\d+(\.\d+)?$/.test(text) ? "'" + text : text;
}

function cell(text) { return /[",\r\n]/.test(text) ? '"' + text.replaceAll('"', '""') + '"' : text; }

// Amounts that the sentence of a claim gives for one end of its fact.
function amountsOf(fact, claim) {
  const rows = [fact.s, fact.o].flatMap(id => data.entities[id].attributes);
  return [...new Set(rows.filter(([name, , , document, start, end]) => data.amounts.includes(name)
    && document === claim.document && +start < +claim.end && +end > +claim.start).map(([, value]) => value))].join('；');
}

// The claims of each fact and the values of each thing that no filter leaves out.
function leftClaims() {
  let number = 0; // they are numbered as claims.js learns them
  const left = all => all.filter(() => !seen.claims[number++]);
  const facts = data.facts.map(({claims: all}, id) => {
    const some = left(all);
    return lineFilteredOut(id) ? [] : some;
  });
  const values = data.entities.map(({attributes}, id) => {
    const some = left(attributes);
    if (!attributes.length && !touching[id].length) number += 1;
    return filteredOut(id) ? [] : some;
  });
  return {facts, values};
}

function factRows(left) {
  const rows = [];
  data.facts.forEach((fact, id) => {
    const [s, o] = [data.entities[fact.s], data.entities[fact.o]];
    for (const claim of left.facts[id]) {
      rows.push([s.label, term(relations, fact.p), o.label, claim.status && term(data.statuses, claim.status), claim.date || '',
        amountsOf(fact, claim), claim.quote, claim.document || claim.source, s.iri, o.iri]);
    }
  });
  return rows;
}

function valueRows(left) {
  return data.entities.flatMap((entity, id) => left.values[id].map(
    ([name, value, quote = '', document = '', , , date = '']) => [entity.label, term(data.attributes, name), value, '', date,
      data.amounts.includes(name) ? value : '', quote, document, entity.iri, '']));
}

function tableText() {
  const left = leftClaims();
  const rows = [COLUMNS.map(name => say('column_' + name)), ...factRows(left), ...valueRows(left)];
  return '\ufeff' + rows.map(row => row.map(text => cell(safe(text))).join(',') + '\r\n').join('');
}
