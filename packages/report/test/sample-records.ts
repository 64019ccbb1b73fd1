import { type CurvePoint, encodeScores, type RunRecord } from '../src/index.js';

/** A small generator of its own, so that the sample pages never change by themselves. */
function generator(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

export interface SampleOptions {
  readonly datasets?: readonly string[];
  readonly backbones?: readonly string[];
  readonly variants?: readonly string[];
  readonly seeds?: readonly number[];
  readonly views?: boolean;
  /** Whether popularity and BPR-MF were run too. */
  readonly floors?: boolean;
}

/** Test Recall@20 that the samples scatter around. */
const LEVELS: Record<string, Record<string, number>> = {
  lfm2k: { plain: 0.3522, ckd: 0.3794, 'only:text': 0.3837, 'only:audio': 0.3451, other: 0.366 },
  other: { plain: 0.0663, ckd: 0.0655, 'only:text': 0.0581, 'only:audio': 0.0412, other: 0.0659 },
};

/** Finished runs that look like real ones: rising, noisy curves, early stopping, views, modality weights. */
export function sampleRecords(options: SampleOptions = {}): RunRecord[] {
  const {
    datasets = ['lfm2k', 'baby'],
    backbones = ['vbpr', 'mmgcn'],
    variants = ['plain', 'ckd', 'only:text', 'only:audio'],
    seeds = [1, 2, 3],
    views = true,
    floors = false,
  } = options;
  const sampled = datasets.flatMap((dataset, d) =>
    backbones.flatMap((backbone, b) =>
      variants.flatMap((variant, v) =>
        seeds.map((seed) =>
          sampleRecord(dataset, backbone, variant, seed, views, generator(d * 1e6 + b * 1e4 + v * 100 + seed)),
        ),
      ),
    ),
  );
  return floors
    ? [...sampled, ...datasets.flatMap((dataset) => seeds.flatMap((seed) => sampleFloors(dataset, seed)))]
    : sampled;
}

/** Popularity, which is not trained, and BPR-MF. */
function sampleFloors(dataset: string, seed: number): RunRecord[] {
  const random = generator(7e6 + seed);
  const popularity = sampleRecord(dataset, 'popularity', 'popularity', seed, false, random);
  const result = { ...popularity.result, bestEpoch: 0, epochs: 0, stoppedBy: 'untrained' as const };
  return [
    { ...popularity, result, curve: [], parameters: 0 },
    sampleRecord(dataset, 'bpr-mf', 'id-only', seed, false, random),
  ];
}

function sampleRecord(
  dataset: string,
  backbone: string,
  variant: string,
  seed: number,
  views: boolean,
  random: () => number,
): RunRecord {
  const levels = LEVELS[dataset] ?? LEVELS.other!;
  const noise = (scale: number) => (random() + random() + random() - 1.5) * scale;
  const level = (levels[variant] ?? levels.other!) * (backbone === 'mmgcn' ? 0.93 : 1) * (1 + noise(0.012));
  const distilled = variant.startsWith('ckd');
  const speed = 22 + random() * 8;
  const epochs = 5 * Math.round(24 + random() * 12);
  const bestEpoch = epochs - 50;
  const curve: CurvePoint[] = [];
  for (let epoch = 5; epoch <= epochs; epoch += 5) {
    const fall = epoch > bestEpoch ? 1 - (epoch - bestEpoch) * 0.0004 : 1;
    const at = (target: number) => target * (1 - 0.75 * Math.exp(-epoch / speed)) * fall * (1 + noise(0.006));
    const best = epoch === bestEpoch ? level * 1.02 : Math.min(at(level * 1.012), level * 1.018);
    const view = (name: string, share: number) => measures(at((levels[name] ?? level) * share));
    curve.push({
      epoch,
      losses: { bpr: 0.69 * Math.exp(-epoch / 60) + 0.1 + noise(0.004) },
      measures: distilled
        ? {
            'weight.text': 0.82 + 0.1 * Math.exp(-epoch / 40) + noise(0.01),
            'weight.audio': 1.18 - 0.1 * Math.exp(-epoch / 40) + noise(0.01),
          }
        : {},
      ...(distilled
        ? { distributions: { 'weight.text': spread(0.85, random), 'weight.audio': spread(1.15, random) } }
        : {}),
      validation: measures(best),
      ...(views && !variant.startsWith('only:')
        ? {
            views: {
              'only:text': view('only:text', distilled ? 0.96 : 0.86),
              'only:audio': view('only:audio', distilled ? 0.93 : 0.71),
            },
            margins: {
              joint: at(1.2),
              'only:text': at(0.8),
              'only:audio': at(distilled ? 0.6 : 0.4),
              'without:text': at(distilled ? 0.6 : 0.4),
              'without:audio': at(0.8),
            },
          }
        : {}),
    });
  }
  const seconds = (backbone === 'mmgcn' ? 9.1 : 2.3) * (distilled ? 1.9 : 1) * epochs * (0.95 + random() / 10);
  return {
    format: 2,
    id: `${dataset}-${backbone}-${variant.replace(':', '-')}-${seed}`,
    dataset: {
      name: dataset,
      hash: dataset === 'lfm2k' ? 'sha256:5d1f0c86a2b94e77' : 'sha256:c04be12f99a0d3e1',
      users: dataset === 'lfm2k' ? 1893 : 19445,
      items: dataset === 'lfm2k' ? 4523 : 7050,
      train: dataset === 'lfm2k' ? 51087 : 118551,
      validation: dataset === 'lfm2k' ? 6421 : 20559,
      test: dataset === 'lfm2k' ? 6433 : 21682,
    },
    backbone,
    backboneConfig: { embeddingSize: 64, regWeight: 1e-5, ...(backbone === 'mmgcn' ? { layers: 2 } : {}) },
    variant,
    seed,
    protocol: { name: 'ckd-paper', batchSize: 1024, learningRate: 5e-4, evaluateEvery: 5, patience: 10 },
    engine: 'wasm',
    result: {
      bestEpoch,
      epochs,
      stoppedBy: 'patience',
      validation: measures(level * 1.02),
      test: measures(level),
    },
    users: userScores(level, random),
    groups: {
      users: [
        { from: 2, to: 9, count: 380, values: measures(level * 0.8) },
        { from: 10, to: 24, count: 350, values: measures(level) },
        { from: 25, to: 60, count: 340, values: measures(level * 1.2) },
      ],
      items: [
        { from: 0, to: 4, count: 900, values: { 'recall@10': level * 0.3, 'recall@20': level * 0.4 } },
        { from: 5, to: 30, count: 2100, values: { 'recall@10': level * 0.7, 'recall@20': level } },
        { from: 31, to: 400, count: 2300, values: { 'recall@10': level * 0.9, 'recall@20': level * 1.3 } },
      ],
    },
    curve,
    parameters: backbone === 'mmgcn' ? 1_904_128 : 821_248,
    versions: {
      '@balanced-rec/ckd-core': '0.1.0',
      '@balanced-rec/eval': '0.1.0',
      [`@balanced-rec/${backbone}`]: '0.1.0',
      node: '20.20.2',
    },
    times: {
      sittings: 1,
      startedAt: `2025-01-0${seed}T08:00:00.000Z`,
      wallSeconds: seconds * 1.15,
      trainSeconds: seconds,
      evaluateSeconds: seconds * 0.12,
      peakMemoryBytes: (backbone === 'mmgcn' ? 812 : 431) * 2 ** 20 + Math.floor(random() * 2 ** 24),
    },
  };
}

/** The other metrics in a fixed proportion to Recall@20. */
function measures(recall20: number): Record<string, number> {
  return {
    'recall@10': recall20 * 0.68,
    'recall@20': recall20,
    'ndcg@10': recall20 * 0.39,
    'ndcg@20': recall20 * 0.46,
    'ndcg-ckd@20': recall20 * 1.3,
    'map@20': recall20 * 0.23,
  };
}

/** Five quantiles about a middle. */
function spread(middle: number, random: () => number): number[] {
  const width = 0.2 + random() / 10;
  return [-2, -1, 0, 1, 2].map((k) => middle + k * width * 0.5);
}

/** A user hits none, one or two of three items. */
function userScores(level: number, random: () => number): RunRecord['users'] {
  const recall = Array.from({ length: 240 }, () => Math.min(3, Math.floor((random() + level) * 2)) / 3);
  const values = Object.entries(measures(1)).map(
    ([metric, share]) => [metric, encodeScores(recall.map((value) => value * share))] as const,
  );
  return { count: recall.length, values: Object.fromEntries(values) };
}
