/** `npm run test:model`: random sequences of the money chain beside a plain model, as many as `--runs` says. */
import { createRequire } from 'node:module';
import { bundleApp, requireInstall, root } from './bundle-app.mjs';
import { bundleChaincodes } from './bundle-chaincode.mjs';

requireInstall();
process.chdir(root);
await bundleChaincodes();
const program = await bundleApp('test/model-based/main.ts', 'node_modules/.cache/model.cjs');
process.exitCode = await createRequire(import.meta.url)(program).main(process.argv.slice(2));
