// Pieces of a text in, its nodes out, what was looked for marked; and the dots of classes.
import {make} from './shared.js';

// Line ends are layout.
export function partsOf(pieces) {
  return pieces.map(([text, marked]) => {
    const plain = text.replace(/\s*\n\s*/g, '');
    return marked ? make('mark', {}, plain) : plain;
  });
}

export function dot(known, type) {
  const found = known.choices.class.find(one => one.name === type);
  const mark = make('span', {class: 'dot', 'aria-hidden': 'true'});
  if (found && found.colour) mark.style.setProperty('--kind', found.colour);
  return mark;
}
