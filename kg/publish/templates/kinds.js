// The classes in the legend and the relations in their menu: what of them is shown.
const hiddenClasses = new Set();
const hiddenRelations = new Set();

function counted(things, key) {
  const counts = new Map();
  for (const thing of things) counts.set(thing[key], (counts.get(thing[key]) || 0) + 1);
  return counts;
}

function legend() {
  const counts = counted(data.entities, 'type');
  const focused = document.activeElement && document.activeElement.dataset.type;
  byId('legend').replaceChildren(...data.classes.filter(c => counts.has(c.name)).map(c => make('button', {
    type: 'button', class: 'chip', 'data-type': c.name, 'aria-pressed': String(!hiddenClasses.has(c.name)),
    onclick: () => {
      if (!hiddenClasses.delete(c.name)) hiddenClasses.add(c.name);
      legend();
      refilter();
    },
  }, dot(c.name), make('span', {}, term(classes, c.name)),
  make('span', {class: 'number'}, String(counts.get(c.name))))));
  for (const chip of byId('legend').children) if (chip.dataset.type === focused) chip.focus();
}

function choices() {
  const counts = counted(data.facts, 'p');
  const present = data.relations.filter(r => counts.has(r.name));
  byId('choices').replaceChildren(...present.map(r => make('label', {},
    make('input', {type: 'checkbox', 'data-relation': r.name, checked: !hiddenRelations.has(r.name),
      onchange: event => {
        if (event.target.checked) hiddenRelations.delete(r.name); else hiddenRelations.add(r.name);
        chosenCount(present.length);
        refilter();
      }}),
    make('span', {}, term(relations, r.name)),
    make('span', {class: 'number'}, String(counts.get(r.name))))));
  chosenCount(present.length);
  byId('filter').hidden = !present.length;
}

function chosenCount(all) {
  byId('chosen').textContent = hiddenRelations.size ? all - hiddenRelations.size + '/' + all : all;
}

function allRelations(visible) {
  hiddenRelations.clear();
  if (!visible) for (const {p} of data.facts) hiddenRelations.add(p);
  choices();
  refilter();
}

// A set of names as a filter and as a part of the address.
function withoutNames(name, set, table, word, draw, more) {
  addFilter({
    tell: () => set.size ? say(word, [...set].map(one => term(table, one)).join('、')) : '',
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
  withoutNames('hide', hiddenClasses, classes, 'withoutClasses', legend, {
    hides: id => hiddenClasses.has(data.entities[id].type),
    reveal: id => { hiddenClasses.delete(data.entities[id].type); legend(); },
  });
  withoutNames('without', hiddenRelations, relations, 'withoutRelations', choices, {
    hidesFact: id => hiddenRelations.has(data.facts[id].p),
  });
  byId('all').addEventListener('click', () => allRelations(true));
  byId('none').addEventListener('click', () => allRelations(false));
}
