import type { Topology } from '../../network/src/topology';
import { tradeToCertificate } from '../support/deal';
import type { Deal } from '../support/deal';
import type { TestNetwork } from '../support/network';
import { goneSuite } from './gone';
import { settlingSuite } from './settling';
import { waysOutSuite } from './ways-out';

/** No days of grace and none to default, so that nobody has to wait; what is paid late costs 18 % a year. */
export const late = { graceDays: 0, defaultAfterDays: 0, lateFeeBps: 1_800 } as const;

/** The obligor sells something to its supplier too: a debt that a claim can be netted with. */
export function sellsToo(topology: Topology): Topology {
  return { ...topology, organisations: topology.organisations.map((organisation) => (organisation.slug === 'brand' ? { ...organisation, roles: ['obligor', 'supplier'] } : organisation)) };
}

/** Everything that a certificate may come to, on one network. Those that must fall due do so while others are played. */
export function certificatesSuite(network: TestNetwork): void {
  let prepared: { readonly settling: Deal; readonly gone: Deal };
  beforeAll(async () => {
    const dueInMs = network.engine === 'embedded' ? 8_000 : 40_000;
    prepared = { settling: await dueSoon(network, dueInMs, 8), gone: await dueSoon(network, dueInMs, 3) };
  }, 240_000);
  describe('ways out before the due date', () => waysOutSuite(network));
  describe('from due to settled', () => settlingSuite(network, () => prepared.settling));
  describe('without the obligor', () => goneSuite(network, () => prepared.gone));
}

/** A certificate that falls due soon, in equal parts but for the first. */
async function dueSoon(network: TestNetwork, dueInMs: number, count: number): Promise<Deal> {
  const deal = await tradeToCertificate(network, dueInMs);
  const each = deal.face / BigInt(count);
  const amounts = Array.from({ length: count }, (_, index) => (index === 0 ? deal.face - each * BigInt(count - 1) : each));
  await (await network.as('processor')).holdings.splitHolding({ holdingId: deal.holdingId, parts: amounts.map((amount, index) => ({ holdingId: `${deal.holdingId}-${index}`, amount })) });
  return deal;
}
