import { randomBytes } from 'node:crypto';
import { alteredChaincodeBundle, chaincodeBundle } from '../../scenarios/src/altered-chaincode';
import type { ForgedObject } from '../../scenarios/src/altered-chaincode';
import { forge } from '../../scenarios/src/play';
import type { DualchainError, ReceiptPledgeSkeleton, ReceiptSkeleton } from '../../model/src';
import type { Slug, TestNetwork } from '../support/network';
import { inspect, loanOf, propose, storeAll, TRY } from './goods';
import type { Stored } from './goods';

const colluders = ['processor', 'bank'] as const satisfies readonly Slug[];

/** Owner and financier collude: they run chaincode that checks nothing, and a client that asks whom they like. The warehouse is not with them. */
export function forgeriesSuite(network: TestNetwork): void {
  const mspIds = () => colluders.map((slug) => network.mspId(slug));
  let free: Stored;
  let locked: Stored & { readonly pledgeId: string };

  beforeAll(async () => {
    const [first, stored] = (await storeAll(network, [{}, {}])) as [Stored, Stored];
    free = first;
    await inspect(network, stored);
    locked = { ...stored, pledgeId: await propose(network, stored) };
    await (await network.as('bank')).receiptPledges.acceptReceiptPledge({ pledgeId: locked.pledgeId });
    await network.inStep();
    await Promise.all(colluders.map((slug) => network.network.replaceChaincode(network.mspId(slug), alteredChaincodeBundle())));
  }, 240_000);
  afterAll(async () => {
    await Promise.all(colluders.map((slug) => network.network.replaceChaincode(network.mspId(slug), chaincodeBundle())));
  }, 120_000);

  const write = async (object: ForgedObject) => forge(await network.as('bank'), 'writeObject', object, mspIds());
  const rejected = async (attempt: () => Promise<unknown>): Promise<void> => {
    const before = await network.objects();
    const error = await attempt().then(
      () => undefined,
      (reason: unknown) => reason as DualchainError,
    );
    expect(error).toMatchObject({ code: 'ENDORSEMENT_POLICY_FAILURE' });
    expect(await network.objects()).toEqual(before);
  };
  const object = async <T>(type: 'receipt' | 'receiptPledge', id: string) => (await network.objects())[`${type}/${id}`] as T;
  const forged = (type: 'receipt' | 'receiptPledge' | 'lotReceipt', attributes: readonly string[], value: object): ForgedObject => ({ type, attributes, value: value as Record<string, unknown> });

  it('a pledge without the warehouse is impossible: not by altered chaincode', async () => {
    const receipt = await object<ReceiptSkeleton>('receipt', free.receiptId);
    const [financier, settler] = [network.mspId('bank'), network.mspId('clearing')];
    await rejected(() => write(forged('receipt', [free.receiptId], { ...receipt, state: 'pledged', pledgeId: 'PL-forged', financier, settler })));
    const pledge = await object<ReceiptPledgeSkeleton>('receiptPledge', locked.pledgeId);
    await rejected(() => write({ ...forged('receiptPledge', [locked.pledgeId], { ...pledge, state: 'secured' }), anchors: [network.mspId('carrier')] }));
  }, TRY);

  it('nor by an altered client that leaves the warehouse out', async () => {
    const processor = await network.as('processor');
    const loan = loanOf(network, free);
    // Their own peers run the honest chaincode again, only the client asks fewer than it should.
    await Promise.all(colluders.map((slug) => network.network.replaceChaincode(network.mspId(slug), chaincodeBundle())));
    await processor.receiptPledges.draftReceiptPledge(loan);
    await network.inStep();
    const before = await network.objects();
    const contract = processor.session.connection.network().getContract(processor.chaincode);
    const transaction = await contract.newProposal('collateral:proposeReceiptPledge', { arguments: [JSON.stringify({ pledgeId: loan.pledgeId })], transientData: { seed: randomBytes(32) }, endorsingOrganizations: mspIds() }).endorse();
    const status = await (await transaction.submit()).getStatus();
    expect(status.successful).toBe(false);
    expect(await network.objects()).toEqual(before);
    await Promise.all(colluders.map((slug) => network.network.replaceChaincode(network.mspId(slug), alteredChaincodeBundle())));
  }, TRY);

  it('a pledge that the warehouse never confirmed is paid by no honest settler', async () => {
    const pledge = await object<ReceiptPledgeSkeleton>('receiptPledge', locked.pledgeId);
    const { transactionId } = await write(forged('receiptPledge', [locked.pledgeId], { ...pledge, state: 'secured' }));
    network.tolerate('18', transactionId);
    await network.inStep();
    const clearing = await network.as('clearing');
    await network.refused('clearing', 'NOT_GENUINE', () => clearing.receiptPledges.payReceiptLoan({ pledgeId: locked.pledgeId, paymentReference: `PAY-${locked.pledgeId}` }));
  }, TRY);

  it('goods in store are hidden from nobody: their place in the lot is the warehouse’s to take away', async () => {
    await rejected(() => write(forged('lotReceipt', [free.lot, network.mspId('processor'), free.receiptId], { receiptId: 'WR-none' })));
  }, TRY);
}
