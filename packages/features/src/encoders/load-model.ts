import { existsSync } from 'node:fs';
import { homedir } from 'node:os';
import { basename, join, resolve } from 'node:path';
import { BalancedRecError } from '@balanced-rec/errors';
import type { PretrainedModelOptions, ProgressInfo } from '@huggingface/transformers';
import { recordFiles } from '../output/recorded-files.js';
import type { EncoderSettings } from './encoder.js';
import type { TransformersOptions } from './encoder-options.js';

/** A loaded pipeline and what identifies it. */
export interface LoadedModel<Pipeline> {
  readonly pipeline: Pipeline;
  readonly identity: Readonly<Record<string, unknown>>;
}

/**
 * Loads a model with @huggingface/transformers from a local folder, otherwise from the cache, otherwise from the Hugging Face
 * hub (`HF_ENDPOINT` overrides its address).
 *
 * @param create creates the pipeline from the given path or name
 * @throws BalancedRecError `encoder/no-model`, `encoder/no-network`, `encoder/broken-model`
 */
export async function loadModel<Pipeline>(
  { model: named, modelFolder, say }: EncoderSettings,
  model: string,
  options: TransformersOptions,
  create: (path: string, options: PretrainedModelOptions) => Promise<Pipeline>,
): Promise<LoadedModel<Pipeline>> {
  const { env, LogLevel } = await import('@huggingface/transformers');
  const local = modelFolder === undefined ? undefined : findLocal(modelFolder, model);
  const cache = modelCache();
  Object.assign(env, { cacheDir: cache, allowRemoteModels: local === undefined, logLevel: LogLevel.ERROR });
  if (process.env.HF_ENDPOINT) env.remoteHost = process.env.HF_ENDPOINT.replace(/\/*$/, '/');

  const { revision } = options;
  const folder = local ?? (revision === 'main' ? join(cache, model) : join(cache, model, revision));
  // A folder may contain any model, so the default's name would be wrong for it.
  const identified = local !== undefined && named === undefined ? basename(local) : model;
  const loaded = new Set<string>();
  say?.(`loading ${local ?? model}`);
  const pipeline = await create(local ?? model, {
    dtype: options.dtype,
    revision,
    device: 'cpu',
    cache_dir: cache,
    local_files_only: local !== undefined,
    progress_callback: (info: ProgressInfo) => {
      if (info.status === 'done') loaded.add(info.file);
    },
  }).catch((cause: unknown) => {
    throw notLoaded({ model, local, folder, host: env.remoteHost }, cause);
  });
  const files = await recordFiles(folder, [...loaded].sort());
  return { pipeline, identity: { model: identified, transformers: env.version, files, options } };
}

/** The folder itself if it is a model's folder, otherwise the model's folder inside it. */
function findLocal(modelFolder: string, model: string): string {
  const candidates = [resolve(modelFolder), resolve(modelFolder, model)];
  const found = candidates.find((folder) => existsSync(join(folder, 'config.json')));
  if (found !== undefined) return found;
  throw new BalancedRecError({
    code: 'encoder/no-model',
    message: 'no model in this folder',
    place: modelFolder,
    expected: `config.json, tokenizer.json or preprocessor_config.json, and onnx/model.onnx, here or in ${model}/`,
    found: existsSync(modelFolder) ? 'no config.json' : 'no such folder',
    remedy: 'copy the model’s files there, with the same layout as on the hub',
  });
}

/**
 * Where downloaded models are kept: `models` in `$BALANCED_REC_CACHE`, `$XDG_CACHE_HOME/balanced-rec` or
 * `~/.cache/balanced-rec`.
 */
function modelCache(): string {
  const { env } = process;
  const cache = env.BALANCED_REC_CACHE || join(env.XDG_CACHE_HOME || join(homedir(), '.cache'), 'balanced-rec');
  return resolve(cache, 'models');
}

interface Sought {
  readonly model: string;
  readonly local: string | undefined;
  /** Where its files are or would be. */
  readonly folder: string;
  readonly host: string;
}

function notLoaded({ model, local, folder, host }: Sought, cause: unknown): BalancedRecError {
  const message = messagesOf(cause);
  const common = { place: local ?? model, found: message.slice(0, 300), cause };
  if (local === undefined && isNetworkFault(message)) {
    return new BalancedRecError({
      ...common,
      code: 'encoder/no-network',
      message: 'the model cannot be downloaded',
      expected: `a response from ${host}`,
      remedy:
        'copy the model’s folder from a machine with network access and pass it with --model-folder DIR, ' +
        'or import your own vectors with --encoder none --vectors FILE',
    });
  }
  const isMissing = (cause as Error).name === 'ModelFileNotFoundError' || /not found|Unauthorized/i.test(message);
  return new BalancedRecError({
    ...common,
    code: isMissing ? 'encoder/no-model' : 'encoder/broken-model',
    message: isMissing ? 'a file of the model is missing' : 'the model cannot be loaded',
    expected:
      'an ONNX model for @huggingface/transformers: config.json, onnx/model.onnx, and its tokenizer or processor',
    remedy: remedyFor(isMissing, local === undefined ? folder : undefined),
  });
}

/** @param downloaded where the downloaded files are; undefined for the user's own files */
function remedyFor(isMissing: boolean, downloaded: string | undefined): string {
  if (isMissing) return 'check the name, and that the model has ONNX files';
  if (downloaded === undefined) return 'copy its files again, or choose another model';
  return `remove ${downloaded} to download it again, or choose another model`;
}

function isNetworkFault(message: string): boolean {
  return /fetch failed|ENOTFOUND|ECONN|EAI_AGAIN|ETIMEDOUT|network|timeout|Forbidden/i.test(message);
}

function messagesOf(error: unknown): string {
  const { message = String(error), cause } = error as Error;
  const own = message.split('\n')[0]!;
  return cause === undefined ? own : `${own} (${messagesOf(cause)})`;
}
