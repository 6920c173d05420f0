// What the pages themselves say, in both languages.
const WORDS = {
  graph: {zh: '图谱', en: 'Graph'},
  ask: {zh: '提问', en: 'Ask'},
  query: {zh: 'SPARQL', en: 'SPARQL'},
  questions: {zh: '可以问的问题', en: 'Questions'},
  examples: {zh: '示例', en: 'Examples'},
  history: {zh: '最近的查询', en: 'Recent queries'},
  forget: {zh: '清空', en: 'Forget them'},
  run: {zh: '回答', en: 'Answer'},
  running: {zh: '正在查询…', en: 'Asking…'},
  stop: {zh: '停止', en: 'Stop'},
  stopped: {zh: '已停止', en: 'Stopped'},
  rows: {zh: '{0} 行，{1} 秒', en: '{0} rows in {1} s'},
  triples: {zh: '一个图，{0} 秒', en: 'A graph, in {0} s'},
  empty: {zh: '没有符合条件的结果', en: 'Nothing fits'},
  more: {zh: '再显示 {0} 行', en: 'Show {0} more rows'},
  needed: {zh: '必填', en: 'needed'},
  any: {zh: '（不限）', en: '(any)'},
  yes: {zh: '是', en: 'Yes'},
  no: {zh: '否', en: 'No'},
  edit: {zh: '在 SPARQL 中修改', en: 'Edit in SPARQL'},
  title: {zh: 'SPARQL 查询', en: 'SPARQL query'},
  about: {
    zh: '前缀不必声明；Ctrl+Enter 运行。只读：不改变图谱，也不访问网络。',
    en: 'Prefixes need not be declared; Ctrl+Enter runs. Read-only: nothing is changed, nothing is fetched.',
  },
  editor: {zh: '查询语句', en: 'The query'},
  lost: {zh: '服务器没有回答：{0}', en: 'The server does not answer: {0}'},
  other: {zh: 'EN', en: '中文'},
  otherTitle: {zh: 'Switch to English', en: '切换为中文'},
};
// What the columns of the named questions hold.
const COLUMNS = {
  document: '文档', place: '地点', status: '状态', relation: '关系', name: '名称', subject: '主体', quote: '原文',
  policy: '政策', object: '客体', date: '日期', project: '项目', printed: '原文写法', kind: '种类', issuer: '发布者',
  investment: '投资额', count: '数量', confidence: '置信度', yuan: '金额（元）', within: '所在', title: '标题',
  through: '经由', thing: '实体', target: '目标', system: '系统', start: '位置', signed: '签约内容', role: '职务',
  projects: '项目数', person: '人物', party: '签约方', partner: '合作方', part: '部分', organisation: '机构',
  number: '文号', most: '最大值', issued: '发布日期', how: '方式', host: '主办方', event: '活动', entity: '实体',
  district: '区划', direction: '方向', developer: '建设单位', code: '代码', class: '类', claims: '断言数',
  claim: '断言', body: '机构', attribute: '属性', announced: '发布', amount: '金额', alliance: '联盟', answer: '回答',
};
let language = localStorage.getItem('language') === 'en' ? 'en' : 'zh';

export function say(word, ...values) {
  return WORDS[word][language].replace(/\{(\d)\}/g, (_, i) => String(values[i]));
}

// A label in the language of the page.
export function told(label) { return label[language] || label.zh || ''; }

// What a column is called: the variables of the named questions have Chinese names too.
export function column(name) {
  return (language === 'zh' && Object.hasOwn(COLUMNS, name) && COLUMNS[name]) || name;
}

export function spoken() { return language; }

export function switchLanguage() {
  language = language === 'zh' ? 'en' : 'zh';
  localStorage.setItem('language', language);
}

// An element with attributes and children; strings become text nodes, never markup.
export function make(tag, attributes = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (name.startsWith('on')) element.addEventListener(name.slice(2), value);
    else if (value === true) element.setAttribute(name, '');
    else if (value !== false && value !== null && value !== undefined) element.setAttribute(name, value);
  }
  element.append(...children.filter(child => child !== null && child !== ''));
  return element;
}

export function byId(id) { return document.getElementById(id); }
