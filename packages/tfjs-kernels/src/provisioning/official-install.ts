import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { delimiter, dirname, join } from 'node:path';
import { officialBinding, type TensorFlowPackage } from '../tensorflow-library/tensorflow-package.js';
import { lastLines, runProgram } from './run-program.js';

const SECONDS_TO_ANSWER = 5;
const MINUTES_TO_INSTALL = 5;

/**
 * Runs the package's own install step, which downloads TensorFlow's library from Google's storage.
 * @returns why there is no binding afterwards; undefined if there is one
 */
export async function installOfficially(tensorflowPackage: TensorFlowPackage): Promise<string | undefined> {
  if (officialBinding(tensorflowPackage) !== undefined) return undefined;
  const host = process.env.TFJS_NODE_CDN_STORAGE ?? process.env.CDN_STORAGE ?? 'https://storage.googleapis.com/';
  // On a network that silently drops connections, the install step itself would hang.
  const unreachable = await whyUnreachable(process.env.TFJS_NODE_BASE_URI ?? `${host}tensorflow/`);
  if (unreachable !== undefined) return `${new URL(host).host} does not answer (${unreachable})`;
  const { folder } = tensorflowPackage;
  const manifest = join(folder, 'package.json');
  const [, ...args] = JSON.parse(readFileSync(manifest, 'utf8')).scripts.install.split(' ');
  const locator = createRequire(manifest).resolve('@mapbox/node-pre-gyp/package.json');
  const { ok, ended, output } = await runProgram(process.execPath, args, {
    cwd: folder,
    env: { ...process.env, PATH: [join(dirname(locator), 'bin'), process.env.PATH].join(delimiter) },
    timeout: MINUTES_TO_INSTALL * 60_000,
  });
  if (officialBinding(tensorflowPackage) !== undefined) return undefined;
  return ok ? 'it did not create a binding' : `${ended}: ${lastLines(output, 1)}`;
}

async function whyUnreachable(address: string): Promise<string | undefined> {
  try {
    // Any response will do: this only checks that the host can be reached.
    await fetch(address, { method: 'HEAD', signal: AbortSignal.timeout(SECONDS_TO_ANSWER * 1000) });
    return undefined;
  } catch (error) {
    const { cause, message } = error as Error & { cause?: Error };
    return cause?.message ?? message;
  }
}
