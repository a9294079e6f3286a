import { defaultChannelPolicy } from '../../../model/src';
import type { ChannelPolicy } from '../../../model/src';
import type { Slug } from '../../support/network';

export const DAY = 86_400_000;
/** The weeks of the year and the rules that hold in them. */
export class Calendar {
  readonly #start = Date.now();
  /** Week at whose beginning the members vote for a higher late fee. */
  readonly voteWeek: number;

  constructor(voteWeek: number) {
    this.voteWeek = voteWeek;
  }

  /** When a week begins; week 0 is now. */
  dateOf(week: number): Date {
    return new Date(this.#start + week * 7 * DAY);
  }

  /** Late fee, basis points a year, of certificates that are issued in a week. */
  lateFeeBps(week: number): number {
    return week < this.voteWeek ? 1_460 : 1_825;
  }

  /** The rules of the channel in a week. */
  policy(week: number): ChannelPolicy {
    return {
      ...defaultChannelPolicy,
      lateFeeBps: this.lateFeeBps(week),
      currencies: ['CNY'],
      evidenceForFinance: [{ claim: 'inspected', role: 'inspector', count: 1, finance: ['with recourse', 'without recourse', 'pledge'] }],
      voteThreshold: 5,
    };
  }

  /** The late fee on an amount of a certificate issued in one week, due in another and paid some weeks after that: simple interest for each day begun, actual/360, half up. */
  lateFee(amount: bigint, issued: number, weeksLate: number): bigint {
    if (weeksLate === 0) return 0n;
    const days = BigInt(weeksLate * 7 + 1);
    const year = 360n * 10_000n;
    return (2n * amount * BigInt(this.lateFeeBps(issued)) * days + year) / (2n * year);
  }
}

/** Who owes whom beside the deals: reasons to pass a claim on, or to net it. Buyer, then seller. */
export const standingOrders: readonly (readonly [Slug, Slug])[] = [['processor', 'farm'], ['farm', 'brand'], ['processor', 'brand'], ['farm', 'processor']];

/** The order between two organisations that stands all year; for netting the first must be the buyer. */
export function standingOrder(one: Slug, other: Slug, buyerFirst = false): string {
  const found = standingOrders.find(([buyer, seller]) => (buyer === one && seller === other) || (!buyerFirst && buyer === other && seller === one));
  if (found === undefined) throw new RangeError(`There is no standing order between ${one} and ${other}.`);
  return `PO-YEAR-${found.join('-')}`;
}
