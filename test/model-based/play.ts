import { DualchainError } from '../../model/src';
import type { ErrorCode } from '../../model/src';
import { reasonsFor, rightCodes } from './attempt';
import type { Attempt, Kind } from './attempt';
import { differenceOf } from './compare';
import type { ModelNetwork } from './network';
import { Picker } from './picker';
import type { Tally } from './tally';
import { World } from './world';

/** One step of a random sequence: which kind of thing is tried, and the numbers that its choices are made of. */
export interface RandomStep {
  /** Place on the wheel. */
  readonly kind: number;
  readonly picks: readonly number[];
  /**
   * What is tried from there on: `fitting`, the next that should succeed as things stand; `rare`, of all that should what
   * the run has seen least; `refused`, the next that is to be refused for one reason alone, who does it or in which state
   * included; `wrong`, of all that are to be refused for another one reason what was refused least; `any`, whatever comes.
   */
  readonly mode: 'fitting' | 'rare' | 'refused' | 'wrong' | 'any';
}

/** A sequence: the steps that it begins with, and what is tried from there on. */
export interface Sequence {
  /** Whether the first certificate falls due within the sequence. */
  readonly dueSoon: boolean;
  readonly steps: readonly RandomStep[];
}

/**
 * Plays a sequence on the network beside the plain model, its kinds drawn from `wheel`: each attempt must end as the model says, the objects must
 * stand on the ledger as in the model, and every organisation's own ledger must keep every invariant.
 * Throws an Error that tells what was tried and what went wrong. `stopped`: asked before each step whether the rest is of no interest any more.
 */
export async function playSequence(network: ModelNetwork, wheel: readonly Kind[], { dueSoon, steps }: Sequence, tally: Tally, stopped: () => boolean = () => false): Promise<void> {
  const sequence = network.nextSequence();
  const world = new World(sequence, dueSoon);
  const told: string[] = [];
  network.told.set(sequence, told);
  const fail = (why: string): Error => new Error(`${why}\nThe sequence:\n${numbered(told)}`);
  for (const step of steps) {
    if (stopped()) return;
    world.step();
    const attempt = proposeFrom(wheel, step, world, tally);
    if (attempt === undefined) continue;
    const { slug, user } = attempt.by;
    told.push(`${slug}/${user} ${attempt.verb} ${attempt.what}${attempt.refusals.length === 0 ? '' : ` (to be refused: ${[...new Set(attempt.refusals)].join(', ')})`}`);
    await network.inStep();
    const wrong = await tryOut(network, attempt, tally);
    if (wrong !== undefined) throw fail(wrong);
  }
  const breaches = await network.audit();
  const difference = await differenceOf(network, world);
  if (difference !== undefined) throw fail(difference);
  const [first] = breaches;
  if (first !== undefined) {
    // Sequences play side by side, and an audit sees what all of them did.
    const other = [...first.message.matchAll(/-(\d+)-\d+/g)].map(([, number]) => Number(number)).find((number) => number !== sequence && network.told.has(number));
    const others = other === undefined ? '' : `\nThat is of another sequence, which had come to:\n${numbered(network.told.get(other) ?? [])}`;
    throw fail(`invariant ${first.invariant} is broken on the ledger of ${first.mspId}, block ${first.block}, transaction ${first.transactionId}: ${first.message}${others}`);
  }
  network.told.delete(sequence);
  tally.sequences += 1;
}

function numbered(lines: readonly string[]): string {
  return lines.map((line, index) => `${String(index + 1).padStart(3)} ${line}`).join('\n');
}

/** Ways in which each kind may be wrong that are looked at. */
const VARIANTS = 6;

/** What the step tries: its own kind, or the next one on the wheel that finds something to try as the mode asks; if none does, the first that finds anything. */
function proposeFrom(wheel: readonly Kind[], { kind, picks, mode }: RandomStep, world: World, tally: Tally): Attempt | undefined {
  const tried = new Set<Kind>();
  const least = mode === 'rare' || mode === 'wrong';
  let other: Attempt | undefined;
  let found: { readonly attempt: Attempt; readonly seen: number } | undefined;
  for (let place = 0; place < wheel.length; place++) {
    const next = wheel[(kind + place) % wheel.length];
    if (next === undefined || tried.has(next)) continue;
    tried.add(next);
    for (let variant = 0; variant < (mode === 'wrong' ? VARIANTS : 1); variant++) {
      const attempt = next.propose(world, new Picker([...picks.slice(variant), ...picks.slice(0, variant)], mode === 'wrong' || mode === 'refused'));
      if (attempt === undefined) continue;
      other ??= attempt;
      const now = Date.now();
      const { sure } = rightCodes(attempt, now, now);
      if (!fits(mode, sure)) continue;
      if (!least) return attempt;
      const seen = tally.seen(attempt.verb, sure[0]);
      if (found === undefined || seen < found.seen) found = { attempt, seen };
    }
  }
  return found?.attempt ?? other;
}

function fits(mode: RandomStep['mode'], codes: readonly ErrorCode[]): boolean {
  if (mode === 'any') return true;
  if (mode === 'wrong') return new Set(codes).size === 1;
  return reasonsFor(codes) === (mode === 'refused' ? 1 : 0);
}

async function tryOut(network: ModelNetwork, attempt: Attempt, tally: Tally): Promise<string | undefined> {
  const { by, call, apply, verb } = attempt;
  const client = await network.as(by);
  const from = Date.now();
  let error: DualchainError | undefined;
  try {
    await call(client);
  } catch (thrown) {
    if (!(thrown instanceof DualchainError)) throw thrown;
    error = thrown;
  }
  // The time of the transaction is that of its proposal, which was made in between: the speed of the machine decides nothing.
  const { sure, possible } = rightCodes(attempt, from, Date.now());
  if (error === undefined) {
    if (sure.length > 0) return `${verb} succeeded; it had to be refused with ${[...new Set(sure)].join(' or ')}`;
    apply();
    tally.add(verb, undefined);
    return undefined;
  }
  if (!possible.includes(error.code)) return `${verb} answered ${error.code} (${error.message}), which is not ${possible.length === 0 ? 'right: it must succeed' : [...new Set(possible)].join(' or ')}`;
  tally.add(verb, error.code);
  return undefined;
}
