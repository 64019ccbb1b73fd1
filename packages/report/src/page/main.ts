import type { PageData } from '../page-data/page-data.js';
import { setUpCharts } from './chart-section.js';
import { Choice, setUpMetricBlocks, setUpToolbar } from './choice.js';
import { setUpSorting } from './sortable-table.js';

// Everything on the page that needs a script: charts, switches, sorting, copying the command.
const data = JSON.parse(document.getElementById('page-data')!.textContent!) as PageData;
const choice = new Choice(data);
const toolbar = document.querySelector<HTMLElement>('.toolbar');
if (toolbar) setUpToolbar(toolbar, data, choice);
setUpMetricBlocks(choice);
for (const table of document.querySelectorAll<HTMLTableElement>('table[data-sortable]')) setUpSorting(table);
for (const section of document.querySelectorAll<HTMLElement>('section:has([data-charts])'))
  setUpCharts(section, data, choice);
for (const button of document.querySelectorAll<HTMLButtonElement>('.command button')) setUpCopy(button);

/** Shows the button next to the command and lets it copy the command. */
function setUpCopy(button: HTMLButtonElement): void {
  const code = button.closest('.command')?.querySelector('code');
  if (!code) return;
  const say = (message: string) => {
    button.textContent = message;
    setTimeout(() => {
      button.textContent = 'Copy';
    }, 1600);
  };
  // A page opened from a file may have no access to the clipboard. Then the command is at least selected.
  const select = () => {
    getSelection()?.selectAllChildren(code);
    say('Selected');
  };
  button.hidden = false;
  button.addEventListener('click', () => {
    if (!navigator.clipboard) return select();
    navigator.clipboard.writeText(code.textContent ?? '').then(() => say('Copied'), select);
  });
}
