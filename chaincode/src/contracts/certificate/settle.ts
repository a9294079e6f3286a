import type { certificateVerbs, CertificateSkeleton, CertificateTerms, ResultOf } from '@dualchain/model';
import { requireNotFrozen } from '../../ledger';
import { closeCertificate, requireClosable, requirePresentable, settleHoldings } from '../../rules/certificate/settlement';
import { paymentDigest, requireSamePayment } from '../../rules/finance/payment';
import { holdingPolicy } from './policies';
import { proveAll, requireHoldings, shareTerms } from './records';
import type { CallOf } from './records';

type Verbs = typeof certificateVerbs;

/** The obligor shows live holdings and the certificate's terms to the settler. Nothing public changes. */
export async function present(call: CallOf<Verbs['presentForSettlement']>): Promise<CertificateSkeleton> {
  const { state, sealed, input, caller } = call;
  const certificate = await state.require('certificate', input.certificateId);
  const holdings = await requireHoldings(call, input.holdingIds);
  requirePresentable(certificate, holdings, caller.mspId);
  const { id, obligor, supplier, settler } = certificate;
  const terms = await sealed.requireGenuine('certificate', id, [obligor, supplier]);
  await proveAll(call, holdings);
  await sealed.share(terms, [settler]);
  for (const holding of holdings) await shareTerms(call, holding.id, [settler]);
  call.emit({ ids: { certificate: id, holding: input.holdingIds }, from: certificate.state, to: certificate.state });
  return certificate;
}

/** The settler paid one owner: by range, so that what was paid is exactly what the redeemed holdings are. */
export async function settle(call: CallOf<Verbs['settleHoldings']>): Promise<ResultOf<Verbs['settleHoldings']>> {
  const { state, anchors, input, caller, at } = call;
  const { certificateId, holdingIds, paymentReference } = input;
  const certificate = await state.require('certificate', certificateId);
  const before = await requireHoldings(call, holdingIds);
  const digest = paymentDigest(caller.mspId, paymentReference);
  const payment = { digest, settler: caller.mspId, purpose: 'settlement', holdingIds, certificateId } as const;
  const standing = await state.get('payment', digest);
  if (standing !== undefined) {
    requireSamePayment(standing, payment);
    return { holdings: before, already: true };
  }
  const holdings = settleHoldings(certificate, before, digest, caller.mspId);
  await requireNotFrozen(call, certificate, before);
  await proveAll(call, before);
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
  requireClosable(before, caller.mspId);
  const holdings = await requireHoldings(call, input.holdingIds);
  const { face } = await sealed.requireGenuine<CertificateTerms>('certificate', before.id, [before.obligor, before.supplier]);
  const certificate = closeCertificate(before, BigInt(face), await proveAll(call, holdings), caller.mspId);
  await state.update('certificate', [certificate.id], certificate);
  call.emit({ ids: { certificate: certificate.id, holding: input.holdingIds }, from: before.state, to: certificate.state });
  return certificate;
}
