import * as fc from 'fast-check';
import { canonicalId, checkDigit, toUrn } from '../../gs1';

/** Identifiers with right check digits, as EPC URN, as Digital Link at any domain, and URIs of other kinds. */

const digits = (count: number): fc.Arbitrary<string> => fc.string({ unit: fc.constantFrom(...'0123456789'), minLength: count, maxLength: count });
const serial = fc.string({ unit: fc.constantFrom(...'ABCXYZabcxyz0123456789-._'), minLength: 1, maxLength: 12 });
const checked = (body: string): string => body + checkDigit(body);

/** Most GS1 keys begin with a company prefix that is not all zeros. */
const body = (count: number): fc.Arbitrary<string> => fc.tuple(fc.constantFrom('0614141', '4012345', '4054739', '9521141'), digits(count - 7)).map(([prefix, rest]) => prefix + rest);
const gtin = fc.tuple(fc.constantFrom('0', '1', '9'), body(12)).map(([indicator, rest]) => checked(indicator + rest));
const key = (path: string): string => `https://id.gs1.org/${path}`;

const sgtin = fc.tuple(gtin, serial).map(([code, number]) => key(`01/${code}/21/${number}`));
const lgtin = fc.tuple(gtin, serial).map(([code, lot]) => key(`01/${code}/10/${lot}`));
const gtinClass = gtin.map((code) => key(`01/${code}`));
const sscc = fc.tuple(fc.constantFrom('0', '3'), body(16)).map(([extension, rest]) => key(`00/${checked(extension + rest)}`));
const grai = fc.tuple(body(12), serial).map(([type, number]) => key(`8003/0${checked(type)}${number}`));
const giai = fc.tuple(body(7), serial).map(([prefix, number]) => key(`8004/${prefix}${number}`));
const gdti = fc.tuple(body(12), serial).map(([type, number]) => key(`253/${checked(type)}${number}`));
const gln = body(12).map((code) => key(`414/${checked(code)}`));
const sgln = fc.tuple(gln, serial).map(([place, extension]) => (extension === '0' ? place : `${place}/254/${extension}`));
const pgln = body(12).map((code) => key(`417/${checked(code)}`));
const own = fc.oneof(serial.map((name) => `urn:x-own:thing:${name}`), serial.map((name) => `https://own.example/things/${name}?v=1#a`), fc.uuid().map((id) => `urn:uuid:${id}`));

/** One of the ways to write a GS1 key. */
const written = (id: fc.Arbitrary<string>): fc.Arbitrary<string> =>
  fc.tuple(id, fc.constantFrom('urn', 'link', 'domain', 'query')).map(([link, form]) => {
    if (form === 'urn') return toUrn(link, 7);
    if (form === 'domain') return link.replace('https://id.gs1.org', 'https://shop.example/deep');
    return form === 'query' ? `${link}?17=261124` : link;
  });

export const instanceId = fc.oneof(written(fc.oneof(sgtin, sscc, grai, giai, gdti)), own);
export const classId = fc.oneof(written(fc.oneof(lgtin, gtinClass)), own);
export const placeId = fc.oneof(written(fc.oneof(gln, sgln)), own);
export const partyId = fc.oneof(written(pgln), own);
export const documentId = fc.oneof(written(gdti), own, serial.map((number) => `urn:epcglobal:cbv:bt:4012345000009:${number}`));
export const uri = own;

/** Different identifiers, however they are written. */
export const instanceIds = (minLength: number): fc.Arbitrary<string[]> => fc.uniqueArray(instanceId, { minLength, maxLength: 4, selector: canonicalId });
