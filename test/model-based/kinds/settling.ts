import { certificateTable, holdingTable } from '../../../model/src';
import { slugs, users } from '../actors';
import { all, deadline, fine, ruling, unless } from '../attempt';
import type { Kind } from '../attempt';
import type { ModelCertificate, ModelHolding } from '../world';
import { frozen, isLive, partiesOf } from './holdings';

function certificateParties({ obligor, supplier, settler }: ModelCertificate) {
  return { obligor, supplier, settler };
}

/** Whether its holders are paid now: it is due, and neither settled nor cancelled. */
function isOwed({ state }: ModelCertificate): boolean {
  return ['due', 'overdue', 'defaulted'].includes(state);
}

const declareDue: Kind = {
  name: 'declareDue',
  weight: 4,
  propose: (world, pick) => {
    const certificate = pick.mostly(world.certificates, ({ state, dueAt }) => state === 'active' && dueAt <= Date.now());
    if (certificate === undefined) return undefined;
    const by = users(pick, [pick.one(slugs)]);
    const early = deadline('NOT_YET', 'early', certificate.dueAt);
    return {
      verb: 'declareDue',
      by,
      what: certificate.id,
      ...all(ruling(certificateTable, 'declareDue', certificate.state, certificateParties(certificate), by.slug), early),
      call: (client) => client.certificates.declareDue({ certificateId: certificate.id }),
      apply: () => {
        certificate.state = 'due';
      },
    };
  },
};

/** All live holdings of a due certificate that the settler does not know yet, or some of them. */
const presentForSettlement: Kind = {
  name: 'presentForSettlement',
  weight: 5,
  propose: (world, pick) => {
    const certificate = pick.mostly(world.certificates, isOwed);
    if (certificate === undefined) return undefined;
    const live = world.holdingsOf(certificate).filter(isLive);
    const holdings = pick.rarely(4) ? [pick.one(world.holdingsOf(certificate))].filter((each): each is ModelHolding => each !== undefined) : live.slice(0, 10);
    if (holdings.length === 0) return undefined;
    const owners = [...new Set(holdings.map(({ owner }) => owner))];
    const owner = owners.length === 1 ? owners[0] : undefined;
    const by = users(pick, [certificate.obligor, owner]);
    return {
      verb: 'presentForSettlement',
      by,
      what: `${holdings.map(({ id }) => id).join(', ')} of ${certificate.id}`,
      refusals: [...ruling(certificateTable, 'presentForSettlement', certificate.state, { ...certificateParties(certificate), owner }, by.slug), ...unless(holdings.every(isLive), 'WRONG_STATE', 'NOT_GENUINE')],
      call: (client) => client.certificates.presentForSettlement({ certificateId: certificate.id, holdingIds: holdings.map(({ id }) => id) }),
      apply: () => {
        for (const holding of holdings) holding.presented = true;
      },
    };
  },
};

/** All holdings of one owner that the settler was shown. */
const settleHoldings: Kind = {
  name: 'settleHoldings',
  weight: 7,
  propose: (world, pick) => {
    const one = pick.mostly(world.holdings, (holding) => isOwed(holding.certificate) && isLive(holding) && holding.presented === true);
    if (one === undefined) return undefined;
    const { certificate } = one;
    const same = world.holdingsOf(certificate).filter((holding) => holding !== one && holding.owner === one.owner && isLive(holding) && holding.presented === true);
    const holdings = [one, ...(pick.rarely(3) ? [] : same.slice(0, 5))];
    const by = users(pick, [certificate.settler]);
    const used = pick.rarely(8) ? pick.one(world.payments) : undefined;
    const reference = used?.reference ?? world.id('PAY');
    const ids = holdings.map(({ id }) => id);
    const what = `settlement ${[...ids].sort().join(' ')}`;
    const again = used?.what === what && used.settler === by.slug;
    return {
      verb: 'settleHoldings',
      by,
      what: `${ids.join(', ')} of ${certificate.id} by ${reference}`,
      ...(again
        ? fine
        : all(
            ...holdings.map((holding) => ruling(holdingTable, 'settleHoldings', holding.state, partiesOf(holding), by.slug)),
            unless(isOwed(certificate), 'WRONG_STATE'),
            unless(used?.settler !== by.slug, 'PAYMENT_REFERENCE_USED'),
            unless(holdings.every(({ presented }) => presented === true), 'OPENING_REQUIRED', 'NOT_GENUINE'),
            frozen(world, holdings),
          )),
      call: (client) => client.holdings.settleHoldings({ certificateId: certificate.id, holdingIds: ids, paymentReference: reference }),
      apply: () => {
        if (again) return;
        for (const holding of holdings) {
          holding.state = 'redeemed';
          holding.proposal = undefined;
        }
        world.payments.push({ reference, settler: by.slug, what });
      },
    };
  },
};

const closeCertificate: Kind = {
  name: 'closeCertificate',
  weight: 3,
  propose: (world, pick) => {
    const paidUp = (certificate: ModelCertificate) => isOwed(certificate) && !world.holdingsOf(certificate).some(isLive);
    const certificate = pick.mostly(world.certificates, paidUp);
    if (certificate === undefined) return undefined;
    const holdings = world.holdingsOf(certificate).filter((holding) => holding.state === 'redeemed' || isLive(holding));
    if (holdings.length === 0) return undefined;
    const by = users(pick, [certificate.obligor, certificate.settler]);
    return {
      verb: 'closeCertificate',
      by,
      what: certificate.id,
      refusals: [
        ...ruling(certificateTable, 'closeCertificate', certificate.state, certificateParties(certificate), by.slug),
        ...unless(holdings.every(({ state }) => state === 'redeemed'), 'WRONG_STATE'),
        ...unless(by.slug === certificate.obligor || holdings.every(({ presented }) => presented === true), 'OPENING_REQUIRED', 'NOT_GENUINE'),
      ],
      call: (client) => client.certificates.closeCertificate({ certificateId: certificate.id, holdingIds: holdings.map(({ id }) => id) }),
      apply: () => {
        certificate.state = 'settled';
      },
    };
  },
};

const declareOverdue: Kind = {
  name: 'declareOverdue',
  weight: 2,
  propose: (world, pick) => {
    const certificate = pick.mostly(world.certificates, ({ state }) => state === 'due');
    if (certificate === undefined) return undefined;
    const by = users(pick, [pick.one(slugs)]);
    return {
      verb: 'declareOverdue',
      by,
      what: certificate.id,
      // No days of grace: what is due is overdue at once.
      refusals: ruling(certificateTable, 'declareOverdue', certificate.state, certificateParties(certificate), by.slug),
      call: (client) => client.certificates.declareOverdue({ certificateId: certificate.id }),
      apply: () => {
        certificate.state = 'overdue';
      },
    };
  },
};

/** By the owner of a live holding, or by the authority's order. */
const declareDefault: Kind = {
  name: 'declareDefault',
  weight: 2,
  propose: (world, pick) => {
    const certificate = pick.mostly(world.certificates, ({ state }) => state === 'overdue');
    if (certificate === undefined) return undefined;
    const holding = pick.mostly(world.holdingsOf(certificate), isLive);
    const ordered = pick.rarely(3);
    const by = users(pick, [ordered ? 'regulator' : holding?.owner]);
    const owner = holding !== undefined && isLive(holding) ? holding.owner : undefined;
    return {
      verb: 'declareDefault',
      by,
      what: `${certificate.id} by ${ordered ? 'an order' : (holding?.id ?? 'no holding')}`,
      refusals: ruling(certificateTable, 'declareDefault', certificate.state, { ...certificateParties(certificate), owner, authority: 'regulator' }, by.slug),
      call: (client) => client.certificates.declareDefault({ certificateId: certificate.id, ...(holding === undefined ? {} : { holdingId: holding.id }), ...(ordered ? { orderId: world.id('ORDER') } : {}) }),
      apply: () => {
        certificate.state = 'defaulted';
      },
    };
  },
};

export const settlingKinds: readonly Kind[] = [declareDue, declareOverdue, declareDefault, presentForSettlement, settleHoldings, closeCertificate];
