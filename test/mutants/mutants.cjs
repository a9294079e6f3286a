/**
 * Deliberate faults, one at a time: what a careless change or a dishonest developer might do to the rules. `find` stands
 * once in `file`; `replace` takes its place; `caughtBy` are the tests that must fail then. `npm run test:mutants` tries
 * every one of them.
 */
const holding = 'chaincode/src/rules/holding';
const finance = 'chaincode/src/rules/finance';
const certificate = 'chaincode/src/rules/certificate';
const protection = 'chaincode/src/rules/protection';
const tables = 'chaincode/src/rules/claim-tables.test.ts';
const policies = 'chaincode/src/contracts/certificate/policies.test.ts';

/** @type {readonly { id: string, what: string, file: string, find: string, replace: string, caughtBy: readonly string[] }[]} */
module.exports = [
  // Guards
  { id: 'any-caller', what: 'a transition does not ask who the caller is', file: 'chaincode/src/rules/transition.ts', find: '!nobodyNow && !allowed.includes(caller)', replace: 'false', caughtBy: [tables] },
  { id: 'any-state', what: 'a transition starts from any state', file: 'chaincode/src/rules/transition.ts', find: 'if (!row.from.includes(state)) throw', replace: 'if (false) throw', caughtBy: [tables] },
  { id: 'never-expired', what: 'nothing ever expires', file: 'chaincode/src/rules/transition.ts', find: 'if (at >= expiresAt) throw', replace: 'if (false) throw', caughtBy: [`${holding}/transfer.test.ts`, `${finance}/finance.test.ts`] },
  { id: 'expired-later', what: 'an offer lives through the moment of its expiry', file: 'chaincode/src/rules/transition.ts', find: 'if (at >= expiresAt) throw', replace: 'if (at > expiresAt) throw', caughtBy: [`${holding}/transfer.test.ts`] },
  { id: 'inactive-certificate', what: 'claims of a certificate that is not active change hands', file: `${holding}/holding.ts`, find: "if (state !== 'active') throw", replace: 'if (false) throw', caughtBy: [`${holding}/holding.test.ts`, `${holding}/transfer.test.ts`] },
  // Ranges
  { id: 'range-gap', what: 'parts of a split leave a unit out between them', file: `${holding}/ranges.ts`, find: 'from += size;', replace: 'from += size + 1n;', caughtBy: [`${holding}/ranges.test.ts`] },
  { id: 'range-overlap', what: 'parts of a split share a unit', file: `${holding}/ranges.ts`, find: 'to: from + size - 1n', replace: 'to: from + size', caughtBy: [`${holding}/ranges.test.ts`] },
  { id: 'range-inflated', what: 'parts may be more than the whole', file: `${holding}/ranges.ts`, find: 'if (from !== range.to + 1n) throw', replace: 'if (from < range.to + 1n) throw', caughtBy: [`${holding}/ranges.test.ts`] },
  { id: 'range-short', what: 'parts may be less than the whole', file: `${holding}/ranges.ts`, find: 'if (from !== range.to + 1n) throw', replace: 'if (from > range.to + 1n) throw', caughtBy: [`${holding}/ranges.test.ts`] },
  { id: 'range-empty', what: 'a part may be empty', file: `${holding}/ranges.ts`, find: 'if (size < 1n) throw', replace: 'if (size < 0n) throw', caughtBy: [`${holding}/ranges.test.ts`] },
  { id: 'merge-gap', what: 'holdings that are not adjacent are merged', file: `${holding}/ranges.ts`, find: 'if (next.from !== to + 1n) throw', replace: 'if (false) throw', caughtBy: [`${holding}/ranges.test.ts`] },
  { id: 'cover-hole', what: 'a certificate is closed though units are missing', file: `${holding}/ranges.ts`, find: 'if (from !== last + 1n || to < from) throw notCovered();', replace: '', caughtBy: [`${holding}/ranges.test.ts`, `${certificate}/settlement.test.ts`] },
  { id: 'cover-end', what: 'a certificate is closed though its last units are missing', file: `${holding}/ranges.ts`, find: 'if (coverFrom(ranges, covered) !== face) throw notCovered();', replace: 'coverFrom(ranges, covered);', caughtBy: [`${holding}/ranges.test.ts`, `${certificate}/settlement.test.ts`] },
  { id: 'size-off-by-one', what: 'a holding is one unit smaller than its range', file: `${holding}/ranges.ts`, find: 'return to - from + 1n;', replace: 'return to - from;', caughtBy: [`${holding}/ranges.test.ts`] },
  // Proposals
  { id: 'forgotten-prior', what: 'a proposal forgets the state that it must restore', file: `${holding}/proposal.ts`, find: 'prior: holding.proposal?.prior ?? holding.state', replace: "prior: 'free'", caughtBy: [`${finance}/finance.test.ts`, `${holding}/holding.test.ts`] },
  { id: 'proposal-stays', what: 'ending a proposal leaves it on the holding', file: `${holding}/proposal.ts`, find: 'return { ...rest, state: outcomeOf(row, proposal.prior) };', replace: 'return { ...rest, proposal, state: outcomeOf(row, proposal.prior) };', caughtBy: [`${holding}/transfer.test.ts`, `${finance}/finance.test.ts`] },
  { id: 'expire-early', what: 'anyone ends an offer before its expiry', file: `${holding}/transfer.ts`, find: "if (verb === 'expireTransfer') requireOver(", replace: 'if (false) requireOver(', caughtBy: [`${holding}/transfer.test.ts`] },
  { id: 'no-trade', what: 'a claim is passed on without a trade between the two', file: `${holding}/transfer.ts`, find: '  requireTradeReference(tradeReference, reference, holding.owner, receiver);\n', replace: '', caughtBy: [`${holding}/transfer.test.ts`] },
  { id: 'refused-trade', what: 'a refused order is a reason for a transfer', file: `${holding}/transfer.ts`, find: '!ended.includes(found.state) && between', replace: 'between', caughtBy: [`${holding}/transfer.test.ts`] },
  { id: 'to-debtor', what: 'a claim is offered to its own debtor', file: `${holding}/proposal.ts`, find: "counterparty === obligor ? 'the obligor, who settles at the due date instead' : ", replace: '', caughtBy: [`${holding}/transfer.test.ts`, `${finance}/finance.test.ts`] },
  { id: 'replayed-record', what: 'an older record of the same holding opens it', file: `${holding}/holding.ts`, find: ' || fieldRoot(record) !== root', replace: '', caughtBy: [`${holding}/holding.test.ts`] },
  { id: 'no-tier', what: 'a change of owner is not counted', file: `${holding}/proposal.ts`, find: 'tier: holding.tier + 1, ', replace: '', caughtBy: [`${holding}/hop.test.ts`, `${holding}/transfer.test.ts`] },
  // Finance
  { id: 'too-much-payout', what: 'more is paid out than is advanced', file: `${finance}/quote.ts`, find: 'if (parseMinorUnits(payout) + parseMinorUnits(fee) > advance) throw', replace: 'if (parseMinorUnits(payout) > advance) throw', caughtBy: [`${finance}/quote.test.ts`] },
  { id: 'stale-quote', what: 'a quote for an earlier request is accepted', file: `${finance}/quote.ts`, find: "proposal?.kind === 'quotes' && proposal.id === requestId && at < expiresAt", replace: "proposal?.kind === 'quotes' && at < expiresAt", caughtBy: [`${finance}/quote.test.ts`, tables] },
  { id: 'other-quote', what: 'another quote than the accepted one is paid out', file: `${finance}/quote.ts`, find: "proposal?.kind === 'finance' && proposal.quoteId === id", replace: "proposal?.kind === 'finance'", caughtBy: [`${finance}/quote.test.ts`, `${finance}/finance.test.ts`] },
  { id: 'no-recourse-link', what: 'finance with recourse leaves no link to the seller', file: `${finance}/finance.ts`, find: "proposal?.recourse === 'with' ? ", replace: "proposal?.recourse === 'without' ? ", caughtBy: [`${finance}/finance.test.ts`] },
  { id: 'money-on-its-way', what: 'the owner takes the holding back while the pay-out is on its way', file: `${finance}/finance.ts`, find: 'if (caller === holding.owner && payoutOpened && at < expiresAt) {', replace: 'if (false) {', caughtBy: [`${finance}/finance.test.ts`] },
  { id: 'reference-twice', what: 'a payment reference is used twice', file: `${finance}/payment.ts`, find: 'if (content(standing) === content(wanted)) return;', replace: 'return;', caughtBy: [`${finance}/payment.test.ts`] },
  { id: 'party-witness', what: 'a party to the deal counts as its witness', file: `${finance}/evidence.ts`, find: '.filter((mspId) => !parties.includes(mspId))', replace: '', caughtBy: [`${finance}/evidence.test.ts`] },
  { id: 'one-witness-less', what: 'finance goes on with one witness less', file: `${finance}/evidence.ts`, find: 'if (found >= count) return;', replace: 'if (found + 1 >= count) return;', caughtBy: [`${finance}/evidence.test.ts`] },
  // Certificates
  { id: 'one-person', what: 'maker and checker may be one person', file: `${certificate}/certificate.ts`, find: 'certificate.proposedBy === identity', replace: 'false', caughtBy: [`${certificate}/certificate.test.ts`] },
  { id: 'tenor', what: 'the tenor limit is not asked', file: `${certificate}/certificate.ts`, find: 'if (dueDate > latest) throw', replace: 'if (false) throw', caughtBy: [`${certificate}/certificate.test.ts`] },
  { id: 'due-early', what: 'a certificate falls due before its date', file: `${certificate}/certificate.ts`, find: 'if (at < certificate.dueDate) throw', replace: 'if (false) throw', caughtBy: [`${certificate}/certificate.test.ts`] },
  { id: 'default-at-once', what: 'a holder declares the default before its time', file: `${certificate}/certificate.ts`, find: 'if (!byOrder) requireTime(', replace: 'if (false) requireTime(', caughtBy: [`${certificate}/certificate.test.ts`] },
  { id: 'settle-two-owners', what: 'one payment redeems the holdings of two owners', file: `${certificate}/settlement.ts`, find: 'if (owners.length > 1) throw', replace: 'if (false) throw', caughtBy: [`${certificate}/settlement.test.ts`] },
  { id: 'settle-two-payees', what: 'one payment redeems what is paid to an owner and to its financier', file: `${certificate}/settlement.ts`, find: 'if (payees.length > 1) throw', replace: 'if (false) throw', caughtBy: [`${certificate}/settlement.test.ts`] },
  { id: 'face-unequal', what: 'the face is not the sum of the invoices', file: `${certificate}/backing.ts`, find: 'if (BigInt(terms.face) !== sum) throw', replace: 'if (false) throw', caughtBy: [`${certificate}/backing.test.ts`] },
  // Protection
  { id: 'freeze-for-nothing', what: 'a freeze stops nothing', file: `${protection}/freeze.ts`, find: 'if (standing === undefined) return;', replace: 'if (standing !== undefined || standing === undefined) return;', caughtBy: [`${protection}/freeze.test.ts`] },
  { id: 'freeze-unconsented', what: 'a receipt is frozen to which its depositor never consented', file: `${protection}/freeze.ts`, find: '!unconsented.includes(receipt.state) && ', replace: '', caughtBy: [`${protection}/freeze.test.ts`] },
  { id: 'deposit-of-others', what: 'anyone accounts for money in escrow', file: `${protection}/escrow.ts`, find: 'if (caller !== settler) throw', replace: 'if (false) throw', caughtBy: [`${protection}/escrow.test.ts`] },
  { id: 'part-forgets-waiver', what: 'a disputed part forgets what both let pass of its lines', file: 'chaincode/src/rules/trade/dispute.ts', find: ', ...(waived.length > 0 && { waived })', replace: '', caughtBy: ['chaincode/src/rules/trade/dispute.test.ts'] },
  { id: 'ship-more', what: 'a shipment carries more than its shipping events say', file: 'chaincode/src/rules/trade/goods.ts', find: 'if (carried > shipped) throw', replace: 'if (false) throw', caughtBy: ['chaincode/src/rules/trade/goods.test.ts'] },
  { id: 'line-exceeded', what: 'more is reserved than the credit line allows', file: `${protection}/credit-line.ts`, find: 'if (used > BigInt(terms.limit)) throw', replace: 'if (false) throw', caughtBy: [`${protection}/credit-line.test.ts`] },
  { id: 'dispute-sold', what: 'a dispute suspends what a third party holds', file: `${protection}/dispute.ts`, find: 'if (sold !== undefined) throw', replace: 'if (false) throw', caughtBy: [`${protection}/dispute.test.ts`] },
  { id: 'escrow-unfrozen', what: 'money of a free holding goes into escrow', file: `${protection}/escrow.ts`, find: 'if (free !== undefined) throw', replace: 'if (false) throw', caughtBy: [`${protection}/escrow.test.ts`] },
  // Endorsement
  { id: 'one-endorser', what: 'one of owner, obligor and authority moves a holding', file: 'chaincode/src/ledger/endorsement.ts', find: 'return { n: Math.min(2, of.length), of };', replace: 'return { n: 1, of };', caughtBy: [policies] },
  { id: 'unpaid-financier', what: 'obligor and financier take a claim that no settler says was paid for', file: 'chaincode/src/contracts/certificate/policies.ts', find: '{ n: 1, of: [owner, allOf([financier, settler])] }', replace: '{ n: 1, of: [owner, financier] }', caughtBy: [policies] },
  { id: 'forgotten-owner', what: "a holding's policy forgets its owner", file: 'chaincode/src/contracts/certificate/policies.ts', find: 'return anyTwoOf([[owner, ...party(proposal?.receiver)], [obligor], party(authority)]);', replace: 'return anyTwoOf([party(proposal?.receiver), [obligor], party(authority)]);', caughtBy: [policies] },
  // Attestations, motions
  { id: 'vote-missing', what: 'a motion is enacted with one vote less', file: 'chaincode/src/rules/consortium/motion.ts', find: 'if (votes.length < needed) {', replace: 'if (votes.length + 1 < needed) {', caughtBy: ['chaincode/src/rules/consortium/consortium.test.ts'] },
  { id: 'suspended-votes', what: 'the vote of a member that is suspended counts', file: 'chaincode/src/rules/consortium/motion.ts', find: 'active.filter((mspId) => inFavour.includes(mspId))', replace: '[...inFavour]', caughtBy: ['chaincode/src/rules/consortium/consortium.test.ts'] },
  { id: 'revoked-counts', what: 'an attestation that was taken back counts', file: 'chaincode/src/rules/attestation/attestation.ts', find: 'attestation.revoked !== true && ', replace: '', caughtBy: ['chaincode/src/contracts/certificate/evidence.test.ts'] },
];
