// Cards of things that are not drawn, and the facts of drawn things that lead to such.

// What is known of something that the page does not draw.
async function openOther(number) {
  select(null);
  showOther(number);
  if (hasRest() && rest.state !== 'there') {
    await unpack();
    if (byId('panel').dataset.other === String(number)) showOther(number);
  }
  byId('panel').querySelector('h2').focus();
}

function showOther(number) {
  const other = {...thingOf(number), ...rest.more.get(number)};
  const bare = rest.state === 'there' && ![rest.values, rest.posts, rest.deals].some(map => map.has(number)) && !factsBeyond(number).length;
  const name = (allDocuments().find(([file]) => namesThing(file, number)) || [])[0];
  open(kindLine(other, other.mentions ? say('mentions', other.mentions) : ''), heading(other.label),
    other.marks & DOUBTFUL ? make('p', {class: 'kind'}, say('doubtfulName')) : '',
    make('p', {class: 'source'}, say(data.served ? 'undrawn' : bare ? 'undrawnBare' : 'undrawnFacts'), apartOf(number) ? ' · ' + apartOf(number) : ''),
    ...(data.served ? [['/?around=', 'drawAround'], ['/ask/about?entity=', 'askAbout']] : []).map(([way, word]) =>
      make('p', {}, make('a', {href: way + encodeURIComponent(other.iri)}, say(word)))),
    ...(other.aliases && other.aliases.length ? [make('h3', {}, say('names')),
      make('ul', {class: 'names'}, ...other.aliases.map(alias => make('li', {}, alias)))] : []),
    ...valueLines(number, other), ...postLines({posts: rest.posts.get(number)}), ...dealLines({deals: rest.deals.get(number)}),
    ...groupsBeyond(number).flatMap(group => factGroup(number, group)),
    rest.left && rest.state === 'there' ? make('p', {class: 'source'}, say('leftAway', rest.left)) : '',
    name ? make('p', {}, make('button', {type: 'button', class: 'document', onclick: () => openNamed(name, number)},
      say('readIn', name))) : '',
    correctLink('thing', other.iri), make('p', {class: 'id'}, other.iri));
  byId('panel').dataset.other = String(number);
}

function valueLines(number, {label}) {
  const rows = rest.values.get(number) || [];
  return rows.length ? [make('h3', {}, say('values')), ...rows.flatMap(([p, value, quote, document, start, end, date, dated, whole]) => [
    make('p', {class: 'value'}, make('b', {}, term(data.attributes, p)), make('span', {}, completed(value, whole))),
    evidence(wholeClaim({quote, document, start, end, date, dated, rule: '', confidence: ''}), [label], [value])])] : [];
}

// By relation and direction, as the facts of a drawn thing are.
function groupsBeyond(number, groups = new Map()) {
  for (const fact of factsBeyond(number)) {
    const outward = fact.s === number || Boolean((relations[fact.p] || {}).symmetric);
    const key = fact.p + (outward ? '>' : '<');
    if (!groups.has(key)) groups.set(key, {predicate: fact.p, outward, edges: []});
    groups.get(key).edges.push(fact);
  }
  const order = Object.keys(relations);
  return [...groups.values()].sort((a, b) => order.indexOf(a.predicate) - order.indexOf(b.predicate) || b.outward - a.outward);
}

// A fact that is not drawn, as a line of a card, with its sentences when they are asked for.
function lineBeyond(number, fact) {
  const claims = fact.claims;
  const body = make('div', {hidden: true});
  const toggle = make('button', {type: 'button', class: 'unfold', 'aria-label': say('evidence'), title: say('evidence')});
  const show = open => {
    body.hidden = !open;
    toggle.setAttribute('aria-expanded', String(open));
    if (open && !body.children.length) body.append(...claims.map(claim => evidence(wholeClaim(claim), spellings(fact.s), spellings(fact.o))));
  };
  show(factsBeyond(number).length <= FEW);
  const statuses = [...new Set(claims.map(claim => claim.status).filter(Boolean))];
  const other = fact.s === number ? fact.o : fact.s;
  const head = make('div', {class: 'head', onclick: event => { if (!event.target.closest('.thing')) show(body.hidden); }},
    leadTo(other), ...statuses.map(statusBadge), toggle);
  return make('div', {class: 'fact'}, head, body);
}

// What tells a thing from another of its name: of drawn ones and others.
function apartOf(number) { return rest.apart.get(number) || (data.apart || {})[number] || ''; }

// What stands behind a name in a list: what tells it apart, and that it may be no name.
function apartMarks(number) {
  const told = apartOf(number);
  return [told ? make('small', {class: 'apart'}, told) : '', isDoubtful(number) ? make('span', {class: 'badge'}, say('doubtShort')) : ''].filter(Boolean);
}

function isDoubtful(number) {
  const entity = data.entities[number];
  return Boolean(entity ? entity.doubtful : ((rest.more.get(number) || {}).marks || 0) & DOUBTFUL);
}

// When a card has facts that lead to what is not drawn, they are read and added.
async function addBeyond(id) {
  if (rest.state || !data.entities[id].unseen || !hasRest()) return;
  await unpack();
  if (chosen && chosen.node === id && !byId('panel').hidden) redrawCard();
}
