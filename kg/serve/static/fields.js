// The forms of registers: fields for names propose some.
import {complete} from './complete.js';
import './turn.js';

for (const field of document.querySelectorAll('input[data-names]')) complete(field, field.dataset.names);
