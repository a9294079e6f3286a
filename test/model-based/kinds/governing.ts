import { motionTable } from '../../../model/src';
import { slugs, users } from '../actors';
import { all, deadline, ruling, unless } from '../attempt';
import type { Kind } from '../attempt';
import type { ModelMotion } from '../objects';
import { policy } from '../policy';
import { DAY } from '../world';
import { momentOf } from './time';

/** Votes in favour that a motion gets at most: it would change the rules for all other sequences. */
const IN_FAVOUR = policy.voteThreshold - 1;

const proposeMotion: Kind = {
  name: 'proposeMotion',
  weight: 1,
  propose: (world, pick) => {
    if (world.motions.length >= 1 || !pick.rarely(2)) return undefined;
    const by = users(pick, [pick.one(slugs)]);
    const motion: ModelMotion = { id: world.id('M'), proposer: by.slug, expiresAt: Date.now() + (pick.rarely(2) ? world.soon() : DAY), votes: new Map([[by.slug, true]]), state: 'open' };
    const wrong = pick.oddly(8);
    return {
      verb: 'proposeMotion',
      by,
      what: motion.id,
      ...all(unless(!wrong, 'INVALID_INPUT'), deadline('EXPIRED', 'late', motion.expiresAt)),
      // A vote by fewer than a majority could never be.
      call: (client) => client.consortium.proposeMotion({ motionId: motion.id, change: { kind: 'change policy', policy: { ...policy, ...(wrong ? { voteThreshold: 2 } : { acceptanceDeadlineDays: 11 }) } }, expiresAt: new Date(motion.expiresAt) }),
      apply: () => world.motions.push(motion),
    };
  },
};

const castVote: Kind = {
  name: 'castVote',
  weight: 2,
  propose: (world, pick) => {
    const motion = pick.mostly(world.motions, ({ state, expiresAt }) => state === 'open' && expiresAt > Date.now());
    if (motion === undefined) return undefined;
    const by = users(pick, [pick.one(slugs)]);
    const before = motion.votes.get(by.slug);
    const inFavour = [...motion.votes.values()].filter(Boolean).length < IN_FAVOUR && !pick.rarely(3);
    return {
      verb: 'castVote',
      by,
      what: `${inFavour ? 'for' : 'against'} ${motion.id}`,
      ...all(ruling(motionTable, 'castVote', motion.state, {}, by.slug), deadline('EXPIRED', 'late', motion.expiresAt), unless(before === undefined || before === inFavour, 'ALREADY_EXISTS')),
      call: (client) => client.consortium.castVote({ motionId: motion.id, inFavour }),
      apply: () => motion.votes.set(by.slug, inFavour),
    };
  },
};

const endings = { withdrawMotion: 'withdrawn', expireMotion: 'expired', enactMotion: 'enacted' } as const;

function end(verb: keyof typeof endings): Kind {
  return {
    name: verb,
    weight: 1,
    propose: (world, pick) => {
      const now = momentOf(pick);
      const motion = pick.mostly(world.motions, ({ state, expiresAt }) => state === 'open' && (verb !== 'expireMotion' || expiresAt <= now));
      if (motion === undefined) return undefined;
      const by = users(pick, [verb === 'withdrawMotion' ? motion.proposer : pick.one(slugs)]);
      return {
        verb,
        by,
        what: motion.id,
        ...all(
          ruling(motionTable, verb, motion.state, { self: motion.proposer }, by.slug),
          verb === 'expireMotion' ? deadline('NOT_YET', 'early', motion.expiresAt) : unless(verb !== 'enactMotion', 'VOTES_MISSING', 'EXPIRED'),
        ),
        call: (client) => client.consortium[verb]({ motionId: motion.id }),
        apply: () => {
          motion.state = endings[verb];
        },
      };
    },
  };
}

export const governingKinds: readonly Kind[] = [proposeMotion, castVote, end('withdrawMotion'), end('expireMotion'), end('enactMotion')];
