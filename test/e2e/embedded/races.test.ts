import { runOn } from '../../support/suites';
import { racesSuite } from '../races';

runOn('embedded', { races: racesSuite });
