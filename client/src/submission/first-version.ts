import type { SealedRecord } from '@dualchain/model';
import { tradeVerbs } from '@dualchain/model';
import type { CallOptions, Session } from '../session';
import { ask } from './ask';

/** The own sealed record with which an order or an invoice was created, whatever became of its terms since: creating it again is compared with that. */
export async function firstVersion(session: Session, type: 'order' | 'invoice', id: string, options?: CallOptions): Promise<readonly SealedRecord[]> {
  const { skeleton, records } = await ask(session, type === 'order' ? tradeVerbs.openOrder : tradeVerbs.openInvoice, { id }, options);
  if (skeleton.version === 1) return Object.values(records).filter((record) => record.type === type);
  const { items } = await ask(session, type === 'order' ? tradeVerbs.orderVersions : tradeVerbs.invoiceVersions, { id, pageSize: 1 }, options);
  return items.flatMap((item) => Object.values(item.records));
}
