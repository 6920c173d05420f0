// Menus of things to keep: nothing chosen keeps everything. Each is a filter, too.
const ROWS = 60; // rows of a menu at most; its search box finds the others

// A list of names in the address, whatever the names hold.
function listed(names) { return [...names].map(name => name.replace(/[\\,]/g, '\\$&')).join(','); }
function unlisted(text) {
  return (text.match(/(?:[^\\,]|\\.)+/gs) || []).map(name => name.replace(/\\(.)/gs, '$1'));
}

// A row of a menu: a box to tick, what it stands for, how many of it are left.
function tick(set, key, number, ...content) {
  return make('label', {'data-key': key, class: number || set.has(key) ? '' : 'none'},
    make('input', {type: 'checkbox', checked: set.has(key), onchange: event => {
      if (event.target.checked) set.add(key); else set.delete(key);
      narrow();
    }}), ...content, make('span', {class: 'number'}, String(number)));
}

// Draw the rows anew; the one that has the focus keeps it.
function rowsInto(box, rows) {
  const active = document.activeElement;
  const held = box.contains(active) && active.closest('[data-key]');
  const [key, kind] = held ? [held.dataset.key, active.tagName] : [];
  box.replaceChildren(...rows);
  if (!held) return;
  const again = [...box.querySelectorAll('[data-key]')].find(row => row.dataset.key === key);
  const target = again && again.querySelector(kind.toLowerCase());
  if (target) target.focus();
}

// How many are chosen, behind the name of the menu; a menu that has nothing to choose is not there.
function menuHead(id, chosen, present) {
  byId(id).hidden = !present;
  byId(id).querySelector('summary .number').textContent = chosen || '';
}

// The search box of a menu: Escape empties it first.
function menuSearch(id, draw) {
  const box = byId(id).querySelector('input[type=search]');
  box.addEventListener('input', draw);
  box.addEventListener('keydown', event => {
    if (event.key !== 'Escape' || !box.value) return;
    box.value = '';
    draw();
    event.preventDefault();
    event.stopPropagation();
  });
  byId(id).addEventListener('toggle', draw);
}

function typed(id) { return byId(id).querySelector('input[type=search]').value.trim().toLowerCase(); }

// The names of some of many: the first whole, then how many more.
function few(names, more) {
  const shown = names.slice(0, 3).join('、');
  return names.length > 3 ? say(more, shown, names.length) : shown;
}
