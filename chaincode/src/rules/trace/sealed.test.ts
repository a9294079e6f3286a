import { batchProof, batchRoot, DualchainError, fieldRoot, sealedEventFields } from '@dualchain/model';
import type { SealedRecord } from '@dualchain/model';
import { judgeSealed, partiesBeside, requireCommitted, requireReporter, withoutValues } from './sealed';

const now = '2026-11-24T08:00:00.000Z';
const member = (mspId: string, state: 'active' | 'suspended' = 'active') => ({ mspId, state });
const members = [member('FarmMSP'), member('BrandMSP'), member('GoneMSP', 'suspended')];
const refused = (code: string) => expect.objectContaining({ code }) as Error;
const secret = 'https://id.gs1.org/01/09524001500013/10/SECRET';
const seen = (more: object = {}) => ({ type: 'ObjectEvent', action: 'OBSERVE', eventTime: '2026-11-23T08:00:00Z', eventTimeZoneOffset: '+00:00', bizStep: 'storing', epcList: [], quantityList: [{ epcClass: secret }], readPoint: { id: 'urn:epc:id:sgln:9524001.00000.0' }, ...more });
const judge = (...events: Record<string, unknown>[]) => judgeSealed({ context: null, events }, now, () => []);
const caught = (work: () => unknown): DualchainError => {
  try {
    work();
  } catch (error) {
    return error as DualchainError;
  }
  throw new Error('nothing was refused');
};

describe('the parties', () => {
  it('are other active members, each once', () => {
    expect(partiesBeside('FarmMSP', ['BrandMSP', 'BrandMSP'], members)).toEqual(['BrandMSP']);
    expect(() => partiesBeside('FarmMSP', ['BrandMSP', 'FarmMSP'], members)).toThrow(refused('INVALID_INPUT'));
    expect(() => partiesBeside('FarmMSP', ['GoneMSP'], members)).toThrow(refused('NOT_A_MEMBER'));
    expect(() => partiesBeside('FarmMSP', ['StrangeMSP'], members)).toThrow(refused('NOT_A_MEMBER'));
  });

  it('do not share what another reported', () => {
    requireReporter({ id: 'x', reporter: 'FarmMSP' }, 'FarmMSP');
    expect(() => requireReporter({ id: 'x', reporter: 'FarmMSP' }, 'BrandMSP')).toThrow(refused('NOT_A_PARTY'));
  });
});

describe('judging events under seal', () => {
  it('takes what the public capture takes, each once', () => {
    expect(judge(seen(), seen({ bizStep: 'packing' })).map(({ index }) => index)).toEqual([0, 1]);
    expect(caught(() => judge(seen(), seen()))).toMatchObject({ code: 'INVALID_INPUT', details: { event: 1 } });
  });

  it.each([
    ['a malformed identifier', seen({ quantityList: [{ epcClass: 'SECRET lot' }] }), '$.quantityList'],
    ['a time that is none', seen({ eventTime: 'SECRET' }), '$.eventTime'],
    ['an extension with a telling name', seen({ 'SECRET:recipe': 1 }), '$'],
    ['a step that is none', seen({ bizStep: 'SECRET step' }), '$.bizStep'],
  ])('refuses %s by place and rule, and repeats nothing of it', (_, event, path) => {
    const error = caught(() => judge(event));
    expect(error.code).toBe('INVALID_EPCIS');
    expect(error.details['problems']).toEqual(expect.arrayContaining([expect.objectContaining({ event: 0, path, rule: expect.stringMatching(/^[a-z.-]+$/) as unknown })]));
    expect(JSON.stringify(error) + error.message).not.toContain('SECRET');
  });

  it('refuses the same object born twice in one transaction', () => {
    const born = (hour: string) => seen({ action: 'ADD', eventTime: `2026-11-23T${hour}:00:00Z`, epcList: ['urn:epc:id:sgtin:9524001.050001.77123'], quantityList: [] });
    const error = caught(() => judge(born('07'), born('08')));
    expect(error.details['problems']).toMatchObject([{ event: 1, rule: 'trace.exists' }]);
    expect(JSON.stringify(error)).not.toContain('77123');
  });

  it('repeats nothing of a refusal that it does not know', () => {
    expect(caught(() => withoutValues(() => { throw new DualchainError('INVALID_INPUT', 'SECRET is no identifier.', { details: { id: 'SECRET' } }); })).message).not.toContain('SECRET');
    expect(caught(() => withoutValues(() => { throw new DualchainError('TOO_LARGE', 'Too many.'); })).code).toBe('TOO_LARGE');
  });
});

describe('an internal event that is shared', () => {
  const event = seen();
  const [eventId] = judge(event).map(({ id }) => id);
  const record = (fields: object = {}): SealedRecord => ({ ...sealedEventFields({ reporter: 'FarmMSP', eventId: eventId!, context: null, event }), type: 'sealedEvent', id: 'ab'.repeat(32), salt: 'cd'.repeat(32), ...fields });
  const leavesWith = (shared: SealedRecord) => ['11'.repeat(32), fieldRoot(shared), '22'.repeat(32)];
  const batchOf = (shared: SealedRecord) => ({ id: 'tx', reporter: 'FarmMSP', capturedAt: now, count: 3, root: batchRoot(leavesWith(shared)) });

  it('is what its reporter had committed to', () => {
    requireCommitted(record(), batchOf(record()), 1, batchProof(leavesWith(record()), 1), 'FarmMSP');
  });

  it.each([
    ['another field', record({ 'event.bizStep': 'packing' }), record(), 1, 'FarmMSP'],
    ['another place', record(), record(), 0, 'FarmMSP'],
    ['another reporter', record(), record(), 1, 'BrandMSP'],
    ['a hash that is not its own', record({ eventId: 'ni:///sha-256;00?ver=CBV2.0' }), record({ eventId: 'ni:///sha-256;00?ver=CBV2.0' }), 1, 'FarmMSP'],
  ])('and not with %s', (_, shown, committed, position, reporter) => {
    expect(() => requireCommitted(shown, batchOf(committed), position, batchProof(leavesWith(committed), 1), reporter)).toThrow(refused('NOT_GENUINE'));
  });
});
