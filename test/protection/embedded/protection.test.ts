import { runOn } from '../../support/suites';
import { protectionSuite } from '../protection';

runOn('embedded', { protection: protectionSuite });
