/**
 * Bundles one TypeScript entry of this repository into one CommonJS file that plain Node runs.
 * The packages of the workspace are taken from their sources, everything from the registry stays external,
 * so that starting needs no full compilation. Types are checked by `npm run build` and `npm test`.
 */
import { build } from 'esbuild';
import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

export const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '..');
const packages = ['model', 'chaincode', 'client', 'network', 'scenarios'];

/** Parts of packages that are imported by themselves, because they run in browsers. */
const subpaths = { '@dualchain/model/disclosure': path.join(root, 'model/src/disclosure/index.ts'), '@dualchain/client/verify': path.join(root, 'client/src/disclosure/verify/index.ts') };

/** Names the missing set-up step instead of failing on a missing module. */
export function requireInstall() {
  if (!existsSync(path.join(root, 'node_modules', 'esbuild'))) {
    console.error('The dependencies are not installed. Run: npm ci');
    process.exit(1);
  }
}

/** Bundles into files that are whole at every moment, and untouched if nothing changed: other commands may be running them. */
export async function bundle(options) {
  const { outputFiles } = await build({ ...options, absWorkingDir: root, write: false });
  for (const { path: file, contents } of outputFiles) {
    mkdirSync(path.dirname(file), { recursive: true });
    if (existsSync(file) && readFileSync(file).equals(contents)) continue;
    const fresh = `${file}.${process.pid}`;
    writeFileSync(fresh, contents);
    renameSync(fresh, file);
  }
}

export async function bundleApp(entry, outfile) {
  await bundle({
    entryPoints: [entry],
    outfile,
    bundle: true,
    platform: 'node',
    target: 'node20',
    format: 'cjs',
    packages: 'external',
    alias: { ...Object.fromEntries(packages.map((name) => [`@dualchain/${name}`, path.join(root, name, 'src', 'index.ts')])), ...subpaths },
    sourcemap: 'inline',
    keepNames: true,
    logLevel: 'warning',
  });
  return path.join(root, outfile);
}
