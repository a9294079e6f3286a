import { compareUtf8 } from '@dualchain/model';
import type { SubjectEntry } from '@dualchain/model';
import type { ChaincodeStub } from 'fabric-shim-api';
import { decode } from './codec';
import { keyOf } from './keys';
import { readPage } from './pages';
import type { RowPage } from './pages';

/** One row of the index of an identifier. */
export interface SubjectRow {
  readonly time: string;
  readonly eventId: string;
  readonly entry: SubjectEntry;
}

/** Rows of the first page, and of any page, at most. */
const FIRST_PAGE = 256;
const LARGEST_PAGE = 2_000;
/** A page has room for a few rows more than the next identifier needs: they show whether its neighbours are wanted too. */
const NEIGHBOURS = 3;
/** By how much pages grow and shrink at once. */
const FACTOR = 4;
/** Bytes that a page is meant to have at most; a page is one message. */
const PAGE_BYTES = 2_000_000;
/** Reading on over rows that nobody wants pays while at least so many of them are wanted: a message takes as long as tens of rows. */
const WORTHWHILE = 0.15;

/**
 * Reads the index rows of many identifiers in the order of their keys: a page of rows from the first one wanted on,
 * and where the next one wanted is not in it, another page from there. The lots of a product and the pallets of a
 * company are neighbours in the index, so that a page serves many: it is made as long as those wanted of one family seem
 * to need. Where few of the rows between them are wanted, each is read on its own instead, a message each and no more.
 *
 * In queries only: Fabric refuses writes beside pages. A page starts where its bookmark says, as every page does.
 */
export class SubjectRows {
  /** Messages to the peer so far. */
  messages = 0;
  /** Rows read so far, wanted or not. */
  rows = 0;
  readonly #stub: ChaincodeStub;
  #largest = FIRST_PAGE;
  /** Rows of one identifier, bytes of a row, and the share of wanted rows where several identifiers were met, as seen lately. */
  #rowsOfOne = 4;
  #bytesOfRow = 300;
  #share = 1;

  constructor(stub: ChaincodeStub) {
    this.#stub = stub;
  }

  /** The rows of each identifier that has any, in order of time; of one with more than `limit`, the first so many and one. */
  async read(ids: readonly string[], limit: number): Promise<Map<string, SubjectRow[]>> {
    const wanted = [...new Set(ids)].sort(compareUtf8);
    const found = new Map<string, SubjectRow[]>();
    let next = 0;
    /** Goes on to the first identifier wanted that does not lie before this one: what was before it has been read to its end. */
    const seek = (subject: string): string | undefined => {
      for (let id = wanted[next]; id !== undefined; id = wanted[(next += 1)]) if (id === subject || compareUtf8(id, subject) > 0) return id;
      return undefined;
    };
    let bookmark = '';
    for (let id = wanted[next]; id !== undefined; id = wanted[next]) {
      const page = await this.#readPage(bookmark === '' ? keyOf(this.#stub, 'subject', [id]) : bookmark, this.#sizeFor(wanted, next, bookmark === '' ? 0 : (found.get(id)?.length ?? 0)));
      const before = found.size;
      let used = 0;
      for (const { key, value } of page.rows) {
        const [subject = '', time = '', eventId = ''] = this.#stub.splitCompositeKey(key).attributes;
        if (id !== subject) id = seek(subject);
        if (id === undefined) break;
        if (id !== subject) continue;
        const rows = found.get(id) ?? [];
        if (rows.length === 0) found.set(id, rows);
        if (rows.length > limit) continue;
        rows.push({ time, eventId, entry: decode<SubjectEntry>(value) as SubjectEntry });
        used += 1;
      }
      if (page.bookmark === '') break;
      const [following = ''] = this.#stub.splitCompositeKey(page.bookmark).attributes;
      const goesOn = seek(following) === following;
      const cut = goesOn && (found.get(following)?.length ?? 0) > limit;
      if (cut) next += 1;
      bookmark = goesOn && !cut ? page.bookmark : '';
      this.#learn(used, page.rows.length, found.size - before);
    }
    return found;
  }

  /** As many rows as the identifiers of the next one's family have, with those between them, if that has paid so far; of one that goes on, as many again as it had. */
  #sizeFor(wanted: readonly string[], next: number, had: number): number {
    const family = familyOf(wanted[next] ?? '');
    let count = 1;
    while (wanted[next + count]?.startsWith(family) === true) count += 1;
    const rows = Math.max(Math.min((count * this.#rowsOfOne) / this.#share, this.#largest), this.#rowsOfOne, had);
    return Math.ceil(Math.min(rows, LARGEST_PAGE, PAGE_BYTES / this.#bytesOfRow)) + NEIGHBOURS;
  }

  #learn(used: number, read: number, identifiers: number): void {
    const share = used / Math.max(read, 1);
    if (identifiers > 0) this.#rowsOfOne = (this.#rowsOfOne + used / identifiers) / 2;
    if (identifiers > 1) this.#share = (this.#share + share) / 2;
    if (share < WORTHWHILE) this.#largest = Math.max(1, this.#largest / FACTOR);
    else if (identifiers > 1) this.#largest = Math.min(LARGEST_PAGE, Math.max(this.#largest, read) * FACTOR);
  }

  async #readPage(start: string, size: number): Promise<RowPage> {
    const page = await readPage(this.#stub, 'subject', [], size, start);
    const { length } = page.rows;
    this.messages += 1;
    this.rows += length;
    if (length > 0) this.#bytesOfRow = Math.ceil(page.rows.reduce((bytes, { key, value }) => bytes + key.length + value.length, 0) / length);
    return page;
  }
}

/** What neighbours have in common: all but the last part, such as the product of a lot, and of a number all but its last digits. */
function familyOf(id: string): string {
  return id.slice(0, id.length - Math.max(6, id.length - 1 - id.lastIndexOf('/')));
}
