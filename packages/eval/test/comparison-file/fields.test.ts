import { join } from 'node:path';
import { BalancedRecError } from '@balanced-rec/errors';
import { comparisonFile, filesBelow, scratchFolder, tinyDataset } from '@balanced-rec/tiny-data';
import { beforeAll, describe, expect, test } from 'vitest';
import { isMap, isScalar, LineCounter, parseDocument, type Scalar, visit } from 'yaml';
import { compare } from '../../src/comparison/compare.js';

/** Every possible field of a comparison file. */
const full = `title: Everything
datasets:
  - name: mine
    path: tiny
    modalities: [image, text]
backbones:
  - name: vbpr
    package: "@balanced-rec/vbpr"
    set:
      embeddingDim: 8
    search:
      regWeight: [0.001, 0.0001]
    variants: [plain]
  - name: bm3
variants:
  - name: plain
seeds: [1]
protocol:
  name: mmrec
  sampler: mmrec
  batchSize: 64
  learningRate: 0.001
  learningRateSchedule: constant
  evaluateEvery: 1
  patience: 2
  maxEpochs: 2
distillation:
  kdRatio: 0.01
  lambda: 5
  temperature: 0.1
  pairsPerStep: 50
  specific: true
  generic: true
  reweighting: true
modulation:
  alpha: 0.5
  noise: true
search:
  method: grid
  trials: 2
  seed: 1
  space:
    backbone:
      embeddingDim: [4, 8]
    protocol:
      learningRate: [0.001, 0.01]
    distillation:
      kdRatio: [0.001, 0.01]
    modulation:
      alpha: [0.1, 0.5]
metrics: [recall]
cutoffs: [20]
engine: wasm
`;

interface Field {
  readonly key: string;
  readonly line: number;
  readonly offset: number;
}

function fields(): Field[] {
  const lines = new LineCounter();
  const found: Field[] = [];
  visit(parseDocument(full, { lineCounter: lines }), {
    Pair: (_, { key }) => {
      const { value, range } = key as Scalar<string> & { range: [number, number, number] };
      found.push({ key: value, line: lines.linePos(range[0]).line, offset: range[0] });
    },
  });
  return found;
}

describe('a comparison file', () => {
  let root: string;

  beforeAll(async () => {
    root = await scratchFolder();
    await tinyDataset(root);
  });

  async function refusalOf(yaml: string): Promise<BalancedRecError['details']> {
    const file = await comparisonFile(root, yaml);
    const nothing = () => {};
    const listener = {
      planned: () => {
        throw new Error('it was planned');
      },
      ...{ event: nothing, started: nothing, finished: nothing, tried: nothing, failed: nothing, stopped: nothing },
    };
    const options = { file, out: join(root, 'out'), command: 'compare', checkpointSeconds: 30, listener };
    const error = await compare(options).then(
      () => undefined,
      (reason: unknown) => reason,
    );
    expect(error).toBeInstanceOf(BalancedRecError);
    expect(filesBelow(join(root, 'out'))).toEqual([]);
    return (error as BalancedRecError).details;
  }

  test('with every field is planned', async () => {
    const file = await comparisonFile(root, full);
    const stop = new Error('planned');
    const listener = {
      planned: () => {
        throw stop;
      },
    };
    const options = { file, out: join(root, 'planned'), command: 'compare', checkpointSeconds: 30 };
    await expect(compare({ ...options, listener: listener as never })).rejects.toBe(stop);
  });

  test.each(fields())(
    'with a misspelt "$key" on line $line is refused, naming line, key and nearest name',
    async (field) => {
      const { key, line, offset } = field;
      const wrong = `${key.slice(0, -1)}${key.at(-1) === 'q' ? 'z' : 'q'}`;
      const details = await refusalOf(full.slice(0, offset) + wrong + full.slice(offset + key.length));
      expect(details.place).toMatch(new RegExp(`comparison\\.yaml:${line} \\(.*${wrong}\\)$`));
      expect(`${details.found} ${details.expected}`).toContain(key);
      expect(details.remedy).toBe(`did you mean "${key}"?`);
    },
  );

  test.each(fields())(
    'with a value of the wrong type for "$key" on line $line is refused, naming both',
    async ({ key, offset }) => {
      const document = parseDocument(full);
      visit(document, {
        Pair: (_, pair) => {
          const { range } = pair.key as { range: [number, number, number] };
          if (range[0] !== offset) return undefined;
          // A list in a list is valid nowhere.
          pair.value = document.createNode([[null]]);
          return visit.BREAK;
        },
      });
      const details = await refusalOf(String(document));
      expect(details.code).toBe('config/invalid');
      expect(details.place).toMatch(new RegExp(`comparison\\.yaml:\\d+ \\(.*${key}`));
      for (const part of [details.expected, details.found, details.remedy]) expect(part).toMatch(/\S/);
    },
  );

  test.each([
    ['datasets', /\(datasets\)|yaml:\d+/],
    ['backbones', /\(backbones\)|yaml:\d+/],
    ['path', /datasets > 0/],
  ])('without %s says what is missing', async (key, place) => {
    const document = parseDocument(full);
    visit(document, {
      Map: (_, map) => {
        map.items = map.items.filter(({ key: own }) => !(isScalar(own) && own.value === key));
        expect(isMap(map)).toBe(true);
      },
    });
    const details = await refusalOf(String(document));
    expect(details.place).toMatch(place);
    expect(`${details.place} ${details.expected}`).toContain(key);
  });
});
