import { DualchainError } from '../../model/src';
import type { CertificateState } from '../../model/src';
import { mspIdOf } from './actors';
import { Picker } from './attempt';
import type { Attempt, Kind } from './attempt';
import type { ModelNetwork } from './network';
import { World } from './world';
import type { ModelCertificate } from './world';

/** One step of a random sequence: which kind of thing is tried, and the numbers that its choices are made of. */
export interface RandomStep {
  /** Place on the wheel. */
  readonly kind: number;
  readonly picks: readonly number[];
}

/** What a run counts. */
export class Tally {
  sequences = 0;
  /** Attempts by verb: how many committed, how many were rightly refused. */
  readonly verbs = new Map<string, { committed: number; refused: number }>();

  count(verb: string, outcome: 'committed' | 'refused'): void {
    const counts = this.verbs.get(verb) ?? { committed: 0, refused: 0 };
    counts[outcome] += 1;
    this.verbs.set(verb, counts);
  }

  total(outcome: 'committed' | 'refused'): number {
    return [...this.verbs.values()].reduce((sum, counts) => sum + counts[outcome], 0);
  }
}

let sequences = 0;

/**
 * Plays a sequence on the network beside the plain model, its kinds drawn from `wheel`: each attempt must end as the model says, the objects must
 * stand on the ledger as in the model, and every organisation's own ledger must keep every invariant.
 * Throws an Error that tells what was tried and what went wrong.
 */
export async function playSequence(network: ModelNetwork, wheel: readonly Kind[], steps: readonly RandomStep[], tally: Tally): Promise<void> {
  sequences += 1;
  const world = new World(`${process.pid.toString(36)}-${sequences.toString(36)}`, sequences, (steps.at(-1)?.picks[0] ?? 0) % 2 === 0);
  const told: string[] = [];
  const fail = (why: string): Error => new Error(`${why}\nThe sequence:\n${told.map((line, index) => `${String(index + 1).padStart(3)} ${line}`).join('\n')}`);
  for (const { kind, picks } of steps) {
    world.step();
    const attempt = proposeFrom(wheel, kind, world, new Picker(picks));
    if (attempt === undefined) continue;
    const { slug, user } = attempt.by;
    told.push(`${slug}/${user} ${attempt.verb} ${attempt.what}${attempt.refusals.length === 0 ? '' : ` (to be refused: ${[...new Set(attempt.refusals)].join(', ')})`}`);
    await network.inStep();
    const wrong = await tryOut(network, attempt, tally);
    if (wrong !== undefined) throw fail(wrong);
  }
  const difference = await compare(network, world);
  if (difference !== undefined) throw fail(difference);
  const breaches = await network.audit();
  const [first] = breaches;
  if (first !== undefined) throw fail(`invariant ${first.invariant} is broken on the ledger of ${first.mspId}, block ${first.block}, transaction ${first.transactionId}: ${first.message}`);
  tally.sequences += 1;
}

/** The drawn kind, or else another by the same numbers that finds something to try. */
function proposeFrom(wheel: readonly Kind[], start: number, world: World, pick: Picker): Attempt | undefined {
  const untried = new Set(wheel);
  for (let kind = wheel[start % wheel.length]; kind !== undefined; kind = pick.one(wheel.filter((each) => untried.has(each)))) {
    untried.delete(kind);
    const attempt = kind.propose(world, pick);
    if (attempt !== undefined) return attempt;
  }
  return undefined;
}

async function tryOut(network: ModelNetwork, attempt: Attempt, tally: Tally): Promise<string | undefined> {
  const { by, call, refusals, perhaps = [], apply, verb } = attempt;
  try {
    await call(await network.as(by));
  } catch (error) {
    if (!(error instanceof DualchainError)) throw error;
    if (![...refusals, ...perhaps].includes(error.code)) return `${verb} answered ${error.code} (${error.message}), which is not ${refusals.length === 0 ? 'right: it must succeed' : [...new Set(refusals)].join(' or ')}`;
    tally.count(verb, 'refused');
    return undefined;
  }
  if (refusals.length > 0) return `${verb} succeeded; it had to be refused with ${[...new Set(refusals)].join(' or ')}`;
  apply();
  tally.count(verb, 'committed');
  return undefined;
}

/** As a query tells it: a due certificate of which a holding was paid is partly settled, though nothing is written. */
function stateOf(world: World, certificate: ModelCertificate): CertificateState {
  return certificate.state === 'due' && world.holdingsOf(certificate).some(({ state }) => state === 'redeemed') ? 'partly settled' : certificate.state;
}

/** The first object that stands otherwise on the ledger than in the model. */
async function compare(network: ModelNetwork, world: World): Promise<string | undefined> {
  await network.inStep();
  const client = await network.as({ slug: 'regulator', user: 'auditor' });
  const obligor = await network.as({ slug: 'brand', user: 'auditor' });
  for (const certificate of world.certificates) {
    const { state } = await client.certificates.requireCertificate(certificate.id);
    const expected = stateOf(world, certificate);
    if (state !== expected) return `certificate ${certificate.id} is ${state} on the ledger, ${expected} in the model`;
    const known = new Map(world.holdingsOf(certificate).map((holding) => [holding.id, holding]));
    for await (const found of client.holdings.holdingsOf({ certificateId: certificate.id })) {
      const holding = known.get(found.id);
      if (holding === undefined) return `holding ${found.id} stands on the ledger, not in the model`;
      known.delete(found.id);
      const [ledger, model] = [`${found.state} of ${found.owner}, ${found.proposal?.kind ?? 'no proposal'}`, `${holding.state} of ${mspIdOf(holding.owner)}, ${holding.proposal?.kind ?? 'no proposal'}`];
      if (ledger !== model) return `holding ${found.id} is ${ledger} on the ledger, ${model} in the model`;
      const { range } = await obligor.holdings.openHolding(found.id);
      if (range?.from !== holding.from || range.to !== holding.to) return `holding ${found.id} is the units ${range?.from} to ${range?.to} at the obligor, ${holding.from} to ${holding.to} in the model`;
    }
    const [missing] = known.keys();
    if (missing !== undefined) return `holding ${missing} stands in the model, not on the ledger`;
  }
  for (const invoice of world.invoices) {
    const { state, certificateId } = await client.invoices.requireInvoice(invoice.id);
    if (state !== invoice.state || certificateId !== invoice.certificateId) return `invoice ${invoice.id} is ${state} (${certificateId ?? 'no certificate'}) on the ledger, ${invoice.state} (${invoice.certificateId ?? 'no certificate'}) in the model`;
  }
  return undefined;
}
