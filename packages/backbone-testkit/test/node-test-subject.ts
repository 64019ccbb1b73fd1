// Runs the suite under node:test for a backbone with the fault given on the command line.
import { describe, test } from 'node:test';
import { backboneSuite } from '../src/index.js';
import { type Fault, faultyBackbone } from './faulty-backbone.js';

const fault = process.argv[2] as Fault;
backboneSuite({ describe, test, definition: faultyBackbone(fault), engines: [{ name: 'cpu' }] });
