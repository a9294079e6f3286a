import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { custodyOf, eventLinks, massBalance, oneStep, parseEpcisDocument, processKindOf } from '@dualchain/model';
import type { QuestionSource } from '@dualchain/model';

const file = path.resolve(__dirname, '../../../../shared/data/whole-chain/all_wholechain_events.jsonld');
const here = existsSync(file);
if (!here) process.stderr.write(`SKIP questions about a whole chain: ${file} is not on this machine\n`);

/** A published chain of tuna and salmon from feed and fry to the can, read by hand; events by their place in the document. */
(here ? describe : describe.skip)('real input whole-chain', () => {
  let source: QuestionSource;
  const lot = (name: string, company = 'example.org') => `urn:gdst:${company}:product:lot:class:${name}`;
  const place = (name: string, company = 'example.org') => `urn:gdst:${company}:location:loc:${name}`;

  beforeAll(() => {
    const { events, context } = parseEpcisDocument(readFileSync(file));
    const told = events.map(({ event, index }) => {
      const links = eventLinks(event, context);
      return { id: `e${index}`, reporter: 'ProcessorMSP', links, process: processKindOf(links, event) };
    });
    source = { events: (id) => Promise.resolve(told.filter(({ links }) => links.subjects.includes(id))), memberOf: () => undefined };
  });

  const balance = async (name: string, company?: string) => {
    const { lines, totals, processes, problems, uncounted } = await massBalance(lot(name, company), source);
    return { lines: lines.map(({ site, received, produced, consumed, shipped, waste, onHand }) => [site, received, produced, consumed, shipped, waste, onHand]), inTransit: totals.map((total) => total.inTransit), processes: processes.map(({ kind, yield: ratio, within }) => [kind, ratio, within]), problems: problems.map(({ rule, by, events }) => [rule, by, events]), uncounted };
  };

  it('the can: 5,000 kg made of 9,876 kg (e24), packed and shipped on the pallet (e25, e26), received by the importer in it (e27); packed and unpacked once more (e29, e30), which moves nothing', async () => {
    expect(await balance('processor.2.v1-0122-2022')).toEqual({
      lines: [
        [place('importer.123'), '5000', '0', '0', '0', '0', '5000'],
        [place('processor.plant1'), '0', '5000', '0', '5000', '0', '0'],
      ],
      inTransit: ['0'],
      processes: [['processing', '0.506277', true]],
      problems: [],
      uncounted: [],
    });
  });

  it('the commingled lot: 12,000 + 10,000 = 22,000 kg (e23), of which 9,876 went into the can (e24): 12,124 kg are left', async () => {
    expect(await balance('processor.10.commingle-01232022')).toEqual({
      lines: [[place('processor.plant1'), '0', '22000', '9876', '0', '0', '12124']],
      inTransit: ['0'],
      processes: [['commingling', '1', true], ['processing', '0.506277', true]],
      problems: [],
      uncounted: [],
    });
  });

  it('the fished tuna: 9,876 kg caught (e15), transshipped and landed (e18, e20), shipped and received (e21, e22), and 10,000 kg of it commingled (e23): 124 kg that were never there', async () => {
    const gln = (number: string) => `https://id.gs1.org/414/${number}`;
    expect(await balance('fisherman01.tuna.v1-0122-2022')).toEqual({
      lines: [
        [gln('0860003130315'), '0', '9876', '0', '9876', '0', '0'],
        [gln('0860003130322'), '9876', '0', '0', '9876', '0', '0'],
        [gln('0860003130339'), '9876', '0', '0', '9876', '0', '0'],
        [place('processor.plant1'), '9876', '0', '10000', '0', '0', '-124'],
      ],
      inTransit: ['0'],
      processes: [['commingling', '1', true]],
      problems: [['more than available', '124', ['e23']]],
      uncounted: [],
    });
  });

  it('the farmed tuna grew: 10,000 kg of feed and 1,000 of fry gave 12,000 kg (e16), all of which was shipped (e17), received (e19) and commingled (e23)', async () => {
    expect(await balance('fishfarm.1.farmed-tuna-01192022')).toEqual({
      lines: [
        [place('fishfarm.1'), '0', '12000', '0', '12000', '0', '0'],
        [place('processor.plant1'), '12000', '0', '12000', '0', '0', '0'],
      ],
      inTransit: ['0'],
      processes: [['growth', '1.090909', true], ['commingling', '1', true]],
      problems: [],
      uncounted: [],
    });
  });

  it('the feed: 10,000 kg made at the mill (e0) and used at the farm (e16); nobody captured how it got there', async () => {
    expect(await balance('feedmill.1.ff11252021')).toMatchObject({ lines: [[place('feedmill.1'), '0', '10000', '0', '0', '0', '10000'], [place('fishfarm.1'), '0', '0', '10000', '0', '0', '-10000']], problems: [['more than available', '10000', ['e16']]] });
  });

  it('the headed tuna: 7,000 of 10,000 kg (e5), brought from boat to boat to port (e7, e8), packed with 1,000 kg of salmon (e9), shipped and received on that pallet (e10, e11), filleted (e13)', async () => {
    expect(await balance('fishcompany.hgtuna.8a25a035', 'wholechain.com')).toEqual({
      lines: [
        [place('fishcompany.boat1', 'wholechain.com'), '0', '7000', '0', '7000', '0', '0'],
        [place('fishcompany.boat2', 'wholechain.com'), '7000', '0', '0', '7000', '0', '0'],
        [place('fishcompany.portsd', 'wholechain.com'), '7000', '0', '0', '7000', '0', '0'],
        [place('processingcompany.plant1', 'wholechain.com'), '7000', '0', '7000', '0', '0', '0'],
      ],
      inTransit: ['0'],
      processes: [['processing', '0.7', true], ['processing', '0.857142', true]],
      problems: [],
      uncounted: [],
    });
    expect((await balance('fishcompany.sal-whole.eiwo493', 'wholechain.com')).lines).toEqual([[place('fishcompany.portsd', 'wholechain.com'), '0', '1000', '0', '1000', '0', '0'], [place('processingcompany.plant1', 'wholechain.com'), '1000', '0', '0', '0', '0', '1000']]);
    expect((await balance('fishcompany.sal-fry.weio348', 'wholechain.com')).processes).toEqual([['growth', '4', true]]);
  });

  it('a narrower band of the caller is broken by the yield of the can', async () => {
    const { problems } = await massBalance(lot('processor.2.v1-0122-2022'), source, { bands: { processing: { min: '0.6', max: '0.8' } } });
    expect(problems.map(({ rule, events }) => [rule, events])).toEqual([['yield', ['e24']]]);
  });

  it('one step back from the commingled lot: what went in, and who sent it to the processor', async () => {
    const { handOvers, making } = await oneStep('back', lot('processor.10.commingle-01232022'), source);
    expect(handOvers).toEqual([]);
    expect(making.map(({ events, items }) => [events, items.map(({ id, quantity, handOver }) => [id, quantity, handOver?.from.id, handOver?.to.id, handOver?.quantities, handOver?.events])])).toEqual([
      [
        ['e23'],
        [
          [lot('fishfarm.1.farmed-tuna-01192022'), '12000', 'urn:gdst:example.org:party:fishfarm.1', 'urn:gdst:example.org:party:processor.1', [{ unit: 'KGM', quantity: '12000' }], ['e17', 'e19']],
          [lot('fisherman01.tuna.v1-0122-2022'), '10000', 'urn:gdst:example.org:party:fisherman01.1', 'urn:gdst:example.org:party:processor.1', [{ unit: 'KGM', quantity: '9876' }], ['e21', 'e22']],
        ],
      ],
    ]);
  });

  it('one step forward from the can: to the importer, on the pallet', async () => {
    const { handOvers, making } = await oneStep('forward', lot('processor.2.v1-0122-2022'), source);
    expect(making).toEqual([]);
    expect(handOvers).toEqual([{ under: 'urn:epc:id:sscc:08600031303.0003', from: { id: 'urn:gdst:example.org:party:processor.1' }, to: { id: 'urn:gdst:example.org:party:importer.1' }, fromPlace: place('processor.plant1'), toPlace: place('importer.123'), shipped: '2022-09-30T11:12:04.488Z', received: '2022-10-05T11:12:14.921Z', documents: [], quantities: [{ unit: 'KGM', quantity: '5000' }], events: ['e26', 'e27'] }]);
  });

  it('the can is with the importer, who owns it; the farmed tuna is used up', async () => {
    expect(await custodyOf(lot('processor.2.v1-0122-2022'), source)).toMatchObject({ holder: { id: 'urn:gdst:example.org:party:importer.1' }, owner: { id: 'urn:gdst:example.org:party:importer.1' }, place: place('importer.123'), containers: [], disposition: 'active', gaps: [], chain: [{ how: 'begun', until: '2022-09-30T11:12:04.488Z' }, { how: 'received', from: '2022-10-05T11:12:14.921Z', under: 'urn:epc:id:sscc:08600031303.0003' }] });
    const farmed = await custodyOf(lot('fishfarm.1.farmed-tuna-01192022'), source);
    expect(farmed).toMatchObject({ ended: { how: 'used', event: 'e23' }, onHand: [], gaps: [] });
    expect(farmed).not.toHaveProperty('holder');
  });
});
