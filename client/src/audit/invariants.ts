import { appendOnly } from './chain';
import { commitmentsStand } from './commitments';
import { conservation, coverage, genuineness, liveSum } from './claims';
import { withinCreditLine } from './credit';
import { financeRests, operatorSignsNothing } from './finance';
import { frozenStays } from './freezes';
import { changedByVote } from './governance';
import { goodsClaimedOnce } from './goods';
import type { Invariant } from './invariant';
import { withinLimits } from './hops';
import { oneCertificatePerInvoice, oneClaimPerFingerprint } from './invoices';
import { paymentOnce } from './payments';
import { openProposals } from './proposals';
import { quantitiesAddUp } from './quantities';
import { recallIsClosure } from './recalls';
import { recoursePath } from './recourse';
import { spentOnce } from './transitions';

/** Every invariant that a ledger alone can show (finance.md, "Invariants"); 19 needs to know what was sealed: {@link findLeaks}. */
export const invariants: readonly Invariant[] = [
  coverage,
  liveSum,
  conservation,
  oneClaimPerFingerprint,
  oneCertificatePerInvoice,
  goodsClaimedOnce,
  frozenStays,
  financeRests,
  operatorSignsNothing,
  paymentOnce,
  withinCreditLine,
  openProposals,
  recoursePath,
  appendOnly,
  recallIsClosure,
  quantitiesAddUp,
  withinLimits,
  spentOnce,
  genuineness,
  changedByVote,
  commitmentsStand,
];
