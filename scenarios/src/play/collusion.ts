import type { Dualchain } from '@dualchain/client';
import { DualchainError } from '@dualchain/model';
import { alteredChaincodeBundle, chaincodeBundle } from '../altered-chaincode/index';
import type { Invention } from '../altered-chaincode/index';
import type { Actor } from '../story/index';
import type { Attempt } from './attempts';
import type { Stage } from './stage';

/** A network whose organisations can be made to run other chaincode than the others. */
export interface CorruptibleNetwork {
  replaceChaincode(mspId: string, entry: string): Promise<void>;
}

/** Two organisations that are no parties of the claim. */
const colluders: readonly Actor[] = ['factor', 'carrier'];

/** Lets the colluders' peers run the altered chaincode while `during` runs, and the honest one again afterwards. */
export async function withAlteredChaincode<Result>(network: CorruptibleNetwork, stage: Stage, during: () => Promise<Result>, actors: readonly Actor[] = colluders): Promise<Result> {
  const replace = (entry: string) => Promise.all(actors.map((actor) => network.replaceChaincode(stage.mspId(actor), entry)));
  await replace(alteredChaincodeBundle());
  try {
    return await during();
  } finally {
    await replace(chaincodeBundle());
  }
}

/** What the two try; both peers endorse, as the chaincode's own policy asks, and the transaction is ordered. After the chapter `transfer`. */
export const collusionAttempts: readonly Attempt[] = [
  {
    name: 'forged transfer',
    actors: colluders,
    title: "move the farm's holding to the factor, both peers endorsing",
    expected: ['ENDORSEMENT_POLICY_FAILURE'],
    run: async (stage) => forge(await stage.as('factor'), 'moveHolding', { holdingId: stage.story.transfer.holding, to: stage.mspId('factor') }, colluders.map((actor) => stage.mspId(actor))),
  },
  {
    name: 'invented holding',
    actors: colluders,
    title: "invent a holding and write it into the brand's records",
    expected: ['ENDORSEMENT_POLICY_FAILURE'],
    run: async (stage) => forge(await stage.as('factor'), 'inventHolding', invention(stage, 'H-invented', 'factor', ['factor', 'brand']), colluders.map((actor) => stage.mspId(actor))),
  },
];

/** A claim of the whole certificate for somebody. */
export function invention(stage: Stage, holdingId: string, owner: Actor, collections: readonly Actor[]): Invention {
  const { id, obligor, face } = stage.story.certificate;
  return { holdingId, certificateId: id, obligor: stage.mspId(obligor), owner: stage.mspId(owner), currency: stage.story.currency, from: '1', to: face, collections: collections.map((actor) => stage.mspId(actor)) };
}

/**
 * Calls the altered chaincode past the SDK's verbs, endorsed by these organisations alone, and waits for the verdict of
 * the peers. Throws ENDORSEMENT_POLICY_FAILURE or INVALID_TRANSACTION with the validation code in the details.
 */
export async function forge(client: Dualchain, verb: 'moveHolding' | 'inventHolding' | 'inflateHolding' | 'writeObject', input: object, endorsingOrganizations: readonly string[]): Promise<{ readonly transactionId: string; readonly blockNumber: bigint; readonly answer: unknown }> {
  const contract = client.session.connection.network().getContract(client.chaincode);
  const transaction = await contract.newProposal(`forgery:${verb}`, { arguments: [JSON.stringify(input)], endorsingOrganizations: [...endorsingOrganizations] }).endorse();
  const commit = await transaction.submit();
  const { transactionId, successful, blockNumber } = await commit.getStatus();
  if (successful) return { transactionId, blockNumber, answer: JSON.parse(Buffer.from(transaction.getResult()).toString('utf8')) as unknown };
  const code = (await client.transactions.status(transactionId))?.code ?? 'unknown';
  throw new DualchainError(code === 'ENDORSEMENT_POLICY_FAILURE' ? code : 'INVALID_TRANSACTION', `${verb} was endorsed by ${endorsingOrganizations.join(' and ')} and ordered, but every peer recorded it as invalid: ${code}.`, {
    transactionId,
    details: { validationCode: code, blockNumber: blockNumber.toString() },
  });
}
