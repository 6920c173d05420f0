// The pages of questions and of queries; the answers come from the same server.
import {wrong} from './asking.js';
import {byId} from './shared.js';
import {say, spoken, switchLanguage, turnHeader} from './words.js';

const PAGES = {query: './queries.js', search: './search.js', ask: './questions.js'};
const page = Object.keys(PAGES).find(name => location.pathname.startsWith('/' + name)) || 'ask';
const loading = import(PAGES[page]);

function render(known, {open}) {
  document.documentElement.lang = spoken() === 'zh' ? 'zh-CN' : 'en';
  for (const element of document.querySelectorAll('[data-label]')) {
    element.setAttribute('aria-label', say(element.dataset.label));
  }
  turnHeader();
  document.body.dataset.page = page;
  return open(known);
}

async function start() {
  turnHeader();
  const answer = await fetch('/questions.json', {headers: {'Accept-Language': spoken()}});
  if (!answer.ok) return wrong(await answer.text());
  const known = await answer.json();
  const shown = await loading;
  byId('language').addEventListener('click', event => {
    event.preventDefault();
    shown.keep(known);
    switchLanguage();
    render(known, shown);
  });
  addEventListener('popstate', () => render(known, shown));
  await render(known, shown);
}

start().catch(error => wrong(say('lost', error.message)));
