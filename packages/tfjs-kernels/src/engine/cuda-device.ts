import { BalancedRecError } from '@balanced-rec/errors';
import { nodeBuiltin } from './node-builtins.js';

/**
 * Looks for a device file of NVIDIA's driver, before TensorFlow's CUDA build is loaded: loaded without a device it would compute on
 * the CPU and keep the engine 'native' from loading.
 *
 * @throws BalancedRecError `engine/unavailable`
 */
export function requireCudaDevice(devices: readonly string[] = deviceFiles()): void {
  // /dev/dxg is how Windows's driver shows up inside its Linux.
  if (devices.some((name) => /^(nvidia\d+|dxg)$/.test(name))) return;
  throw new BalancedRecError({
    code: 'engine/unavailable',
    message: 'no CUDA device found: there is no /dev/nvidia0',
    remedy:
      'check that nvidia-smi lists a GPU, that its driver is 525 or newer, and that a container has been given it',
  });
}

function deviceFiles(): string[] {
  try {
    return nodeBuiltin('node:fs').readdirSync('/dev');
  } catch {
    return [];
  }
}
