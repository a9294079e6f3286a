import type { InputOf, ReceiptTerms, ResultOf } from '@dualchain/model';
import { tradeVerbs } from '@dualchain/model';
import type { Shipment } from '../results/objects';
import type { Loose } from '../results/typed';
import { toWire, typed } from '../results/typed';
import { action } from '../submission/action';
import { ask, openingsFor } from '../submission/ask';
import { shipmentParties } from '../submission/parties';

export type ReceiveShipmentParameters = Loose<InputOf<typeof tradeVerbs.receiveShipment> & ReceiptTerms>;
export type ReceiveShipmentResult = Shipment;

/**
 * The buyer takes goods in: accepted and rejected quantities line by line, and its own captured receiving events.
 * Throws NOT_FOUND, NOT_A_PARTY, WRONG_STATE, EVIDENCE_MISSING, QUANTITY_EXCEEDED, NOT_GENUINE.
 */
export const receiveShipment = action<ReceiveShipmentParameters, ReceiveShipmentResult>(({ lines, ...input }) => ({
  verb: tradeVerbs.receiveShipment,
  input: toWire(input),
  sealed: toWire({ lines }),
  prepare: async (session, options) => {
    const shipment = await ask(session, tradeVerbs.openShipment, { id: input.shipmentId }, options);
    const order = await ask(session, tradeVerbs.openOrder, { id: shipment.skeleton.orderId }, options);
    return { parties: shipmentParties(shipment.skeleton), openings: openingsFor(tradeVerbs.receiveShipment, shipment, order) };
  },
  decode: (answer) => typed(answer as ResultOf<typeof tradeVerbs.receiveShipment>),
}));
