import fc from 'fast-check';
import { Findings } from './invariant';
import { StockBooks } from './stock-book';
import type { Entry } from './stock-book';

const units = ['KGM', 'EA'] as const;

interface Move extends Entry {
  readonly book: string;
  readonly comes: boolean;
}

const move = fc.record({ book: fc.constantFrom('a', 'b'), comes: fc.boolean(), unit: fc.constantFrom(...units, 'KGM', 'KGM'), quantity: fc.option(fc.bigInt({ min: 0n, max: 20n }), { nil: undefined, freq: 8 }) });
/** Each entry, or the taking back of an earlier one. */
const moves = fc.array(fc.tuple(move, fc.option(fc.nat(30), { nil: undefined, freq: 3 })), { maxLength: 40 });

/** The same from scratch: what is known of each book, by all entries that stand. */
function plainly(standing: readonly Move[], tolerance: bigint) {
  const found = { even: 0, unknown: 0, over: [] as string[] };
  for (const book of ['a', 'b']) {
    const own = standing.filter((each) => each.book === book);
    const [came, went] = [own.filter(({ comes }) => comes), own.filter(({ comes }) => !comes)];
    const told = (unit: string) => came.length > 0 && came.every((each) => each.unit === unit && each.quantity !== undefined);
    const sum = (list: readonly Move[], unit: string) => list.reduce((total, each) => total + (each.unit === unit ? (each.quantity ?? 0n) : 0n), 0n);
    const gone = units.filter((unit) => went.some((each) => each.unit === unit));
    const short = gone.filter((unit) => told(unit) && sum(went, unit) > sum(came, unit));
    for (const unit of short) {
      if (sum(went, unit) * 10_000n <= sum(came, unit) * (10_000n + tolerance)) found.even += 1;
      else found.over.push(`${book} ${unit} ${sum(came, unit)} ${sum(went, unit)}`);
    }
    if (short.length > 0 || gone.length === 0) continue;
    if (gone.every(told)) found.even += 1;
    else found.unknown += 1;
  }
  return found;
}

test('books that are kept entry by entry say what a recount says, whatever is taken back', () => {
  fc.assert(
    fc.property(moves, fc.constantFrom(0n, 500n), (script, tolerance) => {
      const books = new StockBooks();
      const standing: Move[] = [];
      for (const [index, [entry, back]] of script.entries()) {
        const where = { block: BigInt(index), transactionId: `tx-${index}` };
        const taken = back === undefined ? undefined : standing.splice(back % (standing.length + 1), 1)[0];
        const { book, comes, ...each } = taken ?? entry;
        if (comes) books.come(book, each, taken === undefined ? 1n : -1n, where);
        else books.go(book, each, taken === undefined ? 1n : -1n, where);
        if (taken === undefined) standing.push(entry);
      }
      const find = new Findings();
      const over = books.overdrawn(find, tolerance).map(({ name, unit, incoming, outgoing }) => `${name} ${unit} ${incoming} ${outgoing}`);
      expect({ even: find.checked, unknown: find.unseen, over: over.sort() }).toEqual({ ...plainly(standing, tolerance), over: plainly(standing, tolerance).over.sort() });
    }),
    { numRuns: 500 },
  );
});

test('a shortage is told where it began, and anew after it was put right', () => {
  const books = new StockBooks();
  const at = (block: bigint) => ({ block, transactionId: `tx-${block}` });
  const where = () => books.overdrawn(new Findings(), 0n).map((each) => each.where.block);
  books.come('a', { unit: 'KGM', quantity: 10n }, 1n, at(1n));
  books.go('a', { unit: 'KGM', quantity: 11n }, 1n, at(2n));
  books.go('a', { unit: 'KGM', quantity: 1n }, 1n, at(3n));
  expect(where()).toEqual([2n]);
  books.come('a', { unit: 'KGM', quantity: 2n }, 1n, at(4n));
  expect(where()).toEqual([]);
  books.go('a', { unit: 'KGM', quantity: 1n }, 1n, at(5n));
  expect(where()).toEqual([5n]);
});
