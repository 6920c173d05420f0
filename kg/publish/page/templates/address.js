// The state of the page in its address, so that it can be sent and gone back to.
// `#IRI` names a chosen node; `#name=value&name=value` holds as much as there is to tell.
const told = new Map(); // name in the address: {read, write}
let arriving = true;   // nothing is written before the first address has been read

// A part of the state: `read` gives its text, '' for none; `write` puts the page into it.
function inAddress(name, part) { told.set(name, part); }

// Slashes and colons of an IRI may stand in a fragment as they are.
function encoded(text) {
  return encodeURIComponent(text).replace(/%(2C|2F|3A)/g, decodeURIComponent);
}

function decoded(text) {
  try { return decodeURIComponent(text.replaceAll('+', ' ')); } catch { return ''; }
}

function fragment() {
  const parts = [...told].map(([name, part]) => [name, part.read()]).filter(([, text]) => text);
  if (parts.length === 1 && parts[0][0] === 'node') return '#' + encoded(parts[0][1]);
  return parts.length ? '#' + parts.map(([name, text]) => name + '=' + encoded(text)).join('&') : '';
}

// Write the address of what is shown now; with `push` the back button leads to what was before.
function keep(push = false) {
  const now = fragment();
  if (arriving || now === location.hash || location.protocol === 'about:') return; // a frame of a notebook has no address
  history[push ? 'pushState' : 'replaceState'](null, '', now || location.pathname + location.search);
}

// Show what the address names.
function arrive() {
  const text = location.hash.slice(1);
  const wanted = text.includes('=')
    ? new Map(text.split('&').map(pair => [pair.split('=', 1)[0], decoded(pair.slice(pair.indexOf('=') + 1))]))
    : new Map([['node', decoded(text)]]);
  arriving = true;
  for (const [name, part] of told) {
    const value = wanted.get(name) || '';
    if (value !== part.read()) part.write(value);
  }
  arriving = false;
}
