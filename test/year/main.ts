import { parseArgs } from 'node:util';
import { planYear } from './plan/year-plan';
import { YearError } from './play';
import { yearText } from './report';
import { runYear } from './year';

const usage = `npm run test:year -- [--certificates N] [--seed N] [--lanes N]

Plays a year of business (default 1000 certificates, about 20 transitions each, 30 scripts at once) on the embedded
network: 23 of 100 invoices disputed, 36 of 100 certificates paid late, recalls, freezes, two defaults. Every organisation
audits its own ledger week by week, and at the end the ledgers are compared with the plan.`;

/** Weeks between two lines of progress. */
const TOLD = 4;
/** Certificates in which the rarest of what may happen has room. */
const LEAST = 3;

/** `npm run test:year`. Exit code 0 if the year ends as planned with every ledger clean, 1 if not, 2 on a wrong argument. */
export async function main(argv: readonly string[]): Promise<number> {
  const options = read(argv);
  if (typeof options === 'string') {
    console.error(`${options}\n\n${usage}`);
    return 2;
  }
  const began = performance.now();
  const seconds = () => (performance.now() - began) / 1000;
  const plan = planYear(options.certificates, options.seed);
  const planned = [...plan.transitions.values()].reduce((all, count) => all + count, 0);
  console.log(`A year of business: ${options.certificates} certificates, ${planned} transitions, seed ${options.seed}`);
  const memory = () => Math.round(process.memoryUsage().rss / 2 ** 20);
  try {
    const year = await runYear(plan, {
      lanes: options.lanes,
      onWeek: ({ week, transitions, blocks }) => {
        if (week % TOLD === 0 || week === plan.weeks - 1) console.log(`week ${String(week).padStart(2)} of ${plan.weeks - 1}: ${transitions} transitions in ${blocks} blocks, 8 ledgers clean (${seconds().toFixed(0)} s, ${memory()} MiB)`);
      },
    });
    console.log(`\n${yearText(plan, year, seconds())}`);
    return year.difference === undefined ? 0 : 1;
  } catch (error) {
    if (!(error instanceof YearError)) throw error;
    console.log(`\nFAILED after ${seconds().toFixed(0)} s (seed ${options.seed})\n${error.message}`);
    return 1;
  }
}

function read(argv: readonly string[]): { certificates: number; seed: number; lanes: number } | string {
  try {
    const { values } = parseArgs({ args: [...argv], options: { certificates: { type: 'string', default: '1000' }, seed: { type: 'string', default: '1' }, lanes: { type: 'string', default: '30' } } });
    const numbers = { certificates: Number(values.certificates), seed: Number(values.seed), lanes: Number(values.lanes) };
    const wrong = Object.entries(numbers).find(([name, value]) => !Number.isSafeInteger(value) || value < (name === 'certificates' ? LEAST : name === 'seed' ? 0 : 1));
    return wrong === undefined ? numbers : `--${wrong[0]} must be a whole number${wrong[0] === 'certificates' ? ` of at least ${LEAST}` : ''}.`;
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}
