import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import type { CaptureReport } from '../../client/src';
import { main } from '../../client/src/cli/main';
import { canonicalId, DualchainError, toQueryDocument } from '../../model/src';
import { describeWithData } from '../support/data';
import type { TestNetwork } from '../support/network';

const TRY = 60_000;

/** Real EPCIS documents: a whole chain from hatching and fishing to the packed fillet, and the examples of the standard. */
export function epcisSuite(network: TestNetwork): void {
  describeWithData('whole-chain', (directory) => {
    const file = path.join(directory, 'all_wholechain_events.jsonld');
    const lot = (name: string) => canonicalId(`urn:gdst:example.org:product:lot:class:${name}`);
    /** The lot that was packed, unpacked and packed again last (2022-10-31). */
    const last = lot('processor.2.v1-0122-2022');
    /**
     * Read off the document by hand: the fillet was made (2022-09-29) of a commingled lot (09-24), that of a farmed lot
     * and one that was fished (09-20), the farmed one of feed (2021-10-05) and fry from the hatchery (2022-08-02). The
     * other tuna and salmon of the document (fishcompany, processingcompany) went another way.
     */
    const ancestors = ['processor.10.commingle-01232022', 'fishfarm.1.farmed-tuna-01192022', 'fisherman01.tuna.v1-0122-2022', 'feedmill.1.ff11252021', 'hatchery.1.tf12012021'].map(lot);
    /** The pallet, which the fillet left on 2022-10-06 and 2022-11-03. */
    const pallet = canonicalId('urn:epc:id:sscc:08600031303.0003');
    /** Read off the document by hand: 9,876 kg were fished, shipped and received, and 10,000 kg of it went into the commingled lot. */
    const fished = lot('fisherman01.tuna.v1-0122-2022');
    let report: CaptureReport;

    beforeAll(async () => {
      network.doubt(fished);
      report = await (await network.as('processor')).trace.capture(file);
      await network.inStep();
    }, TRY);

    it('captures 31 of 31 events', () => {
      expect(report).toMatchObject({ total: 31, refused: [] });
      expect(report.captured).toHaveLength(31);
      expect(new Set(report.captured.map(({ eventId }) => eventId)).size).toBe(31);
    });

    it('traces the last lot back to hatching and fishing, and to nothing else', async () => {
      // Any member may ask; here one that reported nothing of it.
      const trace = await (await network.as('bank')).trace.traceBack({ id: last });
      expect(trace).toMatchObject({ truncated: false, frontier: [], cut: [] });
      expect(trace.nodes.map(({ id }) => id).filter((id) => id !== last).sort()).toEqual([...ancestors].sort());
    }, TRY);

    it('goes over the container in which the lot travelled', async () => {
      const trace = await (await network.as('bank')).trace.traceBack({ id: last });
      expect(trace.carriers.filter(({ content }) => content === last).map(({ id }) => id)).toContain(pallet);
      const inside = await (await network.as('bank')).trace.traceForward({ id: ancestors[3]! });
      expect(inside.nodes.map(({ id }) => id)).toEqual(expect.arrayContaining([last, pallet]));
    }, TRY);

    it('finds the last lot from each of its origins', async () => {
      for (const origin of ancestors.slice(2)) expect((await (await network.as('farm')).trace.traceForward({ id: origin })).nodes.map(({ id }) => id)).toContain(last);
    }, TRY);

    it('does not add up, and every auditor says where (invariant 16)', async () => {
      const found = (await network.audit()).map(({ verdicts }) => verdicts.flatMap(({ discrepancies }) => discrepancies.map(({ message }) => message)));
      // One organisation reports the whole document: what came and what went, along the chain, is short of 124 kg.
      for (const messages of found) expect(messages).toEqual([`ProcessorMSP reports that it shipped or used 19876 KGM of ${fished}, of which 19752 KGM were made there or came in`]);
    }, TRY);

    it('answers standard queries, each event once over all pages, as a document that can be captured again', async () => {
      const { trace } = await network.as('bank');
      const shipments = [];
      for await (const { event } of trace.queryAllEvents({ EQ_bizStep: 'shipping', EQ_bizLocation: 'urn:gdst:example.org:location:loc:processor.plant1', perPage: 1 })) shipments.push(event['eventTime']);
      expect(shipments).toEqual(['2022-09-30T11:12:04.4880000+00:00']);
      const first = await trace.queryEvents({ MATCH_anyEPCClass: last, orderBy: 'eventTime', orderDirection: 'ASC', perPage: 2 });
      const second = await trace.queryEvents({ MATCH_anyEPCClass: last, orderBy: 'eventTime', orderDirection: 'ASC', perPage: 2, nextPageToken: first.nextPageToken! });
      expect([first, second].map(({ events, nextPageToken }) => [events.map(({ event }) => String(event['eventTime']).slice(0, 10)), nextPageToken !== undefined])).toEqual([[['2022-09-29', '2022-09-29'], true], [['2022-10-31'], false]]);
      const all = [];
      for await (const event of trace.queryAllEvents({ GE_recordTime: new Date(0), perPage: 7 })) all.push(event);
      expect(all.map(({ id }) => id)).toEqual(expect.arrayContaining(report.captured.map(({ eventId }) => eventId)));
      expect(new Set(all.map(({ id }) => id)).size).toBe(all.length);
      const again = await (await network.as('processor')).trace.capture(toQueryDocument(all.filter(({ reporter }) => reporter === network.mspId('processor'))));
      expect(again.captured.filter(({ already }) => already !== true)).toEqual([]);
      await network.refused('bank', 'INVALID_INPUT', () => trace.queryEvents({ EQ_bizstep: 'shipping' }));
    }, TRY);

    it('says who holds the last lot, from whom it came, to whom it went, and whether it adds up', async () => {
      const { trace } = await network.as('bank');
      const party = (name: string) => `urn:gdst:example.org:party:${name}`;
      expect(await trace.custody({ id: last })).toMatchObject({ holder: { id: party('importer.1') }, owner: { id: party('importer.1') }, gaps: [], cut: [], hidden: [] });
      expect((await trace.oneStepForward({ id: last })).handOvers).toMatchObject([{ from: { id: party('processor.1') }, to: { id: party('importer.1') }, quantities: [{ unit: 'KGM', quantity: '5000' }] }]);
      expect((await trace.oneStepBack({ id: ancestors[0]! })).making.flatMap(({ items }) => items.map(({ handOver }) => handOver?.from.id))).toEqual([party('fishfarm.1'), party('fisherman01.1')]);
      expect((await trace.massBalance({ id: ancestors[0]! })).lines).toMatchObject([{ produced: '22000', consumed: '9876', onHand: '12124' }]);
      expect((await trace.massBalance({ id: fished })).problems).toMatchObject([{ rule: 'more than available', by: '124' }]);
      await network.refused('bank', 'NOT_FOUND', () => trace.custody({ id: lot('none') }));
    }, TRY);

    /** One row for each tracking event and lot, read off the document by hand. */
    it('exports the whole chain of the last lot for a regulator', async () => {
      const { rows, csv, xlsx, document, truncated } = await (await network.as('bank')).trace.exportRegulator({ id: last, descriptions: { [last]: '=Can of tuna' } });
      expect(truncated).toBe(false);
      expect(rows.map((row) => [row['Critical tracking event'], row['Food used or produced'], row['Traceability lot code'].split(':').at(-1), row.Quantity, row.Container === '' ? '' : 'in container'])).toEqual([
        ['Transformation', 'produced', 'feedmill.1.ff11252021', '10000', ''],
        ['Transformation', 'produced', 'hatchery.1.tf12012021', '1000', ''],
        ['Harvesting', 'produced', 'fisherman01.tuna.v1-0122-2022', '9876', ''],
        ['Harvesting', 'produced', 'fishfarm.1.farmed-tuna-01192022', '12000', ''],
        ['Shipping', '', 'fishfarm.1.farmed-tuna-01192022', '12000', ''],
        ['Receiving', '', 'fishfarm.1.farmed-tuna-01192022', '12000', ''],
        ['First land-based receiving', '', 'fisherman01.tuna.v1-0122-2022', '9876', ''],
        ['Shipping', '', 'fisherman01.tuna.v1-0122-2022', '9876', ''],
        ['Receiving', '', 'fisherman01.tuna.v1-0122-2022', '9876', ''],
        ['Transformation', 'used', 'fisherman01.tuna.v1-0122-2022', '10000', ''],
        ['Transformation', 'used', 'fishfarm.1.farmed-tuna-01192022', '12000', ''],
        ['Transformation', 'produced', 'processor.10.commingle-01232022', '22000', ''],
        ['Transformation', 'used', 'processor.10.commingle-01232022', '9876', ''],
        ['Transformation', 'produced', 'processor.2.v1-0122-2022', '5000', ''],
        ['Shipping', '', 'processor.2.v1-0122-2022', '5000', 'in container'],
        ['Receiving', '', 'processor.2.v1-0122-2022', '5000', 'in container'],
      ]);
      expect(csv.split('\r\n')).toHaveLength(rows.length + 2);
      expect(csv).toContain(",'=Can of tuna,");
      expect(Buffer.from(xlsx).subarray(0, 2).toString()).toBe('PK');
      expect(document.epcisBody.queryResults.resultsBody.eventList.length).toBeGreaterThanOrEqual(15);
    }, TRY);

    it('answers on the command line, and writes the files of the export', async () => {
      const connecting = ['--profile', network.network.profileDirectory('bank')];
      const folder = mkdtempSync(path.join(os.tmpdir(), 'dualchain-export-'));
      try {
        const events = await onCommandLine('events', 'EQ_bizStep=shipping', 'EQ_bizLocation=urn:gdst:example.org:location:loc:processor.plant1', '--out', path.join(folder, 'events.json'), ...connecting);
        expect(events).toMatchObject({ status: 0, text: expect.stringMatching(/2022-09-30T11:12:04 .*shipping/) as unknown });
        expect(JSON.parse(readFileSync(path.join(folder, 'events.json'), 'utf8'))).toMatchObject({ type: 'EPCISQueryDocument', epcisBody: { queryResults: { resultsBody: { eventList: [{ bizStep: 'shipping' }] } } } });
        expect(await onCommandLine('custody', last, ...connecting)).toMatchObject({ status: 0, text: expect.stringContaining('with importer.1 at importer.123') as unknown });
        expect(await onCommandLine('balance', ancestors[0]!, ...connecting)).toMatchObject({ status: 0, text: expect.stringContaining('adds up') as unknown });
        expect(await onCommandLine('balance', fished, ...connecting)).toMatchObject({ status: 1, text: expect.stringContaining('124 more than were there') as unknown });
        expect(await onCommandLine('export', last, '--out', folder, '--json', ...connecting)).toMatchObject({ status: 0, text: expect.stringContaining('"rows": 16') as unknown });
        expect(readdirSync(folder).sort()).toEqual(['events.json', ...['csv', 'json', 'xlsx'].map((kind) => `processor.2.v1-0122-2022.${kind}`)]);
        expect(await onCommandLine('events', 'EQ_bizstep=shipping', ...connecting)).toMatchObject({ status: 2, text: expect.stringContaining('write EQ_bizStep') as unknown });
      } finally {
        rmSync(folder, { recursive: true });
      }
    }, TRY);

    it('captures nothing a second time', async () => {
      const before = await network.objects();
      const again = await (await network.as('processor')).trace.capture(file);
      expect(again.captured.map(({ eventId, already }) => ({ eventId, already }))).toEqual(report.captured.map(({ eventId }) => ({ eventId, already: true })));
      expect(await network.objects()).toEqual(before);
    }, TRY);
  });

  describeWithData('gs1-epcis', (directory) => {
    it.each(existingFiles(directory))('%s is captured, or every event that is not is refused by path and rule', async (name) => {
      const carrier = await network.as('carrier');
      const outcome = await carrier.trace.capture(path.join(directory, name), { mode: 'proceed' }).catch((error: unknown) => error);
      if (outcome instanceof Error) {
        expect(outcome).toBeInstanceOf(DualchainError);
        const { code, details } = outcome as DualchainError;
        expect(code).toBe('INVALID_EPCIS');
        expect(details['problems']).toEqual(expect.arrayContaining([expect.objectContaining({ path: expect.stringMatching(/^\$/) as unknown, rule: expect.stringMatching(/./) as unknown, message: expect.stringMatching(/./) as unknown })]));
        return;
      }
      const { total, captured, refused } = outcome as CaptureReport;
      expect(total).toBeGreaterThan(0);
      expect(captured.length + refused.length).toBe(total);
      for (const { index, problems } of refused) {
        expect(problems.length).toBeGreaterThan(0);
        for (const problem of problems) expect(problem).toMatchObject({ event: index, path: expect.stringMatching(/^\$/) as unknown, rule: expect.stringMatching(/./) as unknown, message: expect.stringMatching(/./) as unknown });
      }
      for (const { eventId } of captured) expect(await carrier.trace.getEvent(eventId)).toMatchObject({ id: eventId });
    }, TRY);
  });
}

async function onCommandLine(...argv: readonly string[]): Promise<{ readonly status: number; readonly text: string }> {
  let text = '';
  const status = await main(argv, { write: (part) => void (text += part), error: (part) => void (text += part), colour: false });
  return { status, text };
}

function existingFiles(directory: string): string[] {
  try {
    return readdirSync(directory).filter((name) => name.endsWith('.jsonld'));
  } catch {
    return ['(absent)'];
  }
}
