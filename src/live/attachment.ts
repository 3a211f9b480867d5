import type { ParsedPosition } from '../contract/position.ts';
import type { Attached, Connection } from './connection.ts';

/** What an attachment needs of its hub. */
interface AttachmentHub {
  readonly circle: string;
  remove(attachment: Attachment): void;
}

/** One connection at one circle. */
export class Attachment implements Attached {
  readonly connection: Connection;
  readonly #hub: AttachmentHub;
  /** The client has everything up to here; null while its snapshot is being read, and then it is told no events. */
  floor: ParsedPosition | null = null;
  /** A removal was heard while the snapshot was being read: read it again, for it may be from before. */
  mustReadAgain = false;
  isDetached = false;

  constructor(hub: AttachmentHub, connection: Connection) {
    this.#hub = hub;
    this.connection = connection;
    connection.attachments.push(this);
  }

  get circle(): string {
    return this.#hub.circle;
  }

  detach(): void {
    if (this.isDetached) return;
    this.isDetached = true;
    const { attachments } = this.connection;
    const index = attachments.indexOf(this);
    if (index >= 0) attachments.splice(index, 1);
    this.#hub.remove(this);
  }

  /** The person is no member (any more): nothing more of the circle, and the client forgets it. */
  cut(): void {
    if (this.isDetached) return;
    this.detach();
    this.connection.send({ t: 'left', circle: this.circle });
  }
}
