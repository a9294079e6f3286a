import { document } from '../support/deal';
import type { TestNetwork } from '../support/network';
import { made, newLot, seen } from '../support/goods';
import { hashOf, TRY, watch } from './events';

/** raw (public) → mid (sealed between processor and brand) → end (public). */
export function walksSuite(network: TestNetwork): void {
  const [raw, mid, end] = [newLot('farm'), newLot('processor'), newLot('brand')];
  const grown = seen('farm', raw, 20, { action: 'ADD', bizStep: 'commissioning' });
  const cooked = made('processor', [raw], [mid], 10);
  const packed = made('brand', [mid], [end], 5);
  const noted = seen('processor', mid, 9);

  beforeAll(async () => {
    const [farm, processor, brand] = [await network.as('farm'), await network.as('processor'), await network.as('brand')];
    watch(network, cooked, [], ['processor', 'brand']);
    watch(network, noted, [], ['processor', 'carrier']);
    await farm.trace.capture(document([grown]));
    await processor.trace.captureSealedEvents(document([cooked]), { parties: [network.mspId('brand')] });
    // The carrier gets a link of the middle lot, under the key that leads to the recipe too.
    await processor.trace.captureSealedEvents(document([noted]), { parties: [network.mspId('carrier')] });
    await brand.trace.capture(document([packed]));
    await network.inStep();
  }, TRY);

  const idsOf = ({ nodes }: { readonly nodes: readonly { readonly id: string }[] }) => nodes.map(({ id }) => id);

  it('go through sealed events for those who may read them', async () => {
    for (const slug of ['processor', 'brand'] as const) {
      const { trace } = await network.as(slug);
      const back = await trace.traceBack({ id: end });
      expect([idsOf(back), back.truncated]).toEqual([[end, mid, raw], false]);
      expect(back.events).toEqual(expect.arrayContaining([hashOf(packed), hashOf(cooked), hashOf(grown)]));
      expect(idsOf(await trace.traceForward({ id: raw }))).toEqual([raw, mid, end]);
    }
    // The brand holds the key of the middle lot, and may not read what the carrier was told.
    expect((await (await network.as('brand')).trace.traceBack({ id: end })).hidden).toEqual([{ id: mid, events: 1 }]);
    expect((await (await network.as('processor')).trace.traceBack({ id: end })).hidden).toEqual([]);
  }, TRY);

  it('say where they end for those who may follow and not read', async () => {
    const back = await (await network.as('carrier')).trace.traceBack({ id: end });
    expect([idsOf(back), back.hidden]).toEqual([[end, mid], [{ id: mid, events: 1 }]]);
  }, TRY);

  it('know nothing of them for everyone else', async () => {
    const back = await (await network.as('bank')).trace.traceBack({ id: end });
    expect([idsOf(back), back.hidden]).toEqual([[end, mid], []]);
  }, TRY);

  it('are no part of queries, and count in balance and custody for those who may read them', async () => {
    const answers = [];
    for (const slug of ['processor', 'brand', 'bank'] as const) {
      const { trace } = await network.as(slug);
      const { totals, hidden } = await trace.massBalance({ id: mid });
      answers.push([slug, totals.map(({ produced, consumed }) => [produced, consumed]), hidden, (await trace.custody({ id: mid })).chain[0]?.how, (await trace.queryEvents({ MATCH_anyEPCClass: mid })).events.map(({ id }) => id)]);
    }
    expect(answers).toEqual([
      ['processor', [['100', '100']], [], 'begun', [hashOf(packed)]],
      ['brand', [['100', '100']], [{ id: mid, events: 1 }], 'begun', [hashOf(packed)]],
      ['bank', [['0', '100']], [], 'seen', [hashOf(packed)]],
    ]);
  }, TRY);

  it('go on where they were cut', async () => {
    const back = await (await network.as('brand')).trace.traceBack({ id: end, depth: 1 });
    expect([idsOf(back), back.truncated]).toEqual([[end, mid], true]);
  }, TRY);

  it('of recalls stop before them: the recaller counts what it cannot follow', async () => {
    const regulator = await network.as('regulator');
    const recallId = `R-${process.pid}-sealed`;
    await regulator.recalls.openRecall({ recallId, lot: raw, reasonClass: 'contamination', reason: 'Aflatoxin above the limit.' });
    await regulator.recalls.advanceRecall({ recallId });
    await network.inStep();
    expect((await regulator.recalls.recallFlags(end))).toEqual([]);
    const processor = await network.as('processor');
    const next = made('processor', [raw], [newLot('processor')], 2);
    // Whoever goes on using the lot under seal is told.
    const report = await processor.trace.captureSealedEvents(document([next]), { parties: [network.mspId('brand')] });
    expect(report.flags).toMatchObject([{ recallId, lot: raw }]);
    await regulator.recalls.closeRecall({ recallId });
  }, TRY);
}
