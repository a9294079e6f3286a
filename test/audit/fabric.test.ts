import { runOn } from '../support/suites';
import { auditSuite } from './files';

runOn('fabric', { 'audit from files': auditSuite });
