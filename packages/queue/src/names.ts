/** Before the keys of everything that is kept in Redis. */
export const PREFIX = 'balanced-rec';
