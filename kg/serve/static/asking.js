// An address in, what the server answers out; one question runs at a time, and can be stopped.
import {byId} from './shared.js';
import {say, spoken} from './words.js';

export const PROBLEM = 'application/problem+json';
let running = null; // the AbortController of the query that runs

export function tell(text) {
  byId('status').className = 'status';
  byId('status').textContent = text;
}

export function wrong(text) {
  byId('status').className = 'status wrong';
  byId('status').textContent = text;
}

// Why the server does not answer: {detail, field, near}.
export function problemOf(answer, text) {
  const parts = (answer.headers.get('content-type') || '').startsWith(PROBLEM) ? JSON.parse(text) : {detail: text.trim()};
  return {field: '', near: [], ...parts};
}

// Ask, and tell how it goes. The answer is {head, results}, {boolean} or {triples}, each with
// the `seconds` it took, or {fault}: the server's words, the field that is wrong, and the names that
// may have been meant; nothing where it was stopped.
export async function ask(address, body) {
  if (running) running.abort();
  const mine = new AbortController();
  running = mine;
  byId('go').textContent = say('stop');
  tell(say('running'));
  const began = performance.now();
  try {
    const answer = await fetch(address, {
      method: body ? 'POST' : 'GET', body, signal: mine.signal,
      headers: {Accept: 'application/sparql-results+json, text/turtle;q=0.9, ' + PROBLEM, 'Accept-Language': spoken()},
    });
    const text = await answer.text();
    if (!answer.ok) {
      const fault = problemOf(answer, text);
      wrong(fault.detail);
      return {fault};
    }
    const seconds = ((performance.now() - began) / 1000).toFixed(2);
    const rows = answer.headers.get('content-type').includes('json');
    return rows ? {...JSON.parse(text), seconds} : {triples: text, seconds};
  } catch (error) {
    if (running === mine) {
      if (error.name === 'AbortError') tell(say('stopped')); else wrong(say('lost', error.message));
    }
    return null;
  } finally {
    if (running === mine) {
      running = null;
      byId('go').textContent = say('run');
    }
  }
}

// What a form does when it is sent: stop what runs, or else begin.
export function stopOr(act) {
  return event => {
    event.preventDefault();
    if (running) running.abort(); else act();
  };
}
