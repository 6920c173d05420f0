// The modules of this folder in, one script of the page out, and the licences of what is in it.
//   node build.mjs FOLDER-WITH-NODE_MODULES OUT
import {createHash} from 'node:crypto';
import {readFileSync, readdirSync, writeFileSync} from 'node:fs';
import {createRequire} from 'node:module';
import path from 'node:path';
import {fileURLToPath} from 'node:url';

const here = path.dirname(fileURLToPath(import.meta.url));
const [modules, out] = process.argv.slice(2).map(name => path.resolve(name));
const {build} = createRequire(path.join(modules, 'x'))('esbuild');

// The bundle says what it was made of; a test compares.
function digest() {
  const hash = createHash('sha256');
  for (const name of readdirSync(here).filter(name => /\.(js|mjs|json)$/.test(name)).sort()) {
    hash.update(name + '\n' + readFileSync(path.join(here, name), 'utf8'));
  }
  return hash.digest('hex');
}

function licence(folder) {
  const about = JSON.parse(readFileSync(path.join(folder, 'package.json'), 'utf8'));
  const file = readdirSync(folder).find(name => /^licen[cs]e/i.test(name));
  if (!file) throw new Error(`${about.name} carries no licence`);
  return `${about.name} ${about.version} (${about.license})\n\n${readFileSync(path.join(folder, file), 'utf8').trim()}\n`;
}

const made = await build({
  entryPoints: [path.join(here, 'editor.js')],
  absWorkingDir: modules,
  nodePaths: [path.join(modules, 'node_modules')],
  bundle: true, minify: true, format: 'esm', target: 'es2020', charset: 'utf8', metafile: true,
  legalComments: 'none',
  banner: {js: `/* Made by "make editor" of ${digest()}. Licences: editor.LICENSES.txt */`},
  outfile: path.join(out, 'editor.js'),
});
const packages = new Set(Object.keys(made.metafile.inputs)
  .map(name => /^(.*node_modules\/(?:@[^/]+\/)?[^/]+)\//.exec(name)).filter(Boolean).map(match => match[1]));
const parts = [...packages].sort().map(name => licence(path.join(modules, name)));
const head = 'What editor.js is made of, beside the modules of this project, and under which licences.\n';
writeFileSync(path.join(out, 'editor.LICENSES.txt'), [head, ...parts].join('\n' + '-'.repeat(80) + '\n\n'));
