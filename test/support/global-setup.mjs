import { bundleChaincodes } from '../../scripts/bundle-chaincode.mjs';

/** Bundles every chaincode once a run, so that no suite runs against a stale package. */
export default async function setup() {
  if (process.env['DUALCHAIN_BUNDLED'] === String(process.pid)) return;
  process.env['DUALCHAIN_BUNDLED'] = String(process.pid);
  await bundleChaincodes();
}
