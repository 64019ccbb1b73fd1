import { defineConfig } from 'vite';

// Relative URLs, so that dist/ can go in any folder of a site.
export default defineConfig({ base: './' });
