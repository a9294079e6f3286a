import { invoiceTable, orderTable } from '../../../model/src';
import { ruling, unless } from '../attempt';
import type { Actor, Kind, Picker } from '../attempt';
import type { Slug } from '../../support/network';
import { mspIdOf, users } from '../actors';
import type { ModelInvoice, ModelOrder, World } from '../world';

const DAY = 86_400_000;
/** Step between the prices of two sequences, in minor units: no two invoices of a run look alike. */
const PRICE = 1_000n;

/** Orders of one sequence: enough for a few certificates and for transfers. */
const MAX_ORDERS = 5;
const MAX_INVOICES = 6;

/** An order of the brand from the processor, now and then by somebody who buys nothing. */
export const issueOrder: Kind = {
  name: 'issueOrder',
  weight: 1,
  propose: (world, pick) => {
    if (world.orders.length >= MAX_ORDERS) return undefined;
    const by: Actor = { slug: pick.rarely(10) ? (pick.one<Slug>(['carrier', 'bank', 'clearing']) ?? 'bank') : pick.rarely(3) ? 'processor' : 'brand', user: 'maker' };
    const serial = world.serial();
    const supplier: Slug = by.slug === 'processor' ? 'farm' : 'processor';
    const order: ModelOrder = { id: `PO-${world.prefix}-${serial}`, obligor: by.slug, supplier, quantity: 100n + BigInt(pick.below(900)), unitPrice: PRICE * BigInt(world.number) + BigInt(serial), expiresAt: Date.now() + DAY, state: 'issued', invoiced: 0n };
    return {
      verb: 'issueOrder',
      by,
      what: `${order.id} from ${supplier}`,
      refusals: unless(by.slug === 'brand' || by.slug === 'processor', 'WRONG_ROLE'),
      call: (client) =>
        client.orders.issueOrder({ orderId: order.id, supplier: mspIdOf(supplier), expiresAt: new Date(order.expiresAt), currency: 'CNY', matchPolicy: 'two-way', lines: [{ line: 1, gtin: '09524002500012', quantity: order.quantity.toString(), unit: 'KGM', unitPrice: order.unitPrice }] }),
      apply: () => world.orders.push(order),
    };
  },
};

function answerOrder(verb: 'acceptOrder' | 'refuseOrder', weight: number): Kind {
  return {
    name: verb,
    weight,
    propose: (world, pick) => {
      const order = pick.mostly(world.orders, ({ state }) => state === 'issued');
      if (order === undefined) return undefined;
      const by = users(pick, [order.supplier]);
      const { obligor, supplier } = order;
      return {
        verb,
        by,
        what: order.id,
        refusals: ruling(orderTable, verb, order.state, { obligor, supplier }, by.slug),
        call: (client) => client.orders[verb]({ orderId: order.id }),
        apply: () => {
          order.state = verb === 'acceptOrder' ? 'accepted' : 'refused';
        },
      };
    },
  };
}

/** An invoice within the order, or for more than was ordered: an exception. */
export const submitInvoice: Kind = {
  name: 'submitInvoice',
  weight: 2,
  propose: (world, pick) => {
    if (world.invoices.length >= MAX_INVOICES) return undefined;
    const order = pick.mostly(world.orders, ({ state, invoiced, quantity }) => state === 'accepted' && invoiced < quantity);
    if (order === undefined) return undefined;
    const by = users(pick, [order.supplier]);
    const left = order.quantity - order.invoiced;
    const over = pick.rarely(10) || left < 1n;
    const quantity = over ? order.quantity + 1n : pick.amount(left);
    const total = quantity * order.unitPrice;
    // Same parties, date and amount: it looks like the other one.
    const twin = world.invoices.some((other) => other.total === total && other.order.supplier === order.supplier && other.order.obligor === order.obligor);
    const invoice: ModelInvoice = { id: world.id('INV'), order, total, state: over ? 'exception' : twin ? 'blocked' : 'matched' };
    return {
      verb: 'submitInvoice',
      by,
      what: `${invoice.id} over ${total} for ${order.id}`,
      refusals: [...unless(by.slug === order.supplier, 'NOT_A_PARTY', 'WRONG_ROLE', 'OPENING_REQUIRED'), ...unless(order.state === 'accepted', 'WRONG_STATE')],
      call: (client) =>
        client.invoices.submitInvoice({ invoiceId: invoice.id, orderId: order.id, shipmentIds: [], number: `N/${invoice.id}`, issueDate: '2026-01-15', currency: 'CNY', lines: [{ line: 1, quantity: quantity.toString(), unit: 'KGM', unitPrice: order.unitPrice, amount: total }], total }),
      apply: () => {
        world.invoices.push(invoice);
        if (!over) order.invoiced += quantity;
      },
    };
  },
};

function agree(verb: 'approveInvoice' | 'acceptInvoice', weight: number): Kind {
  return {
    name: verb,
    weight,
    propose: (world, pick) => {
      const wanted = verb === 'approveInvoice' ? 'matched' : 'approved';
      const invoice = pick.mostly(world.invoices, ({ state }) => state === wanted);
      if (invoice === undefined) return undefined;
      const { obligor, supplier } = invoice.order;
      const by = users(pick, [obligor], verb === 'approveInvoice' ? 'maker' : 'checker');
      const rightUser = by.user === (verb === 'approveInvoice' ? 'maker' : 'checker');
      return {
        verb,
        by,
        what: invoice.id,
        refusals: [...ruling(invoiceTable, verb, invoice.state, { obligor, supplier }, by.slug), ...unless(rightUser, 'WRONG_ROLE')],
        call: (client) => client.invoices[verb]({ invoiceId: invoice.id }),
        apply: () => {
          invoice.state = verb === 'approveInvoice' ? 'approved' : 'accepted';
          if (verb === 'approveInvoice') invoice.approvedBy = `${by.slug}/${by.user}`;
        },
      };
    },
  };
}

/** The buyer's checker says that a look-alike is a new invoice. */
const overrideNearDuplicate: Kind = {
  name: 'overrideNearDuplicate',
  weight: 2,
  propose: (world, pick) => {
    const invoice = pick.mostly(world.invoices, ({ state }) => state === 'blocked');
    if (invoice === undefined) return undefined;
    const { obligor, supplier } = invoice.order;
    const by = users(pick, [obligor], 'checker');
    return {
      verb: 'overrideNearDuplicate',
      by,
      what: invoice.id,
      refusals: [...ruling(invoiceTable, 'overrideNearDuplicate', invoice.state, { obligor, supplier }, by.slug), ...unless(by.user === 'checker', 'WRONG_ROLE')],
      call: (client) => client.invoices.overrideNearDuplicate({ invoiceId: invoice.id, reason: 'Another delivery of the same size.' }),
      apply: () => {
        invoice.state = 'matched';
      },
    };
  },
};

export const tradeKinds: readonly Kind[] = [issueOrder, answerOrder('acceptOrder', 3), answerOrder('refuseOrder', 1), submitInvoice, overrideNearDuplicate, agree('approveInvoice', 5), agree('acceptInvoice', 5)];

/** Whether somebody has dealt with somebody: what a transfer may refer to. */
export function tradeBetween(world: World, pick: Picker, one: Slug, other: Slug): ModelOrder | undefined {
  return pick.mostly(world.orders, ({ obligor, supplier, state }) => state !== 'refused' && [obligor, supplier].includes(one) && [obligor, supplier].includes(other));
}
