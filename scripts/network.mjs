/** What network.sh runs: bundles the network command line (and the chaincode, where a command serves it), then calls it. */
import { createRequire } from 'node:module';
import { bundleApp, requireInstall, root } from './bundle-app.mjs';

requireInstall();
const argv = process.argv.slice(2);
const own = argv.some((word) => word === '--chaincode' || word.startsWith('--chaincode='));
if (['up', 'createChannel', 'deploy', 'deployCC'].includes(argv[0]) && !own) {
  const { bundleChaincode } = await import('./bundle-chaincode.mjs');
  await bundleChaincode();
}
const program = await bundleApp('network/src/cli/main.ts', 'network/dist/network-cli.cjs');
process.exitCode = await createRequire(import.meta.url)(program).main(argv, root);
