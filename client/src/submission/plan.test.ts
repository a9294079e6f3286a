import { recordKey, sealRecord, tradeVerbs, certificateVerbs } from '@dualchain/model';
import { withWitness } from './parties';
import { endorsingOrganisations, transientData } from './plan';
import { openingsFor } from './ask';

const seed = new Uint8Array(32);
const member = (mspId: string, ...roles: ('authority' | 'supplier')[]) => ({ mspId, name: mspId, gln: '9524003000009', roles });

it('names each endorsing organisation once, in the order of the verb', () => {
  expect(endorsingOrganisations(tradeVerbs.dispatchShipment, { supplier: 'FarmMSP', obligor: 'BrandMSP', carrier: 'FarmMSP' })).toEqual(['FarmMSP', 'BrandMSP']);
  expect(endorsingOrganisations(certificateVerbs.requestQuotes, { owner: 'FarmMSP', obligor: 'BrandMSP', financier: ['BankMSP', 'FactorMSP'] })).toEqual(['FarmMSP', 'BrandMSP', 'BankMSP', 'FactorMSP']);
  expect(() => endorsingOrganisations(tradeVerbs.acceptOrder, { obligor: 'BrandMSP' })).toThrow(expect.objectContaining({ code: 'INTERNAL', details: { verb: 'acceptOrder', party: 'supplier' } }));
});

it('shows endorsers those records only that the verb names, and nothing where it names none', () => {
  const order = sealRecord(seed, 'order', 'PO-1', { currency: 'CNY' });
  const quantities = sealRecord(seed, 'quantities', 'PO-1', { lines: [] });
  const opened = { skeleton: {}, records: { [recordKey('order', 'PO-1')]: order, [recordKey('quantities', 'PO-1')]: quantities } };
  expect(openingsFor(tradeVerbs.dispatchShipment, opened)).toEqual([quantities]);
  expect(openingsFor(tradeVerbs.acceptOrder, opened)).toEqual([]);
  expect(transientData(undefined, [], seed)).toBeUndefined();
  expect(transientData({ b: 1, a: 2 }, [quantities], seed)).toEqual({ seed, sealed: '{"a":2,"b":1}', openings: JSON.stringify({ 'quantities:PO-1': JSON.parse(JSON.stringify({ id: 'PO-1', lines: [], salt: quantities.salt, type: 'quantities' })) }) });
});

it('finds a witness: the one named, a preferred one, the authority, else the next member', () => {
  const members = [member('BrandMSP'), member('FarmMSP', 'supplier'), member('RegulatorMSP', 'authority')];
  expect(withWitness({ mspId: 'FarmMSP', members } as never, 'BankMSP')).toEqual({ self: 'FarmMSP', witness: 'BankMSP' });
  expect(withWitness({ mspId: 'FarmMSP', members } as never)).toEqual({ self: 'FarmMSP', witness: 'RegulatorMSP' });
  expect(withWitness({ mspId: 'FarmMSP', members } as never, undefined, ['BrandMSP'])).toEqual({ self: 'FarmMSP', witness: 'BrandMSP' });
  expect(withWitness({ mspId: 'FarmMSP', members: members.slice(0, 2) } as never)).toEqual({ self: 'FarmMSP', witness: 'BrandMSP' });
  expect(() => withWitness({ mspId: 'FarmMSP', members: [] } as never)).toThrow(expect.objectContaining({ code: 'INVALID_INPUT', message: expect.stringContaining('witness') }));
  expect(() => withWitness({ mspId: 'FarmMSP', members } as never, 'a\u0000b')).toThrow(expect.objectContaining({ code: 'INVALID_INPUT' }));
});
