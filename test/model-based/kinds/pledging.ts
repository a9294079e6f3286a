import type { Slug } from '../../support/network';
import { mspIdOf } from '../../support/organisations';
import { hasRole, slugs, users } from '../actors';
import { all, deadline, fine, unless } from '../attempt';
import type { Kind } from '../attempt';
import { sizeOf } from '../objects';
import type { ModelLoan } from '../objects';
import { DAY } from '../world';
import { hasEvidence, payable } from './financing';
import { active, disputed, frozen, handOver, holdingRuling, hop } from './holdings';
import { payment } from './payments';
import { momentOf } from './time';

/** A loan of at most the holding's amount, now and then of more. */
const draftLoan: Kind = {
  name: 'draftLoan',
  weight: 7,
  propose: (world, pick) => {
    const holding = pick.mostly(world.holdings, ({ state, certificate }) => state === 'free' && certificate.state === 'active');
    if (holding === undefined) return undefined;
    const by = users(pick, [holding.owner]);
    const financier = pick.rarely(10) ? (pick.one(slugs) ?? 'bank') : (pick.one<Slug>(['bank', 'factor']) ?? 'bank');
    const wrong = pick.oddly(12);
    const principal = wrong ? sizeOf(holding) + 1n : pick.amount(sizeOf(holding));
    const { settler, obligor } = holding.certificate;
    const loan: ModelLoan = { id: world.id('L'), holding, owner: holding.owner, financier, dueAt: Date.now() + (pick.rarely(2) ? 30 * DAY : 2 * world.soon()), sealed: holding.sealed, state: 'drafted' };
    return {
      verb: 'draftLoan',
      by,
      what: `${loan.id} of ${financier} over ${principal} against ${holding.id}`,
      ...all(
        holdingRuling('offerPledge', holding, by.slug),
        active(holding),
        unless(financier !== holding.owner && financier !== obligor && financier !== settler, 'INVALID_INPUT'),
        unless(hasRole(financier, 'financier'), 'WRONG_ROLE'),
        unless(!wrong, 'AMOUNT_MISMATCH'),
        deadline('EXPIRED', 'late', loan.dueAt),
      ),
      call: (client) => client.holdings.draftLoan({ loanId: loan.id, holdingId: holding.id, financier: mspIdOf(financier), loanDueAt: new Date(loan.dueAt), principal, rateBps: 450 }),
      apply: () => {
        world.loans.push(loan);
        holding.presented = true;
      },
    };
  },
};

const offerPledge: Kind = {
  name: 'offerPledge',
  weight: 10,
  propose: (world, pick) => {
    const loan = pick.mostly(world.loans, ({ state, holding, sealed, dueAt }) => state === 'drafted' && holding.state === 'free' && holding.sealed === sealed && dueAt > Date.now());
    if (loan === undefined) return undefined;
    const holding = pick.rarely(12) ? (pick.one(world.holdings) ?? loan.holding) : loan.holding;
    const by = users(pick, [holding.owner]);
    const expiresAt = Date.now() + (pick.rarely(4) ? world.soon() : DAY);
    return {
      verb: 'offerPledge',
      by,
      what: `${holding.id} for ${loan.id}`,
      ...all(
        holdingRuling('offerPledge', holding, by.slug),
        active(holding),
        unless(loan.holding === holding && loan.owner === holding.owner && loan.state === 'drafted', 'WRONG_STATE'),
        // The copies that were shown with the draft may be those of an earlier owner.
        { refusals: [], perhaps: loan.sealed === holding.sealed ? [] : ['NOT_GENUINE'] },
        hop(holding),
        frozen(world, [holding]),
        deadline('EXPIRED', 'late', Math.min(expiresAt, loan.dueAt)),
      ),
      call: (client) => client.holdings.offerPledge({ holdingId: holding.id, loanId: loan.id, expiresAt: new Date(expiresAt) }),
      apply: () => {
        holding.proposal = { serial: world.serial(), kind: 'pledge', prior: holding.state, expiresAt, loan, financier: loan.financier };
        holding.state = 'pledge offered';
      },
    };
  },
};

const acceptPledge: Kind = {
  name: 'acceptPledge',
  weight: 12,
  propose: (world, pick) => {
    const holding = pick.mostly(world.holdings, ({ state }) => state === 'pledge offered');
    if (holding === undefined) return undefined;
    const by = users(pick, [holding.proposal?.financier]);
    return {
      verb: 'acceptPledge',
      by,
      what: holding.id,
      ...all(
        holdingRuling('acceptPledge', holding, by.slug),
        holding.proposal === undefined ? fine : deadline('EXPIRED', 'late', holding.proposal.expiresAt),
        active(holding),
        hop(holding),
        frozen(world, [holding]),
        disputed(holding.certificate),
        unless(hasEvidence(world, holding), 'EVIDENCE_MISSING'),
      ),
      call: (client) => client.holdings.acceptPledge({ holdingId: holding.id }),
      apply: () => {
        holding.state = 'pledge locked';
      },
    };
  },
};

const confirmLoan: Kind = {
  name: 'confirmLoan',
  weight: 14,
  propose: (world, pick) => {
    const holding = pick.mostly(world.holdings, ({ state }) => state === 'pledge locked');
    const loan = holding?.proposal?.loan ?? pick.one(world.loans);
    if (holding === undefined || loan === undefined) return undefined;
    const by = users(pick, [holding.certificate.settler]);
    const paid = payment(world, pick, by, `loan ${holding.id} ${loan.id}`);
    return {
      verb: 'confirmLoan',
      by,
      what: `${loan.id} against ${holding.id} by ${paid.reference}`,
      ...paid.verdict(
        holdingRuling('confirmLoan', holding, by.slug),
        unless(holding.proposal?.loan === loan && loan.state === 'drafted', 'WRONG_STATE'),
        unless(payable.includes(holding.certificate.state), 'CERTIFICATE_NOT_ACTIVE', 'WRONG_STATE'),
        frozen(world, [holding]),
      ),
      call: (client) => client.holdings.confirmLoan({ holdingId: holding.id, loanId: loan.id, paymentReference: paid.reference, registrationReference: `REG-${paid.reference}` }),
      apply: () => {
        if (paid.again) return;
        holding.state = 'pledged';
        loan.state = 'paid out';
        paid.book();
      },
    };
  },
};

const enforcePledge: Kind = {
  name: 'enforcePledge',
  weight: 14,
  propose: (world, pick) => {
    const now = momentOf(pick);
    const holding = pick.mostly(world.holdings, ({ state, proposal }) => state === 'pledged' && (proposal?.loan?.dueAt ?? 0) <= now);
    if (holding === undefined) return undefined;
    const by = users(pick, [holding.proposal?.financier]);
    const loan = holding.proposal?.loan;
    return {
      verb: 'enforcePledge',
      by,
      what: holding.id,
      ...all(
        holdingRuling('enforcePledge', holding, by.slug),
        loan === undefined ? fine : deadline('NOT_YET', 'early', loan.dueAt),
        unless(payable.includes(holding.certificate.state), 'CERTIFICATE_NOT_ACTIVE'),
        frozen(world, [holding]),
      ),
      call: (client) => client.holdings.enforcePledge({ holdingId: holding.id }),
      apply: () => {
        handOver(holding, by.slug, 'financed', { registered: true, presented: true });
        holding.tier += 1;
      },
    };
  },
};

export const pledgingKinds: readonly Kind[] = [draftLoan, offerPledge, acceptPledge, confirmLoan, enforcePledge];
