import { randomBytes } from 'node:crypto';
import { canonicalJson, recordKey } from '../../model/src';
import type { SealedRecord } from '../../model/src';
import { document } from '../support/deal';
import type { Slug, TestNetwork } from '../support/network';
import { made, newLot, seen } from '../support/goods';
import { hashOf, TRY, watch } from './events';
import { news } from './sealed';

/** Shares with whatever openings a client pleases to send. */
export async function shareRaw(network: TestNetwork, slug: Slug, recipient: Slug, id: string, openings: readonly SealedRecord[], content: object): Promise<unknown> {
  const { session, chaincode } = await network.as(slug);
  const contract = session.connection.network().getContract(chaincode);
  const proposal = contract.newProposal('trace:shareEvents', {
    arguments: [canonicalJson({ eventIds: [id], with: [network.mspId(recipient)] })],
    transientData: { seed: randomBytes(32), sealed: canonicalJson(content), openings: canonicalJson(Object.fromEntries(openings.map((record) => [recordKey(record.type, record.id), record]))) },
    endorsingOrganizations: [network.mspId(slug), network.mspId(recipient)],
  });
  return proposal.endorse();
}

export function sharingSuite(network: TestNetwork): void {
  const lot = newLot('processor');
  const raw = newLot('farm');
  const run = made('processor', [raw], [lot], 10);
  const shelf = seen('processor', lot, 9);
  let id: string;
  let other: string;

  beforeAll(async () => {
    const { trace } = await network.as('processor');
    const readers: readonly Slug[] = ['processor', 'carrier', 'brand', 'regulator'];
    watch(network, run, [raw, lot], readers);
    watch(network, shelf, [], ['processor', 'carrier']);
    const report = await trace.captureSealedEvents(document([run, shelf]), { parties: [network.mspId('carrier')] });
    [id, other] = report.captured.map((each) => each.id) as [string, string];
    await network.inStep();
  }, TRY);

  it('opens an event to another organisation, with the links of its identifiers', async () => {
    const [processor, brand] = [await network.as('processor'), await network.as('brand')];
    expect((await brand.trace.requireSealedEvent(id)).body).toBeUndefined();
    const before = await network.objects();
    expect(await processor.trace.shareEvents({ events: [id], with: [network.mspId('brand')] })).toEqual([{ id, transactionId: expect.any(String) as unknown, blockNumber: expect.any(BigInt) as unknown }]);
    await network.inStep();
    // Nothing new on the channel but hashes in the recipient's collection.
    expect(news(before, await network.objects()).filter(([key]) => !key.startsWith(`${network.mspId('brand')} `))).toEqual([]);
    expect((await brand.trace.requireSealedEvent(hashOf(run))).body?.event).toEqual(run);
    const found = await brand.trace.sealedEventsOf({ id: lot });
    expect([found.events.map((event) => event.id), found.hidden]).toEqual([[id], 1]);
  }, TRY);

  it('is safe to repeat', async () => {
    const before = await network.objects();
    const again = await (await network.as('processor')).trace.shareEvents({ events: [hashOf(run)], with: [network.mspId('brand')] });
    expect(again).toMatchObject([{ id, already: true }]);
    expect(await network.objects()).toEqual(before);
  }, TRY);

  it('opens to an auditor what each of several events is', async () => {
    const shared = await (await network.as('processor')).trace.shareEvents({ events: [id], with: [network.mspId('regulator'), network.mspId('brand')] });
    expect(shared).toMatchObject([{ id }]);
    expect(shared[0]).not.toHaveProperty('already');
    await network.inStep();
    expect((await (await network.as('regulator')).trace.requireSealedEvent(id)).body?.event).toEqual(run);
  }, TRY);

  it('discloses an event to an outsider, field by field', async () => {
    const processor = await network.as('processor');
    const { pack, shown, hidden } = await processor.disclosures.disclose({ type: 'sealedEvent', id, fields: ['event.bizStep'] });
    expect(shown).toEqual(['event.bizStep']);
    expect(hidden).toEqual(expect.arrayContaining(['event.eventTime', 'event.inputQuantityList', 'eventId']));
    expect(JSON.stringify(pack.subject)).toContain('commissioning');
    for (const secret of [lot, String(run['eventTime']), hashOf(run)]) expect(JSON.stringify(pack.subject)).not.toContain(secret);
    network.show('disclosure pack', JSON.stringify(pack.subject), 'bank');
  }, TRY);

  it('is the reporter’s alone', async () => {
    const { trace } = await network.as('carrier');
    expect((await trace.requireSealedEvent(other)).body).toBeDefined();
    await network.refused('carrier', 'NOT_A_PARTY', () => trace.shareEvents({ events: [other], with: [network.mspId('brand')] }));
    await network.refused('bank', 'NOT_A_PARTY', async () => (await network.as('bank')).trace.shareEvents({ events: [other], with: [network.mspId('brand')] }));
    await network.refused('processor', 'NOT_FOUND', async () => (await network.as('processor')).trace.shareEvents({ events: ['00'.repeat(32)], with: [network.mspId('brand')] }));
  }, TRY);

  it('a recipient is given nothing forged', async () => {
    const { trace, session } = await network.as('processor');
    const record = Object.values((await trace.requireSealedEvent(other)).records)[0]!;
    const before = await network.objects();
    const attempt = (openings: readonly SealedRecord[], links: readonly object[]) => shareRaw(network, 'processor', 'bank', other, openings, { links, internal: [] });
    const link = { identifier: lot, key: randomBytes(32).toString('hex') };
    expect(session.mspId).toBe(network.mspId('processor'));
    for (const [said, openings, links] of [
      ['OPENING_REQUIRED', [], []],
      ['NOT_GENUINE', [{ ...record, 'event.bizStep': 'destroying' }], [link]],
      ['NOT_GENUINE', [{ ...record, salt: '11'.repeat(32) }], [link]],
      ['OPENING_REQUIRED', [record], []],
      ['NOT_GENUINE', [record], [link]],
    ] as const) {
      const error: unknown = await attempt(openings, links).then(() => 'endorsed', (reason: unknown) => reason);
      expect(JSON.stringify(error)).toContain(said);
      expect(JSON.stringify(error)).not.toContain(lot);
    }
    expect(await network.objects()).toEqual(before);
    expect((await (await network.as('bank')).trace.requireSealedEvent(other)).body).toBeUndefined();
  }, TRY);

  it('takes more events and identifiers than one transaction', async () => {
    const { trace } = await network.as('processor');
    const lots = Array.from({ length: 30 }, () => newLot('processor'));
    const many = Array.from({ length: 101 }, (_, index) => seen('processor', lots[index % lots.length]!, 1 + index / 1000));
    const captured = await trace.captureSealedEvents(document(many), { parties: [network.mspId('carrier')] });
    expect(new Set(captured.captured.map(({ transactionId }) => transactionId)).size).toBe(2);
    const shared = await trace.shareEvents({ events: captured.captured.map((each) => each.id), with: [network.mspId('brand')] });
    expect([shared.length, new Set(shared.map(({ transactionId }) => transactionId)).size]).toEqual([101, 2]);
    await network.inStep();
    const { events, hidden } = await (await network.as('brand')).trace.sealedEventsOf({ id: lots[0]! });
    expect([events.length, hidden]).toEqual([4, 0]);
  }, TRY);
}
