import type { Kind } from '../attempt';
import type { ModelHolding } from '../objects';
import { holdingRuling, restore } from './holdings';
import { anyone, endOfProposal, receiver } from './proposals';
import type { Ending } from './proposals';

type HoldingEnding = Pick<Ending<ModelHolding>, 'verb' | 'weight' | 'from' | 'who' | 'expiry' | 'call'>;

const owner = ({ owner: slug }: ModelHolding) => slug;
const financier = ({ proposal }: ModelHolding) => proposal?.financier;
const obligor = ({ certificate }: ModelHolding) => certificate.obligor;

/** Every way in which a proposal ends and the holding is exactly as it was before. */
const endings: readonly HoldingEnding[] = [
  { verb: 'refuseTransfer', weight: 1, from: ['transfer offered'], who: receiver, call: (client, holdingId) => client.holdings.refuseTransfer({ holdingId }) },
  { verb: 'withdrawTransfer', weight: 1, from: ['transfer offered'], who: owner, call: (client, holdingId) => client.holdings.withdrawTransfer({ holdingId }) },
  { verb: 'expireTransfer', weight: 4, from: ['transfer offered'], who: anyone, expiry: 'after', call: (client, holdingId) => client.holdings.expireTransfer({ holdingId }) },
  { verb: 'withdrawQuotes', weight: 1, from: ['quotes open'], who: owner, call: (client, holdingId) => client.holdings.withdrawQuotes({ holdingId }) },
  { verb: 'expireQuotes', weight: 4, from: ['quotes open'], who: anyone, expiry: 'after', call: (client, holdingId) => client.holdings.expireQuotes({ holdingId }) },
  { verb: 'expireFinance', weight: 5, from: ['finance locked'], who: anyone, expiry: 'after', call: (client, holdingId) => client.holdings.expireFinance({ holdingId }) },
  { verb: 'refusePledge', weight: 1, from: ['pledge offered', 'pledge locked'], who: financier, call: (client, holdingId) => client.holdings.refusePledge({ holdingId }) },
  { verb: 'withdrawPledge', weight: 1, from: ['pledge offered'], who: owner, call: (client, holdingId) => client.holdings.withdrawPledge({ holdingId }) },
  { verb: 'expirePledge', weight: 4, from: ['pledge offered', 'pledge locked'], who: anyone, expiry: 'after', call: (client, holdingId) => client.holdings.expirePledge({ holdingId }) },
  { verb: 'releasePledge', weight: 2, from: ['pledged'], who: financier, call: (client, holdingId) => client.holdings.releasePledge({ holdingId }) },
  { verb: 'refuseNetting', weight: 1, from: ['netting offered'], who: obligor, call: (client, holdingId) => client.settlements.refuseNetting({ holdingId }) },
  { verb: 'withdrawNetting', weight: 1, from: ['netting offered'], who: owner, call: (client, holdingId) => client.settlements.withdrawNetting({ holdingId }) },
  { verb: 'expireNetting', weight: 4, from: ['netting offered'], who: anyone, expiry: 'after', call: (client, holdingId) => client.settlements.expireNetting({ holdingId }) },
  { verb: 'withdrawRecourse', weight: 1, from: ['recourse claimed'], who: owner, call: (client, holdingId) => client.holdings.withdrawRecourse({ holdingId }) },
];

export const endingKinds: readonly Kind[] = endings.map((ending) =>
  endOfProposal<ModelHolding>({
    ...ending,
    among: ({ holdings }) => holdings,
    verdict: (holding, slug) => holdingRuling(ending.verb, holding, slug),
    apply: restore,
  }),
);
