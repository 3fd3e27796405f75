/** A refusal of the admin API (RFC 9457), or status 0 where it did not answer at all. */
export class ApiFault extends Error {
  constructor(
    readonly status: number,
    readonly title: string,
    readonly detail: string,
  ) {
    super(detail ? `${title}: ${detail}` : title);
  }
}

/** Reads the body of an error, which may be anything when it does not come from the gateway itself. */
export function faultOf(status: number, body: unknown): ApiFault {
  const problem = typeof body === 'object' && body !== null ? (body as { title?: unknown; detail?: unknown }) : {};
  const title = typeof problem.title === 'string' && problem.title ? problem.title : `The gateway answered ${status}`;
  return new ApiFault(status, title, typeof problem.detail === 'string' ? problem.detail : '');
}

/** A fault in words for people. */
export const words = (fault: unknown): string => (fault instanceof Error ? fault.message : String(fault));
