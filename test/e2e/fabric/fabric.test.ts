import { runOn } from '../../support/suites';
import { collusionSuite } from '../collusion';
import { epcisSuite } from '../epcis';
import { racesSuite } from '../races';
import { storySuite } from '../story';

// The suites of the embedded engine, unchanged, on one network of real Fabric nodes: starting it takes longer than playing on it.
runOn('fabric', {
  story: (network) =>
    storySuite(network, () => {
      describe('epcis', () => epcisSuite(network));
      describe('races', () => racesSuite(network));
    }),
  collusion: collusionSuite,
});
