import type { AddressInfo } from 'node:net';
import { BalancedRecError } from '@balanced-rec/errors';
import { createService, type ServiceOptions } from './create-service.js';
import { defaultLimits, type ServedModel } from './service-context.js';

/** Where to listen, with the limits and logging of {@link ServiceOptions}. */
export interface StartOptions extends ServiceOptions {
  /** Default: only this machine. */
  readonly host?: string;
  /** 0 selects any free port. */
  readonly port?: number;
}

/** A listening service. */
export interface RunningService {
  readonly url: string;
  /**
   * Accepts no more requests, finishes those in flight, and closes their connections after `limits.stopSeconds`.
   *
   * @returns whether all requests were finished
   */
  stop(): Promise<boolean>;
}

/**
 * Serves a model over HTTP. The engine must be loaded.
 *
 * @throws BalancedRecError `service/cannot-listen`
 */
export async function startService(model: ServedModel, options: StartOptions = {}): Promise<RunningService> {
  const { host = '127.0.0.1', port = 8080 } = options;
  const service = await createService(model, options);
  if (!isLoopback(host))
    service.log.warn(
      { host },
      'other machines can reach this service, which has neither encryption nor authentication; put a proxy in front of it',
    );
  try {
    await service.listen({ host, port });
  } catch (cause) {
    await service.close();
    throw cannotListen(host, port, cause as Error);
  }
  const { address, port: taken, family } = service.server.address() as AddressInfo;
  const stop = async () => {
    const seconds = options.limits?.stopSeconds ?? defaultLimits.stopSeconds;
    let isWhole = true;
    const timer = setTimeout(() => {
      isWhole = false;
      service.log.warn({ seconds }, 'requests are still in flight; closing their connections');
      service.server.closeAllConnections();
    }, 1000 * seconds);
    await service.close();
    clearTimeout(timer);
    return isWhole;
  };
  return { url: `http://${family === 'IPv6' ? `[${address}]` : address}:${taken}`, stop };
}

function isLoopback(host: string): boolean {
  return host === 'localhost' || host === '::1' || /^127\.\d+\.\d+\.\d+$/.test(host);
}

function cannotListen(host: string, port: number, cause: Error): BalancedRecError {
  return new BalancedRecError({
    code: 'service/cannot-listen',
    message: 'the service cannot listen here',
    place: `${host}:${port}`,
    expected: 'an address of this machine and a free port',
    found: cause.message,
    remedy: 'choose another --port or --host',
    cause,
  });
}
