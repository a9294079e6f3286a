import type { Page, Verb } from '@dualchain/model';
import type { CallOptions, Session } from '../session';
import { ask } from '../submission/ask';
import { checkParameters } from '../submission/plan';

/** How a list is fetched. */
export interface PageParameters {
  /** Items fetched at once, 1 to 500; default 100. */
  readonly pageSize?: number;
}

/** All items that a paged question answers, fetched page by page as they are read. Throws INVALID_INPUT at the first read. */
export async function* listOf<Input, Wire, Item>(session: Session, verb: Verb<Input, never, Page<Wire>>, parameters: Omit<Input, 'bookmark'>, decode: (item: Wire) => Item, options?: CallOptions): AsyncGenerator<Item, void, undefined> {
  const fixed = checkParameters(parameters);
  let bookmark = '';
  do {
    const page: Page<Wire> = await ask(session, verb, { ...fixed, ...(bookmark !== '' && { bookmark }) } as Input, options);
    for (const item of page.items) yield decode(item);
    bookmark = page.bookmark;
  } while (bookmark !== '');
}
