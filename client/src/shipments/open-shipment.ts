import type { Opened, ReceiptTerms, ShipmentSkeleton, ShipmentTerms } from '@dualchain/model';
import { tradeVerbs } from '@dualchain/model';
import type { OpenedShipment, ShipmentId } from '../results/objects';
import { termsOf, withTerms } from '../results/objects';
import type { CallOptions, Session } from '../session';
import { ask } from '../submission/ask';

/** A shipment with the sealed terms that the own organisation holds of it. Throws NOT_FOUND, WRONG_PEER. */
export async function openShipment(session: Session, id: ShipmentId, options?: CallOptions): Promise<OpenedShipment> {
  return readShipment(await ask(session, tradeVerbs.openShipment, { id }, options));
}

/** Typed form of an opened shipment. */
export function readShipment(opened: Opened<ShipmentSkeleton>): OpenedShipment {
  return { ...withTerms<ShipmentSkeleton, ShipmentTerms>(opened, 'shipment'), receipt: termsOf<ReceiptTerms>(opened.records, 'receipt') };
}
