/** `npm run bench`: bundles the benches and a bench build of the chaincode, then runs them (-- --help lists the options). */
import { createRequire } from 'node:module';
import { bundleApp, requireInstall, root } from './bundle-app.mjs';

requireInstall();
const { stop } = await import('esbuild');
const { bundleChaincode } = await import('./bundle-chaincode.mjs');
const [program, host, chaincode] = await Promise.all([
  bundleApp('bench/src/main.ts', 'bench/dist/bench.cjs'),
  bundleApp('bench/src/network/host.ts', 'bench/dist/host.cjs'),
  bundleChaincode('bench/src/floor/main.ts', 'bench/dist/chaincode.cjs'),
]);
// The bundler's own process would take part in the measurement.
await stop();
process.exitCode = await createRequire(import.meta.url)(program).main(process.argv.slice(2), { root, host, chaincode });
