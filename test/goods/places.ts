import { alteredChaincodeBundle, chaincodeBundle } from '../../scenarios/src/altered-chaincode';
import { forge } from '../../scenarios/src/play';
import { document } from '../support/deal';
import { newLot, placeOf, seen } from '../support/goods';
import type { Slug, TestNetwork } from '../support/network';

const TRY = 60_000;
const colluders = ['carrier', 'bank'] as const satisfies readonly Slug[];

/** Who reports what happens at whose places. */
export function placesSuite(network: TestNetwork): void {
  /** Something that the carrier saw at the farm's. */
  const atTheFarm = () => ({ ...seen('carrier', newLot('farm'), 2), readPoint: { id: placeOf('farm') } });
  const captureOf = (events: readonly object[]) => async () => (await network.as('carrier')).trace.capture(document(events));
  const delegate = async (places: 'all' | string[]) => {
    const answer = await (await network.as('farm')).trace.delegatePlaces({ delegate: network.mspId('carrier'), places });
    await network.inStep();
    return answer;
  };

  it('a member reports at the places of another one as long as that one lets it', async () => {
    const place = '9524001002005';
    await network.refused('carrier', 'INVALID_EPCIS', captureOf([atTheFarm()]));
    expect(await delegate([place])).toEqual({ delegate: 'CarrierMSP', owner: 'FarmMSP', places: [place] });
    expect((await captureOf([atTheFarm()])()).captured).toHaveLength(1);
    await delegate('all');
    expect((await captureOf([atTheFarm(), { ...atTheFarm(), bizLocation: { id: 'urn:epc:id:sgln:9524001.00300.0' } }])()).captured).toHaveLength(2);
    const carrier = await network.as('carrier');
    expect((await carrier.trace.captureSealedEvents(document([atTheFarm()]), { parties: [network.mspId('farm')] })).captured).toHaveLength(1);
    expect(await carrier.trace.placeDelegations(network.mspId('carrier'))).toEqual([{ delegate: 'CarrierMSP', owner: 'FarmMSP', places: 'all' }]);
    await delegate([]);
    expect(await carrier.trace.placeDelegations(network.mspId('carrier'))).toEqual([]);
    await network.refused('carrier', 'INVALID_EPCIS', captureOf([atTheFarm()]));
  }, TRY);

  it("nobody delegates another's places, nor to a stranger", async () => {
    const farm = await network.as('farm');
    await network.refused('farm', 'INVALID_INPUT', () => farm.trace.delegatePlaces({ delegate: network.mspId('carrier'), places: ['9524003002003'] }));
    await network.refused('farm', 'NOT_A_MEMBER', () => farm.trace.delegatePlaces({ delegate: 'StrangerMSP', places: 'all' }));
  }, TRY);

  it('two who collude delegate nothing in the name of a third', async () => {
    const parties = colluders.map((slug) => network.mspId(slug));
    await Promise.all(colluders.map((slug) => network.network.replaceChaincode(network.mspId(slug), alteredChaincodeBundle())));
    try {
      const value = { delegate: network.mspId('bank'), owner: network.mspId('brand'), places: 'all' };
      await forge(await network.as('bank'), 'writeObject', { type: 'placeDelegation', attributes: [value.delegate, value.owner], value }, parties);
      await network.inStep();
    } finally {
      await Promise.all(colluders.map((slug) => network.network.replaceChaincode(network.mspId(slug), chaincodeBundle())));
    }
    const bank = await network.as('bank');
    expect(await bank.trace.placeDelegations(network.mspId('bank'))).toEqual([]);
    await network.refused('bank', 'INVALID_EPCIS', () => bank.trace.capture(document([{ ...seen('brand', newLot('brand'), 2) }])));
  }, 120_000);
}
