import type { ChaincodeStub, Iterators, StateQueryResponse } from 'fabric-shim-api';
import type { ObjectType } from './keys';

type Answer = StateQueryResponse<Iterators.StateQueryIterator>;

/** Rows of one page as they stand, and where the next one begins: '' after the last. */
export interface RowPage {
  readonly rows: readonly { readonly key: string; readonly value: Uint8Array }[];
  readonly bookmark: string;
}

/**
 * One page of rows under a prefix, from a bookmark on; '' begins. One message: the peer answers with the whole page and ends
 * the query by itself, so that nothing is left to close. In queries only: Fabric refuses writes beside pages.
 */
export async function readPage(stub: ChaincodeStub, type: ObjectType, prefix: readonly string[], size: number, bookmark: string): Promise<RowPage> {
  // An empty page comes without metadata, whatever its type says.
  const { iterator, metadata }: Partial<Answer> & Pick<Answer, 'iterator'> = await stub.getStateByPartialCompositeKeyWithPagination(type, [...prefix], size, bookmark);
  const rows: { readonly key: string; readonly value: Uint8Array }[] = [];
  for (let step = await iterator.next(); !step.done; step = await iterator.next()) rows.push(step.value);
  return { rows, bookmark: metadata?.bookmark ?? '' };
}
