import { debtorOf } from '@dualchain/model';
import type { certificateVerbs, CertificateSkeleton, CertificateTerms, ResultOf } from '@dualchain/model';
import { requireNotFrozen, requireSameContent } from '../../ledger';
import type { Call, CallOf, Handlers } from '../../ledger';
import { declareDefault, declareOverdue } from '../../rules/certificate/certificate';
import { closeCertificate, requireClosable, requireLateFee, requirePresentable, settleHoldings, settlePart, tallyCertificate } from '../../rules/certificate/settlement';
import { payeeOf } from '../../rules/finance/pledge';
import { paymentDigest, requireSamePayment } from '../../rules/finance/payment';
import { termsOfParts } from '../../rules/holding/holding';
import { rangeOf, sizeOf } from '../../rules/holding/ranges';
import { changeCertificate } from './issue';
import { bookPayment } from './payments';
import { holdingPolicy } from './policies';
import { createHolding, isAsCreated, proveAll, proveTerms, requireHoldings, shareTerms, tallyId } from './records';

type Verbs = typeof certificateVerbs;

/** From the due date to the close. A payment writes no key that another payment writes, and never the certificate's. */
export const settlingHandlers = {
  /** Reads 4; writes 1. Nothing of the obligor's, who may be gone. */
  declareOverdue: (call) => changeCertificate(call, (certificate) => declareOverdue(certificate, call.caller.mspId, call.at)),
  /** Reads 5; writes 1. Nothing of the obligor's, who may be gone. */
  declareDefault: async (call) => {
    const { holdingId, orderId } = call.input;
    const holding = holdingId === undefined ? undefined : await call.state.require('holding', holdingId);
    return changeCertificate(call, (certificate) => declareDefault(certificate, { holding, orderId }, call.caller.mspId, call.at));
  },
  /** Reads 4 and three a holding; writes 1 and one a holding, all for the settler alone. */
  presentForSettlement: present,
  /** Reads 3, four a holding and one for the certificate's freezes; writes 6 and three a holding: amounts for three, payment with its policy and anchor; holdings with their policies, index. */
  settleHoldings: settle,
  /** Reads 9; writes 20: the two parts with their terms for three, the holding with its policy; amounts for three, payment, index. */
  settlePart: settleOnePart,
  /** Reads 6 and three a holding; writes 2, for debtor and settler. */
  tallyCertificate: tally,
  /** Reads 5 and three a holding; writes 1. */
  closeCertificate: close,
} satisfies Partial<Handlers<Verbs>>;

/** The obligor shows live holdings and the certificate's terms to the settler, or an owner shows what it holds. Nothing public changes. */
async function present(call: CallOf<Verbs['presentForSettlement']>): Promise<CertificateSkeleton> {
  const { state, sealed, input, caller } = call;
  const certificate = await state.require('certificate', input.certificateId);
  const holdings = await requireHoldings(call, input.holdingIds);
  requirePresentable(certificate, holdings, caller.mspId);
  const { id, obligor, supplier, settler } = certificate;
  await proveAll(call, holdings);
  // A later owner has never seen the terms of the whole certificate; the settler can pay it without them.
  if (caller.mspId === obligor || caller.mspId === supplier) await sealed.share(await sealed.requireGenuine('certificate', id, [obligor, supplier]), [settler]);
  for (const holding of holdings) await shareTerms(call, holding.id, [settler]);
  call.emit({ ids: { certificate: id, holding: input.holdingIds }, from: certificate.state, to: certificate.state });
  return certificate;
}

/** The settler paid one owner: by range, so that what was paid is exactly what the redeemed holdings are. */
async function settle(call: CallOf<Verbs['settleHoldings']>): Promise<ResultOf<Verbs['settleHoldings']>> {
  const { state, input, content, caller, at } = call;
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
  const proved = await proveAll(call, before);
  const amount = proved.reduce((sum, { terms }) => sum + sizeOf(rangeOf(terms)), 0n);
  const amounts = requireLateFee(certificate, amount, BigInt(content.lateFee), at);
  for (const holding of holdings) await state.update('holding', [holding.id], holding, holdingPolicy(holding));
  await bookPayment(call, { ...payment, paidTo: before[0] === undefined ? '' : payeeOf(before[0]) }, proved[0]?.terms.currency ?? '', amounts, { debtor: debtorOf(certificate), owner: before[0]?.owner ?? '' });
  call.emit({ ids: { certificate: certificateId, holding: holdingIds }, from: certificate.state, to: 'redeemed' });
  return { holdings };
}

/** The settler paid a part of one holding. It keeps the terms of the rest, so that it can pay on. */
async function settleOnePart(call: CallOf<Verbs['settlePart']>): Promise<ResultOf<Verbs['settlePart']>> {
  const { state, input, content, caller, at } = call;
  const { certificateId, holdingId, paidHoldingId: paidId, restHoldingId: restId, paymentReference } = input;
  const certificate = await state.require('certificate', certificateId);
  const before = await state.require('holding', holdingId);
  const digest = paymentDigest(caller.mspId, paymentReference);
  const payment = { digest, settler: caller.mspId, purpose: 'settlement', holdingIds: [paidId], certificateId } as const;
  const amount = BigInt(content.amount);
  const standing = await state.get('payment', digest);
  if (standing !== undefined) {
    requireSamePayment(standing, payment);
    const [paid, rest] = [await state.require('holding', paidId), await state.require('holding', restId)];
    const terms = await proveTerms(call, before);
    const [paidTerms] = termsOfParts(terms, [paidId, restId], [amount, sizeOf(rangeOf(terms)) - amount]);
    const same = before.children?.join() === [paidId, restId].join() && paidTerms !== undefined && (await isAsCreated(call, paid, before.owner, paidTerms));
    requireSameContent('holding', [paidId], null, null, same);
    return { parent: before, paid, rest, already: true };
  }
  const terms = await proveTerms(call, before);
  const { parent, ...parts } = settlePart(certificate, before, terms, { paidId, restId, amount, digest, at }, caller.mspId);
  await requireNotFrozen(call, certificate, [before]);
  const amounts = requireLateFee(certificate, amount, BigInt(content.lateFee), at);
  const paid = await createHolding(call, parts.paid, parts.paidTerms, [caller.mspId]);
  const rest = await createHolding(call, parts.rest, parts.restTerms, [caller.mspId]);
  await state.update('holding', [holdingId], parent, holdingPolicy(parent));
  await bookPayment(call, { ...payment, paidTo: before.owner }, terms.currency, amounts, { debtor: debtorOf(certificate), owner: before.owner });
  call.emit({ ids: { certificate: certificateId, holding: [holdingId, paidId, restId] }, from: certificate.state, to: 'redeemed' });
  return { parent, paid, rest };
}

/** Of a certificate with very many holdings: how far the ended ones reach, sealed between debtor and settler. */
async function tally(call: CallOf<Verbs['tallyCertificate']>): Promise<CertificateSkeleton> {
  const { state, sealed, input, caller } = call;
  const certificate = await state.require('certificate', input.certificateId);
  requireClosable(certificate, 'tallyCertificate', caller.mspId);
  const holdings = await requireHoldings(call, input.holdingIds);
  const covered = tallyCertificate(certificate, await coveredBefore(call, certificate), await proveAll(call, holdings), caller.mspId);
  await sealed.seal('tally', tallyId(certificate), { certificateId: certificate.id, covered: covered.toString() }, [debtorOf(certificate), certificate.settler]);
  call.emit({ ids: { certificate: certificate.id, holding: input.holdingIds }, from: certificate.state, to: certificate.state });
  return certificate;
}

/** The unit that the last tally reached, 0 without one. One hash read, two more with one. */
async function coveredBefore({ sealed }: Pick<Call, 'sealed'>, certificate: CertificateSkeleton): Promise<bigint> {
  const { settler } = certificate;
  if ((await sealed.hashAt('tally', tallyId(certificate), settler)) === undefined) return 0n;
  return BigInt((await sealed.requireGenuine<{ covered: string }>('tally', tallyId(certificate), [debtorOf(certificate), settler])).covered);
}

/** Obligor or settler proves that every unit was paid. */
async function close(call: CallOf<Verbs['closeCertificate']>): Promise<CertificateSkeleton> {
  const { state, sealed, input, caller } = call;
  const before = await state.require('certificate', input.certificateId);
  requireClosable(before, 'closeCertificate', caller.mspId);
  const holdings = await requireHoldings(call, input.holdingIds);
  const { face } = await sealed.requireGenuine<CertificateTerms>('certificate', before.id, [before.obligor, before.supplier]);
  const certificate = closeCertificate(before, BigInt(face), await proveAll(call, holdings), caller.mspId, await coveredBefore(call, before));
  await state.update('certificate', [certificate.id], certificate);
  call.emit({ ids: { certificate: certificate.id, holding: input.holdingIds }, from: before.state, to: certificate.state });
  return certificate;
}
