import { DualchainError } from '../../errors';
import { parseContext } from '../context';
import { eventLinks } from '../links';
import type { JsonObject } from '../types';
import { matches, planQuery, readQuery } from './index';
import type { QueriedEvent, QueryParameters } from './index';

const context = ['https://ref.gs1.org/standards/epcis/2.0.0/epcis-context.jsonld', { example: 'https://ns.example.com/epcis/' }];
const queried = (event: JsonObject, more: Partial<QueriedEvent> = {}): QueriedEvent => ({ id: 'ni:///sha-256;aa?ver=CBV2.0', recordTime: '2026-11-24T10:00:00.000Z', links: eventLinks(event, parseContext(context)), event, context, declarations: [], ...more });
const when = { eventTime: '2026-11-24T09:00:00+01:00', eventTimeZoneOffset: '+01:00' };

const object = queried({
  type: 'ObjectEvent', ...when, action: 'OBSERVE', bizStep: 'shipping', disposition: 'in_transit', persistentDisposition: { set: ['completeness_verified'], unset: ['damaged'] },
  epcList: ['urn:epc:id:sgtin:9524001.000012.7', 'https://id.gs1.org/00/095240010000000018'], quantityList: [{ epcClass: 'urn:epc:class:lgtin:9524001.000012.L7', quantity: 12.5, uom: 'KGM' }],
  readPoint: { id: 'urn:epc:id:sgln:9524001.00200.dock' }, bizLocation: { id: 'https://id.gs1.org/414/9524001002005' },
  bizTransactionList: [{ type: 'po', bizTransaction: 'urn:epcglobal:cbv:bt:9524001000001:PO-1' }], sourceList: [{ type: 'owning_party', source: 'urn:epc:id:pgln:9524001.00000' }], destinationList: [{ type: 'https://example.com/sdt/agent', destination: 'https://example.com/agent/1' }],
  'example:batch': 7, ilmd: { 'cbvmda:lotNumber': 'L7' },
});
const transformation = queried({ type: 'TransformationEvent', ...when, inputEPCList: ['urn:epc:id:sgtin:9524001.000012.7'], inputQuantityList: [{ epcClass: 'urn:epc:class:lgtin:9524001.000012.L7', quantity: 3 }], outputQuantityList: [{ epcClass: 'urn:epc:idpat:sgtin:9524001.000013.*', quantity: 2 }], transformationID: 'urn:uuid:1' });
const aggregation = queried({ type: 'AggregationEvent', ...when, action: 'ADD', parentID: 'urn:epc:id:sscc:9524001.0000000001', childEPCs: ['urn:epc:id:sgtin:9524001.000012.7'], childQuantityList: [] });
const declared = queried({ ...object.event, errorDeclaration: { declarationTime: '2026-11-25T08:00:00Z', reason: 'incorrect_data', correctiveEventIDs: ['ni:///sha-256;bb?ver=CBV2.0'] } });
const declaredLater = { ...object, declarations: [{ declarationTime: '2026-11-25T08:00:00Z', reason: 'urn:epcglobal:cbv:er:did_not_occur' }] };
const all = { object, transformation, aggregation, declared, declaredLater };
const objects = ['object', 'declared', 'declaredLater'];

const found = (query: QueryParameters) => Object.entries(all).filter(([, event]) => matches(readQuery(query), event)).map(([name]) => name);
const refusal = (query: QueryParameters) => {
  try {
    readQuery(query);
  } catch (error) {
    return error instanceof DualchainError ? `${error.code} ${error.message}` : error;
  }
  return 'taken';
};

test.each<[QueryParameters, readonly string[]]>([
  [{ eventType: ['ObjectEvent', 'AggregationEvent'] }, ['object', 'aggregation', 'declared', 'declaredLater']],
  [{ GE_eventTime: '2026-11-24T08:00:00Z', LT_eventTime: '2026-11-24T08:00:00.001Z' }, Object.keys(all)],
  [{ LT_eventTime: '2026-11-24T08:00:00Z' }, []],
  [{ GE_recordTime: '2026-11-24T10:00:00.001Z' }, []],
  [{ LT_recordTime: '2026-11-24T11:00:00.001+01:00' }, Object.keys(all)],
  [{ EQ_action: 'ADD' }, ['aggregation']],
  [{ EQ_bizStep: 'urn:epcglobal:cbv:bizstep:shipping' }, objects],
  [{ EQ_bizStep: ['receiving', 'https://ref.gs1.org/cbv/BizStep-shipping'] }, objects],
  [{ EQ_disposition: 'in_transit' }, objects],
  [{ EQ_persistentDisposition_set: 'completeness_verified' }, objects],
  [{ EQ_persistentDisposition_unset: 'completeness_verified' }, []],
  [{ EQ_readPoint: 'https://id.gs1.org/414/9524001002005/254/dock' }, objects],
  [{ EQ_readPoint: 'https://id.gs1.org/414/9524001002005' }, []],
  [{ WD_readPoint: 'urn:epc:id:sgln:9524001.00200.0' }, objects],
  [{ EQ_bizLocation: 'urn:epc:id:sgln:9524001.00200.0' }, objects],
  [{ WD_bizLocation: 'urn:epc:id:sgln:9524001.00200.dock' }, []],
  [{ EQ_transformationID: 'urn:uuid:1' }, ['transformation']],
  [{ MATCH_epc: 'https://id.gs1.org/01/09524001000124/21/7' }, [...objects.slice(0, 1), 'aggregation', ...objects.slice(1)]],
  [{ MATCH_epc: 'urn:epc:idpat:sgtin:9524001.000012.*' }, ['object', 'aggregation', 'declared', 'declaredLater']],
  [{ MATCH_epc: 'urn:epc:idpat:sgtin:9524001.*.*' }, ['object', 'aggregation', 'declared', 'declaredLater']],
  [{ MATCH_epc: 'urn:epc:idpat:sgtin:952400.*.*' }, ['object', 'aggregation', 'declared', 'declaredLater']],
  [{ MATCH_epc: 'urn:epc:idpat:sgtin:9524002.*.*' }, []],
  [{ MATCH_epc: 'urn:epc:idpat:sscc:9524001.*' }, objects],
  [{ MATCH_epc: 'https://id.gs1.org/01/09524001000124/21/*' }, ['object', 'aggregation', 'declared', 'declaredLater']],
  [{ MATCH_epc: 'https://id.gs1.org/01/09524001000124/10/*' }, []],
  [{ MATCH_parentID: 'urn:epc:idpat:sscc:*.*' }, ['aggregation']],
  [{ MATCH_inputEPC: 'urn:epc:id:sgtin:9524001.000012.7' }, ['transformation']],
  [{ MATCH_outputEPC: 'urn:epc:id:sgtin:9524001.000012.7' }, []],
  [{ MATCH_anyEPC: 'urn:epc:id:sgtin:9524001.000012.7' }, Object.keys(all)],
  [{ MATCH_anyEPC: ['urn:epc:id:sscc:9524001.0000000001', 'urn:x:nothing'] }, Object.keys(all).filter((name) => name !== 'transformation')],
  [{ MATCH_epcClass: 'urn:epc:class:lgtin:9524001.000012.*' }, objects],
  [{ MATCH_epcClass: 'https://id.gs1.org/01/09524001000124/10/L7' }, objects],
  [{ MATCH_epcClass: 'urn:epc:class:lgtin:9524001.*.*' }, objects],
  [{ MATCH_epcClass: 'urn:epc:idpat:sgtin:9524001.000012.*' }, []],
  [{ MATCH_inputEPCClass: 'urn:epc:class:lgtin:9524001.000012.L7' }, ['transformation']],
  [{ MATCH_outputEPCClass: 'https://id.gs1.org/01/09524001000131' }, ['transformation']],
  [{ MATCH_anyEPCClass: 'urn:epc:class:lgtin:9524001.000012.L7' }, ['object', 'transformation', 'declared', 'declaredLater']],
  [{ EQ_bizTransaction_po: 'urn:epcglobal:cbv:bt:9524001000001:PO-1' }, objects],
  [{ EQ_bizTransaction_inv: 'urn:epcglobal:cbv:bt:9524001000001:PO-1' }, []],
  [{ EQ_source_owning_party: 'https://id.gs1.org/417/9524001000001' }, objects],
  [{ EQ_source_possessing_party: 'https://id.gs1.org/417/9524001000001' }, []],
  [{ 'EQ_destination_https://example.com/sdt/agent': 'https://example.com/agent/1' }, objects],
  [{ EQ_eventID: ['ni:///sha-256;aa?ver=CBV2.0'], EQ_action: 'OBSERVE' }, objects],
  [{ EXISTS_errorDeclaration: true }, ['declared', 'declaredLater']],
  [{ GE_errorDeclaration_Time: '2026-11-25T08:00:00Z' }, ['declared', 'declaredLater']],
  [{ LT_errorDeclaration_Time: '2026-11-25T08:00:00Z' }, []],
  [{ EQ_errorReason: 'did_not_occur' }, ['declaredLater']],
  [{ EQ_correctiveEventID: 'ni:///sha-256;bb?ver=CBV2.0' }, ['declared']],
  [{ EQ_quantity: '12.5' }, objects],
  [{ GT_quantity: 3 }, objects],
  [{ GE_quantity: 3 }, ['object', 'transformation', 'declared', 'declaredLater']],
  [{ LT_quantity: 3 }, ['transformation']],
  [{ LE_quantity: 1 }, []],
  [{ EXISTS_ilmd: true }, objects],
  [{ 'EXISTS_ILMD_cbvmda:lotNumber': true }, objects],
  [{ 'EQ_ILMD_urn:epcglobal:cbv:mda:lotNumber': 'L7' }, objects],
  [{ 'EQ_ILMD_cbvmda:lotNumber': 'L8' }, []],
  [{ 'EXISTS_example:batch': true }, objects],
  [{ 'EQ_https://ns.example.com/epcis/batch': 7 }, objects],
  [{ EQ_bizStep: 'shipping', EQ_action: 'ADD' }, []],
])('%j', (query, expected) => {
  expect(found(query)).toEqual(expected);
});

test.each<[QueryParameters, RegExp]>([
  [{ EQ_bizstep: 'shipping' }, /INVALID_INPUT .*EQ_bizstep.*write EQ_bizStep/],
  [{ bizStep: 'shipping' }, /bizStep.*write EQ_bizStep/],
  [{ EQ_colour: 'red' }, /EQ_colour.*docs\/queries\.md/],
  [{ HASATTR_bizLocation: 'x' }, /HASATTR_bizLocation.*master data/],
  [{ GE_value_CEL: 3 }, /GE_value_CEL.*sensor/],
  [{ constructor: 'x' }, /constructor/],
  [{ eventType: 'QuantityEvent' }, /eventType.*ObjectEvent/],
  [{ GE_eventTime: '2026-11-24' }, /GE_eventTime.*offset/],
  [{ GE_eventTime: ['2026-11-24T08:00:00Z', '2026-11-25T08:00:00Z'] }, /GE_eventTime.*one value/],
  [{ EQ_bizStep: 'shiping' }, /EQ_bizStep.*Core Business Vocabulary/],
  [{ MATCH_epc: 'urn:epc:id:sgtin:9524001.12.7' }, /MATCH_epc.*digits/],
  [{ MATCH_epc: 'urn:epc:idpat:sgtin:*.000012.7' }, /MATCH_epc.*from the right/],
  [{ MATCH_epc: 'urn:epc:idpat:sgtin:9524001.000012.[7-9]' }, /MATCH_epc/],
  [{ EQ_bizLocation: 'shed' }, /EQ_bizLocation.*URI/],
  [{ EQ_quantity: '1e3' }, /EQ_quantity.*decimal/],
  [{ EXISTS_errorDeclaration: 'false' }, /EXISTS_errorDeclaration.*true/],
  [{ perPage: 501 }, /perPage.*1 to 500/],
  [{ eventCountLimit: 0 }, /eventCountLimit.*1 to/],
  [{ eventCountLimit: 1, maxEventCount: 2 }, /maxEventCount.*eventCountLimit/],
  [{ orderDirection: 'ASC' }, /orderDirection.*orderBy/],
  [{ orderBy: 'quantity' }, /orderBy.*"eventTime" or "recordTime"/],
  [{ nextPageToken: 'a b' }, /nextPageToken/],
  [{ EQ_action: [] }, /EQ_action/],
])('refused: %j', (query, message) => {
  expect(refusal(query)).toMatch(message);
});

test.each<[QueryParameters, string, string]>([
  [{ EQ_bizStep: 'shipping', EQ_bizLocation: 'urn:x:p', MATCH_epc: 'urn:x:1', EQ_bizTransaction_po: 'urn:x:t' }, 'subject', 'index'],
  [{ EQ_bizStep: 'shipping', EQ_bizLocation: 'urn:x:p', EQ_bizTransaction_po: 'urn:x:t' }, 'transaction', 'index'],
  [{ EQ_bizStep: 'shipping', EQ_bizLocation: 'urn:x:p', MATCH_epc: 'urn:epc:idpat:sgtin:9524001.*.*' }, 'location', 'index'],
  [{ EQ_bizStep: 'shipping', EQ_action: 'ADD' }, 'step', 'index'],
  [{ EQ_action: 'ADD' }, 'captured', 'index'],
  [{ EQ_eventID: 'x', MATCH_epc: 'urn:x:1' }, 'id', 'index'],
  [{ EQ_bizStep: 'shipping', orderBy: 'eventTime', orderDirection: 'ASC' }, 'step', 'index'],
  [{ EQ_bizStep: 'shipping', orderBy: 'eventTime' }, 'step', 'eventTime'],
  [{ EQ_bizStep: ['shipping', 'receiving'], orderBy: 'eventTime', orderDirection: 'ASC' }, 'step', 'eventTime'],
  [{ orderBy: 'recordTime', orderDirection: 'ASC' }, 'captured', 'index'],
  [{ orderBy: 'recordTime' }, 'captured', 'recordTime'],
])('%j reads the index %s in the order %s', (query, source, order) => {
  expect(planQuery(readQuery(query))).toMatchObject({ source, order });
});

test('without an index, an order by event time is refused by name; a time bound begins where such events can have been captured', () => {
  expect(() => planQuery(readQuery({ orderBy: 'eventTime' }))).toThrow(/orderBy "eventTime" needs .*MATCH_/);
  expect(planQuery(readQuery({ GE_eventTime: '2026-11-24T08:00:00Z' })).times).toEqual({ from: '2026-11-24T07:55:00.000Z' });
});
