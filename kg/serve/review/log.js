// The decisions, the latest first: what, who, when, why, and the way back.
import {make} from '/static/shared.js';
import {fetched} from './desk.js';
import {badge, decisionText} from './show.js';
import {named, say, spoken} from './words.js';

// The id of the last decision of somebody that can be taken back.
export function lastOf(decisions, by) {
  const found = decisions && decisions.decisions.find(row => row.by === by && row.do !== 'undo' && row.state === 'holds');
  return found ? found.id : '';
}

function moment(when) {
  return new Intl.DateTimeFormat(spoken() === 'zh' ? 'zh-CN' : 'en-GB', {dateStyle: 'short', timeStyle: 'short'}).format(new Date(when));
}

function entry(row, undo) {
  const standing = row.state === 'holds';
  return make('li', {class: standing ? 'entry' : 'entry gone', 'data-decision': row.id}, make('b', {}, named('doIs', row.do) + ' '), decisionText(row),
    make('small', {}, [row.by, moment(row.when), row.why].filter(Boolean).join(' · ')),
    badge(named('stateIs', row.state)), row.waits ? badge(say('waits')) : '', row.orphan ? make('small', {}, say('orphan', row.orphan)) : '',
    standing ? make('button', {type: 'button', class: 'plain small', onclick: () => undo(row.id)}, say('undo')) : '');
}

export function drawLog(box, decisions, undo) {
  if (!decisions) return;
  const list = make('ul', {class: 'rows'}, ...decisions.decisions.map(row => entry(row, undo)));
  const more = make('button', {type: 'button', class: 'plain', onclick: async () => {
    const found = await fetched('decisions', {from: list.children.length});
    if (found) list.append(...found.decisions.map(row => entry(row, undo)));
    more.hidden = list.children.length >= decisions.total;
    more.textContent = say('more', decisions.total - list.children.length);
  }}, say('more', decisions.total - decisions.decisions.length));
  more.hidden = decisions.total <= decisions.decisions.length;
  box.replaceChildren(make('h2', {}, say('log') + ' ' + decisions.total),
    decisions.total ? list : make('p', {}, say('noDecision')), more, make('p', {class: 'source'}, say('file', decisions.file)));
}
