// What is shown as Turtle: the triples that graph.ttl holds of these things, facts and claims.
const PREFIXES = {
  dcterms: 'http://purl.org/dc/terms/', oa: 'http://www.w3.org/ns/oa#', prov: 'http://www.w3.org/ns/prov#',
  rdf: 'http://www.w3.org/1999/02/22-rdf-syntax-ns#', rdfs: 'http://www.w3.org/2000/01/rdf-schema#',
  skos: 'http://www.w3.org/2004/02/skos/core#', xsd: 'http://www.w3.org/2001/XMLSchema#',
};

function resource(iri) { return '<' + iri.replace(/[\0-\x20<>"{}|^`\\]/g, sign => '%' + sign.charCodeAt(0).toString(16).padStart(2, '0').toUpperCase()) + '>'; }

function own(name) { return /^[A-Za-z]\w*$/.test(name) ? 'kg:' + name : resource(data.namespace + name); }

function literal(text, more = '') {
  const escapes = {'\\': '\\\\', '"': '\\"', '\n': '\\n', '\r': '\\r', '\t': '\\t'};
  return '"' + text.toWellFormed().replace(/[\\"\n\r\t]/g, sign => escapes[sign]) + '"' + more;
}

// One subject with its predicates and objects; pairs without an object are left out.
function block(subject, pairs) {
  const said = pairs.filter(([, object]) => object).map(([predicate, object]) => predicate + ' ' + object);
  return subject + ' ' + said.join(' ;\n    ') + ' .\n\n';
}

function entityBlock(entity) {
  return block(resource(entity.iri), [
    ['a', entity.type && own(entity.type)], ['rdfs:label', literal(entity.label, '@zh')],
    ['skos:altLabel', entity.aliases.map(name => literal(name, '@zh')).join(', ')],
    ['kg:mentions', String(entity.mentions)], ['kg:subtype', entity.subtype && literal(entity.subtype)],
  ]);
}

// Both ends of a fact; those of a symmetric relation are in order of their names.
function endsOf({s, p, o}) {
  const [one, other] = [data.entities[s].iri, data.entities[o].iri];
  return (relations[p] || {}).symmetric && other < one ? [other, one] : [one, other];
}

function claimBlocks(fact, claim) {
  const [one, other] = endsOf(fact);
  const place = claim.quote && resource(claim.claim + '/evidence');
  const document = data.iris[claim.document] ? resource(data.iris[claim.document]) : '';
  const reference = /^https?:\/\/\S+$/.test(claim.source) ? resource(claim.source) : '';
  return block(resource(claim.claim), [
    ['a', 'kg:Claim, rdf:Statement'], ['rdf:subject', resource(one)], ['rdf:predicate', own(fact.p)], ['rdf:object', resource(other)],
    ['kg:status', claim.status && literal(claim.status)],
    ['kg:confidence', claim.confidence && literal(claim.confidence, '^^xsd:decimal')],
    ['kg:rule', claim.rule && literal(claim.rule)], ['dcterms:source', claim.source && literal(claim.source)],
    ['prov:wasDerivedFrom', claim.quote ? document : reference], ['oa:hasTarget', place],
  ]) + (place ? evidenceBlocks(claim, place, document) : '');
}

function evidenceBlocks(claim, place, document) {
  const [position, quote] = ['/position', '/quote'].map(part => resource(claim.claim + part));
  return block(place, [['a', 'oa:SpecificResource'], ['oa:hasSource', document], ['oa:hasSelector', position + ', ' + quote]])
    + block(position, [['a', 'oa:TextPositionSelector'], ['oa:start', claim.start], ['oa:end', claim.end]])
    + block(quote, [['a', 'oa:TextQuoteSelector'], ['oa:exact', literal(claim.quote)]]);
}

function turtleText() {
  const left = leftClaims().facts;
  const facts = data.facts.map((fact, id) => ({...fact, claims: left[id]})).filter((_, id) => !lineFilteredOut(id));
  const prefixes = Object.entries({...PREFIXES, kg: data.namespace}).sort(([a], [b]) => a < b ? -1 : 1);
  return prefixes.map(([name, iri]) => '@prefix ' + name + ': ' + resource(iri) + ' .\n').join('') + '\n'
    + data.entities.filter((_, id) => !filteredOut(id)).map(entityBlock).join('')
    + facts.map(fact => block(resource(endsOf(fact)[0]), [[own(fact.p), resource(endsOf(fact)[1])]])).join('')
    + facts.flatMap(fact => fact.claims.filter(claim => claim.claim).map(claim => claimBlocks(fact, claim))).join('');
}
