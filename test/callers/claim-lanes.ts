import { ahead } from '../support/deal';
import { whenTime } from '../support/time';
import { bought, certificateOf, claim, HOUR, owed, pledge, sell } from './lanes';
import type { Cast } from './lanes';

/** From a proposed certificate to an active one, and all ways not to come there. */
export async function issuingLane(cast: Cast): Promise<void> {
  const { as, done, tried, soon } = cast;
  const [brand, checker, processor, carrier] = [await as('brand'), await as('brand', 'checker'), await as('processor'), await as('carrier')];
  const due = await owed(cast);
  const issue = async (name: string, expiresAt = ahead(HOUR)) => {
    const certificateId = `${due.certificateId}-${name}`;
    await done(brand.certificates.issueCertificate({ ...certificateOf(cast, due), certificateId, firstHoldingId: due.part(name), expiresAt }));
    return { certificateId };
  };
  const withdrawn = await issue('w');
  await done(brand.certificates.withdrawCertificate(withdrawn));
  const late = await issue('l', soon());
  await whenTime(() => tried(() => carrier.certificates.expireCertificate(late)));
  await done(carrier.certificates.expireCertificate(late));
  const later = await issue('m', soon());
  await done(checker.certificates.confirmCertificate(later));
  await whenTime(() => done(carrier.certificates.expireCertificate(later)));
  const refused = await issue('r');
  await done(checker.certificates.confirmCertificate(refused));
  await tried(() => processor.certificates.acceptCertificate(refused), () => brand.certificates.withdrawCertificate(refused));
  await done(processor.certificates.refuseCertificate(refused));
}

/** Holdings of an active certificate: divided, passed on, sold, paid early, netted, registered. */
export async function holdingsLane(cast: Cast): Promise<void> {
  const { as, msp, done, tried, soon } = cast;
  const [brand, processor, farm, bank, clearing, carrier] = [await as('brand'), await as('processor'), await as('farm'), await as('bank'), await as('clearing'), await as('carrier')];
  const due = await claim(cast, ['a', 'b', 'c', 'd', 'e', 'f']);
  const { part } = due;
  const merged = part('ab');
  await done(processor.holdings.mergeHoldings({ holdingIds: [part('a'), part('b')], into: merged }));

  const passing = async () => {
    const holdingId = part('c');
    const tradeReference = await bought(cast, 'farm', 'processor', `PO-U-${due.certificateId}`);
    const offer = (expiresAt = ahead(HOUR)) => done(processor.holdings.offerTransfer({ holdingId, receiver: msp('farm'), tradeReference, expiresAt }));
    await offer();
    await done(processor.holdings.withdrawTransfer({ holdingId }));
    await offer();
    await done(farm.holdings.refuseTransfer({ holdingId }));
    await offer(soon());
    await whenTime(() => done(carrier.holdings.expireTransfer({ holdingId })));
    await offer();
    await done(farm.holdings.acceptTransfer({ holdingId }));
    await done(clearing.holdings.registerAssignment({ holdingId, registrationReference: `ZD-${holdingId}` }));
  };

  const selling = async () => {
    const holdingId = part('d');
    const quoteId = `Q-${holdingId}`;
    const ask = (expiresAt = ahead(HOUR)) => done(processor.holdings.requestQuotes({ holdingId, financiers: [msp('farm'), msp('bank')], recourse: 'with', expiresAt }));
    const { range } = await processor.holdings.openHolding(holdingId);
    const quote = (id: string, expiresAt = ahead(HOUR)) => done(farm.quotes.submitQuote({ holdingId, quoteId: id, expiresAt, rateBps: 437, advanceBps: 10_000, fee: 0n, payout: range!.amount - 10n }));
    await ask();
    await done(bank.quotes.declineQuote({ holdingId, quoteId: `${quoteId}-no` }));
    await quote(`${quoteId}-back`);
    await done(farm.quotes.withdrawQuote({ holdingId, quoteId: `${quoteId}-back` }));
    await done(processor.holdings.withdrawQuotes({ holdingId }));
    await ask(soon());
    await whenTime(() => done(carrier.holdings.expireQuotes({ holdingId })));
    await ask();
    await quote(`${quoteId}-late`, soon());
    await done(processor.quotes.acceptQuote({ holdingId, quoteId: `${quoteId}-late` }));
    await whenTime(() => done(carrier.holdings.expireFinance({ holdingId })));
    await ask();
    await quote(`${quoteId}-2`);
    await done(processor.quotes.acceptQuote({ holdingId, quoteId: `${quoteId}-2` }));
    await done(farm.holdings.cancelFinance({ holdingId }));
  };

  /** Paid early, and netted by an owner that owes the obligor: from a free holding and from a financed one. */
  const ending = async (holdingId: string, owner: typeof farm, slug: 'processor' | 'farm') => {
    const early = async (name: string) => {
      const offer = { holdingId, offerId: `E-${holdingId}-${name}` };
      await done(brand.settlements.offerEarlySettlement({ ...offer, expiresAt: ahead(HOUR), discount: 48_271n }));
      return offer;
    };
    await done(owner.settlements.refuseEarlySettlement(await early('1')));
    await done(brand.settlements.withdrawEarlySettlement(await early('2')));
    const taken = await early('3');
    await done(owner.settlements.acceptEarlySettlement(taken));
    await tried(() => clearing.settlements.confirmEarlySettlement({ ...taken, paymentReference: `EARLY-${holdingId}` }));
    await done(brand.settlements.cancelEarlySettlement(taken));
    const tradeReference = await bought(cast, 'brand', slug, `PO-N-${holdingId}`);
    const net = (expiresAt = ahead(HOUR)) => done(owner.settlements.offerNetting({ holdingId, tradeReference, expiresAt }));
    await net();
    await tried(() => brand.settlements.acceptNetting({ holdingId }));
    await done(brand.settlements.refuseNetting({ holdingId }));
    await net(soon());
    await whenTime(() => done(carrier.settlements.expireNetting({ holdingId })));
    await net();
    await done(owner.settlements.withdrawNetting({ holdingId }));
    const last = await early('4');
    await done(owner.settlements.acceptEarlySettlement(last));
    await done(clearing.settlements.confirmEarlySettlement({ ...last, paymentReference: `EARLY-${holdingId}` }));
  };

  const soldOn = async () => {
    const holdingId = part('f');
    await sell(cast, holdingId, 'processor', 'farm');
    await tried(() => farm.holdings.requestQuotes({ holdingId, financiers: [msp('bank')], recourse: 'with', expiresAt: ahead(HOUR) }));
    await ending(holdingId, farm, 'farm');
  };

  await Promise.all([passing(), selling(), soldOn(), ending(part('e'), processor, 'processor')]);
}

/** Loans against holdings. */
export async function pledgesLane(cast: Cast): Promise<void> {
  const { as, done, tried, soon } = cast;
  const [processor, bank, clearing, carrier] = [await as('processor'), await as('bank'), await as('clearing'), await as('carrier')];
  const { part } = await claim(cast, ['a', 'b', 'c', 'd']);
  const [a, b, c, d] = ['a', 'b', 'c', 'd'].map((name) => ({ holdingId: part(name) })) as [{ holdingId: string }, { holdingId: string }, { holdingId: string }, { holdingId: string }];
  await Promise.all([
    (async () => {
      await pledge(cast, a.holdingId, 'offered');
      await tried(() => bank.holdings.refusePledge(a));
      await done(processor.holdings.withdrawPledge(a));
      await pledge(cast, a.holdingId, 'offered', { name: '-2', expiresAt: soon() });
      await whenTime(() => done(carrier.holdings.expirePledge(a)));
    })(),
    (async () => {
      const loanId = await pledge(cast, b.holdingId, 'locked');
      await tried(() => clearing.holdings.confirmLoan({ ...b, loanId, paymentReference: `PAY-X-${loanId}`, registrationReference: `REG-X-${loanId}` }));
      await done(bank.holdings.refusePledge(b));
      await pledge(cast, b.holdingId, 'locked', { name: '-2', expiresAt: soon(3) });
      await whenTime(() => done(carrier.holdings.expirePledge(b)));
    })(),
    (async () => {
      await pledge(cast, c.holdingId);
      await done(bank.holdings.releasePledge(c));
    })(),
    (async () => {
      await pledge(cast, d.holdingId, 'paid', { expiresAt: ahead(HOUR), loanDueAt: soon(6) });
      await whenTime(() => done(bank.holdings.enforcePledge(d)));
    })(),
  ]);
}
