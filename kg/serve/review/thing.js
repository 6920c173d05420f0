// A thing with all that can be corrected of it: names, class, what it is one with, its facts.
import {make} from '/static/shared.js';
import {alikeBox} from './alike.js';
import {fetched, known, wrong} from './desk.js';
import {pick} from './pick.js';
import {badge, choice, claimLine, field, label, quotation, ruleName, statusChoice, valueOf} from './show.js';
import {say} from './words.js';

// `act(what)` sends a decision and is true once it is kept.
export function thingSheet(thing, act) {
  const documents = [...new Set([...thing.places, ...thing.claims.flatMap(claim => claim.places)].map(place => place.document))];
  const where = choice([['', say('everywhere')], ...documents.map(name => [name, name])], '', {id: 'split-in'});
  return make('article', {class: 'card'},
    make('p', {class: 'kind'}, label('classes', thing.type)),
    make('h2', {}, thing.name),
    ...thing.places.flatMap(place => quotation(place, thing.names, [])),
    make('h3', {}, say('names')),
    make('ul', {class: 'names'}, ...thing.names.map(name => make('li', {}, name, thing.names.length > 1 ? make('button',
      {type: 'button', class: 'plain small', 'aria-label': say('notName') + ': ' + name, onclick: () => act({do: 'split', words: [thing.iri, name], document: where.value})}, say('notName')) : ''))),
    thing.names.length > 1 ? make('div', {class: 'two'}, field(say('splitIn'), where)) : '',
    fold('rename', renaming(thing), act), fold('retype', retyping(thing), act), fold('merge', merging(thing), act), fold('add', adding(thing), act),
    alikeBox({kind: 'thing', things: [thing]}, act),
    make('h3', {}, say('facts')),
    ...thing.claims.map(claim => line(claim, act)),
    thing.more ? make('p', {}, say('notAll', thing.more)) : '');
}

function line(claim, act) {
  const button = (word, kind, act) => make('button', {type: 'button', class: 'plain small', onclick: act, 'data-do': kind}, word);
  return make('div', {class: 'claim', 'data-claim': claim.id}, claimLine(claim),
    ...claim.places.flatMap(place => quotation(place, claim.subject.names, claim.object ? claim.object.names : [valueOf(claim.value)])),
    make('div', {class: 'acts'}, button(say('accept'), 'accept', () => act({do: 'accept', words: [claim.id]})),
      button(say('reject'), 'reject', () => act({do: 'reject', words: [claim.id]})),
      badge(ruleName(claim.rule)), badge(say('confidence', claim.confidence)), claim.review ? badge(claim.review) : ''));
}

// A form that opens: `made` is {fields, what(): the decision or null}.
function fold(word, {fields, what}, act) {
  const why = make('input', {id: word + '-why', maxlength: '1000', autocomplete: 'off'});
  return make('details', {class: 'fold', id: word}, make('summary', {}, say(word)), make('form', {onsubmit: async event => {
    event.preventDefault();
    const decision = what();
    if (decision) await act({do: word, why: why.value, ...decision});
  }}, ...fields, field(say('why'), why), make('div', {class: 'acts'}, make('button', {class: 'go'}, say(word)))));
}

function renaming(thing) {
  const input = make('input', {id: 'new-name', value: thing.name, maxlength: '200', required: true});
  return {fields: [field(say('newName'), input)], what: () => ({words: [thing.iri, input.value.trim()]})};
}

function retyping(thing) {
  const select = choice(Object.keys(known.terms.classes).map(name => [name, label('classes', name)]), thing.type, {id: 'new-class'});
  return {fields: [field(say('retype'), select)], what: () => ({words: [thing.iri, select.value]})};
}

function merging(thing) {
  const other = pick('merge-with', {but: thing.iri, name: say('mergeWith')});
  return {
    fields: [make('p', {}, say('mergeHow', thing.name)), make('div', {class: 'one'}, make('span', {}, say('mergeWith')), other.element)],
    what: () => {
      if (other.value()) return {words: [thing.iri, other.value()]};
      wrong(say('choose'));
      return null;
    },
  };
}

// A fact with the words that say it, which are looked for in the documents as they are typed.
function adding(thing) {
  const {relations, attributes} = known.terms;
  const all = [...Object.entries(relations), ...Object.entries(attributes)];
  const fits = all.filter(([, page]) => page.domain.includes(thing.type) || (page.range || []).includes(thing.type));
  const select = choice(fits.map(([name]) => [name, relations[name] ? label('relations', name) : label('attributes', name)]), '', {id: 'predicate', onchange: () => ends()});
  const one = make('div', {class: 'one'});
  const other = make('div', {class: 'one'});
  let subject = null;
  let object = null;
  const own = {iri: thing.iri, name: thing.name};
  function ends() {
    const page = relations[select.value] || attributes[select.value];
    const begins = page.domain.includes(thing.type);
    subject = pick('subject', {given: begins ? own : null, name: say('subject')});
    one.replaceChildren(make('span', {}, say('subject')), subject.element);
    if (page.datatypes) {
      const input = make('input', {id: 'object', maxlength: '200', autocomplete: 'off', 'aria-label': say('value', page.unit || page.datatypes.join(', '))});
      object = {value: () => input.value.trim()};
      other.replaceChildren(make('span', {}, say('value', [page.unit, ...page.datatypes].filter(Boolean).join(', '))), input);
    } else {
      object = pick('object', {given: begins ? null : own, name: say('object')});
      other.replaceChildren(make('span', {}, say('object')), object.element);
    }
  }
  ends();
  const place = make('input', {id: 'in-document', maxlength: '500', autocomplete: 'off', oninput: () => check()});
  const quote = make('textarea', {id: 'quote', maxlength: '4000', required: true, oninput: () => check()});
  const checked = make('div', {class: 'checked', role: 'status'});
  const check = checking(quote, place, checked);
  const status = statusChoice('add-status');
  return {
    fields: [make('div', {class: 'two'}, one, field(say('relation'), select), other), field(say('quote'), quote), checked,
      make('div', {class: 'two'}, field(say('inDocument'), place), field(say('status'), status))],
    what: () => ({words: [subject.value(), select.value, object.value()], quote: quote.value.trim(), document: place.value.trim(),
      status: status.value}),
  };
}

const PAUSE = 300; // milliseconds without a key before a quotation is looked for
function checking(quote, place, box) {
  let waiting = 0;
  let turn = 0;
  return () => {
    clearTimeout(waiting);
    const mine = ++turn;
    waiting = setTimeout(async () => {
      if (!quote.value.trim()) return box.replaceChildren();
      const answer = await fetched('quote', {quote: quote.value, document: place.value.trim()});
      if (!answer || mine !== turn) return;
      if (answer.found) return box.replaceChildren(make('p', {class: 'good'}, '✓ ' + say('verbatim', answer.place.document)));
      box.replaceChildren(make('p', {class: 'bad'}, answer.place ? say('notVerbatim') : say('nowhere')),
        ...(answer.place ? [...quotation(answer.place, [], []), make('button', {type: 'button', class: 'plain small', onclick: () => {
          quote.value = answer.place.words;
          quote.dispatchEvent(new Event('input'));
        }}, say('useNearest'))] : []));
    }, PAUSE);
  };
}

