import { runOn } from '../../support/suites';
import { protectionSuite } from '../protection';

runOn('fabric', { protection: protectionSuite });
