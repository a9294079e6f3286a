import { freezeTable, liveReceiptStates } from '../../../model/src';
import { users } from '../actors';
import { all, deadline, fine, ruling, unless } from '../attempt';
import type { Kind } from '../attempt';
import type { ModelFreeze, ModelReceiptFreeze } from '../objects';
import { DAY } from '../world';
import { isLive } from './holdings';

/** The authority freezes one holding or a whole certificate; nothing of it changes hands until the order ends. */
const freeze: Kind = {
  name: 'freeze',
  verbs: ['freezeCertificate', 'freezeHolding'],
  weight: 2,
  propose: (world, pick) => {
    const target = pick.mostly(world.holdings, (holding) => isLive(holding) && holding.state !== 'locked' && !world.freezes.some((order) => order.holding === holding));
    if (target === undefined) return undefined;
    const whole = pick.rarely(4);
    const by = users(pick, ['regulator']);
    const { certificate } = target;
    const order: ModelFreeze = { orderId: world.id('ORDER'), certificate, holding: whole ? undefined : target, endsAt: Date.now() + (pick.rarely(2) ? DAY : world.soon()), lifted: false };
    const live = whole ? !['proposed', 'issued', 'settled', 'cancelled', 'replaced'].includes(certificate.state) : isLive(target) && target.state !== 'locked';
    const wanted = { orderId: order.orderId, reason: 'court order', endsAt: new Date(order.endsAt) } as const;
    return {
      verb: whole ? 'freezeCertificate' : 'freezeHolding',
      by,
      what: whole ? certificate.id : target.id,
      ...all(ruling(freezeTable, whole ? 'freezeCertificate' : 'freezeHolding', null, { authority: 'regulator' }, by.slug), unless(live, 'WRONG_STATE'), deadline('EXPIRED', 'late', order.endsAt)),
      call: (client) => (whole ? client.freezes.freezeCertificate({ ...wanted, certificateId: certificate.id }) : client.freezes.freezeHolding({ ...wanted, holdingId: target.id })),
      apply: () => world.freezes.push(order),
    };
  },
};

const freezeReceipt: Kind = {
  name: 'freezeReceipt',
  weight: 1,
  propose: (world, pick) => {
    const live = ({ state }: ModelReceiptFreeze['receipt']) => liveReceiptStates.includes(state) && state !== 'draft' && state !== 'issued';
    const receipt = pick.mostly(world.receipts, (each) => live(each) && !world.receiptFreezes.some((order) => order.receipt === each));
    if (receipt === undefined) return undefined;
    const by = users(pick, ['regulator']);
    const order: ModelReceiptFreeze = { orderId: world.id('ORDER'), receipt, endsAt: Date.now() + (pick.rarely(2) ? DAY : world.soon()), lifted: false };
    return {
      verb: 'freezeReceipt',
      by,
      what: receipt.id,
      ...all(ruling(freezeTable, 'freezeReceipt', null, { authority: 'regulator' }, by.slug), unless(live(receipt), 'WRONG_STATE'), deadline('EXPIRED', 'late', order.endsAt)),
      call: (client) => client.freezes.freezeReceipt({ receiptId: receipt.id, orderId: order.orderId, reason: 'court order', endsAt: new Date(order.endsAt) }),
      apply: () => world.receiptFreezes.push(order),
    };
  },
};

const liftFreeze: Kind = {
  name: 'liftFreeze',
  weight: 2,
  propose: (world, pick) => {
    const order = pick.mostly<ModelFreeze | ModelReceiptFreeze>([...world.freezes, ...world.receiptFreezes], ({ lifted, endsAt }) => !lifted && endsAt > Date.now());
    if (order === undefined) return undefined;
    const by = users(pick, ['regulator']);
    return {
      verb: 'liftFreeze',
      by,
      what: order.orderId,
      // It ends by itself, too: then there is nothing to lift.
      ...all(ruling(freezeTable, 'liftFreeze', order.lifted ? 'lifted' : 'in force', { authority: 'regulator' }, by.slug), order.lifted ? fine : deadline('WRONG_STATE', 'late', order.endsAt)),
      call: (client) => client.freezes.liftFreeze({ ...scopeOf(order), orderId: order.orderId, liftedBy: world.id('ORDER') }),
      apply: () => {
        order.lifted = true;
      },
    };
  },
};

function scopeOf(order: ModelFreeze | ModelReceiptFreeze) {
  if ('receipt' in order) return { scopeType: 'receipt', scopeId: order.receipt.id } as const;
  return order.holding === undefined ? ({ scopeType: 'certificate', scopeId: order.certificate.id } as const) : ({ scopeType: 'holding', scopeId: order.holding.id } as const);
}

export const freezingKinds: readonly Kind[] = [freeze, freezeReceipt, liftFreeze];
