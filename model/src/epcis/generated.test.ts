// eslint-disable-next-line no-restricted-imports -- the model is pure; its tests read reference data in place
import { existsSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import Ajv from 'ajv';
import addFormats from 'ajv-formats';
import * as fc from 'fast-check';
import { canonicalEvent, eventHash, eventLinks, parseEpcisDocument, validateEvent, writeEpcisXml } from './index';
import type { EpcisInput } from './index';
import { asVersion1, epcisDocument } from './testing';

const runs = Number(process.env['EPCIS_RUNS'] ?? 60);
const schemaFile = resolve(__dirname, '../../../../shared/data/gs1-epcis/EPCIS-JSON-Schema.json');
const present = existsSync(schemaFile);
if (!present) console.info(`official JSON schema: ${schemaFile} is absent, test skipped`);

const forms = (input: EpcisInput): string[] => input.events.map(({ event }) => canonicalEvent(event, input.context));
const hashes = (input: EpcisInput): string[] => input.events.map(({ event }) => eventHash(event, input.context).preHash);
const problems = (input: EpcisInput) => input.events.flatMap(({ event, ...place }) => validateEvent(event, input.context, { ...place, now: '2026-11-24T08:00:00Z' }));

describe('documents over the whole schema', () => {
  test('are accepted, linked and hashed', () => {
    fc.assert(
      fc.property(epcisDocument(), ({ document }) => {
        const input = parseEpcisDocument(JSON.stringify(document));
        expect(problems(input)).toEqual([]);
        for (const { event } of input.events) eventLinks(event, input.context);
      }),
      { numRuns: runs },
    );
  });

  (present ? test : test.skip)('pass the official JSON schema', () => {
    const ajv = new Ajv({ strict: false, allErrors: true });
    addFormats(ajv);
    const validate = ajv.compile(JSON.parse(readFileSync(schemaFile, 'utf8')) as object);
    fc.assert(
      fc.property(epcisDocument(), ({ document }) => {
        validate(document);
        expect(validate.errors).toBeNull();
      }),
      { numRuns: runs },
    );
  });

  test('say the same in XML 2.0 and in XML 1.2: same canonical form, same hash', () => {
    fc.assert(
      fc.property(epcisDocument(), ({ document }) => {
        const json = parseEpcisDocument(JSON.stringify(document));
        const xml = writeEpcisXml(json.events.map(({ event }) => event), json.context, { creationDate: '2026-01-01T00:00:00Z', ...(json.kind === 'query' ? { queryName: 'Q' } : {}) });
        for (const text of [xml, asVersion1(xml)]) {
          const read = parseEpcisDocument(Buffer.from(text));
          expect(read).toMatchObject({ syntax: 'xml', kind: json.kind });
          expect(problems(read)).toEqual([]);
          expect(forms(read)).toEqual(forms(json));
          expect(hashes(read)).toEqual(hashes(json));
        }
      }),
      { numRuns: runs },
    );
  });

  test('written again from what was read, the XML is the same', () => {
    fc.assert(
      fc.property(epcisDocument(), ({ document }) => {
        const options = { creationDate: '2026-01-01T00:00:00Z' };
        const json = parseEpcisDocument(document);
        const read = parseEpcisDocument(writeEpcisXml(json.events.map(({ event }) => event), json.context, options));
        const again = parseEpcisDocument(writeEpcisXml(read.events.map(({ event }) => event), read.context, options));
        expect(again.events).toEqual(read.events);
        expect(again.rawContext).toEqual(read.rawContext);
      }),
      { numRuns: runs },
    );
  });
});
