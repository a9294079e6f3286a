import { randomBytes } from 'node:crypto';
import type { Invention } from '../../scenarios/src/altered-chaincode';
import { alteredChaincodeBundle, chaincodeBundle } from '../../scenarios/src/altered-chaincode';
import { forge } from '../../scenarios/src/play';
import type { Dualchain } from '../../client/src';
import { answersOf } from '../../client/src/errors/answers';
import { canonicalJson, recordKey } from '../../model/src';
import type { DualchainError, SealedRecord } from '../../model/src';
import { ahead, offerToFarm, orderUpstream, tradeToCertificate } from '../support/deal';
import type { Deal } from '../support/deal';
import type { Slug, TestNetwork } from '../support/network';

const TRY = 60_000;
const colluders = ['processor', 'bank'] as const satisfies readonly Slug[];

/**
 * Two organisations run chaincode that was really altered: it checks nothing and writes what it is told. One of them
 * even owns the holding. Neither the obligor nor the authority is with them.
 */
export function collusionSuite(network: TestNetwork): void {
  let deal: Deal;
  const mspIds = () => colluders.map((slug) => network.mspId(slug));
  const claim = (holdingId: string, collections: readonly Slug[], fields: Partial<Invention> = {}): Invention => ({
    holdingId,
    certificateId: deal.certificateId,
    obligor: network.mspId('brand'),
    owner: network.mspId('processor'),
    currency: 'CNY',
    from: '1',
    to: deal.face.toString(),
    collections: collections.map((slug) => network.mspId(slug)),
    ...fields,
  });

  beforeAll(async () => {
    deal = await tradeToCertificate(network);
    await orderUpstream(network, deal);
    await Promise.all(colluders.map((slug) => network.network.replaceChaincode(network.mspId(slug), alteredChaincodeBundle())));
  }, 240_000);
  afterAll(async () => {
    await Promise.all(colluders.map((slug) => network.network.replaceChaincode(network.mspId(slug), chaincodeBundle())));
  }, 120_000);

  /** The colluders' transaction is ordered; every peer for itself says that it is invalid, and no state changes. */
  const rejected = async (verb: Parameters<typeof forge>[1], input: object): Promise<void> => {
    const before = await network.objects();
    const error = await forge(await network.as('bank'), verb, input, mspIds()).then(
      () => undefined,
      (reason: unknown) => reason as DualchainError,
    );
    expect(error).toMatchObject({ code: 'ENDORSEMENT_POLICY_FAILURE', details: { validationCode: 'ENDORSEMENT_POLICY_FAILURE' } });
    for (const { blocks } of await network.ledgers()) {
      const recorded = blocks.flatMap(({ transactions }) => transactions).find(({ id }) => id === error!.transactionId);
      expect(recorded).toMatchObject({ code: 'ENDORSEMENT_POLICY_FAILURE', valid: false, endorsers: expect.arrayContaining(mspIds()) });
    }
    expect(await network.objects()).toEqual(before);
  };

  it('cannot move a holding', () => rejected('moveHolding', { holdingId: deal.holdingId, to: network.mspId('bank') }), TRY);

  it("cannot create a holding with the obligor's record", () => rejected('inventHolding', claim(`${deal.holdingId}-created`, ['processor', 'brand'])), TRY);

  it("cannot inflate a holding in the obligor's records", () => rejected('inflateHolding', claim(deal.holdingId, ['processor', 'brand'], { to: (deal.face * 10n).toString() })), TRY);

  it("cannot use a holding that stands in their own records only: every honest endorser asks for the obligor's", async () => {
    const invented = `${deal.holdingId}-invented`;
    const { transactionId } = await forge(await network.as('bank'), 'inventHolding', claim(invented, ['processor', 'bank']), mspIds());
    // The text stands on the ledger, for everyone to see that it is no claim: auditors say so, and no check counts it.
    network.tolerate('principle 4', transactionId);
    const before = await network.objects();
    const processor = await network.as('processor');
    const record = (await processor.holdings.openHolding(invented)).records;
    const errors = [
      await network.refused('processor', 'NOT_GENUINE', () => processor.holdings.offerTransfer(offerToFarm(network, deal, invented))),
      await network.refused('processor', 'NOT_GENUINE', () => processor.holdings.splitHolding({ holdingId: invented, parts: [{ holdingId: `${invented}-1`, amount: 1n }, { holdingId: `${invented}-2`, amount: deal.face - 1n }] })),
      await network.refused('processor', 'NOT_GENUINE', () => processor.holdings.requestQuotes({ holdingId: invented, financiers: [network.mspId('factor')], recourse: 'without', expiresAt: ahead(3_600_000) })),
    ];
    expect(Object.keys(record)).toEqual([`holding:${invented}`]);
    for (const { details } of errors) expect(details).toMatchObject({ mspId: 'BrandMSP' });
    expect(await network.objects()).toEqual(before);
  }, TRY);

  it('cannot use a holding that they inflated in their own records', async () => {
    // Their own collection takes what both of them endorse; from then on it no longer says what the obligor's says.
    const { answer } = await forge(await network.as('bank'), 'inflateHolding', claim(deal.holdingId, ['processor'], { to: (deal.face * 10n).toString() }), mspIds());
    const before = await network.objects();
    const processor = await network.as('processor');
    // The SDK would not even open it, so they make the proposal themselves.
    const split = await proposeSplit(processor, deal.holdingId, answer as SealedRecord, [deal.face, deal.face * 9n], [network.mspId('processor'), network.mspId('brand')]).then(
      () => undefined,
      (reason: unknown) => reason,
    );
    const { list } = answersOf(split);
    expect(list.find(({ mspId }) => mspId === network.mspId('brand'))).toMatchObject({ kind: 'refused', code: 'NOT_GENUINE' });
    expect(await network.objects()).toEqual(before);
    expect((await (await network.as('brand')).holdings.openHolding(deal.holdingId)).range?.amount).toBe(deal.face);
  }, TRY);
}

/** A split as the SDK would propose it, with the record that the colluders would like to be true. */
async function proposeSplit({ session, chaincode }: Dualchain, holdingId: string, record: SealedRecord, amounts: readonly bigint[], endorsingOrganizations: string[]): Promise<void> {
  const parts = amounts.map((_, index) => `${holdingId}-${index}`);
  await session.connection
    .network()
    .getContract(chaincode)
    .newProposal('certificate:splitHolding', {
      arguments: [canonicalJson({ holdingId, parts })],
      transientData: { seed: randomBytes(32), sealed: canonicalJson({ amounts: amounts.map(String) }), openings: canonicalJson({ [recordKey(record.type, record.id)]: record }) },
      endorsingOrganizations,
    })
    .endorse();
}
