// Letters in, what is named so: by names, aliases, pinyin and the initials of pinyin.
// Pinyin comes as `ChongQingShi`: its capitals and digits are the initials. Every letter typed
// looks at all there is, of which a hundred thousand may fit: what fits is counted, and only what
// can be listed is kept.
const known = []; // what can be found, the most linked first; `all` is searched before the rest is looked at

function nameable(id, {iri, label, aliases, type, pinyin}) {
  const names = [label, ...aliases].map(name => name.toLowerCase());
  const sounds = pinyin.split(' ').map(sound => ({
    starts: sound, whole: sound.toLowerCase(), initials: sound.replace(/[a-z]/g, '').toLowerCase(),
  }));
  const all = [...names, ...sounds.flatMap(sound => [sound.whole, sound.initials])].join('\n');
  return {id, iri, label, aliases, type, names, sounds, all};
}

function knowAll() {
  if (!known.length) known.push(...byWeight.map(id => nameable(id, data.entities[id])));
}

// Where a word stands in pinyin, at the beginning of a syllable; -1 if nowhere.
function atSyllable({starts, whole}, wanted) {
  let at = whole.indexOf(wanted);
  while (at > 0 && starts.charCodeAt(at) > 96) at = whole.indexOf(wanted, at + 1); // a small letter
  return at;
}

// 0 the whole name, 1 its beginning, 2 inside it; sounds count less than letters.
const NONE = 9;
function nameGrade(name, wanted) {
  const at = name.indexOf(wanted);
  return at < 0 ? NONE : name.length === wanted.length ? 0 : at === 0 ? 1 : 2;
}

function soundGrade(sound, wanted) {
  if (!sound.whole) return NONE;
  if (sound.initials === wanted || sound.whole === wanted) return 0.2;
  const initial = sound.initials.indexOf(wanted);
  if (initial === 0) return 1.2;
  const at = wanted.length > 1 ? atSyllable(sound, wanted) : -1;
  return at === 0 ? 1.2 : initial > 0 || at > 0 ? 2.2 : NONE;
}

// How well something fits; an alias counts a little less. `fitting` is the number of its name.
let fitting = 0;
function gradeOf(thing, wanted, letters) {
  if (!thing.all.includes(wanted) && (!letters || !thing.all.includes(letters))) return NONE;
  let best = NONE;
  for (let i = 0; i < thing.names.length; i++) {
    const less = i ? 0.5 : 0;
    let grade = nameGrade(thing.names[i], wanted) + less;
    if (letters && grade > less && thing.sounds[i]) grade = Math.min(grade, soundGrade(thing.sounds[i], letters) + less);
    if (grade < best) [best, fitting] = [grade, i];
  }
  return best;
}

// What a text finds, grouped by class: {type, count, of: [{thing, name}]}, of each class the best
// first, so many as are listed; the group of the best comes first. All of it is counted.
function find(text, may = null, pool = known) {
  const wanted = text.trim().toLowerCase();
  if (!wanted) return [];
  // Pinyin is typed in one word, in several, or with apostrophes.
  const letters = /^[a-z0-9\s'’]+$/.test(wanted) ? wanted.replace(/[\s'’]/g, '') : '';
  const groups = new Map();
  for (let at = 0; at < pool.length; at++) {
    const thing = pool[at];
    const grade = gradeOf(thing, wanted, letters);
    if (grade >= NONE || (may && !may(thing))) continue;
    let group = groups.get(thing.type);
    if (!group) groups.set(thing.type, group = {type: thing.type, count: 0, grades: []});
    group.count += 1;
    const rank = Math.round(10 * grade);
    const row = group.grades[rank] || (group.grades[rank] = []);
    if (row.length < HITS) row.push({thing, at, rank, name: fitting ? thing.aliases[fitting - 1] : ''});
  }
  return [...groups.values()].map(({type, count, grades}) => ({type, count, of: grades.flat().slice(0, HITS)}))
    .sort(({of: [a]}, {of: [b]}) => a.rank - b.rank || a.at - b.at);
}
