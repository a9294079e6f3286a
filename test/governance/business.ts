import type { SealedRecord } from '../../model/src';
import { activate, ahead, deliver, invoice, invoiceOf, newDeal, offerToFarm, orderUpstream } from '../support/deal';
import type { Deal } from '../support/deal';
import type { TestNetwork } from '../support/network';
import { attest, carry, decide, until } from './consortium';

const TRY = 120_000;

/** What governance does to trade that is under way. Members are all eight; the carrier is the auditor by the policy. */
export function businessSuite(network: TestNetwork): void {
  let deal: Deal;
  /** A trade whose first certificate is withdrawn: its invoice backs another one later. */
  const single = newDeal();
  beforeAll(async () => {
    deal = newDeal();
    await deliver(network, deal);
    await orderUpstream(network, deal);
  }, TRY);

  it('two people accept, unless the organisation itself says that one does', async () => {
    await deliver(network, single);
    const { invoiceId, certificateId } = single;
    await (await network.as('processor')).invoices.submitInvoice(invoiceOf(single));
    const director = await network.as('brand', 'director');
    await director.invoices.approveInvoice({ invoiceId });
    await network.refused('brand', 'SAME_IDENTITY', () => director.invoices.acceptInvoice({ invoiceId }));
    await network.refused('brand', 'WRONG_ROLE', async () => (await network.as('brand')).consortium.setOrganisationPolicy({ twoPeople: false }));
    const checker = await network.as('brand', 'checker');
    expect(await checker.consortium.setOrganisationPolicy({ twoPeople: false })).toEqual({ mspId: 'BrandMSP', twoPeople: false });
    expect(await director.invoices.acceptInvoice({ invoiceId })).toMatchObject({ state: 'accepted' });
    await director.certificates.issueCertificate({ certificateId, supplier: network.mspId('processor'), settler: network.mspId('clearing'), invoiceIds: [invoiceId], dueDate: ahead(86_400_000), firstHoldingId: single.holdingId });
    await checker.consortium.setOrganisationPolicy({ twoPeople: true });
    await network.refused('brand', 'SAME_IDENTITY', () => director.certificates.confirmCertificate({ certificateId }));
    await checker.consortium.setOrganisationPolicy({ twoPeople: false });
    expect(await director.certificates.confirmCertificate({ certificateId })).toMatchObject({ state: 'issued' });
    await checker.consortium.setOrganisationPolicy({ twoPeople: true });
    await (await network.as('brand')).certificates.withdrawCertificate({ certificateId });
  }, TRY);

  it('a financier reads which witnesses a certificate has, and which are missing', async () => {
    await invoice(network, deal);
    await activate(network, deal);
    await network.inStep();
    const { certificateId, lot } = deal;
    const bank = await network.as('bank');
    const score = () => bank.attestations.evidenceScore({ certificateId });
    const rule = (claim: string, missing: number, witnesses: string[]) => expect.objectContaining({ claim, needed: 1, missing, witnesses }) as unknown;
    expect(await score()).toMatchObject({
      parties: ['BrandMSP', 'ProcessorMSP', 'ClearingMSP', 'BankMSP'],
      disputed: [],
      recalled: [],
      finance: [
        { finance: 'with recourse', complete: false, rules: [rule('inspected', 1, [])] },
        { finance: 'without recourse', complete: false, rules: [rule('inspected', 1, [])] },
        { finance: 'pledge', complete: false, rules: [rule('inspected', 1, []), rule('weighed', 1, [])] },
      ],
    });
    const lotOf = { type: 'lot' as const, id: lot };
    await attest(network, 'regulator', `AT1-${certificateId}`, 'inspected', lotOf);
    const again = await attest(network, 'regulator', `AT2-${certificateId}`, 'inspected', lotOf, { expiresAt: ahead(3_600_000) });
    expect(again.supersedes).toBe(`AT1-${certificateId}`);
    await attest(network, 'brand', `AT3-${certificateId}`, 'inspected', lotOf);
    await attest(network, 'carrier', `AT4-${certificateId}`, 'disputed', { type: 'certificate', id: certificateId });
    await network.inStep();
    expect(await score()).toMatchObject({
      disputed: [{ mspId: 'CarrierMSP', attestationId: `AT4-${certificateId}`, subject: { type: 'certificate', id: certificateId } }],
      finance: [{ complete: true, rules: [rule('inspected', 0, ['RegulatorMSP'])] }, { complete: true }, { complete: false, rules: [rule('inspected', 0, ['RegulatorMSP']), rule('weighed', 1, [])] }],
    });
    expect(await bank.attestations.evidenceScore({ certificateId, parties: [network.mspId('regulator')] })).toMatchObject({ finance: [{ complete: false }, { complete: false }, { complete: false }] });
    const regulator = await network.as('regulator');
    await network.refused('carrier', 'NOT_A_PARTY', async () => (await network.as('carrier')).attestations.revokeAttestation({ attestationId: `AT2-${certificateId}` }));
    const revoked = await regulator.attestations.revokeAttestation({ attestationId: `AT2-${certificateId}`, reason: 'The wrong lot was looked at.' });
    expect(revoked).toMatchObject({ revoked: true, revokedBecause: 'The wrong lot was looked at.' });
    await network.inStep();
    await network.refused('regulator', 'WRONG_STATE', () => regulator.attestations.revokeAttestation({ attestationId: `AT2-${certificateId}` }));
    expect(await score()).toMatchObject({ finance: [{ complete: false, rules: [rule('inspected', 1, [])] }, { complete: false }, { complete: false }] });
    expect((await bank.attestations.attestationHistory(`AT2-${certificateId}`)).map(({ id, revoked: gone }) => [id, gone])).toEqual([[`AT2-${certificateId}`, true], [`AT1-${certificateId}`, undefined]]);
  }, TRY);

  it('a holder shows its records to the auditor, and to nobody else', async () => {
    const { certificateId, invoiceId, holdingId, orderId } = deal;
    const brand = await network.as('brand');
    const records = [{ type: 'certificate', id: certificateId }, { type: 'invoice', id: invoiceId }, { type: 'holding', id: holdingId }];
    const auditor = network.mspId('carrier');
    const carrier = await network.as('carrier');
    for (const name of records) expect(await carrier.consortium.getSealedRecord(name)).toBeUndefined();
    await network.refused('brand', 'NOT_A_PARTY', () => brand.consortium.openToAuditor({ auditor: network.mspId('bank'), records }));
    await network.refused('bank', 'NOT_FOUND', async () => (await network.as('bank')).consortium.openToAuditor({ auditor, records }));
    const shown = (record: SealedRecord | undefined) => record!;
    const own = shown(await brand.consortium.getSealedRecord(records[1]!));
    for (const [index, marker] of network.markers.entries()) if (marker.label.endsWith(invoiceId) || marker.label.endsWith(orderId)) network.markers[index] = { ...marker, readers: [...marker.readers, auditor] };
    expect(await brand.consortium.openToAuditor({ auditor, records })).toEqual({ auditor, records: [`certificate:${certificateId}`, `invoice:${invoiceId}`, `holding:${holdingId}`] });
    await network.inStep();
    expect(await carrier.consortium.getSealedRecord(records[1]!)).toEqual(own);
    expect((await carrier.invoices.openInvoice(invoiceId)).terms).toMatchObject({ total: deal.face, number: deal.number });
    expect((await carrier.holdings.openHolding(holdingId)).range).toEqual({ from: 1n, to: deal.face, amount: deal.face });
    expect(await (await network.as('bank')).consortium.getSealedRecord({ type: 'order', id: orderId })).toBeUndefined();
  }, TRY);

  it('a change of policy leaves what is under way as it was issued', async () => {
    const { certificateId } = deal;
    const regulator = await network.as('regulator');
    const { policy, version } = await regulator.consortium.policy();
    const before = await regulator.certificates.getCertificate(certificateId);
    await decide(network, { kind: 'change policy', policy: { ...policy, currencies: [...policy.currencies], auditors: [], evidenceForFinance: [], graceDays: 0, lateFeeBps: 900 } }, ['brand', 'bank', 'clearing', 'regulator', 'farm']);
    expect(await regulator.certificates.getCertificate(certificateId)).toEqual(before);
    expect(before!.lateness).toMatchObject({ graceDays: 7, lateFeeBps: 0 });
    const versions = [];
    for await (const { version: number, policy: { graceDays } } of regulator.consortium.policyVersions()) versions.push([number, graceDays]);
    expect(versions).toEqual([[1, 5], [2, 7], [version + 1, 0]]);
    // What is asked now is asked by the policy in force: nothing more is needed before finance, and nobody is an auditor any more.
    expect(await regulator.attestations.evidenceScore({ certificateId })).toMatchObject({ policyVersion: 3, finance: [{ complete: true }, { complete: true }, { complete: true }] });
    await network.refused('brand', 'NOT_A_PARTY', async () => (await network.as('brand')).consortium.openToAuditor({ auditor: network.mspId('carrier'), records: [{ type: 'certificate', id: certificateId }] }));
  }, TRY);

  it('a suspended member starts nothing and is paid all the same; readmitted, it goes on', async () => {
    const { certificateId, holdingId, face } = { ...single, certificateId: `${single.certificateId}-2`, holdingId: `${single.holdingId}-2` };
    const processor = await network.as('processor');
    const mspId = network.mspId('processor');
    const voters = ['brand', 'bank', 'clearing', 'regulator', 'farm'] as const;
    const own = await carry(network, { kind: 'suspend', mspId: network.mspId('factor'), reason: 'Tit for tat.' }, ['processor', 'farm']);
    await activate(network, { ...single, certificateId, holdingId }, 15_000);
    await processor.holdings.offerTransfer(offerToFarm(network, deal, holdingId));
    await decide(network, { kind: 'suspend', mspId, reason: 'An investigation is under way.' }, voters);
    expect(await processor.consortium.getMember(mspId)).toMatchObject({ state: 'suspended', version: 2 });
    expect(await processor.consortium.getMotion(own)).toMatchObject({ inFavour: ['FarmMSP'], needed: 5 });
    for (const start of [
      () => processor.consortium.proposeMotion({ motionId: 'M-no', change: { kind: 'readmit', mspId }, expiresAt: ahead(60_000) }),
      () => processor.consortium.castVote({ motionId: own, inFavour: true }),
      () => processor.consortium.enactMotion({ motionId: own, endorsers: [network.mspId('brand'), network.mspId('bank')] }),
      () => processor.attestations.attest({ attestationId: 'AT-no', subject: { type: 'certificate', id: certificateId }, claim: 'authentic', evidenceHash: '0'.repeat(64) }),
      () => processor.holdings.splitHolding({ holdingId, parts: [{ holdingId: `${holdingId}-1`, amount: 1n }, { holdingId: `${holdingId}-2`, amount: face - 1n }] }),
    ]) expect((await network.refused('processor', 'NOT_A_MEMBER', start)).message).toContain('suspended');
    const brand = await network.as('brand');
    await network.refused('brand', 'NOT_A_MEMBER', () => brand.orders.issueOrder({ orderId: `${deal.upstreamOrderId}-no`, supplier: mspId, expiresAt: ahead(60_000), currency: 'CNY', matchPolicy: 'two-way', lines: [{ line: 1, gtin: '09524001200012', quantity: '1', unit: 'KGM', unitPrice: 1n }] }));
    // It lets go of what it proposed.
    await processor.holdings.withdrawTransfer({ holdingId });
    await processor.consortium.withdrawMotion({ motionId: own });
    await network.inStep();
    await until('NOT_YET', () => brand.certificates.declareDue({ certificateId }));
    await brand.certificates.presentForSettlement({ certificateId, holdingIds: [holdingId] });
    await network.inStep();
    await (await network.as('clearing')).holdings.settleHoldings({ certificateId, holdingIds: [holdingId], paymentReference: `PAY-${certificateId}` });
    await network.inStep();
    expect(await processor.holdings.getHolding(holdingId)).toMatchObject({ state: 'redeemed', owner: mspId });
    const motionId = await decide(network, { kind: 'readmit', mspId }, voters);
    expect(await processor.consortium.getMember(mspId)).toMatchObject({ state: 'active', version: 3, motionId });
    await attest(network, 'processor', `AT5-${certificateId}`, 'weighed', { type: 'certificate', id: certificateId });
  }, TRY);
}
