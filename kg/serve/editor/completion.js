// What stands before the cursor in, what may be meant out.
import {syntaxTree} from '@codemirror/language';

const KEYWORDS = `ASK BASE BIND BY CONSTRUCT DESC DESCRIBE DISTINCT EXISTS FILTER FROM GRAPH GROUP
HAVING IN LIMIT MINUS NAMED NOT OFFSET OPTIONAL ORDER PREFIX REDUCED SELECT UNDEF UNION VALUES
WHERE AS ASC`.split(/\s+/);
const FUNCTIONS = `ABS AVG BOUND CEIL COALESCE CONCAT CONTAINS COUNT DATATYPE DAY FLOOR GROUP_CONCAT
IF ISBLANK ISIRI ISLITERAL ISNUMERIC LANG LANGMATCHES LCASE MAX MIN MONTH NOW REGEX REPLACE ROUND
SAMETERM SAMPLE STR STRAFTER STRBEFORE STRDT STRENDS STRLANG STRLEN STRSTARTS SUBSTR SUM UCASE
YEAR`.split(/\s+/);
const HAN = /[\p{Script=Han}A-Za-z0-9]*\p{Script=Han}$/u;

// A source of completions for one graph: its prefixes, and its terms with their labels.
export function completing({prefixes, terms, told}) {
  const words = [
    ...KEYWORDS.map(label => ({label, type: 'keyword'})),
    ...FUNCTIONS.map(label => ({label, type: 'function', apply: label + '('})),
  ];
  const spaces = Object.entries(prefixes).map(([name, space]) => ({label: name + ':', detail: space, type: 'namespace'}));
  const known = () => terms.map(term => ({
    label: term.name, detail: told(term), type: /:[A-Z]/.test(term.name) ? 'class' : 'property', boost: told(term) ? 1 : 0,
  }));
  // The Chinese labels count on an English page too.
  const labelled = terms.filter(term => term.zh)
    .map(term => ({label: term.zh, detail: term.name, apply: term.name, type: 'property'}));

  return context => {
    const kind = syntaxTree(context.state).resolveInner(context.pos, -1).name;
    if (/string|comment/i.test(kind)) return null;
    const found = (pattern, options, validFor) => {
      const before = context.matchBefore(pattern);
      return before && {from: before.from, options: options(before), validFor};
    };
    return found(/[?$]\w*$/, before => variables(context, before), /^[?$]\w*$/)
      || declaration(context, prefixes)
      || found(/[A-Za-z][\w-]*:[\w-]*$/, known, /^[\w-]+:[\w-]*$/)
      || found(HAN, () => labelled, HAN)
      || found(context.explicit ? /[A-Za-z_]*$/ : /[A-Za-z_]{2,}$/, () => [...words, ...spaces, ...known()], /^\w*$/);
  };
}

function variables(context, before) {
  const text = context.state.doc.toString();
  const found = new Set((text.slice(0, before.from) + ' ' + text.slice(context.pos)).match(/[?$]\w+/g));
  return [...found].sort().map(label => ({label, type: 'variable'}));
}

// PREFIX k… becomes the whole declaration.
function declaration(context, prefixes) {
  const before = context.matchBefore(/prefix\s+[\w-]*:?$/i);
  if (!before) return null;
  const from = before.from + /^prefix\s+/i.exec(before.text)[0].length;
  return {from, options: Object.entries(prefixes).map(([name, space]) => (
    {label: name + ':', detail: space, apply: `${name}: <${space}>\n`, type: 'namespace'})), validFor: /^[\w-]*:?$/};
}
