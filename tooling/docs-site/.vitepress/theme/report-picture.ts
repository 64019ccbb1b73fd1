import { withBase } from 'vitepress';
import { h } from 'vue';

const alt = 'A report: what CKD changes for each backbone, and the table of results';
const image = (name: string, scheme: string) =>
  h('img', { class: scheme, src: withBase(`/images/${name}`), alt, width: 1240, height: 1560, loading: 'lazy' });

/** The top of a report, in the reader's color scheme, with a link to what it says. */
export const ReportPicture = () =>
  h('div', { class: 'report-picture' }, [
    h('a', { href: withBase('/report.html') }, [
      image('report.png', 'light-only'),
      image('report-dark.png', 'dark-only'),
    ]),
  ]);
