// The language of a page that the server writes, kept as the other pages keep it.
const COOKIE = 'kg_language';

export function remember(language) {
  try { localStorage.setItem('language', language); } catch { /* there is no room: the cookie has it */ }
  document.cookie = `${COOKIE}=${language}; Path=/; Max-Age=31622400; SameSite=Strict`;
}

// The language that somebody chose last, '' for none. The page of the graph keeps it in the storage alone.
export function chosen() {
  const found = new RegExp('(?:^|; )' + COOKIE + '=(zh|en)').exec(document.cookie);
  const kept = localStorage.getItem('language');
  return kept === 'zh' || kept === 'en' ? kept : found ? found[1] : '';
}

// A page of the server in another language than the one chosen is asked for in that.
export function follow() {
  const here = new URL(location.href);
  const shown = document.documentElement.lang.slice(0, 2);
  if (here.searchParams.get('lang')) return remember(shown);
  if (!chosen() || chosen() === shown) return;
  here.searchParams.set('lang', chosen());
  location.replace(here);
}

if (!document.body.dataset.page) follow();
