import { SHAPES, type Shape, type Workload } from '../lib/world.ts';
import type { Judged } from '../verdict.ts';
import { alerts } from './alerts.ts';
import { circleSize, SIZES } from './circle-size.ts';
import { helpBehind, overload } from './overload.ts';
import { push } from './push.ts';
import { idleShape, idleSockets, manyShape, manySockets } from './sockets.ts';
import { storedPeople, storedShapes } from './stored-people.ts';

/** What the command line says beside the row's name. */
export interface Given {
  /** Posts a second at the knee, where it is known. */
  rate?: number | undefined;
  workload?: Workload | undefined;
}

/** A row of the table that Buji is measured for alone; `judged` holds its targets beside their values. */
export type Row = (isQuick: boolean, given: Given) => Promise<{ text: string; data: object; judged?: Judged[] }>;

/** The worlds that a comparison and the rows need; `push` makes its own. */
export function worldsOf(isQuick: boolean): Shape[] {
  return [SHAPES.quiet, SHAPES.busy, ...SIZES, ...storedShapes(isQuick), idleShape(), manyShape(isQuick)];
}

export const ROWS: Record<string, Row> = {
  overload,
  'help-behind': helpBehind,
  'circle-size': circleSize,
  'stored-people': storedPeople,
  'idle-sockets': idleSockets,
  sockets: manySockets,
  push,
  alerts,
};
