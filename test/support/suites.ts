import { describeOn } from './engines';
import type { EngineName } from './engines';
import { withNetwork } from './network';
import type { NetworkOptions, TestNetwork } from './network';

/** Runs suites one after another on one network; each undoes what it did to the network before that ends. */
export function runOn(engine: EngineName, suites: Readonly<Record<string, (network: TestNetwork) => void>>, options?: NetworkOptions): void {
  describeOn(engine, 'end to end', () => {
    const network = withNetwork(engine, options);
    for (const [name, suite] of Object.entries(suites)) describe(name, () => suite(network));
  });
}
