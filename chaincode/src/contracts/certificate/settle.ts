import type { certificateVerbs, CertificateSkeleton, CertificateTerms, HoldingSkeleton, ResultOf } from '@dualchain/model';
import { rowOf } from '../../rules/certificate/certificate';
import { closeCertificate, requirePresentable, settleHoldings } from '../../rules/certificate/settlement';
import { paymentDigest, requireSamePayment } from '../../rules/finance/payment';
import { holdingPolicy } from './policies';
import { proveHoldings } from './records';
import type { CallOf } from './records';

type Verbs = typeof certificateVerbs;

/** The obligor shows live holdings and the certificate's terms to the settler. Nothing public changes. */
export async function present(call: CallOf<Verbs['presentForSettlement']>): Promise<CertificateSkeleton> {
  const { state, sealed, input, caller } = call;
  const certificate = await state.require('certificate', input.certificateId);
  rowOf(certificate, 'presentForSettlement', caller.mspId);
  const { id, obligor, supplier, settler } = certificate;
  const terms = await sealed.requireGenuine('certificate', id, [obligor, supplier]);
  const proved = await proveHoldings(call, input.holdingIds);
  requirePresentable(certificate, proved.map(({ holding }) => holding), caller.mspId);
  await sealed.share(terms, [settler]);
  for (const { holding } of proved) await sealed.share(await sealed.requireGenuine('holding', holding.id, []), [settler]);
  call.emit({ ids: { certificate: id, holding: input.holdingIds }, from: certificate.state, to: certificate.state });
  return certificate;
}

/** The settler paid one owner: by range, so that what was paid is exactly what the redeemed holdings are. */
export async function settle(call: CallOf<Verbs['settleHoldings']>): Promise<ResultOf<Verbs['settleHoldings']>> {
  const { state, anchors, input, caller, at } = call;
  const { certificateId, holdingIds, paymentReference } = input;
  const certificate = await state.require('certificate', certificateId);
  const digest = paymentDigest(caller.mspId, paymentReference);
  const payment = { digest, settler: caller.mspId, purpose: 'settlement', holdingIds, certificateId } as const;
  const standing = await state.get('payment', digest);
  if (standing !== undefined) {
    requireSamePayment(standing, payment);
    const holdings: HoldingSkeleton[] = [];
    for (const id of holdingIds) holdings.push(await state.require('holding', id));
    return { holdings, already: true };
  }
  const proved = await proveHoldings(call, holdingIds);
  const holdings = settleHoldings(certificate, proved.map(({ holding }) => holding), digest, caller.mspId);
  const paid = { ...payment, paidTo: holdings[0]?.owner ?? '', at };
  for (const holding of holdings) await state.update('holding', [holding.id], holding, holdingPolicy(holding));
  await state.create('payment', [digest], paid, caller.mspId);
  await anchors.put('payment', [digest], paid, caller.mspId);
  call.emit({ ids: { certificate: certificateId, holding: holdingIds }, from: 'due', to: 'redeemed' });
  return { holdings };
}

/** Obligor or settler proves that every unit was paid. */
export async function close(call: CallOf<Verbs['closeCertificate']>): Promise<CertificateSkeleton> {
  const { state, sealed, input, caller } = call;
  const before = await state.require('certificate', input.certificateId);
  rowOf(before, 'closeCertificate', caller.mspId);
  const { face } = await sealed.requireGenuine<CertificateTerms>('certificate', before.id, [before.obligor, before.supplier]);
  const certificate = closeCertificate(before, BigInt(face), await proveHoldings(call, input.holdingIds), caller.mspId);
  await state.update('certificate', [certificate.id], certificate);
  call.emit({ ids: { certificate: certificate.id, holding: input.holdingIds }, from: before.state, to: certificate.state });
  return certificate;
}
