import { keyTable } from '@dualchain/model';
import type { HoldingProposal, HoldingState, ObjectType } from '@dualchain/model';

/**
 * What the invariants know of the verbs and states of the ledger, as lists. A new transition belongs here in one line;
 * what a state table says already (who, from, to) is read from the table.
 */

/** Verbs that make the first holding of a certificate. */
export const creatingVerbs: readonly string[] = ['issueCertificate'];

/** Verbs that end claims and make no others; all verbs that are neither these nor creating keep the sum of live claims. */
export const endingVerbs: readonly string[] = ['settleHoldings', 'refuseCertificate', 'withdrawCertificate'];

/** States of a holding whose units were paid: a settlement names it. */
export const paidStates: readonly HoldingState[] = ['redeemed'];

/** Kind of the proposal that a locked state stands for; a holding in another state has none. */
export const proposalKinds: { readonly [state in HoldingState]?: HoldingProposal['kind'] } = { 'transfer offered': 'transfer', 'quotes open': 'quotes', 'finance locked': 'finance' };

/** Verbs that end a proposal and restore the holding exactly as it was before. */
export const restoringVerbs: readonly string[] = ['refuseTransfer', 'withdrawTransfer', 'expireTransfer', 'withdrawQuotes', 'cancelFinance'];

/** Verbs that end a certificate before it was a claim and restore its invoices exactly as they were. */
export const releasingVerbs: readonly string[] = ['refuseCertificate', 'withdrawCertificate'];

/** States of a certificate that rests on no invoice any more. */
export const endedCertificateStates: readonly string[] = ['cancelled'];

/** Objects that are worth something, or decide who gets it: an organisation that only operates signs no change of one. */
export const assets: readonly ObjectType[] = ['order', 'shipment', 'invoice', 'certificate', 'holding', 'quote', 'payment'];

/** Objects that may be deleted: a recall's flags (invariant 15 says when), and index entries, which have no policy of their own. */
export const erasable: readonly ObjectType[] = ['recallFlag', ...(Object.keys(keyTable) as ObjectType[]).filter((type) => keyTable[type].policy === '')];
