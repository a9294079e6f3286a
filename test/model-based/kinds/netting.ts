import { users } from '../actors';
import { all, deadline, fine, unless } from '../attempt';
import type { Kind } from '../attempt';
import type { ModelHolding, ModelInvoice, ModelOrder } from '../objects';
import { DAY } from '../world';
import { active, frozen, holdingRuling } from './holdings';

/** Whether its owner owes the obligor of the holding by this order, or by this invoice. */
function owes({ owner, certificate }: ModelHolding, order: ModelOrder, invoice?: ModelInvoice): boolean {
  if (order.obligor !== owner || order.supplier !== certificate.obligor) return false;
  return invoice === undefined ? ['issued', 'accepted'].includes(order.state) : invoice.state === 'accepted';
}

const offerNetting: Kind = {
  name: 'offerNetting',
  weight: 10,
  propose: (world, pick) => {
    const owing = (holding: ModelHolding) => world.orders.filter((order) => owes(holding, order));
    const holding = pick.mostly(world.holdings, (each) => (each.state === 'free' || each.state === 'financed') && each.certificate.state === 'active' && owing(each).length > 0);
    if (holding === undefined) return undefined;
    const order = pick.rarely(8) ? pick.one(world.orders) : pick.one(owing(holding));
    if (order === undefined) return undefined;
    const invoice = pick.rarely(3) ? world.invoices.find((each) => each.order === order) : undefined;
    const by = users(pick, [holding.owner]);
    const expiresAt = Date.now() + (pick.rarely(3) ? world.soon() : DAY);
    return {
      verb: 'offerNetting',
      by,
      what: `${holding.id} for ${invoice?.id ?? order.id}`,
      ...all(
        holdingRuling('offerNetting', holding, by.slug),
        active(holding),
        unless(owes(holding, order, invoice), 'TRADE_REFERENCE_REQUIRED'),
        frozen(world, [holding]),
        deadline('EXPIRED', 'late', expiresAt),
      ),
      call: (client) => client.settlements.offerNetting({ holdingId: holding.id, tradeReference: invoice === undefined ? { type: 'order', id: order.id } : { type: 'invoice', id: invoice.id }, expiresAt: new Date(expiresAt) }),
      apply: () => {
        holding.proposal = { serial: world.serial(), kind: 'netting', prior: holding.state, expiresAt };
        holding.state = 'netting offered';
      },
    };
  },
};

const acceptNetting: Kind = {
  name: 'acceptNetting',
  weight: 10,
  propose: (world, pick) => {
    const holding = pick.mostly(world.holdings, ({ state }) => state === 'netting offered');
    if (holding === undefined) return undefined;
    const by = users(pick, [holding.certificate.obligor]);
    return {
      verb: 'acceptNetting',
      by,
      what: holding.id,
      ...all(
        holdingRuling('acceptNetting', holding, by.slug),
        holding.proposal === undefined ? fine : deadline('EXPIRED', 'late', holding.proposal.expiresAt),
        active(holding),
        frozen(world, [holding]),
      ),
      call: (client) => client.settlements.acceptNetting({ holdingId: holding.id }),
      apply: () => {
        Object.assign(holding, { state: 'netted', proposal: undefined } satisfies Partial<ModelHolding>);
      },
    };
  },
};

export const nettingKinds: readonly Kind[] = [offerNetting, acceptNetting];
