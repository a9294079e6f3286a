/** `npm run test:year`: a year of business on the embedded network, of as many certificates as `--certificates` says. */
import { createRequire } from 'node:module';
import { bundleApp, requireInstall, root } from './bundle-app.mjs';
import { bundleChaincodes } from './bundle-chaincode.mjs';

requireInstall();
process.chdir(root);
await bundleChaincodes();
const program = await bundleApp('test/year/main.ts', 'node_modules/.cache/year.cjs');
process.exitCode = await createRequire(import.meta.url)(program).main(process.argv.slice(2));
