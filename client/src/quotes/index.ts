export { acceptQuote } from './accept-quote';
export type { AcceptQuoteParameters, AcceptQuoteResult } from './accept-quote';
export { openQuote } from './open-quote';
export type { OpenQuoteParameters } from './open-quote';
export { quotesOf } from './quotes-of';
export { submitQuote } from './submit-quote';
export type { SubmitQuoteParameters, SubmitQuoteResult } from './submit-quote';
