export { type BackboneSuiteOptions, backboneSuite, type EngineHere, enginesHere } from './backbone-suite.js';
export { sampleBatch, sampleData } from './subject/sample-data.js';
