import { createHash, randomBytes } from 'node:crypto';
import fc from 'fast-check';
import { recordKey, sha256Hex } from './sealed';
import type { SealedRecord } from './sealed';
import { batchProof, batchRoot, freshLinkKey, isInBatch, isNamedByHash, linkRecord, linkTag, recordRange, sealedEventFields, sealedEventId, sealedEventParts, sealedNameRecord, traceEventsOf } from './sealed-events';
import { eventHash, parseContext } from './epcis/index';
import { fieldRoot } from './sealed';

const lot = 'https://id.gs1.org/01/09524002500012/10/L1';
const base = { type: 'ObjectEvent', action: 'OBSERVE', eventTime: '2026-11-23T08:00:00Z', eventTimeZoneOffset: '+00:00', epcList: [], quantityList: [{ epcClass: lot }], id: 'a field called id', salt: 'and one called salt' };
const hashOf = (event: Record<string, unknown>) => eventHash(event, parseContext(null)).id;
const recordOf = (event: Record<string, unknown>, reporter = 'FarmMSP', more: object = {}): SealedRecord => ({ ...sealedEventFields({ reporter, eventId: hashOf(event), context: null, event }), type: 'sealedEvent', id: randomBytes(32).toString('hex'), salt: randomBytes(32).toString('hex'), ...more });

it('a record holds each field of its event by itself and gives the event back', () => {
  const record = recordOf(base);
  expect(record['event.eventTime']).toBe(base.eventTime);
  expect(sealedEventParts(record)).toEqual({ reporter: 'FarmMSP', eventId: hashOf(base), context: null, event: base });
  expect(isNamedByHash(record)).toBe(true);
  expect(isNamedByHash({ ...record, 'event.eventTime': '2026-11-23T09:00:00Z' })).toBe(false);
  expect(() => sealedEventParts({ ...record, type: 'order' })).toThrow(expect.objectContaining({ code: 'NOT_GENUINE' }) as Error);
});

it('nothing public of an identifier or an event can be computed without the secrets', () => {
  const [seed, other] = [randomBytes(32), randomBytes(32)];
  const key = freshLinkKey(seed, lot);
  const known = [sha256Hex(lot), sha256Hex(hashOf(base)), sha256Hex(recordKey('link', lot)), sha256Hex(recordKey('link', `${lot}\n${linkTag(lot, key)}`)), createHash('sha256').update(`tag\n${lot}`).digest('hex')];
  const record = recordOf(base);
  const shown = [sealedEventId(seed, hashOf(base)), linkTag(lot, key), sha256Hex(recordKey('link', linkRecord(lot, key).id)), sha256Hex(recordKey('sealedName', sealedNameRecord(record).id))];
  expect(shown.filter((value) => known.includes(value))).toEqual([]);
  // Another secret, other values; the same secret, the same for every holder.
  expect(linkTag(lot, freshLinkKey(other, lot))).not.toBe(linkTag(lot, key));
  expect(sealedEventId(other, hashOf(base))).not.toBe(sealedEventId(seed, hashOf(base)));
  expect(linkRecord(lot, key)).toEqual(linkRecord(lot, freshLinkKey(seed, lot)));
  expect(sealedNameRecord(record)).toEqual(sealedNameRecord({ ...record }));
  expect(sealedNameRecord({ ...record, salt: '00'.repeat(32) }).id).not.toBe(sealedNameRecord(record).id);
});

it('the records of an identifier lie together and those of no other between them', () => {
  fc.assert(
    fc.property(fc.string({ maxLength: 8 }).filter((text) => !/[\n\v]/.test(text)), fc.string({ maxLength: 8 }).filter((text) => !/[\n\v]/.test(text)), fc.uint8Array({ minLength: 32, maxLength: 32 }), (mine, other, key) => {
      const { from, to } = recordRange('link', mine);
      const bytes = (text: string) => Buffer.from(text, 'utf8');
      const within = (identifier: string) => {
        const at = bytes(recordKey('link', linkRecord(identifier, Buffer.from(key).toString('hex')).id));
        return Buffer.compare(bytes(from), at) <= 0 && Buffer.compare(at, bytes(to)) < 0;
      };
      expect(within(mine)).toBe(true);
      // Halves of surrogate pairs have no bytes of their own; identifiers never hold them.
      if (mine !== other && !/\p{Surrogate}/u.test(mine + '|' + other)) expect(within(other)).toBe(false);
    }),
  );
});

it('each event of a batch of any size is proved by its place, and no other is', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 40 }), fc.nat(), (count, at) => {
      const records = Array.from({ length: count }, () => recordOf(base));
      const leaves = records.map(fieldRoot);
      const batch = { root: batchRoot(leaves), count };
      const position = at % count;
      const proof = batchProof(leaves, position);
      expect(isInBatch(records[position]!, batch, position, proof)).toBe(true);
      expect(isInBatch(recordOf(base), batch, position, proof)).toBe(false);
      expect(isInBatch(records[position]!, { ...batch, count: count + 1 }, position, proof)).toBe(false);
      expect(isInBatch(records[position]!, batch, position + 1, proof)).toBe(false);
    }),
    { numRuns: 30 },
  );
});

describe('events of a walk', () => {
  const declaration = { errorDeclaration: { declarationTime: '2026-11-23T09:00:00Z' } };
  const counted = (...records: SealedRecord[]) => traceEventsOf(records).map(({ id, links }) => [id, links.errorDeclaration === undefined]);

  it('come once, whoever captured them how often', () => {
    expect(counted(recordOf(base), recordOf(base), recordOf(base, 'BrandMSP'))).toEqual([[hashOf(base), true]]);
  });

  it('do not count once their reporter declared them to be errors, in any order', () => {
    const wrong = recordOf({ ...base, ...declaration });
    expect(counted(recordOf(base), wrong)).toEqual([[hashOf(base), false]]);
    expect(counted(wrong, recordOf(base))).toEqual([[hashOf(base), false]]);
  });

  it('count against the declaration of another', () => {
    const others = recordOf({ ...base, ...declaration }, 'BrandMSP');
    expect(counted(recordOf(base), others)).toEqual([[hashOf(base), true]]);
    expect(counted(others, recordOf(base))).toEqual([[hashOf(base), true]]);
  });
});
