import { common } from '@hyperledger/fabric-protos';
import type { CallOptions, Session } from '../session';
import { callOptions } from '../transport/connection';
import { pause } from './backoff';

/** Number of blocks that a peer of the organisation has; undefined where none answered. Asks through the own peer's gateway. */
export async function heightOf(session: Session, mspId: string, { signal }: CallOptions = {}): Promise<bigint | undefined> {
  try {
    const network = session.connection.network();
    const proposal = network.getContract('qscc').newProposal('GetChainInfo', { arguments: [session.connection.channel], endorsingOrganizations: [mspId] });
    const answer = await proposal.evaluate(callOptions(session.deadlines.evaluate, signal));
    return BigInt(common.BlockchainInfo.deserializeBinary(answer).getHeight());
  } catch {
    return undefined;
  }
}

export interface Heights {
  /** By MSP id; undefined where no peer answered. */
  readonly byOrganisation: Readonly<Record<string, bigint | undefined>>;
  readonly highest: bigint;
  /** Organisations that answered with less than the highest. */
  readonly behind: readonly string[];
}

async function heightsOf(session: Session, mspIds: readonly string[], options: CallOptions, atLeast = 0n): Promise<Omit<Heights, 'behind'>> {
  const entries = await Promise.all([...new Set(mspIds)].map(async (mspId) => [mspId, await heightOf(session, mspId, options)] as const));
  const highest = entries.reduce((most, [, height]) => (height !== undefined && height > most ? height : most), atLeast);
  return { byOrganisation: Object.fromEntries(entries), highest };
}

/**
 * Waits until the organisations have as many blocks as the highest among them and the `reference` organisations has
 * now (and at least `atLeast`). Peers commit at different moments, so a proposal can meet organisations that do not
 * have the block that it builds on. `behind` is empty if all caught up within `deadlines.catchUp`.
 */
export async function catchUp(session: Session, mspIds: readonly string[], options: CallOptions, reference: readonly string[] = [], atLeast = 0n): Promise<Heights> {
  const until = Date.now() + session.deadlines.catchUp;
  const waitFor = new Set(mspIds);
  const { byOrganisation, highest } = await heightsOf(session, [...mspIds, ...reference], options, atLeast);
  const heights: Record<string, bigint | undefined> = { ...byOrganisation };
  const lagging = () => [...waitFor].filter((mspId) => (heights[mspId] ?? highest) < highest);
  for (let wait = 5; lagging().length > 0 && Date.now() < until; wait = Math.min(wait * 2, 200)) {
    await pause(wait, options.signal);
    Object.assign(heights, (await heightsOf(session, lagging(), options)).byOrganisation);
  }
  return { byOrganisation: heights, highest, behind: lagging() };
}
