import { keeperOf, recordKey } from '@dualchain/model';
import type { CertificateSkeleton, HoldingSkeleton, SealedRecord } from '@dualchain/model';
import { isCounted } from './claim-book';
import type { Claim } from './claim-book';
import { stepInvariant } from './invariant';
import type { Findings } from './invariant';
import { isClaim, isLive } from './ledger-state';
import type { LedgerState } from './ledger-state';
import { numberIn } from './numbers';
import { creatingVerbs, endedCertificateStates, endingVerbs, paidStates, untouchingVerbs } from './rules';
import { changesOf } from './step';
import type { Step } from './step';

export const coverage = stepInvariant('1', 'Live and redeemed ranges of a certificate are disjoint and cover 1 to its face', (step, state, find) => {
  for (const holdingId of state.holdingsTouched) requireInRange(holdingId, step, state, find);
  for (const certificateId of state.certificatesTouched) {
    const { counted } = state.claims(certificateId);
    if (hasEnded(state, certificateId)) {
      find.require(counted.number === 0, step, () => `the cancelled certificate ${certificateId} has claims left`);
      continue;
    }
    const face = faceOf(state, certificateId);
    if (face === undefined || counted.total === undefined) find.hide(Math.max(1, counted.hidden));
    else find.require(counted.total === face, step, () => `the claims of ${certificateId} do not cover its face`);
  }
});

export const liveSum = stepInvariant('2', 'Live holdings are the face less what was paid, netted and replaced', (step, state, find) => {
  for (const holdingId of state.holdingsTouched) {
    const claim = claimOf(state, holdingId);
    if (claim !== undefined) find.require(claim.redeemed === claim.paid, step, () => `holding ${holdingId} is ${claim.holding.state}, but ${claim.paid ? 'a payment names it' : 'no payment does'}`);
  }
  for (const certificateId of state.certificatesTouched) {
    const { live: { total: live }, paid: { total: paid }, reduced: { total: reduced } } = state.claims(certificateId);
    const face = faceOf(state, certificateId);
    if (face === undefined || live === undefined || paid === undefined || reduced === undefined) find.hide();
    else if (hasEnded(state, certificateId)) find.require(live === 0n, step, () => `the cancelled certificate ${certificateId} has live holdings`);
    else find.require(live === face - paid - reduced, step, () => `the live holdings of ${certificateId} are not its face less what was paid, netted and replaced`);
  }
});

export const conservation = stepInvariant('3', 'Splitting, merging, transferring, financing, freezing and disputing never change the sum of claims', (step, state, find) => {
  for (const { key, before, after } of step.records) {
    const holding = before?.type === 'holding' ? state.get('holding', before.id) : undefined;
    if (before === undefined || holding === undefined || (after !== undefined && claimOf(state, holding.id)?.range === undefined)) continue;
    find.require(sameClaim(before, after), step, () => `the sealed range of ${key} changed`);
  }
  const moved = new Map<string, Moved>();
  for (const { before, after } of changesOf(step, 'holding')) {
    const certificateId = (after ?? before)?.certificateId ?? '';
    const { gone, come } = moved.get(certificateId) ?? { gone: [], come: [] };
    moved.set(certificateId, { gone, come });
    if (before !== undefined && isLive(before) && !isLive(after)) gone.push(before);
    // What a part payment redeems comes into being paid; it is a part of what was spent like the rest.
    const isNew = isLive(after) ? !isLive(before) : before === undefined && after !== undefined && paidStates.includes(after.state);
    if (after !== undefined && isNew && isClaim(state, after)) come.push(after);
  }
  if (untouchingVerbs.includes(step.verb)) find.require(changesOf(step, 'holding').length === 0, step, () => `${step.verb} changed holdings`);
  for (const { before, after } of changesOf(step, 'certificate')) {
    if (step.verb === 'disputeCertificate' && before?.state === 'active' && after?.state === 'disputed') requireWithSupplier(after, step, state, find);
  }
  for (const [certificateId, each] of moved) requireConserved(certificateId, each, step, state, find);
});

/** Everyone can check this one: hashes are public. What is not genuine is no claim, and no other check counts it. */
export const genuineness = stepInvariant('principle 4', 'Of each live holding the same sealed record stands with its owner and with the obligor, or who stands in for it', (step, state, find) => {
  for (const { after } of changesOf(step, 'holding')) {
    if (after === undefined || !isLive(after)) continue;
    const key = recordKey('holding', after.id);
    const owned = state.hashAt(after.owner, key);
    find.require(isClaim(state, after) && owned === state.hashAt(keeperOf(after), key), step, () => `holding ${after.id} of ${after.owner} is not genuine: ${after.standIn ?? 'the obligor'} holds no equal record`);
  }
});

interface Moved {
  readonly gone: HoldingSkeleton[];
  readonly come: HoldingSkeleton[];
}

function requireInRange(holdingId: string, step: Step, state: LedgerState, find: Findings): void {
  const claim = claimOf(state, holdingId);
  if (claim === undefined || !isCounted(claim) || claim.range === undefined) return;
  const { holding: { certificateId }, range } = claim;
  const face = faceOf(state, certificateId);
  find.require(range.certificateId === certificateId, step, () => `the sealed record of ${holdingId} belongs to another certificate`);
  find.require(range.from >= 1n && range.from <= range.to && (face === undefined || range.to <= face), step, () => `the range of ${holdingId} is not within 1 to the face of ${certificateId}`);
  const other = state.claims(certificateId).overlapping(holdingId);
  find.require(other === undefined, step, () => `${holdingId} and ${other ?? ''} overlap`);
}

function requireConserved(certificateId: string, { gone, come }: Moved, step: Step, state: LedgerState, find: Findings): void {
  if (creatingVerbs.includes(step.verb)) {
    find.require(gone.length === 0 && come.length === 1 && changesOf(step, 'certificate').some(({ before, after }) => before === undefined && after?.firstHoldingId === come[0]?.id), step, () => `issuing ${certificateId} made other claims than its first holding`);
    return;
  }
  if (endingVerbs.includes(step.verb)) {
    find.require(come.length === 0, step, () => `${step.verb} made new claims on ${certificateId}`);
    return;
  }
  const parents = new Set(gone.map(({ id }) => id));
  for (const part of come) find.require(part.parents.length > 0 && part.parents.every((parent) => parents.has(parent)), step, () => `holding ${part.id} is not made of the holdings that were spent for it`);
  find.require((gone.length === 0) === (come.length === 0), step, () => `${step.verb} ${come.length === 0 ? 'ended' : 'made'} claims on ${certificateId}`);
  const [before, after] = [sumOf(state, gone), sumOf(state, come)];
  if (before === undefined || after === undefined) find.hide();
  else find.require(before === after, step, () => `${step.verb} changed the sum of the claims on ${certificateId}`);
}

/** The independence rule: an obligor's dispute suspends nothing that a third party holds. */
function requireWithSupplier({ id, supplier }: CertificateSkeleton, step: Step, state: LedgerState, find: Findings): void {
  for (const holding of state.find('holdingsOfCertificate', id)) if (isLive(holding) && isClaim(state, holding)) find.require(holding.owner === supplier, step, () => `the dispute suspends ${id} although ${holding.owner} owns ${holding.id}`);
}

function sameClaim(before: SealedRecord, after: SealedRecord | undefined): boolean {
  return after !== undefined && ['certificateId', 'from', 'to'].every((field) => before[field] === after[field]);
}

function claimOf(state: LedgerState, holdingId: string): Claim | undefined {
  const holding = state.get('holding', holdingId);
  return holding === undefined ? undefined : state.claims(holding.certificateId).get(holdingId);
}

function hasEnded(state: LedgerState, certificateId: string): boolean {
  return endedCertificateStates.includes(state.get('certificate', certificateId)?.state ?? '');
}

function faceOf(state: LedgerState, certificateId: string): bigint | undefined {
  return numberIn(state.record('certificate', certificateId), 'face');
}

/** Sum in minor units; undefined where one of them is sealed to others. */
function sumOf(state: LedgerState, holdings: readonly HoldingSkeleton[]): bigint | undefined {
  let sum = 0n;
  for (const { id } of holdings) {
    const range = claimOf(state, id)?.range;
    if (range === undefined) return undefined;
    sum += range.amount;
  }
  return sum;
}
