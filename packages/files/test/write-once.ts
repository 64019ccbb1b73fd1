import { join } from 'node:path';
import { writeFileAtomically, writeFolderAtomically } from '../src/index.js';

// Run as a separate process that is traced.
const folder = process.argv[2]!;
await writeFileAtomically(join(folder, 'record'), 'text');
await writeFolderAtomically(join(folder, 'model'), { a: 'x', b: 'y' });
