// The overview of the whole graph and its documents, on a page that has a part only: the server
// is asked for them when the column beside the graph is opened.
let asking = ''; // '', 'asked', or why there was no answer

function wholeLater() { return Boolean(data.served) && !data.overview; }

function allDocuments() { return data.library ? data.library.rows : []; }

// The numbers under which this page speaks of things of the server.
function numbersOf(things) {
  const known = new Map(data.entities.map((entity, id) => [entity.iri, id]));
  data.others.forEach(([iri], i) => known.set(iri, data.entities.length + i));
  return things.map(other => {
    if (!known.has(other[0])) known.set(other[0], data.entities.length + data.others.push(other) - 1);
    return known.get(other[0]);
  });
}

// Numbers from `first` on are those of things; all others are counts and places in texts.
function takeWhole({overview, library, others, first}) {
  const numbers = numbersOf(others);
  const own = value => {
    if (typeof value === 'number') return value < first ? value : numbers[value - first];
    if (Array.isArray(value)) return value.map(own);
    if (value === null || typeof value !== 'object') return value;
    return Object.fromEntries(Object.entries(value).map(([name, one]) => [name, own(one)]));
  };
  [data.overview, data.library] = [own(overview), library];
}

async function askWhole() {
  if (asking === 'asked') return;
  asking = 'asked';
  try {
    const answer = await fetch('/overview.json');
    if (!answer.ok) throw new Error((await answer.text()).trim());
    takeWhole(await answer.json());
  } catch (error) {
    asking = error.message;
  }
  drawSide();
}

// What stands in the column until the answer is there.
function waitForWhole(body) {
  if (!asking) askWhole();
  if (asking === 'asked') return body.append(make('p', {class: 'small', role: 'status'}, say('gathering')));
  body.append(make('p', {class: 'small', role: 'alert'}, say('failed', asking)),
    make('button', {type: 'button', class: 'plain', onclick: () => { askWhole(); drawSide(); }}, say('retry')));
}
