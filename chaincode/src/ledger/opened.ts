import { fieldRoot, recordKey } from '@dualchain/model';
import type { Opened, Page, SealedRecord } from '@dualchain/model';
import type { Call } from './call';

const DEFAULT_PAGE = 50;

/** A skeleton with the caller's copy of its sealed record, if that is the one which the skeleton was written with. */
export function opened<Skeleton extends { readonly root?: string }>(skeleton: Skeleton, record: SealedRecord | undefined): Opened<Skeleton> {
  const present = record !== undefined && fieldRoot(record) === skeleton.root;
  return { skeleton, records: present ? { [recordKey(record.type, record.id)]: record } : {} };
}

/** One page of what the caller's organisation holds sealed records of, in order of id, each object opened by `open`; for queries only. Throws WRONG_PEER. */
export async function ownPage<Skeleton>({ sealed, input }: Pick<Call<{ pageSize?: number | undefined; bookmark?: string | undefined }>, 'sealed' | 'input'>, type: string, open: (id: string) => Promise<Opened<Skeleton>>): Promise<Page<Opened<Skeleton>>> {
  const pageSize = input.pageSize ?? DEFAULT_PAGE;
  const records = await sealed.ownPage(type, pageSize, input.bookmark);
  const items: Opened<Skeleton>[] = [];
  for (const { id } of records) items.push(await open(id));
  return { items, bookmark: records.length < pageSize ? '' : (records.at(-1)?.id ?? '') };
}
