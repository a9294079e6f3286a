import type { InputOf, ResultOf } from '@dualchain/model';
import { tradeVerbs } from '@dualchain/model';
import type { Shipment } from '../results/objects';
import type { Loose } from '../results/typed';
import { toWire, typed } from '../results/typed';
import { action } from '../submission/action';
import { ask } from '../submission/ask';
import { shipmentParties } from '../submission/parties';

export type ArriveShipmentParameters = Loose<InputOf<typeof tradeVerbs.arriveShipment>>;
export type ArriveShipmentResult = Shipment;

/**
 * The carrier has brought the goods to the buyer; its own captured events (`eventIds`) prove its custody.
 * Throws NOT_FOUND, NOT_A_PARTY, WRONG_STATE, EVIDENCE_MISSING.
 */
export const arriveShipment = action<ArriveShipmentParameters, ArriveShipmentResult>((parameters) => ({
  verb: tradeVerbs.arriveShipment,
  input: toWire(parameters),
  prepare: async (session, options) => ({ parties: shipmentParties(await ask(session, tradeVerbs.shipment, { id: parameters.shipmentId }, options)) }),
  decode: (answer) => typed(answer as ResultOf<typeof tradeVerbs.arriveShipment>),
}));
