// Things, claims and quotations as elements.
import {make} from '/static/shared.js';
import {known} from './desk.js';
import {mergeRule, named, say, told} from './words.js';

export function label(table, name) {
  const found = known.terms[table][name];
  return (found && told(found)) || name;
}

export function predicate(name) { return known.terms.relations[name] ? label('relations', name) : label('attributes', name); }

// Who proposed a claim, in words: the relation that its rule is about, or what else proposes some.
export function ruleName(rule) {
  const about = rule.split(/[.@]/)[0];
  const has = table => Object.hasOwn(known.terms[table], about);
  const other = named('proposers', about);
  return has('relations') || has('attributes') ? say('ruleAbout', predicate(about), rule) : other === about ? rule : other;
}

export function valueOf(value) { return value ? value.printed || value.lexical : ''; }

// A thing as a link to where it is corrected.
export function thingLink(thing) {
  return make('a', {class: 'thing', href: '/review?thing=' + encodeURIComponent(thing.iri), title: say('correctThing'), 'data-thing': thing.iri}, thing.name);
}

export function badge(text) { return text ? make('span', {class: 'badge'}, text) : ''; }

export function claimLine(claim) {
  return make('p', {class: 'says'}, thingLink(claim.subject), make('b', {}, '— ' + predicate(claim.predicate) + ' →'),
    claim.object ? thingLink(claim.object) : make('span', {}, valueOf(claim.value)),
    claim.status ? badge(label('statuses', claim.status)) : '');
}

function pattern(names) {
  const parts = names.filter(Boolean).sort((a, b) => b.length - a.length)
    .map(name => Array.from(name).map(c => c.replace(/[\\^$.*+?()[\]{}|\/]/g, '\\$&')).join('\\s*'));
  return parts.length ? parts.join('|') : '(?!)';
}

// Line ends of the source are layout, not words; between Latin letters one is a space.
function flowing(text) { return text.replace(/\s*\n\s*/g, (_, at, whole) => (/[!-~]/.test(whole[at - 1] || '') ? ' ' : '')); }

function marked(text, subjects, objects) {
  const found = [];
  let done = 0;
  for (const hit of text.matchAll(new RegExp('(' + pattern(subjects) + ')|(' + pattern(objects) + ')', 'gu'))) {
    if (!hit[0]) continue;
    found.push(flowing(text.slice(done, hit.index)), make('mark', {class: hit[1] ? 'subject' : 'object'}, flowing(hit[0])));
    done = hit.index + hit[0].length;
  }
  return [...found, flowing(text.slice(done))];
}

// A place of a document: its words with the names marked, what stands around it, and where.
export function quotation(place, subjects, objects) {
  const href = '/#document=' + encodeURIComponent(place.document) + '&at=' + place.start + '-' + place.end;
  return [
    make('blockquote', {lang: 'zh-CN'},
      make('span', {class: 'around'}, (place.cut[0] ? '…' : '') + flowing(place.before)),
      make('span', {}, ...marked(place.words, subjects, objects)),
      make('span', {class: 'around'}, flowing(place.after) + (place.cut[1] ? '…' : ''))),
    make('p', {class: 'source'}, make('a', {href}, place.document)),
  ];
}

// A decision in one line.
export function decisionText(row) {
  const c = row.claim;
  if (row.count > 1) return say('atOnce', row.count, row.pattern || '');
  if (c) return [c.subject.name, predicate(c.predicate), c.object ? c.object.name : valueOf(c.value)].join(' · ');
  if (row.do === 'undo') return row.decision;
  if (row.do === 'drop') return row.entity ? row.entity.name : row.name + ' · ' + say('everywhere');
  const more = row.other ? row.other.name : row.class ? label('classes', row.class) : row.name;
  return row.entity.name + ' → ' + more + (row.document ? ' · ' + row.document.name : '');
}

// What a wrong answer harms, in words; the questions come in this order (queue.py).
export function harmTold({harm}) { return named('harms', harm); }

export function groundText([kind, ...values]) {
  if (kind === 'hanging') return values[0] === '0' ? say('hangsNot') : say('hanging', values[0]);
  if (kind === 'doubtful') return say('doubtful', values[0]);
  if (kind === 'others') return say('others', values.join(', '));
  if (kind === 'hub') return say('hub', ...values);
  if (kind === 'unlikely') return say('unlikely', ...values);
  if (kind === 'merged') return say('merged', values[0], mergeRule(values[0]) || values[1]);
  if (kind === 'rule') return say('rule', ruleName(values[0]), values[1]);
  if (kind === 'alike') return say('alikeWhy', values[0]);
  return values[0] ? say('decidedWhy', values[0]) : '';
}

export function kindName(question) { return named('kindIs', question.sort); }

// A field with its name above it.
export function field(word, input) { return make('label', {class: 'one'}, make('span', {}, typeof word === 'string' ? word : word()), input); }

export function choice(options, chosen, attributes = {}) {
  const select = make('select', attributes, ...options.map(([value, text]) => make('option', {value}, text)));
  if (chosen) select.value = chosen;
  return select;
}

export function statusChoice(id) {
  const some = Object.keys(known.terms.statuses).map(name => [name, label('statuses', name)]);
  return choice([['', say('keepStatus')], ['none', say('noStatus')], ...some], '', {id});
}
