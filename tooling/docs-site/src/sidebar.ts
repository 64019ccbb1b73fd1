import { existsSync, readFileSync } from 'node:fs';
import type { DefaultTheme } from 'vitepress';
import { pages } from './pages.js';
import { apiFolder, root } from './root.js';

/** Sources in the order a reader needs them. A page is listed under its heading unless a name is given here. */
export const contents: readonly { readonly title: string; readonly pages: readonly (string | [string, string])[] }[] = [
  {
    title: 'Guide',
    pages: [
      ['README.md', 'Install and quickstart'],
      'docs/guide.md',
      ['docs/data.md', 'Your own data'],
      'docs/check-data.md',
      ['docs/features.md', 'Features of texts and images'],
      'docs/synthetic.md',
      'docs/report.md',
      'docs/search.md',
      ['docs/events.md', 'Events of a comparison'],
      'docs/distributed.md',
      'docs/faults.md',
      ['docs/serve.md', 'Use after training'],
      'docs/browser.md',
      'docs/add-a-backbone.md',
    ],
  },
  {
    title: 'Method',
    pages: [['docs/ckd.md', 'Counterfactual Knowledge Distillation'], 'docs/variants.md', 'docs/statistics.md'],
  },
  {
    title: 'Backbones',
    pages: ['docs/vbpr.md', 'docs/mmgcn.md', 'docs/grcn.md', 'docs/lattice.md', 'docs/bm3.md', 'docs/freedom.md'],
  },
  {
    title: 'Results',
    pages: [
      ['docs/results/README.md', 'All results'],
      ['docs/paper.md', "The paper's comparison"],
      'docs/benchmarks.md',
      ['tooling/benchmarks/README.md', 'The benchmark commands'],
    ],
  },
  {
    title: 'Reference',
    pages: [
      'docs/cli.md',
      'docs/comparison.md',
      'docs/engines.md',
      'docs/security.md',
      'docs/architecture.md',
      'CONTRIBUTING.md',
    ],
  },
];

/** The sidebar: the contents, then every package, then every export. */
export function sidebar(): DefaultTheme.SidebarItem[] {
  const all = pages();
  const written = contents.map(({ title, pages: sources }) => ({
    text: title,
    items: sources.map((entry) => {
      const [source, text] = typeof entry === 'string' ? [entry, heading(entry)] : entry;
      const [file, anchor] = source.split('#') as [string, string?];
      const page = all.get(file);
      if (!page) throw new Error(`the sidebar lists ${file}, which does not exist`);
      return { text, link: `/${page.replace(/\.md$/, '')}${anchor ? `#${anchor}` : ''}` };
    }),
  }));
  const packages = [...all].filter(([source]) => source.startsWith('packages/'));
  return [
    ...written,
    {
      text: 'Packages',
      collapsed: true,
      items: packages.map(([source, page]) => ({ text: heading(source), link: `/${page.replace(/\.md$/, '')}` })),
    },
    { text: 'API', link: '/api/', collapsed: true, items: apiSidebar() },
  ];
}

function apiSidebar(): DefaultTheme.SidebarItem[] {
  const file = `${apiFolder}/typedoc-sidebar.json`;
  return existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : [];
}

function heading(source: string): string {
  const [, title] = /^# (.*)$/m.exec(readFileSync(`${root}/${source}`, 'utf8')) ?? [];
  if (!title) throw new Error(`${source} has no heading`);
  return title.replaceAll('`', '');
}
