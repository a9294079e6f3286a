import { tradeVerbs } from '@dualchain/model';
import type { OpenedInvoice } from '../results/objects';
import { listOf } from '../results/pages';
import type { PageParameters } from '../results/pages';
import type { CallOptions, Session } from '../session';
import { readInvoice } from './open-invoice';

export type InvoicesParameters = PageParameters;

/** The invoices of the own organisation, with their sealed terms. */
export function invoices(session: Session, parameters: InvoicesParameters = {}, options?: CallOptions): AsyncGenerator<OpenedInvoice, void, undefined> {
  return listOf(session, tradeVerbs.invoices, parameters, readInvoice, options);
}
