// What the page of corrections says, in both languages.
import {filled} from '/static/shared.js';
import {spoken, switchLanguage, told} from '/static/words.js';

export {spoken, switchLanguage, told};

const WORDS = {
  title: {zh: '校订', en: 'Review'},
  graph: {zh: '图谱', en: 'Graph'},
  ask: {zh: '提问', en: 'Ask'},
  query: {zh: 'SPARQL', en: 'SPARQL'},
  review: {zh: '校订', en: 'Review'},
  pages: {zh: '各页', en: 'Pages'},
  other: {zh: 'EN', en: '中文'},
  otherTitle: {zh: 'Switch to English', en: '切换为中文'},
  who: {zh: '校订人', en: 'Who decides'},
  whoAsk: {zh: '您的姓名（随每项决定记录）', en: 'Your name, kept with each decision'},
  whoNeeded: {zh: '请先填写您的姓名。', en: 'Say who you are first.'},
  whoIs: {zh: '以“{0}”的名义决定', en: 'Deciding as {0}'},
  change: {zh: '更换', en: 'Change'},
  save: {zh: '确定', en: 'Save'},
  queue: {zh: '待定问题', en: 'Questions'},
  log: {zh: '已作决定', en: 'Decisions'},
  waiting: {
    zh: '{0} 项决定等待 kg build。所显示的图谱在重建之前不变。',
    en: 'Decisions that wait for kg build: {0}. The graph served here does not change until it is rebuilt.',
  },
  noneWaits: {
    zh: '没有等待重建的决定。决定记入文件，下一次 kg build 时生效。',
    en: 'No decision waits for a build. Decisions go into a file; the next kg build makes them hold.',
  },
  reread: {zh: '其中有新名称，重建时将重读全部文档。', en: 'They bring new names: the build will read every document again.'},
  unreadable: {zh: '更正文件有 {0} 行无法读取：{1}', en: 'Lines of the file that cannot be read: {0} ({1})'},
  of: {zh: '第 {0} 题，共 {1} 题', en: 'Question {0} of {1}'},
  weight: {zh: '权重 {0}', en: 'weight {0}'},
  kindIs: {
    zh: {claim: '断言', merge: '合并的名称', alike: '可能相同', amount: '矛盾的金额'},
    en: {claim: 'claim', merge: 'merged name', alike: 'may be one', amount: 'contradictory amounts'}},
  asks: {
    zh: {claim: '原文是这样说的吗？', merge: '这个名称指的是它吗？', alike: '这两个是同一个吗？', amount: '这个数额对吗？'},
    en: {claim: 'Does the text say so?', merge: 'Is this a name of it?', alike: 'Are these two one?', amount: 'Is this amount right?'}},
  yes: {zh: {claim: '接受', merge: '正确', alike: '合并', amount: '接受'}, en: {claim: 'Accept', merge: 'Right', alike: 'Merge', amount: 'Accept'}},
  no: {zh: {claim: '拒绝', merge: '拆开', alike: '不是一个', amount: '拒绝'}, en: {claim: 'Reject', merge: 'Split', alike: 'Not one', amount: 'Reject'}},
  rule: {zh: '规则 {0}，正确率约 {1}', en: 'Rule {0} is right in {1} of cases'},
  others: {zh: '别处写的是 {0}', en: 'Other sentences say {0}'},
  hanging: {zh: '牵连 {0} 条事实', en: 'Facts that hang on it: {0}'},
  hangsNot: {zh: '没有别的事实与之相关', en: 'Nothing else hangs on it'},
  merged: {zh: '合并规则 {0}：{1}', en: 'Rule {0}: {1}'},
  alikeWhy: {zh: '名称相近：{0}', en: 'The names are alike: {0}'},
  decidedWhy: {zh: '已校订：{0}', en: 'Decided before: {0}'},
  isName: {zh: '是下者的名称', en: 'is a name of'},
  mayBe: {zh: '可能就是', en: 'may be'},
  accept: {zh: '接受', en: 'Accept'},
  reject: {zh: '拒绝', en: 'Reject'},
  why: {zh: '理由（可不填）', en: 'Reason (may be left out)'},
  status: {zh: '状态', en: 'Status'},
  keepStatus: {zh: '（不变）', en: '(as it is)'},
  noStatus: {zh: '（无）', en: '(none)'},
  before: {zh: '上一题', en: 'Previous'},
  after: {zh: '下一题', en: 'Next'},
  undo: {zh: '撤销', en: 'Undo'},
  undoLast: {zh: '撤销我的上一项', en: 'Undo my last'},
  nothingToUndo: {zh: '没有可撤销的决定。', en: 'There is no decision of yours to undo.'},
  keys: {zh: '快捷键', en: 'Keys'},
  keyNext: {zh: '下一题', en: 'next'},
  keyBack: {zh: '上一题', en: 'previous'},
  keysOn: {zh: '启用', en: 'on'},
  kept: {zh: '已记录：{0}', en: 'Kept: {0}'},
  keeping: {zh: '正在保存…', en: 'Keeping…'},
  loading: {zh: '正在读取…', en: 'Reading…'},
  empty: {zh: '没有待定的问题。', en: 'There are no open questions.'},
  emptyFilter: {zh: '这样筛选没有待定的问题。', en: 'No open question fits these filters.'},
  unfilter: {zh: '取消筛选', en: 'End the filters'},
  more: {zh: '再取一些（还有 {0}）', en: 'More ({0} left)'},
  kind: {zh: '种类', en: 'Kind'},
  class: {zh: '类别', en: 'Class'},
  document: {zh: '文档', en: 'Document'},
  all: {zh: '全部', en: 'all'},
  backToQueue: {zh: '回到待定问题', en: 'Back to the questions'},
  correctThing: {zh: '更正', en: 'Correct'},
  names: {zh: '名称', en: 'Names'},
  splitIn: {zh: '“不是它的名称”适用于', en: '“Not its name” holds'},
  everywhere: {zh: '所有文档', en: 'in all documents'},
  notName: {zh: '不是它的名称', en: 'Not its name'},
  facts: {zh: '各文档的说法', en: 'What documents say of it'},
  notAll: {zh: '另有 {0} 条未列出', en: 'Not listed: {0}'},
  rename: {zh: '改名', en: 'Rename'},
  newName: {zh: '新名称', en: 'New name'},
  retype: {zh: '改类别', en: 'Change its class'},
  merge: {zh: '与另一个合并', en: 'Merge with another'},
  mergeWith: {zh: '与哪一个？输入名称或拼音', en: 'With which? A name or pinyin'},
  mergeHow: {zh: '“{0}”的名称和类别保留。', en: '{0} keeps its name and class.'},
  add: {zh: '补充一条事实', en: 'Add a fact'},
  relation: {zh: '关系或属性', en: 'Relation or attribute'},
  subject: {zh: '主体', en: 'Subject'},
  object: {zh: '客体（图中没有的：Project:名称）', en: 'Object (one that is not there: Project:NAME)'},
  value: {zh: '值（{0}）', en: 'Value ({0})'},
  quote: {zh: '原文引文', en: 'The words that say it'},
  inDocument: {zh: '哪一篇（可不填）', en: 'Document (may be left out)'},
  verbatim: {zh: '原文如此（{0}）', en: 'It stands there word by word ({0})'},
  notVerbatim: {zh: '文档中没有这样的原话。最接近的是：', en: 'No document says so word by word. The nearest place:'},
  nowhere: {zh: '文档中没有相近的话。', en: 'Nothing like it stands in a document.'},
  useNearest: {zh: '改用这处原文', en: 'Use these words'},
  confidence: {zh: '置信度 {0}', en: 'confidence {0}'},
  ruleShort: {zh: '规则 {0}', en: 'rule {0}'},
  doIs: {
    zh: {accept: '接受', reject: '拒绝', add: '补充', merge: '合并', split: '拆开', rename: '改名', retype: '改类别', undo: '撤销'},
    en: {accept: 'accepted', reject: 'rejected', add: 'added', merge: 'merged', split: 'split', rename: 'renamed', retype: 'class changed', undo: 'undone'}},
  stateIs: {
    zh: {holds: '', undone: '已撤销', replaced: '已被后来的决定取代'},
    en: {holds: '', undone: 'undone', replaced: 'a later one holds'}},
  waits: {zh: '等待重建', en: 'waits for a build'},
  orphan: {zh: '无从适用：{0}', en: 'holds of nothing: {0}'},
  noDecision: {zh: '还没有决定。', en: 'Nothing has been decided yet.'},
  file: {zh: '记入 {0}', en: 'They lie in {0}'},
  lost: {zh: '服务器没有回答：{0}。所填内容仍在本页。', en: 'The server does not answer: {0}. What you typed is still here.'},
  choose: {zh: '请从列表中选择一个。', en: 'Choose one from the list.'},
  loadAgain: {zh: '重新载入本页', en: 'Load the page again'},
};
// What a refusal means, by its code; its own words, in English, stand behind it.
const FAULTS = {
  origin: '只接受本页发出的更正，请重新载入本页',
  unkept: '没有保存（所填内容仍在本页）',
  query: '不能这样更正',
  request: '填写有误',
  long: '太长',
  token: '需要口令',
};
// Why names are taken as one, in Chinese, by the rule.
const MERGES = {
  'name.defined': '文中写明的简称', 'name.printed': '同一名称的不同印法', 'place.code': '同一区划', 'name.office': '机关的简称',
  'name.unit': '单位的简称', 'name.tail': '是唯一一个较长名称的结尾', 'name.head': '是唯一一个较长名称的开头',
  'name.bureau': '部门的简称', 'name.abridged': '省去了部分字的名称', 'name.spelled': '写法略有不同', 'identity.key': '同类同名',
  'identity.code': '同一代码', 'identity.listed': '表中通行的名称', 'identity.name': '同一全称', 'identity.place': '同名同地',
  'identity.body': '同名同单位', 'identity.title': '同名同职务', 'identity.issuer': '同名同发布机关',
};

export function mergeRule(rule) { return spoken() === 'zh' ? MERGES[rule] || '' : ''; }
export function say(word, ...values) { return filled(WORDS[word][spoken()], values); }
export function named(word, value) { return WORDS[word][spoken()][value] ?? value; }
export function fault(code, text) {
  const zh = spoken() === 'zh' && FAULTS[code];
  return zh ? zh + '：' + text : text;
}
