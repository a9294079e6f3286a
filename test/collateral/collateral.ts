import type { EngineName } from '../support/engines';
import { runOn } from '../support/suites';
import { forgeriesSuite } from './forgeries';
import { freezesSuite } from './freezes';
import { pledgesSuite } from './pledges';
import { receiptsSuite } from './receipts';

/** All of collateral on one network, in which the farm keeps a warehouse too, so that goods can go from one to the other. */
export function collateralSuite(engine: EngineName): void {
  runOn(
    engine,
    { receipts: receiptsSuite, pledges: pledgesSuite, freezes: freezesSuite, forgeries: forgeriesSuite },
    {
      topology: (topology) => ({
        ...topology,
        // Many small steps, one after another: blocks need not wait for more.
        channel: { ...topology.channel, batch: { ...topology.channel.batch, timeoutMs: 50 } },
        organisations: topology.organisations.map((organisation) => (organisation.slug === 'farm' ? { ...organisation, roles: [...organisation.roles, 'warehouse'] } : organisation)),
      }),
    },
  );
}
