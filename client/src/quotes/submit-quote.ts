import type { HoldingSkeleton, InputOf, Opened, QuoteTerms, ResultOf } from '@dualchain/model';
import { amount, certificateVerbs, DualchainError, validate } from '@dualchain/model';
import type { Created, Quote } from '../results/objects';
import { rangeOf } from '../results/objects';
import type { Loose } from '../results/typed';
import { toWire, typed } from '../results/typed';
import type { CallOptions, Session } from '../session';
import { action } from '../submission/action';
import { ask, openingsFor } from '../submission/ask';
import { exposureTo } from './exposure-to';

export type SubmitQuoteParameters = Loose<InputOf<typeof certificateVerbs.submitQuote> & QuoteTerms> & {
  /** Most that the own organisation wants to have on the obligor of this holding, in minor units of its currency. It stays at home: nothing of it is sent. */
  readonly ownLimit?: bigint | string | undefined;
};
export type SubmitQuoteResult = Created<Quote>;

/**
 * A financier that was asked quotes for a holding: yearly rate and advance in basis points, fee and pay-out in minor
 * units, sealed between it and the owner. Other financiers learn only that a quote exists.
 * `ownLimit` is checked in the own organisation before anything is sent ({@link exposureTo}).
 * Throws NOT_FOUND, NOT_A_PARTY, WRONG_STATE, EXPIRED, NOT_GENUINE, ALREADY_EXISTS, CREDIT_LINE_EXCEEDED.
 */
export const submitQuote = action<SubmitQuoteParameters, SubmitQuoteResult>(({ holdingId, quoteId, expiresAt, ownLimit, ...terms }) => ({
  verb: certificateVerbs.submitQuote,
  input: toWire({ holdingId, quoteId, expiresAt }),
  sealed: toWire(terms),
  prepare: async (session, options) => {
    const holding = await ask(session, certificateVerbs.openHolding, { id: holdingId }, options);
    if (ownLimit !== undefined) await requireWithin(session, holding, validate(amount, toWire(ownLimit), 'The own limit'), options);
    return { parties: { financier: session.mspId, owner: holding.skeleton.owner }, openings: openingsFor(certificateVerbs.submitQuote, holding) };
  },
  existing: async (session, options) => Object.values((await ask(session, certificateVerbs.openQuote, { holdingId, quoteId }, options)).records).filter(({ type }) => type === 'quote'),
  decode: (answer) => typed(answer as ResultOf<typeof certificateVerbs.submitQuote>),
}));

/** What is there already, and this holding, fit into the limit; a quote of this organisation that is open for it counts once. Throws CREDIT_LINE_EXCEEDED. */
async function requireWithin(session: Session, { skeleton, records }: Opened<HoldingSkeleton>, limit: string, options: CallOptions): Promise<void> {
  const record = Object.values(records).find(({ type }) => type === 'holding');
  const currency = typeof record?.['currency'] === 'string' ? record['currency'] : '';
  const exposure = (await exposureTo(session, { obligor: skeleton.obligor }, options))[currency] ?? 0n;
  const quoted = (await ask(session, certificateVerbs.quotesOf, { holdingId: skeleton.id }, options)).some(({ financier, state }) => financier === session.mspId && state === 'open');
  if (exposure + (quoted ? 0n : (rangeOf(record)?.amount ?? 0n)) > BigInt(limit)) throw new DualchainError('CREDIT_LINE_EXCEEDED', `With the holding ${skeleton.id} there would be more on ${skeleton.obligor} than your own limit allows; nothing was sent.`, { details: { holdingId: skeleton.id, obligor: skeleton.obligor } });
}
