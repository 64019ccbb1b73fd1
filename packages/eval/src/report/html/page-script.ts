/// <reference lib="dom" />
/// <reference lib="dom.iterable" />
import type { ChartKind, ChartKit, ChartSpec } from './chart/chart-kit.js';
import type { PageData, Point } from './page-data.js';

/**
 * What the page does beyond being read: switches the metric, redraws charts to the width at hand, shows values under the
 * pointer or the arrow keys, switches lines off and on, copies the command.
 *
 * Embedded by its source text, so it uses its arguments, the browser and the language alone.
 */
export function pageScript(kit: ChartKit, data: PageData): void {
  const all = (selector: string, root: ParentNode = document) => [...root.querySelectorAll<HTMLElement>(selector)];
  const metricSelect = document.querySelector<HTMLSelectElement>('#metric');
  const charts: { redraw: () => void }[] = [];
  const metric = () => metricSelect?.value ?? '';

  function setUpMetricSwitch() {
    if (!metricSelect) return;
    // Without this script the other metrics' tables are read in a fold below; with it they take turns in one place.
    for (const fold of all('.other-metrics')) {
      const home = fold.previousElementSibling;
      for (const block of all('[data-metric]', fold)) home?.append(block);
      fold.remove();
    }
    const show = () => {
      for (const block of all('[data-metric]')) block.hidden = block.dataset.metric !== metric();
      for (const chart of charts) chart.redraw();
    };
    metricSelect.closest<HTMLElement>('.metric-switch')!.hidden = false;
    metricSelect.addEventListener('change', show);
    show();
  }

  function setUpCard(card: HTMLElement) {
    const panel = data.panels[Number(card.dataset.panel)];
    if (!panel) return;
    const hidden: string[] = [];
    const redraws = all('figure', card).map((figure) => setUpChart(figure, hidden, Number(card.dataset.panel)));
    for (const button of all('.legend button', card) as HTMLButtonElement[]) {
      button.disabled = false;
      button.addEventListener('click', () => {
        const name = button.dataset.name ?? '';
        const at = hidden.indexOf(name);
        if (at < 0) hidden.push(name);
        else hidden.splice(at, 1);
        button.setAttribute('aria-pressed', String(at >= 0));
        for (const redraw of redraws) redraw();
      });
    }
  }

  function setUpChart(figure: HTMLElement, hidden: readonly string[], panelIndex: number): () => void {
    const plot = figure.querySelector<HTMLElement>('.plot')!;
    const panel = data.panels[panelIndex]!;
    const kind = figure.dataset.kind as ChartKind;
    const height = Number(figure.dataset.height);
    const tip = document.createElement('div');
    tip.className = 'tip';
    tip.setAttribute('aria-live', 'polite');
    tip.hidden = true;
    figure.append(tip);
    plot.tabIndex = 0;
    plot.setAttribute('role', 'group');
    plot.setAttribute('aria-label', 'Chart; the arrow keys read its values by epoch');
    let spec: ChartSpec;
    let width = 0;
    let epoch: number | undefined;

    const redraw = () => {
      const wide = Math.round(plot.clientWidth) || Number(figure.dataset.width);
      width = Math.max(260, wide);
      const modality = figure.dataset.modality ?? '';
      spec = kit[kind](kit, { panel, metric: metric(), labels: data.labels, modality, hidden });
      plot.innerHTML = kit.drawChart(kit, spec, width, height);
      plot.classList.add('fitted');
      leave();
    };

    const leave = () => {
      epoch = undefined;
      tip.hidden = true;
      plot.querySelector('.cursor')?.remove();
    };

    const epochs = () => {
      const found = new Set<number>();
      for (const line of spec.lines) for (const [x] of [...line.mean, ...line.runs.flat()]) found.add(x);
      return [...found].sort((a, b) => a - b);
    };

    /** The mean at an epoch; after the first seed stopped, over the seeds that are left, and how many these are. */
    const valueAt = (line: ChartSpec['lines'][number], x: number) => {
      const at = (points: readonly Point[]) => points.find((point) => point[0] === x)?.[1];
      const runs = line.runs.length > 0 ? line.runs : [line.mean];
      const values = runs.map(at).filter((value) => value !== undefined);
      if (values.length === 0) return undefined;
      const partial = values.length < runs.length ? ` (${values.length} of ${runs.length} seeds)` : '';
      return { mean: values.reduce((sum, value) => sum + value, 0) / values.length, partial };
    };

    const show = (x: number) => {
      const frame = kit.chartFrame(kit, spec, width, height);
      const rows = spec.lines
        .flatMap((line) => {
          const value = valueAt(line, x);
          return value ? [{ line, ...value }] : [];
        })
        .sort((a, b) => b.mean - a.mean);
      if (rows.length === 0) return;
      epoch = x;
      const pixel = frame.left + ((x - frame.x[0]) / (frame.x[1] - frame.x[0])) * (frame.right - frame.left);
      plot.querySelector('.cursor')?.remove();
      const svg = plot.querySelector('svg')!;
      svg.insertAdjacentHTML(
        'beforeend',
        `<line class="cursor" x1="${pixel}" x2="${pixel}" y1="${frame.top}" y2="${frame.bottom}"/>`,
      );
      const decimals = kind === 'weight' ? 3 : 4;
      tip.innerHTML = `<p>epoch ${x}</p><table>${rows
        .map(
          ({ line, mean, partial }) =>
            `<tr><td><i class="key s${line.slot}"></i>${kit.escapeText(line.name)}${partial}</td><td>${mean.toFixed(decimals)}</td></tr>`,
        )
        .join('')}</table>`;
      tip.hidden = false;
      const scale = plot.clientWidth / width;
      const beside = pixel * scale + 14;
      const room = plot.clientWidth - beside;
      tip.style.left = `${Math.max(0, room >= tip.offsetWidth ? beside : pixel * scale - 14 - tip.offsetWidth)}px`;
      tip.style.top = `${plot.offsetTop + frame.top}px`;
    };

    plot.addEventListener('pointermove', (event) => {
      const frame = kit.chartFrame(kit, spec, width, height);
      const box = plot.getBoundingClientRect();
      const pixel = ((event.clientX - box.left) / box.width) * width;
      const x = frame.x[0] + ((pixel - frame.left) / (frame.right - frame.left)) * (frame.x[1] - frame.x[0]);
      const near = epochs().reduce(
        (best, one) => (Math.abs(one - x) < Math.abs(best - x) ? one : best),
        Number.MAX_VALUE,
      );
      if (near !== Number.MAX_VALUE && near !== epoch) show(near);
    });
    plot.addEventListener('pointerleave', leave);
    plot.addEventListener('blur', leave);
    plot.addEventListener('keydown', (event) => {
      const steps: Record<string, number> = { ArrowLeft: -1, ArrowRight: 1, Home: -1e9, End: 1e9 };
      const step = steps[event.key];
      if (event.key === 'Escape') leave();
      if (step === undefined) return;
      event.preventDefault();
      const choices = epochs();
      const from = epoch === undefined ? (step > 0 ? -1 : choices.length) : choices.indexOf(epoch);
      const next = choices[Math.min(choices.length - 1, Math.max(0, from + step))];
      if (next !== undefined) show(next);
    });

    new ResizeObserver(() => {
      if (Math.round(plot.clientWidth) !== width) redraw();
    }).observe(plot);
    charts.push({ redraw });
    redraw();
    return redraw;
  }

  function setUpCopy(button: HTMLButtonElement) {
    const text = button.closest('.command')?.querySelector('code')?.textContent ?? '';
    const say = (message: string) => {
      button.textContent = message;
      setTimeout(() => {
        button.textContent = 'Copy';
      }, 1600);
    };
    const select = () => {
      const code = button.closest('.command')?.querySelector('code');
      if (code) getSelection()?.selectAllChildren(code);
      // The clipboard is closed to some pages opened from a file: then the command is at least selected.
      say(document.execCommand('copy') ? 'Copied' : 'Selected');
    };
    button.hidden = false;
    button.addEventListener('click', () => {
      if (!navigator.clipboard) return select();
      navigator.clipboard.writeText(text).then(() => say('Copied'), select);
    });
  }

  for (const card of all('[data-panel]')) setUpCard(card);
  setUpMetricSwitch();
  for (const button of all('.command button')) setUpCopy(button as HTMLButtonElement);
}
