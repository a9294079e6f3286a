import { tradeVerbs } from '@dualchain/model';
import type { Invoice, InvoiceId } from '../results/objects';
import { typed } from '../results/typed';
import type { CallOptions, Session } from '../session';
import { ask, orUndefined } from '../submission/ask';

/** The public side of an invoice, as the own peer has it; undefined if there is none. */
export function getInvoice(session: Session, id: InvoiceId, options?: CallOptions): Promise<Invoice | undefined> {
  return orUndefined(requireInvoice(session, id, options));
}

/** The public side of an invoice, as the own peer has it. Throws NOT_FOUND. */
export async function requireInvoice(session: Session, id: InvoiceId, options?: CallOptions): Promise<Invoice> {
  return typed(await ask(session, tradeVerbs.invoice, { id }, options));
}
