import { once } from 'node:events';
import { connect } from '../../client/src';
import type { Attempt } from '../../client/src';
import { DualchainError } from '../../model/src';
import { newDeal, ahead } from '../support/deal';
import type { TestNetwork } from '../support/network';
import { EventEmitter } from 'node:events';

const TRY = 60_000;

/** Organisations commit at different moments; the SDK waits for those it needs, and says so where it waits in vain. */
export function lagSuite(network: TestNetwork): void {
  const order = () => {
    const { orderId } = newDeal();
    return { orderId, supplier: network.mspId('processor'), expiresAt: ahead(86_400_000), currency: 'CNY' as const, matchPolicy: 'two-way' as const, lines: [{ line: 1, gtin: '09524002500012', quantity: '1', unit: 'KGM', unitPrice: 100n }] };
  };

  it('an endorser that lags behind is waited for', async () => {
    const attempts = new EventEmitter();
    const brand = await network.as('brand');
    const processor = await connect({ profile: network.network.profileDirectory('processor'), user: 'maker', hooks: { onAttempt: (attempt) => attempts.emit('attempt', attempt) } });
    try {
      const terms = order();
      network.embedded.pauseCommits(network.mspId('processor'));
      await brand.orders.issueOrder(terms);
      // The supplier's own peer does not know the order yet.
      expect(await processor.orders.getOrder(terms.orderId)).toBeUndefined();
      const tried: Attempt[] = [];
      attempts.on('attempt', (attempt: Attempt) => tried.push(attempt));
      const first = once(attempts, 'attempt');
      const accepting = processor.orders.acceptOrder({ orderId: terms.orderId });
      await first;
      network.embedded.resumeCommits(network.mspId('processor'));
      expect(await accepting).toMatchObject({ id: terms.orderId, state: 'accepted' });
      expect(tried[0]?.attempt).toBe(1);
    } finally {
      network.embedded.resumeCommits(network.mspId('processor'));
      processor.close();
    }
  }, TRY);

  it('an endorser that does not come after is told as stale, and nothing is written', async () => {
    const brand = await network.as('brand');
    const terms = order();
    const carrier = network.mspId('carrier');
    const impatient = await connect({ profile: network.network.profileDirectory('processor'), user: 'maker', deadlines: { catchUp: 500 } });
    try {
      network.embedded.pauseCommits(network.mspId('processor'));
      await brand.orders.issueOrder(terms);
      const before = network.embedded.ledger(carrier).height;
      await network.refused('processor', 'STALE_ENDORSERS', () => impatient.orders.acceptOrder({ orderId: terms.orderId }));
      expect(network.embedded.ledger(carrier).height).toBe(before);
    } finally {
      network.embedded.resumeCommits(network.mspId('processor'));
      impatient.close();
    }
    expect(await (await network.as('processor')).orders.acceptOrder({ orderId: terms.orderId })).toMatchObject({ state: 'accepted' });
  }, TRY);

  it('a member whose peer is gone does not keep the others from trading', async () => {
    const regulator = network.mspId('regulator');
    network.embedded.stopPeer(regulator);
    try {
      const terms = order();
      await (await network.as('brand')).orders.issueOrder(terms);
      expect(await (await network.as('processor')).orders.acceptOrder({ orderId: terms.orderId })).toMatchObject({ state: 'accepted' });
      await expect((await network.as('regulator')).orders.getOrder(terms.orderId)).rejects.toBeInstanceOf(DualchainError);
    } finally {
      await network.embedded.startPeer(regulator);
    }
  }, TRY);
}
