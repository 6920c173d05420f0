// The classes in the legend and the relations in their menu: what of them is shown. A class may
// also be kept alone, with what is linked to its things: a project without a firm tells nothing.
const hiddenClasses = new Set();
const hiddenRelations = new Set();
const keptKinds = new Set();
const usedClasses = new Set(data.entities.map(({type}) => type));
const usedRelations = new Set(data.facts.map(({p}) => p));

function legend() {
  const focused = document.activeElement && document.activeElement.dataset.type;
  byId('legend').replaceChildren(...data.classes.filter(c => usedClasses.has(c.name)).map(c => make('button', {
    type: 'button', class: 'chip', 'data-type': c.name, 'aria-pressed': String(!hiddenClasses.has(c.name)),
    onclick: () => {
      if (!hiddenClasses.delete(c.name)) hiddenClasses.add(c.name);
      legend();
      narrow();
    },
  }, dot(c.name), make('span', {}, term(classes, c.name)), make('span', {class: 'number'}))));
  for (const chip of byId('legend').children) if (chip.dataset.type === focused) chip.focus();
}

function choices() {
  const present = data.relations.filter(r => usedRelations.has(r.name));
  byId('choices').replaceChildren(...present.map(r => make('label', {'data-relation': r.name},
    make('input', {type: 'checkbox', 'data-relation': r.name, checked: !hiddenRelations.has(r.name),
      onchange: event => {
        if (event.target.checked) hiddenRelations.delete(r.name); else hiddenRelations.add(r.name);
        narrow();
      }}),
    make('span', {}, term(relations, r.name)), make('span', {class: 'number'}))));
  byId('filter').hidden = !present.length;
}

function allRelations(visible) {
  hiddenRelations.clear();
  if (!visible) for (const p of usedRelations) hiddenRelations.add(p);
  choices();
  narrow();
}

// In words: what is left where that is shorter to say, else what is out.
function keptTold(set, used, table, without) {
  const names = Object.keys(table).filter(one => used.has(one));
  const kept = names.filter(one => !set.has(one));
  const gone = names.filter(one => set.has(one));
  const named = some => few(some.map(one => term(table, one)), 'andMore');
  return !gone.length ? '' : kept.length && kept.length <= gone.length ? say('keptKinds', named(kept)) : say(without, named(gone));
}

// Tell behind each choice how many of it there are among what is left.
function countKinds(items, name, out, things, kind) {
  const counts = new Map();
  things.forEach((thing, id) => { if (!out[id]) counts.set(thing[kind], (counts.get(thing[kind]) || 0) + 1); });
  for (const item of items) item.querySelector('.number').textContent = counts.get(item.dataset[name]) || 0;
}

// A set of names as a filter and as a part of the address.
function withoutNames(name, set, used, table, word, draw, more) {
  addFilter({
    tell: () => set.size ? keptTold(set, used, table, word) : '',
    clear: () => { set.clear(); draw(); },
    ...more,
  });
  inAddress(name, {
    read: () => [...set].sort().join(','),
    write: text => {
      set.clear();
      for (const one of text.split(',')) if (Object.hasOwn(table, one)) set.add(one);
      draw();
      refilter();
    },
  });
}

function startKinds() {
  withoutNames('hide', hiddenClasses, usedClasses, classes, 'withoutClasses', legend, {
    hides: id => hiddenClasses.has(data.entities[id].type),
    reveal: id => { hiddenClasses.delete(data.entities[id].type); legend(); },
    count: out => countKinds(byId('legend').children, 'type', out.nodes, data.entities, 'type'),
  });
  withoutNames('without', hiddenRelations, usedRelations, relations, 'withoutRelations', choices, {
    hidesFact: id => hiddenRelations.has(data.facts[id].p),
    // Only the ends of what is left are seen; who takes little away sees things without a relation too.
    loose: id => touching[id].length > 0 || 2 * hiddenRelations.size >= usedRelations.size,
    count: out => {
      countKinds(byId('choices').children, 'relation', out.lines, data.facts, 'p');
      byId('chosen').textContent = hiddenRelations.size
        ? usedRelations.size - hiddenRelations.size + '/' + usedRelations.size : usedRelations.size;
    },
  });
  addFilter({
    tell: () => keptKinds.size ? say('keptKindsLinked', few([...keptKinds].map(one => term(classes, one)), 'andMore')) : '',
    clear: () => keptKinds.clear(),
    hidesFact: id => !keptKinds.has(data.entities[data.facts[id].s].type) && !keptKinds.has(data.entities[data.facts[id].o].type),
    loose: id => !keptKinds.has(data.entities[id].type),
  });
  inAddress('kind', {
    read: () => listed([...keptKinds].sort()),
    write: text => {
      keptKinds.clear();
      for (const one of unlisted(text)) if (usedClasses.has(one)) keptKinds.add(one);
      refilter();
    },
  });
  byId('all').addEventListener('click', () => allRelations(true));
  byId('none').addEventListener('click', () => allRelations(false));
}
