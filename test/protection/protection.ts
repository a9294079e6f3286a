import type { Deal } from '../support/deal';
import type { TestNetwork } from '../support/network';
import { creditLinesSuite } from './credit-lines';
import { disputesSuite } from './disputes';
import { escrowSuite, prepareEscrow } from './escrow';
import { freezesSuite } from './freezes';

/** Freezes, escrow, disputes and credit lines on one network. What has to fall due does so while the others are played. */
export function protectionSuite(network: TestNetwork): void {
  let due: Deal;
  beforeAll(async () => {
    due = await prepareEscrow(network);
  }, 240_000);
  describe('freezes', () => freezesSuite(network));
  describe('disputes', () => disputesSuite(network));
  describe('credit lines', () => creditLinesSuite(network));
  describe('escrow', () => escrowSuite(network, () => due));
}
