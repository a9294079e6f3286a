/** Verb of the wheel and the first numbers of its choices; what is left out is 0, the ordinary case. */
type OpeningStep = readonly [kind: string, ...picks: number[]];

export interface Opening {
  readonly name: string;
  /** Whether the first certificate falls due within the sequence. */
  readonly dueSoon?: boolean;
  readonly steps: readonly OpeningStep[];
}

const ordered: readonly OpeningStep[] = [['issueOrder'], ['acceptOrder']];
const accepted: readonly OpeningStep[] = [...ordered, ['submitInvoice'], ['approveInvoice'], ['acceptInvoice']];
const active: readonly OpeningStep[] = [...accepted, ['issueCertificate'], ['confirmCertificate'], ['acceptCertificate']];
/** A trade between the supplier and the next one. */
const fromFarm: readonly OpeningStep[] = [['issueOrder', 0, 1], ['acceptOrder']];
const financed: readonly OpeningStep[] = [['attest'], ['requestQuotes'], ['submitQuote'], ['acceptQuote'], ['openPayout'], ['confirmPayout']];
const defaulted: readonly OpeningStep[] = [['wait'], ['declareDue'], ['declareOverdue'], ['declareDefault']];
const pledged: readonly OpeningStep[] = [['attest'], ['draftLoan'], ['offerPledge'], ['acceptPledge'], ['confirmLoan']];

const stored: readonly OpeningStep[] = [['bring'], ['draftReceipt'], ['issueReceipt'], ['acceptReceipt']];
const lent: readonly OpeningStep[] = [['inspectLot'], ['draftReceiptPledge'], ['proposeReceiptPledge'], ['acceptReceiptPledge'], ['confirmReceiptPledge'], ['payReceiptLoan']];

/** How sequences begin, so that what is far from an empty ledger is tried, too. Shrinking leads to the first ones. */
export const openings: readonly [Opening, ...Opening[]] = [
  { name: 'nothing', steps: [] },
  { name: 'an exception', steps: [...ordered, ['submitInvoice', 0, 0, 0, 0, 0, 0, 5]] },
  { name: 'a look-alike', steps: [...ordered, ['submitInvoice'], ['submitInvoice', 0, 0, 0, 0, 0, 5]] },
  { name: 'a certificate', steps: active },
  { name: 'a certificate that falls due', dueSoon: true, steps: active },
  { name: 'an offered transfer', steps: [...active, ...fromFarm, ['offerTransfer']] },
  { name: 'a transfer that lapses', steps: [...active, ...fromFarm, ['offerTransfer', 0, 0, 0, 0, 0, 0, 0, 0, 3], ['wait']] },
  { name: 'a transfer', steps: [...active, ...fromFarm, ['offerTransfer'], ['acceptTransfer']] },
  { name: 'netting', steps: [...active, ['issueOrder', 0, 2], ['acceptOrder'], ['splitHolding', 0, 0, 0, 0, 0, 0, 5_000], ['offerNetting']] },
  { name: 'netting that lapses', steps: [...active, ['issueOrder', 0, 2], ['acceptOrder'], ['offerNetting', 0, 0, 0, 0, 0, 0, 0, 0, 2], ['wait']] },
  { name: 'a replacement', steps: [...active, ['splitHolding', 0, 0, 0, 0, 0, 0, 5_000], ['proposeReplacement'], ['agreeToReplacement']] },
  { name: 'early settlement', steps: [...active, ['offerEarlySettlement'], ['acceptEarlySettlement']] },
  { name: 'a credit line', steps: [['setCreditLine'], ...accepted] },
  { name: 'room on a credit line', steps: [['setCreditLine'], ...accepted, ['reserveCredit'], ['issueCertificate'], ['confirmCertificate'], ['acceptCertificate']] },
  { name: 'a dispute', steps: [...active, ['disputeCertificate']] },
  { name: 'a freeze at the due date', dueSoon: true, steps: [...active, ['freeze', 0, 0, 0, 0, 0, 0, 1], ['wait'], ['declareDue'], ['presentForSettlement']] },
  { name: 'quotes without an inspection', steps: [...active, ['requestQuotes', 0, 0, 0, 0, 0, 0, 1], ['submitQuote'], ['submitQuote', 0, 0, 1]] },
  { name: 'a pledge without an inspection', steps: [...active, ...pledged.slice(1, 3)] },
  { name: 'a pay-out under way', steps: [...active, ...financed.slice(0, -1)] },
  { name: 'finance that lapses', steps: [...active, ...financed.slice(0, 2), ['submitQuote', 0, 0, 0, 0, 0, 0, 0, 0, 0, 3], ['acceptQuote'], ['openPayout'], ['wait']] },
  { name: 'finance', steps: [...active, ...financed] },
  { name: 'a pledge', steps: [...active, ...pledged] },
  { name: 'a pledge to enforce', steps: [...active, ...pledged, ['wait']] },
  { name: 'a pledge that falls due', dueSoon: true, steps: [...active, ...pledged] },
  { name: 'recourse', dueSoon: true, steps: [...active, ...financed, ...defaulted] },
  { name: 'recourse on two sellers', dueSoon: true, steps: [...active, ...financed, ...financed.slice(1), ...defaulted] },
  { name: 'a default in parts', dueSoon: true, steps: [...active, ['splitHolding', 0, 0, 0, 0, 0, 0, 5_000], ...financed, ...defaulted] },
  { name: 'a warehouse receipt', steps: stored },
  { name: 'a loan against a receipt', steps: [...stored, ...lent] },
  { name: 'a loan against one of two receipts', steps: [...stored, ['splitReceipt', 0, 0, 0, 0, 0, 5_000], ...lent, ['offerSubstitute']] },
  { name: 'a loan against recalled goods', steps: [...stored, ...lent, ['openRecall', 1], ['holdReceipt']] },
  { name: 'a recall that is over', steps: [...stored, ...lent, ['openRecall', 1], ['holdReceipt'], ['closeRecall']] },
];
