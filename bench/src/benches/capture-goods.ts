import type { JsonObject } from '@dualchain/model';

/** Events of one day; what a transaction takes at once. */
export const EVENTS_PER_DAY = 500;
const MINUTE = 60_000;
const BEGIN = Date.UTC(2025, 0, 1);
/** One pallet after the other comes through the plant, five events each. */
const EVENTS_OF_PALLET = 5;
/** GLN company prefix of the plant, as in network/consortium.yaml. */
const DRYING = { id: 'urn:epc:id:sgln:9524002.00200.0' };
const GATE = { id: 'urn:epc:id:sgln:9524002.00200.1' };

/**
 * The EPCIS document of one day in a plant that dries and packs: for each pallet a lot is harvested, with its master
 * data; dried, which makes another lot of it; packed on a pallet; shipped by an order; and seen leaving, with its
 * temperature. Each event names its place. Days of different numbers share no identifier but places, and the same number is the same day.
 */
export function dayOf(day: number): JsonObject {
  const eventList: JsonObject[] = [];
  for (let pallet = 0; pallet < EVENTS_PER_DAY / EVENTS_OF_PALLET; pallet += 1) eventList.push(...palletOf(day, pallet));
  return {
    '@context': ['https://ref.gs1.org/standards/epcis/epcis-context.jsonld', { plant: 'https://plant.example/voc/' }],
    type: 'EPCISDocument',
    schemaVersion: '2.0',
    creationDate: new Date(BEGIN + (day + 1) * 1440 * MINUTE).toISOString(),
    epcisBody: { eventList },
  };
}

function palletOf(day: number, pallet: number): JsonObject[] {
  const number = `${day}-${pallet}`;
  const at = (step: number) => ({ eventTime: new Date(BEGIN + day * MINUTE + (pallet * EVENTS_OF_PALLET + step) * 100).toISOString(), eventTimeZoneOffset: '+08:00' });
  const here = { readPoint: DRYING, bizLocation: DRYING };
  const wet = { epcClass: `urn:epc:class:lgtin:9524002.000101.W${number}`, quantity: 480.5, uom: 'KGM' };
  const dry = { epcClass: `urn:epc:class:lgtin:9524002.000102.D${number}`, quantity: 96.25, uom: 'KGM' };
  const sscc = `urn:epc:id:sscc:9524002.${String(day * 100 + pallet).padStart(10, '0')}`;
  const order = { bizTransactionList: [{ type: 'po', bizTransaction: `urn:epc:id:gdti:9524002.00300.PO${number}` }] };
  return [
    { type: 'ObjectEvent', ...at(0), action: 'ADD', bizStep: 'commissioning', disposition: 'active', quantityList: [wet], ...here, ilmd: { 'cbvmda:lotNumber': `W${number}`, 'cbvmda:harvestEndDate': '2024-12-31', 'plant:moisture': 78.5 } },
    { type: 'TransformationEvent', ...at(1), bizStep: 'creating_class_instance', disposition: 'in_progress', inputQuantityList: [wet], outputQuantityList: [dry], ...here, ilmd: { 'cbvmda:lotNumber': `D${number}` } },
    { type: 'AggregationEvent', ...at(2), action: 'ADD', bizStep: 'packing', disposition: 'in_progress', parentID: sscc, childQuantityList: [dry], ...here },
    { type: 'ObjectEvent', ...at(3), action: 'OBSERVE', bizStep: 'shipping', disposition: 'in_transit', epcList: [sscc], readPoint: GATE, ...order },
    { type: 'ObjectEvent', ...at(4), action: 'OBSERVE', bizStep: 'departing', disposition: 'in_transit', epcList: [sscc], readPoint: GATE, sensorElementList: [{ sensorReport: [{ type: 'Temperature', value: 11.5, uom: 'CEL' }] }] },
  ];
}
