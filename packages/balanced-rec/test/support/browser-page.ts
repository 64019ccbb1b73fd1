import { faultOf, listsOfTables, listsUnder, loadEngine, parametersTrained } from './browser-work.js';

// Where the test finds them.
Object.assign(globalThis, { work: { faultOf, listsOfTables, listsUnder, loadEngine, parametersTrained } });
