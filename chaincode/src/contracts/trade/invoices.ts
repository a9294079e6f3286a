import type { Created, InvoiceSkeleton, OrderQuantities, OrderTerms, ShipmentSkeleton, tradeVerbs } from '@dualchain/model';
import { allOf, requireSameContent } from '../../ledger';
import type { Call, CallOf } from '../../ledger';
import { standBehind } from '../../rules/trade/ending';
import { fingerprintsOf } from '../../rules/trade/fingerprint';
import { submitInvoice } from '../../rules/trade/invoice';
import { matchInvoice, requireAsReceived, requireExactAmounts, requireReceipts, requireSelfBilled } from '../../rules/trade/matching';
import { requireOpenOrder } from '../../rules/trade/order';
import { addTo, sumByLine } from '../../rules/trade/quantities';
import { firstRecordOf } from './versions';

type Verbs = typeof tradeVerbs;

/** A new invoice: fingerprints registered, lines matched. */
export async function submit(call: CallOf<Verbs['submitInvoice']>, verb: 'submitInvoice' | 'selfBillInvoice'): Promise<Created<InvoiceSkeleton>> {
  const { state, sealed, input, content, caller, at } = call;
  const { invoiceId: id, orderId } = input;
  const order = await state.require('order', orderId);
  const { supplier, obligor } = order;
  const parties = [supplier, obligor];
  const shipmentIds = [...new Set(input.shipmentIds)];
  const standing = await state.get('invoice', id);
  if (standing !== undefined) return alreadyThere(call, standing, { orderId, supplier, obligor, ...content }, [orderId, shipmentIds, verb === 'submitInvoice' ? supplier : obligor]);
  requireOpenOrder(order, caller.mspId, verb === 'submitInvoice' ? 'supplier' : 'obligor');
  requireExactAmounts(content);
  const { policy } = await state.require('channelPolicy', 'current');
  const terms = await sealed.requireGenuine<OrderTerms>('order', orderId, parties);
  const quantities = await sealed.requireGenuine<OrderQuantities>('quantities', orderId, parties);
  const shipments: ShipmentSkeleton[] = [];
  for (const shipmentId of shipmentIds) shipments.push(await state.require('shipment', shipmentId));
  if (verb === 'selfBillInvoice') requireSelfBilled(orderId, terms);
  requireReceipts(terms, shipments);
  const exceptions = matchInvoice(content, terms, quantities, policy);
  requireAsReceived(terms, exceptions);
  const fingerprints = await fingerprintsOf(obligor, supplier, content);
  const taken: { kind: string; invoiceId: string }[] = [];
  const registered = new Map<string, Awaited<ReturnType<typeof state.get<'fingerprint'>>>>();
  for (const { kind, digest } of fingerprints) {
    const live = await state.get('fingerprint', kind, digest);
    registered.set(kind, live);
    if (live !== undefined) taken.push({ kind, invoiceId: live.invoiceId });
  }
  const invoice = submitInvoice({ verb, id, order, shipments, exceptions, fingerprints, taken, acceptanceDeadlineDays: policy.acceptanceDeadlineDays, caller: caller.mspId, at });
  const { root } = await sealed.seal('invoice', id, { orderId, supplier, obligor, ...content }, parties);
  if (exceptions.length === 0) await sealed.seal('quantities', orderId, { obligor, supplier, ...addTo(quantities, 'invoiced', sumByLine(content.lines, (line) => line.quantity)) }, parties);
  for (const { kind, digest } of fingerprints) {
    const live = registered.get(kind);
    if (live === undefined) await state.create('fingerprint', [kind, digest], { kind, digest, invoiceId: id, obligor, supplier, registeredAt: at }, allOf(parties));
    else await state.update('fingerprint', [kind, digest], standBehind(live, id));
  }
  await state.create('invoice', [id], { ...invoice, root }, allOf(parties));
  await state.index('obligorInvoice', [obligor, at, id]);
  call.emit({ ids: { invoice: id, order: orderId, shipment: shipmentIds }, from: null, to: invoice.state });
  return { ...invoice, root };
}

/** A step that changes the skeleton alone. */
export async function change(call: Pick<Call<{ invoiceId: string }>, 'state' | 'sealed' | 'input' | 'emit'>, rule: (invoice: InvoiceSkeleton) => InvoiceSkeleton): Promise<InvoiceSkeleton> {
  const { invoiceId: id } = call.input;
  const before = await call.state.require('invoice', id);
  const invoice = rule(before);
  await call.sealed.requireShared('invoice', id, [invoice.supplier, invoice.obligor]);
  await call.state.update('invoice', [id], invoice);
  call.emit({ ids: { invoice: id, order: invoice.orderId }, from: before.state, to: invoice.state });
  return invoice;
}

/** The same content under the same id is no second invoice. `wanted`: order, shipments, and who wrote it. */
async function alreadyThere(call: CallOf<Verbs['submitInvoice']>, standing: InvoiceSkeleton, fields: Record<string, unknown>, wanted: readonly [string, readonly string[], string]): Promise<Created<InvoiceSkeleton>> {
  const { id, orderId, shipmentIds, supplier, obligor } = standing;
  const [wantedOrder, wantedShipments, author] = wanted;
  const first = firstRecordOf('invoice', standing);
  const same = orderId === wantedOrder && (await call.sealed.holdsSame(first.type, first.id, fields, [supplier, obligor]));
  requireSameContent('invoice', [id], [orderId, shipmentIds, author], [wantedOrder, wantedShipments, call.caller.mspId], same);
  return { ...standing, already: true };
}
