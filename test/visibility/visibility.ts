import type { EngineName } from '../support/engines';
import { runOn } from '../support/suites';
import { commandSuite } from './command';
import { forgeriesSuite } from './forgeries';
import { internalSuite } from './internal';
import { sealedSuite } from './sealed';
import { sharingSuite } from './sharing';
import { walksSuite } from './walks';

/** Events that not everybody may read, on one network. */
export function visibilitySuite(engine: EngineName): void {
  runOn(
    engine,
    { sealed: sealedSuite, sharing: sharingSuite, walks: walksSuite, internal: internalSuite, command: commandSuite, forgeries: forgeriesSuite },
    { topology: (topology) => ({ ...topology, channel: { ...topology.channel, batch: { ...topology.channel.batch, timeoutMs: 50 } } }) },
  );
}
