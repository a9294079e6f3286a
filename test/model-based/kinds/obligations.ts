import { slugs, users } from '../actors';
import { all, deadline } from '../attempt';
import type { Kind } from '../attempt';
import { certificateRuling, isLive } from './holdings';
import { momentOf } from './time';

const declareDue: Kind = {
  name: 'declareDue',
  weight: 10,
  propose: (world, pick) => {
    const now = momentOf(pick);
    const certificate = pick.mostly(world.certificates, ({ state, dueAt }) => state === 'active' && dueAt <= now);
    if (certificate === undefined) return undefined;
    const by = users(pick, [pick.one(slugs)]);
    return {
      verb: 'declareDue',
      by,
      what: certificate.id,
      ...all(certificateRuling('declareDue', certificate, by.slug), deadline('NOT_YET', 'early', certificate.dueAt)),
      call: (client) => client.certificates.declareDue({ certificateId: certificate.id }),
      apply: () => {
        certificate.state = 'due';
      },
    };
  },
};

const declareOverdue: Kind = {
  name: 'declareOverdue',
  weight: 4,
  propose: (world, pick) => {
    const certificate = pick.mostly(world.certificates, ({ state }) => state === 'due');
    if (certificate === undefined) return undefined;
    const by = users(pick, [pick.one(slugs)]);
    return {
      verb: 'declareOverdue',
      by,
      what: certificate.id,
      // No days of grace: what is due is overdue at once.
      refusals: certificateRuling('declareOverdue', certificate, by.slug),
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
  weight: 5,
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
      refusals: certificateRuling('declareDefault', certificate, by.slug, owner),
      call: (client) => client.certificates.declareDefault({ certificateId: certificate.id, ...(holding === undefined ? {} : { holdingId: holding.id }), ...(ordered ? { orderId: world.id('ORDER') } : {}) }),
      apply: () => {
        certificate.state = 'defaulted';
      },
    };
  },
};

export const obligationKinds: readonly Kind[] = [declareDue, declareOverdue, declareDefault];
