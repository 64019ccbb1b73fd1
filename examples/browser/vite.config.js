import { defineConfig } from 'vite';

// Relative addresses, so that dist/ can be put into any folder of a site.
export default defineConfig({ base: './' });
