import { eventLinks } from '@dualchain/model';
import type { JsonObject, Role } from '@dualchain/model';
import { codeOf } from '../testing/refusal';
import { brandOwnerOf, decideDelegation, placeOwners, placeProblems } from './place';

const member = (mspId: string, gln: string, roles: Role[]) => ({ mspId, gln, roles });
const farm = member('FarmMSP', '9524001000001', ['supplier']);
const brand = member('BrandMSP', '9524003000009', ['obligor']);
const regulator = member('RegulatorMSP', '9524007000005', ['authority', 'inspector']);
const everyone = [farm, brand, regulator];
const seen = (place: JsonObject, action = 'OBSERVE') => eventLinks({ type: 'ObjectEvent', action, eventTime: '2026-11-23T08:00:00Z', eventTimeZoneOffset: '+00:00', epcList: ['urn:x:1'], ...place });
const rules = (...[links, by]: [Parameters<typeof placeProblems>[0], typeof farm]) => placeProblems(links, by, everyone).map(({ path, rule }) => [path, rule]);

describe('whose place it is', () => {
  test('own places, by company prefix with any location and extension, in either form', () => {
    expect(rules(seen({ readPoint: { id: 'urn:epc:id:sgln:9524001.00000.field-7' }, bizLocation: { id: 'https://id.gs1.org/414/9524001001008' } }), farm)).toEqual([]);
  });

  test('not those of another member', () => {
    const links = seen({ readPoint: { id: 'https://id.gs1.org/414/9524003001006/254/dock' }, bizLocation: { id: 'urn:epc:id:sgln:9524003.00000.0' } });
    expect(rules(links, farm)).toEqual([['$.readPoint.id', 'trace.place'], ['$.bizLocation.id', 'trace.place']]);
    expect(placeProblems(links, farm, everyone)[0]?.message).toContain('BrandMSP');
    expect(rules(links, brand)).toEqual([]);
  });

  test('an inspector observes everywhere, and brings nothing into being there', () => {
    const place = { readPoint: { id: 'urn:epc:id:sgln:9524001.00000.0' } };
    expect(rules(seen(place), regulator)).toEqual([]);
    expect(rules(seen(place, 'ADD'), regulator)).toEqual([['$.readPoint.id', 'trace.place']]);
  });

  test('places of nobody in the consortium are open', () => {
    expect(rules(seen({ readPoint: { id: 'urn:epc:id:sgln:9524009.00000.0' }, bizLocation: { id: 'geo:-34.3232,1.232' } }), farm)).toEqual([]);
  });
});

describe('delegation of places', () => {
  const dock = '9524003001006';
  const links = seen({ readPoint: { id: `https://id.gs1.org/414/${dock}/254/gate` } }, 'ADD');
  const by = (places: 'all' | string[]) => placeProblems(links, farm, everyone, [decideDelegation({ delegate: 'FarmMSP', places }, brand)]);

  test('lets the delegate report there, at all places or at those that are named, and at no other', () => {
    expect(placeOwners([links], everyone)).toEqual(['BrandMSP']);
    expect(by('all')).toEqual([]);
    expect(by([dock])).toEqual([]);
    expect(by(['9524003000009']).map(({ rule }) => rule)).toEqual(['trace.place']);
    expect(by([]).map(({ rule }) => rule)).toEqual(['trace.place']);
  });

  test("holds for nobody else, and for nobody else's places", () => {
    const toFarm = decideDelegation({ delegate: 'FarmMSP', places: 'all' }, brand);
    const regulatorLot = seen({ readPoint: { id: 'urn:epc:id:sgln:9524007.00000.0' } });
    expect(placeProblems(links, regulator, everyone, [toFarm])).toHaveLength(1);
    expect(placeProblems(regulatorLot, farm, everyone, [toFarm])).toHaveLength(1);
  });

  test.each([
    ['itself', { delegate: 'BrandMSP', places: 'all' as const }],
    ["another's place", { delegate: 'FarmMSP', places: ['9524001001008'] }],
    ['a number with a wrong check digit', { delegate: 'FarmMSP', places: ['9524003001007'] }],
  ])('nobody delegates %s', (_, input) => {
    expect(codeOf(() => decideDelegation(input, brand))).toBe('INVALID_INPUT');
  });
});

test('the brand owner of a lot is the member with the longest company prefix of its GTIN, if there is one and only one', () => {
  const lot = 'https://id.gs1.org/01/09524003000016/10/L1';
  expect(brandOwnerOf(lot, everyone)).toBe('BrandMSP');
  expect(brandOwnerOf('https://id.gs1.org/01/19524001000018/21/7', everyone)).toBe('FarmMSP');
  expect(brandOwnerOf('https://id.gs1.org/01/09524009000010/10/L1', everyone)).toBeUndefined();
  expect(brandOwnerOf(lot, [...everyone, member('TwinMSP', '9524003000009', ['obligor'])])).toBeUndefined();
  expect(brandOwnerOf('https://id.gs1.org/01/09524003210016/10/L1', [...everyone, member('NearMSP', '9524003210007', ['obligor'])])).toBe('NearMSP');
  expect(brandOwnerOf(lot, [...everyone, member('SiteMSP', '9524003210014', ['obligor'])])).toBe('BrandMSP');
  expect(brandOwnerOf('urn:x:lot', everyone)).toBeUndefined();
});
