import { freezeTable } from '../../../model/src';
import { users } from '../actors';
import { all, ruling, unless } from '../attempt';
import type { Kind } from '../attempt';
import type { ModelFreeze } from '../world';
import { isLive } from './holdings';

const DAY = 86_400_000;

/** The authority freezes one holding or a whole certificate; nothing of it changes hands until the order ends. */
const freeze: Kind = {
  name: 'freeze',
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
      ...all(ruling(freezeTable, whole ? 'freezeCertificate' : 'freezeHolding', null, { authority: 'regulator' }, by.slug), unless(live, 'WRONG_STATE')),
      call: (client) => (whole ? client.freezes.freezeCertificate({ ...wanted, certificateId: certificate.id }) : client.freezes.freezeHolding({ ...wanted, holdingId: target.id })),
      apply: () => world.freezes.push(order),
    };
  },
};

const liftFreeze: Kind = {
  name: 'liftFreeze',
  weight: 2,
  propose: (world, pick) => {
    const order = pick.mostly(world.freezes, ({ lifted, endsAt }) => !lifted && endsAt > Date.now() + 2_000);
    // Near its end it depends on the moment whether there is anything to lift.
    if (order === undefined || Math.abs(order.endsAt - Date.now()) < 2_000) return undefined;
    const by = users(pick, ['regulator']);
    const state = order.lifted ? 'lifted' : order.endsAt < Date.now() ? 'ended' : 'in force';
    return {
      verb: 'liftFreeze',
      by,
      what: order.orderId,
      refusals: ruling(freezeTable, 'liftFreeze', state, { authority: 'regulator' }, by.slug),
      call: (client) => client.freezes.liftFreeze({ scopeType: order.holding === undefined ? 'certificate' : 'holding', scopeId: order.holding?.id ?? order.certificate.id, orderId: order.orderId, liftedBy: world.id('ORDER') }),
      apply: () => {
        order.lifted = true;
      },
    };
  },
};

export const freezingKinds: readonly Kind[] = [freeze, liftFreeze];
