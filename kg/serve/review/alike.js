// All that is alike, decided at once: what it would change is shown before it is decided.
import {make} from '/static/shared.js';
import {fetched} from './desk.js';
import {badge, claimLine, field, label, quotation, valueOf} from './show.js';
import {say} from './words.js';

const ENDING = 3; // characters of a name that its ending begins with

// `question` has things and perhaps a claim; `act(what)` sends a decision and is true once it is kept.
export function alikeBox(question, act) {
  const shown = make('div', {class: 'preview', 'aria-live': 'polite'});
  const preview = async (asked, button) => {
    button.disabled = true;
    const found = await fetched('pattern', {class: '', ...asked});
    button.disabled = false;
    shown.replaceChildren(...(found ? effect(found, asked, act, shown) : []));
    if (!found) return;
    button.closest('.row').after(shown);
    shown.scrollIntoView({block: 'nearest'});
    shown.querySelector('button.go').focus({preventScroll: true});
  };
  const button = (word, asked, kind) => make('button', {type: 'button', class: 'plain small ' + kind,
    onclick: event => preview(typeof asked === 'function' ? asked() : asked, event.currentTarget)}, say(word));
  return make('details', {class: 'fold', id: 'alike'}, make('summary', {}, say('alike')),
    make('div', {class: 'alike'}, make('p', {}, say('alikeHow')), ...claimRows(question, button),
      ...question.things.flatMap((thing, i) => thingRows(thing, i, button)), shown));
}

function row(text, ...buttons) { return make('div', {class: 'row'}, make('span', {}, text), ...buttons); }

function claimRows({claim, alike, id}, button) {
  if (!claim || !alike) return [];
  const ends = [['object', claim.object ? claim.object.name : valueOf(claim.value), 'sameObject'], ['subject', claim.subject.name, 'sameSubject']];
  return ends.filter(([kind]) => alike[kind] > 1).map(([kind, name, word]) => row(say(word, name, alike[kind]),
    button('previewReject', {kind, id, answer: 'reject'}, 'no-' + kind), button('previewAccept', {kind, id, answer: 'accept'}, 'yes-' + kind)));
}

function thingRows(thing, i, button) {
  const input = make('input', {id: 'ending-' + i, maxlength: '60', autocomplete: 'off', value: Array.from(thing.name).slice(-ENDING).join('')});
  const ending = answer => () => ({kind: 'ending', class: thing.type, id: input.value.trim(), answer});
  return [
    row(say('thisThing', thing.name, label('classes', thing.type)), button('previewDrop', {kind: 'thing', id: thing.iri, answer: 'reject'}, 'no-thing')),
    row(say('thisPhrase', thing.name), button('previewDrop', {kind: 'phrase', id: thing.name, answer: 'reject'}, 'no-phrase')),
    make('div', {class: 'row'}, field(say('thisEnding', label('classes', thing.type)), input),
      button('previewNone', ending('reject'), 'no-ending'), button('previewAll', ending('accept'), 'yes-ending')),
  ];
}

function listed(things, total) { return things.map(thing => thing.name).join('、') + (total > things.length ? ' …' : ''); }

// What would change, and the button that decides it.
function effect(found, asked, act, shown) {
  const decide = make('button', {type: 'button', class: 'go', onclick: async () => {
    decide.disabled = true;
    const kept = await act({do: 'pattern', kind: asked.kind, id: asked.id, answer: asked.answer, words: [asked.class || '', found.digest]});
    if (kept) shown.replaceChildren();
    else decide.disabled = false;
  }}, say('decideAll', found.decisions));
  return [
    make('p', {class: 'would'}, make('b', {}, say('would', found.gone, found.confirmed, found.documents))),
    found.vanish ? make('p', {}, say('wouldVanish', found.vanish, listed(found.things, found.vanish))) : '',
    found.unnamed.length ? make('p', {}, say('wouldUnname', listed(found.unnamed, found.unnamed.length))) : '',
    make('div', {class: 'acts'}, decide, make('button', {type: 'button', class: 'plain', onclick: () => shown.replaceChildren()}, say('cancel'))),
    found.first.length ? make('h3', {}, say('firstOf', found.first.length)) : '',
    ...found.first.map(claim => make('div', {class: 'claim'}, claimLine(claim), badge(claim.review),
      ...claim.places.flatMap(place => quotation(place, claim.subject.names, claim.object ? claim.object.names : [valueOf(claim.value)])))),
  ];
}
