import type { Workload } from '../lib/world.ts';
import { circleSize } from './circle-size.ts';
import { helpBehind, overload } from './overload.ts';
import { push } from './push.ts';
import { idleSockets, manySockets } from './sockets.ts';
import { storedPeople } from './stored-people.ts';

/** What the command line says beside the row's name. */
export interface Given {
  /** Posts a second at the knee, where it is known. */
  rate?: number | undefined;
  workload?: Workload | undefined;
}

/** A row of the table that Buji is measured for alone. */
export type Row = (isQuick: boolean, given: Given) => Promise<{ text: string; data: object }>;

export const ROWS: Record<string, Row> = {
  overload,
  'help-behind': helpBehind,
  'circle-size': circleSize,
  'stored-people': storedPeople,
  'idle-sockets': idleSockets,
  sockets: manySockets,
  push,
};
