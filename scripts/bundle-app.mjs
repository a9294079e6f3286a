/**
 * Bundles one TypeScript entry of this repository into one CommonJS file that plain Node runs.
 * The packages of the workspace are taken from their sources, everything from the registry stays external,
 * so that starting needs no full compilation. Types are checked by `npm run build` and `npm test`.
 */
import { build } from 'esbuild';
import { existsSync, mkdirSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

export const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '..');
const packages = ['model', 'chaincode', 'client', 'network', 'scenarios'];

/** Names the missing set-up step instead of failing on a missing module. */
export function requireInstall() {
  if (!existsSync(path.join(root, 'node_modules', 'esbuild'))) {
    console.error('The dependencies are not installed. Run: npm ci');
    process.exit(1);
  }
}

export async function bundleApp(entry, outfile) {
  mkdirSync(path.dirname(path.join(root, outfile)), { recursive: true });
  await build({
    absWorkingDir: root,
    entryPoints: [entry],
    outfile,
    bundle: true,
    platform: 'node',
    target: 'node20',
    format: 'cjs',
    packages: 'external',
    alias: Object.fromEntries(packages.map((name) => [`@dualchain/${name}`, path.join(root, name, 'src', 'index.ts')])),
    sourcemap: 'inline',
    keepNames: true,
    logLevel: 'warning',
  });
  return path.join(root, outfile);
}
