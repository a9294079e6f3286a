import { row } from './table';
import type { StateTable } from './table';

export type ShipmentState = 'dispatched' | 'arrived' | 'received' | 'partly received' | 'refused';
export const shipmentTable: StateTable<ShipmentState> = {
  object: 'shipment',
  transitions: [
    row([null], 'dispatchShipment', ['supplier'], 'dispatched', "order accepted; supplier's shipping events name the lots; no lot under recall or pledge; quantity within what is open"),
    row(['dispatched'], 'arriveShipment', ['carrier'], 'arrived', "carrier's own events after the dispatch"),
    row(['arrived'], 'receiveShipment', ['obligor'], 'received', "obligor's own receiving events; accepted and rejected within shipped and tolerance; partly received if something is missing or rejected, refused if nothing is accepted; what was not accepted is open in the order again", ['partly received', 'refused']),
  ],
};
