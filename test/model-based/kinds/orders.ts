import { endedOrderStates, orderTable } from '../../../model/src';
import type { Actor, Slug } from '../../support/network';
import { mspIdOf } from '../../support/organisations';
import { hasRole, slugs, users } from '../actors';
import { all, deadline, fine, ruling, unless } from '../attempt';
import type { Kind } from '../attempt';
import type { Picker } from '../picker';
import type { ModelOrder } from '../objects';
import { DAY } from '../world';
import type { World } from '../world';
import { invoicedOf } from './invoices';
import { anyone, endOfProposal, proposer, receiver } from './proposals';
import type { Ending } from './proposals';
import { momentOf } from './time';

/** Step between the prices of two sequences, in minor units. */
const PRICE = 1_000n;
/** Orders of one sequence: enough for a few certificates and for transfers. */
const MAX_ORDERS = 4;

/** What is ordered: one line, matched two-way. */
function termsOf({ quantity, unitPrice }: Pick<ModelOrder, 'quantity' | 'unitPrice'>) {
  return { currency: 'CNY', matchPolicy: 'two-way', lines: [{ line: 1, gtin: '09524002500012', quantity: quantity.toString(), unit: 'KGM', unitPrice }] } as const;
}

/** An order of the brand, of its supplier from the next one, or of that supplier from the brand, now and then by somebody who buys nothing. */
const issueOrder: Kind = {
  name: 'issueOrder',
  weight: 2,
  propose: (world, pick) => {
    if (world.orders.length >= MAX_ORDERS) return undefined;
    const stranger = pick.rarely(12) ? pick.one<Slug>(['carrier', 'bank', 'clearing']) : undefined;
    const [buyer, supplier] = ([['brand', 'processor'], ['processor', 'farm'], ['processor', 'brand'], ['farm', 'brand']] as const)[pick.below(4)] ?? ['brand', 'processor'];
    const by: Actor = { slug: stranger ?? buyer, user: 'maker' };
    const serial = world.serial();
    const order: ModelOrder = { id: `PO-${world.number}-${serial}`, obligor: by.slug, supplier, quantity: 100n + BigInt(pick.below(900)), unitPrice: PRICE * BigInt(world.number) + BigInt(serial), expiresAt: Date.now() + (pick.rarely(6) ? world.soon() : DAY), state: 'issued' };
    return {
      verb: 'issueOrder',
      by,
      what: `${order.id} from ${supplier}`,
      ...all(unless(hasRole(by.slug, 'obligor') || hasRole(by.slug, 'supplier'), 'WRONG_ROLE'), deadline('EXPIRED', 'late', order.expiresAt)),
      call: (client) => client.orders.issueOrder({ orderId: order.id, supplier: mspIdOf(supplier), expiresAt: new Date(order.expiresAt), ...termsOf(order) }),
      apply: () => world.orders.push(order),
    };
  },
};

const answers = { acceptOrder: 'accepted', refuseOrder: 'refused', expireOrder: 'expired' } as const;

function answer(verb: keyof typeof answers, weight: number): Kind {
  return {
    name: verb,
    weight,
    propose: (world, pick) => {
      const now = momentOf(pick);
      const order = pick.mostly(world.orders, ({ state, expiresAt }) => state === 'issued' && (verb !== 'expireOrder' || expiresAt <= now));
      if (order === undefined) return undefined;
      const by = users(pick, [verb === 'expireOrder' ? pick.one(slugs) : order.supplier]);
      const { obligor, supplier, expiresAt } = order;
      return {
        verb,
        by,
        what: order.id,
        ...all(
          ruling(orderTable, verb, order.state, { obligor, supplier }, by.slug),
          verb === 'acceptOrder' ? deadline('EXPIRED', 'late', expiresAt) : verb === 'expireOrder' ? deadline('NOT_YET', 'early', expiresAt) : fine,
        ),
        call: (client) => client.orders[verb]({ orderId: order.id }),
        apply: () => {
          order.state = answers[verb];
        },
      };
    },
  };
}

/** Who plays which part in an order with its open proposal. */
function partiesOf({ obligor, supplier, proposal }: ModelOrder) {
  return { obligor, supplier, self: proposal?.proposer, receiver: proposal?.receiver };
}

/** Another quantity and price, now and then less than is invoiced already. */
const proposeOrderAmendment: Kind = {
  name: 'proposeOrderAmendment',
  weight: 2,
  propose: (world, pick) => {
    const order = pick.mostly(world.orders, ({ state }) => state === 'accepted');
    if (order === undefined) return undefined;
    const by = users(pick, [order.obligor, order.supplier]);
    const invoiced = invoicedOf(world, order);
    const quantity = pick.rarely(4) && invoiced > 1n ? invoiced - 1n : (invoiced > 0n ? invoiced : 1n) + BigInt(pick.below(500));
    const unitPrice = pick.rarely(2) ? order.unitPrice : order.unitPrice + 1n;
    const expiresAt = Date.now() + (pick.rarely(3) ? world.soon() : DAY);
    return {
      verb: 'proposeOrderAmendment',
      by,
      what: `${order.id} to ${quantity} at ${unitPrice}`,
      ...all(ruling(orderTable, 'proposeOrderAmendment', order.state, partiesOf(order), by.slug), unless(quantity >= invoiced, 'QUANTITY_EXCEEDED'), deadline('EXPIRED', 'late', expiresAt)),
      call: (client) => client.orders.proposeOrderAmendment({ orderId: order.id, expiresAt: new Date(expiresAt), ...termsOf({ quantity, unitPrice }) }),
      apply: () => {
        order.proposal = { kind: 'amendment', proposer: by.slug, receiver: other(order, by.slug), prior: order.state, expiresAt, quantity, unitPrice };
        order.state = 'amendment proposed';
      },
    };
  },
};

const proposeOrderCancellation: Kind = {
  name: 'proposeOrderCancellation',
  weight: 1,
  propose: (world, pick) => {
    const order = pick.mostly(world.orders, (each) => each.state === 'accepted' && invoicedOf(world, each) === 0n);
    if (order === undefined) return undefined;
    const by = users(pick, [order.obligor, order.supplier]);
    const expiresAt = Date.now() + (pick.rarely(3) ? world.soon() : DAY);
    return {
      verb: 'proposeOrderCancellation',
      by,
      what: order.id,
      ...all(ruling(orderTable, 'proposeOrderCancellation', order.state, partiesOf(order), by.slug), unless(invoicedOf(world, order) === 0n, 'WRONG_STATE'), deadline('EXPIRED', 'late', expiresAt)),
      call: (client) => client.orders.proposeOrderCancellation({ orderId: order.id, expiresAt: new Date(expiresAt) }),
      apply: () => {
        order.proposal = { kind: 'cancellation', proposer: by.slug, receiver: other(order, by.slug), prior: order.state, expiresAt };
        order.state = 'cancellation proposed';
      },
    };
  },
};

function other({ obligor, supplier }: Pick<ModelOrder, 'obligor' | 'supplier'>, proposer: Slug): Slug {
  return proposer === obligor ? supplier : obligor;
}

const proposed: readonly ModelOrder['state'][] = ['amendment proposed', 'cancellation proposed'];

const changes = {
  acceptOrderAmendment: { weight: 4, from: ['amendment proposed'], who: receiver, expiry: 'before' },
  acceptOrderCancellation: { weight: 4, from: ['cancellation proposed'], who: receiver, expiry: 'before' },
  refuseOrderChange: { weight: 1, from: proposed, who: receiver },
  withdrawOrderChange: { weight: 1, from: proposed, who: proposer },
  expireOrderChange: { weight: 4, from: proposed, who: anyone, expiry: 'after' },
} as const satisfies Readonly<Record<string, Pick<Ending<ModelOrder>, 'weight' | 'from' | 'who' | 'expiry'>>>;

/** How a proposed change of an order ends. */
function endChange(verb: keyof typeof changes): Kind {
  return endOfProposal<ModelOrder>({
    verb,
    ...changes[verb],
    among: ({ orders }) => orders,
    verdict: (order, slug, world) => {
      const invoiced = invoicedOf(world, order);
      return [
        ...ruling(orderTable, verb, order.state, partiesOf(order), slug),
        // Exceptions that were let pass meanwhile count as invoiced.
        ...unless(verb !== 'acceptOrderAmendment' || (order.proposal?.quantity ?? 0n) >= invoiced, 'QUANTITY_EXCEEDED', 'WRONG_STATE'),
        ...unless(verb !== 'acceptOrderCancellation' || invoiced === 0n, 'WRONG_STATE'),
      ];
    },
    call: (client, orderId) => client.orders[verb]({ orderId }),
    apply: (order) => {
      const { proposal } = order;
      if (verb === 'acceptOrderAmendment') Object.assign(order, { quantity: proposal?.quantity ?? order.quantity, unitPrice: proposal?.unitPrice ?? order.unitPrice });
      order.state = verb === 'acceptOrderCancellation' ? 'cancelled' : (proposal?.prior ?? 'accepted');
      order.proposal = undefined;
    },
  });
}

export const orderKinds: readonly Kind[] = [
  issueOrder, answer('acceptOrder', 4), answer('refuseOrder', 1), answer('expireOrder', 4), proposeOrderAmendment, proposeOrderCancellation,
  endChange('acceptOrderAmendment'), endChange('acceptOrderCancellation'), endChange('refuseOrderChange'), endChange('withdrawOrderChange'), endChange('expireOrderChange'),
];

/** Whether somebody has dealt with somebody: what a transfer may refer to. */
export function tradeBetween(world: World, pick: Picker, one: Slug, another: Slug): ModelOrder | undefined {
  return pick.mostly(world.orders, ({ obligor, supplier, state }) => !endedOrderStates.includes(state) && [obligor, supplier].includes(one) && [obligor, supplier].includes(another));
}
