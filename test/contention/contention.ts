import { connect, DualchainError } from '../../client/src';
import type { Dualchain } from '../../client/src';
import { offerToFarm, orderUpstream, tradeToCertificate } from '../support/deal';
import type { Deal } from '../support/deal';
import type { TestNetwork } from '../support/network';

/** Clients of one organisation that act at the same moment, each with its own connection. */
const CLIENTS = Number(process.env['DUALCHAIN_CONTENTION_CLIENTS'] ?? 200);
const PARTS = 20;
const TRY = 300_000;
/** All clients run on one machine, together with every peer. */
const patience = { evaluate: 120_000, endorse: 120_000, commitStatus: 120_000, catchUp: 120_000 };

/** Many clients on one certificate: they meet only where the business says that they must (design, principle 6). */
export function contentionSuite(network: TestNetwork): void {
  let deal: Deal;
  let holdings: string[];
  const clients: Dualchain[] = [];
  /** Why calls were tried again, by code. */
  const reasons: string[] = [];

  beforeAll(async () => {
    deal = await tradeToCertificate(network);
    await orderUpstream(network, deal);
    const processor = await network.as('processor');
    // One more than there are clients: the last one is what all of them want.
    const groups = Math.ceil((CLIENTS + 1) / PARTS);
    const split = async (holdingId: string, count: number): Promise<string[]> => {
      const { range } = await processor.holdings.openHolding(holdingId);
      const each = range!.amount / BigInt(count);
      const parts = Array.from({ length: count }, (_, index) => ({ holdingId: `${holdingId}-${index}`, amount: index === 0 ? range!.amount - each * BigInt(count - 1) : each }));
      await processor.holdings.splitHolding({ holdingId, parts });
      return parts.map((part) => part.holdingId);
    };
    const first = groups > 1 ? await split(deal.holdingId, groups) : [deal.holdingId];
    holdings = (await Promise.all(first.map((holdingId) => split(holdingId, PARTS)))).flat();
    await network.inStep();
    const onAttempt = ({ reason }: { reason?: Error | undefined }) => void (reason instanceof DualchainError && reasons.push(reason.code));
    for (let index = 0; index < CLIENTS; index += 1) clients.push(await connect({ profile: network.network.profileDirectory('processor'), user: 'maker', hooks: { onAttempt }, deadlines: patience }));
  }, 240_000);
  afterAll(() => {
    for (const client of clients) client.close();
  });

  it(`${CLIENTS} clients that spend different holdings of one certificate never meet`, async () => {
    reasons.length = 0;
    const outcomes = await Promise.allSettled(clients.map((client, index) => client.holdings.offerTransfer(offerToFarm(network, deal, holdings[index] ?? ''))));
    expect(outcomes.flatMap((outcome) => (outcome.status === 'rejected' ? [String((outcome.reason as DualchainError).code)] : []))).toEqual([]);
    expect(reasons.filter((code) => code === 'READ_CONFLICT' || code === 'ENDORSEMENT_POLICY_FAILURE')).toEqual([]);
  }, TRY);

  it(`of ${CLIENTS} clients that spend the same holding one wins, and every other is told that it is not free`, async () => {
    const wanted = holdings[CLIENTS] ?? '';
    const { amount } = (await (await network.as('processor')).holdings.openHolding(wanted)).range!;
    const outcomes = await Promise.allSettled(clients.map((client, index) => client.holdings.splitHolding({ holdingId: wanted, parts: [{ holdingId: `${wanted}-${index}a`, amount: 1n }, { holdingId: `${wanted}-${index}b`, amount: amount - 1n }] })));
    const codes = outcomes.map((outcome) => (outcome.status === 'fulfilled' ? 'won' : outcome.reason instanceof DualchainError ? outcome.reason.code : String(outcome.reason)));
    expect(codes.filter((code) => code === 'won')).toHaveLength(1);
    expect([...new Set(codes)].sort()).toEqual(['HOLDING_NOT_FREE', 'won']);
    await network.inStep();
    const [first] = clients;
    expect(await first!.holdings.requireHolding(wanted)).toMatchObject({ state: 'spent', owner: network.mspId('processor') });
  }, TRY);
}
