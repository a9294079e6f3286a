import { sha256Hex } from '../../model/src';
import { ahead, document } from '../support/deal';
import { whenTime } from '../support/time';
import { newLot } from '../collateral/goods';
import { bought, claim, HOUR, sell } from './lanes';
import type { Cast } from './lanes';

/** A suspended certificate that is with its first supplier, and is cancelled by an order. */
export async function orderedCancellationLane(cast: Cast): Promise<void> {
  const { as, msp, done, tried } = cast;
  const [brand, processor, regulator] = [await as('brand'), await as('processor'), await as('regulator')];
  const { certificateId, part } = await claim(cast, ['free', 'offered', 'quotes', 'agreed']);
  const all = ['free', 'offered', 'quotes', 'agreed'].map(part);
  await tried(() => brand.disputes.disputeCertificate({ certificateId, disputeId: 'D-X', reason: 'quality', endsAt: ahead(HOUR), holdingIds: all, amount: 77_123n, statement: 'Cartons arrived thawed.' }));
  const tradeReference = await bought(cast, 'farm', 'processor', `PO-U-${certificateId}`);
  await Promise.all([done(processor.holdings.offerTransfer({ holdingId: part('offered'), receiver: msp('farm'), tradeReference, expiresAt: ahead(HOUR) })), sell(cast, part('quotes'), 'processor', 'farm', 'with', 'requested')]);
  await done(regulator.disputes.suspendCertificate({ certificateId, orderId: 'S-1', reason: 'fraud', endsAt: ahead(HOUR) }));
  await done(processor.disputes.agreeCancellation({ holdingId: part('agreed') }));
  await tried(() => processor.disputes.endAgreement({ holdingId: part('agreed') }), () => regulator.disputes.resolveDispute({ certificateId, disputeId: 'S-1', orderId: 'S-1-over' }));
  await done(regulator.disputes.orderCancellation({ certificateId, orderId: 'S-2' }));
  await done(brand.disputes.executeCancellation({ certificateId, holdingIds: all }));
}

/** A disputed certificate of which a financier holds a part, cancelled when all agree. */
export async function agreedCancellationLane(cast: Cast): Promise<void> {
  const { as, done } = cast;
  const [brand, processor, farm, regulator] = [await as('brand'), await as('processor'), await as('farm'), await as('regulator')];
  const { certificateId, part } = await claim(cast, ['a', 'b']);
  await sell(cast, part('b'), 'processor', 'farm');
  await done(brand.disputes.disputeCertificate({ certificateId, disputeId: 'D-1', reason: 'quality', endsAt: ahead(HOUR), holdingIds: [], amount: 77_321n, statement: 'Cartons arrived wet.' }));
  await done(brand.disputes.resolveDispute({ certificateId, disputeId: 'D-1' }));
  await done(regulator.disputes.suspendCertificate({ certificateId, orderId: 'S-1', reason: 'fraud', endsAt: ahead(HOUR) }));
  await Promise.all([done(processor.disputes.agreeCancellation({ holdingId: part('a') })), done(farm.disputes.agreeCancellation({ holdingId: part('b') }))]);
  await done(processor.disputes.endAgreement({ holdingId: part('a') }));
  await done(processor.disputes.agreeCancellation({ holdingId: part('a') }));
  await done(brand.disputes.cancelCertificate({ certificateId, holdingIds: [part('a'), part('b')] }));
}

/** What a financier lets an obligor owe. */
export async function creditLane({ network, as, msp, done, soon }: Cast): Promise<void> {
  const [brand, bank] = [await as('brand'), await as('bank')];
  const creditLineId = 'L-1';
  const limit = 7_654_321n;
  network.markers.push({ value: `"limit":"${limit}"`, label: `limit of ${creditLineId}`, readers: [msp('bank'), msp('brand')] });
  await done(bank.creditLines.setCreditLine({ creditLineId, obligor: msp('brand'), limit, currency: 'CNY' }));
  await done(bank.creditLines.changeCreditLine({ creditLineId, limit: limit + 1n }));
  const reserve = (certificateId: string, expiresAt: Date) => done(brand.creditLines.reserveCredit({ creditLineId, certificateId, amount: 4_321n, expiresAt }));
  await reserve('C-never', soon(1));
  await reserve('C-neither', soon(1));
  await whenTime(() => done(brand.creditLines.releaseCredit({ creditLineId, certificateId: 'C-never' })));
  await done(bank.creditLines.closeCreditLine({ creditLineId }));
  await whenTime(() => done(brand.creditLines.releaseCredit({ creditLineId, certificateId: 'C-neither' })));
}

/** A frozen holding, and who is shown what. */
export async function orderLane(cast: Cast): Promise<void> {
  const { as, msp, done } = cast;
  const [processor, regulator, checker] = [await as('processor'), await as('regulator'), await as('farm', 'checker')];
  const { holdingId } = await claim(cast);
  await done(regulator.freezes.freezeHolding({ holdingId, orderId: 'F-1', reason: 'tax', endsAt: ahead(HOUR) }));
  await done(regulator.freezes.liftFreeze({ scopeType: 'holding', scopeId: holdingId, orderId: 'F-1', liftedBy: 'F-2' }));
  await done(processor.consortium.openToAuditor({ auditor: msp('regulator'), records: [{ type: 'holding', id: holdingId }] }));
  await done(checker.consortium.setOrganisationPolicy({ twoPeople: true }));
  await done(checker.trace.delegatePlaces({ delegate: msp('carrier'), places: [] }));
}

/** What is said of goods. */
export async function wordsLane({ as, done }: Cast): Promise<void> {
  const [carrier, processor, regulator] = [await as('carrier'), await as('processor'), await as('regulator')];
  const [lot, product] = [newLot(), newLot()];
  await done(carrier.attestations.attest({ attestationId: 'AT-1', subject: { type: 'lot', id: lot }, claim: 'weighed', evidenceHash: sha256Hex(lot) }));
  await done(carrier.attestations.revokeAttestation({ attestationId: 'AT-1' }));
  const cooked = { type: 'TransformationEvent', eventTime: ahead(-3 * HOUR).toISOString(), eventTimeZoneOffset: '+00:00', bizStep: 'creating_class_instance', inputQuantityList: [{ epcClass: lot, quantity: 50, uom: 'KGM' }], outputQuantityList: [{ epcClass: product, quantity: 100, uom: 'KGM' }], readPoint: { id: 'urn:epc:id:sgln:9524002.00200.0' } };
  await done(processor.trace.capture(document([cooked])));
  const recall = { recallId: 'R-1' };
  await done(regulator.recalls.openRecall({ ...recall, lot, reasonClass: 'other', reason: 'A sample.' }));
  await done(regulator.recalls.advanceRecall(recall));
  // One flag in a transaction, so that it is seen while it closes.
  await done(regulator.recalls.closeRecall({ ...recall, limit: 1 }));
}
