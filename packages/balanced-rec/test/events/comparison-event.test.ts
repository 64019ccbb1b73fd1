import { readFileSync } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { comparisonFile, scratchFolder } from '@balanced-rec/tiny-data';
import { beforeAll, describe, expect, test } from 'vitest';
import { type ComparisonEvent, comparisonEventSchema } from '../../src/index.js';
import { type CliResult, repository, runCli, runWell, startCli } from '../support/cli.js';
import { until } from '../support/processes.js';

/** Parses the lines, and expects each to be an event without fields that are not in the schema. */
function eventsIn(lines: string): ComparisonEvent[] {
  return lines
    .trimEnd()
    .split('\n')
    .map((line) => {
      const event = comparisonEventSchema.parse(JSON.parse(line));
      expect(event).toEqual(JSON.parse(line));
      return event;
    });
}

type EventOf<Type> = Extract<ComparisonEvent, { type: Type }>;

function ofType<Type extends ComparisonEvent['type']>(events: readonly ComparisonEvent[], type: Type): EventOf<Type>[] {
  return events.filter((event): event is EventOf<Type> => event.type === type);
}

const page = readFileSync(join(repository, 'docs/events.md'), 'utf8');
const documented = eventsIn(/^```json\n(.*?)^```$/ms.exec(page)![1]!);
const types = comparisonEventSchema.options.map(({ shape }) => shape.type.value);

test('docs/events.md has a row and an example of each type of event', () => {
  expect(documented.map(({ type }) => type).sort()).toEqual([...types].sort());
  expect([...page.matchAll(/^\| `(\w+)` /gm)].map(([, type]) => type).sort()).toEqual([...types].sort());
});

const vbpr = '{ name: vbpr, set: { embeddingDim: 8 } }';
/** A regulariser so heavy that the loss is infinite at once. */
const diverging = '{ name: mmgcn, set: { embeddingDim: 4, layers: 1, regWeight: 1.0e+39 } }';
const yaml = (backbones: string, protocol: string) => `
datasets: [${join(repository, 'examples/data/planted')}]
backbones: [${backbones}]
variants: [ckd]
engine: wasm
protocol: { name: ckd-paper, batchSize: 1024, evaluateEvery: 2, ${protocol} }
distillation: { pairsPerStep: 100 }
`;

describe('compare --json', () => {
  let root: string;
  let result: CliResult;
  let events: ComparisonEvent[];

  beforeAll(async () => {
    root = await scratchFolder();
    const search = 'search: { space: { distillation: { kdRatio: [0.001, 0.01] } } }';
    const file = await comparisonFile(root, `${yaml(`${vbpr}, ${diverging}`, 'maxEpochs: 3')}${search}\n`);
    await mkdir(join(root, 'out', 'progress'), { recursive: true });
    await writeFile(join(root, 'out', 'progress', 'planted--vbpr--only-image--s1.safetensors'), 'no state');
    result = await runCli(['compare', file, '--out', join(root, 'out'), '--json']);
    events = eventsIn(result.stdout);
  });

  test('reports a comparison with documented events only, one per line', () => {
    expect(new Set(events.map(({ type }) => type))).toEqual(new Set(types.filter((type) => type !== 'stopped')));
    for (const event of events) {
      const fields = Object.keys(documented.find(({ type }) => type === event.type)!);
      expect(fields).toEqual(expect.arrayContaining(Object.keys(event)));
    }
    expect(events.map(({ time }) => time)).toEqual(events.map(({ time }) => time).sort());
  });

  test('begins with the plan and ends with the reports and the error', () => {
    const [searched, planned] = ofType(events, 'planned') as [EventOf<'planned'>, EventOf<'planned'>];
    expect(events[0]).toBe(searched);
    expect(searched.phase).toBe('search of distillation options, by ckd');
    expect(searched.runs.flatMap(({ trial }) => (trial ? [trial.distillation] : []))).toContainEqual({ kdRatio: 0.01 });
    expect(planned.phase).toBeUndefined();
    expect(planned).toMatchObject({ type: 'planned', engine: 'wasm', datasets: [{ name: 'planted', users: 300 }] });
    expect(planned.runs.map(({ id }) => id)).toContain('planted--vbpr--ckd--s1');
    expect(planned.runs.find(({ id }) => id === 'planted--vbpr--ckd--s1')).toMatchObject({
      after: ['planted--vbpr--only-image--s1', 'planted--vbpr--only-text--s1'],
      kept: false,
    });
    expect(events.slice(-3)).toMatchObject([
      { type: 'blocked', id: 'planted--mmgcn--ckd--s1' },
      { type: 'reports', html: join(root, 'out', 'report.html') },
      { type: 'error', error: { code: 'comparison/failed-runs', found: 'the failures listed above' } },
    ]);
    // Its teachers fail in the search, and again in the comparison.
    const failures = ofType(events, 'failed').map(({ error }) => error.code);
    expect(failures).toEqual(Array(4).fill('training/diverged'));
  });

  test('has every epoch of a run between its start and its end', () => {
    const ckd = events.filter((event) => 'id' in event && event.id === 'planted--vbpr--ckd--s1');
    expect(ckd.map(({ type }) => type)).toEqual(['started', 'epoch', 'epoch', 'epoch', 'finished']);
    const [first, second, third] = ofType(ckd, 'epoch') as [EventOf<'epoch'>, EventOf<'epoch'>, EventOf<'epoch'>];
    expect(first).not.toHaveProperty('bestEpoch');
    expect(second).toMatchObject({ epoch: 2, maxEpochs: 3, bestEpoch: 2, bestScore: second.validation!['recall@20'] });
    expect(Object.keys(third.views!)).toEqual(['only:image', 'only:text']);
    expect(ofType(ckd, 'finished')[0]).toMatchObject({ epochs: 3, test: { 'recall@20': expect.any(Number) } });
  });

  test('prints nothing on stderr except the error', () => {
    expect(result.stderr.startsWith('error comparison/failed-runs\n'), result.stderr).toBe(true);
  });

  test("keeps a backbone's output apart from the events, in this process and in those of runs", async () => {
    const real = join(repository, 'packages/vbpr/dist/index.js');
    await writeFile(join(root, 'loud.mjs'), `console.log('imported');\nexport * from ${JSON.stringify(real)};\n`);
    const loud = '{ name: vbpr, package: ./loud.mjs, set: { embeddingDim: 4 } }';
    await comparisonFile(root, yaml(loud, 'maxEpochs: 1').replace('[ckd]', '[plain]'), 'loud.yaml');
    const { stdout, stderr } = await runWell(
      ['compare', 'loud.yaml', '--package', './loud.mjs', '--out', 'loud', '--json'],
      root,
    );
    expect(eventsIn(stdout).map(({ type }) => type)).toEqual(['planned', 'started', 'epoch', 'finished', 'reports']);
    expect(stderr).toBe('imported\nimported\n');
  });

  test('reports a refused comparison with a single error event', async () => {
    const refused = await runCli(['compare', join(root, 'nowhere.yaml'), '--json']);
    expect(eventsIn(refused.stdout)).toMatchObject([{ type: 'error', error: { code: 'comparison/missing-file' } }]);
  });

  test('reports Ctrl-C: each run in progress is stopped, and the error says how to resume', async () => {
    const file = await comparisonFile(root, yaml(vbpr, 'maxEpochs: 1000000, patience: 1000000'), 'endless.yaml');
    const comparison = startCli(['compare', file, '--out', join(root, 'endless'), '--json', '--jobs', '1']);
    let stdout = '';
    comparison.child.stdout!.on('data', (text: string) => {
      stdout += text;
    });
    await until('an epoch is reported', () => stdout.includes('"epoch"'));
    process.kill(-comparison.child.pid!, 'SIGINT');
    const { code, stdout: all } = await comparison.ended;
    expect(code).toBe(130);
    expect(eventsIn(all).slice(-2)).toMatchObject([
      { type: 'stopped', id: 'planted--vbpr--only-image--s1' },
      { type: 'error', error: { code: 'cli/interrupted' } },
    ]);
  });
});
