import { randomUUID } from 'node:crypto';
import type { Socket } from 'node:net';
import { BalancedRecError } from '@balanced-rec/errors';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { unknownFields } from './unknown-fields.js';

/** The error responses with these statuses, for the schema of a route. */
export function faults(...statuses: readonly number[]): Record<number, object> {
  return Object.fromEntries(statuses.map((status) => [status, { description: 'refused', ...faultSchema }]));
}

/** Answers an error of a route or of the server library. */
export function answerFault(error: unknown, request: FastifyRequest, reply: FastifyReply): FastifyReply {
  const { status, body } = faultAnswer(unknownFields(error, request) ?? error, request.id);
  if (status === 500) request.log.error({ err: error, requestId: request.id }, 'failed');
  if (status === 503) reply.header('retry-after', '1');
  return reply.code(status).type('application/json').send(JSON.stringify(body));
}

/** Answers a request for an unknown route. */
export function answerNoRoute(request: FastifyRequest, reply: FastifyReply): FastifyReply {
  const message = `no ${request.method} route at this address; see /openapi.json`;
  return answerFault(Object.assign(new Error(message), { statusCode: 404 }), request, reply);
}

/** Answers what is not an HTTP request, or takes too long to become one. */
export function answerBrokenRequest(error: NodeJS.ErrnoException, socket: Socket): void {
  if (error.code === 'ECONNRESET' || socket.destroyed) return;
  const [status, text] =
    error.code === 'ERR_HTTP_REQUEST_TIMEOUT'
      ? [408, 'Request Timeout']
      : error.code === 'HPE_HEADER_OVERFLOW'
        ? [431, 'Request Header Fields Too Large']
        : [400, 'Bad Request'];
  const body = JSON.stringify(
    faultAnswer({ statusCode: status, message: 'incomplete or invalid HTTP request' }, randomUUID()).body,
  );
  if (socket.writable)
    socket.write(
      `HTTP/1.1 ${status} ${text}\r\nContent-Type: application/json\r\nContent-Length: ${Buffer.byteLength(body)}\r\nConnection: close\r\n\r\n${body}`,
    );
  socket.destroySoon();
}

/** The form of every error response. */
interface FaultAnswer {
  readonly status: number;
  readonly body: { readonly error: Readonly<Record<'code' | 'message', string> & Partial<Record<string, string>>> };
}

const faultSchema = {
  type: 'object',
  required: ['error'],
  properties: {
    error: {
      type: 'object',
      required: ['code', 'message'],
      properties: Object.fromEntries(
        ['code', 'message', 'place', 'expected', 'found', 'remedy', 'requestId'].map((name) => [
          name,
          { type: 'string' },
        ]),
      ),
    },
  },
} as const;

const STATUS: Readonly<Record<string, number>> = {
  'service/bad-request': 400,
  'service/not-found': 404,
  'service/overloaded': 503,
  'recommender/unknown-user': 404,
  'recommender/unknown-item': 404,
};

/** Codes for the server library's own errors, by status. Any other refusal is `service/bad-request`. */
const CODES: Readonly<Record<number, string>> = {
  400: 'service/bad-request',
  404: 'service/not-found',
  408: 'service/too-slow',
  413: 'service/too-large',
  414: 'service/too-large',
  415: 'service/other-media-type',
  431: 'service/too-large',
};

/** The response to an error. If it is not the client's fault, it reveals nothing about internals. */
function faultAnswer(error: unknown, requestId: string): FaultAnswer {
  if (error instanceof BalancedRecError && STATUS[error.code] !== undefined) {
    const { cause: _, ...said } = error.details;
    return { status: STATUS[error.code]!, body: { error: { ...said, requestId } } };
  }
  const { statusCode = 500, message } = error as { statusCode?: number; message: string };
  if (statusCode >= 400 && statusCode < 500)
    return {
      status: statusCode,
      body: { error: { code: CODES[statusCode] ?? 'service/bad-request', message, requestId } },
    };
  return {
    status: 500,
    body: { error: { code: 'service/failed', message: 'internal error; see the log of the service', requestId } },
  };
}
