import type { CertificateTerms, InputOf, InvoiceSkeleton, InvoiceTerms, Opened, ResultOf } from '@dualchain/model';
import { certificateVerbs, DualchainError, tradeVerbs } from '@dualchain/model';
import type { Certificate, Created } from '../results/objects';
import type { Loose } from '../results/typed';
import { toWire, typed } from '../results/typed';
import { action } from '../submission/action';
import { ask, openingsFor } from '../submission/ask';

export type IssueCertificateParameters = Loose<InputOf<typeof certificateVerbs.issueCertificate>>;
export type IssueCertificateResult = Created<Certificate>;

/**
 * The obligor's maker proposes a certificate over accepted invoices of one supplier. Its face is the sum of their
 * totals, in minor units: the client takes it from the invoices that the own peer holds.
 * With `creditLineId` its face is what was reserved for it on that line of a financier.
 * Throws NOT_FOUND, NOT_A_PARTY, WRONG_STATE, INVOICE_ALREADY_USED, AMOUNT_MISMATCH, TENOR_EXCEEDED, CREDIT_LINE_EXCEEDED, ALREADY_EXISTS.
 */
export const issueCertificate = action<IssueCertificateParameters, IssueCertificateResult>((parameters) => ({
  verb: certificateVerbs.issueCertificate,
  input: toWire(parameters),
  prepare: async (session, options) => {
    const { creditLineId, certificateId } = parameters;
    const invoices = await Promise.all(parameters.invoiceIds.map((id) => ask(session, tradeVerbs.openInvoice, { id }, options)));
    const reservations = creditLineId === undefined ? [] : [await ask(session, certificateVerbs.openReservation, { creditLineId, certificateId }, options)];
    return {
      parties: { obligor: session.mspId, supplier: parameters.supplier },
      openings: openingsFor(certificateVerbs.issueCertificate, ...invoices, ...reservations),
      sealed: termsOfInvoices(invoices),
    };
  },
  existing: async (session, options) => Object.values((await ask(session, certificateVerbs.openCertificate, { id: parameters.certificateId }, options)).records).filter(({ type }) => type === 'certificate'),
  decode: (answer) => typed(answer as ResultOf<typeof certificateVerbs.issueCertificate>),
}));

function termsOfInvoices(invoices: readonly Opened<InvoiceSkeleton>[]): CertificateTerms {
  const parts = invoices.map(({ skeleton: { id }, records }) => {
    const terms = Object.values(records).find(({ type }) => type === 'invoice') as (InvoiceTerms & { readonly type: string }) | undefined;
    if (terms === undefined) throw new DualchainError('OPENING_REQUIRED', `Your organisation holds no sealed terms of the invoice ${id}; a certificate is issued by the buyer of its invoices.`, { details: { invoiceId: id } });
    return { id, amount: terms.total, currency: terms.currency };
  });
  const [currency = '', ...others] = [...new Set(parts.map((part) => part.currency))];
  if (others.length > 0) throw new DualchainError('AMOUNT_MISMATCH', `The invoices are in different currencies (${[currency, ...others].join(', ')}); issue one certificate for each.`);
  return { face: parts.reduce((sum, { amount }) => sum + BigInt(amount), 0n).toString(), currency, invoices: parts.map(({ id, amount }) => ({ id, amount })) };
}
