import { expect, it } from 'vitest';
import { Attachment } from './attachment.ts';
import type { Connection } from './connection.ts';

function createSides() {
  const sent: unknown[] = [];
  const removed: Attachment[] = [];
  const connection = { attachments: [], send: (frame: unknown) => sent.push(frame) } as unknown as Connection;
  const hub = { circle: 'c', remove: (attachment: Attachment) => removed.push(attachment) };
  return { sent, removed, connection, attachment: new Attachment(hub, connection) };
}

it('is known to its connection until it is detached, which says nothing to the client', () => {
  const { sent, removed, connection, attachment } = createSides();
  expect(connection.attachments).toEqual([attachment]);
  attachment.detach();
  attachment.detach();
  expect(connection.attachments).toEqual([]);
  expect(removed).toEqual([attachment]);
  expect(sent).toEqual([]);
});

it('says `left` once when it is cut', () => {
  const { sent, attachment } = createSides();
  attachment.cut();
  attachment.cut();
  attachment.detach();
  expect(sent).toEqual([{ t: 'left', circle: 'c' }]);
});

it('does not say `left` after it was detached', () => {
  const { sent, attachment } = createSides();
  attachment.detach();
  attachment.cut();
  expect(sent).toEqual([]);
});
