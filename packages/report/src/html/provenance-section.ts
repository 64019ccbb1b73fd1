import { formatCount } from '../labels/format-number.js';
import { variantLabel } from '../labels/names.js';
import type { RunRecord } from '../records/run-record.js';
import { groupRuns } from '../summary/group-runs.js';
import { datasetsOf, stableJson, versionsOf } from '../summary/provenance.js';
import { htmlTable } from './html-table.js';
import { escapeHtml } from './markup.js';

/** What is needed to reproduce the numbers: command, data, versions, and every run's configuration. */
export function provenanceSection(records: readonly RunRecord[], command: string): string {
  const data = htmlTable({
    caption: '<strong>Data</strong>: users, items, and interactions of each split.',
    label: 'Data',
    columns: [
      { label: 'Dataset', numeric: false },
      ...['Users', 'Items', 'Train', 'Validation', 'Test'].map((label) => ({ label, numeric: true })),
      { label: 'Hash', numeric: false },
    ],
    groups: [
      {
        heading: '',
        rows: datasetsOf(records).map(({ name, users, items, train, validation, test, hash }) => [
          escapeHtml(name),
          ...[users, items, train, validation, test].map(formatCount),
          `<code>${escapeHtml(hash)}</code>`,
        ]),
      },
    ],
  });
  const versions = htmlTable({
    caption: '<strong>Versions</strong> that the runs used.',
    label: 'Versions',
    columns: [
      { label: 'Package', numeric: false },
      { label: 'Version', numeric: false },
    ],
    groups: [
      { heading: '', rows: versionsOf(records).map(([name, all]) => [escapeHtml(name), escapeHtml(all.join(', '))]) },
    ],
  });
  const runs = groupRuns(records).flatMap(({ variants }) => [...variants.values()].flat());
  return `<section id="provenance" aria-labelledby="provenance-title">
<h2 id="provenance-title">Provenance</h2>
<p class="about">The same command on the same machine gives the same numbers.</p>
<div class="command"><pre tabindex="0"><code>${escapeHtml(command)}</code></pre><button type="button" hidden>Copy</button></div>
${data}
${settingsTable(records)}
${versions}
<h3>Configuration of each run</h3>
<div class="runs">${runs.map(runDetails).join('\n')}</div>
</section>`;
}

/** The settings of all runs; every value if runs differ. */
function settingsTable(records: readonly RunRecord[]): string {
  const distinct = (of: (run: RunRecord) => unknown) => [...new Set(records.map((run) => String(of(run))))].sort();
  const seeds = [...new Set(records.map(({ seed }) => seed))].sort((a, b) => a - b);
  const settings = records.map(({ protocol }) => flatten(protocol));
  const fields = [...new Set(settings.flatMap((own) => Object.keys(own)))].sort();
  const rows: [string, string][] = [
    ['Seeds', seeds.join(', ')],
    ['Engine', distinct(({ engine }) => engine).join(', ')],
    ...fields.map((field): [string, string] => [
      `Protocol: ${field}`,
      // Not every variant has every option.
      [...new Set(settings.filter((own) => field in own).map((own) => own[field]!))].sort().join(' or '),
    ]),
  ];
  return htmlTable({
    caption: '<strong>Settings</strong> of the runs; every value if runs differ.',
    label: 'Settings',
    columns: [
      { label: 'Setting', numeric: false },
      { label: 'Value', numeric: false },
    ],
    groups: [{ heading: '', rows: rows.map((row) => row.map(escapeHtml)) }],
  });
}

/** Nested options by their path: `distillation.kdRatio`. */
function flatten(settings: Readonly<Record<string, unknown>>, prefix = ''): Record<string, string> {
  return Object.fromEntries(
    Object.entries(settings).flatMap(([name, value]) =>
      value !== null && typeof value === 'object' && !Array.isArray(value)
        ? Object.entries(flatten(value as Record<string, unknown>, `${prefix}${name}.`))
        : [[`${prefix}${name}`, typeof value === 'string' ? value : stableJson(value)]],
    ),
  );
}

/** `best epoch 40 of 90, stopped by patience` */
function ended({ bestEpoch, epochs, stoppedBy }: RunRecord['result']): string {
  if (stoppedBy === 'untrained') return 'not trained';
  return `best epoch ${bestEpoch} of ${epochs}, ${stoppedBy === 'patience' ? 'stopped by patience' : 'ran to the last epoch'}`;
}

function runDetails({
  id,
  dataset,
  backbone,
  variant,
  seed,
  result,
  engine,
  protocol,
  backboneConfig,
  versions,
}: RunRecord): string {
  const config = { id, engine, protocol, backboneConfig, versions };
  const name = `${dataset.name} · ${backbone} · ${variantLabel(variant)} · seed ${seed}`;
  return `<details><summary>${escapeHtml(name)} <span class="small">${ended(result)}</span></summary><pre tabindex="0">${escapeHtml(stableJson(config, 2))}</pre></details>`;
}
