// A number of a column in, what it looks like as money out: 45亿元, 7600万元, 3亿美元.
import {isNumber} from './cells.js';

const CURRENCIES = {CNY: '元', USD: '美元', EUR: '欧元', HKD: '港元', JPY: '日元', GBP: '英镑', AUD: '澳元', CAD: '加元', SGD: '新元', KRW: '韩元', RUB: '卢布'};
const NO_SUM = ['confidence', 'start', 'end', 'code']; // numbers that are not added up
const TELLING = ['relation', 'attribute'];     // columns that tell of which attribute a row is …
const VALUES = ['object', 'value', 'other'];    // … and those that then hold its value
export const AMOUNTS = ['amount', 'value'];                  // columns that hold sums in the currency of their row

// Exact: a division by ten moves the point of the digits.
export function money(text, currency = 'CNY') {
  const unit = CURRENCIES[currency] || ' ' + currency;
  const size = Math.abs(Number(text));
  const [digits, name] = size >= 1e8 ? [8, '亿'] : size >= 1e4 ? [4, '万'] : [0, ''];
  return moved(text, digits) + name + unit;
}

function moved(text, digits) {
  const match = /^(-?)(\d+)(?:\.(\d*))?$/.exec(text);
  if (!match || !digits) return text;
  const whole = match[2].padStart(digits + 1, '0');
  const rest = (whole.slice(-digits) + (match[3] || '')).replace(/0+$/, '');
  return match[1] + whole.slice(0, -digits) + (rest ? '.' + rest : '');
}

// The currency of a cell, '' for a number that is no money. `attributes` are those in yuan: a row that
// tells of one has its value in another column.
export function currencyOf(name, row, yuan, attributes = []) {
  if (row.currency && AMOUNTS.includes(name)) return row.currency.value;
  const told = TELLING.some(one => row[one] && attributes.includes(row[one].value));
  return yuan.includes(name) || (told && VALUES.includes(name)) ? 'CNY' : '';
}

// A sum with its currency and kind, as it is kept: '500000000 USD total' is 5亿美元; '' for any other text.
export function otherSum(text, kindName) {
  const match = /^(\d+(?:\.\d+)?) ([A-Z]{3}) ([a-z]+)$/.exec(text);
  return match ? `${kindName(match[3])} ${money(match[1], match[2])}` : '';
}

// Whether the numbers of a column can be added up.
export function isSummed(name, rows) {
  return !NO_SUM.includes(name) && rows.some(row => isNumber(row[name])) && rows.every(row => !row[name] || isNumber(row[name]));
}

// The sums of a column, by currency and by what they are sums of (`kindOf` a row, '' where the
// answer does not tell), as texts. A name that stands in several rows with the same number (a
// project with several places) counts once.
export function sumsOf(name, rows, key, yuan, kindOf) {
  const sums = new Map();
  const seen = new Set();
  for (const row of rows) {
    const cell = row[name];
    if (!isNumber(cell)) continue;
    const currency = currencyOf(name, row, yuan);
    const sort = JSON.stringify([currency, currency ? kindOf(row) : '']);
    const one = [key ? (row[key] || {value: ''}).value : '', cell.value, sort].join('\n');
    if (key && seen.has(one)) continue;
    seen.add(one);
    sums.set(sort, (sums.get(sort) || 0) + Number(cell.value));
  }
  return [...sums].map(([sort, sum]) => [...JSON.parse(sort), sum])
    .sort(([a, , one], [b, , other]) => (b === 'CNY') - (a === 'CNY') || (a < b ? -1 : a > b ? 1 : other - one))
    .map(([currency, kind, sum]) => (kind ? kind + ' ' : '') + (currency ? money(plain(sum), currency) : plain(sum)));
}

function plain(sum) { return Number.isInteger(sum) ? String(sum) : String(Number(sum.toFixed(2))); }
