import { runOn } from '../../support/suites';
import { pledgesSuite } from '../pledges';
import { quotesSuite } from '../quotes';
import { recourseSuite } from '../recourse';

runOn(
  'embedded',
  {
    recourse: (network) =>
      recourseSuite(network, () => {
        describe('quotes', () => quotesSuite(network));
        describe('pledges', () => pledgesSuite(network));
      }),
  },
  { policy: { graceDays: 0, defaultAfterDays: 0, tierLimit: 3, auditors: ['RegulatorMSP'] } },
);
