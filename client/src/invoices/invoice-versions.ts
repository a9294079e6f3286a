import type { InvoiceTerms, VersionRecord } from '@dualchain/model';
import { tradeVerbs } from '@dualchain/model';
import type { EarlierVersion } from '../results/objects';
import { withTerms } from '../results/objects';
import { listOf } from '../results/pages';
import type { PageParameters } from '../results/pages';
import type { CallOptions, Session } from '../session';

export interface InvoiceVersionsParameters extends PageParameters {
  readonly id: string;
}

/** Earlier versions of an invoice, oldest first, with the sealed terms that the own organisation holds of them. */
export function invoiceVersions(session: Session, parameters: InvoiceVersionsParameters, options?: CallOptions): AsyncGenerator<EarlierVersion<InvoiceTerms>, void, undefined> {
  return listOf(session, tradeVerbs.invoiceVersions, parameters, (opened) => withTerms<VersionRecord, InvoiceTerms>(opened, 'invoiceVersion'), options);
}
