import type { certificateVerbs, CertificateSkeleton, CertificateTerms, Created, InvoiceSkeleton, InvoiceTerms, ShipmentSkeleton } from '@dualchain/model';
import { allOf, requireMember, requireSameContent, twoPeopleAt } from '../../ledger';
import type { Call, CallOf } from '../../ledger';
import { certifyInvoice, lotsBehind, releaseInvoice, requireFace, shipmentsBehind } from '../../rules/certificate/backing';
import { answerCertificate, confirmCertificate, declareDue, issueCertificate, issuedContent } from '../../rules/certificate/certificate';
import type { Answer } from '../../rules/certificate/certificate';
import { answerFirstHolding, firstHolding } from '../../rules/holding/holding';
import { requireCredit } from './credit';
import { certificatePolicy, certifiedInvoicePolicy, holdingPolicy } from './policies';
import { createHolding, requireSharedTerms } from './records';

type Verbs = typeof certificateVerbs;

/** Maker's proposal: invoices certified, first holding locked, terms sealed for obligor and supplier. */
export async function issue(call: CallOf<Verbs['issueCertificate']>): Promise<Created<CertificateSkeleton>> {
  const { state, sealed, input, content, caller, at } = call;
  const { certificateId: id, supplier, settler, invoiceIds, dueDate, expiresAt, firstHoldingId, creditLineId } = input;
  const obligor = caller.mspId;
  const parties = [obligor, supplier];
  const fields = sealedFields(input, obligor, content);
  const standing = await state.get('certificate', id);
  if (standing !== undefined) {
    const same = standing.obligor === obligor && standing.supplier === supplier && (await sealed.holdsSame('certificate', id, fields, parties));
    requireSameContent('certificate', [id], issuedContent(standing), issuedContent({ ...input, obligor }), same);
    return { ...standing, already: true };
  }
  await requireMember(call, supplier);
  await requireMember(call, settler, 'settler');
  const { policy, authority } = await state.require('channelPolicy', 'current');
  const invoices: InvoiceSkeleton[] = [];
  const proved: { id: string; terms: InvoiceTerms }[] = [];
  for (const invoiceId of invoiceIds) {
    const invoice = certifyInvoice(await state.require('invoice', invoiceId), id, supplier, obligor);
    invoices.push(invoice);
    proved.push({ id: invoiceId, terms: await sealed.requireGenuine<InvoiceTerms>('invoice', invoiceId, parties) });
  }
  const face = requireFace(content, proved);
  if (creditLineId !== undefined) await requireCredit(call, creditLineId, { certificateId: id, obligor, face, currency: content.currency });
  const shipmentIds = shipmentsBehind(invoices);
  const shipments: ShipmentSkeleton[] = [];
  for (const shipmentId of shipmentIds) shipments.push(await state.require('shipment', shipmentId));
  const certificate = issueCertificate({ id, obligor, supplier, settler, authority, dueDate, expiresAt, invoiceIds, shipmentIds, lots: lotsBehind(shipments), firstHoldingId, creditLineId, maker: caller.fingerprint, at }, policy);
  const first = firstHolding(firstHoldingId, { certificateId: id, obligor, owner: supplier, ...(authority === undefined ? {} : { authority }) }, face, content.currency, at);
  const { root } = await sealed.seal('certificate', id, fields, parties);
  const skeleton = { ...certificate, root };
  await state.create('certificate', [id], skeleton, certificatePolicy(skeleton));
  await createHolding(call, first.holding, first.terms);
  for (const invoice of invoices) await state.update('invoice', [invoice.id], invoice, certifiedInvoicePolicy(skeleton));
  for (const lot of skeleton.lots) await state.index('lotCertificate', [lot, id]);
  call.emit({ ids: { certificate: id, holding: firstHoldingId, invoice: invoiceIds }, from: null, to: skeleton.state });
  return skeleton;
}

/** Checker's confirmation. */
export async function confirm(call: CallOf<Verbs['confirmCertificate']>): Promise<CertificateSkeleton> {
  const twoPeople = await twoPeopleAt(call, call.caller.mspId);
  return changeCertificate(call, (certificate) => confirmCertificate(certificate, call.caller.mspId, call.caller.fingerprint, twoPeople));
}

export function due(call: CallOf<Verbs['declareDue']>): Promise<CertificateSkeleton> {
  return changeCertificate(call, (certificate) => declareDue(certificate, call.caller.mspId, call.at));
}

/** The supplier accepts or refuses, the obligor withdraws, or anyone ends it after the deadline: certificate and first holding together, and the invoices released if it is cancelled. */
export async function answer(call: Call<{ certificateId: string }>, verb: Answer): Promise<CertificateSkeleton> {
  const { state, caller, at } = call;
  const { before, after } = await decide(call, (certificate) => answerCertificate(certificate, verb, caller.mspId, at));
  const { id, obligor, supplier, firstHoldingId, lots, invoiceIds } = after;
  const standing = await state.require('holding', firstHoldingId);
  const holding = answerFirstHolding(standing, verb, supplier, caller.mspId);
  await requireSharedTerms(call, standing);
  const released: InvoiceSkeleton[] = [];
  if (after.state === 'cancelled') for (const invoiceId of invoiceIds) released.push(releaseInvoice(await state.require('invoice', invoiceId), id, caller.mspId));
  await state.update('certificate', [id], after);
  await state.update('holding', [holding.id], holding, holdingPolicy(holding));
  for (const invoice of released) await state.update('invoice', [invoice.id], invoice, allOf([obligor, supplier]));
  if (after.state === 'cancelled') for (const lot of lots) await state.remove('lotCertificate', lot, id);
  call.emit({ ids: { certificate: id, holding: holding.id, ...(released.length === 0 ? {} : { invoice: invoiceIds }) }, from: before.state, to: after.state });
  return after;
}

/** What binds the sealed terms of a certificate to it. */
function sealedFields({ supplier, settler, dueDate, firstHoldingId }: CallOf<Verbs['issueCertificate']>['input'], obligor: string, content: CertificateTerms): Record<string, unknown> {
  return { obligor, supplier, settler, dueDate, firstHoldingId, ...content };
}

async function decide({ state, sealed, input }: Pick<Call<{ certificateId: string }>, 'state' | 'sealed' | 'input'>, rule: (certificate: CertificateSkeleton) => CertificateSkeleton): Promise<{ before: CertificateSkeleton; after: CertificateSkeleton }> {
  const before = await state.require('certificate', input.certificateId);
  const after = rule(before);
  await sealed.requireShared('certificate', before.id, [before.obligor, before.supplier]);
  return { before, after };
}

/** A change of the certificate's public side alone; its sealed terms stand with obligor and first supplier. */
export async function changeCertificate(call: Call<{ certificateId: string }>, rule: (certificate: CertificateSkeleton) => CertificateSkeleton): Promise<CertificateSkeleton> {
  const { before, after } = await decide(call, rule);
  await call.state.update('certificate', [after.id], after);
  call.emit({ ids: { certificate: after.id }, from: before.state, to: after.state });
  return after;
}
