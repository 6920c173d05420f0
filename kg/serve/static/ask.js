// The pages of questions and of queries; the answers come from the same server.
import {wrong} from './asking.js';
import {byId} from './shared.js';
import {say, spoken, switchLanguage} from './words.js';

const PAGES = {query: './queries.js', search: './search.js', ask: './questions.js'};
const page = Object.keys(PAGES).find(name => location.pathname.startsWith('/' + name)) || 'ask';
const loading = import(PAGES[page]);

function render(known, {open}) {
  document.documentElement.lang = spoken() === 'zh' ? 'zh-CN' : 'en';
  for (const element of document.querySelectorAll('[data-word]')) element.textContent = say(element.dataset.word);
  for (const element of document.querySelectorAll('[data-label]')) {
    element.setAttribute('aria-label', say(element.dataset.label));
  }
  byId('sought').placeholder = say('seek');
  byId('sought').setAttribute('aria-label', say('seek'));
  for (const link of document.querySelectorAll('[data-page]')) {
    if (link.dataset.page === page) link.setAttribute('aria-current', 'page');
  }
  document.body.dataset.page = page;
  byId('language').textContent = say('other');
  byId('language').title = say('otherTitle');
  return open(known);
}

async function start() {
  const answer = await fetch('/questions.json');
  if (!answer.ok) throw new Error(await answer.text());
  const known = await answer.json();
  const shown = await loading;
  byId('language').addEventListener('click', () => {
    shown.keep(known);
    switchLanguage();
    render(known, shown);
  });
  addEventListener('popstate', () => render(known, shown));
  await render(known, shown);
}

start().catch(error => wrong(say('lost', error.message)));
