import { DualchainError } from '@dualchain/model';
import { connect } from '../connect';
import type { Dualchain } from '../connect';

/** Who asks: the folder of an organisation and a user of it. */
export interface Connecting {
  readonly profile: string;
  readonly user: string;
}

/** Connects, does what is to be done, and closes. Throws INVALID_INPUT without an organisation. */
export async function withConnection<Answer>({ profile, user }: Connecting, body: (dualchain: Dualchain) => Promise<Answer>): Promise<Answer> {
  if (profile === '') throw new DualchainError('INVALID_INPUT', 'Name your organisation: --profile network/out/processor');
  const dualchain = await connect({ profile, user });
  try {
    return await body(dualchain);
  } finally {
    dualchain.close();
  }
}
