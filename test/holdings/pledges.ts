import { ahead, offerToFarm, orderUpstream, tradeToCertificate } from '../support/deal';
import type { Deal } from '../support/deal';
import type { TestNetwork } from '../support/network';
import { whenTime } from '../support/time';
import { cut, HOUR, TRY } from './stock';

/** Loans against holdings: offered, refused, paid out, repaid, enforced; registration. */
export function pledgesSuite(network: TestNetwork): void {
  let deal: Deal;
  let part: (letter: string) => string;
  let principal: bigint;
  let unpaid: Awaited<ReturnType<typeof pledge>>;
  beforeAll(async () => {
    deal = await tradeToCertificate(network);
    await orderUpstream(network, deal);
    part = await cut(network, deal, 'abcd');
    await network.inStep();
    principal = deal.face / 7n;
    network.markers.push({ value: `"principal":"${principal}"`, label: `principal of loans on ${deal.certificateId}`, readers: [network.mspId('processor'), network.mspId('bank'), network.mspId('clearing')] });
    // To be repaid soon: the other tests pass the time.
    unpaid = await pledge('d', ahead(8_000));
  }, 240_000);

  const draft = async (letter: string, name = '', loanDueAt = ahead(HOUR)) => {
    const loanId = `L-${part(letter)}${name.replace(' ', '-')}`;
    await (await network.as('processor')).holdings.draftLoan({ loanId, holdingId: part(letter), financier: network.mspId('bank'), loanDueAt, principal, rateBps: 500 });
    await network.inStep();
    return loanId;
  };
  const offer = async (letter: string, loanId: string, expiresInMs = HOUR) => {
    await (await network.as('processor')).holdings.offerPledge({ holdingId: part(letter), loanId, expiresAt: ahead(expiresInMs) });
    await network.inStep();
  };
  const pledge = async (letter: string, loanDueAt?: Date) => {
    const [bank, clearing] = [await network.as('bank'), await network.as('clearing')];
    const loanId = await draft(letter, '', loanDueAt);
    await offer(letter, loanId);
    await bank.holdings.acceptPledge({ holdingId: part(letter) });
    await network.inStep();
    const confirmation = { holdingId: part(letter), loanId, paymentReference: `PAY-${loanId}`, registrationReference: `REG-${loanId}` };
    const pledged = await clearing.holdings.confirmLoan(confirmation);
    expect(await clearing.holdings.confirmLoan(confirmation)).toMatchObject({ already: true });
    await network.inStep();
    return { loanId, pledged, confirmation };
  };

  it.each(['refuse', 'refuse locked', 'withdraw', 'expire'] as const)('%s gives the holding back exactly as it was', async (how) => {
    const [processor, bank, carrier] = [await network.as('processor'), await network.as('bank'), await network.as('carrier')];
    const holdingId = part('a');
    const before = await processor.holdings.openHolding(holdingId);
    const loanId = await draft('a', how);
    await offer('a', loanId, how === 'expire' ? 3_000 : HOUR);
    expect(await bank.holdings.openLoan(loanId)).toMatchObject({ state: 'drafted', terms: { principal } });
    expect((await carrier.holdings.openLoan(loanId)).terms).toBeUndefined();
    await network.refused('processor', 'HOLDING_NOT_FREE', () => processor.holdings.offerTransfer(offerToFarm(network, deal, holdingId)));
    await network.refused('processor', ['WRONG_ROLE', 'NOT_A_PARTY'], () => processor.holdings.acceptPledge({ holdingId }));
    if (how === 'refuse') await bank.holdings.refusePledge({ holdingId });
    if (how === 'refuse locked') {
      await bank.holdings.acceptPledge({ holdingId });
      await network.inStep();
      await network.refused('processor', 'WRONG_STATE', () => processor.holdings.withdrawPledge({ holdingId }));
      await bank.holdings.refusePledge({ holdingId });
    }
    if (how === 'withdraw') await processor.holdings.withdrawPledge({ holdingId });
    if (how === 'expire') await whenTime(() => carrier.holdings.expirePledge({ holdingId }));
    await network.inStep();
    expect(await processor.holdings.openHolding(holdingId)).toEqual(before);
  }, TRY);

  it('a loan fits its holding and its financier', async () => {
    const [processor, farm] = [await network.as('processor'), await network.as('farm')];
    const loan = { loanId: 'L-BAD', holdingId: part('b'), financier: network.mspId('bank'), loanDueAt: ahead(HOUR), principal, rateBps: 1 };
    await network.refused('processor', 'AMOUNT_MISMATCH', () => processor.holdings.draftLoan({ ...loan, principal: deal.face }));
    await network.refused('processor', 'WRONG_ROLE', () => processor.holdings.draftLoan({ ...loan, financier: network.mspId('farm') }));
    await network.refused('processor', 'EXPIRED', () => processor.holdings.draftLoan({ ...loan, loanDueAt: ahead(-HOUR) }));
    await network.refused('farm', ['NOT_A_PARTY', 'OPENING_REQUIRED'], () => farm.holdings.draftLoan(loan));
    const loanId = await draft('b');
    await network.refused('processor', 'WRONG_STATE', () => processor.holdings.offerPledge({ holdingId: part('c'), loanId, expiresAt: ahead(HOUR) }));
    await network.refused('processor', 'NOT_FOUND', () => processor.holdings.offerPledge({ holdingId: part('b'), loanId: 'L-NONE', expiresAt: ahead(HOUR) }));
  }, TRY);

  it('control moves with the pay-out, ownership does not; repayment gives the holding back as it was', async () => {
    const [processor, bank, clearing] = [await network.as('processor'), await network.as('bank'), await network.as('clearing')];
    const holdingId = part('c');
    const before = await processor.holdings.openHolding(holdingId);
    const { loanId, pledged, confirmation } = await pledge('c');
    expect(pledged).toMatchObject({ state: 'pledged', owner: network.mspId('processor'), proposal: { kind: 'pledge', loanId, registrationReference: `REG-${loanId}` } });
    await network.refused('clearing', 'PAYMENT_REFERENCE_USED', () => clearing.holdings.confirmLoan({ ...confirmation, registrationReference: 'REG-OTHER' }));
    for (const act of [() => processor.holdings.splitHolding({ holdingId, parts: [{ holdingId: 'X', amount: 1n }, { holdingId: 'Y', amount: before.range!.amount - 1n }] }), () => processor.holdings.offerTransfer(offerToFarm(network, deal, holdingId))]) await network.refused('processor', 'HOLDING_NOT_FREE', act);
    await network.refused('processor', 'NOT_A_PARTY', () => processor.holdings.releasePledge({ holdingId }));
    await network.refused('bank', 'NOT_YET', () => bank.holdings.enforcePledge({ holdingId }));
    expect((await bank.holdings.priorityOf(holdingId)).claims).toEqual([expect.objectContaining({ claimant: network.mspId('bank'), kind: 'pledge', rank: 1, standing: true })]);
    await bank.holdings.releasePledge({ holdingId });
    await network.inStep();
    expect(await processor.holdings.openHolding(holdingId)).toEqual(before);
    expect(await processor.holdings.openLoan(loanId)).toMatchObject({ state: 'ended' });
    await network.refused('processor', 'WRONG_STATE', () => processor.holdings.offerPledge({ holdingId, loanId, expiresAt: ahead(HOUR / 2) }));
  }, TRY);

  it('a loan that is not repaid makes the financier the owner, registered as its pledge was', async () => {
    const [processor, bank] = [await network.as('processor'), await network.as('bank')];
    const holdingId = part('d');
    const { loanId, pledged } = unpaid;
    await network.refused('processor', ['NOT_A_PARTY', 'WRONG_ROLE'], () => processor.holdings.enforcePledge({ holdingId }));
    await whenTime(() => bank.holdings.enforcePledge({ holdingId }));
    await network.inStep();
    const owned = await bank.holdings.openHolding(holdingId);
    expect(owned).toMatchObject({ state: 'financed', owner: network.mspId('bank'), tier: 1, assignments: [{ from: network.mspId('processor'), to: network.mspId('bank'), registrationReference: `REG-${loanId}`, registeredAt: pledged.proposal!.registeredAt }] });
    expect(owned.range).toBeDefined();
    expect((await processor.holdings.openHolding(holdingId)).range).toBeUndefined();
  }, TRY);

  it('a transfer is registered once, by its owner or the settler', async () => {
    const [processor, farm, clearing] = [await network.as('processor'), await network.as('farm'), await network.as('clearing')];
    const holdingId = part('a');
    await network.refused('processor', 'WRONG_STATE', () => processor.holdings.registerAssignment({ holdingId, registrationReference: 'ZD-0' }));
    await processor.holdings.offerTransfer(offerToFarm(network, deal, holdingId));
    await network.inStep();
    await farm.holdings.acceptTransfer({ holdingId });
    await network.inStep();
    expect((await farm.holdings.priorityOf(holdingId)).claims).toEqual([expect.objectContaining({ claimant: network.mspId('farm'), by: 'notice', standing: true })]);
    await network.refused('processor', 'NOT_A_PARTY', () => processor.holdings.registerAssignment({ holdingId, registrationReference: 'ZD-1' }));
    expect(await clearing.holdings.registerAssignment({ holdingId, registrationReference: 'ZD-1' })).toMatchObject({ state: 'free', assignments: [{ to: network.mspId('farm'), registrationReference: 'ZD-1' }] });
    await network.inStep();
    await network.refused('farm', 'ALREADY_EXISTS', () => farm.holdings.registerAssignment({ holdingId, registrationReference: 'ZD-2' }));
    expect((await farm.holdings.priorityOf(holdingId)).claims).toEqual([expect.objectContaining({ by: 'registration' })]);
  }, TRY);
}
