// What every page needs. The graph page carries it inlined, the server's pages import it.

// An element with attributes and children; strings become text nodes, never markup.
export function make(tag, attributes = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (name.startsWith('on')) element.addEventListener(name.slice(2), value);
    else if (value === true) element.setAttribute(name, '');
    else if (value !== false && value !== null && value !== undefined) element.setAttribute(name, value);
  }
  element.append(...children.filter(child => child !== null && child !== ''));
  return element;
}

export function byId(id) { return document.getElementById(id); }

// A text with {0}, {1} … replaced by values.
export function filled(text, values) {
  return text.replace(/\{(\d)\}/g, (_, i) => String(values[i]));
}
