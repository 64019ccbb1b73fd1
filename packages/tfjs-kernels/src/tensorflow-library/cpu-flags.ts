import { nodeBuiltin } from './node.js';

/** Flags of instructions that a compiler may use; the others vary with the kernel and the hypervisor. */
const instructions =
  /^(sse|ssse|pni$|avx|fma|f16c|bmi|abm$|popcnt|movbe|adx|aes|vaes|pclmul|vpclmul|sha_ni|gfni|xsave|clwb|clflushopt|rdrnd|rdseed|amx)/;

/** The instruction sets of this machine's CPU, as named by Linux; empty on other systems. */
export function cpuFlags(): string[] {
  return parseCpuFlags(cpuInfo());
}

/** The CPU's name, as reported by Linux. */
export function cpuModel(): string {
  return /^model name\s*:\s*(.+)$/m.exec(cpuInfo())?.[1] ?? 'unknown';
}

/** Exported for tests. */
export function parseCpuFlags(cpuInfo: string): string[] {
  const all = /^flags\s*:\s*(.+)$/m.exec(cpuInfo)?.[1]?.split(/\s+/) ?? [];
  return all.filter((flag) => instructions.test(flag)).sort();
}

function cpuInfo(): string {
  try {
    return nodeBuiltin('node:fs').readFileSync('/proc/cpuinfo', 'utf8');
  } catch {
    return '';
  }
}
