import { BalancedRecError } from '@balanced-rec/errors';

/** What every answer but a success looks like. */
export interface FaultAnswer {
  readonly status: number;
  readonly body: { readonly error: Readonly<Record<'code' | 'message', string> & Partial<Record<string, string>>> };
}

export const faultSchema = {
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

/** Messages of the server library's own faults; whatever else it refuses is told by its status. */
const CODES: Readonly<Record<number, string>> = {
  400: 'service/bad-request',
  404: 'service/not-found',
  408: 'service/too-slow',
  413: 'service/too-large',
  414: 'service/too-large',
  415: 'service/other-media-type',
  431: 'service/too-large',
};

/** The answer to an error; one that is not the client's says nothing of what is inside. */
export function faultAnswer(error: unknown, requestId: string): FaultAnswer {
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
    body: { error: { code: 'service/failed', message: 'the service failed; its log says why', requestId } },
  };
}
