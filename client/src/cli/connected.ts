import { DualchainError } from '@dualchain/model';
import { connect } from '../connect';
import type { Dualchain } from '../connect';
import type { InternalKey } from '../trace';

/** Who asks: the folder of an organisation and a user of it. */
export interface Connecting {
  readonly profile: string;
  readonly user: string;
  /** Key of the organisation for its internal events. */
  readonly internalKey?: InternalKey;
}

/** Connects, does what is to be done, and closes. Throws INVALID_INPUT without an organisation. */
export async function withConnection<Answer>({ profile, user, internalKey }: Connecting, body: (dualchain: Dualchain) => Promise<Answer>): Promise<Answer> {
  if (profile === '') throw new DualchainError('INVALID_INPUT', 'Name your organisation: --profile network/out/processor');
  const dualchain = await connect({ profile, user, ...(internalKey !== undefined && { internalKey }) });
  try {
    return await body(dualchain);
  } finally {
    dualchain.close();
  }
}
