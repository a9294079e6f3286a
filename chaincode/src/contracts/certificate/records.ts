import { debtorOf, keeperOf } from '@dualchain/model';
import type { CertificateSkeleton, HoldingSkeleton, HoldingTerms } from '@dualchain/model';
import { requireSameContent } from '../../ledger';
import type { Call } from '../../ledger';
import { requireBound } from '../../rules/holding/holding';
import { requireHop } from '../../rules/holding/hop';
import type { NewHolding } from '../../rules/holding/holding';
import { holdingPolicy } from './policies';

type Ledger = Pick<Call, 'state' | 'sealed'>;

export interface ProvedHolding {
  readonly holding: HoldingSkeleton;
  readonly terms: HoldingTerms;
}

/** Id of the sealed tally of a certificate; after a default the authority, who stands in for the debtor, counts anew. */
export function tallyId(certificate: CertificateSkeleton): string {
  return `${certificate.id}/${debtorOf(certificate)}`;
}

/** A holding and its certificate. Two reads. Throws NOT_FOUND. */
export async function requireHolding({ state }: Pick<Call, 'state'>, id: string): Promise<{ holding: HoldingSkeleton; certificate: CertificateSkeleton }> {
  const holding = await state.require('holding', id);
  return { holding, certificate: await state.require('certificate', holding.certificateId) };
}

/** Terms of a holding from its opening, proved to stand with its keeper (the obligor, or who stands in for it) and the present owner. Two reads. Throws OPENING_REQUIRED, NOT_GENUINE. */
export async function proveTerms({ sealed }: Pick<Call, 'sealed'>, holding: HoldingSkeleton): Promise<HoldingTerms> {
  return requireBound(holding, await sealed.requireGenuine<HoldingTerms>('holding', holding.id, [keeperOf(holding), holding.owner]));
}

/** Proves without an opening that keeper and present owner hold the same terms. Two reads. Throws NOT_GENUINE. */
export async function requireSharedTerms({ sealed }: Pick<Call, 'sealed'>, holding: HoldingSkeleton): Promise<void> {
  await sealed.requireShared('holding', holding.id, [keeperOf(holding), holding.owner]);
}

/** The consortium lets the holding change hands once more. One read. Throws TIER_EXCEEDED, TENOR_EXCEEDED. */
export async function requireAnotherHop({ state, at }: Pick<Call, 'state' | 'at'>, holding: HoldingSkeleton, certificate: CertificateSkeleton): Promise<void> {
  const { policy } = await state.require('channelPolicy', 'current');
  requireHop(holding, certificate, policy, at);
}

/** One read each. Throws NOT_FOUND. */
export async function requireHoldings({ state }: Pick<Call, 'state'>, ids: readonly string[]): Promise<HoldingSkeleton[]> {
  const holdings: HoldingSkeleton[] = [];
  for (const id of ids) holdings.push(await state.require('holding', id));
  return holdings;
}

/** Holdings with their proved terms. Two reads each. Throws OPENING_REQUIRED, NOT_GENUINE. */
export async function proveAll(call: Pick<Call, 'sealed'>, holdings: readonly HoldingSkeleton[]): Promise<ProvedHolding[]> {
  const proved: ProvedHolding[] = [];
  for (const holding of holdings) proved.push({ holding, terms: await proveTerms(call, holding) });
  return proved;
}

/** Shows the opened terms of a holding to further organisations, which must endorse. */
export async function shareTerms({ sealed }: Pick<Call, 'sealed'>, id: string, mspIds: readonly string[]): Promise<void> {
  await sealed.share(await sealed.requireGenuine('holding', id, []), mspIds);
}

/** Writes a new holding: terms for keeper and owner (and further readers), skeleton with its policy, index. One read, five writes. Throws ALREADY_EXISTS. */
export async function createHolding({ state, sealed }: Ledger, holding: NewHolding, terms: HoldingTerms, readers: readonly string[] = []): Promise<HoldingSkeleton> {
  const { id, certificateId, owner } = holding;
  if ((await state.get('holding', id)) !== undefined) requireSameContent('holding', [id], null, null, false);
  const { root } = await sealed.seal('holding', id, { ...terms }, [keeperOf(holding), owner, ...readers]);
  const skeleton = { ...holding, root };
  await state.create('holding', [id], skeleton, holdingPolicy(skeleton));
  await state.index('certificateHolding', [certificateId, id]);
  return skeleton;
}

/** Whether a holding is still as it was created by its owner: in the same hands, with these terms. Two reads. */
export async function isAsCreated({ sealed }: Pick<Call, 'sealed'>, holding: HoldingSkeleton | undefined, owner: string, terms: HoldingTerms): Promise<boolean> {
  return holding?.owner === owner && (await sealed.holdsSame('holding', holding.id, { ...terms }, [keeperOf(holding), owner]));
}
