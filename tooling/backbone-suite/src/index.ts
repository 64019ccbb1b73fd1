export { type BackboneSuiteOptions, backboneSuite } from './backbone-suite.js';
export { sampleBatch, sampleData } from './sample-data.js';
