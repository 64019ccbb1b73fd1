import { execFileSync } from 'node:child_process';
import { type CliProcess, startCommand } from './cli.js';

/** Why this machine cannot make networks of its own; undefined if it can. */
export function whyNoNetwork(): string | undefined {
  try {
    const network = new Network();
    try {
      const [one, other] = [network.host('one'), network.host('other')];
      one.cutFrom(other);
    } finally {
      network.remove();
    }
    return undefined;
  } catch (error) {
    return (error as Error).message.split('\n')[0];
  }
}

/** Hosts with addresses of their own (network namespaces), joined by a switch. Needs root, iproute2 and nftables. */
export class Network {
  static #made = 0;
  readonly #prefix = `br${process.pid}-${Network.#made++}`;
  readonly #hosts: Host[] = [];

  constructor() {
    run('ip', 'netns', 'add', this.switch);
    this.inSwitch('ip', 'link', 'add', 'switch', 'type', 'bridge');
    this.inSwitch('ip', 'link', 'set', 'switch', 'up');
    // Each port has a chain for what its host sends.
    this.inSwitch('nft', 'add', 'table', 'netdev', 'ports');
  }

  get switch(): string {
    return `${this.#prefix}-switch`;
  }

  host(name: string): Host {
    const number = this.#hosts.length + 1;
    const host = new Host(this, `${this.#prefix}-${name}`, `port${number}`, `10.77.0.${number}`);
    this.#hosts.push(host);
    return host;
  }

  inSwitch(...command: string[]): void {
    run('ip', 'netns', 'exec', this.switch, ...command);
  }

  remove(): void {
    for (const { namespace } of this.#hosts) run('ip', 'netns', 'delete', namespace);
    run('ip', 'netns', 'delete', this.switch);
  }
}

/** One host of a {@link Network}. */
export class Host {
  readonly namespace: string;
  readonly address: string;
  readonly #network: Network;
  readonly #port: string;

  constructor(network: Network, namespace: string, port: string, address: string) {
    this.#network = network;
    this.namespace = namespace;
    this.address = address;
    this.#port = port;
    run('ip', 'netns', 'add', namespace);
    network.inSwitch('ip', 'link', 'add', port, 'type', 'veth', 'peer', 'name', 'net0', 'netns', namespace);
    network.inSwitch('ip', 'link', 'set', port, 'master', 'switch', 'up');
    network.inSwitch(
      'nft',
      `add chain netdev ports ${port} { type filter hook ingress device ${port} priority 0; policy accept; }`,
    );
    this.execute('ip', 'address', 'add', `${address}/24`, 'dev', 'net0');
    this.execute('ip', 'link', 'set', 'net0', 'up');
    this.execute('ip', 'link', 'set', 'lo', 'up');
  }

  /** Runs a command on this host to its end and returns its output. */
  execute(...command: string[]): string {
    return run('ip', 'netns', 'exec', this.namespace, ...command);
  }

  /** Starts a command on this host. */
  start(command: readonly string[], env: NodeJS.ProcessEnv = {}): CliProcess {
    return startCommand(['ip', 'netns', 'exec', this.namespace, ...command], undefined, { ...process.env, ...env });
  }

  /** Drops every packet between this host and another, without a word to either. */
  cutFrom(other: Host): void {
    this.#drop(`ip daddr ${other.address}`);
    other.#drop(`ip daddr ${this.address}`);
  }

  /** Lets all packets through again, in both directions. */
  join(others: readonly Host[]): void {
    for (const { port } of [this, ...others].map((host) => ({ port: host.#port })))
      this.#network.inSwitch('nft', 'flush', 'chain', 'netdev', 'ports', port);
  }

  /** Makes the connection of this host slow, and loses a share of what it sends. */
  spoil({ kilobits, lossPercent }: { readonly kilobits: number; readonly lossPercent: number }): void {
    const slow = ['root', 'tbf', 'rate', `${kilobits}kbit`, 'burst', '16kb', 'latency', '400ms'];
    this.execute('tc', 'qdisc', 'add', 'dev', 'net0', ...slow);
    this.#network.inSwitch('tc', 'qdisc', 'add', 'dev', this.#port, ...slow);
    this.#drop(`numgen random mod 100 < ${lossPercent}`);
  }

  #drop(which: string): void {
    this.#network.inSwitch('nft', `add rule netdev ports ${this.#port} ${which} drop`);
  }
}

function run(name: string, ...args: string[]): string {
  return execFileSync(name, args, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] });
}
