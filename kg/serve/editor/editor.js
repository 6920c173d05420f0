// An editor of SPARQL. It stands in a shadow root: there its styles need no style element.
import {
  autocompletion, closeBrackets, closeBracketsKeymap, completionKeymap,
} from '@codemirror/autocomplete';
import {defaultKeymap, history, historyKeymap, indentWithTab, isolateHistory} from '@codemirror/commands';
import {
  HighlightStyle, StreamLanguage, bracketMatching, indentOnInput, syntaxHighlighting,
} from '@codemirror/language';
import {sparql} from '@codemirror/legacy-modes/mode/sparql';
import {lintGutter, lintKeymap, setDiagnostics} from '@codemirror/lint';
import {highlightSelectionMatches, searchKeymap} from '@codemirror/search';
import {Compartment, EditorState, Prec} from '@codemirror/state';
import {
  EditorView, drawSelection, highlightActiveLine, highlightActiveLineGutter, highlightSpecialChars,
  keymap, lineNumbers,
} from '@codemirror/view';
import {tags} from '@lezer/highlight';
import {completing} from './completion.js';

// Every colour has a contrast of 4.5 or more on the paper and on the active line.
const COLOURS = HighlightStyle.define([
  {tag: tags.keyword, color: '#6b2fa0', fontWeight: '600'},
  {tag: tags.standard(tags.variableName), color: '#0b6464'},
  {tag: tags.local(tags.variableName), color: '#94450b'},
  {tag: tags.atom, color: '#1c5fb8'},
  {tag: tags.string, color: '#1f6a38'},
  {tag: tags.meta, color: '#6b2fa0'},
  {tag: tags.comment, color: '#55617a'},
]);
const LOOK = EditorView.theme({
  '&': {
    border: '1px solid #8a96aa', borderRadius: '10px', backgroundColor: 'var(--paper)', color: 'var(--ink)',
    font: 'inherit', maxHeight: '60vh', overflow: 'hidden',
  },
  '&.cm-focused': {outline: '3px solid var(--accent)', outlineOffset: '1px'},
  '.cm-scroller': {fontFamily: 'var(--fixed)', fontSize: '0.94em', lineHeight: '1.6', overflow: 'auto'},
  '.cm-content, .cm-gutter': {minHeight: '14em'},
  '.cm-content': {padding: '10px 0', caretColor: 'var(--ink)'},
  '.cm-gutters': {backgroundColor: 'var(--ground)', color: 'var(--soft)', border: 'none'},
  '.cm-activeLine, .cm-activeLineGutter': {backgroundColor: '#f0f4fa'},
  '.cm-matchingBracket, &.cm-focused .cm-matchingBracket': {backgroundColor: '#cfe3ff', outline: '1px solid #7aa7e0'},
  '.cm-tooltip': {
    border: '1px solid #8a96aa', borderRadius: '8px', backgroundColor: 'var(--paper)', color: 'var(--ink)',
    boxShadow: '0 4px 18px rgb(0 0 0 / .16)', overflow: 'hidden',
  },
  '.cm-tooltip.cm-tooltip-autocomplete > ul': {fontFamily: 'var(--fixed)', fontSize: '0.9em', maxWidth: 'min(700px, 92vw)'},
  '.cm-tooltip.cm-tooltip-autocomplete > ul > li': {padding: '3px 10px'},
  '.cm-tooltip-autocomplete ul li[aria-selected]': {backgroundColor: 'var(--accent)', color: '#fff'},
  '.cm-completionDetail': {fontStyle: 'normal', marginLeft: '1em', opacity: '.85', fontFamily: 'var(--face)'},
  '.cm-completionMatchedText': {textDecoration: 'none', fontWeight: '700'},
  '.cm-diagnostic': {whiteSpace: 'pre-wrap', fontFamily: 'var(--fixed)', padding: '6px 10px'},
  '.cm-panels': {backgroundColor: 'var(--ground)', color: 'var(--ink)'},
  '.cm-panel.cm-search': {padding: '8px 36px 8px 10px', fontFamily: 'var(--face)'},
  '.cm-panel.cm-search label': {fontSize: '.9em', whiteSpace: 'nowrap'},
  '.cm-panel.cm-search [name=close]': {top: '6px', right: '10px', fontSize: '1.4em', color: 'var(--soft)'},
  '.cm-panel .cm-textfield, .cm-panel .cm-button': {
    fontSize: '.9em', padding: '3px 10px', border: '1px solid #8a96aa', borderRadius: '6px',
    backgroundColor: 'var(--paper)', backgroundImage: 'none',
  },
  '.cm-lint-marker': {width: '.9em', height: '.9em'},
});

// Make an editor. It has the page's own methods and no others, as a plain text area has them.
//   text       what stands in it at first
//   terms      [{name: 'kg:locatedIn', zh, en}], with `prefixes` {kg: IRI}
//   told       a term's label in the language of the page
//   run        called by Ctrl+Enter; `changed` after every change of the text
export function edit({text, prefixes, terms, told, run, changed}) {
  const element = document.createElement('div');
  const words = new Compartment();
  const root = element.attachShadow({mode: 'open'});
  const view = new EditorView({
    root,
    parent: root,
    state: EditorState.create({doc: text, extensions: [
      Prec.highest(keymap.of([{key: 'Mod-Enter', run: () => { run(); return true; }}])),
      words.of([]),
      lineNumbers(), lintGutter(), highlightActiveLineGutter(), highlightSpecialChars(), history(),
      drawSelection(), indentOnInput(), bracketMatching(), closeBrackets(), highlightActiveLine(),
      highlightSelectionMatches(), EditorView.lineWrapping, LOOK,
      StreamLanguage.define(sparql), syntaxHighlighting(COLOURS),
      autocompletion({override: [completing({prefixes, terms, told})], icons: false, maxRenderedOptions: 200}),
      // Escape, then Tab, leaves the editor.
      keymap.of([...closeBracketsKeymap, ...completionKeymap, ...defaultKeymap, ...searchKeymap,
        ...historyKeymap, ...lintKeymap, indentWithTab]),
      EditorView.updateListener.of(update => { if (update.docChanged) changed(); }),
    ]}),
  });
  const replaced = insert => ({
    changes: {from: 0, to: view.state.doc.length, insert}, selection: {anchor: 0},
    annotations: isolateHistory.of('full'), // undone alone, not with what was typed just before
  });
  return {
    element,
    text: () => view.state.doc.toString(),
    write: insert => view.dispatch(replaced(insert)),
    focus: () => view.focus(),
    label(text, phrases) {
      view.dispatch({effects: words.reconfigure([
        EditorView.contentAttributes.of({'aria-label': text, spellcheck: 'false'}), EditorState.phrases.of(phrases)])});
    },
    // Mark what is wrong at an offset (UTF-16 units), and go there; without a message, nothing is.
    mark(at, message) {
      const length = view.state.doc.length;
      const from = Math.min(at, length);
      const [word] = /^[^\s{}()[\];,]*/.exec(view.state.sliceDoc(from));
      const to = Math.min(from + Math.max(word.length, 1), length);
      const found = message ? [{from: from === to ? Math.max(0, from - 1) : from, to, severity: 'error', message}] : [];
      view.dispatch(setDiagnostics(view.state, found));
      if (!message) return;
      view.dispatch({selection: {anchor: from}, scrollIntoView: true});
      view.focus();
    },
  };
}
