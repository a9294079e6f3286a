import { runOn } from '../../support/suites';
import { lagSuite } from '../lag';

runOn('embedded', { lag: lagSuite });
