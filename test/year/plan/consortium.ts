import { mspIdOf } from '../../support/organisations';
import { ahead } from '../../support/deal';
import type { Slug } from '../../support/network';
import { DAY, standingOrder, standingOrders } from './calendar';
import type { Calendar } from './calendar';
import type { Financier } from './finance';
import { Script } from './step';

/** The credit line that a financier has given an obligor. */
export const creditLine = (financier: Financier, obligor: Slug): string => `CL-${financier}-${obligor}`;

/** What stands all year: orders in both directions, and credit lines. */
export function standingBusiness(): Script {
  const script = new Script('YEAR', 0);
  for (const [buyer, seller] of standingOrders) {
    const orderId = standingOrder(buyer, seller, true);
    const lines = [{ line: 1, gtin: '09524001200012', quantity: '100000', unit: 'KGM', unitPrice: 10_000n }];
    script.do(buyer, 'issueOrder', orderId, (client) => client.orders.issueOrder({ orderId, supplier: mspIdOf(seller), expiresAt: ahead(800 * DAY), currency: 'CNY', matchPolicy: 'two-way', lines }));
  }
  for (const financier of ['bank', 'factor'] as const) {
    for (const obligor of ['brand', 'processor'] as const) {
      const creditLineId = creditLine(financier, obligor);
      script.do(financier, 'setCreditLine', creditLineId, (client) => client.creditLines.setCreditLine({ creditLineId, obligor: mspIdOf(obligor), limit: 100_000_000_000n, currency: 'CNY' }));
    }
  }
  return script;
}

/** The members vote for another late fee; what was issued before keeps the old one. */
export function vote(calendar: Calendar): Script {
  const script = new Script('VOTE', calendar.voteWeek);
  const motionId = script.id('M');
  const policy = calendar.policy(calendar.voteWeek);
  script.do('clearing', 'proposeMotion', motionId, (client) => client.consortium.proposeMotion({ motionId, change: { kind: 'change policy', policy }, expiresAt: ahead(10 * DAY) }));
  for (const slug of ['bank', 'factor', 'farm', 'regulator'] as const) script.do(slug, 'castVote', motionId, (client) => client.consortium.castVote({ motionId, inFavour: true }));
  script.do('farm', 'enactMotion', motionId, (client) => client.consortium.enactMotion({ motionId }));
  return script;
}
