import type { QuoteSkeleton, QuoteTerms } from '@dualchain/model';
import { certificateVerbs } from '@dualchain/model';
import type { HoldingId, OpenedQuote, QuoteId } from '../results/objects';
import { withTerms } from '../results/objects';
import type { CallOptions, Session } from '../session';
import { ask } from '../submission/ask';
import { checkParameters } from '../submission/plan';

export interface OpenQuoteParameters {
  readonly holdingId: HoldingId;
  readonly quoteId: QuoteId;
}

/** A quote with its price and conditions, for its owner and its financier. Throws NOT_FOUND, WRONG_PEER. */
export async function openQuote(session: Session, parameters: OpenQuoteParameters, options?: CallOptions): Promise<OpenedQuote> {
  return withTerms<QuoteSkeleton, QuoteTerms>(await ask(session, certificateVerbs.openQuote, checkParameters(parameters), options), 'quote');
}
