import { readFileSync } from 'node:fs';
import { markdownTable } from '../../reference/src/markdown-table.js';
import { rounded } from './timing.js';

/** The recorded figures from a peer's measurement. */
interface PeerFigures {
  readonly secondsPerStep: number;
  readonly secondsPerEpoch: number;
  readonly evaluateSeconds?: number | null;
  readonly peakRssMb: number;
}

/** The fields from `bench train`'s document that are compared with a peer's. */
interface OurFigures extends PeerFigures {
  readonly floorSeconds: number;
}

const backbones = ['vbpr', 'bm3', 'freedom', 'lattice', 'grcn', 'mmgcn'] as const;

/**
 * The tables in docs/benchmarks.md as Markdown: figures measured in turn on one machine.
 * @param folder contains `<peer>.json`, figures by name, and `<engine>-<backbone>[-1024][-ckd].json`, documents printed by `bench train`
 */
export function besidePeers(folder: string): { mmrec: string; distilled: string; authors: string } {
  const peer = (name: string): Record<string, PeerFigures> =>
    JSON.parse(readFileSync(`${folder}/${name}.json`, 'utf8'));
  const ours = (name: string): OurFigures => JSON.parse(readFileSync(`${folder}/${name}.json`, 'utf8'));
  const [mmrec, kept, authors] = [peer('mmrec'), peer('mmrec-kept-memory'), peer('ckd-authors')];
  return {
    mmrec: markdownTable(
      [
        '',
        'MMRec, s per epoch',
        'with memory kept',
        'native',
        'MMRec / native',
        'wasm',
        'MMRec / wasm',
        'ranking: MMRec, native, wasm, s',
        'peak: MMRec, native, wasm, MB',
      ],
      backbones.map((name) => {
        const [theirs, native, wasm] = [mmrec[name]!, ours(`native-${name}`), ours(`wasm-${name}`)];
        const all = [theirs, native, wasm];
        return [
          name,
          ...[theirs.secondsPerEpoch, kept[name]!.secondsPerEpoch, native.secondsPerEpoch].map(number),
          number(theirs.secondsPerEpoch / native.secondsPerEpoch),
          number(wasm.secondsPerEpoch),
          number(theirs.secondsPerEpoch / wasm.secondsPerEpoch),
          all.map(({ evaluateSeconds }) => number(evaluateSeconds!)).join(', '),
          all.map(({ peakRssMb }) => number(peakRssMb)).join(', '),
        ];
      }),
    ),
    distilled: markdownTable(
      [
        'native',
        'plain step, s',
        'distilled step, s',
        'distilled / plain',
        'floor of plain, s',
        'floor of distilled, s',
        'of the floors',
      ],
      backbones.map((name) => {
        const [plain, distilled] = [ours(`native-${name}`), ours(`native-${name}-ckd`)];
        return [
          name,
          ...[plain.secondsPerStep, distilled.secondsPerStep, distilled.secondsPerStep / plain.secondsPerStep],
          ...[plain.floorSeconds, distilled.floorSeconds, distilled.floorSeconds / plain.floorSeconds],
        ].map((cell) => (typeof cell === 'number' ? number(cell) : cell));
      }),
    ),
    authors: markdownTable(
      ['batches of 1,024', "authors' step, s", 'native, s', 'authors / native'],
      ['vbpr', 'vbpr-distilled', 'mmgcn', 'mmgcn-distilled'].map((name) => {
        const native = ours(`native-${name.replace('-distilled', '')}-1024${name.endsWith('distilled') ? '-ckd' : ''}`);
        const theirs = authors[name]!.secondsPerStep;
        return [name, ...[theirs, native.secondsPerStep, theirs / native.secondsPerStep].map(number)];
      }),
    ),
  };
}

function number(value: number): string {
  return String(rounded(value));
}

/**
 * The table in docs/benchmarks.md for the gpu engine.
 * @param folder contains `<backbone>.json`, documents printed by `bench train`, and `mmrec.json`, figures by name
 */
export function besideMmrecOnGpu(folder: string): string {
  const read = (name: string) => JSON.parse(readFileSync(`${folder}/${name}.json`, 'utf8'));
  const mmrec: Record<string, PeerFigures> = read('mmrec');
  const sum = ({ secondsPerEpoch, evaluateSeconds }: PeerFigures) => secondsPerEpoch + evaluateSeconds!;
  return markdownTable(
    ['', 'gpu, s per epoch', 'ranking, s', 'MMRec, s per epoch', 'ranking, s', 'MMRec / gpu, epoch and ranking'],
    backbones.map((name) => {
      const [ours, theirs] = [read(name) as OurFigures, mmrec[name]];
      const figures = (peer: PeerFigures) => [peer.secondsPerEpoch, peer.evaluateSeconds!].map(number);
      return [
        name,
        ...figures(ours),
        ...(theirs ? [...figures(theirs), number(sum(theirs) / sum(ours))] : ['', '', '']),
      ];
    }),
  );
}
