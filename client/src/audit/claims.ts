import { liveHoldingStates, recordHash, recordKey } from '@dualchain/model';
import type { HoldingSkeleton, SealedRecord } from '@dualchain/model';
import { rangeOf } from '../results/objects';
import type { HoldingRange } from '../results/objects';
import { invariant } from './invariant';
import type { Findings } from './invariant';
import { changesOf, walk } from './ledger';
import type { LedgerState, Step } from './ledger';

/** Verbs that end claims or make them; all others keep the sum of live claims. */
const creating = 'issueCertificate';
const ending: readonly string[] = ['settleHoldings', 'refuseCertificate', 'withdrawCertificate'];

export const coverage = invariant('1', 'Live and redeemed ranges of a certificate are disjoint and cover 1 to its face', (ledger, find) => {
  for (const { step, state } of walk(ledger)) for (const certificateId of certificatesTouched(step)) requireCoverage(certificateId, step, state, find);
});

export const liveSum = invariant('2', 'Live holdings are the face less what was paid', (ledger, find) => {
  for (const { step, state } of walk(ledger)) {
    for (const certificateId of certificatesTouched(step)) {
      const holdings = holdingsOf(state, certificateId);
      const paid = new Set(state.all('payment').flatMap((payment) => (payment.purpose === 'settlement' && payment.certificateId === certificateId ? payment.holdingIds : [])));
      for (const { id, state: holdingState } of holdings) find.require((holdingState === 'redeemed') === paid.has(id), step, () => `holding ${id} is ${holdingState}, but ${paid.has(id) ? 'a settlement names it' : 'no settlement does'}`);
      const face = faceOf(state, certificateId);
      const live = sumOf(state, holdings.filter(isLive));
      const settled = sumOf(state, holdings.filter(({ id }) => paid.has(id)));
      if (face === undefined || live === undefined || settled === undefined) find.hide();
      else if (state.get('certificate', certificateId)?.state !== 'cancelled') find.require(live === face - settled, step, () => `the live holdings of ${certificateId} are not its face less what was paid`);
      else find.require(live === 0n, step, () => `the cancelled certificate ${certificateId} has live holdings`);
    }
  }
});

export const conservation = invariant('3', 'Splitting, merging, transferring and financing never change the sum of live holdings', (ledger, find) => {
  for (const { step, state } of walk(ledger)) {
    for (const { key, before, after } of step.records) {
      const holding = before?.type === 'holding' ? state.get('holding', before.id) : undefined;
      if (before === undefined || holding === undefined || (after !== undefined && claimOf(state, holding) === undefined)) continue;
      find.require(sameClaim(before, after), step, () => `the sealed range of ${key} changed`);
    }
    for (const certificateId of certificatesTouched(step)) {
      const changes = changesOf(step, 'holding').filter((change) => (change.after ?? change.before)?.certificateId === certificateId);
      const gone = changes.flatMap(({ before, after }) => (isLive(before) && !isLive(after) && before !== undefined ? [before] : []));
      const come = changes.flatMap(({ before, after }) => (isLive(after) && !isLive(before) && after !== undefined && isClaim(state, after) ? [after] : []));
      requireConserved(certificateId, { gone, come }, step, state, find);
    }
  }
});

/** Everyone can check this one: hashes are public. What is not genuine is no claim, and no other check counts it. */
export const genuineness = invariant('principle 4', 'Of each live holding the same sealed record stands with its owner and with the obligor', (ledger, find) => {
  for (const { step, state } of walk(ledger)) {
    for (const { after } of changesOf(step, 'holding')) {
      if (after === undefined || !isLive(after)) continue;
      const owned = state.hashAt(after.owner, recordKey('holding', after.id));
      find.require(isClaim(state, after) && owned === hashOf(state, after), step, () => `holding ${after.id} of ${after.owner} is not genuine: the obligor holds no equal record`);
    }
  }
});

/** Whether the obligor of the certificate stands for a holding by a record of its own; a skeleton without one is nothing but text. */
export function isClaim(state: LedgerState, holding: HoldingSkeleton): boolean {
  return state.get('certificate', holding.certificateId)?.obligor === holding.obligor && hashOf(state, holding) !== undefined;
}

export function isLive(holding: HoldingSkeleton | undefined): boolean {
  return holding !== undefined && liveHoldingStates.includes(holding.state);
}

function hashOf(state: LedgerState, { id, obligor }: HoldingSkeleton): string | undefined {
  return state.hashAt(obligor, recordKey('holding', id));
}

/** Units of a holding by the own record of it; undefined where the organisation has none, or one that the obligor does not hold too. */
function claimOf(state: LedgerState, holding: HoldingSkeleton): (HoldingRange & { readonly certificateId: unknown }) | undefined {
  const record = state.record('holding', holding.id);
  const range = rangeOf(record);
  return record === undefined || range === undefined || recordHash(record) !== hashOf(state, holding) ? undefined : { ...range, certificateId: record['certificateId'] };
}

function requireCoverage(certificateId: string, step: Step, state: LedgerState, find: Findings): void {
  const counted = holdingsOf(state, certificateId).filter((holding) => isLive(holding) || holding.state === 'redeemed');
  if (state.get('certificate', certificateId)?.state === 'cancelled') {
    find.require(counted.length === 0, step, () => `the cancelled certificate ${certificateId} has claims left`);
    return;
  }
  const face = faceOf(state, certificateId);
  const ranges: (HoldingRange & { readonly id: string })[] = [];
  for (const holding of counted) {
    const { id } = holding;
    const range = claimOf(state, holding);
    if (range === undefined) {
      find.hide();
      continue;
    }
    find.require(range.certificateId === certificateId, step, () => `the sealed record of ${id} belongs to another certificate`);
    find.require(range.from >= 1n && range.from <= range.to && (face === undefined || range.to <= face), step, () => `the range of ${id} is not within 1 to the face of ${certificateId}`);
    ranges.push({ ...range, id });
  }
  ranges.sort((a, b) => (a.from < b.from ? -1 : 1));
  for (const [index, range] of ranges.entries()) {
    const next = ranges[index + 1];
    if (next !== undefined) find.require(range.to < next.from, step, () => `${range.id} and ${next.id} overlap`);
  }
  if (face === undefined || ranges.length < counted.length) find.hide();
  else find.require(ranges.reduce((sum, { amount }) => sum + amount, 0n) === face, step, () => `the claims of ${certificateId} do not cover its face`);
}

function requireConserved(certificateId: string, { gone, come }: { readonly gone: readonly HoldingSkeleton[]; readonly come: readonly HoldingSkeleton[] }, step: Step, state: LedgerState, find: Findings): void {
  if (step.verb === creating) {
    find.require(gone.length === 0 && come.length === 1 && changesOf(step, 'certificate').some(({ before, after }) => before === undefined && after?.firstHoldingId === come[0]?.id), step, () => `issuing ${certificateId} made other claims than its first holding`);
    return;
  }
  if (ending.includes(step.verb)) {
    find.require(come.length === 0, step, () => `${step.verb} made new claims on ${certificateId}`);
    return;
  }
  const parents = new Set(gone.map(({ id }) => id));
  for (const part of come) find.require(part.parents.length > 0 && part.parents.every((parent) => parents.has(parent)), step, () => `holding ${part.id} is not made of the holdings that were spent for it`);
  find.require((gone.length === 0) === (come.length === 0), step, () => `${step.verb} ${come.length === 0 ? 'ended' : 'made'} claims on ${certificateId}`);
  const [before, after] = [sumOf(state, gone), sumOf(state, come)];
  if (before === undefined || after === undefined) find.hide();
  else find.require(before === after, step, () => `${step.verb} changed the sum of live holdings of ${certificateId}`);
}

function sameClaim(before: SealedRecord, after: SealedRecord | undefined): boolean {
  return after !== undefined && ['certificateId', 'from', 'to'].every((field) => before[field] === after[field]);
}

/** Certificates that a step changed, or whose holdings it changed. */
function certificatesTouched(step: Step): ReadonlySet<string> {
  return new Set([
    ...changesOf(step, 'certificate').flatMap(({ attributes }) => attributes),
    ...changesOf(step, 'holding').flatMap(({ before, after }) => (after ?? before)?.certificateId ?? []),
  ]);
}

function holdingsOf(state: LedgerState, certificateId: string): HoldingSkeleton[] {
  return state.all('holding').filter((holding) => holding.certificateId === certificateId && isClaim(state, holding));
}

function faceOf(state: LedgerState, certificateId: string): bigint | undefined {
  const face = state.record('certificate', certificateId)?.['face'];
  return typeof face === 'string' ? BigInt(face) : undefined;
}

/** Sum in minor units; undefined where one of them is sealed to others. */
function sumOf(state: LedgerState, holdings: readonly HoldingSkeleton[]): bigint | undefined {
  let sum = 0n;
  for (const holding of holdings) {
    const range = claimOf(state, holding);
    if (range === undefined) return undefined;
    sum += range.amount;
  }
  return sum;
}
