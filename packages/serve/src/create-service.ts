import { randomUUID } from 'node:crypto';
import swagger from '@fastify/swagger';
import { type FastifyInstance, fastify, LogController } from 'fastify';
import { answerBrokenRequest, answerFault, answerNoRoute } from './fault-answer.js';
import { addItemRoutes, addRecommendRoutes } from './list-routes.js';
import { Metrics } from './metrics.js';
import { defaultLimits, type Limits, type ServedModel, type ServiceContext } from './service-context.js';
import { addHealthRoutes, addModelRoute } from './status-routes.js';
import { WorkQueue } from './work-queue.js';

/** From fewest to most messages, and `silent`. */
export type LogLevel = 'fatal' | 'error' | 'warn' | 'info' | 'debug' | 'trace' | 'silent';

/** Limits and logging of a service. */
export interface ServiceOptions {
  readonly limits?: Partial<Limits>;
  /** The level of the JSON lines on stderr. Default `info`, which is one line per request. */
  readonly logLevel?: LogLevel;
}

/** A client may set its own request id within these limits. */
const REQUEST_ID = /^[\w.:-]{1,64}$/;
const LONGEST_ID_IN_PATH = 512;

/** Creates the service without listening yet. */
export async function createService(model: ServedModel, options: ServiceOptions = {}): Promise<FastifyInstance> {
  const limits = { ...defaultLimits, ...options.limits };
  const milliseconds = 1000 * limits.seconds;
  const service = fastify({
    logger: { level: options.logLevel ?? 'info', stream: process.stderr },
    // Replaced by one line per response, written below.
    logController: new LogController({ disableRequestLogging: true }),
    bodyLimit: limits.bodyBytes,
    requestTimeout: milliseconds,
    connectionTimeout: 3 * milliseconds,
    http: {
      headersTimeout: milliseconds,
      connectionsCheckingInterval: Math.min(1000, milliseconds / 4),
    },
    routerOptions: { maxParamLength: LONGEST_ID_IN_PATH },
    forceCloseConnections: 'idle',
    genReqId: ({ headers: { 'x-request-id': given } }) =>
      typeof given === 'string' && REQUEST_ID.test(given) ? given : randomUUID(),
    ajv: { customOptions: { coerceTypes: false, removeAdditional: false, useDefaults: true } },
    clientErrorHandler: answerBrokenRequest,
    frameworkErrors: answerFault,
  });
  service.server.maxConnections = limits.connections;
  const queue = new WorkQueue(limits);
  const metrics = new Metrics(() => queue.waiting);
  service.setErrorHandler(answerFault);
  service.setNotFoundHandler(answerNoRoute);
  observe(service, metrics);
  await service.register(swagger, { openapi: { openapi: '3.1.0', info: DESCRIPTION } });
  const context: ServiceContext = { model, limits, queue, metrics };
  await service.register(async (routes) => {
    addRecommendRoutes(routes, context);
    addItemRoutes(routes, context);
    addModelRoute(routes, context);
    addHealthRoutes(routes, context);
    routes.get('/openapi.json', { schema: { hide: true } }, () => service.swagger());
  });
  return service;
}

const DESCRIPTION = {
  title: 'balanced-rec',
  description: 'Recommendations from a trained multimodal model.',
  version: '1',
};

function observe(service: FastifyInstance, metrics: Metrics): void {
  service.addHook('onRequest', async (request, reply) => {
    reply.header('x-request-id', request.id);
  });
  service.addHook('onResponse', async (request, reply) => {
    const { method, id } = request;
    // Logs the route instead of the URL, which contains user ids.
    const route = request.routeOptions.url ?? 'none';
    const [status, ms] = [reply.statusCode, reply.elapsedTime];
    metrics.answered(method, route, status, ms / 1000);
    request.log.info({ requestId: id, method, route, status, ms: Math.round(100 * ms) / 100 }, 'answered');
  });
}
