import { setTimeout } from 'node:timers/promises';
import type { Kind } from '../attempt';
import type { World } from '../world';

/** Deadlines further away than this are not waited for. */
const PATIENCE = 30_000;
/** How far past a deadline no clock doubts it any more. */
const PAST = 1_600;

/** Lets the next deadline of the sequence pass: a due date, the end of an offer or of a quote. */
const wait: Kind = {
  name: 'wait',
  weight: 3,
  propose: (world) => {
    const now = Date.now();
    const next = Math.min(...deadlines(world).filter((at) => at + PAST > now));
    const left = next + PAST - now;
    if (left > PATIENCE) return undefined;
    return { verb: 'wait', by: { slug: 'regulator', user: 'maker' }, what: `for ${left} ms`, refusals: [], call: () => setTimeout(left), apply: () => undefined };
  },
};

function deadlines({ certificates, holdings, quotes }: World): number[] {
  return [
    ...certificates.filter(({ state }) => state === 'active').map(({ dueAt }) => dueAt),
    ...holdings.flatMap(({ proposal }) => (proposal === undefined ? [] : [proposal.expiresAt])),
    ...quotes.filter(({ state }) => state === 'open').map(({ expiresAt }) => expiresAt),
  ];
}

export const timeKinds: readonly Kind[] = [wait];
