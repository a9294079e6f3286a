import * as fc from 'fast-check';
import { DualchainError, eventHash, eventLinks, parseContext, traceClosure } from '../../model/src';
import { document } from '../support/deal';
import { made, newLot, packed } from '../support/goods';
import type { Slug, TestNetwork } from '../support/network';

const TRY = 120_000;
/** Lots and containers of one graph, and documents of it that are captured at once. */
const LOTS = 8;
const CONTAINERS = 2;
const DOCUMENTS = 8;
/** Flags of one step, few, so that captures come between the steps. */
const LIMIT = 2;

const reporters: readonly Slug[] = ['farm', 'processor', 'carrier'];
const lotNumber = fc.integer({ min: 0, max: LOTS - 1 });
const lotNumbers = fc.uniqueArray(lotNumber, { minLength: 1, maxLength: 2 });
const hours = fc.integer({ min: 1, max: 12 });
const step = fc.oneof(
  { weight: 3, arbitrary: fc.record({ kind: fc.constant('make' as const), inputs: lotNumbers, outputs: lotNumbers, hours }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('pack' as const), container: fc.integer({ min: 0, max: CONTAINERS - 1 }), contents: lotNumbers, hours }) },
);
const graph = fc.array(fc.record({ by: fc.constantFrom(...reporters), steps: fc.array(step, { minLength: 1, maxLength: 4 }) }), { minLength: DOCUMENTS, maxLength: DOCUMENTS });

/** Documents of random makings and packings of fresh lots; the first two lots are recalled. */
function goods(seed: number): { readonly lots: readonly string[]; readonly documents: readonly { readonly by: Slug; readonly events: readonly Record<string, unknown>[] }[] } {
  const lots = Array.from({ length: LOTS }, (_, place) => newLot(reporters[place % reporters.length]!));
  const containers = Array.from({ length: CONTAINERS }, (_, place) => `urn:epc:id:grai:9524001.0000${place}.${Date.now()}${seed % 1000}`);
  const [plan = []] = fc.sample(graph, { seed, numRuns: 1 });
  const documents = plan.map(({ by, steps }) => ({
    by,
    events: steps.map((each) => (each.kind === 'make' ? made(by, each.inputs.map((lot) => lots[lot]!), each.outputs.map((lot) => lots[lot]!), each.hours) : packed(by, containers[each.container]!, each.contents.map((lot) => lots[lot]!), each.hours))),
  }));
  return { lots, documents };
}

/** What the plain reference says comes of a lot. */
async function reference(lot: string, events: readonly Record<string, unknown>[]): Promise<string[]> {
  const all = events.map((event) => ({ id: eventHash(event, parseContext(undefined)).id, links: eventLinks(event) }));
  const { nodes } = await traceClosure({ direction: 'forward', start: lot, lookup: (subject) => all.filter(({ links }) => links.subjects.includes(subject)) });
  return nodes.map(({ id }) => id).sort();
}

/** Advances a recall, unless it has been closed meanwhile. */
async function advance(network: TestNetwork, slug: Slug, recallId: string): Promise<void> {
  await (await network.as(slug)).recalls.advanceRecall({ recallId, limit: LIMIT }).catch((error: unknown) => {
    if (!(error instanceof DualchainError) || error.code !== 'WRONG_STATE') throw error;
  });
}

async function flaggedBy(network: TestNetwork, recallId: string): Promise<string[]> {
  const report = await (await network.as('regulator')).recalls.getRecall(recallId);
  return [...new Set(report?.flags.map(({ lot }) => lot))].sort();
}

/** Recalls over random goods, with everything at once. */
export function recallsSuite(network: TestNetwork): void {
  it.each([1, 2, 3])('two recalls spread over random goods while they are captured; one is closed, and the other is exact (%i)', async (round) => {
    const seed = Number(process.env['RECALL_SEED'] ?? (Date.now() + round) % 2 ** 31);
    const { lots, documents } = goods(seed);
    // Random makings use more than there is.
    for (const lot of lots) network.doubt(lot);
    const [kept, closed] = [`R-kept-${seed}`, `R-closed-${seed}`];
    const regulator = await network.as('regulator');
    const reason = { reasonClass: 'contamination', reason: 'Listeria in a sample.' } as const;
    const [early, late] = [documents.slice(0, 2), documents.slice(2)];
    const capture = async ({ by, events }: (typeof documents)[number]) => (await network.as(by)).trace.capture(document(events));
    for (const each of early) await capture(each);
    await regulator.recalls.openRecall({ recallId: kept, lot: lots[0]!, ...reason });
    await regulator.recalls.openRecall({ recallId: closed, lot: lots[1]!, ...reason });
    // Three organisations capture, two more spread, and the author takes one recall back, all at once.
    await Promise.all([
      ...late.map(capture),
      advance(network, 'bank', kept),
      advance(network, 'brand', kept),
      advance(network, 'factor', closed),
      (async () => {
        await advance(network, 'regulator', closed);
        await regulator.recalls.closeRecall({ recallId: closed, limit: LIMIT });
      })(),
    ]);
    await network.inStep();
    await regulator.recalls.advanceRecall({ recallId: kept, limit: LIMIT });
    const events = documents.flatMap((each) => each.events);
    expect({ seed, flagged: await flaggedBy(network, kept) }).toEqual({ seed, flagged: await reference(lots[0]!, events) });
    expect({ seed, flagged: await flaggedBy(network, closed) }).toEqual({ seed, flagged: [] });
    await network.inStep();
    for (const lot of await reference(lots[1]!, events)) {
      const flags = await (await network.as('bank')).recalls.recallFlags(lot);
      expect({ seed, lot, recalls: [...new Set(flags.map(({ recallId }) => recallId))] }).toEqual({ seed, lot, recalls: (await reference(lots[0]!, events)).includes(lot) ? [kept] : [] });
    }
  }, TRY);
}
