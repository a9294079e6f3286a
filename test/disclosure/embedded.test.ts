import { runOn } from '../support/suites';
import { disclosureSuite } from './packs';

runOn('embedded', { disclosures: disclosureSuite });
