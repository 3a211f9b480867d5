import { Ajv2020 } from 'ajv/dist/2020.js';
import { Type } from 'typebox';
import { Board, CircleName, InvitePolicy } from '../contract/circles.ts';
import type { ServerFrame } from '../contract/frames.ts';
import { Id, Time } from '../contract/ids.ts';
import { Member } from '../contract/people.ts';
import { Position } from '../contract/position.ts';
import { Delivery, Status } from '../contract/statuses.ts';

const event = { circle: Id, position: Position };
const strict = { additionalProperties: false };

/** Every frame that the server may send, by the contract (`contract/frames.ts`); written out again, so that a frame that grows is noticed. */
const FRAMES = [
  Type.Object(
    {
      t: Type.Literal('hello'),
      person: Id,
      circles: Type.Array(Type.Object({ id: Id, position: Position }, strict)),
      serverTime: Time,
    },
    strict,
  ),
  Type.Object({ t: Type.Literal('board'), ...Board.properties }, strict),
  Type.Object({ t: Type.Literal('synced') }, strict),
  Type.Object({ t: Type.Literal('joined'), circle: Id }, strict),
  Type.Object({ t: Type.Literal('left'), circle: Id }, strict),
  Type.Object({ t: Type.Literal('lag'), seconds: Type.Number() }, strict),
  Type.Object({ t: Type.Literal('footprint'), status: Id, delivery: Delivery }, strict),
  Type.Object({ t: Type.Literal('withdrawn'), status: Id }, strict),
  Type.Object({ t: Type.Literal('status'), ...event, status: Status }, strict),
  Type.Object({ t: Type.Literal('retracted'), ...event, id: Id, author: Id, status: Type.Union([Status, Type.Null()]) }, strict),
  Type.Object({ t: Type.Literal('member'), ...event, change: Type.Enum(['joined', 'changed']), member: Member }, strict),
  Type.Object(
    { t: Type.Literal('member'), ...event, change: Type.Literal('left'), member: Type.Object({ id: Id }, strict) },
    strict,
  ),
  Type.Object({ t: Type.Literal('circle'), ...event, name: CircleName, invites: InvitePolicy }, strict),
];

const isFrame = new Ajv2020({ strict: false }).compile<ServerFrame>({ anyOf: FRAMES });

/** Reads what a gateway sent. @throws when it is no frame of the contract */
export function parseServerFrame(text: string): ServerFrame {
  const value: unknown = JSON.parse(text);
  if (!isFrame(value)) throw new Error(`no frame of the contract: ${text}`);
  return value;
}
