import { row } from './table';
import type { StateTable } from './table';

export type MotionState = 'open' | 'enacted' | 'withdrawn' | 'expired';
/** A motion is voted on by the members; what it does to a member, the member's table says. */
export const motionTable: StateTable<MotionState> = {
  object: 'motion',
  transitions: [
    row([null], 'proposeMotion', ['anyone'], 'open', 'the change is possible as things stand; expires within 90 days; proposing is voting for it'),
    row(['open'], 'castVote', ['anyone'], 'open', "before expiry; one vote a member, by the member's own anchor"),
    row(['open'], 'withdrawMotion', ['self'], 'withdrawn', 'its proposer'),
    row(['open'], 'expireMotion', ['anyone'], 'expired', 'after expiry'),
    row(['open'], 'enactMotion', ['anyone'], 'enacted', 'before expiry; as many active members as the policy in force asks voted for it; what it changes is still as it was when proposed'),
  ],
};
