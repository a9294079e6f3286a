import * as fc from 'fast-check';
import { certificate, msp } from '../testing/claims';
import { codeOf, refusalOf } from '../testing/refusal';
import type { EvidenceRule } from './evidence';
import { inAll, requireWitnesses, subjectsBehind } from './evidence';

const rule = { claim: 'inspected', role: 'inspector', count: 2, finance: ['pledge'] } satisfies EvidenceRule as EvidenceRule;
const parties = [msp.owner, msp.obligor, msp.financier];

test('a witness vouches for the certificate, or for all of one kind behind it', () => {
  expect(subjectsBehind(certificate({ lots: ['x', 'y'] }))).toEqual([
    [{ type: 'certificate', id: 'C-1' }],
    [{ type: 'shipment', id: 'DA-1' }],
    [{ type: 'invoice', id: 'INV-1' }, { type: 'invoice', id: 'INV-2' }],
    [{ type: 'lot', id: 'x' }, { type: 'lot', id: 'y' }],
  ]);
  expect(subjectsBehind(certificate({ lots: [], shipmentIds: [] })).map(([subject]) => subject?.type)).toEqual(['certificate', 'invoice']);
});

test('a witness of one lot is none of the others', () => {
  const name = fc.constantFrom<string[]>('A', 'B', 'C', 'D');
  fc.assert(
    fc.property(fc.array(fc.uniqueArray(name), { maxLength: 5 }), (groups) => {
      const common = inAll(groups);
      for (const mspId of ['A', 'B', 'C', 'D']) expect(common.includes(mspId)).toBe(groups.length > 0 && groups.every((group) => group.includes(mspId)));
    }),
  );
});

test('enough members that are no party, each counted once; what is missing is named', () => {
  requireWitnesses(rule, ['A', 'B'], parties, 'C-1');
  for (const witnesses of [['A', 'A'], ['A', msp.owner], ['A', msp.financier], []]) expect(codeOf(() => requireWitnesses(rule, witnesses, parties, 'C-1'))).toBe('EVIDENCE_MISSING');
  const refusal = refusalOf(() => requireWitnesses(rule, ['A'], parties, 'C-1'));
  expect(refusal.details).toEqual({ claim: 'inspected', role: 'inspector', count: 2, found: 1, certificateId: 'C-1' });
  expect(refusal.message).toMatch(/inspected.*inspector/);
});
