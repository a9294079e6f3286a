import { ahead } from '../support/deal';
import type { Deal } from '../support/deal';
import type { TestNetwork } from '../support/network';

export const HOUR = 3_600_000;
/** Most that one test of these suites may take. */
export const TRY = 120_000;

/** Cuts the first holding of a deal into parts of equal size (the first takes the rest), named by a letter each. */
export async function cut(network: TestNetwork, { holdingId, face }: Deal, letters: string): Promise<(letter: string) => string> {
  const names = [...letters];
  const each = face / BigInt(names.length);
  const parts = names.map((name, index) => ({ holdingId: `${holdingId}-${name}`, amount: index === 0 ? face - each * BigInt(names.length - 1) : each }));
  await (await network.as('processor')).holdings.splitHolding({ holdingId, parts });
  return (letter) => `${holdingId}-${letter}`;
}

type Asker = 'processor' | 'farm' | 'bank' | 'factor';

/** One sale of a holding to a financier, from the request to the pay-out. */
export async function sell(network: TestNetwork, holdingId: string, from: Asker, to: 'bank' | 'factor', recourse: 'with' | 'without'): Promise<void> {
  const [owner, financier, clearing] = [await network.as(from), await network.as(to), await network.as('clearing')];
  const quoteId = `Q-${from}-${to}-${recourse}`;
  await owner.holdings.requestQuotes({ holdingId, financiers: [network.mspId(to)], recourse, expiresAt: ahead(HOUR) });
  await network.inStep();
  const { range } = await financier.holdings.openHolding(holdingId);
  await financier.quotes.submitQuote({ holdingId, quoteId, expiresAt: ahead(HOUR), rateBps: 400, advanceBps: 10_000, fee: 0n, payout: range!.amount - 10n });
  await network.inStep();
  await owner.quotes.acceptQuote({ holdingId, quoteId });
  await network.inStep();
  await owner.holdings.openPayout({ holdingId, quoteId });
  await network.inStep();
  await clearing.holdings.confirmPayout({ holdingId, quoteId, paymentReference: `PAY-${holdingId}-${from}-${to}`, registrationReference: `REG-${holdingId}-${to}` });
  await network.inStep();
}
