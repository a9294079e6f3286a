import * as fc from 'fast-check';
import { DualchainError } from '../errors';
import { adviseId, canonicalId, checkDigit, checkId, classOf, glnOf, hasCheckDigit, parseKey, toUrn } from './index';

const pairs: [urn: string, link: string, prefix: number][] = [
  ['urn:epc:id:sgtin:0614141.107346.2017', 'https://id.gs1.org/01/10614141073464/21/2017', 7],
  ['urn:epc:id:sgtin:0614141.812345.6789%2F%26%25%22!%3F()', 'https://id.gs1.org/01/80614141123458/21/6789%2F%26%25%22%21%3F%28%29', 7],
  ['urn:epc:class:lgtin:4054739.099914.20160711', 'https://id.gs1.org/01/04054739999148/10/20160711', 7],
  ['urn:epc:idpat:sgtin:4054739.099914.*', 'https://id.gs1.org/01/04054739999148', 7],
  ['urn:epc:id:upui:1234567.098765.51qIgY)%3C%26Jp3*j7SDB', 'https://id.gs1.org/01/01234567987651/235/51qIgY%29%3C%26Jp3%2Aj7SDB', 7],
  ['urn:epc:id:itip:4012345.012345.01.02.999', 'https://id.gs1.org/8006/040123451234560102/21/999', 7],
  ['urn:epc:idpat:itip:4012345.012345.01.02.*', 'https://id.gs1.org/8006/040123451234560102', 7],
  ['urn:epc:id:sscc:4012345.0000000333', 'https://id.gs1.org/00/040123450000003338', 7],
  ['urn:epc:id:sgln:0614141.07346.1234', 'https://id.gs1.org/414/0614141073467/254/1234', 7],
  ['urn:epc:id:sgln:4012345.00005.0', 'https://id.gs1.org/414/4012345000054', 7],
  ['urn:epc:id:pgln:999999999999.', 'https://id.gs1.org/417/9999999999994', 12],
  ['urn:epc:id:grai:4012345.66666.87', 'https://id.gs1.org/8003/0401234566666387', 7],
  ['urn:epc:idpat:grai:4012345.66666.*', 'https://id.gs1.org/8003/04012345666663', 7],
  ['urn:epc:id:giai:4012345.AAbb', 'https://id.gs1.org/8004/4012345AAbb', 7],
  ['urn:epc:id:gsrn:4012345.9876540000', 'https://id.gs1.org/8018/401234598765400000', 7],
  ['urn:epc:id:gsrnp:4012345.0000098765', 'https://id.gs1.org/8017/401234500000987658', 7],
  ['urn:epc:id:gdti:987659999999..9', 'https://id.gs1.org/253/98765999999929', 12],
  ['urn:epc:idpat:gdti:4012345.55555.*', 'https://id.gs1.org/253/4012345555554', 7],
  ['urn:epc:id:cpi:0614141.11111111111111-A%23%2F.1234', 'https://id.gs1.org/8010/061414111111111111111-A%23%2F/8011/1234', 7],
  ['urn:epc:idpat:cpi:4012345.ABC.*', 'https://id.gs1.org/8010/4012345ABC', 7],
  ['urn:epc:id:sgcn:4012345.99999.44', 'https://id.gs1.org/255/401234599999044', 7],
  ['urn:epc:id:ginc:0614141.xyz47%2F11', 'https://id.gs1.org/401/0614141xyz47%2F11', 7],
  ['urn:epc:id:gsin:4012345.999987654', 'https://id.gs1.org/402/40123459999876541', 7],
];

describe('canonical form', () => {
  test.each(pairs)('%s meets %s', (urn, link, prefix) => {
    expect(canonicalId(urn)).toBe(link);
    expect(canonicalId(link)).toBe(link);
    expect(toUrn(link, prefix)).toBe(urn);
    expect(checkId(urn)).toBeUndefined();
    expect(checkId(link)).toBeUndefined();
  });

  test.each([
    ['https://example.com/gtin/09780345418913/21/765tz?abc=211121', 'https://id.gs1.org/01/09780345418913/21/765tz'],
    ['http://shop.example/a/b/01/4012345123456/ser/ABC524#x', 'https://id.gs1.org/01/04012345123456/21/ABC524'],
    ['https://id.gs1.org/01/09780345418913/22/344/10/1223/21/765tz', 'https://id.gs1.org/01/09780345418913/21/765tz'],
    ['https://id.gs1.org/01/09780345418913/22/344', 'https://id.gs1.org/01/09780345418913'],
    ['https://example.org/01/04012345123456/21/a%2fb', 'https://id.gs1.org/01/04012345123456/21/a%2Fb'],
    ['https://example.co.uk/party/4226350800008', 'https://id.gs1.org/417/4226350800008'],
    ['URN:EPC:id:sscc:4012345.0000000333', 'https://id.gs1.org/00/040123450000003338'],
  ])('%s becomes %s', (given, expected) => {
    expect(canonicalId(given)).toBe(expected);
  });

  test.each([
    'urn:gdst:example.org:product:lot:class:feedmill.1.ff11252021',
    'urn:uuid:f81d4fae-7dec-11d0-a765-00a0c91e6bf6',
    'http://transaction.acme.com/po/12345678',
    'urn:epcglobal:cbv:bt:0614141073467:1152',
    'geo:-34.3232,1.232',
    'urn:epc:idpat:sgtin:4012345.*.*',
    'urn:epc:id:gid:95100000.12345.400',
    'https://id.gs1.org/99/9780345418913',
    'http://example.org/01/9780345418913/99/utfgf',
    'ni:///sha-256;df7bb3c352fef055578554f09f5e2aa41782150ced7bd0b8af24dd3ccb30ba69?ver=CBV2.0',
  ])('%s passes unchanged', (uri) => {
    expect(canonicalId(uri)).toBe(uri);
    expect(parseKey(uri)).toBeUndefined();
  });
});

describe('refusals', () => {
  test.each([
    ['https://id.gs1.org/01/04012345999991/21/1', 'gs1.check-digit'],
    ['https://shop.example/00/040123450000003339', 'gs1.check-digit'],
    ['https://id.gs1.org/414/4012345000055', 'gs1.check-digit'],
    ['https://id.gs1.org/01/0401234599999/21/1', 'gs1.check-digit'],
    ['https://id.gs1.org/01/040123459999', 'gs1.check-digit'],
    ['https://id.gs1.org/01/0401', 'gs1.malformed'],
    ['https://id.gs1.org/01/04012345999990/21/1/10/a', 'gs1.malformed'],
    ['https://id.gs1.org/01/04012345999990/21/123456789012345678901', 'gs1.malformed'],
    ['urn:epc:id:sgtin:0614141.10734.2017', 'gs1.length'],
    ['urn:epc:id:sgtin:0614141.107346', 'gs1.malformed'],
    ['urn:epc:id:sgtin:0614141.107346.', 'gs1.malformed'],
    ['urn:epc:id:sgtin:0614141.107346.123456789012345678901', 'gs1.malformed'],
    ['urn:epc:id:sgtin:abc.107346.1', 'gs1.malformed'],
    ['urn:epc:id:sscc:4012345.00000003331', 'gs1.length'],
    ['urn:epc:id:lgtin:4054739.099914.20160711', 'gs1.unknown-scheme'],
    ['urn:epc:id:nonsense:4054739.1', 'gs1.unknown-scheme'],
    ['urn:epc:foo', 'gs1.malformed'],
    ['urn:x:a\u0000b', 'id.characters'],
    ['urn:x:\u{10ffff}', 'id.characters'],
    ['urn:x:a b', 'id.characters'],
    ['urn:x:50%', 'id.percent'],
    ['4012345000054', 'id.uri'],
    ['', 'id.empty'],
    [`urn:x:${'a'.repeat(1019)}`, 'id.length'],
  ])('%j is refused by %s', (id, rule) => {
    expect(checkId(id)).toMatchObject({ rule });
    expect(() => canonicalId(id)).toThrow(DualchainError);
  });

  test('an SSCC that lost leading zeros is kept as an opaque URI, with advice', () => {
    const id = 'urn:epc:id:sscc:08600031303.0003';
    expect(checkId(id)).toBeUndefined();
    expect(canonicalId(id)).toBe(id);
    expect(adviseId(id)).toMatchObject({ rule: 'gs1.sscc-length' });
    expect(adviseId('urn:epc:id:sscc:4012345.0000000333')).toBeUndefined();
  });

  test('the length limit counts the whole id', () => {
    expect(checkId(`urn:x:${'a'.repeat(1018)}`)).toBeUndefined();
  });
});

describe('relations', () => {
  test('class of an instance or lot', () => {
    expect(classOf('urn:epc:id:sgtin:0614141.107346.2017')).toBe('https://id.gs1.org/01/10614141073464');
    expect(classOf('urn:epc:class:lgtin:4054739.099914.20160711')).toBe('https://id.gs1.org/01/04054739999148');
    expect(classOf('urn:epc:id:grai:4012345.66666.87')).toBe('https://id.gs1.org/8003/04012345666663');
    expect(classOf('https://id.gs1.org/01/04054739999148')).toBeUndefined();
    expect(classOf('urn:epc:id:sscc:4012345.0000000333')).toBeUndefined();
  });

  test('GLN of a location or party', () => {
    expect(glnOf('urn:epc:id:sgln:0614141.07346.1234')).toBe('0614141073467');
    expect(glnOf('https://id.example.com/417/4012345000009')).toBe('4012345000009');
    expect(glnOf('urn:gdst:example.org:party:feedmill.1')).toBeUndefined();
  });
});

describe('properties', () => {
  const digits = (length: number) => fc.stringMatching(new RegExp(`^[0-9]{${length}}$`));
  const alphabet = '!"%&\'()*+,-./0123456789:;<=>?ABCDEFGHIJKLMNOPQRSTUVWXYZ_abcdefghijklmnopqrstuvwxyz';
  const serial = fc.string({ unit: fc.constantFrom(...alphabet), minLength: 1, maxLength: 20 });
  const escape = (text: string) => text.replace(/["%&/<>?]/g, (c) => `%${c.charCodeAt(0).toString(16).toUpperCase()}`);

  test('URN and Digital Link of an SGTIN and an LGTIN meet, and the way back gives the URN', () => {
    fc.assert(
      fc.property(fc.integer({ min: 6, max: 12 }), digits(13), serial, fc.constantFrom('21', '10'), (length, body, text, ai) => {
        const prefix = body.slice(1, 1 + length);
        const urn = `urn:epc:${ai === '21' ? 'id:sgtin' : 'class:lgtin'}:${prefix}.${body[0]}${body.slice(1 + length)}.${escape(text)}`;
        // encodeURIComponent leaves !'()* as they are: a link as others write it must still meet.
        const link = `https://shop.example/x/01/${body}${checkDigit(body)}/${ai}/${encodeURIComponent(text)}`;
        expect(canonicalId(urn)).toBe(canonicalId(link));
        expect(toUrn(link, length)).toBe(urn);
      }),
    );
  });

  test('the check digit catches every wrong single digit', () => {
    fc.assert(
      fc.property(digits(17), fc.integer({ min: 0, max: 17 }), fc.integer({ min: 1, max: 9 }), (body, position, shift) => {
        const good = body + checkDigit(body);
        const wrong = good.slice(0, position) + String((Number(good[position]) + shift) % 10) + good.slice(position + 1);
        expect(hasCheckDigit(good)).toBe(true);
        expect(hasCheckDigit(wrong)).toBe(false);
        expect(checkId(`https://id.gs1.org/00/${wrong}`)).toMatchObject({ rule: 'gs1.check-digit' });
      }),
    );
  });

  test('canonical form is idempotent and checkId never throws', () => {
    const uri = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.webUrl({ withQueryParameters: true, withFragments: true }),
      fc.tuple(fc.constantFrom('urn:epc:id:', 'urn:epc:class:', 'urn:epc:idpat:', 'https://id.gs1.org/', 'https://x.example/'), fc.constantFrom('sgtin:', 'sscc:', 'cpi:', '01/', '8004/', '414/', '8010/'), fc.stringMatching(/^[0-9./A-Z%*]{0,30}$/)).map((parts) => parts.join('')),
    );
    fc.assert(
      fc.property(uri, (id) => {
        if (checkId(id) !== undefined) return;
        const canonical = canonicalId(id);
        expect(checkId(canonical)).toBeUndefined();
        expect(canonicalId(canonical)).toBe(canonical);
      }),
      { numRuns: 2000 },
    );
  });
});
