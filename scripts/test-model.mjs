/** `npm run test:model`: random sequences of the money chain beside a plain model, as many as `--runs` says. `--mutant ID`: with a deliberate fault of test/mutants in the chaincode. */
import { createRequire } from 'node:module';
import { parseArgs } from 'node:util';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { bundleApp, requireInstall, root } from './bundle-app.mjs';
import { bundleChaincode, bundleChaincodes } from './bundle-chaincode.mjs';

requireInstall();
process.chdir(root);
const require = createRequire(import.meta.url);
const argv = process.argv.slice(2);
const { mutant: id } = parseArgs({ args: argv, options: { mutant: { type: 'string' } }, strict: false }).values;
const mutant = require('../test/mutants/mutants.cjs').find((each) => each.id === id);
if (id !== undefined && mutant === undefined) {
  console.error(`There is no mutant ${id}; test/mutants/mutants.cjs lists them.`);
  process.exit(2);
}
const [chaincode] = mutant === undefined ? await bundleChaincodes() : [await bundleChaincode('chaincode/src/main.ts', `node_modules/.cache/mutants/${id}.js`, [faultOf(mutant)])];
const program = await bundleApp('test/model-based/main.ts', 'node_modules/.cache/model.cjs');
const share = await bundleApp('test/model-based/process.ts', 'node_modules/.cache/model-process.cjs');
process.exitCode = await require(program).main(argv, { share, chaincode });

/** Puts the fault into the one file that it is about. */
function faultOf({ file, find, replace }) {
  return {
    name: 'fault',
    setup: ({ onLoad }) => {
      onLoad({ filter: /\.ts$/ }, ({ path: source }) => (source === path.join(root, file) ? { loader: 'ts', contents: readFileSync(source, 'utf8').split(find).join(replace) } : undefined));
    },
  };
}
