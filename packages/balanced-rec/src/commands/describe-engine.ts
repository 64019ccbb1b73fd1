import type { EngineName } from '@balanced-rec/tfjs-kernels';
import { cacheFolder, type EngineInspection, engineState } from '@balanced-rec/tfjs-kernels/provisioning';

/** An engine's state in one line, and what is to be known about it in more. */
export function describeEngine(name: EngineName, inspection: EngineInspection): string[] {
  if (!inspection.ready) return [`not available: ${inspection.why}`, `to get it: ${inspection.remedy || 'see above'}`];
  const { version, tensorflow, addons } = inspection;
  const state = `ready, TensorFlow.js ${version}${tensorflow === undefined ? '' : `, TensorFlow ${tensorflow}`}`;
  if (name !== 'native' && name !== 'gpu') return [state];
  const binding = addons.find((file) => file.endsWith('tfjs_binding.node'));
  const kernels = addons.find((file) => file.endsWith('balanced_rec_kernels.node'));
  const origin = binding?.startsWith(cacheFolder()) ? `balanced-rec engine ${name}` : "its package's own install step";
  return [
    state,
    `binding from ${origin}: ${binding}`,
    kernels === undefined ? "our kernels: composed of TensorFlow's operations" : `our kernels: ${kernels}`,
    ...(engineState(name) === 'current'
      ? []
      : [`to have all that this version compiles: npx balanced-rec engine ${name}`]),
  ];
}
