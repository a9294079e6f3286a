import { canonicalId, eventLinks, parseEpcisDocument } from '@dualchain/model';
import { loadTopology } from '@dualchain/network';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { loadStory, scenariosFolder } from '../story/index';
import { lotsIn, readEpcisFile, reporterOf } from './epcis-demo';

const story = loadStory();
const { organisations } = loadTopology(path.join(scenariosFolder(), '..', 'network', 'consortium.yaml'));
const linksOf = (text: string) => {
  const input = parseEpcisDocument(text);
  return input.events.map(({ event }) => eventLinks(event, input.context));
};

describe('readEpcisFile', () => {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'dualchain-epcis-'));
  const file = (content: string | Uint8Array): string => {
    const name = path.join(folder, 'input.json');
    writeFileSync(name, content);
    return name;
  };
  afterAll(() => rmSync(folder, { recursive: true }));

  test.each([
    ['no JSON', '{"a":', 'INVALID_EPCIS', 'not JSON'],
    ['no UTF-8', Uint8Array.of(0xff, 0xfe), 'INVALID_INPUT', 'cannot be read'],
    ['no EPCIS', '[1]', 'INVALID_EPCIS', 'JSON object'],
    ['no events', '[]', 'INVALID_EPCIS', 'no events'],
  ] as const)('%s: one error that names the file', (_, content, code, text) => {
    const name = file(content);
    expect(() => readEpcisFile(name)).toThrow(expect.objectContaining({ code, exitCode: 2, message: expect.stringContaining(name) as string }));
    expect(() => readEpcisFile(name)).toThrow(text);
  });

  test('no file', () => {
    expect(() => readEpcisFile(path.join(folder, 'absent'))).toThrow(expect.objectContaining({ code: 'INVALID_INPUT', exitCode: 2 }));
  });

  test('a document', () => {
    expect(readEpcisFile(file(story.documents['06-brand-receives.jsonld']!)).input.events).toHaveLength(1);
  });
});

describe('reporterOf', () => {
  test.each(story.captures.filter(({ reporter }) => reporter !== 'regulator'))('$file is reported by the $reporter, at whose places it happened', ({ file, reporter }) => {
    expect(reporterOf(parseEpcisDocument(story.documents[file]), organisations)).toBe(reporter);
  });

  test('somebody reports what happened at places of nobody', () => {
    const event = { type: 'ObjectEvent', readPoint: { id: 'geo:29.56,106.55' } };
    expect(organisations.map(({ slug }) => slug)).toContain(reporterOf(parseEpcisDocument(event), organisations));
  });
});

describe('lotsIn', () => {
  test('lots in the order in which they appear, without pallets and transformations', () => {
    const links = story.captures.flatMap(({ file }) => linksOf(story.documents[file]!));
    const { lots, what } = lotsIn(links);
    expect(what).toBe('lot');
    expect([...lots].sort()).toEqual([...new Set(Object.values(story.lots).map(canonicalId))].sort());
    expect(lots.indexOf(canonicalId(story.lots.freshA))).toBeLessThan(lots.indexOf(canonicalId(story.lots.hotpotBase)));
  });

  test('single objects where there is no lot', () => {
    const links = linksOf(story.documents['05-carrier-custody.jsonld']!);
    expect(lotsIn(links)).toEqual({ what: 'object', lots: [canonicalId(story.pallets.processorFirst), canonicalId(story.pallets.processorSecond)] });
  });
});
