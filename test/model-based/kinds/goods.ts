import { canonicalId } from '../../../model/src';
import type { Kind } from '../attempt';
import type { ModelLot } from '../stored-goods';

/** Lots of one sequence. */
const MAX_LOTS = 2;
/** Kilograms that a receiving event brings. */
const BROUGHT = 100;
const HOUR = 3_600_000;

/** A document with one event over a lot, so many hours ago, at the carrier's warehouse. */
export function eventOver(lot: string, bizStep: string, hoursAgo: number, more: object = {}): object {
  const event = { type: 'ObjectEvent', eventTime: new Date(Date.now() - hoursAgo * HOUR).toISOString(), eventTimeZoneOffset: '+00:00', action: 'OBSERVE', bizStep, epcList: [], quantityList: [{ epcClass: lot, quantity: BROUGHT, uom: 'KGM' }], readPoint: { id: 'urn:epc:id:sgln:9524004.00100.0' }, ...more };
  return { '@context': ['https://ref.gs1.org/standards/epcis/2.0.0/epcis-context.jsonld'], type: 'EPCISDocument', schemaVersion: '2.0', creationDate: new Date().toISOString(), epcisBody: { eventList: [event] } };
}

/** The carrier's warehouse takes goods in. */
const bring: Kind = {
  name: 'bring',
  verbs: [],
  weight: 2,
  propose: (world) => {
    if (world.lots.length >= MAX_LOTS) return undefined;
    const id = canonicalId(`urn:epc:class:lgtin:9524002.050001.M${world.number}-${world.serial()}`);
    let eventId = '';
    return {
      verb: 'capture',
      by: { slug: 'carrier', user: 'maker' },
      what: `a receiving event over ${id}`,
      refusals: [],
      call: async (client) => {
        const { captured } = await client.trace.capture(eventOver(id, 'receiving', 5));
        eventId = captured[0]?.eventId ?? '';
      },
      apply: () => {
        const lot: ModelLot = { id, eventId, brought: BigInt(BROUGHT), receipted: 0n, recalls: new Set(), inspected: false };
        world.lots.push(lot);
      },
    };
  },
};

/** The inspector's word on a lot, which a loan against its goods needs. */
const inspectLot: Kind = {
  name: 'inspectLot',
  verbs: [],
  weight: 3,
  propose: (world, pick) => {
    const lot = pick.one(world.lots.filter(({ inspected }) => !inspected));
    if (lot === undefined) return undefined;
    return {
      verb: 'attest',
      by: { slug: 'regulator', user: 'maker' },
      what: lot.id,
      refusals: [],
      call: (client) => client.attestations.attest({ attestationId: world.id('AT'), subject: { type: 'lot', id: lot.id }, claim: 'inspected', evidenceHash: 'ef'.repeat(32) }),
      apply: () => {
        lot.inspected = true;
      },
    };
  },
};

const openRecall: Kind = {
  name: 'openRecall',
  verbs: [],
  weight: 2,
  propose: (world, pick) => {
    const lot = pick.rarely(2) ? pick.one(world.lots.filter(({ recalls }) => recalls.size < 2)) : undefined;
    if (lot === undefined) return undefined;
    const recallId = world.id('R');
    return {
      verb: 'openRecall',
      by: { slug: 'regulator', user: 'maker' },
      what: `${recallId} of ${lot.id}`,
      refusals: [],
      call: (client) => client.recalls.openRecall({ recallId, lot: lot.id, reasonClass: 'contamination', reason: 'A sample was bad.' }),
      apply: () => lot.recalls.add(recallId),
    };
  },
};

const closeRecall: Kind = {
  name: 'closeRecall',
  verbs: [],
  weight: 4,
  propose: (world, pick) => {
    const lot = pick.one(world.lots.filter(({ recalls }) => recalls.size > 0));
    const recallId = pick.one([...(lot?.recalls ?? [])]);
    if (lot === undefined || recallId === undefined) return undefined;
    return {
      verb: 'closeRecall',
      by: { slug: 'regulator', user: 'maker' },
      what: recallId,
      refusals: [],
      call: (client) => client.recalls.closeRecall({ recallId }),
      apply: () => lot.recalls.delete(recallId),
    };
  },
};

export const goodsKinds: readonly Kind[] = [bring, inspectLot, openRecall, closeRecall];
