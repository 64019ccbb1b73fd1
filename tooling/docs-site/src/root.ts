import { fileURLToPath } from 'node:url';

/** The repository's folder. */
export const root = fileURLToPath(new URL('../../..', import.meta.url)).replace(/\/$/, '');

/** This package's folder. */
export const site = fileURLToPath(new URL('..', import.meta.url)).replace(/\/$/, '');

/** Where the API's pages are written; git ignores it. */
export const apiFolder = `${site}/generated/api`;
