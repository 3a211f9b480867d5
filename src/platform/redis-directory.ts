import { createHash } from 'node:crypto';
import { chmod, lstat, mkdir, realpath, rmdir } from 'node:fs/promises';
import { join } from 'node:path';
import { lockDirectory } from './directory-lock.ts';

export type RedisDirectory = { dir: string; socketPath: string; release: () => Promise<void> };

/**
 * Makes `<dataDir>/redis` ready for a private Redis and claims it for this process.
 *
 * The sockets lie in it too, where they can: not where their path would be too long for the kernel (108 bytes on Linux, 104
 * on macOS) or does not fit into a URL as it is, or the file system has no sockets (some shared folders). Then they lie in `/tmp`, in a folder of this user alone
 * that is named by a hash of the directory; not in `os.tmpdir()`, which two processes may see differently.
 * @throws {Error} one line that names DATA_DIR if another live Buji process has claimed it.
 */
export async function claimRedisDirectory(dataDir: string): Promise<RedisDirectory> {
  await mkdir(join(dataDir, 'redis'), { recursive: true, mode: 0o700 });
  const dir = await realpath(join(dataDir, 'redis'));
  await chmod(dir, 0o700);
  const here = isFitForSockets(dir) ? await claim(dir, dataDir).catch(ignoreMissingSockets) : undefined;
  if (here) return { dir, socketPath: join(dir, 'redis.sock'), release: here.release };
  const elsewhere = await privateTemporaryFolder(dir);
  const lock = await claim(elsewhere, dataDir);
  // An empty folder only: the next owner may be at work in it already.
  const release = () => lock.release().then(() => rmdir(elsewhere).catch(() => undefined));
  return { dir, socketPath: join(elsewhere, 'redis.sock'), release };
}

/**
 * Where the sockets of that data directory may lie, the usual place first. It makes and claims nothing: for commands that look
 * for a Redis that somebody else runs. Empty where there is none, or where the folder in `/tmp` is not ours.
 */
export async function listSocketPaths(dataDir: string): Promise<string[]> {
  const dir = await realpath(join(dataDir, 'redis')).catch(() => null);
  if (dir === null) return [];
  const elsewhere = temporaryFolderOf(dir);
  const folders = [...(isFitForSockets(dir) ? [dir] : []), ...((await isOurs(elsewhere)) ? [elsewhere] : [])];
  return folders.map((folder) => join(folder, 'redis.sock'));
}

async function claim(folder: string, dataDir: string): Promise<{ release: () => Promise<void> }> {
  const lock = await lockDirectory(join(folder, 'owner.sock'));
  if ('release' in lock) return lock;
  throw new Error(`DATA_DIR ${dataDir} is in use by another Buji (process ${lock.heldByPid}): stop it, or set another DATA_DIR`);
}

/** Leaves room for the longest name in the folder, `owner.sock.<pid>`, and stays below the shorter limit, of macOS. */
const maxFolderBytes = 103 - '/owner.sock.4194304'.length;

/** The characters are those that need no encoding: ioredis decodes nothing in the path of a `unix://` URL. */
function isFitForSockets(folder: string): boolean {
  return folder.length <= maxFolderBytes && /^[\w./~+@-]+$/.test(folder);
}

function ignoreMissingSockets(error: NodeJS.ErrnoException): undefined {
  if (!['EOPNOTSUPP', 'ENOTSUP', 'EPERM', 'EINVAL'].includes(error.code ?? '')) throw error;
}

/** @throws {Error} if somebody else has made the folder before us: they could put a Redis of theirs there. */
async function privateTemporaryFolder(dir: string): Promise<string> {
  const folder = temporaryFolderOf(dir);
  await mkdir(folder, { recursive: true, mode: 0o700 });
  if (await isOurs(folder)) return folder;
  throw new Error(`${folder} belongs to somebody else: remove it, or set a DATA_DIR with a shorter path`);
}

function temporaryFolderOf(dir: string): string {
  return `/tmp/buji-${userId()}-${createHash('sha256').update(dir).digest('hex').slice(0, 16)}`;
}

/** A folder of this user that nobody else may look into. */
async function isOurs(folder: string): Promise<boolean> {
  const found = await lstat(folder).catch(() => null);
  return found?.isDirectory() === true && found.uid === userId() && (found.mode & 0o077) === 0;
}

function userId(): number {
  return process.getuid?.() ?? 0;
}
