import type { Actor } from '../../support/network';
import type { Verdict } from '../attempt';
import { all, fine, unless } from '../attempt';
import type { Picker } from '../picker';
import type { World } from '../world';

/** A payment that a settler attests: mostly by a reference of its own, now and then by one that was used. */
export interface Payment {
  readonly reference: string;
  /** The very same confirmation was made before: it changes nothing. */
  readonly again: boolean;
  /** What else must hold unless it is the same again. */
  readonly verdict: (...others: readonly (Verdict | ReturnType<typeof unless>)[]) => Verdict;
  readonly book: () => void;
}

export function payment(world: World, pick: Picker, by: Actor, what: string): Payment {
  const used = pick.oddly(8) ? pick.one(world.payments) : undefined;
  const reference = used?.reference ?? world.id('PAY');
  const again = used?.what === what && used.settler === by.slug;
  return {
    reference,
    again,
    verdict: (...others) => (again ? fine : all(...others, unless(used?.settler !== by.slug, 'PAYMENT_REFERENCE_USED'))),
    book: () => world.payments.push({ reference, settler: by.slug, what }),
  };
}
