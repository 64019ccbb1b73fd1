export { type BackboneSuiteOptions, backboneSuite } from './backbone-suite.js';
