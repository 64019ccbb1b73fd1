import { buildApi } from './build-api.js';
await buildApi();
