// A field for a name in, the names that fit what is typed out: in every form of the server.
import {make} from './shared.js';

const SUGGESTED = 20;
const PATIENCE = 200; // milliseconds between the last letter and the search
let lists = 0;

// Let a field propose names by any part of them or by their sound; `kind` is a class, '' for any.
export function complete(field, kind = '') {
  const names = make('datalist', {id: 'names-' + ++lists});
  field.setAttribute('list', names.id);
  field.after(names);
  let last = '';
  let waiting = 0;
  field.addEventListener('input', () => {
    const text = field.value.trim();
    clearTimeout(waiting);
    if (!text || text === last) return;
    waiting = setTimeout(() => {
      last = text;
      suggest(text, kind, names);
    }, PATIENCE);
  });
}

// What tells those of one name apart stands beside them.
async function suggest(text, kind, names) {
  const asked = {q: '"' + text.replaceAll('"', '') + '"', only: 'things', limit: SUGGESTED};
  const answer = await fetch('/search.json?' + new URLSearchParams(asked));
  if (!answer.ok) return;
  const {rows} = (await answer.json()).things;
  const lower = text.toLowerCase();
  // A browser lists what holds the letters typed: another name is given where that one does.
  const options = rows.filter(row => !kind || row.type === kind)
    .map(row => ({value: row.name.toLowerCase().includes(lower) || !row.alias ? row.name : row.alias, row}));
  names.replaceChildren(...options.map(({value, row}) => make('option', {value,
    label: [value === row.name ? '' : row.name, ...row.beside].filter(Boolean).join(' · ') || null})));
}
