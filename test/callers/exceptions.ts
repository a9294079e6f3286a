import type { ErrorCode } from '../../model/src';

/** Users of every organisation of this suite, with the attribute `dualchain.roles` that their certificates carry. */
export const roleUsers: Readonly<Record<string, readonly ('maker' | 'checker' | 'auditor')[]>> = { Admin: [], maker: ['maker'], checker: ['checker'], auditor: ['auditor'], director: ['maker', 'checker', 'auditor'] };

/** Transitions that no lane reaches, and why. A row of a table that is neither reached nor here fails the suite. */
export const unreached: Readonly<Record<string, string>> = {
  'holding: registerAssignment from financed': 'whatever makes a holding financed registers it; ALREADY_EXISTS for everyone',
  'quote: cancelFinance from accepted': 'derived from the holding, nothing of the quote is read or written; the row of the holding is tried',
  'loan: releasePledge from paid out': 'derived from the holding, nothing of the loan is read or written; the row of the holding is tried',
};

/** Verbs that give the caller its part: whoever calls is the party, so that no other organisation with the role is a wrong caller. */
export const partByCalling: Readonly<Record<string, string>> = {
  issueOrder: 'who issues an order is its buyer',
  setCreditLine: 'who sets a line is its financier',
};

/** What the ledger says first to an organisation that plays no part, where that is not NOT_A_PARTY: these verbs look at the caller's own events before they look at the object. */
export const saidFirst: Readonly<Record<string, ErrorCode>> = {
  draftReceipt: 'EVIDENCE_MISSING',
  shipReceipt: 'EVIDENCE_MISSING',
  takeCustody: 'EVIDENCE_MISSING',
};

/** Verbs that change no object of a table, and what they say to every member but the one that calls; all others of this kind are for any member. */
export const withoutRow: Readonly<Record<string, ErrorCode>> = {
  sealDeposit: 'NOT_A_PARTY',
  sealProceeds: 'NOT_A_PARTY',
  showToPledgor: 'NOT_A_PARTY',
};
