/**
 * `npm run docs`: writes docs/reference from the code. `npm run docs -- --check` writes nothing and exits with 1 if a
 * file there is not what the code says. `--into FOLDER`: another folder, of which everything belongs to this program.
 */
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { bundleApp, requireInstall, root } from './bundle-app.mjs';
import { referencePages } from './docs/pages.mjs';

const { values } = options();
requireInstall();
const folder = path.resolve(values.into ?? path.join(root, 'docs', 'reference'));
const model = createRequire(import.meta.url)(await bundleApp('model/src/index.ts', 'node_modules/.cache/dualchain/model.cjs'));
const pages = referencePages(model);
const standing = existsSync(folder) ? readdirSync(folder) : [];
const stale = Object.keys(pages).filter((name) => !standing.includes(name) || readFileSync(path.join(folder, name), 'utf8') !== pages[name]);
const surplus = standing.filter((name) => pages[name] === undefined);

const shown = (name) => path.relative(process.cwd(), path.join(folder, name));

if (values.check) {
  for (const name of [...stale, ...surplus]) console.error(`${shown(name)} is not what the code says; run: npm run docs`);
  process.exit(stale.length + surplus.length === 0 ? 0 : 1);
}
mkdirSync(folder, { recursive: true });
for (const name of stale) writeFileSync(path.join(folder, name), pages[name]);
for (const name of surplus) rmSync(path.join(folder, name));
console.log(stale.length + surplus.length === 0 ? `${shown('')} is up to date.` : [...stale.map((name) => `wrote ${shown(name)}`), ...surplus.map((name) => `removed ${shown(name)}`)].join('\n'));

function options() {
  try {
    return parseArgs({ options: { check: { type: 'boolean', default: false }, into: { type: 'string' } } });
  } catch (error) {
    console.error(`${error.message} Usage: npm run docs [-- --check] [-- --into FOLDER]`);
    return process.exit(2);
  }
}
