import * as work from './browser-work.js';

Object.assign(globalThis, { work });
