/** `npm start`: bundles the chaincode and the demo, then plays it in this process (Ctrl-C ends everything). */
import { createRequire } from 'node:module';
import { bundleApp, requireInstall, root } from './bundle-app.mjs';

requireInstall();
const { stop } = await import('esbuild');
const { bundleChaincodes } = await import('./bundle-chaincode.mjs');
const [demo] = await Promise.all([bundleApp('scenarios/src/demo/main.ts', 'scenarios/dist/demo.cjs'), bundleChaincodes()]);
// The bundler's own process is not needed any more.
await stop();
await createRequire(import.meta.url)(demo).main(process.argv.slice(2), root);
