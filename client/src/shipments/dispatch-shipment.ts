import type { InputOf, ResultOf, ShipmentTerms } from '@dualchain/model';
import { tradeVerbs } from '@dualchain/model';
import type { Created, Shipment } from '../results/objects';
import type { Loose } from '../results/typed';
import { toWire, typed } from '../results/typed';
import { action } from '../submission/action';
import { ask, openingsFor } from '../submission/ask';
import { tradeParties } from '../submission/parties';

export type DispatchShipmentParameters = Loose<InputOf<typeof tradeVerbs.dispatchShipment> & ShipmentTerms>;
export type DispatchShipmentResult = Created<Shipment>;

/**
 * The supplier hands goods of an order to a carrier. `eventIds` are its own captured shipping events, `lots` and the
 * lines' lots are canonical ids; lines are sealed between supplier, buyer and carrier.
 * Throws NOT_FOUND, NOT_A_PARTY, WRONG_STATE, EVIDENCE_MISSING, RECALLED, QUANTITY_EXCEEDED, ALREADY_EXISTS.
 */
export const dispatchShipment = action<DispatchShipmentParameters, DispatchShipmentResult>(({ lines, ...input }) => ({
  verb: tradeVerbs.dispatchShipment,
  input: toWire(input),
  sealed: toWire({ lines }),
  prepare: async (session, options) => {
    const order = await ask(session, tradeVerbs.openOrder, { id: input.orderId }, options);
    return { parties: { ...tradeParties(order.skeleton), carrier: input.carrier }, openings: openingsFor(tradeVerbs.dispatchShipment, order) };
  },
  existing: async (session, options) => Object.values((await ask(session, tradeVerbs.openShipment, { id: input.shipmentId }, options)).records).filter(({ type }) => type === 'shipment'),
  decode: (answer) => typed(answer as ResultOf<typeof tradeVerbs.dispatchShipment>),
}));
