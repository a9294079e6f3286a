import type { EventRecord, JsonObject } from '@dualchain/model';
import { decideCapture, judgeEvents, MAX_SUBJECTS } from './capture';
import type { CaptureGround, Judged } from './capture';

const at = '2026-11-24T08:00:00.000Z';
const object = (action: string, ids: string[], more: JsonObject = {}): JsonObject => ({ type: 'ObjectEvent', action, eventTime: '2026-11-23T08:00:00Z', eventTimeZoneOffset: '+00:00', epcList: ids, ...more });
const tag = (serial: number) => `urn:epc:id:sgtin:0614141.107346.${serial}`;
const link = (serial: number) => `https://id.gs1.org/01/10614141073464/21/${serial}`;
const judge = (events: JsonObject[], context: unknown = null) => judgeEvents({ context, events }, at);

interface Standing {
  records?: EventRecord[];
  commissioned?: [string, string][];
}
function decide(judged: Judged, { records = [], commissioned = [] }: Standing = {}, options: { reporter?: string; mode?: 'all' | 'proceed'; places?: CaptureGround['places'] } = {}) {
  const ground = { standing: new Map(records.map((record) => [record.id, record])), commissioned: new Map(commissioned), places: options.places ?? (() => []) };
  return decideCapture(judged, ground, { reporter: options.reporter ?? 'FarmMSP', at, transactionId: 'tx', mode: options.mode ?? 'all', context: null });
}
const problemsOf = (run: () => unknown): { event: number; path: string; rule: string }[] => {
  try {
    run();
  } catch (error) {
    expect(error).toMatchObject({ code: 'INVALID_EPCIS' });
    return (error as { details: { problems: { event: number; path: string; rule: string }[] } }).details.problems.map(({ event, path, rule }) => ({ event, path, rule }));
  }
  throw new Error('nothing was refused');
};

describe('which events are captured', () => {
  test('new ones, with their event hash as id', () => {
    const { result, written, commissioned } = decide(judge([object('ADD', [tag(1)]), object('OBSERVE', [tag(2)])]));
    expect(result.refused).toEqual([]);
    expect(result.captured.map(({ index, eventId }) => [index, eventId])).toEqual(written.map(({ record }, index) => [index, record.id]));
    expect(written[0]!.record).toMatchObject({ id: expect.stringMatching(/^ni:\/\/\/sha-256;[0-9a-f]{64}\?ver=CBV2\.0$/) as string, reporter: 'FarmMSP', batch: 'tx', capturedAt: at });
    expect([...commissioned]).toEqual([[link(1), written[0]!.record.id]]);
  });

  test('the same again is a no-op that says so, in a later document, twice in one, and in another spelling', () => {
    const first = decide(judge([object('ADD', [tag(1)])]));
    const again = judge([object('ADD', [link(1)]), object('ADD', [tag(1)])]);
    const { result, written } = decide(again, { records: first.written.map(({ record }) => record), commissioned: [[link(1), first.written[0]!.record.id]] }, { reporter: 'CarrierMSP' });
    expect(result.captured).toEqual([0, 1].map((index) => ({ index, eventId: first.written[0]!.record.id, already: true })));
    expect(written).toEqual([]);
    expect(decide(again).result.captured.map(({ already }) => already)).toEqual([undefined, true]);
  });

  test('an object comes into being once; a lot may be added to', () => {
    const lot = (hour: number) => object('ADD', [], { eventTime: `2026-11-23T0${hour}:00:00Z`, quantityList: [{ epcClass: 'urn:epc:class:lgtin:4054739.099914.L1', quantity: 5, uom: 'KGM' }] });
    expect(decide(judge([lot(1), lot(2)])).result.captured).toHaveLength(2);
    const later = object('ADD', [link(1)], { eventTime: '2026-11-23T09:00:00Z' });
    expect(problemsOf(() => decide(judge([later]), { commissioned: [[link(1), 'ni:///earlier']] }))).toEqual([{ event: 0, path: '$.epcList', rule: 'trace.exists' }]);
    expect(problemsOf(() => decide(judge([object('ADD', [tag(1)]), later])))).toEqual([{ event: 1, path: '$.epcList', rule: 'trace.exists' }]);
  });

  test('seen before it was reported to come into being: both stand', () => {
    expect(decide(judge([object('OBSERVE', [tag(1)]), object('ADD', [tag(1)])])).result.captured).toHaveLength(2);
  });

  test('an output of a transformation exists from then on; what is only repaired did before', () => {
    const repair: JsonObject = { type: 'TransformationEvent', eventTime: '2026-11-23T08:00:00Z', eventTimeZoneOffset: '+00:00', inputEPCList: [tag(1)], outputEPCList: [tag(1), tag(2)] };
    const { commissioned } = decide(judge([repair]), { commissioned: [[link(1), 'ni:///earlier']] });
    expect([...commissioned.keys()]).toEqual([link(2)]);
    expect(problemsOf(() => decide(judge([repair]), { commissioned: [[link(2), 'ni:///earlier']] }))).toEqual([{ event: 0, path: '$.outputEPCList', rule: 'trace.exists' }]);
  });
});

describe('one bad event', () => {
  const bad = object('OBSERVE', [tag(2)], { bizStep: 'flying' });
  const unborn = object('ADD', [tag(3)]);
  const future = object('OBSERVE', [tag(4)], { eventTime: '2026-11-24T08:05:01Z' });

  test('refuses all, with the full list: event, path, rule', () => {
    const judged = judge([object('OBSERVE', [tag(1)]), bad, unborn, future]);
    expect(problemsOf(() => decide(judged, { commissioned: [[link(3), 'ni:///earlier']] }))).toEqual([
      { event: 1, path: '$.bizStep', rule: 'cbv.biz-step' },
      { event: 2, path: '$.epcList', rule: 'trace.exists' },
      { event: 3, path: '$.eventTime', rule: 'epcis.time-future' },
    ]);
  });

  test('is reported beside the good ones in mode proceed', () => {
    const { result, written } = decide(judge([bad, object('OBSERVE', [tag(1)]), unborn]), { commissioned: [[link(3), 'ni:///earlier']] }, { mode: 'proceed' });
    expect(result.captured.map(({ index }) => index)).toEqual([1]);
    expect(result.refused.map(({ index, problems }) => [index, problems.map(({ rule }) => rule)])).toEqual([[0, ['cbv.biz-step']], [2, ['trace.exists']]]);
    expect(written).toHaveLength(1);
  });

  test('a clock may be five minutes ahead', () => {
    expect(judge([object('OBSERVE', [tag(4)], { eventTime: '2026-11-24T08:05:00Z' })]).problems).toEqual([]);
  });

  test('an event refused for its place brings nothing into being', () => {
    const places: CaptureGround['places'] = ({ bizStep }) => (bizStep === 'commissioning' ? [{ path: '$.readPoint.id', rule: 'trace.place', message: 'not yours' }] : []);
    const { result, commissioned } = decide(judge([object('ADD', [tag(1)], { bizStep: 'commissioning' }), object('ADD', [tag(1)])]), {}, { mode: 'proceed', places });
    expect(result.captured.map(({ index }) => index)).toEqual([1]);
    expect(commissioned.size).toBe(1);
  });
});

describe('an error declaration', () => {
  const original = object('ADD', [tag(1)]);
  const declared = { ...original, errorDeclaration: { declarationTime: '2026-11-24T07:00:00Z', reason: 'incorrect_data' } };
  const first = decide(judge([original]));
  const standing = { records: first.written.map(({ record }) => record), commissioned: [...first.commissioned] as [string, string][] };

  test('re-states the event under the same id, keeps it as it was, and frees what it brought into being', () => {
    const { written, commissioned, result } = decide(judge([declared, object('ADD', [tag(1)], { eventTime: '2026-11-23T10:00:00Z' })]), standing);
    expect(result.captured[0]).toEqual({ index: 0, eventId: first.written[0]!.record.id });
    expect(written[0]).toMatchObject({ fresh: false, declaredAt: '2026-11-24T07:00:00.000Z', record: { event: original, declarations: [{ transactionId: 'tx', errorDeclaration: declared.errorDeclaration }] } });
    expect(commissioned.get(link(1))).toBe(written[1]!.record.id);
  });

  test('again is a no-op; of another reporter it is refused', () => {
    const { written } = decide(judge([declared]), standing);
    expect(decide(judge([declared, original]), { records: [written[0]!.record] }).result.captured.map(({ already }) => already)).toEqual([true, true]);
    expect(problemsOf(() => decide(judge([declared]), standing, { reporter: 'CarrierMSP' }))).toEqual([{ event: 0, path: '$.errorDeclaration', rule: 'trace.declaration' }]);
  });

  test('of an event that was never captured is kept by itself and brings nothing into being', () => {
    const { written, commissioned } = decide(judge([declared]));
    expect(written[0]).toMatchObject({ fresh: true, record: { event: declared } });
    expect(commissioned.size).toBe(0);
  });

  test('in the document of its event makes one record', () => {
    const { written } = decide(judge([original, declared]));
    expect(written).toHaveLength(1);
    expect(written[0]).toMatchObject({ fresh: true, record: { event: original, declarations: [{}] } });
  });
});

describe('bounds', () => {
  test('too many identifiers in one transaction', () => {
    const events = Array.from({ length: 60 }, (_, i) => object('OBSERVE', Array.from({ length: 100 }, (_unused, j) => tag(i * 100 + j))));
    expect(60 * 100).toBeGreaterThan(MAX_SUBJECTS);
    expect(() => judge(events)).toThrow(expect.objectContaining({ code: 'TOO_LARGE' }) as Error);
  });

  test.each<[string, unknown, string]>([
    ['oversized', { ext: `https://example.com/${'a'.repeat(32_768)}` }, 'INVALID_EPCIS'],
    ['long with many prefixes', Object.fromEntries(Array.from({ length: 2000 }, (_, i) => [`p${i}`, `https://example.com/ns/${i}/`])), 'TOO_LARGE'],
    ['prototype-polluting', JSON.parse('{"__proto__": {"x": "https://example.com/"}}'), 'INVALID_EPCIS'],
    ['with a null byte', ['https://example.com/\u0000'], 'INVALID_EPCIS'],
    ['nested too deep', JSON.parse(`${'['.repeat(100)}${']'.repeat(100)}`), 'INVALID_EPCIS'],
  ])('a context that is %s', (_, context, code) => {
    expect(() => judge([object('OBSERVE', [tag(1)])], context)).toThrow(expect.objectContaining({ code }) as Error);
  });
});
