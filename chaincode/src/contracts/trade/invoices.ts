import type { Created, InvoiceSkeleton, OrderQuantities, OrderTerms, ShipmentSkeleton, tradeVerbs } from '@dualchain/model';
import { allOf, requireSameContent } from '../../ledger';
import type { Call, CallOf } from '../../ledger';
import { fingerprintsOf } from '../../rules/trade/fingerprint';
import { submitInvoice } from '../../rules/trade/invoice';
import { matchInvoice, requireExactAmounts, requireReceipts } from '../../rules/trade/matching';
import { requireOpenOrder } from '../../rules/trade/order';
import { addTo, sumByLine } from '../../rules/trade/quantities';

type Verbs = typeof tradeVerbs;

/** A new invoice: fingerprints registered, lines matched. */
export async function submit(call: CallOf<Verbs['submitInvoice']>): Promise<Created<InvoiceSkeleton>> {
  const { state, sealed, input, content, caller, at } = call;
  const { invoiceId: id, orderId } = input;
  const order = await state.require('order', orderId);
  const { supplier, obligor } = order;
  const parties = [supplier, obligor];
  const fields = { orderId, supplier, obligor, ...content };
  const shipmentIds = [...new Set(input.shipmentIds)];
  const standing = await state.get('invoice', id);
  if (standing !== undefined) {
    const same = standing.orderId === orderId && (await sealed.holdsSame('invoice', id, fields, parties));
    requireSameContent('invoice', [id], [standing.orderId, standing.supplier, standing.shipmentIds], [orderId, caller.mspId, shipmentIds], same);
    return { ...standing, already: true };
  }
  requireOpenOrder(order, caller.mspId);
  requireExactAmounts(content);
  const terms = await sealed.requireGenuine<OrderTerms>('order', orderId, parties);
  const quantities = await sealed.requireGenuine<OrderQuantities>('quantities', orderId, parties);
  const shipments: ShipmentSkeleton[] = [];
  for (const shipmentId of shipmentIds) shipments.push(await state.require('shipment', shipmentId));
  requireReceipts(terms, shipments);
  const fingerprints = await fingerprintsOf(obligor, supplier, content);
  const taken: { kind: string; invoiceId: string }[] = [];
  for (const { kind, digest } of fingerprints) {
    const live = await state.get('fingerprint', kind, digest);
    if (live !== undefined) taken.push({ kind, invoiceId: live.invoiceId });
  }
  const exceptions = matchInvoice(content, terms, quantities);
  const invoice = submitInvoice({ id, order, shipments, exceptions, fingerprints, taken, caller: caller.mspId, at });
  const { root } = await sealed.seal('invoice', id, fields, parties);
  if (invoice.state !== 'exception') await sealed.seal('quantities', orderId, { obligor, supplier, ...addTo(quantities, 'invoiced', sumByLine(content.lines, (line) => line.quantity)) }, parties);
  for (const { kind, digest } of fingerprints.filter((fingerprint) => !taken.some((other) => other.kind === fingerprint.kind))) {
    await state.create('fingerprint', [kind, digest], { kind, digest, invoiceId: id, obligor, supplier, registeredAt: at }, allOf(parties));
  }
  await state.create('invoice', [id], { ...invoice, root }, allOf(parties));
  call.emit({ ids: { invoice: id, order: orderId, shipment: shipmentIds }, from: null, to: invoice.state });
  return { ...invoice, root };
}

/** A step that changes the skeleton alone. */
export async function change(call: Call<{ invoiceId: string }>, rule: (invoice: InvoiceSkeleton) => InvoiceSkeleton): Promise<InvoiceSkeleton> {
  const { invoiceId: id } = call.input;
  const before = await call.state.require('invoice', id);
  const invoice = rule(before);
  await call.sealed.requireShared('invoice', id, [invoice.supplier, invoice.obligor]);
  await call.state.update('invoice', [id], invoice);
  call.emit({ ids: { invoice: id, order: invoice.orderId }, from: before.state, to: invoice.state });
  return invoice;
}
