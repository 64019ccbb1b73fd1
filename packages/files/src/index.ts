export { putFileInPlace, writeFileAtomically, writeFileAtomicallySync } from './atomic-file.js';
export { replaceFolder, writeFolderAtomically } from './atomic-folder.js';
export { type Damage, type DamageListener, describeDamage, setAside, warnOfDamage } from './damage.js';
export { appendDigest, DIGEST_BYTES, withoutDigest } from './digest-at-end.js';
export { makeFolderWithin, readKept } from './kept-file.js';
export { removeLeftovers } from './leftovers.js';
export { FileLock, withLock } from './lock.js';
export { openSealedJson, sealJson } from './sealed-json.js';
export { isStorageError, storageError } from './storage-error.js';
