import { canonicalJson, sha256Hex } from '@dualchain/model';
import { Attempts } from '../attempts';
import { compare } from '../compare';
import type { Side } from '../compare';
import { usualConcurrency } from './bench';
import type { Bench } from './bench';
import { onNetwork } from './on-network';
import { reportOf } from './report-of';

const TARGET = { ratio: { atLeast: 0.95 } };

/** The same call twice: an attestation through the SDK, and the very same proposal through the plain client. */
export const sdk: Bench = {
  name: 'sdk',
  what: 'the SDK against the plain gateway client, for the same call (an attestation)',
  run: (options) =>
    onNetwork(options, async (network) => {
      const { engine, seconds, concurrency = usualConcurrency(engine), onProgress } = options;
      const attempts = new Attempts();
      const farm = await network.connect('farm', 'maker', { hooks: attempts.hooks });
      const plain = network.plain('farm');
      const endorsers = [network.mspId('farm'), network.mspId('regulator')];
      let made = 0;
      const next = () => {
        const attestationId = `AT-BENCH-${++made}`;
        return { attestationId, subject: { type: 'lot' as const, id: `urn:epc:class:lgtin:9524001.000012.${attestationId}` }, claim: 'inspected' as const, evidenceHash: sha256Hex(attestationId) };
      };
      const operations = (count: number, call: (input: ReturnType<typeof next>) => Promise<unknown>) =>
        Array.from({ length: count }, () => {
          const input = next();
          return () => call(input);
        });
      const bare: Side = { name: 'plain client', prepare: (count) => operations(count, (input) => plain.submit('attestation:attest', [canonicalJson(input)], endorsers)), conflicts: () => plain.conflicts };
      const measured: Side = { name: 'SDK', prepare: (count) => operations(count, (input) => farm.attestations.attest({ ...input, witness: network.mspId('regulator') })), conflicts: () => attempts.conflicts };
      const { ratios: [ratio = 0], worst, best, sides } = await compare([bare, measured], { concurrency, seconds, processes: network.processes, onProgress });
      return reportOf(sdk, network, { concurrency, target: TARGET, sides, figures: { ratio, worstRound: worst, bestRound: best, otherRetries: attempts.others } });
    }),
};
