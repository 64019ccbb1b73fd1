/**
 * Exceptions to the tests of snippets and commands. Each document has a list of entries: the beginning of the snippet or command,
 * and the reason. A document that is not listed has no exceptions. An entry that matches nothing fails the tests.
 */
export type Exceptions = Readonly<Record<string, readonly (readonly [start: string, why: string])[]>>;

/** Fragments that do not compile on their own. */
export const notWhole: Exceptions = {
  'docs/add-a-backbone.md': [['', 'parts of examples/lightgcn-features; add-a-backbone.test.ts compares them with it']],
  'docs/browser.md': [['', 'a page for a bundler; examples/browser contains it, and its browser test runs it']],
  'packages/backbone-testkit/README.md': [
    ['', 'a test of a package that the README does not show; examples/lightgcn-features has one that is run'],
  ],
};

/** Code that is type-checked but not run here. */
export const notRun: Exceptions = {
  'README.md': [['', 'minutes of training; readme.test.ts runs it as `pnpm example`']],
  'docs/synthetic.md': [['', 'ends with a dataset of 500,000 users']],
  'packages/balanced-rec/README.md': [['', 'follows the events of a comparison until it ends']],
  'packages/datasets/README.md': [['import { synthesizeDataset', 'ends with a dataset of 500,000 users']],
  'packages/errors/README.md': [['', 'throws the error it shows']],
  'packages/features/README.md': [['', 'downloads encoders; packages/features/test runs it with local ones']],
  'packages/models/README.md': [['', 'needs a trained model; packages/balanced-rec/test has one']],
  'packages/prepare/README.md': [['', 'needs a year of logs; packages/prepare/test runs it on others']],
  'packages/serve/README.md': [['', 'listens until it is stopped; packages/serve/test starts and stops it']],
  'packages/tfjs-kernels/README.md': [['import { inspectEngine', 'downloads TensorFlow; .ci/run installs it']],
};

const readmeRunsIt = 'readme.test.ts runs it on data in the repository';
const isResult = 'hours of training on data that is not in the repository';
const rehearsed = 'the release rehearsal runs it with the published packages';
const needsNetwork = 'requests a package from the registry that may not be published yet';

/** Commands that are checked against the command line but not run here. */
export const commandsNotRun: Exceptions = {
  'docs/add-a-backbone.md': [['', rehearsed]],
  'docs/benchmarks.md': [['', 'takes minutes; tooling/benchmarks/test runs each on small data']],
  'docs/browser.md': [['', 'needs a trained model; packages/balanced-rec/test exports one']],
  'docs/data.md': [
    ['', 'needs logs that are not in the repository; packages/balanced-rec/test runs it where they are available'],
  ],
  'docs/guide.md': [['', 'the release rehearsal walks through it with the published packages']],
  'docs/features.md': [['', 'needs texts, images and encoders; packages/balanced-rec/test runs it on others']],
  'docs/paper.md': [
    ['', 'needs the four Amazon datasets; tooling/benchmarks/test/paper.test.ts and `paper-dry-run` cover it'],
  ],
  'docs/results/lfm2k-full/summary.md': [['', isResult]],
  'docs/results/lfm2k/summary.md': [['', isResult]],
  'docs/results/paper-dry-run/summary.md': [['', isResult]],
  'docs/results/six-backbones/summary.md': [['', isResult]],
  'docs/results/tiktok/summary.md': [['', isResult]],
  'docs/distributed.md': [['', 'needs several machines; packages/balanced-rec/test uses processes instead']],
  'docs/serve.md': [['', 'needs a trained model, databases and a server; packages/balanced-rec/test runs each']],
  'docs/synthetic.md': [['balanced-rec synth data/large', 'writes 500,000 users; tooling/benchmarks measures it']],
  'examples/browser/README.md': [['', rehearsed]],
  'examples/install-one-javascript/README.md': [['', rehearsed]],
  'examples/install-one-typescript/README.md': [['', rehearsed]],
  'tooling/release-rehearsal/README.md': [['', '.ci/run runs it']],
  'examples/lightgcn-features/README.md': [['', rehearsed]],
  'packages/balanced-rec/README.md': [
    ['npm install', needsNetwork],
    ['npx balanced-rec compare', readmeRunsIt],
  ],
  'packages/create-backbone/README.md': [['', rehearsed]],
  'packages/prepare/README.md': [
    ['npm install', needsNetwork],
    ['npx balanced-rec prepare', 'needs reviews; packages/prepare/test has some'],
  ],
  'packages/report/README.md': [['npm install', needsNetwork]],
  'packages/queue/README.md': [['', 'runs until it is stopped; packages/balanced-rec/test starts and stops it']],
  'packages/serve/README.md': [['', 'listens until it is stopped; packages/balanced-rec/test starts and stops it']],
};

/** Why a document's `text` is an exception; undefined if it is not one. */
export function exceptionOf(exceptions: Exceptions, document: string, text: string): string | undefined {
  return exceptions[document]?.find(([start]) => text.startsWith(start))?.[1];
}

/** The exceptions that match none of the texts. */
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
