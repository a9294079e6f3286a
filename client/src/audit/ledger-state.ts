import { keeperOf, liveHoldingStates, recordKey, sha256Hex } from '@dualchain/model';
import type { HoldingSkeleton, LedgerObjects, ObjectType, SealedRecord } from '@dualchain/model';
import { rangeOf } from '../results/objects';
import { ClaimBook } from './claim-book';
import type { Claim } from './claim-book';
import { Indexes } from './indexes';
import type { IndexedObject, IndexName } from './indexes';
import { paidStates, payingPurposes, reducedStates } from './rules';
import { changesOf } from './step';
import type { Step } from './step';

const SEPARATOR = '\u0000';

/** State as of one step, with what the checks look for; one for all checks of an audit. */
export class LedgerState {
  readonly #objects = new Map<ObjectType, Map<string, LedgerObjects[ObjectType]>>();
  readonly #records = new Map<string, { readonly record: SealedRecord; readonly hash: string | undefined }>();
  readonly #hashes = new Map<string, string>();
  readonly #indexes = new Indexes();
  readonly #books = new Map<string, ClaimBook>();
  /** Certificate in whose book a holding stands. */
  readonly #bookOf = new Map<string, string>();
  /** Holdings by the hash of the private key of their sealed record. */
  readonly #holdingOf = new Map<string, string>();
  #holdingsTouched: ReadonlySet<string> = new Set();
  #certificatesTouched: ReadonlySet<string> = new Set();

  get<T extends ObjectType>(type: T, ...attributes: readonly string[]): LedgerObjects[T] | undefined {
    return this.#objects.get(type)?.get(attributes.join(SEPARATOR)) as LedgerObjects[T] | undefined;
  }

  /** Every object of a kind; for kinds of which there are few. */
  all<T extends ObjectType>(type: T): Iterable<LedgerObjects[T]> {
    return (this.#objects.get(type)?.values() ?? []) as Iterable<LedgerObjects[T]>;
  }

  /** The objects that an index finds. */
  find<Name extends IndexName>(index: Name, key: string): Iterable<IndexedObject<Name>> {
    return this.#indexes.find(index, key);
  }

  /** How many objects an index finds. */
  count(index: IndexName, key: string): number {
    return this.#indexes.count(index, key);
  }

  /** The own organisation's sealed record; undefined where it holds none. */
  record(type: string, id: string): SealedRecord | undefined {
    return this.recordAt(recordKey(type, id));
  }

  recordAt(key: string): SealedRecord | undefined {
    return this.#records.get(key)?.record;
  }

  /** SHA-256 (hex) of what an organisation holds under a private key: public, whoever may read it. */
  hashAt(mspId: string, privateKey: string): string | undefined {
    return this.#hashes.get(`${mspId} ${sha256Hex(privateKey)}`);
  }

  /** All claims on a certificate. */
  claims(certificateId: string): ClaimBook {
    return this.#books.get(certificateId) ?? new ClaimBook();
  }

  /** Holdings whose claim the last step may have changed: the holding, its sealed record, its hash or its payment. */
  get holdingsTouched(): ReadonlySet<string> {
    return this.#holdingsTouched;
  }

  /** Certificates that the last step changed, or claims on them. */
  get certificatesTouched(): ReadonlySet<string> {
    return this.#certificatesTouched;
  }

  apply(step: Step): void {
    for (const { type, attributes, before, after } of step.changes) {
      const objects = this.#objects.get(type) ?? new Map<string, LedgerObjects[ObjectType]>();
      this.#objects.set(type, objects);
      const id = attributes.join(SEPARATOR);
      if (after === undefined) objects.delete(id);
      else objects.set(id, after);
      this.#indexes.change(type, id, before, after);
    }
    for (const { key, after, hash } of step.records) {
      if (after === undefined) this.#records.delete(key);
      else this.#records.set(key, { record: after, hash });
    }
    for (const { mspId, keyHash, valueHash } of step.hashes) {
      if (valueHash === undefined) this.#hashes.delete(`${mspId} ${keyHash}`);
      else this.#hashes.set(`${mspId} ${keyHash}`, valueHash);
    }
    this.#keepBooks(step);
  }

  #keepBooks(step: Step): void {
    const certificates = new Set<string>();
    const holdings = new Set<string>();
    for (const { attributes: [id = ''], before, after } of changesOf(step, 'holding')) {
      this.#holdingOf.set(sha256Hex(recordKey('holding', id)), id);
      holdings.add(id);
      for (const holding of [before, after]) if (holding !== undefined) certificates.add(holding.certificateId);
    }
    for (const { keyHash } of step.hashes) {
      const id = this.#holdingOf.get(keyHash);
      if (id !== undefined) holdings.add(id);
    }
    for (const { before, after } of changesOf(step, 'payment')) for (const payment of [before, after]) if (Array.isArray(payment?.holdingIds)) for (const id of payment.holdingIds) holdings.add(id);
    for (const { attributes: [id = ''], before, after } of changesOf(step, 'certificate')) {
      certificates.add(id);
      if (before?.obligor !== after?.obligor || before?.defaultedAt !== after?.defaultedAt) for (const holding of this.find('holdingsOfCertificate', id)) holdings.add(holding.id);
    }
    for (const id of holdings) {
      const book = this.#bookOf.get(id);
      if (book !== undefined) certificates.add(book);
      this.#enter(id);
    }
    this.#holdingsTouched = holdings;
    this.#certificatesTouched = certificates;
  }

  #enter(id: string): void {
    const holding = this.get('holding', id);
    const entered = this.#bookOf.get(id);
    if (entered !== undefined) this.#books.get(entered)?.delete(id);
    if (holding === undefined || !isClaim(this, holding)) return;
    const { certificateId } = holding;
    const book = this.#books.get(certificateId) ?? new ClaimBook();
    this.#books.set(certificateId, book);
    this.#bookOf.set(id, certificateId);
    let paid = false;
    for (const { purpose } of this.find('paymentsOfHolding', id)) if (payingPurposes.includes(purpose)) paid = true;
    book.set({ id, holding, live: isLive(holding), redeemed: paidStates.includes(holding.state), reduced: reducedStates.includes(holding.state), paid, range: this.#rangeOf(holding) });
  }

  /** Units of a holding by the own record of it; undefined where the organisation has none, or one that its keeper does not hold too. */
  #rangeOf(holding: HoldingSkeleton): Claim['range'] {
    const key = recordKey('holding', holding.id);
    const own = this.#records.get(key);
    if (own === undefined || own.hash !== this.hashAt(keeperOf(holding), key)) return undefined;
    const range = rangeOf(own.record);
    return range === undefined ? undefined : { ...range, certificateId: own.record['certificateId'] };
  }
}

/**
 * Whether the obligor of the certificate stands for a holding by a record of its own, or, since a default, the authority
 * in its place; a skeleton without one is nothing but text.
 */
export function isClaim(state: LedgerState, holding: HoldingSkeleton): boolean {
  const { id, certificateId, obligor, standIn } = holding;
  const certificate = state.get('certificate', certificateId);
  if (certificate?.obligor !== obligor) return false;
  if (standIn !== undefined && (standIn !== certificate.authority || certificate.defaultedAt === undefined)) return false;
  return state.hashAt(keeperOf(holding), recordKey('holding', id)) !== undefined;
}

export function isLive(holding: HoldingSkeleton | undefined): boolean {
  return holding !== undefined && liveHoldingStates.includes(holding.state);
}
