import type { CreditNoteTerms, InvoiceDisputeTerms, InvoiceSkeleton, InvoiceTerms, Opened, WaiverTerms } from '@dualchain/model';
import { tradeVerbs } from '@dualchain/model';
import type { OpenedInvoice, InvoiceId } from '../results/objects';
import { termsOf, withTerms } from '../results/objects';
import type { CallOptions, Session } from '../session';
import { ask } from '../submission/ask';

/** An invoice with the sealed terms that the own organisation holds of it. Throws NOT_FOUND, WRONG_PEER. */
export async function openInvoice(session: Session, id: InvoiceId, options?: CallOptions): Promise<OpenedInvoice> {
  return readInvoice(await ask(session, tradeVerbs.openInvoice, { id }, options));
}

/** Typed form of an opened invoice. */
export function readInvoice(opened: Opened<InvoiceSkeleton>): OpenedInvoice {
  const { records } = opened;
  return {
    ...withTerms<InvoiceSkeleton, InvoiceTerms>(opened, 'invoice'),
    creditNote: termsOf<CreditNoteTerms>(records, 'creditNote'),
    waiver: termsOf<WaiverTerms>(records, 'waiver'),
    disputed: termsOf<InvoiceDisputeTerms>(records, 'invoiceDispute'),
  };
}
