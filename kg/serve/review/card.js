// A question as a card: what is asked, why, the sentences, and the answers.
import {make} from '/static/shared.js';
import {alikeBox} from './alike.js';
import {claimLine, groundText, kindName, label, quotation, ruleName, statusChoice, thingLink, valueOf, harmTold} from './show.js';
import {named, say} from './words.js';

// The names that are marked in the sentences of a question: those of one thing, and of the other.
function marks(question) {
  const {claim, things} = question;
  if (question.kind === 'merge') return [[question.name], things[0].names];
  if (question.kind === 'name') return [things[0].names, []];
  if (!claim) return [things[0].names, things[1].names];
  return [claim.subject.names, claim.object ? claim.object.names : [valueOf(claim.value)]];
}

function head(question) {
  if (question.kind === 'claim') return claimLine(question.claim);
  const [one, other] = question.things;
  if (question.kind === 'name') return make('p', {class: 'says'}, thingLink(one), make('b', {}, label('classes', one.type)));
  if (question.kind === 'merge') {
    return make('p', {class: 'says'}, make('span', {}, question.name), make('b', {}, say('isName')), thingLink(one));
  }
  return make('p', {class: 'says'}, thingLink(other), make('b', {}, say('mayBe')), thingLink(one));
}

// `at` is [number, total] of a question of the list, between which `step(by)` goes; `answer(which)`
// takes the answer, `act(what)` a decision about all that is alike.
export function card(question, at, answer, step, act) {
  const sort = question.sort;
  const parts = [at ? say('of', ...at) : '', kindName(question), question.harm ? harmTold(question) : '',
    question.claim ? ruleName(question.claim.rule) : '', question.claim ? say('confidence', question.claim.confidence) : ''];
  const button = (which, key) => make('button', {type: 'button', class: 'go ' + which, id: which, onclick: () => answer(which)},
    named(which, sort), make('kbd', {'aria-hidden': 'true'}, key));
  return make('article', {class: 'card' + (question.done ? ' decided' : '')},
    make('p', {class: 'kind'}, ...parts.filter(Boolean).map(part => make('span', {}, part))),
    make('h2', {}, named('asks', sort)),
    head(question),
    ...question.places.flatMap(place => quotation(place, ...marks(question))),
    make('ul', {class: 'grounds'}, ...question.grounds.map(groundText).filter(Boolean).map(text => make('li', {}, text))),
    make('div', {class: 'two'},
      make('label', {class: 'one'}, make('span', {}, say('why')), make('input', {id: 'why', maxlength: '1000', autocomplete: 'off'})),
      question.claim ? make('label', {class: 'one'}, make('span', {}, say('status')), statusChoice('new-status')) : ''),
    make('div', {class: 'acts'}, button('yes', 'a'), button('no', 'r'), ...(at ? [['before', -1], ['after', 1]] : []).map(([word, by]) =>
      make('button', {type: 'button', class: 'plain step', onclick: () => step(by)}, say(word)))),
    alikeBox(question, act));
}
