import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { DualchainError, eventLinks, parseContext, shortId, summary, toQueryDocument } from '@dualchain/model';
import type { CustodyAnswer, MassBalanceAnswer, Party } from '@dualchain/model';
import type { Command } from 'commander';
import { createColors } from 'picocolors';
import { reasonOf } from '../errors/system';
import type { TraceEventRecord } from '../results/objects';
import { withConnection } from './connected';
import type { Connecting } from './connected';
import type { Terminal } from './main';
import { table } from './table';
import { wholeNumber } from './whole-number';

const EXAMPLES = `
Examples:
  dualchain events EQ_bizStep=shipping GE_eventTime=2026-11-01T00:00:00Z --profile network/out/bank
  dualchain events MATCH_anyEPCClass=urn:epc:class:lgtin:9524001.000012.L7 orderBy=eventTime orderDirection=ASC --profile …
  dualchain events EQ_action=ADD EQ_action=DELETE --limit 500 --out events.json --profile …

A parameter that is given twice has two values, of which one must fit. docs/queries.md lists the parameters.`;

interface EventsOptions extends Connecting {
  readonly limit: number;
  readonly out?: string;
  readonly json: boolean;
}

interface LotOptions extends Connecting {
  readonly site?: string;
  readonly json: boolean;
}

interface ExportOptions extends Connecting {
  readonly out: string;
  readonly json: boolean;
}

/** Adds `events`, `custody`, `balance` and `export`. */
export function addQuestionCommands(program: Command, terminal: Terminal, exit: (code: number) => void): void {
  const asking = (command: Command) => command.requiredOption('--profile <folder>', 'your organisation').option('--user <name>', 'user of the profile', 'auditor').option('--json', 'write JSON', false);
  asking(program.command('events').description('events by the query parameters of EPCIS 2.0').argument('[parameters...]', 'name=value'))
    .option('--limit <number>', 'events at most', wholeNumber(6), 100)
    .option('--out <file>', 'write them as EPCIS query document')
    .addHelpText('after', EXAMPLES)
    .action(async (parameters: readonly string[], { limit, out, json, ...connecting }: EventsOptions) => {
      const query = queryOf(parameters);
      const { events, more } = await withConnection(connecting, async ({ trace }) => {
        const found: TraceEventRecord[] = [];
        for await (const event of trace.queryAllEvents({ ...query, perPage: Math.min(500, limit + 1) })) {
          if (found.length === limit) return { events: found, more: true };
          found.push(event);
        }
        return { events: found, more: false };
      });
      if (out !== undefined) await write(out, `${JSON.stringify(toQueryDocument(events), undefined, 2)}\n`);
      if (json) terminal.write(`${JSON.stringify({ events, more, ...(out === undefined ? {} : { out }) }, undefined, 2)}\n`);
      else terminal.write(`${printEvents(events)}${more ? `There are more; --limit says how many are shown.\n` : ''}${out === undefined ? '' : `They are in ${out}.\n`}`);
    });
  asking(program.command('custody').description('who holds and owns a lot or object, where and in what, and who held it before').argument('<id>', 'lot or object, as URN or Digital Link')).action(async (id: string, { json, ...connecting }: LotOptions) => {
    const answer = await withConnection(connecting, ({ trace }) => trace.custody({ id }));
    terminal.write(json ? `${JSON.stringify(answer, undefined, 2)}\n` : printCustody(answer, terminal.colour));
  });
  asking(program.command('balance').description('whether a lot adds up, site by site; exit status 1 where it does not').argument('<lot>', 'lot, as URN or Digital Link'))
    .option('--site <place>', 'only this place')
    .action(async (id: string, { site, json, ...connecting }: LotOptions) => {
      const answer = await withConnection(connecting, ({ trace }) => trace.massBalance({ id, ...(site === undefined ? {} : { site }) }));
      terminal.write(json ? `${JSON.stringify(answer, undefined, 2)}\n` : printBalance(answer, terminal.colour));
      exit(answer.problems.length === 0 ? 0 : 1);
    });
  asking(program.command('export').description("write a lot's whole chain for a regulator: sortable spreadsheet (FSMA 204) as CSV and XLSX, EPCIS query document").argument('<lot>', 'lot, as URN or Digital Link'))
    .requiredOption('--out <folder>', 'folder to write to')
    .action(async (id: string, { out, json, ...connecting }: ExportOptions) => {
      const { csv, xlsx, document, rows, lots, truncated, cut, hidden } = await withConnection(connecting, ({ trace }) => trace.exportRegulator({ id }));
      const name = shortId(id).replace(/[^A-Za-z0-9._-]+/g, '-');
      const files = [path.join(out, `${name}.csv`), path.join(out, `${name}.xlsx`), path.join(out, `${name}.json`)] as const;
      await write(files[0], csv);
      await write(files[1], xlsx);
      await write(files[2], `${JSON.stringify(document, undefined, 2)}\n`);
      const lacks = [...(truncated ? ['a bound of the trace was met'] : []), ...cut.map((each) => `${each} has more events than were read`), ...hidden.map((each) => `${each.events} sealed events of ${each.id} are not in it`)];
      if (json) terminal.write(`${JSON.stringify({ files, rows: rows.length, lots, truncated, cut, hidden }, undefined, 2)}\n`);
      else terminal.write(`${rows.length} rows about ${lots.length} lots, ${document.epcisBody.queryResults.resultsBody.eventList.length} events:\n${files.map((file) => `  ${file}\n`).join('')}${lacks.map((each) => `It is not complete: ${each}.\n`).join('')}`);
    });
}

function queryOf(parameters: readonly string[]): Record<string, string | readonly string[]> {
  const query = new Map<string, string[]>();
  for (const parameter of parameters) {
    // A name may be a URI, but holds no "=" that is not escaped.
    const at = parameter.indexOf('=');
    if (at < 1) throw new DualchainError('INVALID_INPUT', `"${parameter.slice(0, 100)}" is no parameter; write name=value, such as EQ_bizStep=shipping.`);
    const name = parameter.slice(0, at);
    query.set(name, [...(query.get(name) ?? []), parameter.slice(at + 1)]);
  }
  return Object.fromEntries([...query].map(([name, [first = '', ...more]]) => [name, more.length === 0 ? first : [first, ...more]]));
}

async function write(file: string, content: string | Uint8Array): Promise<void> {
  try {
    await mkdir(path.dirname(file), { recursive: true });
    await writeFile(file, content);
  } catch (cause) {
    throw new DualchainError('INVALID_INPUT', `${file} cannot be written: ${reasonOf(cause)}`, { details: { file }, cause });
  }
}

function printEvents(events: readonly TraceEventRecord[]): string {
  if (events.length === 0) return 'No event answers.\n';
  const rows = events.map(({ event, context, declarations, reporter }) => {
    const { time, type, action, step, what, where } = summary(eventLinks(event, parseContext(context)));
    return [time.slice(0, 19), type.replace('Event', ''), (declarations?.length ?? 0) > 0 ? 'ERROR' : action, step, what, where, reporter];
  });
  return table(['time', 'type', 'action', 'step', 'what', 'where', 'by'], rows);
}

function named({ id, mspId }: Party = {}): string {
  return mspId ?? (id === undefined ? 'somebody unnamed' : shortId(id));
}

function printCustody(answer: CustodyAnswer, colour: boolean): string {
  const { bold, yellow, dim } = createColors(colour);
  const { holder, owner, place, inTransit, ended, containers, disposition, onHand, chain, gaps } = answer;
  const state = ended !== undefined ? `${ended.how === 'used' ? 'used up' : 'taken out of being'} on ${ended.at}` : inTransit !== undefined ? `on the way from ${named(inTransit.from)} to ${named(inTransit.to)} since ${inTransit.since}` : `with ${named(holder)}${place === undefined ? '' : ` at ${shortId(place)}`}`;
  return [
    `${bold(shortId(answer.id))} is ${state}`,
    ...(owner === undefined ? [] : [`  ${dim('owner')}       ${named(owner)}`]),
    ...(disposition === undefined ? [] : [`  ${dim('disposition')} ${disposition}`]),
    ...containers.map(({ id, since }) => `  ${dim('inside')}      ${shortId(id)} since ${since}`),
    ...onHand.map(({ site, unit, quantity }) => `  ${dim('on hand')}     ${quantity} ${unit}${site === undefined ? '' : ` at ${shortId(site)}`}`),
    ...chain.map((span) => `  ${span.from} – ${span.until ?? 'now'}  ${span.how.padEnd(8)} ${named(span.holder)}${span.place === undefined ? '' : ` at ${shortId(span.place)}`}`),
    ...gaps.map((gap) => yellow(`  gap: ${gap.message}`)),
    ...lacking(answer).map((text) => yellow(text)),
    '',
  ].join('\n');
}

function printBalance(answer: MassBalanceAnswer, colour: boolean): string {
  const { bold, red, green, yellow } = createColors(colour);
  const { lines, processes, problems, uncounted } = answer;
  return [
    `${bold(shortId(answer.id))} ${problems.length === 0 ? green('adds up') : red('does not add up')}`,
    table(['site', 'received', 'produced', 'consumed', 'shipped', 'waste', 'on hand', 'unit'], lines.map(({ site = '', received, produced, consumed, shipped, waste, onHand, unit }) => [site === '' ? '' : shortId(site), received, produced, consumed, shipped, waste, onHand, unit])),
    ...processes.map((process) => `  ${process.kind}: ${process.yield === undefined ? 'input and output cannot be compared' : `yield ${process.yield}`}`),
    ...problems.map(({ message }) => red(`  ${message}`)),
    ...(uncounted.length === 0 ? [] : [yellow(`  ${uncounted.length} event${uncounted.length === 1 ? '' : 's'} without a quantity`)]),
    ...lacking(answer).map((text) => yellow(text)),
    '',
  ].join('\n');
}

function lacking({ cut, hidden }: Pick<CustodyAnswer, 'cut' | 'hidden'>): string[] {
  return [...cut.map((id) => `  ${shortId(id)} has more events than were read`), ...hidden.map(({ id, events }) => `  ${events} sealed events of ${shortId(id)} are not in this answer`)];
}
