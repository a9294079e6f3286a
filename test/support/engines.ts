import { FabricNetwork, findBinaries } from '../../network/src/fabric';
import { EmbeddedNetwork } from '../../network/src/embedded';
import type { Topology } from '../../network/src/topology';

/** The two engines that run the same network; the same tests pass on both. */
export const engineNames = ['embedded', 'fabric'] as const;
export type EngineName = (typeof engineNames)[number];

export interface EngineOptions {
  readonly topology: Topology;
  readonly directory: string;
  readonly ports: 'ephemeral';
  readonly chaincode: { readonly entry: string; readonly entryFor?: Readonly<Record<string, string>> };
}

export type EngineNetwork = EmbeddedNetwork | FabricNetwork;

/** Why an engine cannot run on this machine; undefined if it can. */
export function whyNot(engine: EngineName): string | undefined {
  if (engine === 'embedded') return undefined;
  const found = findBinaries();
  return 'missing' in found ? found.message : undefined;
}

export function startEngine(engine: EngineName, options: EngineOptions): Promise<EngineNetwork> {
  return engine === 'embedded' ? EmbeddedNetwork.start(options) : FabricNetwork.start(options);
}

/** `describe` for a suite that needs an engine: left out, with one line that says why, where the engine is not there. */
export function describeOn(engine: EngineName, name: string, suite: () => void): void {
  const reason = whyNot(engine);
  if (reason === undefined) {
    describe(`${name} (${engine})`, suite);
    return;
  }
  process.stderr.write(`SKIP ${name} (${engine}): ${reason}\n`);
  describe.skip(`${name} (${engine})`, suite);
}
