// What the page knows, and how it asks the server and tells it what is decided.
import {byId} from '/static/shared.js';
import {say, spoken} from './words.js';

const given = JSON.parse(byId('given').textContent);
export const NAME = 'kg-review-name';
export const known = {terms: null, names: null};

export function who() { return localStorage.getItem(NAME) || given.by || ''; }

export function tell(text) { show('status', text); }
export function wrong(text) { show('status wrong', text); }
function show(kind, text) {
  byId('status').className = kind;
  byId('status').textContent = text;
}

// What the server says, or null once it is told why not.
async function answered(way, more) {
  try {
    const answer = await fetch(way, {...more, headers: {'Accept-Language': spoken(), ...(more || {}).headers}});
    const text = await answer.text();
    if (answer.ok) return JSON.parse(text);
    wrong(text.trim());
  } catch (error) {
    wrong(say('lost', error.message));
  }
  return null;
}

export function fetched(name, asked = {}) { return answered('/review/' + name + '.json?' + new URLSearchParams(asked)); }

// Send a decision; its ids once they lie on the server's disk, else null, and nothing is lost.
// The mode of fetch stays `cors`: with `same-origin` and no referrer a browser sends no origin.
export async function decide(what) {
  if (!who()) {
    wrong(say('whoNeeded'));
    byId('name').focus();
    return null;
  }
  tell(say('keeping'));
  return answered('/review/decide', {
    method: 'POST', body: JSON.stringify({by: who(), ...what}),
    headers: {'Content-Type': 'application/json', 'Zhengtu-Review': given.word},
  });
}

// The names of all things, asked for once: rows of IRI, name, class, pinyin, other names.
export async function allNames() {
  if (!known.names) known.names = await answered('/names.json');
  return known.names || [];
}
