import { row } from './table';
import type { StateTable } from './table';

export type QuoteState = 'open' | 'accepted' | 'paid out' | 'lapsed' | 'declined' | 'withdrawn';
export const quoteTable: StateTable<QuoteState> = {
  object: 'quote',
  transitions: [
    row([null], 'submitQuote', ['financier'], 'open', 'the financier was asked; the holding still has quotes open'),
    row([null], 'declineQuote', ['financier'], 'declined', 'the financier was asked; it says that it will not quote'),
    row(['open'], 'withdrawQuote', ['financier'], 'withdrawn', 'before the owner accepted it'),
    row(['open'], 'acceptQuote', ['owner'], 'accepted', 'before expiry'),
    row(['accepted'], 'confirmPayout', ['settler'], 'paid out'),
    row(['accepted'], 'cancelFinance', ['owner', 'financier'], 'lapsed', 'derived from the holding, as is the lapse of the quotes that were not accepted'),
  ],
};
