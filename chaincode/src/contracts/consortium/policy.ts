import type { Guard } from '../../rules/consortium/guard';
import { someOf } from '../../ledger';
import type { Policy } from '../../ledger';

/** As many active members as a vote needs: guards members, channel policy and its versions. */
export function consortiumPolicy({ needed, active }: Guard): Policy {
  return someOf(needed, active);
}

/** The proposer, or as many members as a vote needs now: nobody else closes a motion, and no proposer is waited for. */
export function motionPolicy(proposer: string, guard: Guard): Policy {
  return { n: 1, of: [proposer, consortiumPolicy(guard)] };
}
