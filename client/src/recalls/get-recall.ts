import type { RecallReport } from '@dualchain/model';
import { traceVerbs } from '@dualchain/model';
import type { RecallId } from '../results/objects';
import type { Typed } from '../results/typed';
import { typed } from '../results/typed';
import type { CallOptions, Session } from '../session';
import { ask, orUndefined } from '../submission/ask';

export type GetRecallResult = Typed<Omit<RecallReport, 'bookmark'>>;

/** A recall with all that it flagged so far and the certificates, warehouse receipts and loans that rest on that; undefined if there is none. */
export function getRecall(session: Session, id: RecallId, options?: CallOptions): Promise<GetRecallResult | undefined> {
  return orUndefined(readAllPages(session, id, options));
}

async function readAllPages(session: Session, id: RecallId, options: CallOptions | undefined): Promise<GetRecallResult> {
  const first = await ask(session, traceVerbs.recall, { id }, options);
  const flags = [...first.flags];
  const certificates = [...first.certificates];
  const receipts = [...first.receipts];
  for (let { bookmark } = first; bookmark !== ''; ) {
    const page: RecallReport = await ask(session, traceVerbs.recall, { id, bookmark }, options);
    flags.push(...page.flags);
    certificates.push(...page.certificates);
    receipts.push(...page.receipts);
    bookmark = page.bookmark;
  }
  const { recall, spreading } = first;
  return typed({ recall, spreading, flags, certificates, receipts });
}
