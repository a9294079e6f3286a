import { financeKinds } from '@dualchain/model';
import type { attestationVerbs, CertificateSkeleton, EvidenceScore } from '@dualchain/model';
import { memberOf, standingFlags } from '../../ledger';
import type { Call, CallOf } from '../../ledger';
import { independent, subjectsBehind } from '../../rules/finance/evidence';
import { scoreOf } from '../../rules/finance/score';
import type { FoundWitnesses } from '../../rules/finance/score';
import { standingAttestations, witnessesBehind } from '../certificate/evidence';

/**
 * What a financier reads before it quotes. Parties to the deal are no witnesses: obligor, supplier and settler, those
 * named in the question, and the asking organisation where it is a financier. Reads follow the policy's rules, the
 * subjects behind the certificate and what was attested of them.
 */
export async function evidenceScore(call: CallOf<(typeof attestationVerbs)['evidenceScore']>): Promise<EvidenceScore> {
  const { state, input, caller } = call;
  const certificate = await state.require('certificate', input.certificateId);
  const { policy, version } = await state.require('channelPolicy', 'current');
  const { obligor, supplier, settler } = certificate;
  const asking = (await memberOf(state, caller.mspId))?.roles.includes('financier') === true ? [caller.mspId] : [];
  const parties = [...new Set([obligor, supplier, settler, ...(input.parties ?? []), ...asking])];
  const found: FoundWitnesses[] = [];
  for (const rule of policy.evidenceForFinance) found.push({ rule, witnesses: independent(await witnessesBehind(call, rule, certificate), parties) });
  return { certificateId: certificate.id, policyVersion: version, parties, finance: financeKinds.map((kind) => scoreOf(kind, found)), disputed: await disputesOf(call, certificate), recalled: await recallsOf(call, certificate) };
}

async function disputesOf(call: Pick<Call, 'state' | 'anchors' | 'at'>, certificate: CertificateSkeleton): Promise<EvidenceScore['disputed']> {
  const disputes: EvidenceScore['disputed'][number][] = [];
  for (const subject of subjectsBehind(certificate).flat()) {
    for (const { attestation } of await standingAttestations(call, 'disputed', subject)) disputes.push({ mspId: attestation.author, attestationId: attestation.id, subject });
  }
  return disputes;
}

async function recallsOf(call: Pick<Call, 'state' | 'anchors'>, { lots }: CertificateSkeleton): Promise<EvidenceScore['recalled']> {
  const recalled = new Map<string, EvidenceScore['recalled'][number]>();
  for (const lot of lots) for (const { recallId } of await standingFlags(call, lot)) recalled.set(`${lot}\n${recallId}`, { lot, recallId });
  return [...recalled.values()];
}
