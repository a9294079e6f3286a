import { runOn } from '../../support/suites';
import { epcisSuite } from '../epcis';

runOn('embedded', { epcis: epcisSuite });
