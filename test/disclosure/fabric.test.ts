import { runOn } from '../support/suites';
import { disclosureSuite } from './packs';

runOn('fabric', { disclosures: disclosureSuite });
