// What the page itself says, in both languages; what the graph says comes with the data.
const WORDS = {
  search: {zh: '搜索名称或别名，按 Enter 定位', en: 'Search names and aliases, Enter to go'},
  counts: {zh: '{0} 个实体 · {1} 条关系', en: '{0} entities · {1} relations'},
  ask: {zh: '提问', en: 'Ask'},
  query: {zh: 'SPARQL', en: 'SPARQL'},
  absent: {zh: '这一页没有画出：{0}', en: 'Not drawn on this page: {0}'},
  relations: {zh: '关系', en: 'Relations'},
  all: {zh: '全选', en: 'All'},
  none: {zh: '全不选', en: 'None'},
  filtered: {zh: '显示 {0} / {1} 个实体', en: '{0} of {1} entities'},
  withoutClasses: {zh: '不含类别：{0}', en: 'without {0}'},
  withoutRelations: {zh: '不含关系：{0}', en: 'without {0}'},
  unfilter: {zh: '取消这项筛选', en: 'End this filter'},
  unfilterAll: {zh: '取消全部筛选', en: 'End all filters'},
  closer: {zh: '放大', en: 'Zoom in'},
  farther: {zh: '缩小', en: 'Zoom out'},
  fit: {zh: '显示全图', en: 'Show everything'},
  close: {zh: '关闭', en: 'Close'},
  graph: {zh: '知识图谱，方向键移动，加减号缩放', en: 'Knowledge graph, arrows move, plus and minus zoom'},
  legend: {zh: '类别，点按显示或隐藏', en: 'Classes, press to show or hide'},
  panel: {zh: '详情', en: 'Details'},
  names: {zh: '别名', en: 'Also called'},
  values: {zh: '属性', en: 'Attributes'},
  mentions: {zh: '文中出现 {0} 处', en: 'mentions: {0}'},
  links: {zh: '{0} 条关系', en: 'relations: {0}'},
  evidence: {zh: '依据', en: 'Evidence'},
  reference: {zh: '参考数据，无引文', en: 'reference data, no quotation'},
  read: {zh: '在文中查看', en: 'Read it in the document'},
  reader: {zh: '文档', en: 'Document'},
  said: {zh: '本页画出的 {0} 条事实出自这一篇', en: 'Facts of this page from here: {0}'},
  rule: {zh: '规则', en: 'rule'},
  confidence: {zh: '置信度', en: 'confidence'},
  more: {zh: '再显示 {0} 条', en: 'Show {0} more'},
  nothing: {zh: '本页没有这个名称', en: 'No such name on this page'},
  empty: {zh: '图中没有实体。', en: 'The graph holds no entity.'},
  left: {
    zh: '本页只画 {0} 个实体（{3}），另有 {1} 个实体、{2} 条关系未画出。',
    en: 'This page draws {0} entities ({3}). Left out: entities {1}, relations {2}.',
  },
  linked: {zh: '联系最多者优先', en: 'most linked first'},
  near: {zh: '“{0}”两步以内，近者优先', en: 'within two steps of “{0}”, nearest first'},
  other: {zh: 'EN', en: '中文'},
  otherTitle: {zh: 'Switch to English', en: '切换为中文'},
};
let language = 'zh';

function say(word, ...values) {
  return filled(WORDS[word][language], values);
}

// The label of a term of the ontology; a term that has no page goes by its name.
function term(table, name) {
  const found = table[name];
  return (found && (found[language] || found.zh)) || name;
}

function dot(type) {
  const spot = make('span', {class: 'dot', 'aria-hidden': 'true'});
  spot.style.background = colourOf(type);
  return spot;
}

function speak() {
  document.documentElement.lang = language === 'zh' ? 'zh-CN' : 'en';
  for (const element of document.querySelectorAll('[data-word]')) {
    element.textContent = say(element.dataset.word);
  }
  for (const element of document.querySelectorAll('[data-title]')) {
    element.title = say(element.dataset.title);
    element.setAttribute('aria-label', element.title);
  }
  byId('search').placeholder = say('search');
  byId('search').setAttribute('aria-label', say('search'));
  byId('graph').setAttribute('aria-label', say('graph'));
  byId('legend').setAttribute('aria-label', say('legend'));
  byId('panel').setAttribute('aria-label', say('panel'));
  byId('reader').setAttribute('aria-label', say('reader'));
  byId('language').textContent = say('other');
  byId('language').title = say('otherTitle');
  byId('counts').textContent = say('counts', data.entities.length, data.facts.length);
  const left = data.left;
  byId('note').hidden = data.entities.length > 0 && !left.entities && !left.facts;
  const choice = left.around ? say('near', left.around) : say('linked');
  byId('note').textContent = !data.entities.length ? say('empty')
    : say('left', data.entities.length, left.entities, left.facts, choice);
}
