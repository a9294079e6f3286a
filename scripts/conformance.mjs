/** `npm run conformance`: compares the embedded engine with real Fabric, behaviour by behaviour (FABRIC_BIN or PATH). */
import { createRequire } from 'node:module';
import { bundleApp, requireInstall, root } from './bundle-app.mjs';

requireInstall();
process.chdir(root);
const program = await bundleApp('test/conformance/main.ts', 'node_modules/.cache/conformance.cjs');
process.exitCode = await createRequire(import.meta.url)(program).main(process.argv.slice(2));
