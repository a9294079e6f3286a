import type { Attempt, Committed , DualchainError } from '../../client/src';
import { connect } from '../../client/src';
import { withNetwork } from '../support/network';

const network = withNetwork('embedded');
const day = 24 * 60 * 60 * 1000;
const expiresAt = new Date(Date.now() + 30 * day);
const terms = { currency: 'CNY', matchPolicy: 'three-way', lines: [{ line: 1, gtin: '09524002000017', quantity: '100', unit: 'KGM', unitPrice: 2_500n }] } as const;

it('founds once: again is no change, with other rules it is refused', async () => {
  const brand = await network.as('brand');
  const members = network.organisations.map(({ mspId, name, gln, roles }) => ({ mspId, name, gln, roles }));
  const { policy } = await brand.consortium.policy();
  const again = await brand.consortium.bootstrap({ members, policy });
  expect(again.already).toBe(true);
  expect(again.channel.foundedAt).toBeInstanceOf(Date);
  await network.refused('brand', 'ALREADY_BOOTSTRAPPED', () => brand.consortium.bootstrap({ members, policy: { ...policy, tenorLimitDays: policy.tenorLimitDays - 1 } }));
  const known = [];
  for await (const member of brand.consortium.members()) known.push(member.mspId);
  expect(known.sort()).toEqual(members.map(({ mspId }) => mspId).sort());
  expect(await brand.consortium.getMember('NobodyMSP')).toBeUndefined();
});

it('answers typed values, seals the terms and tells where the transaction stands', async () => {
  const attempts: Attempt[] = [];
  const commits: Committed[] = [];
  await using brand = await connect({ profile: network.network.profileDirectory('brand'), user: 'maker', hooks: { onAttempt: (attempt) => attempts.push(attempt), onCommit: (committed) => commits.push(committed) } });
  const order = await brand.orders.issueOrder({ orderId: 'SDK-1', supplier: 'ProcessorMSP', expiresAt, ...terms });
  expect(order).toMatchObject({ id: 'SDK-1', obligor: 'BrandMSP', supplier: 'ProcessorMSP', state: 'issued', expiresAt });
  expect(attempts).toMatchObject([{ verb: 'issueOrder', attempt: 1 }]);
  expect(commits).toMatchObject([{ verb: 'issueOrder', attempts: 1, transactionId: expect.stringMatching(/^[0-9a-f]{64}$/) }]);
  expect(await brand.transactions.status(commits[0]!.transactionId)).toEqual({ transactionId: commits[0]!.transactionId, blockNumber: commits[0]!.blockNumber, valid: true, code: 'VALID' });

  const opened = await (await network.as('processor')).orders.openOrder('SDK-1');
  expect(opened.terms).toMatchObject({ currency: 'CNY', lines: [{ unitPrice: 2_500n }] });
  expect(await brand.orders.getOrder('SDK-none')).toBeUndefined();
  await network.refused('brand', 'NOT_FOUND', () => brand.orders.requireOrder('SDK-none'));
});

it('creates once: the same content again is told, other content is refused', async () => {
  const brand = await network.as('brand');
  const order = { orderId: 'SDK-2', supplier: 'ProcessorMSP', expiresAt, ...terms };
  expect((await brand.orders.issueOrder(order)).already).toBeUndefined();
  expect(await brand.orders.issueOrder(order)).toMatchObject({ id: 'SDK-2', already: true });
  await network.refused('brand', 'ALREADY_EXISTS', () => brand.orders.issueOrder({ ...order, lines: [{ ...terms.lines[0], quantity: '101' }] }));
});

it('submits without waiting, and waits when asked', async () => {
  const brand = await network.as('brand');
  const submitted = await brand.orders.issueOrder.async({ orderId: 'SDK-3', supplier: 'ProcessorMSP', expiresAt, ...terms });
  expect(submitted.result).toMatchObject({ id: 'SDK-3', state: 'issued' });
  const { blockNumber } = await submitted.committed();
  expect(await brand.transactions.status(submitted.transactionId)).toMatchObject({ blockNumber, valid: true });
});

it('lets one of several rivals win, and tells the others what the winner did', async () => {
  const [brand, processor] = [await network.as('brand'), await network.as('processor')];
  await brand.orders.issueOrder({ orderId: 'SDK-4', supplier: 'ProcessorMSP', expiresAt, ...terms });
  const rivals = await Promise.allSettled([0, 1, 2, 3].map((place) => (place % 2 === 0 ? processor.orders.acceptOrder({ orderId: 'SDK-4' }) : processor.orders.refuseOrder({ orderId: 'SDK-4' }))));
  const won = rivals.filter(({ status }) => status === 'fulfilled');
  const lost = rivals.flatMap((rival) => (rival.status === 'rejected' ? [rival.reason as DualchainError] : []));
  expect(won).toHaveLength(1);
  expect(lost.map(({ code }) => code)).toEqual(['WRONG_STATE', 'WRONG_STATE', 'WRONG_STATE']);
});

it('waits for organisations that are some blocks behind', async () => {
  const brand = await network.as('brand');
  network.embedded.pauseCommits('ProcessorMSP');
  await brand.orders.issueOrder({ orderId: 'SDK-5', supplier: 'ProcessorMSP', expiresAt, ...terms });
  const attempts: Attempt[] = [];
  await using late = await connect({ profile: network.network.profileDirectory('processor'), user: 'maker', hooks: { onAttempt: (attempt) => attempts.push(attempt) } });
  const accepting = late.orders.acceptOrder({ orderId: 'SDK-5' });
  accepting.catch(() => undefined);
  // Answered behind the call's own question, by the peer that does not have the order yet.
  expect(await late.orders.getOrder('SDK-5')).toBeUndefined();
  network.embedded.resumeCommits('ProcessorMSP');
  expect(await accepting).toMatchObject({ state: 'accepted' });
  expect(attempts[1]).toMatchObject({ attempt: 2, reason: { code: 'NOT_FOUND' } });
});

it('says who is behind when they do not catch up', async () => {
  const brand = await network.as('brand');
  await using hasty = await connect({ profile: network.network.profileDirectory('processor'), user: 'maker', deadlines: { catchUp: 300 } });
  network.embedded.pauseCommits('ProcessorMSP');
  try {
    await brand.orders.issueOrder({ orderId: 'SDK-6', supplier: 'ProcessorMSP', expiresAt, ...terms });
    const refusal = await hasty.orders.acceptOrder({ orderId: 'SDK-6' }).then(() => undefined, (error: unknown) => error as DualchainError);
    expect(refusal).toMatchObject({ code: 'STALE_ENDORSERS', retryable: true, details: { refusal: 'NOT_FOUND' }, message: expect.stringContaining('ProcessorMSP') });
  } finally {
    network.embedded.resumeCommits('ProcessorMSP');
  }
});

it('names organisations that are not there', async () => {
  const brand = await network.as('brand');
  await using hasty = await connect({ profile: network.network.profileDirectory('brand'), user: 'maker', retry: { attempts: 2, baseDelay: 1 } });
  network.embedded.stopPeer('ProcessorMSP');
  try {
    const refusal = await hasty.orders.issueOrder({ orderId: 'SDK-7', supplier: 'ProcessorMSP', expiresAt, ...terms }).then(() => undefined, (error: unknown) => error as DualchainError);
    expect(refusal).toMatchObject({ code: 'UNAVAILABLE', retryable: true, message: expect.stringContaining('ProcessorMSP') });
  } finally {
    await network.embedded.startPeer('ProcessorMSP');
  }
  expect(await brand.orders.issueOrder({ orderId: 'SDK-7', supplier: 'ProcessorMSP', expiresAt, ...terms })).toMatchObject({ state: 'issued' });
});

it('stops at the signal of the caller', async () => {
  const brand = await network.as('brand');
  await network.refused('brand', 'ABORTED', () => brand.orders.issueOrder({ orderId: 'SDK-8', supplier: 'ProcessorMSP', expiresAt, ...terms }, { signal: AbortSignal.abort() }));
  expect(await brand.orders.getOrder('SDK-8')).toBeUndefined();
});

it('refuses calls after close', async () => {
  const brand = await connect({ profile: network.network.profileDirectory('brand'), user: 'maker' });
  brand.close();
  brand.close();
  await network.refused('brand', 'ABORTED', () => brand.orders.getOrder('SDK-1'));
});
