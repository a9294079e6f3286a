import { canonicalId } from '@dualchain/model';
import type { Stage } from './stage';
import type { Chapter } from './step';
import { daysAhead } from './trade';

/** Competing sealed quotes. */
export const quotes: Chapter<'quotes'> = {
  name: 'quotes',
  title: 'Two financiers compete, sealed',
  text: "Neither sees the other's price, and the brand, which must not learn at what discount its suppliers sell, sees none.",
  async *steps(stage) {
    const { holding, owner, recourse, quotes: planned } = stage.story.financing;
    yield await stage.take({ name: `requestQuotes ${holding}`, actor: owner, verb: 'holdings.requestQuotes', title: `asks ${planned.map(({ financier }) => financier).join(' and ')} for quotes on ${holding}` }, (client) =>
      client.holdings.requestQuotes({ holdingId: holding, financiers: planned.map(({ financier }) => stage.mspId(financier)), recourse, expiresAt: daysAhead(7) }),
    );
    for (const { id, financier, ...terms } of planned) {
      yield await stage.take({ name: `submitQuote ${id}`, actor: financier, verb: 'quotes.submitQuote', title: `quotes: ${id}` }, (client) => client.quotes.submitQuote({ holdingId: holding, quoteId: id, expiresAt: daysAhead(3), ...terms }));
    }
    const { accepted } = stage.story.financing;
    yield await stage.take({ name: `acceptQuote ${accepted}`, actor: owner, verb: 'quotes.acceptQuote', title: `accepts ${accepted}; ${holding} is locked until the money is there` }, (client) => client.quotes.acceptQuote({ holdingId: holding, quoteId: accepted }));
  },
};

/** Only the settler's word that the money was paid moves the claim. */
export const payout: Chapter<'payout'> = {
  name: 'payout',
  title: 'Money against claim',
  text: 'Lock, money, release: the clearing bank attests the payment under a reference that works once, and only then the claim moves.',
  async *steps(stage) {
    const { holding, owner, accepted, paymentReference, registrationReference } = stage.story.financing;
    const { settler } = stage.story.certificate;
    yield await stage.take({ name: `openPayout ${holding}`, actor: owner, verb: 'holdings.openPayout', title: `opens quote and holding to the ${settler} bank` }, (client) => client.holdings.openPayout({ holdingId: holding, quoteId: accepted }));
    yield await stage.take({ name: `confirmPayout ${holding}`, actor: settler, verb: 'holdings.confirmPayout', title: `confirms the pay-out; ${holding} belongs to the financier` }, (client) => client.holdings.confirmPayout({ holdingId: holding, quoteId: accepted, paymentReference, registrationReference }));
  },
};

/** A recall spreads to everything that was made of the lot. */
export const recall: Chapter<'recall'> = {
  name: 'recall',
  title: 'A harvest is recalled',
  text: 'The mark follows the goods through drying, cooking and pallets. It bars new finance; claims that others hold stay what they are.',
  async *steps(stage) {
    const { id, author, reasonClass, reason } = stage.story.recall;
    yield await stage.take({ name: `openRecall ${id}`, actor: author, verb: 'recalls.openRecall', title: `recalls the harvest for ${reasonClass.replaceAll('-', ' ')}` }, (client) => client.recalls.openRecall({ recallId: id, lot: recalledLot(stage), reasonClass, reason }));
    yield await stage.take({ name: `advanceRecall ${id}`, actor: author, verb: 'recalls.advanceRecall', title: 'spreads the mark to everything made of it' }, (client) => client.recalls.advanceRecall({ recallId: id }));
  },
};

/** Canonical id of the lot that the story recalls. */
export function recalledLot(stage: Stage): string {
  return canonicalId(stage.story.lots[stage.story.recall.lot]);
}
