import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client';

/** The service's metrics, in a separate registry. */
export class Metrics {
  readonly registry = new Registry();
  readonly #requests: Counter<'method' | 'route' | 'status'>;
  readonly #seconds: Histogram<'route'>;
  readonly #users: Counter<'basis'>;

  /** @param waiting returns the number of waiting requests */
  constructor(waiting: () => number) {
    const registers = [this.registry];
    collectDefaultMetrics({ register: this.registry });
    this.#requests = new Counter({
      ...{ name: 'balanced_rec_requests_total', help: 'Requests answered.', registers },
      labelNames: ['method', 'route', 'status'],
    });
    this.#seconds = new Histogram({
      ...{ name: 'balanced_rec_request_seconds', help: 'Seconds from request to response.', registers },
      labelNames: ['route'],
      buckets: [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10],
    });
    this.#users = new Counter({
      ...{ name: 'balanced_rec_lists_total', help: 'Lists recommended, by what they are based on.', registers },
      labelNames: ['basis'],
    });
    new Gauge({
      ...{ name: 'balanced_rec_requests_waiting', help: 'Requests waiting for their turn.', registers },
      collect() {
        this.set(waiting());
      },
    });
  }

  answered(method: string, route: string, status: number, seconds: number): void {
    this.#requests.inc({ method, route, status });
    this.#seconds.observe({ route }, seconds);
  }

  recommended(basis: string): void {
    this.#users.inc({ basis });
  }
}
