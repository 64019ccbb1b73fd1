import type { NodeBackend } from '../node-backend.js';
import { keepScalars } from './keep-scalars.js';
import { replaceGather } from './replace-gather.js';

const prepared = new WeakSet<NodeBackend>();

/** What tfjs-node-gpu does between two operations leaves the GPU waiting: this takes its place. Once for a backend. */
export function prepareGpu(backend: NodeBackend): void {
  if (prepared.has(backend)) return;
  prepared.add(backend);
  keepScalars(backend);
  replaceGather();
}
