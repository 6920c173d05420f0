// What the page knows of the graph, what is hidden, what is chosen.
const data = {others: [], ...JSON.parse(byId('data').textContent)};
const classes = Object.fromEntries(data.classes.map(c => [c.name, c]));
const relations = Object.fromEntries(data.relations.map(r => [r.name, r]));
const drawn = data.nodes;
const touching = data.entities.map(() => []);
data.facts.forEach((fact, id) => {
  touching[fact.s].push(id);
  if (fact.o !== fact.s) touching[fact.o].push(id);
});
const byWeight = drawn.map(node => node.id)
  .sort((a, b) => touching[b].length - touching[a].length || a - b);
const LINE = '#8c98ab';
let chosen = null; // {node: id} or {edge: id}
let shown = null;  // what stays bright while something is chosen
let grown = 0;     // added to every radius of a large graph, so that its nodes stay in sight

function subtypeOf(type, name) { return term((classes[type] || {}).subtypes || {}, name); }
function colourOf(type) { return (classes[type] || {}).colour || SOFT; }
