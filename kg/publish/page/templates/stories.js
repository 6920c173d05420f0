// A few things to read of the graph first, each a sentence made of its facts (stories.py). One that
// is chosen leaves exactly its things in the picture, and its sentences in the panel.
Object.assign(WORDS, {
  stories: {zh: '要点', en: 'Highlights'},
  story_deals: {zh: '最大的投资', en: 'Largest investments'},
  story_signings: {zh: '最新签约', en: 'Newest signings'},
  story_firms: {zh: '往来最多的企业', en: 'Firms with most dealings'},
  story_latest: {zh: '最新动态', en: 'Latest news'},
  story_contradictions: {zh: '说法不一', en: 'Contradictions'},
  told_deals: {zh: '{0}：{1}{2}，为最大一笔{3}', en: '{0}: {1} {2}, the largest{3}'},
  told_signings: {zh: '{0} 报道：{1}{2}；共 {3} 项签约', en: 'Reported on {0}: {1}{2}; signings in all: {3}'},
  told_firms: {zh: '{0}与 {1} 家机构、项目或地方有签约、投资、合作等往来{2}', en: '{0} deals with {1} bodies, projects or places{2}'},
  told_latest: {zh: '{0} 的文档说到 {1} 件事，如：{2}', en: 'Documents of {0} tell of {1} things, such as: {2}'},
  told_contradictions: {zh: '{0} 处，如{1}的{2}：有的说{3}，有的说{4}', en: '{0}; {2} of {1}: {3}, or {4}'},
  story_news: {zh: '上次构建以来', en: 'Since the last build'},
  told_news: {zh: '新增 {0} 条事实，撤下 {1} 条{2}', en: 'New facts: {0}, withdrawn: {1}{2}'},
  newsFirst: {zh: '；如：{0}', en: '; such as: {0}'},
  dealsWith: {zh: '往来 {0} 家', en: 'deals with {0}'},
  thenOthers: {zh: '；其后是{0}', en: '; then {0}'},
  signedWith: {zh: '{0}签约{1}', en: '{0} signed {1}'},
  keptStory: {zh: '只看：{0}', en: 'only: {0}'},
  storyUndrawn: {zh: '其中 {0} 个不在图中', en: 'Not in the picture: {0} of them'},
});
let story = '';              // the name of the one that is chosen
let storyThings = new Set(); // what it leaves in the picture

function allStories() {
  if (!data.overview || data.around !== null) return [];
  const {stories = [], contradictions = []} = data.overview;
  return contradictions.length ? [...stories, {story: 'contradictions', count: contradictions.length, rows: contradictions}] : stories;
}

function storyCalled(name) { return allStories().find(one => one.story === name); }

// The numbers of all things that a story tells of.
function thingsOfStory({story: name, rows}) {
  const ends = ({s, o}) => [s, o];
  const of = {
    deals: row => [...row.about, ...row.by, ...row.at], signings: row => [...row.about, ...row.by, ...row.at],
    firms: row => [row.thing, ...row.facts.flatMap(ends)], latest: ends, contradictions: row => [row.thing, ...row.o],
  }[name];
  return new Set(rows.flatMap(of));
}

function called(numbers) { return few(numbers.map(number => thingOf(number).label), 'andMore'); }
function dealName({about, by}) { return called(about.length ? about : by); }
function sumOf({sum}) { return sum.length ? [term(data.sums, sum[0]), sum[1]] : ['', '']; }
function others(rows, tell) { return rows.length > 1 ? say('thenOthers', rows.slice(1, 3).map(tell).join('、')) : ''; }

// The sentence of a story.
const TOLD = {
  deals: ({rows}) => say('told_deals', dealName(rows[0]), ...sumOf(rows[0]), others(rows, row => dealName(row) + ' ' + sumOf(row)[1])),
  signings: ({rows: [row], count}) => say('told_signings', row.day,
    row.about.length && row.by.length ? say('signedWith', called(row.by), called(row.about)) : dealName(row),
    row.sum.length ? say('and') + sumOf(row)[1] : '', count),
  firms: ({rows}) => say('told_firms', thingOf(rows[0].thing).label, rows[0].count, others(rows, row => thingOf(row.thing).label)),
  latest: ({day, count, rows: [{s, p, o}]}) => say('told_latest', day, count, [thingOf(s).label, term(relations, p), thingOf(o).label].join(language === 'zh' ? '' : ' ')),
  contradictions: ({count, rows: [{thing: one, p, kind, values}]}) => {
    const word = said => (kind === 'status' ? term(data.statuses, said) : said);
    return say('told_contradictions', count, thingOf(one).label, term(data.attributes[p] ? data.attributes : relations, p), word(values[0][0]), word(values[1][0]));
  },
};

function drawStories() {
  const box = byId('stories');
  const all = allStories();
  box.hidden = !all.length && !data.news;
  box.setAttribute('aria-label', say('stories'));
  const held = box.contains(document.activeElement) && document.activeElement.dataset.story;
  box.replaceChildren(...all.map(one => {
    const sentence = TOLD[one.story](one);
    return make('button', {type: 'button', class: 'story', 'data-story': one.story, 'aria-pressed': String(story === one.story), title: sentence,
      onclick: () => (story === one.story ? endStory() : beginStory(one.story))},
    make('b', {}, say('story_' + one.story)), make('span', {}, sentence));
  }));
  if (data.news) box.append(newsLink(data.news));
  for (const button of box.children) if (button.dataset.story === held) button.focus();
}

// What the last build brought: its list is a page of the server.
function newsLink({added, gone, first: [s, p, o]}) {
  const word = p && term(data.attributes[p] ? data.attributes : relations, p);
  const sentence = say('told_news', added, gone, p ? say('newsFirst', [s, word, o].join(language === 'zh' ? '' : ' ')) : '');
  return make('a', {class: 'story', href: '/register/changes', 'data-story': 'news', title: sentence}, make('b', {}, say('story_news')), make('span', {}, sentence));
}

function takeStory(name) {
  const found = storyCalled(name);
  story = found ? name : '';
  storyThings = found ? thingsOfStory(found) : new Set();
}

function beginStory(name) {
  select(null);
  takeStory(name);
  refilter(true);
  openStory(name);
  fitSeen();
}

function endStory() {
  takeStory('');
  byId('panel').hidden = true;
  narrow();
}

// Its things and sentences, one after the other.
function openStory(name) {
  const found = storyCalled(name);
  const undrawn = [...storyThings].filter(number => number >= data.entities.length).length;
  open(make('span', {class: 'kind'}, say('story_' + name)), heading(TOLD[name](found)),
    undrawn ? make('p', {class: 'source'}, say('storyUndrawn', undrawn)) : '',
    make('ul', {class: 'lines'}, ...found.rows.flatMap(row => storyLines(name, row)).map(line => make('li', {}, ...line))));
}

function storyLines(name, row) {
  if (name === 'contradictions') return [contradictionTold(row)];
  if (name === 'latest') return [factTold(row)];
  if (name === 'firms') return [[make('div', {class: 'line'}, leadTo(row.thing), make('b', {}, say('dealsWith', row.count)))], ...row.facts.map(fact => factTold(fact))];
  const [kind, sum] = sumOf(row);
  return [[
    make('div', {class: 'line'}, ...row.about.map(number => leadTo(number)), sum ? make('b', {class: 'amount'}, kind + ' ' + sum) : ''),
    make('div', {class: 'line small'}, ...[...row.by, ...row.at].map(number => leadTo(number)), statusBadge(row.status) || '', row.day ? make('time', {}, row.day) : ''),
    leadToQuote(row.claim, row.about[0] === undefined ? null : row.about[0], row.by[0] === undefined ? null : row.by[0]),
  ]];
}

function startStories() {
  addFilter({
    tell: () => story ? say('keptStory', say('story_' + story)) : '',
    hides: id => !storyThings.has(id),
    clear: () => takeStory(''),
    reveal: id => { storyThings.add(id); },
  });
  inAddress('story', {
    read: () => story,
    write: text => {
      takeStory(text);
      refilter();
      if (story) openStory(story);
    },
  });
  afterFilters('stories', drawStories);
}
