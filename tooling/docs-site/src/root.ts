import { fileURLToPath } from 'node:url';

/** The repository's folder. */
export const root = fileURLToPath(new URL('../../..', import.meta.url)).replace(/\/$/, '');

/** This package's folder. */
export const site = fileURLToPath(new URL('..', import.meta.url)).replace(/\/$/, '');

/** The output folder for the API pages, ignored by git. */
export const apiFolder = `${site}/generated/api`;
