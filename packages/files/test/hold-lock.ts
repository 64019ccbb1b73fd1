import { FileLock } from '../src/index.js';

// Run as a process of its own: holds a lock until it is ended.
const lock = await FileLock.acquire(process.argv[2]!, 'the place');
process.stdout.write('held');
setInterval(() => lock.isInPlace(), 1000);
