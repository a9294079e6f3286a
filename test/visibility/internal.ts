import { randomBytes } from 'node:crypto';
import type { Dualchain } from '../../client/src';
import { connect } from '../../client/src';
import { batchProof } from '../../model/src';
import type { SealedRecord } from '../../model/src';
import { openInternal } from '../../client/src/trace/internal-events';
import { document } from '../support/deal';
import type { TestNetwork } from '../support/network';
import { made, newLot, seen } from '../support/goods';
import { declared, hashOf, TRY, watch } from './events';
import { news } from './sealed';
import { shareRaw } from './sharing';

/** Recipes and temperatures that stay with the processor, one of which it later shows to an inspector. */
export function internalSuite(network: TestNetwork): void {
  const key = randomBytes(32);
  const [raw, paste, end] = [newLot('farm'), newLot('processor'), newLot('processor')];
  const steps = [made('processor', [raw], [paste], 9), made('processor', [paste], [end], 8), seen('processor', paste, 7, { sensorElementList: [{ sensorReport: [{ type: 'Temperature', value: 4.25, uom: 'CEL' }] }] })];
  let kitchen: Dualchain;
  let ids: string[];

  const open = (internalKey?: Uint8Array | (() => Promise<Uint8Array>)) => connect({ profile: network.network.profileDirectory('processor'), user: 'maker', ...(internalKey === undefined ? {} : { internalKey }) });

  beforeAll(async () => {
    // Nobody reads these in clear on the ledger, not even the processor's own peer; the first and last of the two it shares.
    watch(network, steps[0]!, [raw, paste], ['processor', 'regulator']);
    watch(network, steps[1]!, [end], []);
    watch(network, steps[2]!, [], []);
    kitchen = await open(() => Promise.resolve(key));
  }, TRY);
  afterAll(() => kitchen.close());

  it('need the key of the organisation', async () => {
    const { trace } = await network.as('processor');
    await network.refused('processor', 'INVALID_INPUT', () => trace.captureInternalEvents(document(steps)));
    await network.refused('processor', 'INVALID_INPUT', () => trace.internalEventsOf({ id: paste }));
    const short = await open(randomBytes(16));
    await network.refused('processor', 'INVALID_INPUT', () => short.trace.captureInternalEvents(document(steps)));
    short.close();
  }, TRY);

  it('stand on the channel as one root and a number', async () => {
    const before = await network.objects();
    const report = await kitchen.trace.captureInternalEvents(document(steps));
    expect(report).toMatchObject({ total: 3, refused: [], captured: steps.map((step, index) => ({ index, eventId: hashOf(step) })) });
    ids = report.captured.map(({ id }) => id);
    const added = news(before, await network.objects()).filter(([name]) => !/^\w+MSP [0-9a-f]{64}$/.test(name));
    expect(added).toEqual([[`internalBatch/${report.captured[0]!.transactionId}`, { id: report.captured[0]!.transactionId, reporter: network.mspId('processor'), capturedAt: expect.any(String) as unknown, count: 3, root: expect.stringMatching(/^[0-9a-f]{64}$/) as unknown }]]);
  }, TRY);

  it('are read by who has the key, and proved against the root', async () => {
    const events = await kitchen.trace.internalEventsOf({ id: paste });
    expect(events.map(({ event }) => event)).toEqual(steps);
    const other = await open(randomBytes(32));
    expect(await other.trace.internalEventsOf({ id: paste })).toEqual([]);
    await network.refused('processor', 'NOT_GENUINE', () => openInternal(other.session, { ids: [ids[0]!] }));
    other.close();
    await network.refused('bank', 'NOT_FOUND', async () => (await network.as('bank')).trace.traceBack({ id: paste }));
  }, TRY);

  it('are captured once, and declared to be errors once', async () => {
    const before = await network.objects();
    expect((await kitchen.trace.captureInternalEvents(document(steps))).captured.map(({ already, id }) => [already, id])).toEqual(ids.map((id) => [true, id]));
    expect(await network.objects()).toEqual(before);
    const wrong = made('processor', [raw], [newLot('processor')], 6);
    const outcome = await kitchen.trace.captureInternalEvents(document([wrong, declared(wrong)]));
    expect(outcome.captured.map(({ already }) => already)).toEqual([undefined, undefined]);
    expect((await kitchen.trace.captureInternalEvents(document([declared(wrong)]))).captured).toMatchObject([{ already: true }]);
  }, TRY);

  it('are walked over in the application', async () => {
    const back = await kitchen.trace.traceBack({ id: end });
    expect(back.nodes.map(({ id }) => id)).toEqual([end, paste, raw]);
    expect(back.events).toEqual(expect.arrayContaining([hashOf(steps[0]!), hashOf(steps[1]!)]));
    expect((await kitchen.trace.traceForward({ id: raw })).nodes.map(({ id }) => id)).toEqual([raw, paste, end]);
    await network.refused('processor', 'NOT_FOUND', async () => (await network.as('processor')).trace.traceBack({ id: end }));
  }, TRY);

  it('are shown to nobody in another shape', async () => {
    const [opened] = (await openInternal(kitchen.session, { ids: [ids[0]!] })).get(ids[0]!)!;
    const { record, batch, position } = opened!;
    const good = { record, batch: batch.skeleton.id, position, proof: batchProof(batch.leaves, position) };
    const before = await network.objects();
    const forged: readonly (readonly [string, object])[] = [
      ['another field', { ...good, record: { ...record, 'event.bizStep': 'destroying' } as SealedRecord }],
      ['another place', { ...good, position: 1 }],
      ['a shorter proof', { ...good, proof: good.proof.slice(1) }],
      ['another proof', { ...good, proof: good.proof.map(() => '00'.repeat(32)) }],
    ];
    for (const [what, internal] of forged) {
      const error: unknown = await shareRaw(network, 'processor', 'regulator', record.id, [], { links: [], internal: [internal] }).then(() => 'endorsed', (reason: unknown) => reason);
      expect([what, JSON.stringify(error)]).toEqual([what, expect.stringContaining('NOT_GENUINE')]);
    }
    expect(await network.objects()).toEqual(before);
  }, TRY);

  it('are shown one by one to whom they concern', async () => {
    const [shared] = await kitchen.trace.shareEvents({ events: [hashOf(steps[0]!)], with: [network.mspId('regulator')] });
    expect(shared).toMatchObject({ id: ids[0] });
    await network.inStep();
    const { trace } = await network.as('regulator');
    expect(await trace.requireSealedEvent(ids[0]!)).toMatchObject({ reporter: network.mspId('processor'), visibility: 'internal', body: { event: steps[0] } });
    expect((await trace.traceBack({ id: paste })).nodes.map(({ id }) => id)).toEqual([paste, raw]);
    expect(await trace.getSealedEvent(hashOf(steps[1]!))).toBeUndefined();
    expect(await kitchen.trace.shareEvents({ events: [ids[0]!], with: [network.mspId('regulator')] })).toMatchObject([{ id: ids[0], already: true }]);
    // Both ways to the same event count as one.
    expect((await kitchen.trace.traceBack({ id: paste })).edges).toHaveLength(1);
  }, TRY);
}
