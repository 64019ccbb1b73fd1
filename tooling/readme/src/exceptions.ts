/**
 * What the tests of snippets and commands make an exception for: by document, the beginning of the snippet or command, and why. A
 * document that is missing here has no exceptions. An entry that fits nothing fails the tests.
 */
export type Exceptions = Readonly<Record<string, readonly (readonly [start: string, why: string])[]>>;

/** Parts of code, which no compiler takes alone. */
export const notWhole: Exceptions = {
  'docs/add-a-backbone.md': [
    ['', 'parts of examples/lightgcn-features, with which add-a-backbone.test.ts compares them'],
  ],
  'docs/browser.md': [['', 'a page, for a bundler; examples/browser has it, and the tests of the browser run it']],
  'packages/backbone-testkit/README.md': [
    ['', 'a test of a package that it does not show; add-a-backbone.test.ts has one that is run'],
  ],
};

/** Code that is type-checked and not run here. */
export const notRun: Exceptions = {
  'README.md': [['', 'minutes of training; readme.test.ts runs it as `pnpm example`']],
  'docs/synthetic.md': [['', 'ends with a dataset of 500,000 users']],
  'packages/balanced-rec/README.md': [['', 'reads the events of a comparison until it ends']],
  'packages/datasets/README.md': [['import { synthesizeDataset', 'ends with a dataset of 500,000 users']],
  'packages/errors/README.md': [['', 'throws the error that it shows']],
  'packages/features/README.md': [['', 'downloads encoders; packages/features/test runs them on what is there']],
  'packages/models/README.md': [['', 'wants a trained model; packages/balanced-rec/test has one']],
  'packages/prepare/README.md': [['', 'wants logs of a year; packages/prepare/test runs it on others']],
  'packages/serve/README.md': [['', 'listens until it is ended; packages/serve/test does both']],
  'packages/tfjs-kernels/README.md': [['import { inspectEngine', 'downloads TensorFlow; .ci/run provides it']],
};

const readmeRunsIt = 'readme.test.ts runs it on data that is there';
const isResult = 'hours of training on data that is not in the repository';
const rehearsed = 'the release rehearsal does it with the published packages';
const needsNetwork = 'asks the registry for a package that may not be published yet';

/** Commands that are checked against the command line and not run here. */
export const commandsNotRun: Exceptions = {
  'CONTRIBUTING.md': [['', 'npm test has done the one, and is the other']],
  'docs/add-a-backbone.md': [['', rehearsed]],
  'docs/benchmarks.md': [['', 'measures for minutes; tooling/benchmarks/test runs each on little']],
  'docs/browser.md': [['', 'wants a trained model; packages/balanced-rec/test exports one']],
  'docs/data.md': [
    ['', 'wants logs that are not in the repository; packages/balanced-rec/test runs it where they are'],
  ],
  'docs/guide.md': [['', 'the release rehearsal walks through it with the published packages']],
  'docs/features.md': [['', 'wants texts, images and encoders; packages/balanced-rec/test runs it on others']],
  'docs/paper.md': [
    ['', 'wants the four Amazon sets; tooling/benchmarks/test/paper.test.ts and `paper-dry-run` stand for it'],
  ],
  'docs/results/lfm2k-full/summary.md': [['', isResult]],
  'docs/results/lfm2k/summary.md': [['', isResult]],
  'docs/results/paper-dry-run/summary.md': [['', isResult]],
  'docs/results/six-backbones/summary.md': [['', isResult]],
  'docs/results/tiktok/summary.md': [['', isResult]],
  'docs/distributed.md': [['', 'wants several machines; packages/balanced-rec/test has their processes']],
  'docs/serve.md': [['', 'wants a trained model, databases and a server; packages/balanced-rec/test runs each']],
  'docs/synthetic.md': [['balanced-rec synth data/large', 'writes 500,000 users; tooling/benchmarks measures it']],
  'examples/browser/README.md': [['', rehearsed]],
  'examples/install-one-javascript/README.md': [['', rehearsed]],
  'examples/install-one-typescript/README.md': [['', rehearsed]],
  'tooling/release-rehearsal/README.md': [['', '.ci/run does it']],
  'examples/lightgcn-features/README.md': [['', rehearsed]],
  'packages/balanced-rec/README.md': [
    ['npm install', needsNetwork],
    ['npx balanced-rec compare', readmeRunsIt],
  ],
  'packages/create-backbone/README.md': [['', rehearsed]],
  'packages/prepare/README.md': [
    ['npm install', needsNetwork],
    ['npx balanced-rec prepare', 'wants reviews; packages/prepare/test has some'],
  ],
  'packages/report/README.md': [['npm install', needsNetwork]],
  'packages/queue/README.md': [['', 'works until it is ended; packages/balanced-rec/test does both']],
  'packages/serve/README.md': [['', 'listens until it is ended; packages/balanced-rec/test does both']],
};

/** Why `text` of a document is an exception; undefined where it is none. */
export function exceptionOf(exceptions: Exceptions, document: string, text: string): string | undefined {
  return exceptions[document]?.find(([start]) => text.startsWith(start))?.[1];
}

/** The exceptions that fit none of the texts. */
export function unused(
  exceptions: Exceptions,
  texts: readonly { readonly path: string; readonly text: string }[],
): string[] {
  return Object.entries(exceptions).flatMap(([path, entries]) =>
    entries
      .filter(([start]) => !texts.some((one) => one.path === path && one.text.startsWith(start)))
      .map(([start]) => `${path}: ${start}`),
  );
}
