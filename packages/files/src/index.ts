export { putFileInPlace, writeFileAtomically, writeFileAtomicallySync } from './atomic-file.js';
export { makeFolderWithin, replaceFolder, writeFolderAtomically } from './atomic-folder.js';
export { appendDigest, DIGEST_BYTES, openSealedJson, sealJson, withoutDigest } from './checksums.js';
export { type Damage, type DamageListener, describeDamage, readKept, setAside, warnOfDamage } from './damage.js';
export { FileLock, withLock } from './lock.js';
export { isStorageError, storageError } from './storage-error.js';
export { removeLeftovers } from './temporary-name.js';
