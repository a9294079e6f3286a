import { DualchainError, orderTable, parseQuantity } from '@dualchain/model';
import type { ChannelPolicy, OrderQuantities, OrderSkeleton, OrderState, OrderTerms, Transition } from '@dualchain/model';
import { requireOrderTerms } from './order';
import { propose, requireTimely, restore, rowOf } from './proposal';
import type { Offer } from './proposal';
import { goneOut, openQuantities } from './quantities';

/** Most versions of one order. */
const MAX_VERSIONS = 999;

/** One side proposes new terms; the order is locked until the other answers. Throws NOT_A_PARTY, WRONG_STATE, EXPIRED, INVALID_INPUT, QUANTITY_EXCEEDED, TOO_LARGE. */
export function proposeAmendment(order: OrderSkeleton, terms: OrderTerms, quantities: OrderQuantities, policy: ChannelPolicy, offer: Offer, caller: string): OrderSkeleton {
  const row = rowOf(orderTable, order, 'proposeOrderAmendment', caller);
  if (order.version >= MAX_VERSIONS) throw new DualchainError('TOO_LARGE', `The order ${order.id} was amended ${MAX_VERSIONS - 1} times; issue a new one.`, { details: { orderId: order.id } });
  requireOrderTerms(terms, policy);
  amendedQuantities(quantities, terms);
  return { ...order, ...propose(order, row, 'amendment', offer, caller) };
}

/** Throws NOT_A_PARTY, WRONG_STATE, EXPIRED unless the caller may accept new terms now. */
export function requireAmendable(order: OrderSkeleton, caller: string, at: string): Transition<OrderState> {
  const row = rowOf(orderTable, order, 'acceptOrderAmendment', caller);
  requireTimely(order, at);
  return row;
}

/** The other side accepts: the order without its proposal in the next version (its root is that of the new terms), and its quantities under the new terms. Throws NOT_A_PARTY, WRONG_STATE, EXPIRED, INVALID_INPUT, QUANTITY_EXCEEDED. */
export function acceptAmendment(order: OrderSkeleton, terms: OrderTerms, before: OrderTerms, quantities: OrderQuantities, caller: string, at: string): { order: Omit<OrderSkeleton, 'root'>; quantities: OrderQuantities } {
  const row = requireAmendable(order, caller, at);
  if (terms.currency !== before.currency && quantities.lines.some(({ invoiced }) => parseQuantity(invoiced) > 0n)) {
    throw new DualchainError('WRONG_STATE', `The order ${order.id} is invoiced already; its currency cannot change.`, { details: { orderId: order.id } });
  }
  const { proposal: _accepted, root: _replaced, ...rest } = order;
  return { order: { ...rest, state: row.to, version: order.version + 1 }, quantities: amendedQuantities(quantities, terms) };
}

/** One side proposes to cancel. Throws NOT_A_PARTY, WRONG_STATE, EXPIRED. */
export function proposeCancellation(order: OrderSkeleton, quantities: OrderQuantities, offer: Offer, caller: string): OrderSkeleton {
  const row = rowOf(orderTable, order, 'proposeOrderCancellation', caller);
  requireUntouched(order, quantities);
  return { ...order, ...propose(order, row, 'cancellation', offer, caller) };
}

/** The other side agrees. Throws NOT_A_PARTY, WRONG_STATE, EXPIRED. */
export function acceptCancellation(order: OrderSkeleton, quantities: OrderQuantities, caller: string, at: string): OrderSkeleton {
  const row = rowOf(orderTable, order, 'acceptOrderCancellation', caller);
  requireTimely(order, at);
  requireUntouched(order, quantities);
  const { proposal: _accepted, ...rest } = order;
  return { ...rest, state: row.to };
}

/** The order exactly as it was before the proposal. Throws NOT_A_PARTY, WRONG_STATE, NOT_YET. */
export function endOrderChange(order: OrderSkeleton, verb: 'refuseOrderChange' | 'withdrawOrderChange' | 'expireOrderChange', caller: string, at: string): OrderSkeleton {
  return restore(orderTable, order, verb, caller, at);
}

/** Progress carried over to new terms, which must cover it line by line. Throws INVALID_INPUT, QUANTITY_EXCEEDED; none names a figure. */
function amendedQuantities(quantities: OrderQuantities, terms: OrderTerms): OrderQuantities {
  const standing = new Map(quantities.lines.map((line) => [line.line, line]));
  const lines = openQuantities(terms).lines.map((next) => {
    const before = standing.get(next.line);
    if (before === undefined || !isTouched(before)) return next;
    const { line, shipped, returned, accepted, invoiced } = before;
    if (before.gtin !== next.gtin || before.unit !== next.unit) throw new DualchainError('INVALID_INPUT', `Line ${line} was shipped or invoiced; its goods and unit cannot change. Add a line instead.`, { details: { line } });
    const least = [goneOut(before), parseQuantity(accepted), parseQuantity(invoiced)].reduce((most, each) => (each > most ? each : most));
    if (parseQuantity(next.ordered) < least) throw new DualchainError('QUANTITY_EXCEEDED', `Line ${line} would be less than what was shipped or invoiced of it.`, { details: { line } });
    return { ...next, shipped, returned, accepted, invoiced };
  });
  const dropped = quantities.lines.find((line) => isTouched(line) && !lines.some((next) => next.line === line.line));
  if (dropped !== undefined) throw new DualchainError('INVALID_INPUT', `Line ${dropped.line} was shipped or invoiced; it cannot be left out.`, { details: { line: dropped.line } });
  return { lines };
}

function isTouched({ shipped, invoiced }: OrderQuantities['lines'][number]): boolean {
  return parseQuantity(shipped) > 0n || parseQuantity(invoiced) > 0n;
}

/** Throws WRONG_STATE once goods are out or invoiced. */
function requireUntouched({ id }: OrderSkeleton, quantities: OrderQuantities): void {
  const line = quantities.lines.find((each) => goneOut(each) > 0n || parseQuantity(each.invoiced) > 0n);
  if (line !== undefined) throw new DualchainError('WRONG_STATE', `Goods of the order ${id} were shipped or invoiced; amend it to what was shipped instead of cancelling it.`, { details: { orderId: id, line: line.line } });
}
