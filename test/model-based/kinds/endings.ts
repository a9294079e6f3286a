import { holdingTable } from '../../../model/src';
import type { HoldingState } from '../../../model/src';
import type { Dualchain } from '../../../client/src';
import type { Slug } from '../../support/network';
import { slugs, users } from '../actors';
import { all, deadline, fine, ruling } from '../attempt';
import type { Kind } from '../attempt';
import type { Picker } from '../picker';
import type { ModelHolding } from '../objects';
import { partiesOf, restore } from './holdings';
import { momentOf } from './time';

interface Ending {
  readonly verb: string;
  readonly weight: number;
  readonly from: readonly HoldingState[];
  readonly who: (holding: ModelHolding, pick: Picker) => Slug | undefined;
  /** Not before the expiry of what it ends. */
  readonly expiry?: boolean;
  readonly call: (client: Dualchain, holdingId: string) => Promise<unknown>;
}

const owner = ({ owner: slug }: ModelHolding) => slug;
const receiver = ({ proposal }: ModelHolding) => proposal?.receiver;
const financier = ({ proposal }: ModelHolding) => proposal?.financier;
const obligor = ({ certificate }: ModelHolding) => certificate.obligor;
const anyone = (_: ModelHolding, pick: Picker) => pick.one(slugs);

/** Every way in which a proposal ends and the holding is exactly as it was before. */
const endings: readonly Ending[] = [
  { verb: 'refuseTransfer', weight: 1, from: ['transfer offered'], who: receiver, call: (client, holdingId) => client.holdings.refuseTransfer({ holdingId }) },
  { verb: 'withdrawTransfer', weight: 1, from: ['transfer offered'], who: owner, call: (client, holdingId) => client.holdings.withdrawTransfer({ holdingId }) },
  { verb: 'expireTransfer', weight: 4, from: ['transfer offered'], who: anyone, expiry: true, call: (client, holdingId) => client.holdings.expireTransfer({ holdingId }) },
  { verb: 'withdrawQuotes', weight: 1, from: ['quotes open'], who: owner, call: (client, holdingId) => client.holdings.withdrawQuotes({ holdingId }) },
  { verb: 'expireQuotes', weight: 4, from: ['quotes open'], who: anyone, expiry: true, call: (client, holdingId) => client.holdings.expireQuotes({ holdingId }) },
  { verb: 'expireFinance', weight: 5, from: ['finance locked'], who: anyone, expiry: true, call: (client, holdingId) => client.holdings.expireFinance({ holdingId }) },
  { verb: 'refusePledge', weight: 1, from: ['pledge offered', 'pledge locked'], who: financier, call: (client, holdingId) => client.holdings.refusePledge({ holdingId }) },
  { verb: 'withdrawPledge', weight: 1, from: ['pledge offered'], who: owner, call: (client, holdingId) => client.holdings.withdrawPledge({ holdingId }) },
  { verb: 'expirePledge', weight: 4, from: ['pledge offered', 'pledge locked'], who: anyone, expiry: true, call: (client, holdingId) => client.holdings.expirePledge({ holdingId }) },
  { verb: 'releasePledge', weight: 2, from: ['pledged'], who: financier, call: (client, holdingId) => client.holdings.releasePledge({ holdingId }) },
  { verb: 'refuseNetting', weight: 1, from: ['netting offered'], who: obligor, call: (client, holdingId) => client.settlements.refuseNetting({ holdingId }) },
  { verb: 'withdrawNetting', weight: 1, from: ['netting offered'], who: owner, call: (client, holdingId) => client.settlements.withdrawNetting({ holdingId }) },
  { verb: 'expireNetting', weight: 4, from: ['netting offered'], who: anyone, expiry: true, call: (client, holdingId) => client.settlements.expireNetting({ holdingId }) },
  { verb: 'withdrawRecourse', weight: 1, from: ['recourse claimed'], who: owner, call: (client, holdingId) => client.holdings.withdrawRecourse({ holdingId }) },
];

export const endingKinds: readonly Kind[] = endings.map(({ verb, weight, from, who, expiry = false, call }) => ({
  name: verb,
  weight,
  propose: (world, pick) => {
    const now = momentOf(pick);
    const holding = pick.mostly(world.holdings, ({ state, proposal }) => from.includes(state) && (!expiry || (proposal?.expiresAt ?? 0) <= now));
    if (holding === undefined) return undefined;
    const by = users(pick, [who(holding, pick)]);
    return {
      verb,
      by,
      what: holding.id,
      ...all(ruling(holdingTable, verb, holding.state, partiesOf(holding), by.slug), expiry && holding.proposal !== undefined ? deadline('NOT_YET', 'early', holding.proposal.expiresAt) : fine),
      call: (client) => call(client, holding.id),
      apply: () => restore(holding),
    };
  },
}));
