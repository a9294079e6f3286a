import { runOn } from '../../support/suites';
import { epcisSuite } from '../epcis';
import { racesSuite } from '../races';
import { storySuite } from '../story';

runOn('embedded', {
  story: (network) =>
    storySuite(network, () => {
      describe('epcis', () => epcisSuite(network));
      describe('races', () => racesSuite(network));
    }),
});
