// Facts by what has become of them: planned, signed, completed, or none is told.
const keptStatuses = new Set();
let statusCounts = [];
const usedStatuses = statuses.map((name, i) => [name || 'none', i])
  .filter(([, i]) => claims.status.some((rank, number) => rank === i && claims.fact[number] >= 0));

function statusWord(name) { return name === 'none' ? say('noStatus') : term(data.statuses, name); }

// What is chosen, in the order of the ladder.
function chosenStatuses() { return usedStatuses.map(([name]) => name).filter(name => keptStatuses.has(name)); }

function drawStatuses() {
  rowsInto(byId('statuses'), usedStatuses.map(([name, i]) =>
    tick(keptStatuses, name, statusCounts[i] || 0, make('span', {}, statusWord(name)))));
  menuHead('status', keptStatuses.size, usedStatuses.length > 1);
}

function startStatuses() {
  addFilter({
    tell: () => keptStatuses.size ? say('keptStatuses', chosenStatuses().map(statusWord).join('、')) : '',
    clear: () => keptStatuses.clear(),
    hidesClaim: number => !keptStatuses.has(statuses[claims.status[number]] || 'none'),
    count: out => {
      statusCounts = statuses.map(() => 0);
      claims.fact.forEach((fact, number) => {
        if (fact >= 0 && !out.claims[number] && !out.lines[fact]) statusCounts[claims.status[number]] += 1;
      });
      drawStatuses();
    },
  });
  inAddress('status', {
    read: () => listed(chosenStatuses()),
    write: text => {
      keptStatuses.clear();
      for (const name of unlisted(text)) if (usedStatuses.some(([one]) => one === name)) keptStatuses.add(name);
      refilter();
    },
  });
}
