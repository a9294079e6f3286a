import { ahead } from '../support/deal';
import { whenTime } from '../support/time';
import { invoiceOf, newTrade, ordered, received, shipped, termsOf } from '../trade/goods';
import { HOUR, order } from './lanes';
import type { Cast } from './lanes';

/** Every transition of an order. */
export async function ordersLane({ network, as, msp, done, tried, soon }: Cast): Promise<void> {
  const [brand, processor, carrier] = [await as('brand'), await as('processor'), await as('carrier')];
  const issue = async (expiresAt = ahead(HOUR)) => {
    const trade = newTrade(network, 'two-way');
    await done(brand.orders.issueOrder({ orderId: trade.orderId, supplier: msp('processor'), expiresAt, ...termsOf(trade) }));
    return trade;
  };
  const [refused, unanswered, changed] = [await issue(), await issue(soon()), await issue()];
  await processor.orders.refuseOrder({ orderId: refused.orderId });
  const { orderId } = changed;
  await done(processor.orders.acceptOrder({ orderId }));
  const amend = (expiresAt = ahead(HOUR)) => done(brand.orders.proposeOrderAmendment({ orderId, expiresAt, ...termsOf(changed, '7') }));
  const cancel = (expiresAt = ahead(HOUR)) => done(brand.orders.proposeOrderCancellation({ orderId, expiresAt }));
  await cancel();
  await tried(() => processor.orders.refuseOrderChange({ orderId }), () => processor.orders.acceptOrderCancellation({ orderId }));
  await done(brand.orders.withdrawOrderChange({ orderId }));
  await amend();
  await tried(() => brand.orders.withdrawOrderChange({ orderId }));
  await done(processor.orders.refuseOrderChange({ orderId }));
  await amend(soon());
  await whenTime(() => done(carrier.orders.expireOrderChange({ orderId })));
  await amend();
  await done(processor.orders.acceptOrderAmendment({ orderId }));
  await cancel(soon());
  await whenTime(() => done(carrier.orders.expireOrderChange({ orderId })));
  await cancel();
  await done(processor.orders.acceptOrderCancellation({ orderId }));
  await whenTime(() => carrier.orders.expireOrder({ orderId: unanswered.orderId }));
}

/** Every transition of a shipment, and an invoice that the buyer writes itself. */
export async function goodsLane({ network, as, done }: Cast): Promise<void> {
  const trade = await ordered(network, 'receipt-first');
  await network.inStep();
  const load = await shipped(network, trade, '80');
  await network.inStep();
  await done(received(network, load, '80', '0'));
  await done((await as('brand')).invoices.selfBillInvoice(invoiceOf(network, trade, [load.shipmentId], 80n)));
}

/** Every transition of an invoice before a certificate rests on it. */
export async function invoicesLane(cast: Cast): Promise<void> {
  const { network, as, done, tried, soon } = cast;
  const [brand, checker, processor, carrier] = [await as('brand'), await as('brand', 'checker'), await as('processor'), await as('carrier')];
  const trade = await order(cast);
  const submit = async (quantity: bigint, price?: bigint, change: object = {}) => {
    const input = { ...invoiceOf(network, trade, [], quantity, price), ...change };
    // A number that gives way to another is in no record.
    if ('number' in change) network.markers.pop();
    await done(processor.invoices.submitInvoice(input));
    return input;
  };
  const reason = 'The scales were wrong.';
  const dispute = (invoiceId: string) => () => brand.invoices.disputeInvoice({ invoiceId, reason });
  const withdraw = (invoiceId: string) => () => processor.invoices.withdrawInvoice({ invoiceId });

  const plain = await submit(10n);
  const { invoiceId } = plain;
  await tried(dispute(invoiceId), withdraw(invoiceId), () => brand.invoices.disputeInvoice({ invoiceId, partId: `${invoiceId}-p`, reason, lines: [{ line: 1, quantity: '1', amount: trade.unitPrice }] }));
  await done(brand.invoices.approveInvoice({ invoiceId }));
  await tried(dispute(invoiceId), withdraw(invoiceId));
  await done(checker.invoices.acceptInvoice({ invoiceId }));

  const like = await submit(9n, undefined, { number: plain.number });
  await tried(dispute(like.invoiceId), withdraw(like.invoiceId));
  await done(checker.invoices.overrideNearDuplicate({ invoiceId: like.invoiceId, reason: 'The number is used twice a year.' }));
  await done(withdraw(like.invoiceId)());

  const dear = await submit(8n, trade.unitPrice * 2n);
  const excepted = { invoiceId: dear.invoiceId };
  const note = (id: string, expiresAt = ahead(HOUR)) => () => processor.invoices.proposeCreditNote({ ...excepted, creditNoteId: `CN-${id}-${dear.invoiceId}`, expiresAt, number: `CN/${id}`, issueDate: '2026-01-20', amount: 8n * trade.unitPrice, lines: [{ ...dear.lines[0]!, unitPrice: trade.unitPrice, amount: 8n * trade.unitPrice }] });
  const waive = (expiresAt = ahead(HOUR)) => () => checker.invoices.proposeWaiver({ ...excepted, expiresAt, reason });
  const [refuse, takeBack, end] = [(by: typeof brand) => () => by.invoices.refuseInvoiceChange(excepted), (by: typeof brand) => () => by.invoices.withdrawInvoiceChange(excepted), () => carrier.invoices.expireInvoiceChange(excepted)];
  await tried(dispute(dear.invoiceId), withdraw(dear.invoiceId));
  await done(processor.invoices.rematchInvoice(excepted));
  await done(note('1')());
  await tried(() => brand.invoices.acceptCreditNote(excepted), refuse(brand));
  await done(takeBack(processor)());
  await done(waive()());
  await tried(() => processor.invoices.acceptWaiver(excepted), takeBack(checker));
  await done(refuse(processor)());
  await done(note('2', soon())());
  await whenTime(() => done(end()));
  await done(waive(soon())());
  await whenTime(() => done(end()));
  await done(waive()());
  await done(processor.invoices.acceptWaiver(excepted));

  const doubted = await submit(7n);
  const disputed = { invoiceId: doubted.invoiceId };
  await done(dispute(doubted.invoiceId)());
  await tried(withdraw(doubted.invoiceId));
  const resolve = (expiresAt = ahead(HOUR)) => done(brand.invoices.proposeResolution({ ...disputed, outcome: 'matched', expiresAt }));
  await resolve();
  await tried(() => processor.invoices.refuseInvoiceChange(disputed), () => brand.invoices.withdrawInvoiceChange(disputed));
  await done(processor.invoices.acceptResolution(disputed));
  await done(dispute(doubted.invoiceId)());
  await resolve(soon());
  await whenTime(() => done(carrier.invoices.expireInvoiceChange(disputed)));
  const amount = trade.unitPrice;
  await done(processor.invoices.proposeCreditNote({ ...disputed, creditNoteId: `CN-${doubted.invoiceId}`, expiresAt: ahead(HOUR), number: 'CN/9', issueDate: '2026-01-20', amount, lines: [{ ...doubted.lines[0]!, quantity: '6', amount: 6n * amount }] }));
  await done(brand.invoices.acceptCreditNote(disputed));
}
