import { FileLock } from '../src/index.js';

// Run as a separate process: holds a lock until it is terminated.
const lock = await FileLock.acquire(process.argv[2]!, 'the place');
process.stdout.write('held');
setInterval(() => lock.isInPlace(), 1000);
