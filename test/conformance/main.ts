import { findBinaries } from '../../network/src/fabric';
import { behaviours } from './behaviours';
import { observeAll } from './compare';

const WIDTH = 44;

/** `npm run conformance`: a table of behaviours on both engines. Exit code 1 if any differs. `--json`: everything observed. */
export async function main(argv: readonly string[]): Promise<number> {
  const found = findBinaries();
  const skipped = 'missing' in found ? found.message : undefined;
  const progress = (engine: string) => {
    let done = 0;
    return () => {
      done += 1;
      if (process.stderr.isTTY) process.stderr.write(`\r${engine}: ${done} of ${behaviours.length}${done === behaviours.length ? '\n' : ''}`);
    };
  };
  const embedded = await observeAll('embedded', progress('embedded'));
  const fabric = skipped === undefined ? await observeAll('fabric', progress('fabric')) : undefined;
  const rows = behaviours.map(({ name }) => {
    const [ours, theirs] = [embedded.get(name) ?? '', fabric?.get(name)];
    return { behaviour: name, embedded: ours, fabric: theirs, same: theirs === undefined ? undefined : ours === theirs };
  });
  const different = rows.filter(({ same }) => same === false);
  if (argv.includes('--json')) {
    process.stdout.write(`${JSON.stringify({ rows, different: different.length, skipped }, undefined, 2)}\n`);
    return different.length === 0 ? 0 : 1;
  }
  const widest = Math.max(...rows.map(({ behaviour }) => behaviour.length));
  const line = (behaviour: string, ours: string, theirs: string, same: string) => console.log(`${behaviour.padEnd(widest)}  ${cut(ours)}  ${cut(theirs)}  ${same}`);
  line('behaviour', 'embedded', 'fabric', 'same?');
  for (const row of rows) line(row.behaviour, row.embedded, row.fabric ?? 'skipped', row.same === undefined ? '-' : row.same ? 'yes' : 'NO');
  for (const row of different) console.log(`\nDIFFERENT ${row.behaviour}\n  embedded ${row.embedded}\n  fabric   ${row.fabric}`);
  console.log(skipped === undefined ? `\n${rows.length} behaviours, ${different.length} different` : `\nThe fabric column is skipped. ${skipped}`);
  return different.length === 0 ? 0 : 1;
}

function cut(text: string): string {
  return (text.length > WIDTH ? `${text.slice(0, WIDTH - 1)}…` : text).padEnd(WIDTH);
}
