import { readdirSync } from 'node:fs';
import path from 'node:path';
import type { CaptureReport } from '../../client/src';
import { canonicalId, DualchainError } from '../../model/src';
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

function existingFiles(directory: string): string[] {
  try {
    return readdirSync(directory).filter((name) => name.endsWith('.jsonld'));
  } catch {
    return ['(absent)'];
  }
}
