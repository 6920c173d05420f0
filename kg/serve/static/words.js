// What the pages themselves say, in both languages.
import {byId, filled} from './shared.js';
import {chosen, remember} from './turn.js';

const WORDS = {
  graph: {zh: '图谱', en: 'Graph'},
  ask: {zh: '查询', en: 'Ask'},
  search: {zh: '搜索', en: 'Search'},
  seek: {zh: '搜索名称、事实、原文、问题', en: 'Search names, facts, texts, questions'},
  seekTitle: {zh: '搜索', en: 'Search'},
  seekAbout: {
    zh: '名称、别名或拼音，事实，文档全文，问题，一处搜遍。可以写：宝安 2023 签约 10亿以上；加引号则照原文查找。',
    en: 'Names, other names or pinyin, facts, the full texts and the questions, all at once. Places, dates, statuses and amounts are understood, such as: 宝安 2023 签约 10亿以上; what stands in quotation marks is looked for as it is.',
  },
  indexing: {zh: '正在查找… 第一次搜索旧版图谱时要先建立索引，大图需要一两分钟。', en: 'Searching … The first search of a graph of an earlier version makes its index, which takes a minute or two where it is large.'},
  understood: {zh: '理解为', en: 'Understood as'},
  isKind: {
    zh: {place: '地点', date: '时间', status: '状态', class: '类别', relation: '关系', amount: '金额'},
    en: {place: 'place', date: 'time', status: 'status', class: 'class', relation: 'relation', amount: 'amount'}},
  dropFilter: {zh: '去掉“{0}”', en: 'Remove “{0}”'},
  asWords: {zh: '按原文查找“{0}”', en: 'Look for “{0}” as it stands'},
  things: {zh: '实体', en: 'Things'},
  deals: {zh: '签约与投资', en: 'Deals'},
  facts: {zh: '事实', en: 'Facts'},
  documents: {zh: '文档', en: 'Documents'},
  allOf: {zh: '全部', en: 'All'},
  moreOf: {zh: '显示更多{0}', en: 'Show more {0}'},
  foundAll: {zh: '{0} 个实体，{1} 项签约与投资，{2} 条事实，{3} 篇文档，{4} 秒', en: '{0} things, {1} deals, {2} facts, {3} documents in {4} s'},
  foundNone: {zh: '没有找到“{0}”', en: 'Nothing is found for “{0}”'},
  near: {zh: '您要找的是不是：', en: 'Did you mean: '},
  less: {zh: '去掉“{0}”，有 {1} 条', en: 'Without “{0}” there are {1}'},
  fewer: {zh: '少写几个字，或只写地名、企业名的一部分；也可以从“查询”里选一个问题。', en: 'Write less, or a part of a name only; or choose one of the questions.'},
  signedToo: {zh: '另有 {0} 位只署名的记者、编辑等', en: '{0} more who but signed articles, reporters and editors'},
  showSigned: {zh: '显示', en: 'Show them'},
  doubtful: {zh: '存疑', en: 'doubtful'},
  byline: {zh: '署名', en: 'byline'},
  times: {zh: '提到 {0} 次', en: 'named {0} times'},
  referenceOnly: {zh: '仅见于参考数据', en: 'of reference data alone'},
  alsoCalled: {zh: '又称 {0}', en: 'also {0}'},
  firstIn: {zh: '首见 {0}', en: 'first in {0}'},
  dossier: {zh: '档案', en: 'Dossier'},
  allAbout: {zh: '全部事实', en: 'All facts'},
  readThere: {zh: '读原文', en: 'Read it there'},
  namesOnly: {zh: '图谱在别处的服务器上：这里只搜名称和问题，不搜事实与全文。', en: 'This graph is on a server elsewhere: names and questions are searched here, facts and texts are not.'},
  registers: {zh: '台账', en: 'Registers'},
  review: {zh: '复核', en: 'Review'},
  pages: {zh: '各页', en: 'Pages'},
  list: {zh: '问题与示例', en: 'Questions and examples'},
  query: {zh: 'SPARQL', en: 'SPARQL'},
  questions: {zh: '可以问的问题', en: 'Questions'},
  examples: {zh: '示例', en: 'Examples'},
  history: {zh: '最近的查询', en: 'Recent queries'},
  forget: {zh: '清空', en: 'Forget them'},
  run: {zh: '查询', en: 'Answer'},
  running: {zh: '正在查询…', en: 'Asking…'},
  stop: {zh: '停止', en: 'Stop'},
  stopped: {zh: '已停止', en: 'Stopped'},
  row: {zh: '1 行，{1} 秒', en: '1 row in {1} s'},
  rows: {zh: '{0} 行，{1} 秒', en: '{0} rows in {1} s'},
  triples: {zh: '一个图，{0} 秒', en: 'A graph, in {0} s'},
  empty: {zh: '没有符合条件的结果', en: 'Nothing fits'},
  more: {zh: '再显示 {0} 行', en: 'Show {0} more rows'},
  rest: {zh: '…… 还有 {0} 字', en: '… {0} characters more'},
  needed: {zh: '必填', en: 'needed'},
  any: {zh: '（不限）', en: '(any)'},
  yes: {zh: '是', en: 'Yes'},
  no: {zh: '否', en: 'No'},
  edit: {zh: '在 SPARQL 中修改', en: 'Edit in SPARQL'},
  title: {zh: 'SPARQL 查询', en: 'SPARQL query'},
  about: {
    zh: '前缀不必声明；输入“位于”等中文名可补全为术语。Ctrl+Enter 运行，Esc 后按 Tab 离开编辑框。只读：不改变图谱，也不访问网络。',
    en: 'Prefixes need not be declared; names complete as you type, Chinese labels too. Ctrl+Enter runs; Esc, then Tab leaves the editor. Read-only: nothing is changed, nothing is fetched.',
  },
  editor: {zh: '查询语句', en: 'The query'},
  noQuestion: {zh: '没有这个问题', en: 'No such question'},
  noSuch: {zh: '没有名为“{0}”的问题，请从列表中选择。', en: 'There is no question called “{0}”; choose one of the list.'},
  allQuestions: {zh: '‹ 全部问题', en: '‹ All questions'},
  table: {zh: '表格', en: 'Table'},
  evidence: {zh: '依据', en: 'Rests on'},
  sumOf: {zh: '合计', en: 'Sum'},
  summedOnce: {zh: '不同货币、不同种类分开合计；同名同额的行只计一次', en: 'Currencies and kinds are added up apart; a name with the same sum counts once'},
  groupBy: {zh: '分组', en: 'Group by'},
  noGroup: {zh: '不分组', en: 'none'},
  allRows: {zh: '显示全部行', en: 'Show all rows'},
  nothingThere: {zh: '（无）', en: '(none)'},
  fillWithout: {zh: '不限“{0}”再问一次', en: 'Ask again without “{0}”'},
  fillSearch: {zh: '在全文里搜索“{0}”', en: 'Search the texts for “{0}”'},
  fillNeeds: {zh: '这个问题列出：{0} 文档里没有说到这样的事实时，结果就是空的。', en: 'This question lists: {0} Where no document states such a fact, there is nothing.'},
  often: {zh: '提到最多的：', en: 'Named most: '},
  start: {zh: '可以问什么', en: 'What can be asked'},
  meant: {zh: '您要找的是不是：', en: 'Did you mean: '},
  chart: {zh: '图表', en: 'Chart'},
  asGraph: {zh: '看图', en: 'As a graph'},
  download: {zh: '下载', en: 'Download'},
  copy: {zh: '复制链接', en: 'Copy the link'},
  copied: {zh: '已复制', en: 'Copied'},
  notCopied: {zh: '请从地址栏复制', en: 'Copy it from the address bar'},
  kind: {zh: '图形', en: 'Chart'},
  measure: {zh: '数值', en: 'Number'},
  by: {zh: '按', en: 'By'},
  how: {zh: '合并', en: 'Combine'},
  step: {zh: '间隔', en: 'Each'},
  order: {zh: '顺序', en: 'Order'},
  scale: {zh: '刻度', en: 'Scale'},
  kindIs: {
    zh: {bars: '横条', columns: '柱形', line: '折线'}, en: {bars: 'bars', columns: 'columns over time', line: 'line over time'}},
  howIs: {
    zh: {each: '不合并', sum: '合计', mean: '平均', max: '最大'},
    en: {each: 'no', sum: 'sum', mean: 'mean', max: 'largest'}},
  stepIs: {zh: {year: '年', month: '月', day: '日'}, en: {year: 'year', month: 'month', day: 'day'}},
  orderIs: {zh: {given: '同表格', size: '从大到小'}, en: {given: 'as in the table', size: 'largest first'}},
  scaleIs: {zh: {plain: '等距', log: '对数'}, en: {plain: 'linear', log: 'logarithmic'}},
  count: {zh: '行数', en: 'rows'},
  picture: {zh: '存为 PNG', en: 'Save as PNG'},
  pictured: {zh: '图片只含前 {0} 项，共 {1} 项', en: 'The picture has the first {0} of {1}'},
  values: {zh: '图中各项的数值', en: 'The numbers of this chart'},
  ofRows: {zh: '由 {0} 行得出', en: 'of {0} rows'},
  noRows: {zh: '没有数据', en: 'no rows'},
  blank: {zh: '{0} 行缺名称或数值，未画出', en: '{0} rows without a name or a number are left out'},
  undated: {zh: '{0} 行日期没有年份，未画出', en: '{0} rows with a date without a year are left out'},
  coarse: {zh: '{0} 行日期不够细，未画出', en: '{0} rows whose date goes no further than a year or a month are left out'},
  uneven: {zh: '时间跨度太大，没有数据的时段未画出', en: 'The dates lie far apart: the time between them is left out'},
  nothing: {zh: '没有可画的数值', en: 'There is nothing to draw'},
  summary: {
    zh: '图表：{0}，{1}，{2} 项。最大：{3}，{4}。用方向键逐项查看，回车打开链接。',
    en: 'Chart: {0}, {1}; {2} of them. The largest: {3}, {4}. Arrow keys go from one to the next, Enter opens its link.',
  },
  lost: {zh: '服务器没有响应：{0}', en: 'The server does not answer: {0}'},
  other: {zh: 'EN', en: '中文'},
  otherTitle: {zh: 'Switch to English', en: '切换为中文'},
};
// What the editor itself says, from its own English.
export const PHRASES = {
  Completions: '补全', Diagnostics: '错误', 'No diagnostics': '没有错误', Find: '查找', Replace: '替换',
  next: '下一个', previous: '上一个', all: '全部', 'match case': '区分大小写', regexp: '正则表达式',
  'by word': '整词', replace: '替换', 'replace all': '全部替换', close: '关闭', 'current match': '当前匹配',
  'on line': '位于行', 'replaced $ matches': '已替换 $ 处', 'replaced match on line $': '已替换第 $ 行的匹配',
  'Go to line': '转到行', go: '转到',
};
// What the columns of the named questions hold.
const COLUMNS = {
  currency: '货币', document: '文档', place: '地点', status: '状态', relation: '关系', name: '名称', subject: '主体', quote: '原文',
  policy: '政策', object: '客体', date: '日期', project: '项目', printed: '原文写法', kind: '种类', issuer: '发布者',
  investment: '投资额', count: '数量', confidence: '置信度', yuan: '金额（元）', within: '所在', title: '标题',
  through: '经由', thing: '实体', target: '目标', system: '系统', start: '位置', signed: '签约内容', role: '职务',
  projects: '项目数', person: '人物', party: '签约方', partner: '合作方', part: '身份', organisation: '机构',
  number: '文号', most: '最大值', issued: '发布日期', how: '方式', host: '主办方', event: '活动', entity: '实体',
  district: '区划', direction: '方向', developer: '建设单位', code: '代码', class: '类', claims: '事实数',
  parties: '各方', what: '项目或协议', places: '地点', days: '日期', statuses: '状态', events: '活动', sentence: '原文', doubt: '存疑', tenure: '任期', since: '起始', until: '终止',
  claim: '事实', body: '机构', attribute: '属性', announced: '发布', amount: '金额', value: '数值', other: '对方', alliance: '联盟', answer: '结果',
};
// What the named questions write into columns.
const VALUES = {
  kind: {class: '类', fact: '事实'},
  statuses: {
    proposed: '提议', planned: '计划', signed: '签约', started: '在建', completed: '完成', cancelled: '终止',
  },
  tenure: {former: '曾任', acting: '代理'},
  direction: {'rests on': '依据', 'is the basis of': '是其依据', ends: '废止', 'is ended by': '被废止'},
  part: {member: '成员', leader: '牵头方'},
};
let language = wanted() === 'en' ? 'en' : 'zh';
remember(language);

// What the address asks for, else what was chosen before.
function wanted() {
  const given = new URLSearchParams(location.search).get('lang');
  return given === 'zh' || given === 'en' ? given : chosen();
}

export function say(word, ...values) {
  return filled(WORDS[word][language], values);
}

// A label in the language of the page.
export function told(label) { return label[language] || label.zh || ''; }

// What a column is called: the variables of the named questions have Chinese names too.
export function column(name) {
  return (language === 'zh' && Object.hasOwn(COLUMNS, name) && COLUMNS[name]) || name;
}

// Such a word in Chinese; '' where the page speaks English, or the word is none of these.
export function valueSaid(column, text) {
  const said = language === 'zh' && Object.hasOwn(VALUES, column) ? VALUES[column] : {};
  return Object.hasOwn(said, text) ? said[text] : '';
}

// What a choice is called: the word `kindIs` of the value `bars`.
export function named(word, value) { return WORDS[word][language][value]; }

const SHORT = {K: ' k', M: ' m', B: ' bn', T: ' tn'};
const YUAN = {zh: '元', en: ' yuan'};

// A number in few characters: 50亿, 5 bn; one of yuan: 50亿元, 5 bn yuan.
export function compact(number, yuan) {
  const locale = language === 'zh' ? 'zh-CN' : 'en';
  const parts = new Intl.NumberFormat(locale, {notation: 'compact', maximumSignificantDigits: 4}).formatToParts(number);
  return parts.map(part => (part.type === 'compact' && SHORT[part.value]) || part.value).join('') + (yuan ? YUAN[language] : '');
}

export function spoken() { return language; }

// Speak the other language.
export function switchLanguage() {
  language = language === 'zh' ? 'en' : 'zh';
  remember(language);
  const here = new URL(location.href);
  if (!here.searchParams.has('lang')) return;
  here.searchParams.delete('lang'); // loaded again, the page speaks the language chosen last
  history.replaceState(null, '', here);
}

// The head of the page, which the server writes, in the language that is spoken.
export function turnHeader() {
  for (const element of document.querySelectorAll('header [data-zh]')) element.textContent = element.dataset[language];
  const nav = document.querySelector('header nav');
  nav.setAttribute('aria-label', say('pages'));
  byId('sought').placeholder = say('seek');
  byId('sought').setAttribute('aria-label', say('seek'));
  const other = byId('language');
  other.textContent = say('other');
  other.title = say('otherTitle');
  other.lang = language === 'zh' ? 'en' : 'zh';
  other.setAttribute('href', '?lang=' + other.lang);
}
