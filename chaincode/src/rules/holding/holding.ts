import { DualchainError, fieldRoot, holdingTable } from '@dualchain/model';
import type { CertificateSkeleton, ErrorCode, HoldingSkeleton, HoldingState, HoldingTerms, SealedRecord, Transition } from '@dualchain/model';
import { requireTransition } from '../transition';
import { formatRange, joinRanges, rangeOf, splitRange } from './ranges';

/** A holding before its terms are sealed. */
export type NewHolding = Omit<HoldingSkeleton, 'root'>;

/** Who and whose certificate a new holding is about. */
type Claim = Pick<HoldingSkeleton, 'certificateId' | 'obligor' | 'owner'> & { readonly authority?: string };

/** The row for a verb on a holding, with the parties of its open proposal. Throws NOT_A_PARTY and the code for a wrong state. */
export function rowOf(holding: HoldingSkeleton, verb: string, caller: string, options: { readonly settler?: string; readonly supplier?: string; readonly wrongState?: ErrorCode } = {}): Transition<HoldingState> {
  const { id, state, owner, obligor, authority, proposal } = holding;
  const parties = { owner, obligor, authority, receiver: proposal?.receiver, financier: proposal?.financier, settler: options.settler, supplier: options.supplier };
  return requireTransition(holdingTable, verb, { id, state, parties }, caller, options.wrongState);
}

/**
 * The opened record is the one that this skeleton was written with: it binds its id, certificate, obligor and owner,
 * and hashes to the root. With the hashes in the collections of obligor and owner this leaves no way to use
 * - the copy of a former owner: each change of owner seals a new record, so the skeleton names another owner and root,
 *   and the obligor's collection holds another hash under the id;
 * - the copy of a receiver who refused or a financier who lost: it reads as the owner's, the skeleton names the owner,
 *   every row asks for the owner as caller, and the key-level policy was taken back with the proposal;
 * - the record of a holding that was spent or redeemed: it stays genuine, but no row leads out of those states, and ids
 *   are never given twice;
 * - the record of another holding: the id is in its bytes.
 * Throws NOT_GENUINE.
 */
export function requireBound(holding: HoldingSkeleton, record: SealedRecord & HoldingTerms): HoldingTerms {
  const { id, certificateId, obligor, owner, root } = holding;
  if (record.id !== id || record.certificateId !== certificateId || record.obligor !== obligor || record.owner !== owner || fieldRoot(record) !== root) {
    throw new DualchainError('NOT_GENUINE', `The sealed record of holding ${id} is not the one that its skeleton was written with; read the present one at your own peer.`, { details: { id } });
  }
  const { currency, from, to } = record;
  return { certificateId, obligor, owner, currency, from, to };
}

/** Whether or not it is in the right state. Throws NOT_A_PARTY. */
export function requireOwner({ id, owner }: HoldingSkeleton, verb: string, caller: string): void {
  requireTransition(holdingTable, verb, { id, state: 'free', parties: { owner } }, caller);
}

/** Throws CERTIFICATE_NOT_ACTIVE. */
export function requireActive({ id, state }: Pick<CertificateSkeleton, 'id' | 'state'>): void {
  if (state !== 'active') throw new DualchainError('CERTIFICATE_NOT_ACTIVE', `The certificate ${id} is ${state}; its holdings change hands only while it is active.`, { details: { certificateId: id, state } });
}

/** The first holding of a certificate: all units, locked until the supplier consents. */
export function firstHolding(id: string, claim: Claim, face: bigint, currency: string, at: string): { holding: NewHolding; terms: HoldingTerms } {
  const { certificateId, obligor, owner } = claim;
  const { to } = requireTransition(holdingTable, 'issueCertificate', { id, state: null, parties: { obligor } }, obligor);
  return { holding: { ...made(id, claim, [], 0, at), state: to }, terms: { certificateId, obligor, owner, currency, ...formatRange({ from: 1n, to: face }) } };
}

/** Supplier and obligor decide about the first holding together with its certificate. Throws NOT_A_PARTY, WRONG_STATE. */
export function answerFirstHolding(holding: HoldingSkeleton, verb: 'acceptCertificate' | 'refuseCertificate' | 'withdrawCertificate' | 'expireCertificate', supplier: string, caller: string): HoldingSkeleton {
  return { ...holding, state: rowOf(holding, verb, caller, { supplier }).to };
}

/**
 * Splits a holding into parts that partition it exactly. Throws NOT_A_PARTY, HOLDING_NOT_FREE, CERTIFICATE_NOT_ACTIVE,
 * INVALID_INPUT, AMOUNT_TOO_SMALL, AMOUNT_MISMATCH.
 */
export function splitHolding(parent: HoldingSkeleton, terms: HoldingTerms, partIds: readonly string[], amounts: readonly bigint[], certificate: CertificateSkeleton, caller: string, at: string): { parent: HoldingSkeleton; parts: { holding: NewHolding; terms: HoldingTerms }[] } {
  const { to } = rowOf(parent, 'splitHolding', caller, { wrongState: 'HOLDING_NOT_FREE' });
  requireActive(certificate);
  requireDistinct([parent.id, ...partIds]);
  const partTerms = termsOfParts(terms, partIds, amounts);
  return {
    parent: { ...parent, state: to, children: [...partIds] },
    parts: partIds.flatMap((id, index) => {
      const part = partTerms[index];
      return part === undefined ? [] : [{ holding: made(id, parent, [parent.id], parent.tier, at), terms: part }];
    }),
  };
}

/** Sealed terms of the parts, in order. Throws INVALID_INPUT, AMOUNT_TOO_SMALL, AMOUNT_MISMATCH. */
export function termsOfParts(terms: HoldingTerms, partIds: readonly string[], amounts: readonly bigint[]): HoldingTerms[] {
  if (amounts.length !== partIds.length) throw new DualchainError('INVALID_INPUT', `There must be one amount for each of the ${partIds.length} parts.`, { details: { parts: partIds.length } });
  return splitRange(rangeOf(terms), amounts).map((range) => ({ ...terms, ...formatRange(range) }));
}

/**
 * Joins adjacent holdings of one owner and certificate. Throws NOT_A_PARTY, HOLDING_NOT_FREE, CERTIFICATE_NOT_ACTIVE,
 * INVALID_INPUT, AMOUNT_MISMATCH.
 */
export function mergeHoldings(parents: readonly { readonly holding: HoldingSkeleton; readonly terms: HoldingTerms }[], into: string, certificate: CertificateSkeleton, caller: string, at: string): { parents: HoldingSkeleton[]; whole: NewHolding; terms: HoldingTerms } {
  const [first] = parents;
  if (first === undefined) throw new DualchainError('INVALID_INPUT', 'Name the holdings to merge.');
  requireDistinct([into, ...parents.map(({ holding }) => holding.id)]);
  const spent = parents.map(({ holding }) => {
    const { to } = rowOf(holding, 'mergeHoldings', caller, { wrongState: 'HOLDING_NOT_FREE' });
    return { ...holding, state: to, children: [into] };
  });
  requireActive(certificate);
  const whole = made(into, first.holding, parents.map(({ holding }) => holding.id), Math.max(...parents.map(({ holding }) => holding.tier)), at);
  return { parents: spent, whole, terms: termsOfWhole(parents.map(({ terms }) => terms)) };
}

/** Sealed terms of what is joined. Throws INVALID_INPUT, AMOUNT_MISMATCH. */
export function termsOfWhole(parts: readonly HoldingTerms[]): HoldingTerms {
  const [first] = parts;
  if (first === undefined || parts.some(({ certificateId }) => certificateId !== first.certificateId)) throw new DualchainError('INVALID_INPUT', 'Only holdings of one certificate can be merged.');
  return { ...first, ...formatRange(joinRanges(parts.map(rangeOf))) };
}

/** A new free holding. It has no assignments of its own: those of its parents are its history. */
function made(id: string, { certificateId, obligor, owner, authority }: Claim, parents: readonly string[], tier: number, at: string): NewHolding {
  return { id, certificateId, obligor, ...(authority === undefined ? {} : { authority }), owner, state: 'free', parents, assignments: [], tier, createdAt: at };
}

function requireDistinct(ids: readonly string[]): void {
  const twice = ids.find((id, index) => ids.indexOf(id) !== index);
  if (twice !== undefined) throw new DualchainError('INVALID_INPUT', `The holding ${twice} is named twice.`, { details: { holdingId: twice } });
}
