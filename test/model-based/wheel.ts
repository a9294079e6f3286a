import type { Kind } from './attempt';
import { cancellingKinds } from './kinds/cancelling';
import { correctionKinds } from './kinds/corrections';
import { creditingKinds } from './kinds/crediting';
import { disputingKinds } from './kinds/disputing';
import { earlyKinds } from './kinds/early';
import { endingKinds } from './kinds/endings';
import { escrowKinds } from './kinds/escrow';
import { financingKinds } from './kinds/financing';
import { freezingKinds } from './kinds/freezing';
import { goodsKinds } from './kinds/goods';
import { governingKinds } from './kinds/governing';
import { holdingKinds } from './kinds/holdings';
import { holdKinds } from './kinds/holds';
import { invoiceKinds } from './kinds/invoices';
import { issuingKinds } from './kinds/issuing';
import { marginKinds } from './kinds/margins';
import { nettingKinds } from './kinds/netting';
import { obligationKinds } from './kinds/obligations';
import { orderKinds } from './kinds/orders';
import { pledgingKinds } from './kinds/pledging';
import { quotingKinds } from './kinds/quoting';
import { receiptKinds } from './kinds/receipts';
import { receiptPledgingKinds } from './kinds/receipt-pledging';
import { recoveringKinds } from './kinds/recovering';
import { replacingKinds } from './kinds/replacing';
import { saleKinds } from './kinds/sales';
import { settlingKinds } from './kinds/settling';
import { timeKinds } from './kinds/time';
import { witnessingKinds } from './kinds/witnessing';

/** Everything that a sequence may try. */
export const kinds: readonly Kind[] = [
  ...orderKinds, ...invoiceKinds, ...correctionKinds, ...issuingKinds, ...obligationKinds, ...settlingKinds, ...earlyKinds, ...nettingKinds, ...replacingKinds,
  ...holdingKinds, ...quotingKinds, ...financingKinds, ...pledgingKinds, ...recoveringKinds, ...endingKinds,
  ...freezingKinds, ...escrowKinds, ...disputingKinds, ...cancellingKinds, ...creditingKinds, ...witnessingKinds, ...governingKinds,
  ...goodsKinds, ...receiptKinds, ...receiptPledgingKinds, ...holdKinds, ...marginKinds, ...saleKinds, ...timeKinds,
];

const places = kinds.flatMap((kind) => Array.from({ length: kind.weight }, () => kind));
/** A step that no number of places divides: neighbours on the wheel are of different trades. */
const STRIDE = 4_999;

/** Each kind as often as its weight says, well mixed: a random place on it is a random kind. */
export const wheel: readonly Kind[] = places.map((_, index) => places[(index * STRIDE) % places.length] ?? places[index]).filter((kind) => kind !== undefined);
