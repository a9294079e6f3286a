import { mspIdOf } from '../../support/organisations';
import { slugs, users } from '../actors';
import { deadline, fine, unless } from '../attempt';
import type { Kind, Verdict } from '../attempt';
import type { ModelHolding } from '../objects';
import type { World } from '../world';
import { freezeEnds, frozen, holdingRuling, isLive } from './holdings';
import { payment } from './payments';
import { isOwed, payeeOf } from './settling';

/** Refused unless an order freezes it at that time. */
function mustBeFrozen(world: World, holding: ModelHolding): Verdict {
  const ends = freezeEnds(world, [holding]);
  return ends.length === 0 ? { refusals: ['WRONG_STATE'] } : deadline('WRONG_STATE', 'late', Math.max(...ends));
}

/** Whether an order freezes it now. */
function isFrozen(world: World, holding: ModelHolding): boolean {
  return freezeEnds(world, [holding]).some((endsAt) => endsAt > Date.now());
}

const payIntoEscrow: Kind = {
  name: 'payIntoEscrow',
  weight: 14,
  propose: (world, pick) => {
    const holding = pick.mostly(world.holdings, (each) => isOwed(each.certificate) && isLive(each) && each.presented === true && isFrozen(world, each));
    if (holding === undefined) return undefined;
    const { certificate } = holding;
    const by = users(pick, [certificate.settler]);
    const paid = payment(world, pick, by, `escrow ${holding.id}`);
    let deposit = '';
    return {
      verb: 'payIntoEscrow',
      by,
      what: `${holding.id} of ${certificate.id} by ${paid.reference}`,
      ...paid.verdict(
        holdingRuling('payIntoEscrow', holding, by.slug),
        unless(isOwed(certificate), 'WRONG_STATE'),
        unless(holding.presented === true, 'NOT_GENUINE'),
        mustBeFrozen(world, holding),
      ),
      call: async (client) => {
        const { holdings } = await client.freezes.payIntoEscrow({ certificateId: certificate.id, holdingIds: [holding.id], paymentReference: paid.reference });
        deposit = holdings[0]?.escrow?.deposit ?? '';
      },
      apply: () => {
        if (paid.again) return;
        Object.assign(holding, { escrow: { payee: payeeOf(holding), deposit }, state: 'escrowed', proposal: undefined } satisfies Partial<ModelHolding>);
        paid.book();
      },
    };
  },
};

/** The settler accounts for a deposit; a second time changes nothing. */
const sealDeposit: Kind = {
  name: 'sealDeposit',
  weight: 4,
  propose: (world, pick) => {
    const holding = pick.mostly(world.holdings.filter(({ escrow }) => escrow !== undefined), ({ escrow }) => escrow?.accounted !== true);
    if (holding?.escrow === undefined) return undefined;
    const { escrow, certificate } = holding;
    const by = users(pick, [certificate.settler]);
    return {
      verb: 'sealDeposit',
      by,
      what: `of ${holding.id}`,
      refusals: unless(by.slug === certificate.settler, 'NOT_A_PARTY', 'WRONG_ROLE', 'OPENING_REQUIRED'),
      call: (client) => client.freezes.sealDeposit({ digest: escrow.deposit }),
      apply: () => {
        escrow.accounted = true;
      },
    };
  },
};

const directEscrow: Kind = {
  name: 'directEscrow',
  weight: 2,
  propose: (world, pick) => {
    const holding = pick.mostly(world.holdings, ({ state, escrow }) => state === 'escrowed' && escrow?.beneficiary === undefined);
    const beneficiary = pick.one(slugs);
    if (holding === undefined || beneficiary === undefined) return undefined;
    const by = users(pick, ['regulator']);
    return {
      verb: 'directEscrow',
      by,
      what: `${holding.id} to ${beneficiary}`,
      refusals: holdingRuling('directEscrow', holding, by.slug),
      call: (client) => client.freezes.directEscrow({ holdingId: holding.id, orderId: world.id('ORDER'), beneficiary: mspIdOf(beneficiary) }),
      apply: () => {
        if (holding.escrow !== undefined) holding.escrow.beneficiary = beneficiary;
      },
    };
  },
};

const releaseEscrow: Kind = {
  name: 'releaseEscrow',
  weight: 12,
  propose: (world, pick) => {
    const holding = pick.mostly(world.holdings, (each) => each.state === 'escrowed' && (each.escrow?.beneficiary !== undefined || !isFrozen(world, each)));
    if (holding === undefined) return undefined;
    const by = users(pick, [holding.certificate.settler]);
    const paid = payment(world, pick, by, `escrow release ${holding.id}`);
    return {
      verb: 'releaseEscrow',
      by,
      what: `${holding.id} by ${paid.reference}`,
      ...paid.verdict(holdingRuling('releaseEscrow', holding, by.slug), holding.escrow?.beneficiary === undefined ? frozen(world, [holding]) : fine),
      call: (client) => client.freezes.releaseEscrow({ holdingId: holding.id, paymentReference: paid.reference }),
      apply: () => {
        if (paid.again) return;
        holding.state = 'redeemed';
        paid.book();
      },
    };
  },
};

export const escrowKinds: readonly Kind[] = [payIntoEscrow, sealDeposit, directEscrow, releaseEscrow];
