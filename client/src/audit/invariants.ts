import { appendOnly } from './chain';
import { conservation, coverage, genuineness, liveSum } from './claims';
import { financeRests, operatorSignsNothing, paymentOnce, tenorWithinLimit } from './finance';
import { goodsClaimedOnce } from './goods';
import type { Invariant } from './invariant';
import { oneCertificatePerInvoice, oneClaimPerFingerprint } from './invoices';
import { openProposals, spentOnce } from './proposals';
import { recallIsClosure } from './recalls';

/** Every invariant that a ledger alone can show (finance.md, "Invariants"); 19 needs to know what was sealed: {@link findLeaks}. */
export const invariants: readonly Invariant[] = [
  coverage,
  liveSum,
  conservation,
  oneClaimPerFingerprint,
  oneCertificatePerInvoice,
  goodsClaimedOnce,
  financeRests,
  operatorSignsNothing,
  paymentOnce,
  openProposals,
  appendOnly,
  recallIsClosure,
  tenorWithinLimit,
  spentOnce,
  genuineness,
];
