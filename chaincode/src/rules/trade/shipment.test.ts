import type { OrderQuantities } from '@dualchain/model';
import { earlier, msp, now } from '../testing/claims';
import { codeOf, shownBy } from '../testing/refusal';
import { lot, orderIn, shipmentIn, untouched } from '../testing/trade';
import { dispatchShipment, receiveShipment } from './shipment';

const carried = (quantity: string) => ({ lines: [{ line: 1, lot, quantity, unit: 'KGM' }] });
const dispatch = (quantity: string, quantities: OrderQuantities = untouched) => dispatchShipment({ id: 'DA-1', carrier: msp.stranger, lots: [lot], shippingEvents: ['E-1'], shippedAt: earlier, at: now }, orderIn('accepted'), quantities, carried(quantity), msp.supplier);
const receive = (accepted: string, rejected: string, tolerance = 0, shipped = '100') => receiveShipment(shipmentIn('arrived'), ['E-3'], carried(shipped), { lines: [{ line: 1, lot, unit: 'KGM', accepted, rejected }] }, dispatch(shipped).quantities, tolerance, msp.obligor);
const progress = ({ quantities }: { quantities: OrderQuantities }) => quantities.lines[0];

test('a receipt says what was accepted; what was not is open again', () => {
  expect(receive('100', '0').shipment).toMatchObject({ state: 'received', receivingEvents: ['E-3'] });
  expect(progress(receive('100', '0'))).toMatchObject({ shipped: '100', returned: '0', accepted: '100' });
  expect(receive('70', '30').shipment.state).toBe('partly received');
  expect(progress(receive('70', '30'))).toMatchObject({ shipped: '100', returned: '30', accepted: '70' });
  expect(progress(receive('70', '10'))).toMatchObject({ returned: '30', accepted: '70' });
  expect(receive('0', '100').shipment.state).toBe('refused');
  expect(progress(receive('0', '100'))).toMatchObject({ shipped: '100', returned: '100', accepted: '0' });
});

test('what came back can be shipped again, and not a millionth more', () => {
  const { quantities } = receive('70', '30');
  expect(progress(dispatch('30', quantities))).toMatchObject({ shipped: '130', returned: '30' });
  expect(codeOf(() => dispatch('30.000001', quantities))).toBe('QUANTITY_EXCEEDED');
  expect(shownBy(() => dispatch('30.000001', quantities))).not.toMatch(/30|100|70/);
});

test('more than was shipped is taken in within the tolerance only; a little less is still all', () => {
  expect(receive('105', '0', 500).shipment.state).toBe('received');
  expect(progress(receive('105', '0', 500))).toMatchObject({ returned: '0', accepted: '105' });
  expect(codeOf(() => receive('105.000001', '0', 500))).toBe('QUANTITY_EXCEEDED');
  expect(codeOf(() => receive('100', '0.000001'))).toBe('QUANTITY_EXCEEDED');
  expect(receive('95', '0', 500).shipment.state).toBe('received');
  expect(receive('94.999999', '0', 500).shipment.state).toBe('partly received');
});
