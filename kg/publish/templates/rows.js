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

function factRows() {
  const rows = [];
  data.facts.forEach((fact, id) => {
    if (lineHidden(id)) return;
    const [s, o] = [data.entities[fact.s], data.entities[fact.o]];
    for (const claim of fact.claims) {
      rows.push([s.label, term(relations, fact.p), o.label, claim.status && term(data.statuses, claim.status), claim.date || '',
        amountsOf(fact, claim), claim.quote, claim.document || claim.source, s.iri, o.iri]);
    }
  });
  return rows;
}

function valueRows() {
  return data.entities.flatMap((entity, id) => hidden(id) ? [] : entity.attributes.map(
    ([name, value, quote = '', document = '', , , date = '']) => [entity.label, term(data.attributes, name), value, '', date,
      data.amounts.includes(name) ? value : '', quote, document, entity.iri, '']));
}

function tableText() {
  const rows = [COLUMNS.map(name => say('column_' + name)), ...factRows(), ...valueRows()];
  return '\ufeff' + rows.map(row => row.map(text => cell(safe(text))).join(',') + '\r\n').join('');
}
