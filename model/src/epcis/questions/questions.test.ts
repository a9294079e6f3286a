import { eventLinks } from '../links';
import type { JsonObject } from '../types';
import { custodyOf, massBalance, oneStep, processKindOf } from './index';
import type { QuestionSource } from './index';

const lot = 'https://id.gs1.org/01/09524001000124/10/L1';
const made = 'https://id.gs1.org/01/09524001000124/10/L2';
const crate = 'urn:x:crate';
const pallet = 'urn:x:pallet';
const at = (hour: number) => new Date(Date.UTC(2026, 0, 1, hour)).toISOString();
const when = (hour: number) => ({ eventTime: at(hour), eventTimeZoneOffset: '+00:00' });
const kg = (quantity: number | undefined, epcClass = lot) => ({ epcClass, ...(quantity === undefined ? {} : { quantity }), uom: 'KGM' });
const place = (party: string, site = 'main') => ({ bizLocation: { id: `urn:x:${party}:${site}` } });

interface Told {
  readonly event: JsonObject;
  readonly reporter: string;
}
const told = (reporter: string, event: JsonObject): Told => ({ event, reporter });
const object = (reporter: string, hour: number, action: string, bizStep: string, quantity: number | undefined, more: JsonObject = {}) => told(reporter, { type: 'ObjectEvent', action, ...when(hour), bizStep, epcList: [], quantityList: [kg(quantity)], ...place(reporter), ...more });
const parties = (from: string, to: string) => ({ sourceList: [{ type: 'possessing_party', source: `urn:x:${from}` }], destinationList: [{ type: 'possessing_party', destination: `urn:x:${to}` }] });

/** Parties of these tests are members, named in their identifiers. */
function source(...events: Told[]): QuestionSource {
  const all = events.map(({ event, reporter }, index) => {
    const links = eventLinks(event);
    return { id: `e${index}`, reporter, links, process: processKindOf(links, event) };
  });
  return { events: (id) => Promise.resolve(all.filter(({ links }) => links.subjects.includes(id))), memberOf: (id) => /^urn:x:(farm|mill|shop)/.exec(id)?.[1] };
}

const begun = object('farm', 1, 'ADD', 'commissioning', 100);
const shipped = object('farm', 2, 'OBSERVE', 'shipping', 60, { ...parties('farm', 'mill'), bizTransactionList: [{ type: 'po', bizTransaction: 'urn:x:po-1' }] });
const received = object('mill', 3, 'OBSERVE', 'receiving', 60);

test('what was made, sent, received, used and destroyed; the sum is what is left', async () => {
  const { lines, totals, problems } = await massBalance(lot, source(begun, shipped, received, object('mill', 4, 'OBSERVE', 'accepting', 60), object('mill', 4, 'OBSERVE', 'storing', 60), object('mill', 5, 'DELETE', 'destroying', 5), object('mill', 6, 'DELETE', 'decommissioning', 7), object('farm', 7, 'DELETE', 'retail_selling', 10)));
  expect(lines).toEqual([
    { site: 'urn:x:farm:main', unit: 'KGM', received: '0', produced: '100', consumed: '0', shipped: '70', waste: '0', onHand: '30' },
    { site: 'urn:x:mill:main', unit: 'KGM', received: '60', produced: '0', consumed: '7', shipped: '0', waste: '5', onHand: '48' },
  ]);
  expect(totals).toEqual([{ unit: 'KGM', produced: '100', consumed: '7', waste: '5', onHand: '78', inTransit: '10' }]);
  expect(problems).toEqual([]);
});

test.each<[string, readonly Told[], readonly (readonly [string, string | undefined, readonly string[]])[]]>([
  ['more used than was there', [begun, object('farm', 2, 'DELETE', 'decommissioning', 100.5)], [['more than available', '0.5', ['e1']]]],
  ['more received than sent', [begun, shipped, object('mill', 3, 'OBSERVE', 'receiving', 61)], [['more received than shipped', '1', ['e2']]]],
  ['a stock count that says less', [begun, object('farm', 2, 'OBSERVE', 'stock_taking', 97)], [['stock count', '-3', ['e1']]]],
  ['a stock count that says the same', [begun, object('farm', 2, 'OBSERVE', 'cycle_counting', 100)], []],
  ['used before it was made', [object('farm', 0, 'DELETE', 'decommissioning', 1), begun], [['more than available', '1', ['e0']]]],
])('%s', async (_name, events, expected) => {
  expect((await massBalance(lot, source(...events))).problems.map(({ rule, by, events: named }) => [rule, by, named])).toEqual(expected);
});

test('in crates on a pallet, goods move with what was packed, less what was taken out', async () => {
  const packs = (hour: number, action: string, parentID: string, more: JsonObject) => told('farm', { type: 'AggregationEvent', action, ...when(hour), bizStep: action === 'ADD' ? 'packing' : 'unpacking', parentID, childEPCs: [], ...place('farm'), ...more });
  const moves = (reporter: string, hour: number, bizStep: string) => told(reporter, { type: 'ObjectEvent', action: 'OBSERVE', ...when(hour), bizStep, epcList: [pallet], ...place(reporter) });
  const events = [begun, packs(2, 'ADD', crate, { childQuantityList: [kg(40)] }), packs(3, 'DELETE', crate, { childQuantityList: [kg(15)] }), packs(4, 'ADD', pallet, { childEPCs: [crate] }), moves('farm', 5, 'shipping'), moves('mill', 6, 'receiving')];
  const { lines } = await massBalance(lot, source(...events));
  expect(lines.map(({ site, received: came, shipped: went, onHand }) => [site, came, went, onHand])).toEqual([['urn:x:farm:main', '0', '25', '75'], ['urn:x:mill:main', '25', '0', '25']]);
  const { holder, containers, chain } = await custodyOf(lot, source(...events));
  expect([holder, containers.map(({ id }) => id), chain.map(({ how, under }) => [how, under])]).toEqual([{ mspId: 'mill' }, [crate, pallet], [['begun', undefined], ['received', pallet]]]);
});

test('what moves without a number is named, and not in the sums', async () => {
  const { lines, uncounted } = await massBalance(lot, source(begun, object('farm', 2, 'OBSERVE', 'shipping', undefined)));
  expect([lines[0]?.onHand, uncounted]).toEqual(['100', ['e1']]);
});

const transformation = (more: JsonObject, input = 10, output = 12) => told('farm', { type: 'TransformationEvent', ...when(2), inputQuantityList: [kg(input)], outputQuantityList: [kg(output, made)], ...place('farm'), ...more });

test.each<[string, JsonObject, string, boolean]>([
  ['a step of farming', { bizStep: 'https://example.com/steps/farm_harvest' }, 'growth', true],
  ['a step of mixing', { bizStep: 'urn:gdst:bizStep:commingling' }, 'commingling', false],
  ['a step of the standard', { bizStep: 'commissioning' }, 'processing', false],
  ['ILMD that tells of aquaculture', { ilmd: { 'cbvmda:productionMethodForFishAndSeafoodCode': 'AQUACULTURE' } }, 'growth', true],
  ['ILMD that tells of fishing', { ilmd: { 'cbvmda:productionMethodForFishAndSeafoodCode': 'MARINE_FISHERY' } }, 'processing', false],
  ['nothing', {}, 'processing', false],
])('12 of 10 kg by %s', async (_name, more, kind, within) => {
  const { processes, problems } = await massBalance(made, source(begun, transformation(more)));
  expect(processes).toMatchObject([{ kind, yield: '1.2', within }]);
  expect(problems.map(({ rule }) => rule)).toEqual(within ? [] : ['yield']);
});

test('a yield is compared exactly: a millionth of a unit more than the band allows is found', async () => {
  const { problems } = await massBalance(made, source(begun, transformation({ bizStep: 'commissioning' }, 3, 3.000001)));
  expect(problems.map(({ rule }) => rule)).toEqual(['yield']);
});

test('a transformation in parts is one process', async () => {
  const parts = { transformationID: 'urn:x:t', bizStep: 'commissioning' };
  const { processes } = await massBalance(made, source(begun, told('farm', { type: 'TransformationEvent', ...when(2), inputQuantityList: [kg(10)], ...parts, ...place('farm') }), told('farm', { type: 'TransformationEvent', ...when(3), outputQuantityList: [kg(8, made)], ...parts, ...place('farm') })));
  expect(processes).toMatchObject([{ yield: '0.8', inputs: [{ quantity: '10' }], outputs: [{ quantity: '8' }] }]);
});

test('one step: who, when, documents, quantity; of a party only its own', async () => {
  const all = source(begun, shipped, received, object('mill', 4, 'OBSERVE', 'shipping', 20, parties('mill', 'shop')));
  const back = await oneStep('back', lot, all);
  expect(back.handOvers).toEqual([
    { under: lot, from: { id: 'urn:x:farm', mspId: 'farm' }, to: { id: 'urn:x:mill', mspId: 'mill' }, fromPlace: 'urn:x:farm:main', toPlace: 'urn:x:mill:main', shipped: at(2), received: at(3), documents: [{ type: 'po', id: 'urn:x:po-1' }], quantities: [{ unit: 'KGM', quantity: '60' }], events: ['e1', 'e2'] },
    { under: lot, from: { id: 'urn:x:mill', mspId: 'mill' }, to: { id: 'urn:x:shop', mspId: 'shop' }, fromPlace: 'urn:x:mill:main', shipped: at(4), documents: [], quantities: [{ unit: 'KGM', quantity: '20' }], events: ['e3'] },
  ]);
  expect((await oneStep('back', lot, all, { mspId: 'shop' })).handOvers.map(({ from }) => from.mspId)).toEqual(['mill']);
  expect((await oneStep('forward', lot, all, { mspId: 'farm' })).handOvers.map(({ to }) => to.mspId)).toEqual(['mill']);
});

const single = 'https://id.gs1.org/01/09524001000124/21/7';
const seen = (reporter: string, hour: number, action: string, bizStep: string, more: JsonObject = {}) => told(reporter, { type: 'ObjectEvent', action, ...when(hour), bizStep, epcList: [single], ...place(reporter), ...more });

test.each<[string, readonly Told[], object, readonly string[]]>([
  ['made and kept', [seen('farm', 1, 'ADD', 'commissioning', { disposition: 'active' })], { holder: { mspId: 'farm' }, owner: { mspId: 'farm' }, disposition: 'active' }, []],
  ['on the way', [seen('farm', 1, 'ADD', 'commissioning'), seen('farm', 2, 'OBSERVE', 'shipping', parties('farm', 'mill'))], { inTransit: { since: at(2), from: { mspId: 'farm' }, to: { mspId: 'mill' } } }, []],
  ['received as sent', [seen('farm', 1, 'ADD', 'commissioning'), seen('farm', 2, 'OBSERVE', 'shipping', parties('farm', 'mill')), seen('mill', 3, 'OBSERVE', 'receiving'), seen('mill', 4, 'OBSERVE', 'accepting')], { holder: { mspId: 'mill' } }, []],
  ['received by another', [seen('farm', 1, 'ADD', 'commissioning'), seen('farm', 2, 'OBSERVE', 'shipping', parties('farm', 'mill')), seen('shop', 3, 'OBSERVE', 'receiving')], { holder: { mspId: 'shop' } }, ['received by another']],
  ['never received', [seen('farm', 1, 'ADD', 'commissioning'), seen('farm', 2, 'OBSERVE', 'shipping', parties('farm', 'mill')), seen('mill', 3, 'OBSERVE', 'storing')], { holder: { mspId: 'mill' } }, ['never received']],
  ['turned up elsewhere', [seen('farm', 1, 'ADD', 'commissioning'), seen('shop', 3, 'OBSERVE', 'storing')], { holder: { mspId: 'shop' } }, ['not handed over']],
  ['of unknown origin', [seen('shop', 3, 'OBSERVE', 'receiving')], { holder: { mspId: 'shop' } }, ['origin unknown']],
  ['destroyed', [seen('farm', 1, 'ADD', 'commissioning'), seen('farm', 2, 'DELETE', 'destroying')], { ended: { at: at(2), event: 'e1', how: 'decommissioned' } }, []],
  ['sold on with ownership', [seen('farm', 1, 'ADD', 'commissioning'), seen('farm', 2, 'OBSERVE', 'shipping', { destinationList: [{ type: 'owning_party', destination: 'urn:x:shop' }, { type: 'possessing_party', destination: 'urn:x:mill' }] }), seen('mill', 3, 'OBSERVE', 'receiving')], { holder: { mspId: 'mill' }, owner: { mspId: 'shop' } }, []],
])('custody: %s', async (_name, events, expected, gaps) => {
  const custody = await custodyOf(single, source(...events));
  expect(custody).toMatchObject(expected);
  expect(custody.gaps.map(({ kind }) => kind)).toEqual(gaps);
  for (const field of ['holder', 'inTransit', 'ended'] as const) if (!(field in expected)) expect(custody).not.toHaveProperty(field);
});
