// IRIs in, their names out; names in, the things that are called so. Each is asked for once.
const AT_ONCE = 1000;
const PATIENCE = 20_000; // milliseconds; a busy server need not tell what a thing is called
const LONGEST = 200;   // code units of a name that is looked up
const names = new Map();
const things = new Map();

export function nameOf(iri) { return names.get(iri) || ''; }

// The IRI of the only thing that has this label.
export function thingOf(label) { return things.get(label) || ''; }

export function isLabel(cell) { return Boolean(cell && cell.type === 'literal' && cell['xml:lang'] === 'zh'); }

// Learn what the cells of an answer are called, so that they can be shown and linked.
export async function learn(cells) {
  const found = cells.filter(Boolean);
  const iris = found.filter(cell => cell.type === 'uri' && !/[<>"{}|^`\\\s]/.test(cell.value)).map(cell => cell.value);
  const labels = found.filter(cell => isLabel(cell) && cell.value.length <= LONGEST).map(cell => cell.value);
  await inParts(unknown(iris, names), part => `SELECT ?key (MIN(?text) AS ?value) {
    VALUES ?key { ${part.map(iri => `<${iri}>`).join(' ')} }
    ?key rdfs:label|dcterms:identifier ?text } GROUP BY ?key`, names);
  await inParts(unknown(labels, things), part => `SELECT ?key (SAMPLE(?thing) AS ?value) {
    VALUES ?key { ${part.map(label => JSON.stringify(label) + '@zh').join(' ')} }
    ?thing rdfs:label ?key } GROUP BY ?key HAVING (COUNT(DISTINCT ?thing) = 1)`, things);
}

function unknown(keys, table) { return [...new Set(keys)].filter(key => !table.has(key)); }

async function inParts(keys, query, table) {
  for (let at = 0; at < keys.length; at += AT_ONCE) {
    const part = keys.slice(at, at + AT_ONCE);
    const rows = await answered(query(part));
    if (!rows) return;
    for (const key of part) table.set(key, '');
    for (const row of rows) if (row.key && row.value) table.set(row.key.value, row.value.value);
  }
}

async function answered(query) {
  try {
    const answer = await fetch('/sparql', {
      method: 'POST', body: query, signal: AbortSignal.timeout(PATIENCE),
      headers: {'Content-Type': 'application/sparql-query', Accept: 'application/sparql-results+json'},
    });
    return answer.ok ? (await answer.json()).results.bindings : null;
  } catch {
    return null;
  }
}
