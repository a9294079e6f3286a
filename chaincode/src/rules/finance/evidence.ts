import { DualchainError } from '@dualchain/model';
import type { CertificateSkeleton, ChannelPolicy, Subject } from '@dualchain/model';

export type EvidenceRule = ChannelPolicy['evidenceForFinance'][number];

/**
 * What a witness may attest to vouch for a certificate: the certificate itself, or all of its shipments, or all of its
 * invoices, or all of its lots. One inspected lot says nothing about the others.
 */
export function subjectsBehind({ id, shipmentIds, invoiceIds, lots }: Pick<CertificateSkeleton, 'id' | 'shipmentIds' | 'invoiceIds' | 'lots'>): Subject[][] {
  const subjects = (type: Subject['type'], ids: readonly string[]): Subject[] => ids.map((subjectId) => ({ type, id: subjectId }));
  return [subjects('certificate', [id]), subjects('shipment', shipmentIds), subjects('invoice', invoiceIds), subjects('lot', lots)].filter((group) => group.length > 0);
}

/** Members that attested every one of these subjects. */
export function inAll(witnesses: readonly (readonly string[])[]): string[] {
  const [first = [], ...others] = witnesses;
  return [...new Set(first)].filter((mspId) => others.every((each) => each.includes(mspId)));
}

/** Throws EVIDENCE_MISSING, naming claim and role, unless enough witnesses that are no party stand behind the certificate. */
export function requireWitnesses({ claim, role, count }: EvidenceRule, witnesses: readonly string[], parties: readonly string[], certificateId: string): void {
  const found = independent(witnesses, parties).length;
  if (found >= count) return;
  throw new DualchainError('EVIDENCE_MISSING', `Finance needs ${count} × "${claim}" by a member with the role ${role} that is no party to the deal, for the certificate ${certificateId} or all of its shipments, invoices or lots; there ${found === 1 ? 'is' : 'are'} ${found}.`, { details: { claim, role, count, found, certificateId } });
}

/** Witnesses that are no party, each once. */
export function independent(witnesses: readonly string[], parties: readonly string[]): string[] {
  return [...new Set(witnesses)].filter((mspId) => !parties.includes(mspId));
}
