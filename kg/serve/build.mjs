// A folder of modules in, one script of the page out, and the licences of what is in it.
//   node build.mjs FOLDER FOLDER-WITH-NODE_MODULES OUT
// The folder `editor` holds editor.js, and becomes editor.js and editor.LICENSES.txt.
import {createHash} from 'node:crypto';
import {readFileSync, readdirSync, writeFileSync} from 'node:fs';
import {createRequire} from 'node:module';
import path from 'node:path';
import {fileURLToPath} from 'node:url';

const [folder, modules, out] = process.argv.slice(2).map(name => path.resolve(name));
const own = path.basename(folder);
const {build} = createRequire(path.join(modules, 'x'))('esbuild');

// The bundle says what it was made of; a test compares.
function digest() {
  const hash = createHash('sha256');
  const add = file => hash.update(path.basename(file) + '\n' + readFileSync(file, 'utf8'));
  add(fileURLToPath(import.meta.url));
  for (const name of readdirSync(folder).filter(name => /\.(js|json)$/.test(name)).sort()) add(path.join(folder, name));
  return hash.digest('hex');
}

function licence(place) {
  const about = JSON.parse(readFileSync(path.join(place, 'package.json'), 'utf8'));
  const file = readdirSync(place).find(name => /^licen[cs]e/i.test(name));
  if (!file) throw new Error(`${about.name} carries no licence`);
  return `${about.name} ${about.version} (${about.license})\n\n${readFileSync(path.join(place, file), 'utf8').trim()}\n`;
}

const made = await build({
  entryPoints: [path.join(folder, own + '.js')],
  absWorkingDir: modules,
  nodePaths: [path.join(modules, 'node_modules')],
  bundle: true, minify: true, format: 'esm', target: 'es2020', charset: 'utf8', metafile: true,
  legalComments: 'none',
  banner: {js: `/* Made by "make bundles" of ${digest()}. Licences: ${own}.LICENSES.txt */`},
  outfile: path.join(out, own + '.js'),
});
const packages = new Set(Object.keys(made.metafile.inputs)
  .map(name => /^(.*node_modules\/(?:@[^/]+\/)?[^/]+)\//.exec(name)).filter(Boolean).map(match => match[1]));
const parts = [...packages].sort().map(name => licence(path.join(modules, name)));
const head = `What ${own}.js is made of, beside the modules of this project, and under which licences.\n`;
writeFileSync(path.join(out, own + '.LICENSES.txt'), [head, ...parts].join('\n' + '-'.repeat(80) + '\n\n'));
