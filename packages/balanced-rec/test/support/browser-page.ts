import { faultOf, listsOfTables, listsUnder, loadEngine, parametersTrained } from './browser-work.js';

// Exposed for the test.
Object.assign(globalThis, { work: { faultOf, listsOfTables, listsUnder, loadEngine, parametersTrained } });
