import { recordTable } from './record-table';
import { verbs } from './verbs';

const all = Object.values(verbs).flatMap((contract) => Object.values(contract));

it.each(all.filter(({ openings }) => openings.length > 0).map(({ name, openings }) => [name, openings] as const))('%s shows endorsers records that stand in the table', (_, openings) => {
  expect(Object.keys(recordTable)).toEqual(expect.arrayContaining([...openings]));
});

it('says of every record what its id is, what it holds and who holds it', () => {
  for (const [type, entry] of Object.entries(recordTable)) expect({ type, empty: Object.values(entry).filter((text: string) => text.trim() === '') }).toEqual({ type, empty: [] });
});
