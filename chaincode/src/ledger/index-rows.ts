import type { ChaincodeStub } from 'fabric-shim-api';
import { keyOf } from './keys';
import type { ObjectType } from './keys';
import { readPage } from './pages';

/** Rows of the first page and of any page. */
const FIRST_PAGE = 50;
const LARGEST_PAGE = 1_000;
const FACTOR = 4;

/**
 * The keys of one kind in order, from a place on that need not exist, in pages that grow: who ends early has read little
 * in vain. Who reads decides where the range ends. In queries only: Fabric refuses writes beside pages.
 */
export async function* keysFrom(stub: ChaincodeStub, type: ObjectType, from: readonly string[]): AsyncGenerator<readonly string[], void, undefined> {
  let bookmark = keyOf(stub, type, from);
  for (let size = FIRST_PAGE; bookmark !== ''; size = Math.min(size * FACTOR, LARGEST_PAGE)) {
    const page = await readPage(stub, type, [], size, bookmark);
    for (const { key } of page.rows) yield stub.splitCompositeKey(key).attributes;
    bookmark = page.bookmark;
  }
}
