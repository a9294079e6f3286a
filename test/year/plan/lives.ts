import { mspIdOf } from '../../support/organisations';
import { ahead } from '../../support/deal';
import type { PlannedHolding } from './book';
import { DAY, standingOrder } from './calendar';
import { decline, inspect, net, replace, settleEarly } from './certificate';
import type { Deal } from './deal';
import { defaulted } from './default';
import { sell } from './finance';
import type { Financier } from './finance';
import { merge, split, transfer } from './holdings';
import { enforce, pledge, release } from './pledge';
import { cancelByAgreement, cancelByOrder, dispute, freeze, freezeCertificate, lift, payAroundFreeze, resolve } from './protection';
import { close } from './settlement';

/** What becomes of a certificate between its issue and its due date. */
export interface Life {
  readonly name: string;
  /** How many of a thousand certificates live it. */
  readonly share: number;
  /** Whether it is paid at maturity, in time or late. */
  readonly matures: boolean;
  /** Ends without having been a claim. */
  readonly declined?: (deal: Deal) => void;
  /** Needs goods on the ledger. */
  readonly goods?: boolean;
  readonly live?: (deal: Deal, first: PlannedHolding) => void;
}

const anyFinancier = (deal: Deal): Financier => deal.random.one(['bank', 'factor']);

/** Of the parts of a holding each one in turn, with time passing. */
function inTurn(deal: Deal, parts: readonly PlannedHolding[], ...acts: readonly ((part: PlannedHolding) => void)[]): void {
  for (const [index, act] of acts.entries()) {
    const part = parts[index];
    if (part === undefined) continue;
    if (deal.random.percent(50)) deal.pass(1);
    act(part);
  }
}

const matures = { matures: true } as const;
const ends = { matures: false } as const;

export const lives: readonly Life[] = [
  { name: 'held to maturity', share: 306, ...matures, live: () => undefined },
  { name: 'passed on', share: 140, ...matures, live: (deal, first) => inTurn(deal, split(deal, first, deal.random.between(2, 4)), (part) => transfer(deal, part), (part) => deal.random.percent(50) && transfer(deal, part)) },
  {
    name: 'passed on twice', share: 40, ...matures,
    live: (deal, first) => {
      transfer(deal, first);
      deal.pass(1);
      const [part] = split(deal, first, 2);
      if (part !== undefined) transfer(deal, part);
    },
  },
  { name: 'sold without recourse', share: 80, ...matures, live: (deal, first) => sell(deal, first, anyFinancier(deal), 'without') },
  { name: 'sold with recourse', share: 80, ...matures, live: (deal, first) => sell(deal, first, anyFinancier(deal), 'with') },
  { name: 'split, passed on, sold', share: 70, ...matures, live: (deal, first) => inTurn(deal, split(deal, first, 3), (part) => transfer(deal, part), (part) => sell(deal, part, anyFinancier(deal), deal.random.one(['with', 'without']))) },
  {
    name: 'split and joined', share: 40, ...matures,
    live: (deal, first) => {
      const [one, two, ...others] = split(deal, first, 4);
      deal.pass(1);
      if (one !== undefined && two !== undefined) sell(deal, merge(deal, [one, two]), anyFinancier(deal), 'without');
      for (const part of others) if (deal.random.percent(50)) transfer(deal, part);
    },
  },
  {
    name: 'sold on by its financier', share: 30, ...matures,
    live: (deal, first) => {
      sell(deal, first, 'bank', 'with');
      deal.pass(1);
      sell(deal, first, 'factor', deal.random.one(['with', 'without']));
    },
  },
  {
    name: 'pledged and repaid', share: 60, ...matures,
    live: (deal, first) => {
      pledge(deal, first, anyFinancier(deal), 20);
      deal.pass(2);
      release(deal, first);
    },
  },
  {
    name: 'pledge enforced', share: 10, ...matures,
    live: (deal, first) => {
      pledge(deal, first, anyFinancier(deal), 5);
      deal.week += 1;
      enforce(deal, first);
    },
  },
  { name: 'pledged at maturity', share: 20, ...matures, live: (deal, first) => inTurn(deal, split(deal, first, 2), (part) => pledge(deal, part, anyFinancier(deal), 300)) },
  { name: 'partly settled early', share: 25, ...matures, live: (deal, first) => inTurn(deal, split(deal, first, 2), (part) => settleEarly(deal, part), (part) => transfer(deal, part)) },
  { name: 'partly netted', share: 20, ...matures, live: (deal, first) => inTurn(deal, split(deal, first, 2), (part) => net(deal, part, standingOrder(deal.supplier, deal.obligor, true))) },
  {
    name: 'frozen for a while', share: 15, ...matures,
    live: (deal, first) => {
      const [part] = split(deal, first, 2);
      if (part === undefined) return;
      const order = freeze(deal, part, 60);
      deal.pass(1);
      lift(deal, part, order);
      transfer(deal, part);
    },
  },
  { name: 'certificate frozen', share: 6, ...matures, live: (deal) => freezeCertificate(deal) },
  {
    name: 'disputed in other hands', share: 8, ...matures,
    live: (deal, first) => {
      const [part, rest] = split(deal, first, 2);
      if (part === undefined || rest === undefined) return;
      transfer(deal, part);
      const id = dispute(deal);
      deal.refuse('DISPUTED', part.owner, 'requestQuotes', part.id, (client) => client.holdings.requestQuotes({ holdingId: part.id, financiers: [mspIdOf('bank')], recourse: 'without', expiresAt: ahead(5 * DAY) }));
      transfer(deal, rest);
      deal.pass(1);
      resolve(deal, id);
    },
  },
  {
    name: 'suspended by a dispute', share: 8, ...matures,
    live: (deal, first) => {
      const id = dispute(deal);
      deal.pass(1);
      resolve(deal, id);
      transfer(deal, first);
    },
  },
  {
    name: 'goods recalled', share: 6, goods: true, ...matures,
    live: (deal, first) => {
      const { lot = '' } = deal;
      const recallId = deal.id('R');
      inspect(deal);
      deal.do('regulator', 'openRecall', recallId, (client) => client.recalls.openRecall({ recallId, lot, reasonClass: 'contamination', reason: 'Salmonella in a sample.' }));
      deal.refuse('RECALLED', first.owner, 'requestQuotes', first.id, (client) => client.holdings.requestQuotes({ holdingId: first.id, financiers: [mspIdOf('bank')], recourse: 'without', expiresAt: ahead(5 * DAY) }));
      deal.pass(1);
      deal.do('regulator', 'closeRecall', recallId, (client) => client.recalls.closeRecall({ recallId }));
      sell(deal, first, anyFinancier(deal), 'with');
    },
  },
  {
    name: 'settled early', share: 15, ...ends,
    live: (deal, first) => {
      settleEarly(deal, first);
      close(deal);
    },
  },
  { name: 'replaced', share: 6, ...ends, live: (deal, first) => inTurn(deal, split(deal, first, 2), (part) => { transfer(deal, part); replace(deal); }) },
  {
    name: 'due while frozen', share: 6, ...ends,
    live: (deal, first) => {
      const [part, rest] = split(deal, first, 2);
      if (part === undefined || rest === undefined) return;
      transfer(deal, part);
      payAroundFreeze(deal, part, freeze(deal, part, 7 * 30));
    },
  },
  { name: 'cancelled by agreement', share: 3, ...ends, live: (deal) => cancelByAgreement(deal) },
  { name: 'cancelled by order', share: 2, ...ends, live: (deal) => cancelByOrder(deal) },
  { name: 'refused', share: 2, ...ends, declined: (deal) => decline(deal, 'refuseCertificate') },
  { name: 'withdrawn', share: 1, ...ends, declined: (deal) => decline(deal, 'withdrawCertificate') },
  { name: 'not answered', share: 1, ...ends, declined: (deal) => decline(deal, 'expireCertificate') },
];

/** The life of the certificates that are not paid at all; how many there are does not depend on the size of the year. */
export const defaultLife: Life = { name: 'defaulted', share: 0, ...ends, live: defaulted };
