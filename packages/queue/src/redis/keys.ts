/** The prefix of all keys in Redis. */
export const PREFIX = 'balanced-rec';

/** The key of the notices of all comparisons. */
export const NOTICES = `${PREFIX}:open`;
