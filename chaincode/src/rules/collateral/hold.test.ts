import type { EventLinks, EventRecord, MemberRecord } from '@dualchain/model';
import { later, now } from '../testing/claims';
import { party, pledgeIn, receiptIn } from '../testing/collateral';
import { codeOf } from '../testing/refusal';
import { breachOf, causesOf, holdReceipt, isCalledForHold, leadsTo, mayTell, releaseHold, requireNoCause } from './hold';

const links = (change: Partial<EventLinks> = {}): EventLinks => ({ type: 'ObjectEvent', action: 'OBSERVE', time: now, epcs: [], classes: [], inputs: [], outputs: [], inputQuantities: [], outputQuantities: [], bizTransactions: [], sources: [], destinations: [], subjects: ['lot-1'], ...change }) as EventLinks;
const told = (report: object, change: Partial<EventLinks> = {}) => ({ event: { sensorElementList: [{ sensorReport: [report] }] }, links: links(change) });
const limits = { min: -200, max: 80 };

test.each([
  ['above the limit', { type: 'Temperature', value: 8.1, uom: 'CEL' }, 'temperature'],
  ['at the limit', { type: 'Temperature', value: 8, uom: 'CEL' }, undefined],
  ['below the limit', { type: 'gs1:Temperature', minValue: -20.1, uom: 'CEL' }, 'temperature'],
  ['in Fahrenheit', { type: 'https://gs1.org/voc/Temperature', maxValue: 50, uom: 'FAH' }, 'temperature'],
  ['in Kelvin', { type: 'Temperature', value: 280, uom: 'KEL' }, undefined],
  ['in an unknown unit', { type: 'Temperature', value: 900, uom: 'X' }, undefined],
  ['another quantity', { type: 'Humidity', value: 90, uom: 'CEL' }, undefined],
  ['an alarm of the sensor', { type: 'Humidity', exception: 'gs1:ALARM_CONDITION' }, 'temperature'],
  ['text for a number', { type: 'Temperature', value: '99', uom: 'CEL' }, undefined],
])('a temperature %s', (_, report, kind) => expect(breachOf(told(report), limits)).toBe(kind));

test('without limits only an alarm or the disposition tells', () => {
  expect(breachOf(told({ type: 'Temperature', value: 99, uom: 'CEL' }), undefined)).toBeUndefined();
  expect(breachOf(told({}, { disposition: 'damaged' }), undefined)).toBe('condition');
  expect(breachOf(told({}, { persistentDisposition: { set: ['stolen'], unset: [] } }), undefined)).toBe('custody');
  expect(breachOf(told({}, { disposition: 'conformant' }), limits)).toBeUndefined();
  expect(breachOf({ event: { sensorElementList: 'none' }, links: links() }, limits)).toBeUndefined();
});

test('a way leads from what is told to the lot, hop by hop and not back in time', () => {
  const made = links({ type: 'TransformationEvent', inputs: ['raw'], outputs: ['lot-1'], subjects: ['raw', 'lot-1'] });
  const way = [{ from: 'raw', eventId: 'e-1' }];
  expect(leadsTo('lot-1', links(), [], [])).toBe(true);
  expect(leadsTo('lot-2', links(), [], [])).toBe(false);
  expect(leadsTo('lot-1', links({ subjects: ['raw'] }), way, [made])).toBe(true);
  expect(leadsTo('lot-1', links({ subjects: ['raw'], time: later }), way, [made])).toBe(false);
  expect(leadsTo('lot-1', links({ subjects: ['other'] }), way, [made])).toBe(false);
  expect(leadsTo('lot-2', links({ subjects: ['raw'] }), way, [made])).toBe(false);
  expect(leadsTo('lot-1', links({ subjects: ['raw'] }), way, [])).toBe(false);
  const packed = links({ type: 'AggregationEvent', action: 'ADD', parent: 'lot-1', epcs: ['raw'] });
  expect(leadsTo('lot-1', links({ subjects: ['raw'] }), way, [packed])).toBe(true);
  expect(leadsTo('lot-1', links({ subjects: ['raw'] }), way, [{ ...packed, action: 'DELETE' }])).toBe(false);
});

test('the word of the keeper, of who reported a hop, of inspector and authority counts, and of nobody else', () => {
  const member = (roles: MemberRecord['roles'], state: MemberRecord['state'] = 'active') => ({ mspId: 'X', roles, state }) as MemberRecord;
  const receipt = receiptIn('in transit');
  const hops = [{ reporter: 'CookMSP' }] as Pick<EventRecord, 'reporter'>[];
  for (const reporter of [party.warehouse, party.carrier, 'CookMSP']) expect(mayTell(reporter, receipt, hops, member(['supplier']))).toBe(true);
  expect(mayTell(party.outsider, receipt, hops, member(['supplier']))).toBe(false);
  expect(mayTell(party.outsider, receipt, hops, member(['inspector']))).toBe(true);
  expect(mayTell(party.outsider, receipt, hops, member(['authority'], 'suspended'))).toBe(false);
  expect(mayTell(party.outsider, receipt, hops, undefined)).toBe(false);
});

test('expiry and an overdue transit are causes by themselves', () => {
  expect(causesOf(receiptIn('active', { goodsExpireAt: later }), now)).toEqual([]);
  expect(causesOf(receiptIn('active', { goodsExpireAt: later }), later)).toEqual([{ kind: 'expiry', at: later }]);
  expect(causesOf(receiptIn('in transit'), later)).toEqual([{ kind: 'custody', at: later }]);
  expect(codeOf(() => requireNoCause('WR-1', [{ kind: 'expiry', at: now }]))).toBe('HELD');
  expect(codeOf(() => requireNoCause('WR-1', [{ kind: 'expiry', at: now }, { kind: 'recall', id: 'R-1', at: now }]))).toBe('RECALLED');
});

test('a hold remembers what was before it, also under a second cause, and ends when none is left', () => {
  const cause = [{ kind: 'recall', id: 'R-1', at: now }] as const;
  const held = holdReceipt(receiptIn('pledged'), cause, party.outsider, now);
  expect(held.hold).toEqual({ at: now, prior: 'pledged' });
  expect(holdReceipt(held, cause, party.outsider, later).hold).toEqual(held.hold);
  expect(codeOf(() => holdReceipt(receiptIn('active'), [], party.outsider, now))).toBe('EVIDENCE_MISSING');
  expect(codeOf(() => releaseHold(held, cause, party.outsider))).toBe('RECALLED');
  expect(releaseHold(held, [], party.outsider)).toEqual(receiptIn('pledged'));
  expect(isCalledForHold(pledgeIn('margin call'))).toBe(false);
  expect(isCalledForHold(pledgeIn('margin call', { marginCall: { reason: 'held', at: now, cureEndsAt: later } }))).toBe(true);
});
