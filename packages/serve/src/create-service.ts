import { randomUUID } from 'node:crypto';
import type { Socket } from 'node:net';
import swagger from '@fastify/swagger';
import { type FastifyInstance, type FastifyReply, type FastifyRequest, fastify, LogController } from 'fastify';
import { faultAnswer } from './fault-answer.js';
import { defaultLimits, type Limits } from './limits.js';
import { Metrics } from './metrics.js';
import { addHealthRoutes } from './routes/health-routes.js';
import { addItemRoutes } from './routes/item-routes.js';
import { addModelRoute } from './routes/model-route.js';
import { addRecommendRoutes } from './routes/recommend-routes.js';
import type { ServedModel } from './served-model.js';
import { WorkQueue } from './work-queue.js';

/** From least to most, and `silent`. */
export type LogLevel = 'fatal' | 'error' | 'warn' | 'info' | 'debug' | 'trace' | 'silent';

/** Limits and logging of a service. */
export interface ServiceOptions {
  readonly limits?: Partial<Limits>;
  /** Lines of JSON on stderr; `info` by default, which is one line for each request. */
  readonly logLevel?: LogLevel;
}

/** What the routes share. */
export interface ServiceContext {
  readonly model: ServedModel;
  readonly limits: Limits;
  readonly queue: WorkQueue;
  readonly metrics: Metrics;
}

/** A client may name its request, within reason. */
const REQUEST_ID = /^[\w.:-]{1,64}$/;
const LONGEST_ID_IN_PATH = 512;

/** The service, not listening yet. */
export async function createService(model: ServedModel, options: ServiceOptions = {}): Promise<FastifyInstance> {
  const limits = { ...defaultLimits, ...options.limits };
  const milliseconds = 1000 * limits.seconds;
  const service = fastify({
    logger: { level: options.logLevel ?? 'info', stream: process.stderr },
    // One line for each answer is written below instead.
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
  service.setNotFoundHandler((request, reply) => answerFault(noSuchRoute(request), request, reply));
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
  description: 'Recommendations of a trained multimodal model.',
  version: '1',
};

function observe(service: FastifyInstance, metrics: Metrics): void {
  service.addHook('onRequest', async (request, reply) => {
    reply.header('x-request-id', request.id);
  });
  service.addHook('onResponse', async (request, reply) => {
    const { method, id } = request;
    // The route and not the address: that has ids of users.
    const route = request.routeOptions.url ?? 'none';
    const [status, ms] = [reply.statusCode, reply.elapsedTime];
    metrics.answered(method, route, status, ms / 1000);
    request.log.info({ requestId: id, method, route, status, ms: Math.round(100 * ms) / 100 }, 'answered');
  });
}

function answerFault(error: unknown, request: FastifyRequest, reply: FastifyReply): FastifyReply {
  const { status, body } = faultAnswer(error, request.id);
  if (status === 500) request.log.error({ err: error, requestId: request.id }, 'failed');
  if (status === 503) reply.header('retry-after', '1');
  return reply.code(status).type('application/json').send(JSON.stringify(body));
}

function noSuchRoute({ method }: FastifyRequest): Error {
  return Object.assign(new Error(`there is nothing at this address for ${method}; see /openapi.json`), {
    statusCode: 404,
  });
}

/** For what is no HTTP request, or takes too long to become one. */
function answerBrokenRequest(error: NodeJS.ErrnoException, socket: Socket): void {
  if (error.code === 'ECONNRESET' || socket.destroyed) return;
  const [status, text] =
    error.code === 'ERR_HTTP_REQUEST_TIMEOUT'
      ? [408, 'Request Timeout']
      : error.code === 'HPE_HEADER_OVERFLOW'
        ? [431, 'Request Header Fields Too Large']
        : [400, 'Bad Request'];
  const body = JSON.stringify(
    faultAnswer({ statusCode: status, message: 'this is no complete HTTP request' }, randomUUID()).body,
  );
  if (socket.writable)
    socket.write(
      `HTTP/1.1 ${status} ${text}\r\nContent-Type: application/json\r\nContent-Length: ${Buffer.byteLength(body)}\r\nConnection: close\r\n\r\n${body}`,
    );
  socket.destroySoon();
}
