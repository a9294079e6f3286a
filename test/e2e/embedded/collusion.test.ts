import { runOn } from '../../support/suites';
import { collusionSuite } from '../collusion';

runOn('embedded', { collusion: collusionSuite });
