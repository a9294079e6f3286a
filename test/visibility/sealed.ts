import { document } from '../support/deal';
import type { TestNetwork } from '../support/network';
import { made, newLot, seen } from '../support/goods';
import { declared, hashOf, TRY, watch } from './events';

/** Public objects whose keys or values changed between two readings. */
export function news(before: Record<string, unknown>, after: Record<string, unknown>): [string, unknown][] {
  return Object.entries(after).filter(([key, value]) => JSON.stringify(before[key]) !== JSON.stringify(value));
}

export function sealedSuite(network: TestNetwork): void {
  const raw = newLot('farm');
  const harvest = seen('farm', raw, 30, { 'example:remark': 'frost on field seven', '@context': { example: 'https://ns.example.com/epcis/' } });
  const packed = seen('farm', raw, 29);
  const parties = () => [network.mspId('processor')];
  let ids: string[];

  beforeAll(() => {
    for (const event of [harvest, packed]) watch(network, event, [raw], ['farm', 'processor']);
    network.markers.push({ value: 'frost on field seven', label: 'remark of a sealed event', readers: [network.mspId('farm'), network.mspId('processor')] });
  });

  it('stand on the channel as skeletons that say nothing of them', async () => {
    const before = await network.objects();
    const report = await (await network.as('farm')).trace.captureSealedEvents(document([harvest, packed]), { parties: parties() });
    expect(report).toMatchObject({ total: 2, refused: [], flags: [], captured: [{ index: 0, eventId: hashOf(harvest) }, { index: 1, eventId: hashOf(packed) }] });
    ids = report.captured.map(({ id }) => id);
    const added = news(before, await network.objects());
    const skeletons = added.filter(([key]) => key.startsWith('sealedEvent/'));
    expect(skeletons.map(([, value]) => Object.keys(value as object).sort())).toEqual([0, 1].map(() => ['capturedAt', 'id', 'reporter', 'root', 'transactionId', 'visibility']));
    // Both name one lot, and so stand under one tag.
    const tags = added.flatMap(([key]) => (key.startsWith('sealedSubject/') ? [key.split('/')[1]] : []));
    expect([tags.length, new Set(tags).size]).toEqual([2, 1]);
    expect(added.filter(([key]) => /^(event|subject|step|location|commissioned|batch)\//.test(key))).toEqual([]);
    // Two skeletons and two rows; in private two records for each event and one link key, for two organisations each.
    const transaction = (await network.blocks('bank')).flatMap(({ transactions }) => transactions).find(({ id }) => id === report.captured[0]!.transactionId)!;
    expect([transaction.writes.length, transaction.hashedWrites.length]).toEqual([4, 10]);
    expect(new Set(transaction.endorsers)).toEqual(new Set([network.mspId('farm'), network.mspId('processor')]));
  }, TRY);

  it('are read by reporter and party, as they were', async () => {
    await network.inStep();
    for (const slug of ['farm', 'processor'] as const) {
      const { trace } = await network.as(slug);
      expect((await trace.requireSealedEvent(ids[0]!)).body).toMatchObject({ eventId: hashOf(harvest), event: harvest });
      expect((await trace.requireSealedEvent(hashOf(packed))).body?.event).toEqual(packed);
      const { events, hidden } = await trace.sealedEventsOf({ id: raw });
      expect([events.map(({ body }) => body?.eventId), hidden]).toEqual([[hashOf(harvest), hashOf(packed)], 0]);
      const all = [];
      for await (const event of trace.sealedEvents({})) all.push(event.id);
      expect(all.sort()).toEqual([...ids].sort());
    }
  }, TRY);

  it('are closed to everyone else', async () => {
    const { trace } = await network.as('bank');
    expect(await trace.requireSealedEvent(ids[0]!)).toMatchObject({ reporter: network.mspId('farm'), visibility: 'parties', body: undefined, records: {} });
    expect(await trace.getSealedEvent(hashOf(harvest))).toBeUndefined();
    expect(await trace.sealedEventsOf({ id: raw })).toEqual({ events: [], hidden: 0, truncated: false });
    await network.refused('bank', 'NOT_FOUND', () => trace.traceBack({ id: raw }));
  }, TRY);

  it('are captured once', async () => {
    const before = await network.objects();
    const again = await (await network.as('farm')).trace.captureSealedEvents(document([packed, harvest]), { parties: parties() });
    expect(again.captured).toEqual([{ index: 0, eventId: hashOf(packed), id: ids[1], already: true }, { index: 1, eventId: hashOf(harvest), id: ids[0], already: true }]);
    expect(await network.objects()).toEqual(before);
  }, TRY);

  it('are followed under the same tag by what a party adds', async () => {
    const arrived = seen('processor', raw, 20);
    watch(network, arrived, [raw], ['farm', 'processor']);
    const tagsOf = (objects: Record<string, unknown>) => Object.keys(objects).flatMap((key) => (key.startsWith('sealedSubject/') ? [key.split('/')[1]] : []));
    await (await network.as('processor')).trace.captureSealedEvents(document([arrived]), { parties: [network.mspId('farm')] });
    await network.inStep();
    expect(new Set(tagsOf(await network.objects())).size).toBe(1);
    expect((await (await network.as('farm')).trace.sealedEventsOf({ id: raw })).events.map(({ reporter }) => reporter)).toEqual([network.mspId('farm'), network.mspId('farm'), network.mspId('processor')]);
  }, TRY);

  it('that are not well-formed are refused here, with path and rule, before anything is sent', async () => {
    const { trace } = await network.as('farm');
    const height = await network.height('farm');
    const bad = { ...seen('farm', raw, 5), eventTime: 'yesterday' };
    const error = await network.refused('farm', 'INVALID_EPCIS', () => trace.captureSealedEvents(document([seen('farm', raw, 6), bad]), { parties: parties() }));
    expect(error.details['problems']).toEqual([expect.objectContaining({ event: 1, path: expect.stringContaining('eventTime') as unknown })]);
    expect(await network.height('farm')).toBe(height);
  }, TRY);

  it('at the place of another are refused by the parties, who repeat no value of them', async () => {
    const { trace } = await network.as('farm');
    const lot = newLot('farm');
    const elsewhere = seen('brand', lot, 4);
    network.markers.push({ value: lot, label: 'identifier of a refused event', readers: [network.mspId('farm'), network.mspId('processor')] });
    const before = await network.objects();
    const error = await network.refused('farm', 'INVALID_EPCIS', () => trace.captureSealedEvents(document([elsewhere]), { parties: parties() }));
    expect(error.details['problems']).toEqual([expect.objectContaining({ event: 0, path: expect.stringContaining('readPoint') as unknown, rule: 'trace.place' })]);
    expect(JSON.stringify(error.cause ?? error)).not.toContain('9524003');
    expect(await network.objects()).toEqual(before);
    const mixed = await trace.captureSealedEvents(document([elsewhere, seen('farm', lot, 3)]), { parties: parties(), mode: 'proceed' });
    expect(mixed).toMatchObject({ total: 2, captured: [{ index: 1 }], refused: [{ index: 0, problems: [{ rule: 'trace.place' }] }] });
  }, TRY);

  it('are sealed to other members only', async () => {
    const { trace } = await network.as('farm');
    const source = document([seen('farm', newLot('farm'), 4)]);
    await network.refused('farm', 'INVALID_INPUT', () => trace.captureSealedEvents(source, { parties: [network.mspId('farm')] }));
    await network.refused('farm', 'INVALID_INPUT', () => trace.captureSealedEvents(source, { parties: [] }));
    await network.refused('farm', ['NOT_A_MEMBER', 'ENDORSEMENT_FAILED', 'UNAVAILABLE'], () => trace.captureSealedEvents(source, { parties: ['NobodyMSP'] }));
  }, TRY);

  it('are declared to be errors by their reporter alone', async () => {
    const lot = newLot('farm');
    const from = newLot('farm');
    const wrong = made('farm', [from], [lot], 12);
    watch(network, wrong, [from, lot], ['farm', 'processor']);
    const [farm, processor] = [await network.as('farm'), await network.as('processor')];
    await farm.trace.captureSealedEvents(document([wrong]), { parties: parties() });
    await network.inStep();
    expect((await processor.trace.traceBack({ id: lot })).nodes.map(({ id }) => id)).toEqual([lot, from]);
    // At the reporter's place the party cannot say anything; even if it could, its word would not count for the farm's event.
    await network.refused('processor', 'INVALID_EPCIS', () => processor.trace.captureSealedEvents(document([declared(wrong)]), { parties: [network.mspId('farm')] }));
    const report = await farm.trace.captureSealedEvents(document([declared(wrong)]), { parties: parties() });
    expect(report.captured).toMatchObject([{ index: 0, eventId: hashOf(wrong) }]);
    await network.inStep();
    expect((await processor.trace.traceBack({ id: lot })).nodes.map(({ id }) => id)).toEqual([lot]);
    expect((await processor.trace.sealedEventsOf({ id: lot })).events.map(({ body }) => body?.declares === undefined)).toEqual([true, false]);
    expect((await farm.trace.captureSealedEvents(document([declared(wrong)]), { parties: parties() })).captured).toMatchObject([{ already: true }]);
  }, TRY);

  it('of which nobody knows outside that they share a lot with public ones', async () => {
    const lot = newLot('farm');
    const [farm, bank] = [await network.as('farm'), await network.as('bank')];
    await farm.trace.capture(document([seen('farm', lot, 8)]));
    const shut = seen('farm', lot, 7);
    network.markers.push({ value: String(shut['eventTime']), label: 'time of a sealed event of a public lot', readers: [network.mspId('farm'), network.mspId('processor')] });
    await farm.trace.captureSealedEvents(document([shut]), { parties: parties() });
    await network.inStep();
    expect(await bank.trace.traceBack({ id: lot })).toMatchObject({ hidden: [], events: [expect.any(String)] });
    expect((await farm.trace.traceBack({ id: lot })).events).toHaveLength(2);
  }, TRY);

  it('of which every value that was looked for elsewhere is held by its readers', async () => {
    expect(await network.unusedMarkers()).toEqual([]);
  }, TRY);
}
