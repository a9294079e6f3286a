import * as fc from 'fast-check';
import type { JsonObject } from '../types';
import { epcisEvent } from './events';
import { prefixes } from './extensions';

export interface GeneratedDocument {
  /** EPCIS 2.0 document in JSON-LD that passes the official JSON schema and validateEvent. */
  readonly document: JsonObject;
  readonly context: unknown;
  readonly events: readonly JsonObject[];
}

const standardContext = fc.constantFrom('https://ref.gs1.org/standards/epcis/epcis-context.jsonld', 'https://ref.gs1.org/standards/epcis/2.0.0/epcis-context.jsonld');

/** Valid documents over the whole schema: all event types and optional fields, both identifier forms, extensions, own contexts. */
export function epcisDocument(maxEvents = 3): fc.Arbitrary<GeneratedDocument> {
  return fc.tuple(prefixes, standardContext, fc.boolean(), fc.boolean()).chain(([declared, standard, split, query]) => {
    const parts = split ? Object.entries(declared).map(([prefix, uri]) => ({ [prefix]: uri })) : Object.keys(declared).length === 0 ? [] : [declared];
    const context = parts.length === 0 ? standard : [standard, ...parts];
    return fc.array(epcisEvent(declared), { minLength: 1, maxLength: maxEvents }).map((events) => {
      const frame = { '@context': context, schemaVersion: '2.0', creationDate: '2026-01-01T00:00:00.000Z' };
      const document = query
        ? { ...frame, type: 'EPCISQueryDocument', epcisBody: { queryResults: { queryName: 'SimpleEventQuery', resultsBody: { eventList: events } } } }
        : { ...frame, type: 'EPCISDocument', epcisBody: { eventList: events } };
      return { document, context, events };
    });
  });
}

/** Elements that EPCIS 1.2 wraps once, and those that came with 2.0, which its documents wrap twice. */
const wrappedOnce = ['quantityList', 'childQuantityList', 'sourceList', 'destinationList', 'ilmd'];
const wrappedTwice = ['sensorElementList', 'persistentDisposition'];

/** A document of writeEpcisXml in the form of EPCIS 1.2: the same events, with its wrappers. Each event stands on a line of its own. */
export function asVersion1(xml: string): string {
  const lines = xml.split('\n').map((line) => {
    const type = /^<(Object|Aggregation|Transaction|Transformation|Association)Event\b/.exec(line)?.[1];
    if (type === undefined) return line;
    const take = (names: readonly string[]): string => {
      let taken = '';
      for (const name of names) {
        line = line.replace(new RegExp(`<${name}>.*?</${name}>|<${name}/>`), (found) => {
          taken += found;
          return '';
        });
      }
      return taken;
    };
    const wrap = (name: string, content: string): string => (content === '' ? '' : `<${name}>${content}</${name}>`);
    const base = wrap('baseExtension', take(['eventID', 'errorDeclaration']));
    const newer = type === 'Association' || type === 'Transformation' ? '' : wrap('extension', take(wrappedOnce) + wrap('extension', take(wrappedTwice)));
    line = line.replace('</eventTimeZoneOffset>', () => `</eventTimeZoneOffset>${base}`).replace(/<\/[A-Za-z]+Event>$/, (end) => newer + end);
    if (type === 'Transformation') return `<extension>${line}</extension>`;
    return type === 'Association' ? `<extension><extension>${line}</extension></extension>` : line;
  });
  return lines.join('\n').replace(/urn:epcglobal:epcis(-query)?:xsd:2/, 'urn:epcglobal:epcis$1:xsd:1').replace('schemaVersion="2.0"', 'schemaVersion="1.2"');
}
