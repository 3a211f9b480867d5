/** Digits of a moment in ms; enough until the year 2286. */
const DIGITS = 13;

interface Ordered {
  id: string;
  writtenAt: string;
  acceptedAt: string;
}

/** `<writtenAt ms>:<acceptedAt ms>:<id>`, fixed width: comparing two as text says which status is newer. */
export function orderKeyOf({ id, writtenAt, acceptedAt }: Ordered): string {
  return `${toDigits(writtenAt)}:${toDigits(acceptedAt)}:${id}`;
}

/** Takes an order key apart; times are RFC 3339 UTC. */
export function parseOrderKey(key: string): Ordered {
  const [written = '0', accepted = '0', id = ''] = key.split(':');
  return { id, writtenAt: new Date(Number(written)).toISOString(), acceptedAt: new Date(Number(accepted)).toISOString() };
}

function toDigits(time: string): string {
  return String(Math.max(0, Date.parse(time))).padStart(DIGITS, '0');
}
