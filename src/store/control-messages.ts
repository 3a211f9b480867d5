/** A status that has come further or was taken back, and who is to hear of it: its author. */
export interface DeliveryNotice {
  status: string;
  author: string;
  /** A call for help: its author waits to be heard. */
  isHelp: boolean;
}

/** What gateways are told besides the events of circles. */
export type ControlMessage =
  | { t: 'session-ended'; session: string }
  | { t: 'joined'; person: string; circle: string }
  /** Statuses that have come further or were taken back, each for its author. */
  | { t: 'delivery'; notices: DeliveryNotice[] };

/** Writes a message for the channel `control`. */
export function formatControlMessage(message: ControlMessage): string {
  return JSON.stringify(message);
}

/** Reads one; null where it is none. */
export function parseControlMessage(message: Buffer): ControlMessage | null {
  let value: Partial<Record<'t' | 'session' | 'person' | 'circle' | 'notices', unknown>> | null;
  try {
    value = JSON.parse(message.toString());
  } catch {
    return null;
  }
  const { t, session, person, circle, notices } = value ?? {};
  if (t === 'session-ended' && typeof session === 'string') return { t, session };
  if (t === 'joined' && typeof person === 'string' && typeof circle === 'string') return { t, person, circle };
  if (t === 'delivery' && Array.isArray(notices) && notices.every(isNotice)) {
    return { t, notices: notices.map(({ status, author, isHelp }) => ({ status, author, isHelp: isHelp === true })) };
  }
  return null;
}

function isNotice(value: unknown): value is Pick<DeliveryNotice, 'status' | 'author'> & { isHelp?: unknown } {
  const { status, author } = (value ?? {}) as Partial<Record<'status' | 'author', unknown>>;
  return typeof status === 'string' && typeof author === 'string';
}
