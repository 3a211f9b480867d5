import { circleSize } from './circle-size.ts';
import { push } from './push.ts';
import { idleSockets, manySockets } from './sockets.ts';
import { storedPeople } from './stored-people.ts';

/** A row of the table that Buji is measured for alone. */
export type Row = (isQuick: boolean) => Promise<{ text: string; data: object }>;

export const ROWS: Record<string, Row> = {
  'circle-size': circleSize,
  'stored-people': storedPeople,
  'idle-sockets': idleSockets,
  sockets: manySockets,
  push,
};
