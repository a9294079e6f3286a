import { sha256Hex } from '../../../model/src';
import type { Slug } from '../../support/network';
import { Random } from '../random';
import type { PlannedCertificate, PlannedPayment, PlannedReceipt } from './book';
import { Calendar } from './calendar';
import { activate, issue, releaseCredit } from './certificate';
import { creditLine, standingBusiness, vote } from './consortium';
import { Deal } from './deal';
import { interlude } from './interludes';
import { defaultLife, lives } from './lives';
import type { Life } from './lives';
import { payAtMaturity } from './settlement';
import { everyShare, exactShares } from './shares';
import { Script } from './step';
import { Store, storeStories } from './stores';
import { disputeStories, lotOf, trade } from './trade';
import type { InvoiceStory } from './trade';

/** How many of a hundred invoices are disputed, and of a hundred certificates paid late. */
export const DISPUTED = 23;
export const LATE = 36;
/** Certificates that are not paid. */
export const DEFAULTS = 2;
/** Transactions for each certificate, over the whole year. */
const TRANSACTIONS = 20;
/** How many of a hundred deals show their goods to the ledger, from the supplier's gate to the receipt. */
const SHIPPED = 8;
/** How many of a hundred certificates are issued on a credit line. */
const ON_CREDIT_LINE = 2;
/** How many of a hundred certificates live through something that comes to nothing, beside those that fill the year up. */
const INTERRUPTED = 10;
/** Weeks in which orders are placed in a year of any size; a small one is shorter. */
const ORDER_WEEKS = 40;

/** A year of business as it is to happen, before any of it has. */
export interface YearPlan {
  readonly calendar: Calendar;
  readonly weeks: number;
  /** Played alone at the beginning of their week, before everything else of it. */
  readonly preludes: readonly Script[];
  readonly scripts: readonly Script[];
  readonly certificates: readonly PlannedCertificate[];
  readonly payments: readonly PlannedPayment[];
  readonly receipts: readonly PlannedReceipt[];
  /** State of every invoice. */
  readonly invoices: ReadonlyMap<string, string>;
  readonly disputedDeals: number;
  readonly recalls: number;
  /** How many certificates live which life. */
  readonly lives: ReadonlyMap<string, number>;
  /** Transactions that are to commit, by verb; the founding of the consortium is one of them. */
  readonly transitions: ReadonlyMap<string, number>;
}

/** What one deal is to be, before its steps are planned. */
interface Fate {
  readonly life: Life;
  readonly lateWeeks: number;
  readonly story: InvoiceStory;
}

/** The whole year from a seed: the same seed gives the same year. */
export function planYear(certificates: number, seed: number): YearPlan {
  const random = new Random(seed);
  const orderWeeks = Math.min(ORDER_WEEKS, Math.max(2, Math.round(certificates / 25)));
  const calendar = new Calendar(Math.floor(orderWeeks / 2) + 1);
  const preludes = [standingBusiness(), vote(calendar)];
  const stories = random.shuffled(storeStories);
  const stores = Array.from({ length: Math.max(2, Math.round(certificates / 60)) }, (_, index) => new Store(index + 1, random.between(1, orderWeeks), stories[index % stories.length] ?? 'repaid', random));
  let transactions = 1 + sum([...preludes, ...stores]);
  const deals = fates(certificates, random).map((fate, index) => {
    const deal = planDeal(fate, index + 1, random.between(1, orderWeeks), { calendar, random, missing: TRANSACTIONS * index - transactions });
    transactions += deal.transactions;
    return deal;
  });
  const witnesses = Array.from({ length: Math.max(0, TRANSACTIONS * certificates - transactions) }, (_, index) => weigh(index + 1, deals[index % deals.length]));
  const scripts = [...deals, ...stores, ...witnesses];
  return {
    calendar,
    weeks: Math.max(...scripts.flatMap(({ steps }) => steps.map(({ week }) => week))) + 1,
    preludes,
    scripts,
    certificates: deals.map(({ certificateId: id, obligor, supplier, face, state, paidLate, holdings }) => ({ id, obligor, supplier, face, state, paidLate, holdings })),
    payments: [...deals, ...stores].flatMap(({ payments }) => payments),
    receipts: stores.map(({ planned }) => planned),
    invoices: new Map(deals.flatMap(({ invoices }) => invoices.map(({ id, state }) => [id, state] as const))),
    disputedDeals: deals.filter(({ disputed }) => disputed).length,
    recalls: count([...scripts], 'openRecall'),
    lives: tally(deals.map(({ life }) => life)),
    transitions: tally(['bootstrap', ...[...preludes, ...scripts].flatMap(({ steps }) => steps.filter(({ refused }) => refused === undefined).map(({ verb }) => verb))]),
  };
}

/** Every certificate's life, how it is paid and how its invoice fares, in exact shares and random order. */
function fates(certificates: number, random: Random): Fate[] {
  const chosen = random.shuffled([...livesOf(certificates - DEFAULTS, random), ...Array.from({ length: DEFAULTS }, () => defaultLife)]);
  const late = new Set(random.shuffled(chosen.flatMap(({ matures }, index) => (matures ? [index] : []))).slice(0, Math.round((certificates * LATE) / 100)));
  const disputed = new Set(random.shuffled(chosen.map((_, index) => index)).slice(0, Math.round((certificates * DISPUTED) / 100)));
  const plain = exactShares(certificates - disputed.size, [80, 8, 3, 3, 3, 3]);
  const kinds = ['clean', 'two', 'look-alike', 'amended order', 'too dear', 'waived'] as const satisfies readonly InvoiceStory[];
  const stories = random.shuffled(kinds.flatMap((kind, index) => Array.from({ length: plain[index] ?? 0 }, () => kind)));
  let next = 0;
  return chosen.map((life, index) => ({
    life,
    lateWeeks: late.has(index) ? random.between(1, 3) : 0,
    story: disputed.has(index) ? (disputeStories[next++ % disputeStories.length] ?? 'upheld') : (stories.pop() ?? 'clean'),
  }));
}

/** A year too small for everything lives some of it, each seed something else. */
function livesOf(certificates: number, random: Random): readonly Life[] {
  if (certificates < lives.length) return random.shuffled(lives).slice(0, certificates);
  const counts = everyShare(certificates, lives.map(({ share }) => share));
  return lives.flatMap((life, index) => Array.from({ length: counts[index] ?? 0 }, () => life));
}

/** A deal with the name of its life. */
type LivedDeal = Deal & { readonly life: string };

interface Surroundings {
  readonly calendar: Calendar;
  readonly random: Random;
  /** Transactions that the deals before have fewer than they should. */
  readonly missing: number;
}

function planDeal({ life, lateWeeks, story }: Fate, number: number, start: number, { calendar, random, missing }: Surroundings): LivedDeal {
  const [obligor, supplier] = random.one<readonly [Slug, Slug]>([['brand', 'processor'], ['brand', 'processor'], ['brand', 'farm'], ['processor', 'farm']]);
  const goods = life.goods === true || random.percent(SHIPPED);
  const deal = new Deal(
    { number, obligor, supplier, start, tenor: random.between(5, 10) },
    // No two deals have one price, so that no two invoices look alike by chance.
    { calendar, random, unitPrice: BigInt(random.between(10, 90) * 10_000 + number), lot: goods ? lotOf(supplier, `YEAR-${number}`) : undefined },
  );
  trade(deal, story);
  if (random.percent(40)) deal.week += 1;
  const creditLineId = random.percent(ON_CREDIT_LINE) ? creditLine(random.one(['bank', 'factor']), obligor) : undefined;
  issue(deal, { expiresInDays: life.declined === undefined ? undefined : 5, creditLineId });
  live(deal, { life, lateWeeks, missing });
  if (creditLineId !== undefined && deal.state !== 'defaulted') releaseCredit(deal, creditLineId);
  return Object.assign(deal, { life: life.name });
}

/** From the issued certificate to its end. */
function live(deal: Deal, { life, lateWeeks, missing }: Pick<Fate, 'life' | 'lateWeeks'> & Pick<Surroundings, 'missing'>): void {
  const { random } = deal;
  if (life.declined !== undefined) {
    life.declined(deal);
    return;
  }
  let holding = activate(deal);
  const enough = deal.transactions + Math.max(missing, random.percent(INTERRUPTED) ? 1 : 0);
  while (deal.transactions < enough) {
    deal.pass(random.percent(30) && deal.week + 4 < deal.due ? 1 : 0);
    holding = interlude(deal, holding);
  }
  deal.pass(random.percent(50) && deal.week + 4 < deal.due ? 1 : 0);
  life.live?.(deal, holding);
  if (life.matures) payAtMaturity(deal, lateWeeks);
}

/** The carrier weighs the goods of a deal, or says that it would have. */
function weigh(number: number, deal: Deal | undefined): Script {
  const script = new Script(`W${number}`, deal?.issued ?? 1);
  const attestationId = script.id('AT');
  const id = deal?.certificateId ?? '';
  script.do('carrier', 'attest', attestationId, (client) => client.attestations.attest({ attestationId, subject: { type: 'certificate', id }, claim: 'weighed', evidenceHash: sha256Hex(attestationId) }));
  return script;
}

function sum(scripts: readonly Script[]): number {
  return scripts.reduce((all, { transactions }) => all + transactions, 0);
}

function count(scripts: readonly Script[], verb: string): number {
  return scripts.flatMap(({ steps }) => steps).filter((step) => step.verb === verb).length;
}

function tally(names: readonly string[]): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const name of names) counts.set(name, (counts.get(name) ?? 0) + 1);
  return counts;
}
