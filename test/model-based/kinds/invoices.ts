import { endedInvoiceStates, endedOrderStates, invoiceTable } from '../../../model/src';
import type { ErrorCode, InvoiceState } from '../../../model/src';
import type { Slug } from '../../support/network';
import { users } from '../actors';
import { all, ruling, unless } from '../attempt';
import type { Kind } from '../attempt';
import type { ModelInvoice, ModelOrder } from '../objects';
import { DAY } from '../world';
import type { World } from '../world';

/** Invoices of one sequence. Fingerprints are dear on purpose. */
const MAX_INVOICES = 4;

/** Whether its quantity counts in its order: it matches, or was let pass, and is still there. */
function isCounted({ differs, state }: ModelInvoice): boolean {
  return !differs && !endedInvoiceStates.includes(state);
}

/** What is invoiced of an order, without one of its invoices. */
export function invoicedOf(world: World, order: ModelOrder, without?: ModelInvoice): bigint {
  return world.invoices.filter((invoice) => invoice.order === order && invoice !== without && isCounted(invoice)).reduce((sum, { quantity }) => sum + quantity, 0n);
}

/** Whether quantity and total are more than the order has left and says. */
export function differsFrom(world: World, invoice: ModelInvoice, { quantity, total }: Pick<ModelInvoice, 'quantity' | 'total'>): boolean {
  const { order } = invoice;
  return total > quantity * order.unitPrice || invoicedOf(world, order, invoice) + quantity > order.quantity;
}

/** The state of an invoice that nobody approved, disputed or proposed to change. */
export function standingOf({ differs, resembles, overridden }: Pick<ModelInvoice, 'differs' | 'resembles' | 'overridden'>): InvoiceState {
  if (differs) return 'exception';
  return resembles && overridden !== true ? 'blocked' : 'matched';
}

/** Whether nothing can be invoiced on its order any more. */
export function orderEnded({ order }: ModelInvoice): boolean {
  return endedOrderStates.includes(order.state);
}

/** An invoice and its parts have ended: their fingerprints are free. */
function familyEnded(world: World, invoice: ModelInvoice): boolean {
  return [invoice, ...world.invoices.filter(({ partOf }) => partOf === invoice)].every(({ state }) => endedInvoiceStates.includes(state));
}

/** Who plays which part in an invoice with its open proposal. */
function invoiceParties({ order: { obligor, supplier }, proposal }: ModelInvoice) {
  return { obligor, supplier, self: proposal?.proposer, receiver: proposal?.receiver };
}

/** The row of the invoice's table. */
export function invoiceRuling(verb: string, invoice: ModelInvoice, slug: Slug): ErrorCode[] {
  return ruling(invoiceTable, verb, invoice.state, invoiceParties(invoice), slug);
}

/** A day of its own for each sequence: dates and amounts are compared between all invoices of two parties. */
export function dateOf(world: World): string {
  return new Date(Date.UTC(2000, 0, 1) + world.number * DAY).toISOString().slice(0, 10);
}

/** An invoice within the order, for more than was ordered, or at another price: exceptions. */
const submitInvoice: Kind = {
  name: 'submitInvoice',
  weight: 2,
  propose: (world, pick) => {
    if (world.invoices.length >= MAX_INVOICES) return undefined;
    const order = pick.mostly(world.orders, (each) => each.state === 'accepted' && invoicedOf(world, each) < each.quantity);
    if (order === undefined) return undefined;
    const by = users(pick, [order.supplier]);
    const left = order.quantity - invoicedOf(world, order);
    const twin = pick.rarely(6) ? world.invoices.find((each) => each.order === order && each.partOf === undefined && each.submitted % order.unitPrice === 0n) : undefined;
    const over = pick.oddly(6) || left < 1n;
    const quantity = twin !== undefined ? twin.submitted / order.unitPrice : over ? order.quantity + 1n : pick.amount(left);
    const unitPrice = order.unitPrice + (pick.rarely(8) ? 1n : 0n);
    const total = quantity * unitPrice;
    const serial = world.serial();
    // Numbers are compared by their letters and digits alone: the letters keep sequence and serial apart.
    const invoice: ModelInvoice = { id: `INV-${world.number}-${serial}`, order, unitPrice, submitted: total, quantity, total, state: 'matched', differs: false, resembles: world.invoices.some((each) => each.partOf === undefined && each.order.obligor === order.obligor && each.order.supplier === order.supplier && each.submitted === total && !familyEnded(world, each)) };
    invoice.differs = differsFrom(world, invoice, invoice);
    invoice.state = standingOf(invoice);
    return {
      verb: 'submitInvoice',
      by,
      what: `${invoice.id} over ${total} for ${order.id}`,
      refusals: [...unless(by.slug === order.supplier, 'NOT_A_PARTY', 'WRONG_ROLE', 'OPENING_REQUIRED'), ...unless(order.state === 'accepted', 'WRONG_STATE')],
      call: (client) =>
        client.invoices.submitInvoice({ invoiceId: invoice.id, orderId: order.id, shipmentIds: [], number: `N${serial}S${world.number}`, issueDate: dateOf(world), currency: 'CNY', lines: [{ line: 1, quantity: quantity.toString(), unit: 'KGM', unitPrice, amount: total }], total }),
      apply: () => world.invoices.push(invoice),
    };
  },
};

function agree(verb: 'approveInvoice' | 'acceptInvoice'): Kind {
  const [user, wanted, next] = verb === 'approveInvoice' ? (['maker', 'matched', 'approved'] as const) : (['checker', 'approved', 'accepted'] as const);
  return {
    name: verb,
    weight: 6,
    propose: (world, pick) => {
      const invoice = pick.mostly(world.invoices, ({ state }) => state === wanted);
      if (invoice === undefined) return undefined;
      const by = users(pick, [invoice.order.obligor], user);
      return {
        verb,
        by,
        what: invoice.id,
        refusals: [...invoiceRuling(verb, invoice, by.slug), ...unless(by.user === user, 'WRONG_ROLE')],
        call: (client) => client.invoices[verb]({ invoiceId: invoice.id }),
        apply: () => {
          invoice.state = next;
        },
      };
    },
  };
}

/** The buyer's checker says that a look-alike is a new invoice. */
const overrideNearDuplicate: Kind = {
  name: 'overrideNearDuplicate',
  weight: 3,
  propose: (world, pick) => {
    const invoice = pick.mostly(world.invoices, ({ state }) => state === 'blocked');
    if (invoice === undefined) return undefined;
    const by = users(pick, [invoice.order.obligor], 'checker');
    return {
      verb: 'overrideNearDuplicate',
      by,
      what: invoice.id,
      refusals: [...invoiceRuling('overrideNearDuplicate', invoice, by.slug), ...unless(by.user === 'checker', 'WRONG_ROLE')],
      call: (client) => client.invoices.overrideNearDuplicate({ invoiceId: invoice.id, reason: 'Another delivery of the same size.' }),
      apply: () => {
        invoice.state = 'matched';
        invoice.overridden = true;
      },
    };
  },
};

const withdrawInvoice: Kind = {
  name: 'withdrawInvoice',
  weight: 1,
  propose: (world, pick) => {
    const invoice = pick.mostly(world.invoices, ({ state }) => ['matched', 'exception', 'blocked', 'approved', 'disputed'].includes(state));
    if (invoice === undefined) return undefined;
    const by = users(pick, [invoice.order.supplier]);
    return {
      verb: 'withdrawInvoice',
      by,
      what: invoice.id,
      refusals: invoiceRuling('withdrawInvoice', invoice, by.slug),
      call: (client) => client.invoices.withdrawInvoice({ invoiceId: invoice.id }),
      apply: () => {
        invoice.state = 'withdrawn';
      },
    };
  },
};

/** Only an order that is invoiced on receipt is billed by the buyer: always refused here. */
const selfBillInvoice: Kind = {
  name: 'selfBillInvoice',
  weight: 1,
  propose: (world, pick) => {
    const order = pick.rarely(4) ? pick.mostly(world.orders, ({ state }) => state === 'accepted') : undefined;
    if (order === undefined) return undefined;
    const by = users(pick, [order.obligor]);
    const { quantity, unitPrice } = order;
    return {
      verb: 'selfBillInvoice',
      by,
      what: order.id,
      ...all(['INVALID_INPUT'], unless(by.slug === order.obligor, 'NOT_A_PARTY', 'WRONG_ROLE', 'OPENING_REQUIRED'), unless(order.state === 'accepted', 'WRONG_STATE')),
      call: (client) => client.invoices.selfBillInvoice({ invoiceId: world.id('INV'), orderId: order.id, shipmentIds: [], number: `B${world.serial()}S${world.number}`, issueDate: dateOf(world), currency: 'CNY', lines: [{ line: 1, quantity: quantity.toString(), unit: 'KGM', unitPrice, amount: quantity * unitPrice }], total: quantity * unitPrice }),
      apply: () => undefined,
    };
  },
};

export const invoiceKinds: readonly Kind[] = [submitInvoice, overrideNearDuplicate, agree('approveInvoice'), agree('acceptInvoice'), withdrawInvoice, selfBillInvoice];
