// A text area with the methods of the editor, where that one cannot be loaded.
import {make} from './shared.js';

export function edit({text, run, changed}) {
  const element = make('textarea', {spellcheck: 'false', autocapitalize: 'off', oninput: changed,
    onkeydown: event => {
      if (event.key !== 'Enter' || !(event.ctrlKey || event.metaKey)) return;
      event.preventDefault();
      run();
    }});
  element.value = text;
  return {
    element,
    text: () => element.value,
    write(text) {
      element.value = text;
      changed();
    },
    focus: () => element.focus(),
    label: text => element.setAttribute('aria-label', text),
    mark(at, message) {
      if (!message) return;
      element.focus();
      element.setSelectionRange(at, at + 1);
    },
  };
}
