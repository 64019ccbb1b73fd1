import { gather } from '@tensorflow/tfjs-core';
import { GATHER_ROWS } from '../kernel/names.js';
import type { GatherRowsInputs } from '../kernel/signatures.js';
import { defineKernel } from './define-kernel.js';

export const gatherRowsKernel = defineKernel<GatherRowsInputs>(GATHER_ROWS, ({ table, ids }) => gather(table, ids));
