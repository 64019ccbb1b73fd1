import { type BuildTarget, isSource } from './build-targets.js';

/** TensorFlow's folder inside an engine's, laid out as in the wheels, where its libraries find each other and CUDA's. */
export const LIBRARY_FOLDER = 'site-packages/tensorflow';

/** Node-API's version, as tfjs-node uses it. */
export const NODE_API_VERSION = 8;

/**
 * The build description for node-gyp.
 * @param engineFolder where TensorFlow's libraries and headers are
 */
export function bindingGyp(targets: readonly BuildTarget[], engineFolder: string): string {
  const libraryFolder = `${engineFolder}/${LIBRARY_FOLDER}`;
  const described = targets.map(({ name, files, libraries, flags }) => ({
    target_name: name,
    // gyp takes no absolute paths: each target's files are copied beside the description, into a folder of its name.
    sources: files.filter(isSource).map((file) => `${name}/${file}`),
    include_dirs: [`${libraryFolder}/include`],
    defines: [`NAPI_VERSION=${NODE_API_VERSION}`],
    // Node's own settings for addons turn exceptions off and name an optimization level and a standard.
    'cflags_cc!': ['-fno-exceptions', '-std=gnu++17', '-std=gnu++20'],
    'cflags!': ['-O3', '-O2'],
    cflags_cc: ['-std=c++17', ...flags],
    libraries: [
      ...libraries.map((library) => `${libraryFolder}/${library}`),
      // Twice escaped: for make, and for the shell that make starts.
      '-ldl',
      `-Wl,-rpath,\\$$ORIGIN/${LIBRARY_FOLDER}`,
    ],
  }));
  return `${JSON.stringify({ targets: described }, null, 2)}\n`;
}
