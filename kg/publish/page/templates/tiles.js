// A schematic map: a tile for each division of the first level, roughly where it lies, and below it
// those within the one that is chosen. A tile leaves its things in the picture, and lists them.
Object.assign(WORDS, {
  map: {zh: '分省', en: 'Provinces'},
  mapOf: {zh: '各省级区划，示意位置', en: 'Divisions of the first level, roughly where they lie'},
  mapWithin: {zh: '{0}以下', en: 'Within {0}'},
  mapDeals: {zh: '签约与投资', en: 'deals'},
  mapSums: {zh: '投资额', en: 'investment'},
  mapSumsHow: {
    zh: '每项签约与投资只计一笔总投资，人民币；取消与跨省的、数额可疑的不计。',
    en: 'Of each deal its total investment in yuan; not of deals across provinces, nor sums that are hard to believe.',
  },
  mapTile: {zh: '{0}：{1}', en: '{0}: {1}'},
  mapThings: {zh: '{0}：图中 {1} 个', en: '{0}: {1} in the picture'},
  mapMore: {zh: '全图共 {0} 个，其余可在搜索中查到', en: '{0} in the whole graph; search finds the others'},
  mapNone: {zh: '图中没有能归到省级区划的内容。', en: 'Nothing in this graph lies in such a division.'},
});
const CNY = 1e8;
let counting = ''; // what the tiles count: a class, 'deals', 'sums'

function mapKinds() {
  const {classes: columns, tiles} = data.overview.tiles;
  const used = columns.filter((_, i) => tiles.some(([, , , , counts]) => counts[i]));
  const more = [['deals', tiles.some(row => row[5])], ['sums', tiles.some(row => Number(row[6]))]];
  return [...more.filter(([, there]) => there).map(([name]) => name), ...used];
}

function mapWord(kind) { return kind === 'deals' ? say('mapDeals') : kind === 'sums' ? say('mapSums') : term(classes, kind); }

// What a tile counts: of a row [name, place, counts, deals, sum, …].
function mapValue([, , counts, deals, sum]) {
  return counting === 'deals' ? deals : counting === 'sums' ? Number(sum) : counts[data.overview.tiles.classes.indexOf(counting)] || 0;
}

// A sum on a tile, in hundred millions.
function mapPrinted(value) {
  if (!value) return '';
  if (counting !== 'sums') return String(value);
  const size = language === 'zh' ? CNY : 1e9;
  return (value / size >= 10 ? Math.round(value / size) : Number((value / size).toFixed(1)) || '<0.1') + (language === 'zh' ? '亿' : 'bn');
}

function fillMap(body) {
  const {tiles} = data.overview.tiles || {tiles: []};
  if (!tiles.length) return body.append(make('p', {class: 'small'}, say('mapNone')));
  const kinds = mapKinds();
  if (!kinds.includes(counting)) counting = kinds[0];
  const choose = kind => {
    counting = kind;
    drawSide();
    byId('count-' + kind).focus();
  };
  body.append(make('div', {class: 'chips', role: 'group', 'aria-label': say('mapOf')}, ...kinds.map(kind => make('button', {
    type: 'button', class: 'chip count', id: 'count-' + kind, 'aria-pressed': String(kind === counting), onclick: () => choose(kind),
  }, mapWord(kind)))), make('p', {class: 'small'}, say('mapOf') + (counting === 'sums' ? '，' + say('mapSumsHow') : '')));
  const rows = tiles.map(([name, column, line, ...row]) => ({column, line, row: [name, ...row]}));
  const grid = make('div', {class: 'tiles map'}, ...tileButtons(rows.map(({row}) => row)));
  rows.forEach(({column, line}, i) => {
    grid.children[i].style.gridColumn = column + 1;
    grid.children[i].style.gridRow = line + 1;
  });
  body.append(grid, make('div', {id: 'map-place'}));
  drawMapPlace();
  afterFilters('map', drawMapPlace);
}

// Between these neither dark nor white letters stand out enough (WCAG 2.1 AA).
const READABLE = [0.62, 0.76];
const [PALE, DEEP] = [[238, 241, 246], [23, 79, 153]];
function readably(share) {
  const [low, high] = READABLE;
  return share <= low || share >= high ? share : share < (low + high) / 2 ? low : high;
}

// Buttons whose ground is the darker the more there is; what has nothing is there too.
function tileButtons(rows) {
  const most = Math.max(1, ...rows.map(mapValue));
  return rows.map(row => {
    const [name, place] = row;
    const value = mapValue(row);
    const deep = value ? readably(0.12 + 0.88 * Math.sqrt(value / most)) : 0;
    const label = say('mapTile', name, mapWord(counting) + ' ' + (mapPrinted(value) || '0'));
    const tile = make('button', {type: 'button', class: deep > READABLE[0] ? 'tile deep' : 'tile', 'data-tile': place, title: label,
      disabled: place < 0, 'aria-pressed': String(place >= 0 && keptAlone(thingOf(place).iri)), onclick: () => leadToTile(place)},
    make('span', {}, name), make('b', {}, mapPrinted(value)));
    const mixed = PALE.map((one, i) => Math.round(one + (DEEP[i] - one) * deep));
    if (value) tile.style.background = `rgb(${mixed.join(', ')})`;
    return tile;
  });
}

// Keep the place of a tile, where the page has anything of it; again ends that.
function leadToTile(place) {
  const {iri} = thingOf(place);
  if (!placeNumbers.has(iri)) return leadToCard(place);
  if (keptAlone(iri)) keptPlaces.clear(); else keptPlaces.clear(), keptPlaces.add(iri);
  select(null);
  narrow();
}

// The row of the place that is kept alone, with the row of the first level that it lies in.
function keptTile() {
  if (keptPlaces.size !== 1) return null;
  const same = place => place >= 0 && keptAlone(thingOf(place).iri);
  for (const [name, , , ...row] of data.overview.tiles.tiles) {
    const above = [name, ...row];
    if (same(row[0])) return {above, row: above};
    const inner = row[4].find(([, place]) => same(place));
    if (inner) return {above, row: inner};
  }
  return null;
}

// Below the map: the tiles within the chosen one, and the things that the picture has of it.
function drawMapPlace() {
  const box = byId('map-place');
  if (!box) return;
  for (const tile of byId('side').querySelectorAll('.tile[data-tile]')) {
    tile.setAttribute('aria-pressed', String(tile.dataset.tile >= 0 && keptAlone(thingOf(tile.dataset.tile).iri)));
  }
  const held = box.contains(document.activeElement) && document.activeElement.dataset.tile;
  const found = keptTile();
  if (!found) return box.replaceChildren();
  const {above, row} = found;
  const own = byInterest.filter(id => !isPlace(id) && data.belongs[id].some(place => within[place].has(placeNumbers.get(thingOf(row[1]).iri))));
  const list = make('ul', {class: 'lines'});
  unfolding(list, own, id => make('li', {}, make('div', {class: 'line'}, leadTo(id), ...dealSum(id))));
  const all = row[2].reduce((sum, count) => sum + count, 0);
  box.replaceChildren(...(above[5].length ? [make('h2', {}, say('mapWithin', above[0])), make('div', {class: 'tiles'}, ...tileButtons(above[5]))] : []),
    make('h2', {}, say('mapThings', row[0], own.length)), all > own.length ? make('p', {class: 'small'}, say('mapMore', all)) : '', list);
  const again = [...box.querySelectorAll('.tile')].find(tile => tile.dataset.tile === held);
  if (again) again.focus();
}

// The sum of the first deal of a thing that has one.
function dealSum(id) {
  const [sum] = (data.entities[id].deals || []).flatMap(([, sums]) => sums);
  return sum ? [make('b', {class: 'amount'}, sum[1])] : [];
}
