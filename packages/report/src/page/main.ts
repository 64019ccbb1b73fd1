import type { PageData } from '../page-data/page-data.js';
import { setUpCharts } from './chart-section.js';
import { Choice } from './choice.js';
import { setUpCopy } from './copy-command.js';
import { setUpMetricBlocks } from './metric-blocks.js';
import { setUpSorting } from './sortable-table.js';
import { setUpToolbar } from './toolbar.js';

// What the page does beyond being read: charts, switches, sorting, copying the command.
const data = JSON.parse(document.getElementById('page-data')!.textContent!) as PageData;
const choice = new Choice(data);
const toolbar = document.querySelector<HTMLElement>('.toolbar');
if (toolbar) setUpToolbar(toolbar, data, choice);
setUpMetricBlocks(choice);
for (const table of document.querySelectorAll<HTMLTableElement>('table[data-sortable]')) setUpSorting(table);
for (const section of document.querySelectorAll<HTMLElement>('section:has([data-charts])'))
  setUpCharts(section, data, choice);
for (const button of document.querySelectorAll<HTMLButtonElement>('.command button')) setUpCopy(button);
