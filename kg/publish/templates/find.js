// Letters in, what is named so: by names, aliases, pinyin and the initials of pinyin.
// Pinyin comes as `ChongQingShi`: its capitals and digits are the initials.
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
  while (at > 0 && /[a-z]/.test(starts[at])) at = whole.indexOf(wanted, at + 1);
  return at;
}

// 0 the whole name, 1 its beginning, 2 inside it; sounds count less than letters.
function nameGrade(name, wanted) {
  const at = name.indexOf(wanted);
  return at < 0 ? 9 : name.length === wanted.length ? 0 : at === 0 ? 1 : 2;
}

function soundGrade(sound, wanted) {
  if (!sound.whole) return 9;
  const initial = sound.initials.indexOf(wanted);
  if (sound.initials === wanted || sound.whole === wanted) return 0.2;
  const at = wanted.length > 1 ? atSyllable(sound, wanted) : -1;
  if (initial === 0 || at === 0) return 1.2;
  return initial > 0 || at > 0 ? 2.2 : 9;
}

// How well something fits, and by which of its other names; an alias counts a little less.
function fits(thing, wanted, letters) {
  if (!thing.all.includes(wanted) && !(letters && thing.all.includes(letters))) return null;
  let best = 9;
  let which = 0;
  for (let i = 0; i < thing.names.length; i++) {
    const sound = letters && thing.sounds[i] ? soundGrade(thing.sounds[i], letters) : 9;
    const grade = Math.min(nameGrade(thing.names[i], wanted), sound) + (i ? 0.5 : 0);
    if (grade < best) [best, which] = [grade, i];
  }
  return best < 9 ? {thing, grade: best, name: which ? thing.aliases[which - 1] : ''} : null;
}

// What a text finds, grouped by class, in each the best first; the group of the best comes first.
function find(text, pool = known) {
  const wanted = text.trim().toLowerCase();
  if (!wanted) return [];
  // Pinyin is typed in one word, in several, or with apostrophes.
  const letters = /^[a-z0-9\s'’]+$/.test(wanted) ? wanted.replace(/[\s'’]/g, '') : '';
  const grades = new Map(); // there are few, so that nothing need be sorted but they
  for (const thing of pool) {
    const hit = fits(thing, wanted, letters);
    if (!hit) continue;
    if (!grades.has(hit.grade)) grades.set(hit.grade, []);
    grades.get(hit.grade).push(hit);
  }
  const groups = new Map();
  for (const hit of [...grades.keys()].sort((a, b) => a - b).flatMap(grade => grades.get(grade))) {
    if (!groups.has(hit.thing.type)) groups.set(hit.thing.type, []);
    groups.get(hit.thing.type).push(hit);
  }
  return [...groups].map(([type, of]) => ({type, of}));
}
