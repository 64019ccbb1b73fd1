export { type BackboneSuiteOptions, backboneSuite } from './backbone-suite.js';
export { type EngineHere, enginesHere } from './engines-here.js';
export { sampleBatch, sampleData } from './sample-data.js';
