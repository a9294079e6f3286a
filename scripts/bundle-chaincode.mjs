/**
 * Bundles the chaincode into one CommonJS file that plain Node runs without node_modules: what a chaincode package
 * holds, and what both engines start. `node scripts/bundle-chaincode.mjs` writes chaincode/dist/main.js, and
 * scenarios/dist/altered-chaincode.cjs for those who try to cheat.
 */
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { bundle, requireInstall, root } from './bundle-app.mjs';

/** Bundles one entry; other entries than the default, or plugins of esbuild, make altered chaincode for tests. Paths from the repository root, or absolute. */
export async function bundleChaincode(entry = 'chaincode/src/main.ts', outfile = 'chaincode/dist/main.js', plugins = []) {
  const target = path.resolve(root, outfile);
  await bundle({
    entryPoints: [path.resolve(root, entry)],
    outfile: target,
    plugins,
    bundle: true,
    platform: 'node',
    target: 'node20',
    format: 'cjs',
    alias: { '@dualchain/model': path.join(root, 'model/src/index.ts'), '@dualchain/chaincode': path.join(root, 'chaincode/src/index.ts') },
    // The shim finds contracts by the names of their classes and functions.
    keepNames: true,
    minifySyntax: true,
    minifyWhitespace: true,
    sourcemap: 'linked',
    legalComments: 'linked',
    logLevel: 'warning',
  });
  return target;
}

/** Everything that the demo and the tests run: the chaincode, and what colluding organisations would make of it. */
export async function bundleChaincodes() {
  return Promise.all([bundleChaincode(), bundleChaincode('scenarios/src/altered-chaincode/main.ts', 'scenarios/dist/altered-chaincode.cjs')]);
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  requireInstall();
  for (const file of await bundleChaincodes()) console.log(path.relative(process.cwd(), file));
}
