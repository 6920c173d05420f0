// What the page itself says, in both languages; what the graph says comes with the data.
const WORDS = {
  search: {zh: '搜索名称、拼音、事实、原文', en: 'Search names, pinyin, facts, texts'},
  counts: {zh: '{0} 个实体 · {1} 条关系', en: '{0} entities · {1} relations'},
  pages: {zh: '各页', en: 'Pages'},
  filters: {zh: '筛选与导出', en: 'Filters and export'},
  graphWay: {zh: '图谱', en: 'Graph'},
  ask: {zh: '查询', en: 'Ask'},
  registers: {zh: '台账', en: 'Registers'},
  query: {zh: 'SPARQL', en: 'SPARQL'},
  absent: {zh: '图中没有画出：{0}', en: 'Not drawn on this page: {0}'},
  relations: {zh: '关系', en: 'Relations'},
  all: {zh: '全选', en: 'All'},
  none: {zh: '全不选', en: 'None'},
  filtered: {zh: '显示 {0} / {1} 个实体 · {2} / {3} 条关系', en: '{0} of {1} entities · {2} of {3} relations'},
  withoutClasses: {zh: '不看：{0}', en: 'without {0}'},
  withoutRelations: {zh: '不看：{0}', en: 'without {0}'},
  keptKinds: {zh: '只看：{0}', en: 'only: {0}'},
  keptKindsLinked: {zh: '只看：{0}及直接相关', en: 'only: {0}, with what is linked'},
  status: {zh: '状态', en: 'Status'},
  noStatus: {zh: '未说明', en: 'none told'},
  keptOnly: {zh: '只保留勾选的；都不勾选则全部保留', en: 'What is ticked is kept; with nothing ticked, everything'},
  keptStatuses: {zh: '只看：{0}', en: 'only: {0}'},
  place: {zh: '区划', en: 'Places'},
  keepPlace: {zh: '只看此地及其下辖', en: 'Only this place and all in it'},
  findPlace: {zh: '查找区划', en: 'Find a place'},
  linkedToo: {zh: '连同直接相关的实体', en: 'with what is directly linked'},
  howBelongs: {zh: '怎样算属于一地', en: 'What belongs to a place'},
  whatBelongs: {
    zh: '该地本身及其各级下辖，还有：位于、隶属、任职或适用于那里的；由当地机构发布的；没有这类事实时，名称以该地全名开头的。',
    en: 'The place itself, all that lies in it at any depth, and what is located there, part of it, works there or applies there, what its bodies issue, and, without such a fact, what begins with its whole name.',
  },
  keptPlaces: {zh: '只看：{0}（含下辖）', en: 'only: {0}'},
  keptPlacesLinked: {zh: '只看：{0}（含下辖）及直接相关', en: 'only: {0}, with what is linked'},
  unfoldPlace: {zh: '展开 {0}', en: 'Unfold {0}'},
  foldPlace: {zh: '收起 {0}', en: 'Fold {0}'},
  document: {zh: '文档', en: 'Documents'},
  findDocument: {zh: '查找文件名、标题、发布者', en: 'Find a file, a title, a publisher'},
  documents: {zh: '文档', en: 'Documents'},
  publishers: {zh: '发布者', en: 'Publishers'},
  keptDocuments: {zh: '文档 {0}', en: 'document {0}'},
  keptPublishers: {zh: '{0}所发', en: 'published by {0}'},
  andMore: {zh: '{0} 等 {1} 个', en: '{0} … ({1} in all)'},
  or: {zh: ' 或 ', en: ' or '},
  and: {zh: '，', en: ', '},
  rest: {zh: '另有 {0} 项，请输入文字查找', en: '{0} more: type to find them'},
  time: {zh: '时间', en: 'Time'},
  timeFrom: {zh: '起始时间', en: 'From when'},
  timeTo: {zh: '截止时间', en: 'Until when'},
  timeHint: {
    zh: '一条事实的日期：所说活动、项目或政策的日期；没有时，是句首的日期，再没有，是文档的日期',
    en: 'The date of a fact: of the event, project or policy it tells of, else the day that its sentence opens with, else that of its document',
  },
  earlier: {zh: '{0} 之前', en: 'before {0}'},
  later: {zh: '{0} 之后', en: 'after {0}'},
  bar: {zh: '{0}：{1} 条', en: '{0}: {1}'},
  barSpread: {zh: '{0}：{1} 条，另有 {2} 条日期较粗，可能在此', en: '{0}: {1}; {2} more, dated less precisely, may lie here'},
  undated: {zh: '含无日期的', en: 'undated too'},
  datedOnly: {zh: '有日期的', en: 'dated'},
  keptTime: {zh: '只看：{0}', en: 'only: {0}'},
  dateOf: {zh: '{0}（{1}）', en: '{0} ({1})'},
  ofDocument: {zh: '文档日期', en: 'date of the document'},
  ofSentence: {zh: '句首日期', en: 'day that the sentence opens with'},
  completed: {zh: '{0} → {1}（{2}）', en: '{0} → {1} ({2})'},
  yearFrom: {zh: '年份据{0}', en: 'year from {0}'},
  monthFrom: {zh: '月份据{0}', en: 'month from {0}'},
  countedFrom: {zh: '自{0}推算，据{1}', en: 'counted from {0}, the day in {1}'},
  itsYear: {zh: '，其年份据{0}', en: ', its year from {0}'},
  dated_dateline: {zh: '电头', en: 'the dateline'},
  dated_header: {zh: '页面日期', en: 'the head of the page'},
  dated_metadata: {zh: '文件元数据', en: 'what the file declares'},
  dated_name: {zh: '文件名', en: 'the name of the file'},
  dated_text: {zh: '文中其他日期', en: 'other dates of the text'},
  dated_title: {zh: '活动名称', en: 'the name of the event'},
  dated_number: {zh: '发文字号', en: 'the number of the document'},
  nothingFits: {zh: '没有符合全部筛选条件的内容。', en: 'Nothing fits all the filters.'},
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
  posts: {zh: '任职', en: 'Posts'},
  deals: {zh: '签约与投资', en: 'Deals'},
  mentions: {zh: '文中出现 {0} 处', en: 'mentions: {0}'},
  doubtfulName: {zh: '名称存疑：没有文档能确定这是一个名称', en: 'Doubtful name: no document makes sure that it is one'},
  links: {zh: '{0} 条关系', en: 'relations: {0}'},
  evidence: {zh: '依据', en: 'Evidence'},
  reference: {zh: '参考数据，无引文', en: 'reference data, no quotation'},
  read: {zh: '在文中查看', en: 'Read it in the document'},
  reader: {zh: '文档', en: 'Document'},
  said: {zh: '这一篇中的 {0} 条事实', en: 'Facts of this document: {0}'},
  reported: {zh: '{0} 篇文档，独立报道 {1} 篇', en: 'Documents: {0}, independent articles: {1}'},
  correct: {zh: '更正', en: 'correct this'},
  review: {zh: '复核', en: 'Review'},
  byRule: {zh: '规则提出：{0}', en: 'proposed by the rule {0}'},
  ruleOf: {zh: '“{0}”规则（{1}）', en: 'of “{0}” ({1})'},
  byNetwork: {zh: '模型提出，没有规则提出它', en: 'proposed by the network, and by no rule'},
  byModel: {zh: '语言模型 {0} 提出，没有规则提出它', en: 'proposed by the language model {0}, and by no rule'},
  byPeople: {zh: '人工添加', en: 'added by people'},
  confidence: {zh: '置信度 {0}，{1}', en: 'confidence {0}, {1}'},
  'very likely': {zh: '很可能', en: 'very likely'},
  likely: {zh: '可能', en: 'likely'},
  doubtful: {zh: '存疑', en: 'doubtful'},
  factsSifted: {zh: '另有 {0} 条事实被筛选隐藏', en: 'Further facts hidden by the filter: {0}'},
  claimsSifted: {zh: '另有 {0} 处依据被筛选隐藏', en: 'Further evidence hidden by the filter: {0}'},
  showSifted: {zh: '显示', en: 'Show'},
  siftAgain: {zh: '重新隐藏被筛选的 {0} 条', en: 'Hide what is filtered out again ({0})'},
  more: {zh: '再显示 {0} 条', en: 'Show {0} more'},
  nothing: {zh: '本页没有这个名称', en: 'No such name on this page'},
  nothingFound: {zh: '没有找到', en: 'Nothing is found'},
  looking: {zh: '没有这个名称，正在事实和原文中查找…', en: 'No such name; looking at facts and texts …'},
  notDrawn: {zh: '未画出', en: 'not drawn'},
  alone: {zh: '只看周边', en: 'Neighbourhood only'},
  nearTold: {zh: '只看：“{0}”的周边，{1} 条关系未展开', en: 'only: around “{0}”, relations not opened: {1}'},
  unfold: {zh: '展开 +{0}', en: 'Open +{0}'},
  fold: {zh: '收起', en: 'Close up'},
  fetchAround: {zh: '取来其余 {0} 条关系', en: 'Fetch the other relations: {0}'},
  beyond: {zh: '另有 {0} 条关系未画出', en: 'relations that are not drawn: {0}'},
  undrawnBare: {zh: '图中没有画出；文档提到它，没有说到它的事实', en: 'Not drawn; documents name it and state no fact of it'},
  undrawnFacts: {zh: '图中没有画出；事实都在这里', en: 'Not drawn; its facts are all here'},
  leftAway: {zh: '另有 {0} 条事实本页放不下，见 facts.csv', en: '{0} more claims have no room on this page; facts.csv has them'},
  facts: {zh: '事实', en: 'Facts'},
  questionsFound: {zh: '问题', en: 'Questions'},
  allFound: {zh: '在搜索页看全部结果', en: 'All that is found, on the page of the search'},
  understoodAs: {zh: '理解为：{0}', en: 'Understood as: {0}'},
  signedToo: {zh: '另有 {0} 位只署名的人（记者、编辑等），点此显示', en: '{0} more who but signed articles: show them'},
  unpacking: {zh: '正在取出其余名称…', en: 'Unpacking the other names…'},
  noRest: {zh: '其余名称取不出来：{0}', en: 'The other names cannot be unpacked: {0}'},
  doubtfulPost: {zh: '存疑：人物、职务与机构不在同一短语中，由整句推断', en: 'Doubtful: person, title and body stand in no one phrase; inferred from the sentence'},
  doubtShort: {zh: '存疑', en: 'doubtful'},
  yuan: {zh: '元', en: ' yuan'},
  find: {zh: '搜索', en: 'Search'},
  pathTo: {zh: '路径…', en: 'Path to…'},
  path: {zh: '路径', en: 'Path'},
  goal: {zh: '到哪里？输入名称或拼音', en: 'Where to? A name or pinyin'},
  pathFound: {zh: '列出 {0} 条路径，最短的 {1} 步；点开即在图中标出', en: 'Paths: {0}; steps of the shortest: {1}. Open one to see it in the graph'},
  pathNone: {zh: '两者之间没有路径。', en: 'Nothing joins the two.'},
  pathFiltered: {zh: '在没有筛掉的部分，两者之间没有路径。', en: 'Nothing that is not filtered out joins the two.'},
  pathSame: {zh: '起点与终点相同。', en: 'Both ends are the same.'},
  pathDirect: {zh: '直接相连', en: 'linked directly'},
  steps: {zh: '{0} 步', en: 'steps: {0}'},
  export: {zh: '导出', en: 'Export'},
  exportWhat: {zh: '未被筛掉的部分：', en: 'What is not filtered out:'},
  png: {zh: '图片 PNG（当前窗口）', en: 'Picture, PNG (this window)'},
  svg: {zh: '矢量图 SVG（当前窗口）', en: 'Drawing, SVG (this window)'},
  csv: {zh: '事实表 CSV（Excel）', en: 'Facts, CSV (Excel)'},
  ttl: {zh: '三元组 Turtle', en: 'Triples, Turtle'},
  column_subject: {zh: '主体', en: 'subject'},
  column_relation: {zh: '关系', en: 'relation'},
  column_object: {zh: '客体', en: 'object'},
  column_status: {zh: '状态', en: 'status'},
  column_date: {zh: '日期', en: 'date'},
  column_amount: {zh: '金额', en: 'amount'},
  column_sentence: {zh: '原文', en: 'sentence'},
  column_document: {zh: '文档', en: 'document'},
  column_subjectId: {zh: '主体标识', en: 'subject id'},
  column_objectId: {zh: '客体标识', en: 'object id'},
  empty: {zh: '图中没有实体。', en: 'The graph holds no entity.'},
  left: {
    zh: '本页有 {0} 个实体（{3}）；另有 {1} 个实体、{2} 条关系不在图中，可以搜索',
    en: 'This page has {0} entities ({3}). Found by search: entities {1}, relations {2}',
  },
  noCanvas: {
    zh: '这个浏览器没有画布（canvas），画不出图；概览、文档、搜索和筛选照常可用。',
    en: 'This browser has no canvas to draw on; overview, documents, search and filters work.',
  },
  linked: {zh: '内容最多者优先', en: 'what tells most first'},
  firstDrawn: {zh: '先画最有内容的 {0} 个', en: 'Drawn first: the {0} that tell most'},
  drawRest: {zh: '再画 {0} 个', en: 'Draw {0} more'},
  foldRest: {zh: '只画最有内容的', en: 'Only what tells most'},
  bareThings: {zh: '没有关系的 {0} 个', en: 'Without a relation: {0}'},
  bareWhy: {zh: '文档提到它们，没有说到它们与别的有什么关系', en: 'Documents name them and tell no relation to others'},
  drawBare: {zh: '在图中画出 {0} 个', en: 'Draw {0} of them'},
  bareElsewhere: {zh: '另有 {0} 个不在本页，请搜索', en: 'Not on this page: {0}; search for them'},
  home: {zh: '回到最初的图（Home 键）', en: 'Back to the first picture (Home)'},
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

function titled() { return data.title[language] || data.title.zh; }

function dot(type) {
  const spot = make('span', {class: 'dot', 'aria-hidden': 'true'});
  spot.style.background = colourOf(type);
  return spot;
}

function speak() {
  document.documentElement.lang = language === 'zh' ? 'zh-CN' : 'en';
  document.title = byId('title').textContent = titled();
  for (const element of document.querySelectorAll('[data-word]')) {
    element.textContent = say(element.dataset.word);
  }
  for (const element of document.querySelectorAll('[data-title]')) {
    element.title = say(element.dataset.title);
    element.setAttribute('aria-label', element.title);
  }
  for (const element of document.querySelectorAll('[data-label]')) {
    element.setAttribute('aria-label', say(element.dataset.label));
  }
  for (const element of document.querySelectorAll('[data-hint]')) {
    element.placeholder = say(element.dataset.hint);
    element.setAttribute('aria-label', element.placeholder);
  }
  byId('graph').setAttribute('aria-label', say('graph'));
  byId('legend').setAttribute('aria-label', say('legend'));
  byId('panel').setAttribute('aria-label', say('panel'));
  byId('reader').setAttribute('aria-label', say('reader'));
  byId('language').textContent = say('other');
  byId('language').title = say('otherTitle');
  byId('counts').textContent = say('counts', data.entities.length, data.facts.length);
}
