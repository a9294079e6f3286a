import { batchRoot, eventHash, fieldRoot, parseContext, sealedEventFields, sha256Hex } from '@dualchain/model';
import { readLedger } from './audit';
import { commitmentsStand } from './commitments';
import { Auditor } from './auditor';
import { anchorOf, blocksOf } from './testing/blocks';
import type { Entry } from './testing/blocks';
import { at, bank, brand, farm, fresh, maker, story } from './testing/life';

const event = { type: 'ObjectEvent', action: 'OBSERVE', eventTime: at(2), eventTimeZoneOffset: '+00:00', bizStep: 'storing', epcList: [], quantityList: [{ epcClass: fresh }] };
const eventId = eventHash(event, parseContext(null)).id;
const recordOf = (id: string) => ({ ...sealedEventFields({ reporter: farm, eventId, context: null, event }), type: 'sealedEvent', id, salt: sha256Hex(id) });

/** What the farm sealed to the processor, then an internal event, then that event shared with the bank. */
function sealed(): { entries: Entry[]; first: number } {
  const entries = story();
  const first = entries.length;
  const [open, inner] = [recordOf('a1'.repeat(32)), recordOf('b2'.repeat(32))];
  const batch = { id: `tx-${first + 1}`, reporter: farm, capturedAt: at(91), count: 1, root: batchRoot([fieldRoot(inner)]) };
  entries.push(
    { call: 'trace:captureSealedEvents', creator: farm, endorsers: [maker], at: at(90), put: [['sealedEvent', [open.id], { id: open.id, reporter: farm, visibility: 'parties', capturedAt: at(90), transactionId: `tx-${first}`, root: fieldRoot(open) }]], seal: [[open, [farm, maker]]] },
    { call: 'trace:captureInternalEvents', creator: farm, at: at(91), put: [['internalBatch', [batch.id], batch]], anchor: [anchorOf('internalBatch', [batch.id], farm, batch)] },
    { call: 'trace:shareEvents', creator: farm, endorsers: [bank], at: at(92), put: [['sealedEvent', [inner.id], { id: inner.id, reporter: farm, visibility: 'internal', capturedAt: at(91), transactionId: batch.id, root: fieldRoot(inner), batch: batch.id }]], seal: [[inner, [farm, bank]]] },
  );
  return { entries, first };
}

function verdictOf(entries: readonly Entry[], mspId: string) {
  const auditor = new Auditor({ mspId, chaincode: 'dualchain' });
  for (const block of readLedger(mspId, 'dualchain', blocksOf(mspId, entries)).blocks) auditor.add(block);
  return auditor.report().verdicts.find(({ invariant }) => invariant === commitmentsStand.invariant)!;
}

it.each([[farm, 0], [maker, 1], [bank, 1], [brand, 2]])('%s finds it in order, and counts %i that it cannot see', (mspId, unseen) => {
  expect(verdictOf(sealed().entries, mspId)).toMatchObject({ holds: true, breaks: [], unseen });
});

const skeleton = (entry: Entry): Record<string, unknown> => entry.put[0]![2] as Record<string, unknown>;
const breaks: [string, string, (entries: Entry[], first: number) => void][] = [
  ['an event that was captured earlier than it was', bank, (entries, first) => void (skeleton(entries[first]!)['capturedAt'] = at(10))],
  ['an event of another transaction', bank, (entries, first) => void (skeleton(entries[first]!)['transactionId'] = 'tx-1')],
  ['an event that its reporter holds no record of', bank, (entries, first) => void (entries[first]!.seal = [[recordOf('a1'.repeat(32)), [maker]]])],
  ['an event with another root than its record', maker, (entries, first) => void (skeleton(entries[first]!)['root'] = '00'.repeat(32))],
  ['an event that is changed later', bank, (entries, first) => entries[first + 2]!.put.push(['sealedEvent', ['a1'.repeat(32)], { ...skeleton(entries[first]!), root: '00'.repeat(32) }])],
  ['an internal event before its batch', bank, (entries, first) => void (skeleton(entries[first + 2]!)['capturedAt'] = at(10))],
  ['an internal event of no batch', bank, (entries, first) => void (skeleton(entries[first + 2]!)['batch'] = 'tx-0')],
  ['a batch with an earlier time', brand, (entries, first) => void (skeleton(entries[first + 1]!)['capturedAt'] = at(10))],
  ['a batch that its reporter does not stand behind', brand, (entries, first) => void (entries[first + 1]!.anchor = [])],
  ['a batch that is changed', brand, (entries, first) => entries[first + 2]!.put.push(['internalBatch', [`tx-${first + 1}`], { ...skeleton(entries[first + 1]!), root: '00'.repeat(32) }])],
];

it.each(breaks)('%s is found', (_, mspId, mutate) => {
  const { entries, first } = sealed();
  mutate(entries, first);
  expect(verdictOf(entries, mspId)).toMatchObject({ holds: false, breaks: expect.arrayContaining([expect.objectContaining({ transactionId: expect.stringMatching(/^tx-\d+$/) as unknown })]) as unknown });
});
