// What is shown, as files: pictures of the window, tables and triples of what is not filtered out.
const KINDS = {
  png: {word: 'png', made: pictureBlob},
  svg: {word: 'svg', made: () => new Blob([pictureText()], {type: 'image/svg+xml'})},
  csv: {word: 'csv', made: () => new Blob([tableText()], {type: 'text/csv;charset=utf-8'})},
  ttl: {word: 'ttl', made: () => new Blob([turtleText()], {type: 'text/turtle;charset=utf-8'})},
};

async function offer(kind) {
  const address = URL.createObjectURL(await KINDS[kind].made());
  make('a', {href: address, download: titled().replace(/[\\/:*?"<>|\0-\x1f]/g, '_') + '.' + kind}).click();
  // The browser needs the address until the file is written.
  setTimeout(() => URL.revokeObjectURL(address), 60000);
}

function exportMenu() {
  const menu = make('details', {class: 'filter', id: 'export'}, make('summary', {}, make('span', {'data-word': 'export'})),
    make('div', {class: 'choices files'}, make('p', {'data-word': 'exportWhat'}), ...Object.entries(KINDS).map(([kind, {word}]) =>
      make('button', {type: 'button', class: 'plain', 'data-kind': kind, 'data-word': word, onclick: () => {
        menu.open = false;
        menu.firstElementChild.focus();
        offer(kind);
      }}))));
  menu.addEventListener('keydown', event => {
    if (event.key !== 'Escape' || !menu.open) return;
    event.stopPropagation();
    menu.open = false;
    menu.firstElementChild.focus();
  });
  document.addEventListener('pointerdown', event => { if (!menu.contains(event.target)) menu.open = false; });
  return menu;
}

function startExport() { byId('tools').append(exportMenu()); }
