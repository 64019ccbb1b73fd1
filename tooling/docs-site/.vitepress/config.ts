import { katex, type MarkdownItKatexOptions } from '@mdit/plugin-katex';
import { slug } from 'github-slugger';
import { defineConfig, type UserConfig } from 'vitepress';
import { notPages, pages } from '../src/pages.js';
import { root, site } from '../src/root.js';
import { sidebar } from '../src/sidebar.js';
import { siteLinks } from '../src/site-links.js';

const base = process.env.DOCS_BASE ?? '/';
const sources = pages();

/** Two bars of equal height. */
const icon =
  '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 16 16"><path d="M2 3h5v10H2z" fill="#3451b2"/><path d="M9 3h5v10H9z" fill="#8a9be8"/></svg>';

/** An invalid equation fails the build. `v-pre` keeps Vue from interpreting double braces in TeX. */
const equations: MarkdownItKatexOptions = {
  throwOnError: true,
  strict: 'error',
  transformer: (html) => html.replace(/^<\w+/, '$& v-pre'),
};

type Plugin = Extract<NonNullable<NonNullable<UserConfig['vite']>['plugins']>[number], { name: string }>;

/** Pages are outside this package, where Vue cannot be resolved. During server rendering they must use the renderer's own Vue. */
const vueOfThisPackage: Plugin = {
  name: 'vue-of-this-package',
  enforce: 'pre',
  resolveId: (id, _importer, { ssr }) => (ssr && /^vue(?:\/|$)/.test(id) ? { id, external: true } : undefined),
};

export default defineConfig({
  title: 'balanced-rec',
  description: 'Multimodal recommenders on TensorFlow.js, with Counterfactual Knowledge Distillation.',
  lang: 'en',
  base,
  head: [['link', { rel: 'icon', href: `data:image/svg+xml,${encodeURIComponent(icon)}` }]],
  srcDir: root,
  srcExclude: ['data/**', 'runs/**', ...notPages()],
  rewrites: Object.fromEntries(sources),
  outDir: `${site}/dist`,
  cacheDir: `${site}/.vitepress/cache`,
  themeConfig: {
    nav: [
      { text: 'Guide', link: '/start' },
      { text: 'Method', link: '/ckd' },
      { text: 'Results', link: '/results/' },
      { text: 'API', link: '/api/' },
    ],
    sidebar: sidebar(),
    outline: [2, 3],
    search: { provider: 'local' },
  },
  markdown: {
    // Braces in the pages are text: {m} is a set.
    attrs: { disable: true },
    // The same anchors as on GitHub, so that links work in both places.
    anchor: { slugify: slug },
    config(md) {
      siteLinks(md, sources, base);
      // Cast because VitePress uses the types of a different markdown-it version.
      md.use(katex as never, equations);
    },
  },
  vite: {
    publicDir: `${site}/generated/public`,
    plugins: [vueOfThisPackage],
    build: { chunkSizeWarningLimit: 4000 },
  },
});
