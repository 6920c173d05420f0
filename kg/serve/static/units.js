// A query in, the columns of its answer that hold yuan out.
const STRINGS = /"""[^]*?"""|'''[^]*?'''|"(?:[^"\\\n]|\\.)*"|'(?:[^'\\\n]|\\.)*'|<[^<>"{}|^`\\\s]*>|#[^\n]*/g;
// What keeps the unit of a column under another name: (SUM(?x) AS ?y), BIND(?x AS ?y).
const AGAIN = /\(\s*(?:(?:sum|min|max|avg|sample)\s*\(\s*(?:distinct\s+)?[?$](\w+)\s*\)|[?$](\w+))\s+as\s+[?$](\w+)\s*\)/giu;
const MADE = /\bas\s+[?$](\w+)/giu;

// Columns that an attribute in yuan leads to, by itself or through a claim, and their sums;
// others that are called like such an attribute, unless the query reckons them.
//   known   {yuan: names of such attributes, space: where they begin, prefixes}
export function yuanColumns(query, columns, known) {
  const text = query.replace(STRINGS, part => (part.startsWith('<') ? part : ' '));
  const found = new Set(led(text, known));
  const again = [...text.matchAll(AGAIN)];
  for (let before = -1; before < found.size;) {
    before = found.size;
    for (const [, inner, plain, name] of again) if (found.has(inner || plain)) found.add(name);
  }
  const made = new Set([...text.matchAll(MADE)].map(([, name]) => name));
  return columns.filter(name => found.has(name) || (known.yuan.includes(name) && !made.has(name)));
}

function led(text, {yuan, space, prefixes}) {
  if (!yuan.length) return [];
  const own = Object.keys(prefixes).filter(prefix => prefixes[prefix] === space).map(prefix => prefix + ':');
  const term = `(?:${own.join('|')}|<${space.replace(/[.?+*()[\]\\^$|{}]/g, '\\$&')})(?:${yuan.join('|')})>?`;
  return [
    `(?<![|^])${term}\\s+[?$](\\w+)`,
    `rdf:predicate\\s+${term}(?![\\w-])[^.}]*?rdf:object\\s+[?$](\\w+)`,
    `rdf:object\\s+[?$](\\w+)[^.}]*?rdf:predicate\\s+${term}(?![\\w-])`,
  ].flatMap(pattern => [...text.matchAll(new RegExp(pattern, 'gu'))].map(([, name]) => name));
}
