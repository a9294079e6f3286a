import type { HoldingSkeleton } from '@dualchain/model';
import type { HoldingRange } from '../results/objects';

/** One holding that its obligor, or whoever stands in for it, stands for. */
export interface Claim {
  readonly id: string;
  readonly holding: HoldingSkeleton;
  readonly live: boolean;
  /** Its state says that it was paid. */
  readonly redeemed: boolean;
  /** It ended without money: netted or replaced. */
  readonly reduced: boolean;
  /** A payment for its units names it. */
  readonly paid: boolean;
  /** Units, where the own organisation can read them; with the certificate that the sealed record names. */
  readonly range: (HoldingRange & { readonly certificateId: unknown }) | undefined;
}

/** Sum of units of some claims. */
export class Sum {
  #known = 0n;
  number = 0;
  /** Claims that are sealed to others. */
  hidden = 0;

  /** Minor units; undefined where one of the claims is sealed to others. */
  get total(): bigint | undefined {
    return this.hidden > 0 ? undefined : this.#known;
  }

  add({ range }: Claim, sign: 1 | -1): void {
    this.number += sign;
    if (range === undefined) this.hidden += sign;
    else this.#known += BigInt(sign) * range.amount;
  }
}

/** All claims on one certificate, kept as they change: each change costs the same however many there are. */
export class ClaimBook {
  /** Live holdings. */
  readonly live = new Sum();
  /** Holdings that ended without money. */
  readonly reduced = new Sum();
  /** Live, redeemed and reduced holdings: what must cover the face. */
  readonly counted = new Sum();
  /** Holdings that a payment for their units names. */
  readonly paid = new Sum();
  readonly #claims = new Map<string, Claim>();
  /** Counted claims whose range is known, by its first unit. */
  readonly #ranges: { readonly id: string; readonly from: bigint; readonly to: bigint }[] = [];

  get(id: string): Claim | undefined {
    return this.#claims.get(id);
  }

  set(claim: Claim): void {
    this.delete(claim.id);
    this.#claims.set(claim.id, claim);
    this.#count(claim, 1);
    if (!isCounted(claim) || claim.range === undefined) return;
    const { from, to } = claim.range;
    this.#ranges.splice(this.#position(from, claim.id), 0, { id: claim.id, from, to });
  }

  delete(id: string): void {
    const claim = this.#claims.get(id);
    if (claim === undefined) return;
    this.#claims.delete(id);
    this.#count(claim, -1);
    if (isCounted(claim) && claim.range !== undefined) this.#ranges.splice(this.#position(claim.range.from, id), 1);
  }

  /** Id of a claim beside this one that has units of it. */
  overlapping(id: string): string | undefined {
    const range = this.#claims.get(id)?.range;
    if (range === undefined) return undefined;
    const position = this.#position(range.from, id);
    const [previous, own, next] = [this.#ranges[position - 1], this.#ranges[position], this.#ranges[position + 1]];
    if (own?.id !== id) return undefined;
    if (previous !== undefined && previous.to >= range.from) return previous.id;
    return next !== undefined && next.from <= range.to ? next.id : undefined;
  }

  #count(claim: Claim, sign: 1 | -1): void {
    if (claim.live) this.live.add(claim, sign);
    if (claim.reduced) this.reduced.add(claim, sign);
    if (isCounted(claim)) this.counted.add(claim, sign);
    if (claim.paid) this.paid.add(claim, sign);
  }

  #position(from: bigint, id: string): number {
    let [low, high] = [0, this.#ranges.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      const range = this.#ranges[middle];
      if (range !== undefined && (range.from < from || (range.from === from && range.id < id))) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}

/** Whether its units are part of what must cover the face. */
export function isCounted({ live, redeemed, reduced }: Pick<Claim, 'live' | 'redeemed' | 'reduced'>): boolean {
  return live || redeemed || reduced;
}
