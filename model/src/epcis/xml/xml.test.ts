import { eventHash, parseEpcisDocument, validateEvent, XmlDocumentReader } from '../index';
import type { EpcisInput, EpcisInputEvent, EpcisProblem } from '../index';

const root = (events: string, attributes = ''): string => `<?xml version="1.0" encoding="UTF-8"?>
<epcis:EPCISDocument xmlns:epcis="urn:epcglobal:epcis:xsd:2" xmlns:ex="https://ex.example/voc/" xmlns:cbvmda="urn:epcglobal:cbv:mda" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" schemaVersion="2.0" creationDate="2026-01-01T00:00:00Z"${attributes}>
  <EPCISBody><EventList>${events}</EventList></EPCISBody>
</epcis:EPCISDocument>`;
const times = '<eventTime>2026-01-01T08:00:00.5+01:00</eventTime><eventTimeZoneOffset>+01:00</eventTimeZoneOffset>';
const event = (content: string, type = 'ObjectEvent'): string => `<${type}>${times}${content}</${type}>`;
const observation = (content: string): string => event(`<epcList><epc>urn:epc:id:sgtin:0614141.107346.1</epc></epcList><action>OBSERVE</action>${content}`);

const problemsOf = (input: EpcisInput): EpcisProblem[] => input.events.flatMap(({ event: each, ...place }) => validateEvent(each, input.context, { ...place }));
const refusal = (text: string | Uint8Array): { event?: number; path: string; rule: string }[] => {
  try {
    return problemsOf(parseEpcisDocument(text)).map(({ event: index, path, rule }) => ({ event: index!, path, rule }));
  } catch (error) {
    return (error as { problems: EpcisProblem[] }).problems.map(({ event: index, path, rule }) => ({ ...(index === undefined ? {} : { event: index }), path, rule }));
  }
};
const list = '/epcis:EPCISDocument/EPCISBody/EventList';

describe('EPCIS 2.0 in XML', () => {
  const all = event(
    `<recordTime>2026-01-01T09:00:00Z</recordTime><eventID>urn:uuid:1</eventID>
     <errorDeclaration><declarationTime>2026-01-02T00:00:00Z</declarationTime><reason>urn:epcglobal:cbv:er:incorrect_data</reason><correctiveEventIDs><correctiveEventID>urn:uuid:2</correctiveEventID></correctiveEventIDs><ex:by>me</ex:by></errorDeclaration>
     <certificationInfo>https://cert.example/1</certificationInfo>
     <epcList><epc> urn:epc:id:sgtin:0614141.107346.1 </epc><epc>https://id.gs1.org/01/10614141073464/21/2</epc></epcList>
     <action>ADD</action><bizStep>urn:epcglobal:cbv:bizstep:commissioning</bizStep><disposition>https://ref.gs1.org/cbv/Disp-active</disposition>
     <readPoint><id>urn:epc:id:sgln:0614141.00777.0</id><ex:gate>4</ex:gate></readPoint><bizLocation><id>https://id.gs1.org/414/0614141007776</id></bizLocation>
     <bizTransactionList><bizTransaction type="cbv:BTT-po">urn:epcglobal:cbv:bt:4012345000009:1</bizTransaction><bizTransaction>urn:x:other</bizTransaction></bizTransactionList>
     <quantityList><quantityElement><epcClass>urn:epc:class:lgtin:4054739.099914.1</epcClass><quantity>12.50</quantity><uom>KGM</uom></quantityElement><quantityElement><epcClass>urn:x:class</epcClass><quantity xsi:nil="true"/></quantityElement></quantityList>
     <sourceList><source type="urn:epcglobal:cbv:sdt:owning_party">urn:epc:id:pgln:4000001.00012</source></sourceList>
     <destinationList><destination type="https://own.example/type">urn:epc:id:pgln:4000001.00012</destination></destinationList>
     <sensorElementList><sensorElement><sensorMetadata time="2026-01-01T07:00:00Z" deviceID="urn:epc:id:giai:4000001.111" ex:run="7"/><sensorReport type="gs1:Temperature" value="26.0" booleanValue="1" uom="CEL" component="cbv:Comp-x" ex:note="warm"/><sensorReport exception="gs1:ALARM_CONDITION"/><ex:lab>L1</ex:lab></sensorElement></sensorElementList>
     <persistentDisposition><unset>urn:epcglobal:cbv:disp:completeness_inferred</unset><set>urn:epcglobal:cbv:disp:completeness_verified</set></persistentDisposition>
     <ilmd><cbvmda:lotNumber>A1</cbvmda:lotNumber><ex:grades><ex:grade>1</ex:grade><ex:grade>2</ex:grade></ex:grades></ilmd>
     <ex:plain xsi:type="xsd:string">text &amp; more<![CDATA[ <raw>]]></ex:plain><ex:both unit="g" ex:kind="net">5</ex:both><ex:empty/><ex:outer><inner>1</inner></ex:outer>
     <two:other xmlns:two="https://two.example/">2</two:other><third xmlns="https://three.example/">3</third>`,
  ).replace('<ObjectEvent>', '<ObjectEvent ex:flag="yes">');
  const input = parseEpcisDocument(root(all));
  const json = {
    '@context': { two: 'https://two.example/', ns1: 'https://three.example/' },
    type: 'ObjectEvent',
    'ex:flag': 'yes',
    eventTime: '2026-01-01T08:00:00.5+01:00',
    eventTimeZoneOffset: '+01:00',
    recordTime: '2026-01-01T09:00:00Z',
    eventID: 'urn:uuid:1',
    errorDeclaration: { declarationTime: '2026-01-02T00:00:00Z', reason: 'incorrect_data', correctiveEventIDs: ['urn:uuid:2'], 'ex:by': 'me' },
    certificationInfo: 'https://cert.example/1',
    epcList: ['urn:epc:id:sgtin:0614141.107346.1', 'https://id.gs1.org/01/10614141073464/21/2'],
    action: 'ADD',
    bizStep: 'commissioning',
    disposition: 'active',
    readPoint: { id: 'urn:epc:id:sgln:0614141.00777.0', 'ex:gate': '4' },
    bizLocation: { id: 'https://id.gs1.org/414/0614141007776' },
    bizTransactionList: [{ type: 'po', bizTransaction: 'urn:epcglobal:cbv:bt:4012345000009:1' }, { bizTransaction: 'urn:x:other' }],
    quantityList: [{ epcClass: 'urn:epc:class:lgtin:4054739.099914.1', quantity: 12.5, uom: 'KGM' }, { epcClass: 'urn:x:class' }],
    sourceList: [{ type: 'owning_party', source: 'urn:epc:id:pgln:4000001.00012' }],
    destinationList: [{ type: 'https://own.example/type', destination: 'urn:epc:id:pgln:4000001.00012' }],
    sensorElementList: [
      {
        sensorMetadata: { time: '2026-01-01T07:00:00Z', deviceID: 'urn:epc:id:giai:4000001.111', 'ex:run': '7' },
        sensorReport: [{ type: 'Temperature', value: 26, booleanValue: true, uom: 'CEL', component: 'x', 'ex:note': 'warm' }, { exception: 'ALARM_CONDITION' }],
        'ex:lab': 'L1',
      },
    ],
    persistentDisposition: { set: ['completeness_verified'], unset: ['completeness_inferred'] },
    ilmd: { 'cbvmda:lotNumber': 'A1', 'ex:grades': { 'ex:grade': ['1', '2'] } },
    'ex:plain': 'text & more <raw>',
    'ex:both': { '#text': '5', unit: 'g', 'ex:kind': 'net' },
    'ex:empty': '',
    'ex:outer': { inner: '1' },
    'two:other': '2',
    'ns1:third': '3',
  };

  test('an event with everything reads as the JSON-LD object of the same event', () => {
    expect(input).toMatchObject({ kind: 'document', syntax: 'xml', schemaVersion: '2.0', creationDate: '2026-01-01T00:00:00Z' });
    expect(input.rawContext).toEqual(['https://ref.gs1.org/standards/epcis/2.0.0/epcis-context.jsonld', { ex: 'https://ex.example/voc/' }]);
    expect(input.events).toEqual([{ index: 0, path: `${list}/ObjectEvent[1]`, event: json, moved: { 'ex:flag': '@ex:flag' } }]);
    expect(problemsOf(input)).toEqual([]);
  });

  test('both forms have one hash', () => {
    const document = parseEpcisDocument({ '@context': input.rawContext, type: 'EPCISDocument', schemaVersion: '2.0', creationDate: '2026-01-01T00:00:00Z', epcisBody: { eventList: [json] } });
    expect(document.syntax).toBe('json');
    const { preHash } = eventHash(document.events[0]!.event, document.context);
    expect(eventHash(input.events[0]!.event, input.context).preHash).toBe(preHash);
    expect(preHash).toContain('{https://ex.example/voc/}both=5unit=g{https://ex.example/voc/}kind=net');
    expect(preHash).toContain('ilmd{https://ex.example/voc/}grades{https://ex.example/voc/}grade=1{https://ex.example/voc/}grade=2{urn:epcglobal:cbv:mda:}lotNumber=A1');
  });

  test('problems are told by the place in the XML', () => {
    const bad = event(`<epcList><epc>urn:epc:id:sgtin:0614141.107346.1</epc><epc>nonsense</epc></epcList><action>MOVE</action><readPoint><id>x y</id></readPoint><bizTransactionList><bizTransaction type="po2">urn:x:1</bizTransaction></bizTransactionList>
      <quantityList><quantityElement><epcClass>urn:x:1</epcClass><quantity>12345678901234567.5</quantity><uom>KGM</uom></quantityElement></quantityList>
      <sensorElementList><sensorElement><sensorReport type="Temperature"/><sensorReport type="Temperature" value="warm"/></sensorElement></sensorElementList>`);
    expect(refusal(root(observation('') + bad))).toEqual(
      expect.arrayContaining(
        ([
          ['epcList/epc[2]', 'epcis.id-uri'],
          ['action', 'epcis.action'],
          ['readPoint/id', 'epcis.id-characters'],
          ['bizTransactionList/bizTransaction[1]/@type', 'cbv.biz-transaction-type'],
          ['quantityList/quantityElement[1]/quantity', 'epcis.shape'],
          ['sensorElementList/sensorElement[1]/sensorReport[2]/@value', 'epcis.shape'],
        ] as const).map(([path, rule]) => ({ event: 1, path: `${list}/ObjectEvent[2]/${path}`, rule })),
      ),
    );
  });

  test('a document of any length is read in pieces, one event at a time', () => {
    const seen: EpcisInputEvent[] = [];
    const reader = new XmlDocumentReader((each) => seen.push(each));
    const text = root(`${observation('<ex:note>\u{1f34e}</ex:note>')}${observation('')}`);
    for (const character of text) reader.write(character);
    expect(seen.map(({ path }) => path)).toEqual([`${list}/ObjectEvent[1]`, `${list}/ObjectEvent[2]`]);
    reader.end();
    expect(seen).toEqual(parseEpcisDocument(text).events);
    expect(reader.rawContext).toEqual(parseEpcisDocument(text).rawContext);
  });

  test('master data, headers and what stands beside the events are passed by', () => {
    const header = '<EPCISHeader><extension><EPCISMasterData><VocabularyList><Vocabulary type="urn:epcglobal:epcis:vtype:BusinessLocation"><VocabularyElementList><VocabularyElement id="urn:x:1"><attribute id="a">text<b/>text</attribute></VocabularyElement></VocabularyElementList></Vocabulary></VocabularyList></EPCISMasterData></extension></EPCISHeader>';
    const text = root(observation('')).replace('<EPCISBody>', `${header}<ex:before><ex:list/>x</ex:before><EPCISBody><ex:first/>`);
    expect(parseEpcisDocument(text).events).toEqual(parseEpcisDocument(root(observation(''))).events);
  });

  test('a query document gives its events, whether QueryResults has its prefix or not', () => {
    const query = (name: string) => `<q:EPCISQueryDocument xmlns:q="urn:epcglobal:epcis-query:xsd:2" schemaVersion="2.0" creationDate="2026-01-01T00:00:00Z"><EPCISBody><${name}><queryName>SimpleEventQuery</queryName><resultsBody><EventList>${observation('')}</EventList></resultsBody></${name}></EPCISBody></q:EPCISQueryDocument>`;
    for (const name of ['q:QueryResults', 'QueryResults']) {
      expect(parseEpcisDocument(query(name))).toMatchObject({ kind: 'query', syntax: 'xml', events: [{ index: 0, path: `/q:EPCISQueryDocument/EPCISBody/${name}/resultsBody/EventList/ObjectEvent[1]` }] });
    }
  });

  test('bytes in UTF-8, UTF-16 and ISO-8859-1', () => {
    const text = root(observation('<ex:note>Kühe</ex:note>'));
    const latin = text.replace('encoding="UTF-8"', 'encoding="ISO-8859-1"');
    const big = Buffer.from(`\ufeff${text}`, 'utf16le').swap16();
    for (const bytes of [Buffer.from(text), Buffer.from(`\ufeff${text}`), Buffer.from(`\ufeff${text}`, 'utf16le'), big, Buffer.from(latin, 'latin1')]) {
      expect(parseEpcisDocument(bytes).events[0]!.event['ex:note']).toBe('Kühe');
    }
    expect(refusal(Buffer.from(text.replace('encoding="UTF-8"', 'encoding="Shift_JIS"')))).toEqual([{ path: '/', rule: 'xml.encoding' }]);
    expect(refusal(Buffer.from(text, 'latin1'))).toEqual([{ path: '$', rule: 'text.encoding' }]);
  });
});

describe('EPCIS 1.2 in XML', () => {
  const document = (events: string): string => root(events).replace('xsd:2', 'xsd:1').replace('schemaVersion="2.0"', 'schemaVersion="1.2"').replace('creationDate="2026-01-01T00:00:00Z"', 'creationDate="2026-01-01T00:00:00"');
  const input = parseEpcisDocument(
    document(`
      ${event('<baseExtension><eventID>urn:uuid:1</eventID><errorDeclaration><declarationTime>2026-01-02T00:00:00Z</declarationTime></errorDeclaration></baseExtension><epcList/><action>ADD</action><extension><quantityList><quantityElement><epcClass>urn:x:1</epcClass><quantity>2</quantity></quantityElement></quantityList><sourceList><source type="urn:epcglobal:cbv:sdt:location">urn:x:from</source></sourceList><ilmd><ex:a>1</ex:a></ilmd><extension><persistentDisposition><set>urn:epcglobal:cbv:disp:active</set></persistentDisposition></extension></extension>')}
      <extension><TransformationEvent>${times}<inputEPCList><epc>urn:x:1</epc></inputEPCList><outputEPCList><epc>urn:x:2</epc></outputEPCList></TransformationEvent></extension>
      <extension><TransformationEvent>${times}<inputEPCList><epc>urn:x:2</epc></inputEPCList><outputEPCList><epc>wrong</epc></outputEPCList></TransformationEvent></extension>
      <extension><extension><AssociationEvent>${times}<parentID>urn:x:p</parentID><childEPCs><epc>urn:x:c</epc></childEPCs><action>ADD</action></AssociationEvent></extension></extension>
      <QuantityEvent>${times}<epcClass>urn:x:class</epcClass><quantity>0</quantity></QuantityEvent>`),
  );

  test('wrappers are opened, and the version is told', () => {
    expect(input.schemaVersion).toBe('1.2');
    expect(input.events.map(({ event: { type } }) => type)).toEqual(['ObjectEvent', 'TransformationEvent', 'TransformationEvent', 'AssociationEvent', 'ObjectEvent']);
    expect(input.events[0]!.event).toMatchObject({ eventID: 'urn:uuid:1', errorDeclaration: { declarationTime: '2026-01-02T00:00:00Z' }, quantityList: [{ epcClass: 'urn:x:1', quantity: 2 }], sourceList: [{ type: 'location', source: 'urn:x:from' }], ilmd: { 'ex:a': '1' }, persistentDisposition: { set: ['active'] } });
    expect(input.events[4]!.event).toMatchObject({ type: 'ObjectEvent', action: 'OBSERVE', quantityList: [{ epcClass: 'urn:x:class', quantity: 0 }] });
  });

  test('paths show the wrappers', () => {
    expect(problemsOf(input).map(({ event: index, path, rule }) => [index, path, rule])).toEqual([[2, `${list}/extension[2]/TransformationEvent[1]/outputEPCList/epc[1]`, 'epcis.id-uri']]);
    const bad = document(event('<epcList/><action>ADD</action><extension><quantityList><quantityElement><epcClass>urn:x:1</epcClass><quantity>-2</quantity></quantityElement></quantityList></extension>') + `<QuantityEvent>${times}<epcClass>urn:x:class</epcClass><quantity>-1</quantity></QuantityEvent>`);
    expect(refusal(bad)).toEqual([
      { event: 0, path: `${list}/ObjectEvent[1]/extension/quantityList/quantityElement[1]/quantity`, rule: 'epcis.quantity' },
      { event: 1, path: `${list}/QuantityEvent[1]/quantity`, rule: 'epcis.quantity' },
    ]);
  });

  test('an event has one hash in both versions', () => {
    const [old] = parseEpcisDocument(document(event('<epcList/><action>ADD</action><extension><quantityList><quantityElement><epcClass>urn:x:1</epcClass><quantity>2.0</quantity></quantityElement></quantityList></extension><ex:a>1</ex:a>'))).events;
    const [young] = parseEpcisDocument(root(event('<action>ADD</action><quantityList><quantityElement><epcClass>urn:x:1</epcClass><quantity>2</quantity></quantityElement></quantityList><ex:a>1</ex:a>'))).events;
    expect(eventHash(old!.event, input.context).id).toBe(eventHash(young!.event, input.context).id);
  });
});
