import { mspIdOf } from '../../support/organisations';
import { ahead } from '../../support/deal';
import { sizeOf } from './book';
import type { PlannedHolding } from './book';
import { DAY } from './calendar';
import { inspect, SETTLER } from './certificate';
import type { Deal } from './deal';
import type { Financier } from './finance';

export interface Loan {
  readonly loanId: string;
  readonly principal: bigint;
}

/** The loan is drafted between owner, financier and settler, then the holding is locked for it. */
export function offerPledge(deal: Deal, holding: PlannedHolding, financier: Financier, loanDays: number): Loan {
  const { id: holdingId, owner } = holding;
  const loanId = deal.id('L');
  const principal = deal.random.part(sizeOf(holding), 50, 85);
  const rateBps = deal.random.between(400, 750);
  inspect(deal);
  deal.do(owner, 'draftLoan', loanId, (client) => client.holdings.draftLoan({ loanId, holdingId, financier: mspIdOf(financier), loanDueAt: ahead(loanDays * DAY), principal, rateBps }));
  deal.do(owner, 'offerPledge', holdingId, (client) => client.holdings.offerPledge({ holdingId, loanId, expiresAt: ahead(Math.min(5, loanDays) * DAY) }));
  return { loanId, principal };
}

/** A loan that was paid out: control of the holding is with the financier. */
export function pledge(deal: Deal, holding: PlannedHolding, financier: Financier, loanDays: number): void {
  const { id: holdingId, owner } = holding;
  const { loanId, principal } = offerPledge(deal, holding, financier, loanDays);
  deal.do(financier, 'acceptPledge', holdingId, (client) => client.holdings.acceptPledge({ holdingId }));
  const paymentReference = deal.pay('loan', financier, owner, [holding], { amount: principal });
  deal.do(SETTLER, 'confirmLoan', loanId, (client) => client.holdings.confirmLoan({ holdingId, loanId, paymentReference, registrationReference: `ZD-${paymentReference}` }));
  holding.state = 'pledged';
  holding.pledgee = financier;
}

/** The loan was repaid. */
export function release(deal: Deal, holding: PlannedHolding): void {
  const { id: holdingId, pledgee = 'bank' } = holding;
  deal.do(pledgee, 'releasePledge', holdingId, (client) => client.holdings.releasePledge({ holdingId }));
  holding.state = 'free';
  delete holding.pledgee;
}

/** The loan was not repaid: the financier is the owner. */
export function enforce(deal: Deal, holding: PlannedHolding): void {
  const { id: holdingId, pledgee = 'bank' } = holding;
  deal.do(pledgee, 'enforcePledge', holdingId, (client) => client.holdings.enforcePledge({ holdingId }));
  holding.state = 'financed';
  holding.owner = pledgee;
  delete holding.pledgee;
}
