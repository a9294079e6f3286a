import { defaultChannelPolicy } from '@dualchain/model';
import type { AttestationSkeleton, ChannelPolicy, Role, Subject } from '@dualchain/model';
import { MemoryLedger } from '../../ledger/testing/memory-ledger';
import { certificate, msp } from '../../rules/testing/claims';
import { requireEvidence } from './evidence';

const policy: ChannelPolicy = { ...defaultChannelPolicy, currencies: ['CNY'], evidenceForFinance: [{ claim: 'inspected', role: 'inspector', count: 1, finance: ['without recourse'] }], voteThreshold: 2 };
const lot = (id: string): Subject => ({ type: 'lot', id });
const C = certificate({ lots: ['lot-1', 'lot-2'] });
/** The time of transactions of a ledger in memory. */
const now = '2026-11-24T08:00:00.000Z';

async function ledger(members: Readonly<Record<string, readonly Role[]>> = { [msp.authority]: ['inspector'] }): Promise<MemoryLedger> {
  const made = new MemoryLedger();
  await made.transact(async ({ state }) => {
    await state.create('channelPolicy', ['current'], { policy, version: 1, foundedAt: now, foundation: '', members: Object.keys(members) }, 'any');
    for (const [mspId, roles] of Object.entries(members)) await state.create('member', [mspId], { mspId, name: mspId, gln: '', roles, state: 'active', since: now, version: 1 }, mspId);
  });
  return made;
}
async function attest(made: MemoryLedger, subject: Subject, change: Partial<AttestationSkeleton> = {}, anchored = true): Promise<void> {
  await made.transact(async ({ state, anchors }) => {
    const attestation: AttestationSkeleton = { id: `AT-${subject.type}-${subject.id}-${change.author ?? ''}`, author: msp.authority, subject, claim: 'inspected', evidenceHash: 'e', attestedAt: now, ...change };
    await state.create('attestation', [attestation.id], attestation, attestation.author);
    await state.index('attested', [subject.type, subject.id, attestation.claim, attestation.author], { attestationId: attestation.id });
    if (anchored) await anchors.put('attestation', [attestation.id], attestation, attestation.author);
  });
}
const check = (made: MemoryLedger, parties: readonly string[] = [msp.owner, msp.obligor]) => made.transact((call) => requireEvidence(call, policy, 'without recourse', C, parties));
const missing = { code: 'EVIDENCE_MISSING', details: { claim: 'inspected', role: 'inspector', found: 0 } };

test.each<[string, readonly Subject[]]>([
  ['the certificate', [{ type: 'certificate', id: 'C-1' }]],
  ['its shipment', [{ type: 'shipment', id: 'DA-1' }]],
  ['both invoices', [{ type: 'invoice', id: 'INV-1' }, { type: 'invoice', id: 'INV-2' }]],
  ['both lots', [lot('lot-1'), lot('lot-2')]],
])('an inspector vouches for %s', async (_, subjects) => {
  const made = await ledger();
  await expect(check(made)).rejects.toMatchObject(missing);
  for (const subject of subjects) await attest(made, subject);
  await check(made);
});

test('one lot of two is not enough, nor one lot each by two inspectors', async () => {
  const made = await ledger({ [msp.authority]: ['inspector'], [msp.stranger]: ['inspector'] });
  await attest(made, lot('lot-1'));
  await expect(check(made)).rejects.toMatchObject(missing);
  await attest(made, lot('lot-2'), { author: msp.stranger });
  await expect(check(made)).rejects.toMatchObject(missing);
  await attest(made, lot('lot-2'));
  await check(made);
});

test.each<[string, Partial<AttestationSkeleton>, boolean]>([
  ['taken back', { revoked: true }, true],
  ['expired', { expiresAt: now }, true],
  ['without the anchor of its author', {}, false],
  ['of another claim behind the index', { claim: 'weighed' }, true],
  ['of another subject behind the index', { subject: lot('lot-9') }, true],
])('an attestation counts for nothing if it is %s', async (_, change, anchored) => {
  const made = await ledger();
  const subject: Subject = { type: 'certificate', id: 'C-1' };
  await attest(made, subject, change, anchored);
  await made.transact(({ state }) => state.index('attested', ['certificate', 'C-1', 'inspected', msp.authority], { attestationId: `AT-certificate-C-1-` }));
  await expect(check(made)).rejects.toMatchObject(missing);
});

test('a witness needs the role and must be no party', async () => {
  const subject: Subject = { type: 'certificate', id: 'C-1' };
  const carrier = await ledger({ [msp.authority]: ['carrier'] });
  await attest(carrier, subject);
  await expect(check(carrier)).rejects.toMatchObject(missing);
  const made = await ledger();
  await attest(made, subject);
  await expect(check(made, [msp.authority])).rejects.toMatchObject(missing);
  await check(made);
});
