import createClient, { type Middleware } from 'openapi-fetch';
import type { paths } from './schema';
import { toLogin } from './login';
import { ApiFault, faultOf } from './fault';

let csrf = '';

/** Requests that change something need more than the cookie: the value that `GET /me` told. */
export const setCsrf = (value: string) => {
  csrf = value;
};

const door: Middleware = {
  onRequest({ request }) {
    if (request.method !== 'GET' && request.method !== 'HEAD' && csrf) request.headers.set('X-CriAttach-Csrf', csrf);
    return request;
  },
  onResponse({ response }) {
    if (response.status === 401) toLogin();
  },
};

/** The admin API of the gateway that served this page. */
export const api = createClient<paths>({ baseUrl: location.origin, credentials: 'same-origin', cache: 'no-store' });
api.use(door);

interface Answer<T> {
  data?: T;
  error?: unknown;
  response: Response;
}

/**
 * The body of an answer.
 * @throws {ApiFault} The gateway said no, or did not answer.
 */
export async function ask<T>(call: Promise<Answer<T>>): Promise<T> {
  let answer: Answer<T>;
  try {
    answer = await call;
  } catch (fault) {
    throw new ApiFault(0, 'The gateway does not answer', fault instanceof Error ? fault.message : String(fault));
  }
  if (!answer.response.ok) throw faultOf(answer.response.status, answer.error);
  return answer.data as T;
}
