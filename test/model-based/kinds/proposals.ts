import type { Dualchain } from '../../../client/src';
import type { ErrorCode } from '../../../model/src';
import type { Slug } from '../../support/network';
import { slugs, users } from '../actors';
import { all, deadline, fine } from '../attempt';
import type { Kind, Verdict } from '../attempt';
import type { Picker } from '../picker';
import type { World } from '../world';
import { momentOf } from './time';

/** Something of which a party may have proposed a change. */
interface Proposable {
  readonly id: string;
  readonly state: string;
  readonly proposal?: { readonly expiresAt: number; readonly proposer?: Slug; readonly receiver?: Slug } | undefined;
}

/** One way in which a proposal ends. */
export interface Ending<Subject extends Proposable> {
  readonly verb: string;
  readonly weight: number;
  readonly from: readonly Subject['state'][];
  readonly who: (subject: Subject, pick: Picker) => Slug | undefined;
  /** `before`: in time, as an acceptance; `after`: not in time; left out: at any time. */
  readonly expiry?: 'before' | 'after';
  readonly among: (world: World) => readonly Subject[];
  /** What it asks, beside the time. */
  readonly verdict: (subject: Subject, slug: Slug, world: World) => Verdict | readonly ErrorCode[];
  readonly call: (client: Dualchain, id: string) => Promise<unknown>;
  readonly apply: (subject: Subject, slug: Slug, world: World) => void;
}

export const anyone = (_: Proposable, pick: Picker) => pick.one(slugs);
export const proposer = ({ proposal }: Proposable) => proposal?.proposer;
export const receiver = ({ proposal }: Proposable) => proposal?.receiver;

export function endOfProposal<Subject extends Proposable>({ verb, weight, from, who, expiry, among, verdict, call, apply }: Ending<Subject>): Kind {
  return {
    name: verb,
    weight,
    propose: (world, pick) => {
      const now = momentOf(pick);
      const subject = pick.mostly(among(world), ({ state, proposal }) => from.includes(state) && (expiry !== 'after' || (proposal?.expiresAt ?? 0) <= now));
      if (subject === undefined) return undefined;
      const by = users(pick, [who(subject, pick)]);
      return {
        verb,
        by,
        what: subject.id,
        ...all(verdict(subject, by.slug, world), timely(subject, expiry)),
        call: (client) => call(client, subject.id),
        apply: () => apply(subject, by.slug, world),
      };
    },
  };
}

function timely({ proposal }: Proposable, expiry: Ending<Proposable>['expiry']): Verdict {
  if (proposal === undefined || expiry === undefined) return fine;
  return expiry === 'after' ? deadline('NOT_YET', 'early', proposal.expiresAt) : deadline('EXPIRED', 'late', proposal.expiresAt);
}
