/** `npm run dualchain -- …` (and `npm run audit -- …`): bundles the `dualchain` command line, then calls it in this process. */
import { createRequire } from 'node:module';
import { bundleApp, requireInstall } from './bundle-app.mjs';

requireInstall();
const { stop } = await import('esbuild');
const program = await bundleApp('client/src/cli/main.ts', 'client/dist/dualchain-cli.cjs');
// The bundler's own process is not needed any more.
await stop();
process.exitCode = await createRequire(import.meta.url)(program).main(process.argv.slice(2));
